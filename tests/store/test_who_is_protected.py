"""Only the record of an actor says whether it is protected, whatever else another program does to the file."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from scamcli.store import terms
from tests.helpers.driver import actor, event, ok, run, take_in

if TYPE_CHECKING:
    from pathlib import Path

NAME, OTHER, GONE = "Quorble Zyxwva", "Vuffa Prindle", "Mibble Tronk"
TAMPERED = [
    "UPDATE term SET placeholder = -1 WHERE name = 'Quorble Zyxwva'",
    "UPDATE term SET placeholder = NULL",
    "UPDATE term SET placeholder = 0 WHERE name = 'Quorble Zyxwva'",
    "UPDATE term SET placeholder = -placeholder",
    "UPDATE term SET placeholder = 9000000000000000000 WHERE name = 'Quorble Zyxwva'",
    "UPDATE term SET placeholder = (SELECT placeholder FROM change_record WHERE name = 'Mibble Tronk'"
    " AND after IS NULL) WHERE name = 'Quorble Zyxwva'",
    "UPDATE change_record SET placeholder = NULL",
    "UPDATE term SET record = replace(record, '\"protected\": true', '\"protected\":1')",
    "UPDATE term SET record = '[' || record || ']', placeholder = NULL WHERE name = 'Quorble Zyxwva'",
]
READ = ["search --json", "actors", "stats", "sql 'SELECT * FROM events'", "export jsonl", "log", "check", "show e-1"]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    db = tmp_path / "kept.db"
    people = [actor(name, kind="person", protected=True) for name in (NAME, OTHER, GONE)]
    take_in(db, *people, event("e-1", summary=f"{NAME}, {OTHER} and {GONE}", actors=[{"name": NAME}]))
    ok("remove", "--actor", GONE, "--include-protected", "--db", str(db))
    return db


@pytest.mark.parametrize("sql", TAMPERED)
def test_a_number_that_was_tampered_with_unmasks_nobody_and_is_reported(kept: Path, sql: str) -> None:
    with closing(sqlite3.connect(kept, isolation_level=None)) as connection:
        assert connection.execute(sql).rowcount > 0
    for asked in READ:
        answer = run(*asked.replace("'", "").split(maxsplit=1 if asked.startswith("sql") else -1), "--db", str(kept))
        said = (answer.out + answer.err).casefold()
        assert not [name for name in (NAME, OTHER, GONE) if name.casefold() in said], (asked, answer)
    verified = run("info", "--verify", "--db", str(kept))
    assert verified.code == 5, verified
    assert not [name for name in (NAME, OTHER, GONE) if name in verified.out + verified.err]


def test_each_has_a_number_of_their_own_all_the_same(kept: Path) -> None:
    with closing(sqlite3.connect(kept, isolation_level=None)) as connection:
        connection.execute("UPDATE term SET placeholder = NULL WHERE name = ?", [NAME])
        connection.execute("UPDATE term SET placeholder = -7 WHERE name = ?", [OTHER])
        masker = terms.protected(connection)
    assert masker is not None
    assert len(masker.names) == 3
    (shown,) = json.loads(ok("search", "--json", "--db", str(kept)))
    first = shown["summary"].split(",")[0]
    assert json.loads(ok("actors", first, "--json", "--db", str(kept)))["name"] == first
    problems = run("info", "--verify", "--db", str(kept))
    said = problems.out + problems.err
    assert "the number that masks a protected actor is missing" in said
    assert "-7" in said


def test_numbers_that_are_right_are_no_problem(kept: Path) -> None:
    assert run("info", "--verify", "--db", str(kept)).code == 0
    with Timeline(kept) as timeline:
        assert NAME not in timeline.shown(f"of {NAME}")
