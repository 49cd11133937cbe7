"""The time and memory that commands take, alone or in pairs.

Absolute times mean nothing on a shared machine. So programs are compared in pairs, A B A B …, and each pair gives a
ratio: whatever slows the machine down for a while slows down both.
"""

from __future__ import annotations

import fcntl
import os
import pty
import resource
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import IO

COLUMNS = 100
"""Width of the terminal on which tables are printed."""

SAMPLED_EVERY = 0.05
"""Seconds between two measurements of the memory of a tree of processes."""

PAGE = os.sysconf("SC_PAGE_SIZE")
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024

_OTHERS = ("PYTHON", "SCAMCLI", "VIRTUAL_ENV", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(_OTHERS)} | {
    "TERM": "xterm-256color"
}
"""The environment of every command, without variables that change how Python or a peer works."""

_ERRORS = TemporaryFile()  # noqa: SIM115 - stderr of the last command, to explain a failure


class Command(NamedTuple):
    """One process to run.

    Attributes:
        arguments: The program and its arguments.
        stdin: A file for stdin; by default it is empty.
        terminal: Whether stdout is a terminal of 100 columns. By default the output is discarded.
    """

    arguments: tuple[str, ...]
    stdin: Path | None = None
    terminal: bool = False


class Used(NamedTuple):
    """What a command used: wall and processor time in seconds, and the peak of its memory in bytes."""

    wall: float
    cpu: float
    memory: int = 0


class Spread(NamedTuple):
    """The median, the smallest and the largest of several measurements."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Return the spread of measurements."""
        return cls(median(values), min(values), max(values))


class Ratios(NamedTuple):
    """Ratios of one program to another, by wall and by processor time."""

    wall: Spread
    cpu: Spread


class FailedError(Exception):
    """A measured command failed, or gave a wrong answer."""


def command(*arguments: str | Path, stdin: Path | None = None, terminal: bool = False) -> Command:
    """Return a command from a program and its arguments."""
    return Command(tuple(map(str, arguments)), stdin, terminal)


def answer(asked: Command) -> str:
    """Run a command and return what it prints.

    Raises:
        FailedError: The command fails.
    """
    with _stdin(asked) as stdin:
        done = subprocess.run(
            asked.arguments, stdin=stdin, capture_output=True, check=False, env=ENVIRONMENT, text=True, encoding="utf-8"
        )
    if done.returncode:
        raise FailedError(f"{' '.join(asked.arguments)[:400]}: {done.stderr[-800:]}")
    return done.stdout


def run(asked: Command) -> Used:
    """Run a command, and measure it together with the processes that it starts.

    Raises:
        FailedError: The command fails.
    """
    begun = time.perf_counter()
    process = _start_on_a_terminal(asked) if asked.terminal else _start(asked)
    _, status, usage = os.wait4(process.pid, 0)
    return _used(asked, process, begun, status, usage)


def run_watched(asked: Command) -> Used:
    """Run a command like `run`, and also measure its memory: the peak over all its processes together.

    Without ``/proc``, the memory is the peak of the largest process.

    Raises:
        FailedError: The command fails.
    """
    begun, most, ended = time.perf_counter(), 0, 0
    process = _start(asked)
    while not ended:
        most = max(most, _resident(process.pid))
        time.sleep(SAMPLED_EVERY)
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    used = _used(asked, process, begun, status, usage)
    inherited = resource.getrusage(
        resource.RUSAGE_SELF
    ).ru_maxrss  # Linux counts this process until the program is loaded
    largest = usage.ru_maxrss * MAXRSS_UNIT if usage.ru_maxrss > inherited or not most else 0
    return used._replace(memory=max(most, largest))


def run_all(commands: Iterable[Command]) -> Used:
    """Run commands one after the other, and add up what they used."""
    every = [run(asked) for asked in commands]
    return Used(sum(used.wall for used in every), sum(used.cpu for used in every))


def ratios(
    ours: Callable[[], Iterable[Command]], theirs: Callable[[], Iterable[Command]], runs: int, *, warm: bool = True
) -> Ratios:
    """Run two programs in pairs, and return the ratios of ours to theirs.

    Args:
        ours: Returns the commands to run. It is called before every run, so that it can clean up first.
        theirs: The same for the other program.
        runs: Number of pairs.
        warm: Whether to run one more pair first that does not count.
    """
    if warm:
        run_all(ours())
        run_all(theirs())
    pairs = [(run_all(ours()), run_all(theirs())) for _ in range(runs)]
    return Ratios(
        Spread.of([our.wall / their.wall for our, their in pairs]),
        Spread.of([our.cpu / their.cpu for our, their in pairs]),
    )


def _stdin(asked: Command) -> IO[bytes]:
    return Path(asked.stdin or os.devnull).open("rb")


def _start(asked: Command) -> subprocess.Popen[bytes]:
    with _stdin(asked) as stdin:
        _ERRORS.seek(0)
        _ERRORS.truncate()
        return subprocess.Popen(
            asked.arguments, stdin=stdin, stdout=subprocess.DEVNULL, stderr=_ERRORS, env=ENVIRONMENT
        )


def _start_on_a_terminal(asked: Command) -> subprocess.Popen[bytes]:
    """Start a command on a terminal, and read its output until it closes the terminal."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    process = subprocess.Popen(asked.arguments, stdin=its, stdout=its, stderr=its, env=ENVIRONMENT)
    os.close(its)
    try:
        while os.read(ours, 1 << 16):
            pass
    except OSError:  # Linux raises this once nobody has the terminal open any more
        pass
    finally:
        os.close(ours)
    return process


def _used(
    asked: Command, process: subprocess.Popen[bytes], begun: float, status: int, usage: resource.struct_rusage
) -> Used:
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        _ERRORS.seek(0)
        said = _ERRORS.read().decode("utf-8", "replace")[-800:]
        raise FailedError(f"{' '.join(asked.arguments)[:400]}: exit code {process.returncode}: {said}")
    return Used(wall, usage.ru_utime + usage.ru_stime)


def _resident(pid: int) -> int:
    """Return the bytes in memory of a process and its descendants. Memory that two of them share counts twice."""
    folder = Path(f"/proc/{pid}")
    try:
        pages = int((folder / "statm").read_text().split()[1])
        children = " ".join(path.read_text() for path in folder.glob("task/*/children")).split()
    except (OSError, IndexError):
        return 0
    return pages * PAGE + sum(_resident(int(child)) for child in children)
