"""Faulty timelines and interrupted merges: both timelines stay as they were."""

from __future__ import annotations

import random
import shlex
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from scamcli.store import connection, setup
from tests.helpers.command_line import run
from tests.helpers.merge_cases import event, exported, take

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINE = '{"type": "event", "id": "new", "date": "2024-01-01", "kind": "raid", "title": "T"}\n'


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return take(tmp_path / "ours.db", event("one"), event("two"))


def made(kind: str, folder: Path) -> Path:
    """A timeline that cannot be merged."""
    path = folder / "other"
    if kind == "a folder":
        path.mkdir()
    elif kind == "another program's":
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE t (a)")
    elif kind in HARM:
        setup.make(path, seed=True)
        with closing(sqlite3.connect(path)) as other:
            other.execute("PRAGMA journal_mode = DELETE")
        HARM[kind](path)
    elif kind != "not there":
        path.write_bytes(CONTENTS[kind])
    return path


def _run(sql: str) -> Callable[[Path], None]:
    def harm(path: Path) -> None:
        with closing(sqlite3.connect(path)) as other:
            other.execute(sql)
            other.commit()

    return harm


def _garbage(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:4096] + random.Random(1).randbytes(len(data) - 4096))


HARM: dict[str, Callable[[Path], None]] = {
    "damaged": _garbage,
    "of a newer version": _run(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('scamcli', 'm9', '')"
    ),
    "a record that is none": _run("UPDATE event SET record = '{' WHERE rowid = (SELECT max(rowid) FROM event)"),
}  # fmt: skip


CONTENTS = {
    "empty": b"",
    "a line that is no JSON": (LINE + "{\n").encode(),
    "a line that is no record": (LINE + '{"type": "event", "id": "b", "date": "2024-13"}\n').encode(),
    "an id twice": (LINE + LINE).encode(),
    "no text": b"\x89PNG\r\n\x1a\n\xff\xfe",
    "a head of a database": b"SQLite format 3\x00" + b"\x00" * 200,
}

WRONG: dict[str, tuple[int, str]] = {
    "empty": (4, "other is empty"), "no text": (4, "other:1: This is not UTF-8"),
    "a line that is no JSON": (4, "other:2: This is not JSON"), "a line that is no record": (4, "other:2: "),
    "an id twice": (4, 'other:2: The id "new" occurs twice'), "a head of a database": (5, ""),
    "a folder": (4, "Is a directory"), "not there": (4, "No such file"),
    "another program's": (5, "of another program.\nscamcli: Give a database made by scamcli."),
    "damaged": (5, "is damaged"),
    "a record that is none": (5, "other is damaged"),
    "of a newer version": (5, "newer version"),
}  # fmt: skip


@pytest.mark.parametrize("name", ["a table.csv", "table.xlsx"])
def test_a_table_is_no_timeline_and_is_told_what_takes_it(
    ours: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(ours.parent)
    monkeypatch.setenv("SCAMCLI_DB", "ours.db")
    if name.endswith("csv"):
        (ours.parent / name).write_text("No,Date\n1,2022-01-02\n")
    else:
        Workbook().save(ours.parent / name)
    outcome = run("merge", name)
    assert (outcome.code, outcome.err.splitlines()) == (4, [
        f"scamcli: {name} is a table, not a database or JSON lines of a timeline.",
        f"scamcli: `scamcli import {shlex.quote(name)}` imports tables.",
    ])  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_is_said_and_nothing_is_written(ours: Path, tmp_path: Path, kind: str) -> None:
    other = made(kind, tmp_path)
    before = ours.read_bytes(), other.read_bytes() if other.is_file() else b""
    outcome = run("merge", str(other), "--db", str(ours))
    code, words = WRONG[kind]
    assert (outcome.code, outcome.out) == (code, "")
    assert words in outcome.err
    assert "ours.db" not in outcome.err
    assert len(outcome.err.splitlines()) <= 2
    assert (ours.read_bytes(), other.read_bytes() if other.is_file() else b"") == before


def test_the_same_file_is_no_other(ours: Path, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(ours)
    for path in (ours, tmp_path / "link.db"):
        outcome = run("merge", str(path), "--db", str(ours))
        assert (outcome.code, "is this timeline itself" in outcome.err) == (2, True)


@pytest.mark.parametrize("which", ["ours", "theirs"])
def test_one_that_is_locked_is_waited_for_and_said_to_be_busy(
    ours: Path, tmp_path: Path, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)
    theirs = take(tmp_path / "theirs.db", event("three"))
    locked = ours if which == "ours" else theirs
    with closing(sqlite3.connect(locked, isolation_level=None)) as holder:
        if which == "theirs":
            holder.execute("PRAGMA journal_mode = DELETE")
        holder.execute("BEGIN EXCLUSIVE")
        outcome = run("merge", str(theirs), "--db", str(ours))
        assert (outcome.code, "is busy" in outcome.err) == (5, True)
    assert "three" not in exported(ours)


def test_others_may_write_to_theirs_meanwhile(ours: Path, tmp_path: Path) -> None:
    theirs = take(tmp_path / "theirs.db", event("three"))
    with closing(sqlite3.connect(theirs, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM event")
        assert run("merge", str(theirs), "--db", str(ours)).code == 0
    assert "three" in exported(ours)


def test_nothing_is_left_of_a_merge_that_fails_into_a_new_file(tmp_path: Path) -> None:
    other = made("a line that is no JSON", tmp_path)
    assert run("merge", str(other), "--db", str(tmp_path / "new.db")).code == 4
    assert not (tmp_path / "new.db").exists()
