# ruff: noqa: E501 - tables
"""What a record was: ``show --at``, ``show --history``, and edits that say which version they are about."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.records import canonical
from tests.helpers.driver import actor, event, export, lines, ok, refused, run, stored, take_in

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
    ("2030-01-01T00:00:00Z", "First words", "2023-01-02"), ("2030-01-01", "First words", "2023-01-02"), ("2030-01", "First words", "2023-01-02"),
    ("2030-02-02T09:59:59Z", "First words", "2023-01-02"), ("2030-02-02T10:00:00Z", "February", "2023-01-02"), ("2030-02-02", "February", "2023-01-02"),
    ("2030-02", "February", "2023-01-02"), ("2030-03-03T23:59:58Z", "February", "2023-01-02"), ("2030-03-03T23:59:59Z", "March", "2024-05"),
    ("2030-03-03", "March", "2024-05"), ("2030", "March", "2024-05"), ("2030-12-31T23:59:59Z", "March", "2024-05"),
    ("2031-01-02T00:00:00Z", "March", "2024-05"), ("2031", "March", "2024-05"), ("9999", "March", "2024-05"),
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
        ((FIRST, "2029"), 3, ["begins"]),
        ((FIRST, "2031-01-01"), 3, ["did not exist at 2031-01-01T23:59:59Z"]),
        ((FIRST, "2031-01-01T00:00:00Z"), 3, ["did not exist"]),
        (("n-1", "2030-06"), 3, ["did not exist at 2030-06-30T23:59:59Z", "2031-01-03T00:00:00Z", "Change 7"]),
        (("nothing", "2030-06"), 3, ['No event with the id "nothing"']),
        ((FIRST, "2030-02-30"), 2, ["2030-02-30"]),
        ((FIRST, "2030-02-02T10:00:00"), 2, ["T18:30:00Z"]),
        ((FIRST, "2030-13-02T10:00:00Z"), 2, ["is not a time"]),
        ((FIRST, "yesterday"), 2, ["yesterday"]),
        ((FIRST, ""), 2, ["empty"]),
    ],
)
def test_not_then(lived: Path, clock: Clock, asked: tuple[str, str], code: int, words: list[str]) -> None:
    clock.to("2031-01-03T00:00:00")
    ok("add", "--id", "n-1", "--date", "2023", "--kind", "raid", "--title", "T", "--db", str(lived))
    refused(run("show", asked[0], "--at", asked[1], "--db", str(lived)), code, *words)


def test_at_and_history_are_two_questions(lived: Path) -> None:
    refused(run("show", FIRST, "--at", "2030", "--history", "--db", str(lived)), 2, "--at", "--history")


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
    (["--actor", "MoI: target"], [{"key": "actors", "removed": [], "added": [{"name": "Ministry of Interior", "role": "target"}]}]),
]  # fmt: skip


@pytest.mark.parametrize(("flags", "differences"), DIFFERENCES, ids=lambda value: str(value)[:40])
def test_what_differs(db: Path, flags: list[str], differences: list[dict[str, Any]]) -> None:
    ok("edit", FIRST, *flags, "--db", str(db))
    assert history(db, FIRST)[0]["differences"] == differences


def test_another_order_is_a_difference(db: Path) -> None:
    ok("edit", FIRST, "--tag", "two", "--db", str(db))
    ok("edit", FIRST, "-", "--db", str(db), stdin=lines([stored(db, FIRST) | {"tags": ["two", "one"]}]))
    assert history(db, FIRST)[0]["differences"] == [{"key": "tags", "before": ["one", "two"], "after": ["two", "one"]}]


def test_every_change_is_told_and_every_version_is_shown(db: Path, clock: Clock) -> None:
    """The versions that ``--at`` gives are those that there were, one by one."""
    versions = []
    for number in range(12):
        clock.at += timedelta(hours=7)
        flags = [
            ["--title", f"T{number}"],
            ["--date", f"20{10 + number}"],
            ["--tag", f"t{number}"],
            ["--status", "draft" if number % 8 else "reviewed"],
        ]
        ok("edit", FIRST, *flags[number % 4], "--note", f"n{number}", "--db", str(db))
        versions.append((clock(), stored(db, FIRST)))
    for at, record in versions:
        row = show(db, FIRST, "--at", at)
        assert {key: row[key] for key in record} == record
    with Timeline(db) as timeline:
        assert timeline.show_at(FIRST, versions[3][0])["note"] == "n3"
        assert [row["change"] for row in timeline.history("event", FIRST)] == list(range(1, 14))


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


def test_the_history_of_a_merged_event_says_where_it_went(merged: Path) -> None:
    (gone, *_) = history(merged, "e-old")
    assert (gone["action"], gone["merged_into"]) == ("removed", "e-new")
    assert "merged into e-new" in ok("log", "e-old", "--db", str(merged))


def test_the_history_of_a_merged_actor_says_where_it_went(db: Path) -> None:
    ok("names", "merge", "Sar Kheng", "MoI", "--db", str(db))
    (gone, _) = json.loads(ok("log", "--actor", "Sar Kheng", "--json", "--db", str(db)))
    assert (gone["action"], gone["merged_into"]) == ("removed", "Ministry of Interior")
    assert "merged into Ministry of Interior" in ok("log", "--actor", "Sar Kheng", "--db", str(db))


# Edits of a version.


def test_expect(db: Path) -> None:
    """Two who read the same version: the second is told what was read and what is there."""
    at = ["--db", str(db)]
    read = show(db, FIRST)
    ok("edit", FIRST, "--title", "Bob's title", "--figure", "cases: 7", "--expect", read["digest"], "--as", "Bob", *at)
    before, now = export(db), show(db, FIRST)["digest"]
    for args, stdin in (
        (["edit", FIRST, "--title", "Mine", "--expect", read["digest"]], None),
        (["edit", FIRST, "-"], lines([read | {"title": "Mine"}])),
        (["edit", FIRST, "-", "--expect", read["digest"]], lines([stored(db, FIRST) | {"title": "Mine"}])),
        (["edit", FIRST, "--title", "First words", "--expect", read["digest"].upper()], None),
    ):
        refused(
            run(*args, *at, stdin=stdin),
            4,
            now[: canonical.SHOWN],
            read["digest"][: canonical.SHOWN],
            "Since change 2",
            "First words → Bob's title",
            '"7"',
            "Nothing was written.",
        )
        assert export(db) == before
    ok("edit", FIRST, "-", *at, stdin=lines([show(db, FIRST) | {"title": "Mine"}]))
    ok("edit", FIRST, "--note", "N", "--expect", show(db, FIRST)["digest"].upper(), *at)
    assert (stored(db, FIRST)["title"], stored(db, FIRST)["note"]) == ("Mine", "N")


def test_expect_of_what_it_was_once_again(db: Path) -> None:
    """Changed and changed back is the version that was read."""
    read = show(db, FIRST)["digest"]
    ok("edit", FIRST, "--title", "Other", "--db", str(db))
    ok("undo", "--db", str(db))
    ok("edit", FIRST, "--note", "N", "--expect", read, "--db", str(db))


def test_expect_of_an_actor(db: Path) -> None:
    at = ["--db", str(db)]
    record = actor("Sar Kheng", note="N")
    refused(run("edit", "Sar Kheng", "-", "--expect", "0" * 12, *at, stdin=lines([record])), 4, "has changed")
    refused(run("edit", "Sar Kheng", "-", *at, stdin=lines([record | {"digest": "0" * 12}])), 4, "has changed")
    read = next(canonical.digest(line) for line in export(db).splitlines() if '"name": "Sar Kheng"' in line)
    ok("edit", "Sar Kheng", "-", "--expect", read, *at, stdin=lines([record]))
    refused(run("edit", "Sar Kheng", "-", "--expect", read, *at, stdin=lines([record])), 4, "note: nothing → N")


def test_the_digest_of_an_actor_is_shown_and_taken(db: Path) -> None:
    row = json.loads(ok("actors", "Sar Kheng", "--json", "--db", str(db)))
    record = actor("Sar Kheng", note="N", digest=row["digest"])
    ok("edit", "Sar Kheng", "-", "--db", str(db), stdin=lines([record]))


def test_an_empty_expectation_is_no_permission(db: Path) -> None:
    before = export(db)
    refused(run("edit", FIRST, "--title", "T", "--expect", "", "--db", str(db)), {2, 4}, "expect")
    assert export(db) == before


def test_a_digest_of_a_protected_record(db: Path) -> None:
    """What is said of the versions withholds the name."""
    take_in(db, actor("Vic Tim", protected=True), event("v-1", title="Vic Tim speaks", actors=[{"name": "Vic Tim"}]))
    read = show(db, "v-1")
    ok("edit", "v-1", "--title", "Vic Tim spoke", "--summary", "Tim", "--db", str(db))
    answer = run("edit", "v-1", "-", "--db", str(db), stdin=lines([read | {"note": "N"}]))
    refused(answer, 4, "speaks →", "spoke")
    assert "Vic" not in answer.err
    assert "Tim" not in answer.err
