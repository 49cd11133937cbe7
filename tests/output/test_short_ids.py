"""Ids in a table that is too wide: shortened before titles are, and still what `show` takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scamcli.timeline import Timeline
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


def last_words(table: str) -> list[str]:
    return [line.split()[-1] for line in table.splitlines()[2:]]


@pytest.fixture(autouse=True)
def _columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def test_one_long_id_does_not_claim_the_space_of_titles(empty_db: Path) -> None:
    add(LONG, "2024-01-02-raid")
    table = done(*TABLE).out
    assert f"{TITLE} 0" in table
    assert f"{TITLE} 1" in table
    assert "2024-01-02-raid" in table
    assert "id prefix" in table


@pytest.mark.parametrize("columns", [44, 60, 80, 100, 120])
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


def test_the_id_of_a_removed_event_is_no_prefix(empty_db: Path) -> None:
    removed = LONG[:30]
    add(removed, LONG, "2024-01-02-raid")
    done("remove", removed)
    with Timeline(empty_db) as timeline:
        assert timeline.prefix_length(LONG) == len(removed) + 1
        assert timeline.event(LONG[: len(removed) + 1]).id == LONG
        assert timeline.prefix_length("2024-01-02-raid") == len("2024-01-02-r")
        assert timeline.prefix_length("an-id-that-no-event-has") == len("an-id-that-no-event-has")
    add(removed)
    with Timeline(empty_db) as timeline:
        assert timeline.prefix_length(removed) == len(removed)


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


def test_a_table_that_fits_has_whole_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    table = done(*TABLE).out
    assert "id prefix" not in table
    assert [id_ for id_ in done("search", "--json").ids if id_ not in table] == []
