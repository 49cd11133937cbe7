"""An import that is interrupted or killed: all or nothing, and a later import finds nothing in its way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import COMMAND, Answer, export, ok, refused, run
from tests.helpers.import_ways import bring_in, held, same, sound, timeline, write
from tests.helpers.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HALFWAY = """
import os, signal
from scamcli.store import bulk_import, connection
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
connection.LOADING_CACHE = 100  # what is written goes to the disk at once
write, number = bulk_import._Import._write_batch, 0

def waits(self, *args):
    global number
    write(self, *args)
    number += 1
    if number == 100:
        os.write(1, b"halfway\\n")
        os.read(0, 1)

bulk_import._Import._write_batch = waits
from scamcli.__main__ import run
run()
"""
"""Says when it has written a part of the events, and waits."""


class Half:
    """An import that waits when it is half done."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def end(self) -> Answer:
        """Wait until it has ended."""
        out, err = self.process.communicate(timeout=PATIENCE)
        return Answer(self.process.returncode, out.decode(), err.decode())


@contextmanager
def halfway(db: Path, file: Path) -> Iterator[Half]:
    """Start an import, and wait until it is half done."""
    command = [sys.executable, "-c", HALFWAY, "import", str(file), "--db", str(db)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True) as started:
        try:
            assert started.stdout is not None
            assert started.stdout.readline() == b"halfway\n"
            yield Half(started)
        finally:
            started.kill()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of hundreds of events, many of which are not imported in a batch."""
    return write(tmp_path_factory.mktemp("faults") / "in.jsonl", timeline(700, 8))


@pytest.fixture(scope="module")
def expected(file: Path) -> Path:
    """What the file makes of a new database."""
    path = file.with_name("expected.db")
    assert bring_in("small batches", path, file).code == 0
    return path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A small timeline."""
    path = tmp_path / "small.db"
    ok("init", str(path), "--empty")
    ok("add", "--db", str(path), "--date", "2023-01-02", "--kind", "raid", "--title", "A raid", "--actor", "Somebody")
    return path


def test_interrupted(db: Path, tmp_path: Path, file: Path) -> None:
    before, new = held(db), tmp_path / "new.db"
    for target in (db, new):
        with halfway(target, file) as half:
            os.kill(half.process.pid, signal.SIGINT)
            answer = half.end()
        assert answer == (130, "", "")
    assert held(db) == before
    assert not new.exists()


def test_killed(db: Path, file: Path) -> None:
    before = held(db)
    with halfway(db, file) as half:
        half.process.kill()
        assert half.end().code == -signal.SIGKILL
    assert held(db) == before
    sound(db)


def test_killed_while_it_makes_a_database(tmp_path: Path, file: Path, expected: Path) -> None:
    db = tmp_path / "new.db"
    with halfway(db, file) as half:
        half.process.kill()
        assert half.end().code == -signal.SIGKILL
    refused(run("search", "--db", str(db)), 5, str(db), f"scamcli init {db}")
    assert bring_in("batches", db, file).code == 0
    same(db, expected)
    sound(db)


def test_what_it_reads_does_not_have_to_be_told_apart(tmp_path: Path) -> None:
    """A file may be named as an option is."""
    file = write(tmp_path / "-c", timeline(20, 9))
    command = [*COMMAND, "import", "--db", "new.db", "--", "-c"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done
    assert file.exists()
    assert export(tmp_path / "new.db")
