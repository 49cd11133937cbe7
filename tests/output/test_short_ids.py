"""Ids in a table that is too wide: shortened before titles are, and still what `show` takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "Police free forty-five workers from a compound"
LONG = "2024-01-02-police-free-forty-five-workers-from-a-compound-in-the-north-of-the-province-says-the-governor"
TABLE = ("search", "--format", "table")


def add(*ids: str, status: str = "reviewed") -> None:
    records = [
        {
            "type": "event",
            "id": id_,
            "date": "2024-01-02",
            "kind": "rescue",
            "title": f"{TITLE} {number}",
            "status": status,
        }
        for number, id_ in enumerate(ids)
    ]
    done("import", "-", stdin="\n".join(map(json.dumps, records)))


@pytest.fixture(autouse=True)
def _columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize("columns", [44, 80])
def test_show_takes_every_id_that_a_table_shows(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the table shows one of two events whose ids begin alike."""
    monkeypatch.setenv("COLUMNS", str(columns))
    for asked in ((), ("--kind", "report")):
        ids = done("search", "--json", *asked).ids
        shown = [
            word
            for line in done(*TABLE, *asked).out.splitlines()
            for word in line.split()[-1:]
            if word.startswith("202") and len(word) > len("2024-01-02?")
        ]
        assert [done("show", word, "--json").json["id"] for word in shown] == ids


def test_an_id_that_is_the_beginning_of_another_stays_whole(empty_db: Path) -> None:
    add(LONG, f"{LONG}-2", "2024-01-02-raid")
    lines = done(*TABLE).out.splitlines()
    start = lines[0].index("id")
    told = "".join(line[start:].strip() for line in lines[2:])
    assert f"{LONG}-2" in told, "it is broken into lines, and none of it is left out"
    assert all(f"{TITLE} {number}" in "\n".join(lines) for number in range(3))


@pytest.mark.parametrize("asked", [("review",), ("check",), ("log", "--change", "1")], ids=lambda asked: asked[0])
def test_every_list_of_events_shortens_their_ids_to_what_show_takes(asked: tuple[str, ...], empty_db: Path) -> None:
    ids = [LONG, LONG.replace("free", "find"), "2024-01-02-raid"]
    add(*ids, status="draft")
    table = run(*asked, "--format", "table").out
    assert " prefix" in table.splitlines()[0]
    shown = [word for line in table.splitlines() for word in line.split() if word.startswith("2024-01-02-")]
    assert {done("show", word, "--json").json["id"] for word in shown} == {*ids}
    assert not {*shown} & {*ids[:2]}, "the long ones are cut"
    whole = run(*asked, "--format", "tsv").out
    assert all(id_ in whole for id_ in ids), "what programs read is never shortened"
