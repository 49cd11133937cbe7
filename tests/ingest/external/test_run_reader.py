"""Programs that read: real processes that answer, fail, never end, fork, write too much, or do not read their input."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pytest

from scamcli.errors import DataError, WrongUsageError
from scamcli.ingest.external.run_reader import run_reader

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sessions and signals of POSIX")

REQUEST = b'{"text": "' + b"x" * 3_000_000 + b'"}\n'


def program(tmp_path: Path, source: str) -> str:
    path = tmp_path / "a reader.py"
    path.write_text(source, encoding="utf-8")
    return f"{sys.executable} '{path}'"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_LIMITS", "reader-seconds=1, reader-output=2M")


def test_input_and_output_pass_at_the_same_time(tmp_path: Path) -> None:
    """It writes while it reads, more than a pipe holds on either side."""
    command = program(tmp_path, "import sys\nfor part in iter(lambda: sys.stdin.buffer.read(999), b''):\n"
                                "    sys.stdout.buffer.write(part)\n    sys.stderr.write('talk ' * 99)")  # fmt: skip
    assert run_reader(command, REQUEST) == REQUEST


@pytest.mark.parametrize("source", ["", "import sys; sys.stdin.close()", "import os; os.close(0)"])
def test_a_program_may_read_and_write_nothing(tmp_path: Path, source: str) -> None:
    assert run_reader(program(tmp_path, source), REQUEST) == b""


FAULTS = [
    ("while True: pass", "ran for more than 1 second"),
    pytest.param("import time; time.sleep(999)", "ran for more than 1 second", marks=pytest.mark.thorough),
    pytest.param(
        "import sys, time; sys.stdout.close(); sys.stderr.close(); time.sleep(999)",
        "ran for more than 1 second",
        marks=pytest.mark.thorough,
    ),
    ("while True: print('x' * 999)", "returned more than 2 MiB"),
    pytest.param(
        "import sys\nwhile True: sys.stderr.write('x' * 999)", "ran for more than 1 second", marks=pytest.mark.thorough
    ),
    pytest.param(
        "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(999)",
        "ran for more than",
        marks=pytest.mark.thorough,
    ),
    ("print('{}'); raise SystemExit(3)", "failed with exit status 3"),
    ("import sys; sys.exit('no model is installed.')", "failed with exit status 1: no model is installed."),
    ("import os; os.kill(os.getpid(), 9)", "failed with the signal SIGKILL"),
    ("import sys; sys.stderr.buffer.write(b'\\xff\\x1b[31m'); sys.exit(1)", "exit status 1: \ufffd\x1b[31m"),
]


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(("source", "message"), FAULTS)
def test_faults_have_a_reason(tmp_path: Path, source: str, message: str) -> None:
    with pytest.raises(DataError) as error:
        run_reader(program(tmp_path, source), REQUEST)
    assert message in str(error.value)
    assert len(str(error.value)) < 3000


@pytest.mark.skipif(sys.platform != "linux", reason="the memory is limited on Linux")
def test_memory_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_LIMITS", "reader-memory=256M")
    with pytest.raises(DataError, match="MemoryError"):
        run_reader(program(tmp_path, "x = bytearray(1 << 30)"), b"")


FORKS = """
import os, sys, time
if os.fork() == 0:
    {closes}
    time.sleep(1)
    open({path!r}, "w").write("alive")
    time.sleep(999)
print("done")
"""


@pytest.mark.thorough
@pytest.mark.parametrize("closes", ["pass", "os.close(0); os.close(1); os.close(2)"])
def test_what_it_started_does_not_survive_it(tmp_path: Path, closes: str) -> None:
    left = tmp_path / "left"
    assert run_reader(program(tmp_path, FORKS.format(closes=closes, path=str(left))), b"") == b"done\n"
    time.sleep(1.5)
    assert not left.exists()


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("", "has no name"), ("   ", "has no name"), ("no-such-program", "cannot be started: No such file"),
        ("sh 'x", "cannot be read: no closing quotation"), (os.devnull, "cannot be started: Permission denied"),
        ("a\0b", "cannot be started: embedded null byte"),
    ],
)  # fmt: skip
def test_a_wrong_command_is_wrong_usage(command: str, message: str) -> None:
    with pytest.raises(WrongUsageError, match=message):
        run_reader(command, b"")


def test_no_shell_runs_it(tmp_path: Path) -> None:
    assert run_reader(f"echo $HOME; touch {tmp_path}/made > '*'", b"") == f"$HOME; touch {tmp_path}/made > *\n".encode()
    assert not (tmp_path / "made").exists()
