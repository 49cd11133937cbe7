"""The history: what it withholds, what it is asked for awkwardly, and what several write at once."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import actor, event, export, lines, ok, process, run, take_in
from tests.helpers.undo_cases import FIRST, SECOND, changes, clean

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.driver import Answer

# Protected names.


def test_the_history_withholds_protected_names(db: Path) -> None:
    take_in(
        db,
        actor("Vic Tim", protected=True, aliases=["Old Name"]),
        event("v-1", title="Vic Tim speaks", actors=[{"name": "Vic Tim"}]),
    )
    ok("edit", "v-1", "--title", "Tim speaks again", "--reason", "Old Name asked", "--as", "Vic Tim", "--db", str(db))
    ok("edit", "Vic Tim", "-", "--db", str(db), stdin=lines([actor("Vic Tim", protected=True, aliases=["Newer Name"])]))
    for args in (
        ["log"], ["log", "v-1"], ["log", "--actor", "Vic Tim"], ["log", "--change", "2"], ["show", "v-1", "--history"],
        ["show", "v-1", "--at", "2999"], ["log", "nothing Vic Tim"], ["log", "--actor", "Old Name"], ["undo", "2"],
    ):  # fmt: skip
        for form in ([], ["--json"]) if args[0] != "undo" else ([],):
            answer = run(*args, *form, "--db", str(db))
            assert not [
                word
                for word in ("Vic", "Tim", "Old Name", "Newer")
                if word in answer.out + answer.err.replace("Old Name'", "")
            ], answer
    assert "Old Name" in ok("log", "--actor", "Vic Tim", "--include-protected", "--db", str(db))


@pytest.mark.parametrize(
    "way", [["remove", "--actor", "Vic Tim", "--include-protected"], ["names", "merge", "Vic Tim", "Per Son"]]
)
def test_former_aliases_stay_withheld_when_the_record_is_gone(db: Path, way: list[str]) -> None:
    take_in(
        db,
        actor("Vic Tim", protected=True, aliases=["Sokha Secret"]),
        actor("Per Son"),
        event("v-1", title="Sokha Secret spoke"),
    )
    ok("edit", "Vic Tim", "-", "--db", str(db), stdin=lines([actor("Vic Tim", protected=True, aliases=[])]))
    for args in (["show", "v-1"], ["log", "--actor", "Vic Tim"]):
        assert "Secret" not in ok(*args, "--db", str(db))
    ok(*way, "--db", str(db))
    for args in (["show", "v-1"], ["log", "--actor", "Vic Tim"], ["log", "--actor", "Vic Tim", "--json"]):
        assert "Secret" not in ok(*args, "--db", str(db)), args


def test_an_alias_that_was_a_mistake_is_somebody_elses(db: Path) -> None:
    """A minister's name, once entered as an alias of a victim, is the minister's when it is the minister's record."""
    take_in(db, actor("Vic Tim", protected=True, aliases=["Sok Minister"]))
    ok("edit", "Vic Tim", "-", "--db", str(db), stdin=lines([actor("Vic Tim", protected=True, aliases=[])]))
    take_in(
        db, actor("Sok Minister", kind="government"), event("m-1", actors=[{"name": "Sok Minister", "role": "speaker"}])
    )
    assert "Sok Minister" in ok("show", "m-1", "--db", str(db))
    names = [json.loads(line).get("name") for line in ok("export", "jsonl", "--db", str(db)).splitlines()]
    assert len({name for name in names if name}) == len([name for name in names if name])


# Awkward questions.


@pytest.mark.parametrize(
    "args", [["undo", "9" * 25], ["log", "--change", "9" * 25], ["log", "--after", "9" * 25]], ids=str
)
def test_no_number_is_too_large_to_ask_for(db: Path, args: list[str]) -> None:
    assert run(*args, "--db", str(db)).code in {0, 2, 3}


def test_the_log_of_a_record_takes_a_limit_too(db: Path) -> None:
    for title in "abc":
        ok("edit", FIRST, "--title", title, "--db", str(db))
    assert [row["change"] for row in changes(db, FIRST, "--limit", "2")] == [4, 3]
    assert [row["change"] for row in changes(db, FIRST, "--after", "3")] == [2, 1]


def test_a_change_undone_and_redone_a_thousand_times(db: Path) -> None:
    ok("edit", FIRST, "--title", "N", "--db", str(db))
    with closing(sqlite3.connect(db)) as connection, connection:
        for number in range(3, 1103):
            connection.execute(
                "INSERT INTO change (id, at, author, command, undoes)"
                " VALUES (?, '2999-01-01T00:00:00Z', 'A', 'undo', ?)",
                [number, number - 1],
            )
    assert len(changes(db, "--limit", "2000")) == 1102
    assert len(changes(db, FIRST)) == 2


# Several at once.


def test_eight_processes_write_one_history(db: Path) -> None:
    def work(number: int) -> list[Answer]:
        at = ["--as", f"Author {number}", "--db", str(db)]
        return [
            process("add", "--id", f"p-{number}", "--date", "2023", "--kind", "raid", "--title", "T", *at),
            process("edit", FIRST, "--tag", f"t{number}", "--date", f"20{number + 10}", *at),
            process("remove", f"p-{number}", *at),
        ]

    with ThreadPoolExecutor(8) as pool:
        answers = [answer for answered in pool.map(work, range(8)) for answer in answered]
    assert [answer for answer in answers if answer.code != 0] == []
    rows = changes(db)
    assert [row["change"] for row in rows] == list(range(25, 0, -1))
    assert [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)
    by = {row["by"]: [one["command"] for one in rows if one["by"] == row["by"]] for row in rows[:-1]}
    assert by == {f"Author {number}": ["remove", "edit", "add"] for number in range(8)}
    records = [json.loads(line) for line in export(db).splitlines()]
    ids = {record["id"] for record in records if record["type"] == "event"}
    assert ids == {FIRST, SECOND}
    assert sorted(next(one["tags"] for one in records if one.get("id") == FIRST)) == [
        "one",
        *(f"t{number}" for number in range(8)),
    ]
    clean(db)
