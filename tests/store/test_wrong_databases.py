# ruff: noqa: E501 - tables
"""What may be where a database should be: a plain error with exit code 5, and whatever it is stays as it was."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import event, export, lines, ok, process, refused, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

READ = [["search"], ["stats", "complaints"],
        ["export", "jsonl"]]  # fmt: skip
WRITE = [["add", "--date", "2023", "--kind", "raid", "--title", "T"], ["import", "-"]]


def other_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE note (body TEXT)")
        connection.execute("INSERT INTO note VALUES ('mine')")
        connection.commit()


def newer(path: Path) -> None:
    ok("init", str(path), "--empty")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('scamcli', 'm9999_later', '2099')"
        )
        connection.commit()


def no_database(path: Path) -> None:
    path.write_bytes(b"This is a text, and long enough to be read as a page of a database.\n" * 200)


def truncated(path: Path) -> None:
    ok("init", str(path))
    path.write_bytes(path.read_bytes()[:5000])


def folder(path: Path) -> None:
    path.mkdir()


def fifo(path: Path) -> None:
    os.mkfifo(path)


def loop(path: Path) -> None:
    path.symlink_to(path)


WRONG: list[tuple[Callable[[Path], None], list[str]]] = [
    (other_program, ["another program"]),
    (newer, ["newer version"]),
    (no_database, ["not a SQLite database"]),
    (truncated, []),
    (folder, ["folder"]),
    (fifo, ["not a regular file"]),
    (loop, []),
]


def look(path: Path) -> object:
    if path.is_symlink():
        return path.readlink()
    return path.read_bytes() if path.is_file() else path.stat().st_mode


@pytest.mark.parametrize(("make", "words"), WRONG, ids=[make.__name__ for make, _ in WRONG])
def test_no_command_takes_it(tmp_path: Path, make: Callable[[Path], None], words: list[str]) -> None:
    path = tmp_path / "there.db"
    make(path)
    before = look(path)
    for args in [*READ, *WRITE]:
        refused(run(*args, "--db", str(path), stdin=lines([event("x-1")])), 5, *words)
        assert look(path) == before, args
    assert not [one.name for one in tmp_path.iterdir() if one.name.startswith("there.db-")]


@pytest.mark.parametrize(("make", "words"), WRONG, ids=[make.__name__ for make, _ in WRONG])
def test_init_leaves_it_as_it_was(tmp_path: Path, make: Callable[[Path], None], words: list[str]) -> None:
    path = tmp_path / "there.db"
    make(path)
    before = look(path)
    answer = run("init", str(path))
    refused(answer, {2, 5}, *(["already exists"] if make is other_program else []))
    assert look(path) == before


def test_a_database_on_a_fifo_does_not_wait(tmp_path: Path) -> None:
    fifo(tmp_path / "pipe")
    for args in (["search"], ["add", "--date", "2023", "--kind", "raid", "--title", "T"]):
        refused(process(*args, "--db", str(tmp_path / "pipe")), 5, "not a regular file")


@pytest.mark.parametrize("args", [*READ, ["edit", "x", "--title", "T"], ["remove", "x"], ["names", "alias", "A", "B"]])
def test_reading_one_that_is_not_there(tmp_path: Path, args: list[str]) -> None:
    path = tmp_path / "deep" / "not-there.db"
    refused(run(*args, "--db", str(path)), 5, str(path), "scamcli init")
    assert not path.parent.exists()


@pytest.mark.parametrize("args", [["search", "word"], ["export", "jsonl"]])
def test_a_damaged_page(tmp_path: Path, seeded: Path, args: list[str]) -> None:
    raw = bytearray(seeded.read_bytes())
    for at in range(4096, len(raw), 4096):
        raw[at : at + 4096] = b"\xa5" * len(raw[at : at + 4096])
    path = tmp_path / "damaged.db"
    path.write_bytes(raw)
    answer = run(*args, "--db", str(path))
    assert answer.code == 5, answer
    assert "Internal error" not in answer.err
    assert path.read_bytes() == raw


def test_a_failed_import_makes_no_database(tmp_path: Path) -> None:
    """Nothing was written: also no empty database, in which a later search would find nothing without a word."""
    path = tmp_path / "new.db"
    refused(run("import", "-", "--db", str(path), stdin="{oops}\n"), 4)
    refused(run("add", "--date", "soon", "--kind", "raid", "--title", "T", "--db", str(path)), 4)
    assert not path.exists()


def test_a_busy_database_waits_and_says_so(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scamcli.store.connection.BUSY_SECONDS", 0.1)
    before = export(db)
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused(run("edit", "2023-01-02", "--title", "T", "--db", str(db)), 5, "busy")
        assert export(db) == before  # a reader does not wait for a writer


def test_export_never_overwrites_the_database(db: Path) -> None:
    before = export(db)
    answer = run("export", "jsonl", "-o", str(db), "--db", str(db))
    assert answer.code in {2, 5}, answer
    assert export(db) == before


def test_export_leaves_a_pipe_a_pipe(db: Path, tmp_path: Path) -> None:
    """Also /dev/null and /dev/stdout are no plain files: whoever may replace them must not."""
    fifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        run("export", "jsonl", "-o", str(tmp_path / "pipe"), "--db", str(db))
    finally:
        os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


def test_export_to_a_folder(db: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    refused(run("export", "jsonl", "-o", str(tmp_path / "out"), "--db", str(db)), 5, str(tmp_path / "out"))
    refused(run("export", "jsonl", "-o", str(tmp_path / "no" / "out"), "--db", str(db)), 5)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_failed_export_leaves_the_file_and_no_other(db: Path, tmp_path: Path) -> None:
    """The database breaks in the middle: the old file is whole, and nothing lies beside it."""
    out = tmp_path / "out" / "old.jsonl"
    out.parent.mkdir()
    out.write_text("old\n", encoding="utf-8")
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("UPDATE event SET record = 'broken' WHERE id = '2023-02-03-second'")
        connection.execute("UPDATE term SET record = json_set(record, '$.protected', json('true')), placeholder = 123456"
                           " WHERE name = 'Sar Kheng'")  # fmt: skip
        connection.commit()
    assert run("export", "jsonl", "-o", str(out), "--db", str(db)).code != 0
    assert out.read_text(encoding="utf-8") == "old\n"
    assert [one.name for one in out.parent.iterdir()] == ["old.jsonl"]
