"""``backup``: whole, of one moment, for its owner alone, never over anything; with all that the database holds."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import stat
import subprocess
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import COMMAND, actor, event, export, ok, refused, run, stored, take_in

if TYPE_CHECKING:
    from collections.abc import Callable


def sound(db: Path) -> None:
    assert json.loads(ok("info", "--verify", "--json", "--db", str(db)))["problems"] == 0


def backup(db: Path, *args: str) -> Path:
    """Make a copy; where it is, as the command says."""
    out = ok("backup", *args, "--db", str(db))
    assert out.endswith("\n")
    assert out.count("\n") == 1
    path = Path(out[:-1])
    assert path.is_file()
    return path


def beside(db: Path) -> set[str]:
    """The names of what lies in the database's folder, but for its journal."""
    return {path.name for path in db.parent.iterdir()} - {f"{db.name}-wal", f"{db.name}-shm"}


def test_a_copy_holds_everything(db: Path, tmp_path: Path) -> None:
    take_in(db, actor("Dara Veasna", protected=True), event("e-9", actors=[{"name": "Dara Veasna", "role": "victim"}]))
    ok("edit", "e-9", "--note", "N", "--reason", "why", "--db", str(db))
    ok("remove", "e-9", "--db", str(db))
    copy = backup(db, str(tmp_path / "copy.db"))
    assert export(copy) == export(db)
    made, *before = json.loads(ok("log", "--json", "--db", str(db)))
    assert (made["command"], made["what"]) == ("backup", "a copy was made")
    assert json.loads(ok("log", "--json", "--db", str(copy))) == before
    assert "[protected-" in ok("log", "--json", "--db", str(copy))
    sound(copy)
    ok("undo", "--db", str(copy))
    assert stored(copy, "e-9")["note"] == "N"
    assert "e-9" not in ok("search", "--json", "--db", str(db)), "two files now"


def test_a_copy_is_one_file(db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with closing(sqlite3.connect(db)) as other:  # what was written last is in the journal alone
        other.execute("SELECT count(*) FROM event").fetchone()
        ok("edit", "2023-01-02-first", "--note", "in the journal", "--db", str(db))
        assert Path(f"{db}-wal").stat().st_size > 0
        copy = backup(db, str(folder / "copy.db"))
    assert [path.name for path in folder.iterdir()] == ["copy.db"]
    assert stored(copy, "2023-01-02-first")["note"] == "in the journal"


@pytest.mark.parametrize("umask", [0])
def test_it_is_its_owners_alone(db: Path, tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        paths = [backup(db, str(tmp_path / "copy.db")), backup(db)]
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in paths] == [0o600, 0o600]


THERE = ["file", "dangling symlink", "the database", "fifo"]


@pytest.mark.parametrize("what", THERE)
def test_it_writes_over_nothing(db: Path, tmp_path: Path, what: str) -> None:
    target = tmp_path / "there"
    other = tmp_path / "other"
    other.write_bytes(b"mine")
    make: dict[str, Callable[[], object]] = {
        "file": lambda: target.write_bytes(b"mine"),
        "empty file": lambda: target.write_bytes(b""),
        "dangling symlink": lambda: target.symlink_to(tmp_path / "nowhere"),
        "symlink to a file": lambda: target.symlink_to(other),
        "the database": lambda: db.rename(target) and target.rename(db),
        "a symlink to it": lambda: target.symlink_to(db),
        "a link to it": lambda: target.hardlink_to(db),
        "fifo": lambda: os.mkfifo(target),
    }
    make[what]()
    target = db if what == "the database" else target
    before, was, lstat = export(db), beside(db), target.lstat()
    refused(run("backup", str(target), "--db", str(db)), 2, "already exists")
    assert (export(db), beside(db), target.lstat().st_ino) == (before, was, lstat.st_ino)
    assert not (tmp_path / "nowhere").exists()
    assert other.read_bytes() == b"mine"
    assert target.lstat().st_size == lstat.st_size
    sound(db)


def test_somebody_elses_file_that_comes_in_between_stays(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, real = tmp_path / "copy.db", os.link

    def late(*args: Path) -> None:
        target.write_bytes(b"mine")
        real(*args)

    monkeypatch.setattr(os, "link", late)
    answer = run("backup", str(target), "--db", str(db))
    assert answer.code in {2, 5}, answer
    assert target.read_bytes() == b"mine"
    assert not list(tmp_path.glob(".*.part"))


def test_into_a_folder_and_beside_the_database(db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    made = [backup(db, str(folder)), backup(db, str(folder)), backup(db, f"{folder}/"), backup(db), backup(db)]
    assert len({*made}) == 5
    assert [path.parent for path in made] == [folder, folder, folder, db.parent, db.parent]
    assert all(path.name.startswith("small.2") for path in made)
    assert not [path for path in made if set(path.name) & set(':*?"<>|\\')]
    for path in made:
        sound(path)


NAMES = [
    "quo'te.db", "a?b=c.db", "ច្បាប់ចម្លង.db", "-dash.db", "new\nline.db",
    ":memory:",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=[ascii(name)[:24] for name in NAMES])
def test_names_of_every_kind(db: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "at"
    folder.mkdir()
    monkeypatch.chdir(folder)
    ok("backup", "--db", str(db), "--", name)
    assert [path.name for path in folder.iterdir()] == [name]
    assert export(folder / name) == export(db)
    own = folder / name
    ok("backup", str(folder / "second"), "--db", str(own))
    sound(folder / "second")
    (row,) = sqlite_rows(db)
    assert row == str(folder / name)


def sqlite_rows(db: Path) -> list[str]:
    with closing(sqlite3.connect(db)) as connection:
        return [path for (path,) in connection.execute("SELECT path FROM backup")]


def test_a_folder_that_is_not_there(db: Path, tmp_path: Path) -> None:
    refused(run("backup", str(tmp_path / "no" / "copy.db"), "--db", str(db)), 5, "cannot be created")
    assert not (tmp_path / "no").exists()
    refused(run("backup", "", "--db", str(tmp_path / "absent.db")), 5, "no database")


@pytest.mark.parametrize("room", [4096])
def test_a_full_disk_leaves_nothing(seeded: Path, tmp_path: Path, room: int) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    before = seeded.read_bytes()
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, room))
    command = [*COMMAND, "backup", str(folder / "copy.db"), "--db", str(seeded)]
    done = subprocess.run(command, capture_output=True, preexec_fn=limit, check=False, text=True)
    assert done.returncode == 5, done
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) <= 2
    assert "Traceback" not in done.stderr
    assert list(folder.iterdir()) == []
    assert seeded.read_bytes() == before
    assert not sqlite_rows(seeded)


def test_a_database_that_is_damaged_is_not_copied(db: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(db)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'event_term_event'").fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with db.open("r+b") as stream:
        stream.seek((root - 1) * 4096)
        stream.write(b"\xff" * 4096)
    answer = run("backup", str(tmp_path / "copy.db"), "--db", str(db))
    assert (answer.code, "damaged" in answer.err) == (5, True), answer
    assert not (tmp_path / "copy.db").exists()


def test_a_database_that_cannot_be_written_is_copied(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scamcli.store.connection.BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(db, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        answer = run("backup", str(tmp_path / "copy.db"), "--db", str(db))
        writer.execute("ROLLBACK")
    assert answer.code == 0
    assert "is not listed in the database" in answer.err
    sound(tmp_path / "copy.db")
