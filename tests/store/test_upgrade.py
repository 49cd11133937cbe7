"""A file of an older version is brought up to this one at its first use, whole or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from scamcli.store import schema
from tests.helpers.driver import event, export, ok, run, take_in

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from sqlite_utils import Database


def m9001_of_the_test(db: Database) -> None:
    db.execute("CREATE TABLE of_the_test (n INTEGER)")


def m9002_that_fails(db: Database) -> None:
    db.execute("CREATE TABLE half (n INTEGER)")
    db.execute("INSERT INTO nowhere VALUES (1)")


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_reading_and_writing_bring_it_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (["search"], ["add", "--date", "2023", "--kind", "raid", "--title", "T"]):
        path = tmp_path / f"{command[0]}.db"
        take_in(path, event("e-1"))
        before = export(path)
        with monkeypatch.context() as newer:
            newer.setattr(schema, "STEPS", (*schema.STEPS, m9001_of_the_test))
            assert f"Upgraded {path} to this version" in run(*command, "--db", str(path)).err
            assert "of_the_test" in tables(path)
            assert run(*command, "--db", str(path)).err == ""
            assert before.strip() in export(path)
        assert run("search", "--db", str(path)).code == 5, "of a newer version now"


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.db"
    take_in(path, event("e-1"))
    before = export(path)
    with monkeypatch.context() as newer:
        newer.setattr(schema, "STEPS", (*schema.STEPS, m9001_of_the_test, m9002_that_fails))
        answer = run("search", "--db", str(path))
        assert (answer.code, answer.out) == (5, "")
    assert {"of_the_test", "half"}.isdisjoint(tables(path))
    assert export(path) == before
    assert ok("search", "--count", "--db", str(path)) == "1\n"
