"""Uncertain dates and drafts: what certainly matches, what possibly matches, and what does not count."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done, rows, run

if TYPE_CHECKING:
    from pathlib import Path

DATES = {
    "day": "2024-03-10", "month": "2024-03", "about": "2024-03~", "perhaps": "2024-03-10?",
    "span": "2024-03-05/2024-03-12", "across": "2024-02-28/2024-03-02", "year": "2024",
    "open": "2024-03-20/..", "later": "2024-04-01",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _asked(empty_db: Path) -> None:
    lines = [
        json.dumps({"type": "event", "id": id_, "date": date, "kind": "report", "title": f"Event {id_}"})
        for id_, date in DATES.items()
    ]
    draft = {
        "type": "event",
        "id": "draft",
        "date": "2024-03-10",
        "kind": "report",
        "title": "A draft",
        "status": "draft",
    }
    done("import", "-", stdin="\n".join([*lines, json.dumps(draft)]))


def matches(*asked: str) -> dict[str, str]:
    return {row["id"]: row["match"] for row in rows("search", *asked)}


MARCH = {
    "day": "certain", "month": "certain", "span": "certain",
    "about": "possible", "perhaps": "possible", "across": "possible", "year": "possible", "open": "possible",
}  # fmt: skip
ANSWERS: list[tuple[tuple[str, ...], dict[str, str]]] = [
    (("--during", "2024-03"), MARCH),
    (("--from", "2024-03-01", "--to", "2024-03-31"), MARCH),
    (("--during", "2024-03", "--certain"), {id_: match for id_, match in MARCH.items() if match == "certain"}),
    (("--during", "2024-03-10"), {"day": "certain", "month": "possible", "span": "possible", "about": "possible",
                                  "perhaps": "possible", "year": "possible"}),
    (("--during", "2024-03-10", "--certain"), {"day": "certain"}),
    (("--from", "2024-04-02"), {"year": "possible", "open": "possible"}),
    (("--from", "2024-03-20"), {"month": "possible", "about": "possible", "year": "possible", "open": "certain",
                                "later": "certain"}),
    (("--to", "2024-02-28"), {"across": "possible", "year": "possible"}),
    (("--during", "2023"), {}),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "found"), ANSWERS, ids=[" ".join(asked) for asked, _ in ANSWERS])
def test_which_match_and_how_surely(asked: tuple[str, ...], found: dict[str, str]) -> None:
    assert matches(*asked) == found
    assert done("search", *asked, "--count").out == f"{len(found)}\n"


def test_an_event_has_its_days() -> None:
    days = {row["id"]: (row["start"], row["end"]) for row in rows("search")}
    assert days["month"] == days["about"] == ("2024-03-01", "2024-03-31")
    assert days["across"] == ("2024-02-28", "2024-03-02")
    assert days["year"] == ("2024-01-01", "2024-12-31")
    assert days["open"] == ("2024-03-20", None)


def test_the_text_says_which_are_possible() -> None:
    told = done("timeline", "--during", "2024-03").out
    assert told.count("(possible match)") == 5


def test_drafts_are_found_only_when_asked_and_never_counted() -> None:
    assert "draft" not in matches()
    assert "draft" in matches("--drafts")
    assert done("search", "--count").out == f"{len(DATES)}\n"
    assert done("show", "draft", "--json").json["status"] == "draft"
    assert "(draft)" in done("show", "draft").out
    assert [row["low"] for row in rows("stats", "events", "--drafts")] == [len(DATES)]
    assert done("info", "--json").json["drafts"] == 1
    assert run("export", "jsonl").out.count('"status": "draft"') == 1
