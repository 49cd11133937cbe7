"""Run a program that reads a text: without a shell, and with limits on its time, its memory and its output.

The program gets a session of its own. When it ends, or reaches a limit, every process of the session is killed, so
nothing that it started goes on. (A process that starts a session of its own is out of reach.)
"""

from __future__ import annotations

import os
import selectors
import shlex
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from scamcli.errors import DataError, WrongUsageError, quote
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

_CHUNK = 1 << 16
_LONGEST_MESSAGE = 2000
"""How many bytes at the end of the program's error messages are kept."""
_TICK = 0.1
"""How often, in seconds, the program is asked whether it has ended while its output is still open."""


def run_reader(command: str, request: bytes) -> bytes:
    """Run a program with a request on stdin, and return what it wrote on stdout.

    Args:
        command: the program and its arguments, quoted as in a shell. No shell runs it.
        request: what it reads.

    Raises:
        DataError: it failed, or reached a limit. The message ends with the end of what it wrote on stderr.
        WrongUsageError: there is no such program, or the quotes in the command do not match.
    """
    name = f"The program {quote(command[:120])}"
    process = _start(command, name)
    try:
        run = _Run(process, request, name)
        output = run.communicate()
    finally:
        _kill(process)
    if process.returncode != 0:
        raise DataError(f"{name} failed with {_status(process.returncode)}{run.last_words()}.", "Nothing was stored.")
    return output


def _start(command: str, name: str) -> subprocess.Popen[bytes]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise WrongUsageError(f"{name} cannot be read: {str(error).lower()}.", "Quote it as in a shell.") from None
    if not words:
        raise WrongUsageError("The program has no name.", "Write, for example, --with 'python3 reader.py'.")
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(
            words, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True, preexec_fn=_limit, bufsize=0
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise WrongUsageError(f"{name} cannot be started: {reason}.", "Give its path, if it is not on PATH.") from None


def _limit() -> None:
    """Limit the memory and the processor time of the program, in its process, before it runs."""
    import resource

    cores = os.cpu_count() or 1
    wanted = {
        resource.RLIMIT_DATA: limits.value("reader-memory") if sys.platform == "linux" else limits.UNLIMITED,
        resource.RLIMIT_CPU: min(limits.value("reader-seconds") * cores, limits.UNLIMITED),
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        hard = resource.getrlimit(kind)[1]
        soft = hard if most == limits.UNLIMITED else most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(OSError, ValueError):  # not every system has every limit
            resource.setrlimit(kind, (soft, soft))


class _Run:
    """A running program. Its input and output are passed on as fast as it reads and writes them."""

    def __init__(self, process: subprocess.Popen[bytes], request: bytes, name: str) -> None:
        self._process = process
        self._left = memoryview(request)
        self._name = name
        self._output = bytearray()
        self._errors = bytearray()
        self._most = limits.value("reader-output")
        self._end = time.monotonic() + min(limits.value("reader-seconds"), 10**9)

    def communicate(self) -> bytes:
        """Return the output of the program when it has ended.

        Raises:
            DataError: it runs too long, or writes too much.
        """
        with selectors.DefaultSelector() as selector:
            for stream, events in self._streams():
                os.set_blocking(stream.fileno(), False)
                selector.register(stream, events)
            while selector.get_map():
                ready = selector.select(_TICK)
                for key, _ in ready:
                    stream = cast("IO[bytes]", key.fileobj)
                    if not self._pass_on(stream):
                        selector.unregister(stream)
                        stream.close()
                self._require_within_limits()
                if not ready and self._process.poll() is not None:
                    break  # a process that it started keeps the streams open, but nothing more is expected
        while self._process.poll() is None:
            self._require_within_limits()
            time.sleep(_TICK / 10)
        return bytes(self._output)

    def last_words(self) -> str:
        """Return the end of the error messages, as a part of a sentence."""
        text = self._errors.decode("utf-8", "replace").strip().rstrip(".")
        return f": {text}" if text else ""

    def _streams(self) -> Iterator[tuple[IO[bytes], int]]:
        process, read = self._process, selectors.EVENT_READ
        every = ((process.stdin, selectors.EVENT_WRITE), (process.stdout, read), (process.stderr, read))
        return ((stream, events) for stream, events in every if stream is not None)

    def _pass_on(self, stream: IO[bytes]) -> bool:
        """Write a part of the input or read a part of the output, and return whether there can be more."""
        try:
            if stream is self._process.stdin:
                self._left = self._left[os.write(stream.fileno(), self._left[:_CHUNK]) :]
                return len(self._left) > 0
            part = os.read(stream.fileno(), _CHUNK)
        except BlockingIOError:
            return True
        except BrokenPipeError:  # it does not read its input to the end
            return False
        kept = self._output if stream is self._process.stdout else self._errors
        kept += part
        del self._errors[:-_LONGEST_MESSAGE]
        return bool(part)

    def _require_within_limits(self) -> None:
        if len(self._output) > self._most:
            raise limits.exceeded("reader-output", f"{self._name} returned")
        if time.monotonic() > self._end:
            raise limits.exceeded("reader-seconds", f"{self._name} ran for")


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill everything that is left of the session of a program, and wait for the program."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with suppress(OSError):
                stream.close()


def _status(code: int) -> str:
    if code >= 0:
        return f"exit status {code}"
    try:
        return f"the signal {signal.Signals(-code).name}"
    except ValueError:
        return f"the signal {-code}"
