# ruff: noqa: E501 - tables
"""Rows that another program has altered: commands end in time, with an exit code, and damage is said to be damage."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from scamcli.records.limits import TimeIsOverError
from scamcli.store.connection import open_file, translate_sqlite_errors
from tests.helpers.altered_records import DEEP, made
from tests.helpers.bounded import MEGABYTES, bounded
from tests.helpers.driver import Answer, refused, run

CIRCLES = [
    "UPDATE change SET undoes = id",
    "UPDATE change SET undoes = id WHERE undoes NOT NULL",
    "UPDATE change SET undoes = (SELECT max(id) FROM change) - id",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO change (id, at, author, command, undoes) SELECT i + 1000, '2024', 'a', 'undo', i + 999 FROM n",
]
COMMANDS = [["log"], ["show", "e-4", "--history"], ["undo"], ["undo", "--redo"], ["undo", "5"], ["merge", "{good}"]]
DAMAGED = [
    (["show", "e-1"], f"UPDATE event SET record = '{DEEP}' WHERE id = 'e-1'"),
    (["actors", "Open Person"], f"UPDATE term SET record = '{DEEP}' WHERE name = 'Open Person'"),
    (["show", "e-1"], f"UPDATE term SET record = '{DEEP}' WHERE placeholder NOT NULL"),
    (["show", "e-2", "--history"], f"UPDATE change_record SET before = '{DEEP}' WHERE name = 'e-2'"),
    (["redact", "Open Person", "--yes"], "UPDATE change_record SET before = json_set(before, '$.figures', 'rescues') WHERE name = 'e-2' AND before NOT NULL"),
    (["export", "xlsx", "-o", "{db}.xlsx"], "UPDATE term SET record = json_remove(record, '$.aliases') WHERE name = 'Open Person'"),
    (["import", "{db}", "--db", "{good}"], f"UPDATE term SET record = '{DEEP}' WHERE name = 'sightings'"),
    (["diff", "{good}", "{db}"], f"UPDATE term SET record = '{DEEP}' WHERE name = 'Guarded Person'"),
]  # fmt: skip


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("lived") / "t.db")


def altered(lived: Path, folder: Path, sql: str) -> Path:
    db = Path(shutil.copy(lived, folder / "t.db"))
    shutil.copy(lived, folder / "good.db")
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute(sql).rowcount
        connection.commit()
    return db


@pytest.mark.thorough
@pytest.mark.parametrize("sql", CIRCLES, ids=range(len(CIRCLES)))
def test_changes_that_undo_themselves_or_each_other(sql: str, lived: Path, tmp_path: Path) -> None:
    db = altered(lived, tmp_path, sql)
    before = db.read_bytes()
    for args in COMMANDS:
        answer, _ = bounded(*(arg.format(good=tmp_path / "good.db") for arg in args), "--db", str(db))
        assert answer.code in {0, 1, 3, 4}, (args, answer)
        assert answer.code < 3 or db.read_bytes() == before, args
        db.write_bytes(before)


@pytest.mark.parametrize(("args", "sql"), DAMAGED, ids=range(len(DAMAGED)))
def test_a_record_that_cannot_be_read_is_damage(args: list[str], sql: str, lived: Path, tmp_path: Path) -> None:
    db = altered(lived, tmp_path, sql)
    words = [word.format(db=db, good=tmp_path / "good.db") for word in args]
    before = db.read_bytes()
    refused(run(*words, *([] if "{good}" in args else ["--db", str(db)])), 5, "damaged", most=3)
    assert db.read_bytes() == before


def test_a_value_over_the_limit_is_refused_before_it_is_read(lived: Path, tmp_path: Path) -> None:
    db = altered(lived, tmp_path, "UPDATE event SET record = hex(zeroblob(40000000)) WHERE id = 'e-1'")
    answer, megabytes = bounded("show", "e-1", "--db", str(db))
    refused(Answer(*answer), 5, "more than 32 MiB", "SCAMCLI_LIMITS=value=64M")
    assert megabytes <= MEGABYTES


@pytest.mark.parametrize(("limit", "expected"), [("seconds=1", TimeIsOverError), ("seconds=1G", KeyboardInterrupt)])
def test_a_statement_can_be_interrupted(
    limit: str, expected: type[BaseException], lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCAMCLI_LIMITS", limit)

    def end(_number: int, _frame: object) -> None:
        raise expected

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with (
            closing(open_file(lived, write=False)) as connection,
            pytest.raises(expected),
            translate_sqlite_errors(lived),
        ):
            connection.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_every_connection_is_held_to_limits(lived: Path) -> None:
    with closing(open_file(lived, write=True)) as connection:
        for pragma, value in (("trusted_schema", 0), ("cell_size_check", 1), ("hard_heap_limit", 1 << 30)):
            assert connection.execute(f"PRAGMA {pragma}").fetchone()[0] == value
        if sys.version_info >= (3, 12):
            assert connection.getconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)
