# ruff: noqa: E501 - tables
"""What a record was: ``show --at``, ``show --history``, and edits that say which version they are about."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.records import canonical
from tests.helpers.driver import event, export, ok, refused, run, stored, take_in

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = "2023-01-02-first", "2023-02-03-second"


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.at = datetime(2030, 1, 1, tzinfo=UTC)

    def __call__(self) -> str:
        return self.at.strftime("%Y-%m-%dT%H:%M:%SZ")

    def to(self, text: str) -> None:
        self.at = datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("scamcli.store.history.now", clock)
    return clock


def show(db: Path, id_: str, *flags: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(ok("show", id_, "--json", *flags, "--db", str(db)))
    return row


def history(db: Path, id_: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(ok("show", id_, "--history", "--json", "--db", str(db)))
    return rows


@pytest.fixture
def lived(db: Path, clock: Clock) -> Path:
    """Entered on 1 January 2030; changed on 2 February, twice on 3 March, removed and brought back in 2031."""
    at = ["--as", "Ann", "--db", str(db)]
    for when, args in (
        ("2030-02-02T10:00:00", ["edit", FIRST, "--title", "February", "--reason", "Because"]),
        ("2030-03-03T23:59:59", ["edit", FIRST, "--title", "March", "--tag", "two"]),
        ("2030-03-03T23:59:59", ["edit", FIRST, "--date", "2024-05", "--figure", "cases: 4"]),
        ("2031-01-01T00:00:00", ["remove", FIRST]),
        ("2031-01-02T00:00:00", ["undo"]),
    ):
        clock.to(when)
        ok(*args, *at)
    return db


AT = [
    ("2030-01-01", "First words", "2023-01-02"),
    ("2030-02-02T09:59:59Z", "First words", "2023-01-02"), ("2030-02-02T10:00:00Z", "February", "2023-01-02"),
    ("2030-02", "February", "2023-01-02"), ("2030-03-03T23:59:59Z", "March", "2024-05"),
    ("2030-12-31T23:59:59Z", "March", "2024-05"),
    ("9999", "March", "2024-05"),
]  # fmt: skip


@pytest.mark.parametrize(("at", "title", "date"), AT)
def test_as_it_was(lived: Path, at: str, title: str, date: str) -> None:
    row = show(lived, FIRST, "--at", at)
    assert (row["title"], row["date"], row["id"]) == (title, date, FIRST)
    assert (row["start"], row["end"]) == (("2023-01-02",) * 2 if date == "2023-01-02" else ("2024-05-01", "2024-05-31"))
    assert show(lived, "2023-01", "--at", at) == row
    record = {key: value for key, value in row.items() if key not in {"start", "end", "match", "digest"}}
    assert row["digest"] == canonical.digest(canonical.line(record))
    text = ok("show", FIRST, "--at", at, "--db", str(lived))
    assert title in text
    assert row["digest"] in text


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        ((FIRST, "2029-12-31"), 3, ["history", "begins at 2030-01-01T00:00:00Z"]),
        ((FIRST, "2031-01-01T00:00:00Z"), 3, ["did not exist"]),
        (("n-1", "2030-06"), 3, ["did not exist at 2030-06-30T23:59:59Z", "2031-01-03T00:00:00Z", "Change 7"]),
        (("nothing", "2030-06"), 3, ['No event with the id "nothing"']),
        ((FIRST, "2030-02-30"), 2, ["2030-02-30"]),
        ((FIRST, "2030-02-02T10:00:00"), 2, ["T18:30:00Z"]),
        ((FIRST, "yesterday"), 2, ["yesterday"]),
    ],
)
def test_not_then(lived: Path, clock: Clock, asked: tuple[str, str], code: int, words: list[str]) -> None:
    clock.to("2031-01-03T00:00:00")
    ok("add", "--id", "n-1", "--date", "2023", "--kind", "raid", "--title", "T", "--db", str(lived))
    refused(run("show", asked[0], "--at", asked[1], "--db", str(lived)), code, *words)


def test_after_it_was_removed(lived: Path, clock: Clock) -> None:
    clock.to("2032-01-01T00:00:00")
    record = stored(lived, FIRST)
    ok("remove", FIRST, "--db", str(lived))
    refused(run("show", FIRST, "--db", str(lived)), 3, "Change 7 removed it", "scamcli undo 7")
    refused(run("show", FIRST, "--at", "2032", "--db", str(lived)), 3, "--history")
    assert show(lived, FIRST, "--at", "2031") | record == show(lived, FIRST, "--at", "2031")
    assert [row["action"] for row in history(lived, FIRST)] == [
        "removed",
        "added",
        "removed",
        "changed",
        "changed",
        "changed",
        "added",
    ]


def test_the_history_of_one(lived: Path) -> None:
    rows = history(lived, FIRST)
    assert rows == json.loads(ok("log", FIRST, "--json", "--db", str(lived)))
    assert [(row["change"], row["at"], row["command"], row["action"]) for row in rows] == [
        (6, "2031-01-02T00:00:00Z", "undo", "added"), (5, "2031-01-01T00:00:00Z", "remove", "removed"),
        (4, "2030-03-03T23:59:59Z", "edit", "changed"), (3, "2030-03-03T23:59:59Z", "edit", "changed"),
        (2, "2030-02-02T10:00:00Z", "edit", "changed"), (1, "2030-01-01T00:00:00Z", "import", "added"),
    ]  # fmt: skip
    assert (rows[0]["undoes"], rows[1]["undone_by"], rows[4]["reason"], rows[4]["by"]) == (5, 6, "Because", "Ann")
    assert rows[4]["differences"] == [{"key": "title", "before": "First words", "after": "February"}]
    assert rows[3]["differences"] == [
        {"key": "title", "before": "February", "after": "March"}, {"key": "tags", "removed": [], "added": ["two"]},
    ]  # fmt: skip
    assert [one["key"] for one in rows[2]["differences"]] == ["date", "figures"]
    text = ok("show", FIRST, "--history", "--db", str(lived))
    assert text == ok("log", FIRST, "--db", str(lived))
    for word in (
        "change 2  2030-02-02T10:00:00Z  edit, by Ann: changed",
        "reason: Because",
        "title: First words → February",
        "tags: + two",
        "undone by 6",
    ):
        assert word in text


DIFFERENCES: list[tuple[list[str], list[dict[str, Any]]]] = [
    (["--note", "N"], [{"key": "note", "before": None, "after": "N"}]),
    (["--remove", "tag: one", "--tag", "new"], [{"key": "tags", "removed": ["one"], "added": ["new"]}]),
    (["--remove", "figure: complaints", "--figure", "complaints: 290; id: complaints; by: Sar Kheng"],
     [{"key": f"figures.complaints.{key}", "before": old, "after": new} for key, old, new in (("stated", "289", "290"), ("low", 289, 290), ("best", 289, 290), ("high", 289, 290))]),
]  # fmt: skip


@pytest.mark.parametrize(("flags", "differences"), DIFFERENCES, ids=lambda value: str(value)[:40])
def test_what_differs(db: Path, flags: list[str], differences: list[dict[str, Any]]) -> None:
    ok("edit", FIRST, *flags, "--db", str(db))
    assert history(db, FIRST)[0]["differences"] == differences


@pytest.fixture
def merged(db: Path, clock: Clock) -> Path:
    take_in(
        db,
        event("e-old", title="Old words", figures=[{"metric": "cases", "stated": "4"}]),
        event("e-new", title="New words", figures=[{"metric": "cases", "stated": "900"}]),
    )
    clock.to("2031-01-01T00:00:00")
    ok("remove", "e-old", "--same-as", "e-new", "--db", str(db))
    return db


def test_before_a_merge_it_was_its_own_record(merged: Path) -> None:
    """Who cited e-old in 2030 cited 4 cases, not 900."""
    assert show(merged, "e-old", "--at", "2030")["title"] == "Old words"


def test_the_history_of_a_merged_actor_says_where_it_went(db: Path) -> None:
    ok("names", "merge", "Sar Kheng", "MoI", "--db", str(db))
    (gone, _) = json.loads(ok("log", "--actor", "Sar Kheng", "--json", "--db", str(db)))
    assert (gone["action"], gone["merged_into"]) == ("removed", "Ministry of Interior")
    assert "merged into Ministry of Interior" in ok("log", "--actor", "Sar Kheng", "--db", str(db))


# Edits of a version.


def test_expect(db: Path) -> None:
    """Of two who read the same version, the second is told what was read and what is there."""
    read = show(db, FIRST)["digest"]
    ok("edit", FIRST, "--title", "Bob's title", "--expect", read, "--as", "Bob", "--db", str(db))
    before = export(db)
    answer = run("edit", FIRST, "--title", "Mine", "--expect", read, "--db", str(db))
    refused(answer, 4, "Since change 2", "First words → Bob's title", "Nothing was written.")
    assert export(db) == before
