# ruff: noqa: E501 - tables
"""The history: one change a command, with who, when, by which command and why; and ``log``, which reads it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import actor, event, export, lines, ok, refused, run, take_in
from tests.helpers.undo_cases import FIRST, SECOND, Clock, changes, clean

if TYPE_CHECKING:
    from pathlib import Path


WRONG_BOUND = event("x-1", figures=[{"id": "one", "metric": "cases", "stated": "5", "low": 4, "best": 4, "high": 4}])

# Arguments, stdin, the command as the history has it, and how many records it added, changed and removed.
WRITING: list[tuple[list[str], str, str, tuple[int, int, int]]] = [
    (["add", "--date", "2023-03-04", "--kind", "raid", "--title", "T", "--actor", "New Person"], "", "add", (2, 0, 0)),
    (["add", "-"], lines([actor("New Person", member_of=["New Body"])]), "add", (2, 0, 0)),
    (["edit", FIRST, "--title", "N"], "", "edit", (0, 1, 0)),
    (["edit", FIRST, "--source", "BBC", "--site", "New Gate"], "", "edit", (2, 1, 0)),
    (["edit", "Sar Kheng", "-"], lines([actor("Sar Kheng", note="N")]), "edit", (0, 1, 0)),
    (["remove", SECOND], "", "remove", (0, 0, 1)),
    (["remove", "x-1", "--same-as", FIRST], "", "remove", (0, 1, 1)),
    (["remove", "--actor", "Nobody"], "", "remove", (0, 0, 1)),
    (["names", "alias", "Sar Kheng", "Samdech", "Kheng"], "", "names alias", (0, 1, 0)),
    (["names", "alias", "--site", "Blue Gate", "Door"], "", "names alias", (0, 1, 0)),
    (["names", "merge", "Sar Kheng", "MoI"], "", "names merge", (0, 2, 1)),
    (["names", "merge", "--site", "Blue Gate", "Green Gate"], "", "names merge", (0, 2, 1)),
    (["import", "-"], lines([event("y-1"), event("y-2", sites=["Other"]), event(FIRST, kind="statement", title="First words")]), "import", (3, 0, 0)),
    (["undo", "1"], "", "undo", (0, 0, 5)),
    (["check", "--fix"], "", "check --fix", (0, 1, 0)),
]  # fmt: skip


@pytest.fixture
def full(db: Path) -> Path:
    """Something for every command to change."""
    take_in(db, WRONG_BOUND | {"sources": [{"outlet": "VOD"}]}, actor("Nobody"), {"type": "site", "name": "Green Gate"})
    return db


@pytest.mark.parametrize("does", WRITING, ids=[" ".join(row[0]) for row in WRITING])
def test_a_command_is_one_change(
    full: Path, clock: Clock, does: tuple[list[str], str, str, tuple[int, int, int]]
) -> None:
    args, stdin, command, counts = does
    before = changes(full)
    answer = run(*args, "--as", "Ann Author", "--reason", "Because: it was", "--db", str(full), stdin=stdin)
    assert answer.code == (1 if args[0] == "check" else 0), answer
    new, *rest = changes(full)
    assert rest == before or command == "undo"
    assert (new["change"], new["by"], new["command"]) == (before[0]["change"] + 1, "Ann Author", command)
    assert (new["at"], new["reason"]) == ("2030-01-01T00:00:00Z", "Because: it was")
    assert (new["added"], new["changed"], new["removed"]) == counts
    touched = changes(full, "--change", str(new["change"]))
    assert [sum(row["action"] == how for row in touched) for how in ("added", "changed", "removed")] == list(counts)
    assert {row["record"] for row in touched} == set(new["records"])
    clean(full)


@pytest.mark.parametrize(("flag", "text"), [("--as", ""), ("--as", "x" * 201), ("--reason", "")])
def test_who_and_why_are_words(full: Path, flag: str, text: str) -> None:
    before = changes(full)
    refused(run("edit", FIRST, "--title", "N", flag, text, "--db", str(full)), 2, flag)
    assert changes(full) == before


SAME = event(FIRST, kind="statement", title="First words")
NOTHING: list[tuple[list[str], str, int]] = [
    (["edit", FIRST, "--title", "First words"], "", 0),
    (["edit", "Sar Kheng", "-"], lines([actor("Sar Kheng", kind="person")]), 0),
    (["names", "alias", "MoI", "MoI"], "", 0),
    (["import", "-"], lines([SAME, actor("Sar Kheng", kind="person")]), 0),
    (["import", "-"], lines([event("y-1"), SAME | {"title": "Other"}]), 4),
    (["import", "-"], lines([event("y-1", actors=[{"name": "New"}]), event("y-2", kind="nonsense")]), 4),
    (["add", "--id", FIRST, "--date", "2023", "--kind", "raid", "--title", "T"], "", 4),
    (["edit", FIRST, "--title", "T", "--expect", "0" * 12], "", 4),
    (["remove", "--actor", "Sar Kheng"], "", 4),
    (["names", "alias", "Sar Kheng", "Samdech", "MoI"], "", 4),
    (["undo", "9"], "", 3),
]  # fmt: skip


@pytest.mark.parametrize(("args", "stdin", "code"), NOTHING, ids=[" ".join(row[0]) for row in NOTHING])
def test_what_changes_nothing_is_no_change(db: Path, args: list[str], stdin: str, code: int) -> None:
    before, exported = changes(db), export(db)
    answer = run(*args, "--db", str(db), stdin=stdin)
    assert answer.code == code, answer
    assert (changes(db), export(db)) == (before, exported)


@pytest.mark.parametrize("table", ["change", "change_record", "event", "name"])
def test_the_change_and_its_history_are_one_transaction(db: Path, table: str) -> None:
    """Whichever of the tables cannot be written, nothing is."""
    before, exported = changes(db), export(db)
    with closing(sqlite3.connect(db)) as connection:
        connection.execute(f"CREATE TRIGGER no BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END")
    assert run("edit", FIRST, "--date", "2024", "--actor", "New Person", "--db", str(db)).code != 0
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("DROP TRIGGER no")
    assert (changes(db), export(db)) == (before, exported)
    clean(db)


# What `log` says.


@pytest.fixture
def lived(db: Path, clock: Clock) -> Path:
    """A database with seven changes by two people."""
    at = ["--db", str(db)]
    ok("edit", FIRST, "--title", "Better", "--as", "Ann", "--reason", "=1+1, said \N{RIGHT-TO-LEFT OVERRIDE}he", *at)
    ok("names", "alias", "Sar Kheng", "Samdech", "--as", "Bob", *at)
    ok(
        "add",
        "--id",
        "x-1",
        "--date",
        "2023",
        "--kind",
        "raid",
        "--title",
        "T",
        "--site",
        "Blue Gate",
        "--as",
        "Ann",
        *at,
    )
    ok("edit", "Blue Gate", "-", "--as", "Bob", *at, stdin=lines([{"type": "site", "name": "Blue Gate", "note": "N"}]))
    ok("remove", "x-1", "--as", "Ann", *at)
    ok("undo", "2", "--as", "Bob", *at)
    return db


def test_log_is_newest_first_and_whole(lived: Path) -> None:
    rows = changes(lived)
    assert [(row["change"], row["by"], row["command"], row["undoes"], row["undone_by"]) for row in rows][:6] == [
        (7, "Bob", "undo", 2, None), (6, "Ann", "remove", None, None), (5, "Bob", "edit", None, None),
        (4, "Ann", "add", None, None), (3, "Bob", "names alias", None, None), (2, "Ann", "edit", None, 7),
    ]  # fmt: skip
    assert [row["at"] for row in rows[:6]] == [f"2030-01-01T00:00:0{second}Z" for second in (5, 4, 3, 2, 1, 0)]


def test_log_of_one_record(lived: Path) -> None:
    at = ["--json", "--db", str(lived)]
    asked: list[tuple[list[str], list[tuple[int, str]]]] = [
        ([FIRST], [(7, "changed"), (2, "changed"), (1, "added")]),
        (["2023-01"], [(7, "changed"), (2, "changed"), (1, "added")]),
        (["x-1"], [(6, "removed"), (4, "added")]),
        (["x"], [(6, "removed"), (4, "added")]),
        (["--actor", "Sar Kheng"], [(3, "changed"), (1, "added")]),
        (["--actor", "Samdech"], [(3, "changed"), (1, "added")]),
        (["--actor", "sar  kheng"], [(3, "changed"), (1, "added")]),
        (["--site", "Blue Gate"], [(5, "changed"), (1, "added")]),
    ]
    for flags, expected in asked:
        rows = json.loads(ok("log", *flags, *at))
        assert [(row["change"], row["action"]) for row in rows] == expected, flags
    (alias, _) = json.loads(ok("log", "--actor", "Sar Kheng", *at))
    assert alias["differences"] == [{"key": "aliases", "removed": [], "added": ["Samdech"]}]
    refused(run("log", "nothing", "--db", str(lived)), 3, "nothing")
    refused(run("log", "--actor", "Nobody at all", "--db", str(lived)), 3, "Nobody at all")
    refused(run("log", "--site", "Nowhere", "--db", str(lived)), 3, "Nowhere")
    refused(run("log", FIRST, "--actor", "Sar Kheng", "--db", str(lived)), 2, "Expected only one")


@pytest.mark.parametrize("limit", [2, 7])
def test_log_by_pages(lived: Path, limit: int) -> None:
    met: list[int] = []
    after: list[str] = []
    while True:
        answer = run("log", "--json", "--limit", str(limit), *after, "--db", str(lived))
        assert answer.code == 0
        met += [row["change"] for row in json.loads(answer.out)]
        if "--after" not in answer.err:
            break
        after = ["--after", answer.err.split("--after")[1].strip()]
        assert len(met) <= 7
    assert met == [7, 6, 5, 4, 3, 2, 1]


# The clock.


def retitled(db: Path, clock: Clock, *years: int) -> list[str]:
    """Change the title in each of these years to the year; the times in the history, oldest first."""
    for year in years:
        clock.next = datetime(year, 6, 1, tzinfo=UTC)
        ok("edit", FIRST, "--title", str(year), "--db", str(db))
    return [row["at"][:4] for row in changes(db)][::-1][1:]


def title_at(db: Path, date: str) -> str:
    return str(json.loads(ok("show", FIRST, "--at", date, "--json", "--db", str(db)))["title"])


def test_a_clock_that_goes_back(db: Path, clock: Clock) -> None:
    """Each change keeps its own time; what was there at a time is told by the order and the times that fit it."""
    assert retitled(db, clock, 2030, 2031, 2029, 1999, 2032) == ["2030", "2031", "2029", "1999", "2032"]
    for date, title in (
        ("2029", "First words"),
        ("2031-05", "2030"),
        ("2031", "2031"),
        ("2032-05", "2031"),
        ("2032", "2032"),
    ):
        assert title_at(db, date) == title, date
    assert [row["differences"][0]["after"] for row in changes(db, FIRST)[:4]] == ["2032", "1999", "2029", "2031"]
    ok("undo", "--db", str(db))
    assert json.loads(ok("show", FIRST, "--json", "--db", str(db)))["title"] == "1999"
    clean(db)


@pytest.mark.parametrize("ahead", [3])
def test_a_clock_that_was_ahead(ahead: int, db: Path, clock: Clock) -> None:
    """One wrong clock does not stamp what follows, and what follows shows that it was wrong."""
    years = [2031, *range(2040, 2040 + ahead), 2032]
    assert retitled(db, clock, *years) == list(map(str, years))
    for date, title in (("2031", "2031"), ("2032", "2032"), ("2050", "2032")):
        assert title_at(db, date) == title, date


def test_a_clock_that_is_behind_is_reported(db: Path, clock: Clock) -> None:
    clock.next = datetime(1999, 6, 1, tzinfo=UTC)
    answer = run("edit", FIRST, "--title", "T", "--db", str(db))
    assert (answer.code, "a clock is or was wrong" in answer.err) == (0, True)
