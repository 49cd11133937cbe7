"""A full disk, a folder or a medium that cannot be written, a damaged file, a lock, a replaced file, a wrong clock.

Each gives a plain error with exit code 5, or the right answer; and what was there is there, or what was to be.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.helpers.measure import IS_FULL
from tests.helpers.torture_driver import (
    Answer,
    contents,
    export,
    leave_in_free_pages,
    many,
    ok,
    plain,
    refused,
    run,
    state,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.helpers.measure import Tally

PAGE = 4096


class Change(NamedTuple):
    """A command that changes a database."""

    what: str
    args: tuple[str, ...]
    stdin: str = ""


CHANGES = [
    Change("add", ("add", "--date", "2023-01-02", "--kind", "raid", "--title", "New", "--actor", "Somebody: subject")),
    Change("edit", ("edit", "2022-09-19", "--date", "2022-09-20", "--note", "The day after.")),
    Change("remove", ("remove", "2022-09-19")),
    Change("undo", ("undo", "1")),
    Change("names merge", ("names", "merge", "Cambodian police", "Sar Kheng")),
    Change("names alias", ("names", "alias", "Sar Kheng", "The minister of a test")),
    Change("import", ("import", "-"), many(300)),
    Change("redact", ("redact", "Sar Kheng", "--yes")),
]
READS = [
    ("search", "--json"), ("show", "2022-09-19"), ("timeline",), ("stats", "complaints"),
    ("conflicts",), ("responses",), ("check",), ("actors",),
    ("sites",), ("log",), ("export", "jsonl"), ("info",), ("info", "--verify"),
    ("sql", "SELECT count(*) FROM events"),
]  # fmt: skip


def changed(db: Path, change: Change) -> Answer:
    return run(*change.args, "--db", str(db), stdin=change.stdin)


@contextmanager
def two_states(db: Path, change: Change, tmp_path: Path) -> Iterator[Callable[[Answer, object], None]]:
    """What checks that an answer is an error or a success, and that the database says one of two things accordingly."""
    twin = Path(shutil.copy(db, tmp_path / "twin.db"))
    before = state(db)
    assert changed(twin, change).code == 0
    after = state(twin)
    assert before != after

    def judge(answer: Answer, what: object) -> None:
        plain(answer, {0, 5}, what)
        lines = answer.err.splitlines()
        if answer.code == 5:
            assert 1 <= len(lines) <= 2, (what, answer)
            assert answer.out == "", (what, answer)
        whole(db)
        is_after = answer.code == 0 or "is not finished" in answer.err
        assert state(db) == (after if is_after else before), (what, answer)
        assert not (is_after and "Nothing was changed" in answer.err), (what, answer)

    yield judge


# A full disk.


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A file system of so many bytes."""
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting needs root")
    told = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False)
    if told.returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(folder: Path, left: int) -> None:
    """Fill a disk but for so many bytes."""
    filler = folder / "filler"
    with filler.open("wb") as out:
        try:
            while True:
                out.write(b"x" * PAGE)
                out.flush()
        except OSError:
            pass
        with suppress(OSError):
            out.close()
    os.truncate(filler, max(0, filler.stat().st_size - left))


@pytest.mark.parametrize("change", CHANGES, ids=[one.what for one in CHANGES])
def test_a_full_disk(change: Change, pristine: Path, tmp_path: Path, tally: Tally) -> None:
    full = 0
    with small_disk(tmp_path / "disk", 4 * 1024 * 1024) as disk:
        room = [0, 1, 4, 8, 9, 10, 12, 16, 24, 32, 40, 48, 64, 80, 96, 128, 192, 256, 384, 512, 768, 1024]
        for pages in room[:: 1 if IS_FULL else 2]:
            for one in disk.iterdir():
                one.unlink()
            db = Path(shutil.copy(pristine, disk / "t.db"))
            with two_states(db, change, tmp_path) as judge:
                (disk / "filler").unlink(missing_ok=True)
                for suffix in ("-wal", "-shm"):
                    Path(f"{db}{suffix}").unlink(missing_ok=True)
                fill(disk, pages * PAGE)
                answer = changed(db, change)
                full += answer.code == 5
                (disk / "filler").unlink()
                judge(answer, f"{pages} pages free")
            (tmp_path / "twin.db").unlink()
        tally.add("full disk (tmpfs)", len(room[:: 1 if IS_FULL else 2]), "")
    assert full, "the disk was never full"


@contextmanager
def full(folder: Path, pages: int) -> Iterator[None]:
    """A disk has only so many pages left."""
    fill(folder, pages * PAGE)
    try:
        yield
    finally:
        (folder / "filler").unlink()


def test_a_redaction_on_a_full_disk_is_finished_later(pristine: Path, tmp_path: Path, tally: Tally) -> None:
    """What it says is true, and the bytes go with the next run, be it the same command or another."""
    name, began, done = "Sar Kheng", 0, 0
    then: list[tuple[str, ...]] = [
        ("redact", name, "--yes"),
        ("search", "--count"),
        ("redact", "2022-09-22-vietnamese-rescued", "--yes"),
    ]
    rooms = list(range(0, 400, 8 if IS_FULL else 24))
    with small_disk(tmp_path / "disk", 4 * 1024 * 1024) as disk:
        for number, pages in enumerate(rooms):
            for one in disk.iterdir():
                one.unlink()
            db = Path(shutil.copy(pristine, disk / "t.db"))
            leave_in_free_pages(db)
            redact = ("redact", name, "--yes", "--db", str(db))
            with full(disk, pages):
                answer = run(*redact)
                again = run(*redact) if "is not finished" in answer.err else None
            plain(answer, {0, 5}, pages)
            done += answer.code == 0
            is_full = "could not be written: the disk is full" in answer.err
            assert ("Nothing was changed" in answer.err) == (is_full and again is None), answer
            if again is None:
                assert (name in export(db)) == (answer.code != 0)
                continue
            began += 1
            assert "Run any command" in answer.err
            assert again.code in {3, 5}
            assert ("is not finished" in again.err) == (again.code == 5) == (name.encode() in contents(db))
            rerun = then[number % len(then)]
            last = run(*rerun, "--db", str(db))
            assert last.code == (3 if rerun == then[0] else 0), last
            assert ("Finished an earlier redaction" in last.err) == (again.code == 5), last
            assert name.encode() not in contents(db)
            assert name not in export(db)
            whole(db)
    assert began, "the disk was never full during the rebuild"
    assert done, "the disk was always full"
    tally.add("a redaction on a full disk, finished later", len(rooms))


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """No file of this process can grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("change", CHANGES, ids=[one.what for one in CHANGES])
def test_a_file_that_cannot_grow(change: Change, pristine: Path, tmp_path: Path, tally: Tally) -> None:
    sizes = [0, 100, 4_000, 5_000, 30_000, 33_000, 40_000, 60_000, 100_000, 200_000, 339_968, 345_000, 400_000, 600_000]
    sizes, failed = sizes[:: 1 if IS_FULL else 2], 0
    for size in sizes:
        db = Path(shutil.copy(pristine, tmp_path / "t.db"))
        with two_states(db, change, tmp_path) as judge:
            with no_file_beyond(size):
                answer = changed(db, change)
            failed += answer.code == 5
            judge(answer, f"{size} bytes")
        for one in tmp_path.glob("t*.db*"):
            one.unlink()
    assert failed, "nothing failed"
    tally.add("a file that cannot grow (RLIMIT_FSIZE)", len(sizes))


def test_first_use_and_backup_on_a_full_disk(
    pristine: Path, tmp_path: Path, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "disk", 2 * 1024 * 1024) as disk:
        monkeypatch.setenv("XDG_DATA_HOME", str(disk / "data"))
        for pages in (0, 1, 8, 20, 60):
            shutil.rmtree(disk / "data", ignore_errors=True)
            fill(disk, pages * PAGE)
            refused(run("backup", str(disk / "copy.db"), "--db", str(pristine)), 5, what=pages)
            refused(run("search"), 5, what=pages)
            refused(run("init", str(disk / "x.db")), 5, what=pages)
            left = {one.name for one in disk.iterdir()}
            assert left <= {"filler", "data", "x.db", "x.db-wal", "x.db-shm"}, left
            (disk / "filler").unlink()
            for one in disk.glob("x.db*"):
                one.unlink()
        assert ok("search", "--count") == "50\n"
        tally.add("first use, init, backup on a full disk", 20)


# What cannot be written.


@contextmanager
def read_only_medium(folder: Path, db: Path) -> Iterator[Path]:
    with small_disk(folder, 4 * 1024 * 1024) as disk:
        for suffix in ("", "-wal"):
            if Path(f"{db}{suffix}").exists():
                shutil.copy(f"{db}{suffix}", disk / f"t.db{suffix}")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        yield disk / "t.db"


def test_a_read_only_medium(seeded: Path, tmp_path: Path, tally: Tally) -> None:
    answers = {args: run(*args, "--db", str(seeded)) for args in READS}
    with read_only_medium(tmp_path / "disk", seeded) as db:
        for args in READS:
            answer = run(*args, "--db", str(db))
            if args[0] == "info":
                plain(answer, {0}, args)
            else:
                assert answer == answers[args], args
        for change in CHANGES:
            refused(changed(db, change), 5, what=change.what)
        plain(run("backup", str(tmp_path / "copy.db"), "--db", str(db)), {0})
        refused(run("init", str(db.with_name("new.db"))), 5)
        refused(run("export", "jsonl", "-o", str(db.with_name("out")), "--db", str(db)), 5)
    whole(tmp_path / "copy.db")
    tally.add("a read-only medium", len(READS) + len(CHANGES) + 4)


def powerless() -> list[str]:
    """What runs a command as somebody whom file permissions bind."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("nobody here is bound by file permissions")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


def bound(*args: str, stdin: str = "") -> Answer:
    """A command of somebody whom file permissions bind."""
    done = subprocess.run(
        [*powerless(), sys.executable, "-m", "scamcli", *args], input=stdin, capture_output=True, text=True, check=False
    )
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("modes", [(0o555, 0o600), (0o555, 0o444), (0o755, 0o444)], ids=["folder", "both", "file"])
def test_no_permission_to_write(modes: tuple[int, int], pristine: Path, tmp_path: Path, tally: Tally) -> None:
    folder = tmp_path / "sealed"
    folder.mkdir()
    db = Path(shutil.copy(pristine, folder / "t.db"))
    raw = db.read_bytes()
    db.chmod(modes[1])
    folder.chmod(modes[0])
    try:
        if os.access(folder / "x", os.W_OK):
            pytest.skip("permissions do not bind here")
        for args in READS if IS_FULL else READS[::6]:
            plain(bound(*args, "--db", str(db)), {0, 1} if args[0] == "check" else {0}, args)
        for change in CHANGES if IS_FULL else CHANGES[::7]:
            refused(bound(*change.args, "--db", str(db), stdin=change.stdin), 5, what=change.what)
        assert db.read_bytes() == raw
        if modes[0] == 0o555:
            refused(bound("init", str(folder / "new.db")), 5)
            refused(bound("export", "jsonl", "-o", str(folder / "out"), "--db", str(db)), 5)
            refused(bound("backup", "--db", str(db)), 5)
            assert [one.name for one in folder.iterdir()] == ["t.db"]
    finally:
        folder.chmod(0o755)
    assert export(db) == export(pristine)
    tally.add("no permission to write", len(READS) + len(CHANGES) + 3)


# Locks, replaced files, clocks, versions.
