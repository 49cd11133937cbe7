"""An import whose other process fails, or that is ended itself: all or nothing, in plain words, and nobody is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.helpers.driver import COMMAND, Answer, export, ok, refused, run
from tests.helpers.import_ways import bring_in, held, same, sound, timeline, write

if TYPE_CHECKING:
    from collections.abc import Iterator

DRIVER = """
import os, subprocess, sys
from scamcli.store import aside, connection, loading
aside.LARGE = loading.LARGE = 1
connection.LOADING_CACHE = 100
os.cpu_count = lambda: 2
"""
"""Every file is large, and what is written goes to the disk at once."""

HALFWAY = f"""{DRIVER}
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs the tests may have it ignored
batch, number, other = loading._Load._batch, 0, None

def popen(*args, **more):
    global other
    other = subprocess.Popen(*args, **more)
    return other

def waits(self, *args):
    global number
    batch(self, *args)
    number += 1
    if number == 2:
        os.write(1, b"%d\\n" % other.pid)
        os.read(0, 1)

aside.Popen, loading._Load._batch = popen, waits
"""
"""Says the other process's id after the second batch, and waits."""

GO = "from scamcli.__main__ import run\nrun()\n"


class Half(NamedTuple):
    """An import that waits, and the process that reads for it, which is not done."""

    process: subprocess.Popen[bytes]
    other: int

    def end(self, *, go_on: bool = False) -> Answer:
        """Wait until it has ended."""
        out, err = self.process.communicate(b"\n" if go_on else None, timeout=30)
        return Answer(self.process.returncode, out.decode(), err.decode())


@contextmanager
def halfway(db: Path, file: Path) -> Iterator[Half]:
    """An import that is half done."""
    command = [sys.executable, "-c", HALFWAY + GO, "import", str(file), "--db", str(db)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True) as started:
        try:
            assert started.stdout is not None
            yield Half(started, int(started.stdout.readline()))
        finally:
            started.kill()


def is_gone(pid: int) -> bool:
    """Whether a process has ended, or does within a moment; one that nobody has asked after is one that has."""
    latest = time.monotonic() + 20
    while time.monotonic() < latest:
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").exists() and ") Z " in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8"):
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.01)
    return False


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hundreds of events: more than a pipe holds, so that who makes them ready must wait for who writes."""
    return write(tmp_path_factory.mktemp("faults") / "in.jsonl", timeline(700, 8))


@pytest.fixture(scope="module")
def expected(file: Path) -> Path:
    """What the file makes of a new database."""
    path = file.with_name("expected.db")
    assert bring_in("here", path, file).code == 0
    return path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A small timeline."""
    path = tmp_path / "small.db"
    ok("init", str(path), "--empty")
    ok("add", "--db", str(path), "--date", "2023-01-02", "--kind", "raid", "--title", "A raid", "--actor", "Somebody")
    return path


def test_the_other_process_is_killed(db: Path, tmp_path: Path, file: Path) -> None:
    before, new = held(db), tmp_path / "new.db"
    for target in (db, new):
        with halfway(target, file) as half:
            os.kill(half.other, signal.SIGKILL)
            answer = half.end(go_on=True)
        refused(answer, 4, f"{file}: the process that read it was ended", "nothing was written; try again")
    assert held(db) == before
    assert not new.exists()


@pytest.mark.parametrize("everybody", [False, True], ids=["alone", "with the other"])
def test_interrupted(db: Path, tmp_path: Path, file: Path, everybody: bool) -> None:
    before, new = held(db), tmp_path / "new.db"
    for target in (db, new):
        with halfway(target, file) as half:
            (os.killpg if everybody else os.kill)(half.process.pid, signal.SIGINT)
            answer = half.end()
        assert answer == (130, "", "")
        assert is_gone(half.other)
    assert held(db) == before
    assert not new.exists()


def test_killed(db: Path, file: Path) -> None:
    before = held(db)
    with halfway(db, file) as half:
        half.process.kill()
        assert half.end().code == -signal.SIGKILL
        assert is_gone(half.other)
    assert held(db) == before
    sound(db)


def test_killed_while_it_makes_a_database(tmp_path: Path, file: Path, expected: Path) -> None:
    db = tmp_path / "new.db"
    with halfway(db, file) as half:
        half.process.kill()
        assert half.end().code == -signal.SIGKILL
        assert is_gone(half.other)
    refused(run("search", "--db", str(db)), 5, str(db), f"scamcli init {db}")
    assert bring_in("aside", db, file).code == 0
    same(db, expected)
    sound(db)


def in_place_of_python(folder: Path, program: str) -> str:
    """A program that is started instead of Python."""
    script, path = folder / "other.py", folder / "python"
    script.write_text(program, encoding="utf-8")
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n', encoding="utf-8")
    path.chmod(0o700)
    return str(path)


SENDING = """
import io, os, signal, sys
from scamcli.store import preparing
from scamcli.store.jsonl_input import Input
out = io.BytesIO()
preparing.send(Input(sys.argv[-1], sys.stdin.buffer), out)
sent, ends = out.getvalue(), [0]
while size := int.from_bytes(sent[ends[-1]:ends[-1] + 4], "little"):
    ends.append(ends[-1] + 4 + size)
def send(data):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
"""
DIES = "os.kill(os.getpid(), signal.SIGKILL)"
BEGUN = {
    "after a batch": f"send(sent[:ends[1]]); {DIES}",
    "within a batch": f"send(sent[:ends[2] + 99]); {DIES}",
    "before it says that it is done": f"send(sent[:-4]); {DIES}",
}
NOT_BEGUN = {
    "within the first batch": f"send(sent[:99]); {DIES}",
    "with a code": "sys.exit(3)",
    "in Python": "raise ImportError",
}


@pytest.mark.parametrize("what", BEGUN)
def test_the_other_process_ends(db: Path, file: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = held(db)
    monkeypatch.setattr(sys, "executable", in_place_of_python(db.parent, SENDING + BEGUN[what]))
    refused(bring_in("aside", db, file), 4, f"{file}: the process that read it was ended")
    assert held(db) == before


@pytest.mark.parametrize("what", NOT_BEGUN)
def test_the_other_process_does_not_begin(
    tmp_path: Path, file: Path, expected: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", in_place_of_python(tmp_path, SENDING + NOT_BEGUN[what]))
    assert bring_in("aside", tmp_path / "new.db", file).code == 0
    same(tmp_path / "new.db", expected)


def test_the_other_process_is_not_waited_for(db: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once nothing more is wanted of it, it is ended, whatever it does: here it would leave a mark, and in a while."""
    mark = db.with_name("mark")
    program = f"{SENDING}import time; send(sent); time.sleep(5); open({str(mark)!r}, 'w')"
    monkeypatch.setattr(sys, "executable", in_place_of_python(db.parent, program))
    assert bring_in("aside", db, file).code == 0
    assert not mark.exists()


@pytest.mark.parametrize("program", [None, "", "missing", "text", "."])
def test_there_is_no_program_for_it(
    tmp_path: Path, file: Path, expected: Path, program: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "text").write_text("no program", encoding="utf-8")
    monkeypatch.setattr("scamcli.store.import_worker.LARGE", 1)
    monkeypatch.setattr(sys, "executable", str(tmp_path / program) if program else program)
    assert run("import", str(file), "--db", str(tmp_path / "new.db")).code == 0
    same(tmp_path / "new.db", expected)


GARBAGE = {
    "a greeting": "send(b'Welcome to this machine!\\n' + sent)",
    "no batch": "send((5).to_bytes(4, 'little') + b'hello' + sent)",
    "a number": "import marshal; data = marshal.dumps(5); send(len(data).to_bytes(4, 'little') + data + sent)",
    "after a batch": "send(sent[:ends[1]] + (5).to_bytes(4, 'little') + b'hello' + sent[ends[1]:])",
}


@pytest.mark.parametrize("what", GARBAGE)
def test_the_other_process_sends_something_else(
    db: Path, file: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may print what nobody foresaw: that is told in plain words, or done without it."""
    before = held(db)
    monkeypatch.setattr(sys, "executable", in_place_of_python(db.parent, SENDING + GARBAGE[what]))
    answer = bring_in("aside", db, file)
    if answer.code:
        refused(answer, 4, str(file))
        assert held(db) == before
    else:
        sound(db)


def test_another_folder_has_modules_of_its_own(tmp_path: Path, file: Path, expected: Path) -> None:
    """What lies where the command is run is never run by it."""
    folder, marks = tmp_path / "folder", tmp_path / "marks"
    (folder / "scamcli" / "store").mkdir(parents=True)
    marks.mkdir()
    names = ["json.py", "re.py", "pydantic.py", "marshal.py", "sitecustomize.py", "encodings.py", "sqlite3.py"]
    for name in [*names, "scamcli/__init__.py", "scamcli/store/__init__.py", "scamcli/store/preparing.py"]:
        mark = marks / name.replace("/", "-")
        (folder / name).write_text(f"open({str(mark)!r}, 'w'); raise SystemExit(9)\n", encoding="utf-8")
    command = [sys.executable, "-P", "-c", DRIVER + GO, "import", str(file), "--db", str(tmp_path / "new.db")]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False)
    assert (done.returncode, list(marks.iterdir())) == (0, []), done
    same(tmp_path / "new.db", expected)


def test_what_it_reads_does_not_have_to_be_told_apart(tmp_path: Path) -> None:
    """A file may be named as an option is."""
    file = write(tmp_path / "-c", timeline(20, 9))
    done = subprocess.run(
        [*COMMAND, "import", "--db", "new.db", "--", "-c"], cwd=tmp_path, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done
    assert file.exists()
    assert export(tmp_path / "new.db")
