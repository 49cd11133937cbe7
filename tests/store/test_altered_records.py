# ruff: noqa: E501 - tables
"""Rows that another program has altered: commands end in time, with an exit code, and damage is said to be damage."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.altered_records import DEEP, made
from tests.helpers.bounded import MEGABYTES, bounded
from tests.helpers.driver import Answer, refused, run

DAMAGED = [
    (["show", "e-1"], f"UPDATE event SET record = '{DEEP}' WHERE id = 'e-1'"),
    (["show", "e-2", "--history"], f"UPDATE change_record SET before = '{DEEP}' WHERE name = 'e-2'"),
    (["redact", "Open Person", "--yes"], "UPDATE change_record SET before = json_set(before, '$.figures', 'rescues') WHERE name = 'e-2' AND before NOT NULL"),
    (["import", "{db}", "--db", "{good}"], f"UPDATE term SET record = '{DEEP}' WHERE name = 'sightings'"),
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


@pytest.mark.parametrize(("args", "sql"), DAMAGED, ids=range(len(DAMAGED)))
def test_a_record_that_cannot_be_read_is_damage(args: list[str], sql: str, lived: Path, tmp_path: Path) -> None:
    db = altered(lived, tmp_path, sql)
    words = [word.format(db=db, good=tmp_path / "good.db") for word in args]
    before = db.read_bytes()
    refused(run(*words, *([] if "{good}" in args else ["--db", str(db)])), 5, "damaged", most=3)
    assert db.read_bytes() == before


@pytest.mark.thorough
def test_a_value_over_the_limit_is_refused_before_it_is_read(lived: Path, tmp_path: Path) -> None:
    db = altered(lived, tmp_path, "UPDATE event SET record = hex(zeroblob(40000000)) WHERE id = 'e-1'")
    answer, megabytes = bounded("show", "e-1", "--db", str(db))
    refused(Answer(*answer), 5, "more than 32 MiB", "SCAMCLI_LIMITS=value=64M")
    assert megabytes <= MEGABYTES
