"""Only the record of an actor says whether it is protected, whatever else another program does to the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import actor, event, ok, run, take_in

if TYPE_CHECKING:
    from pathlib import Path

NAME, OTHER, GONE = "Quorble Zyxwva", "Vuffa Prindle", "Mibble Tronk"
TAMPERED = [
    "UPDATE term SET placeholder = -1 WHERE name = 'Quorble Zyxwva'",
    "UPDATE term SET placeholder = NULL",
    "UPDATE term SET placeholder = (SELECT placeholder FROM change_record WHERE name = 'Mibble Tronk'"
    " AND after IS NULL) WHERE name = 'Quorble Zyxwva'",
    "UPDATE term SET record = '[' || record || ']', placeholder = NULL WHERE name = 'Quorble Zyxwva'",
]
READ = ["search --json", "sql 'SELECT * FROM events'", "export jsonl", "log"]


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
