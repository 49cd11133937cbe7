"""The entry point: prepare the process, and run the command."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from scamcli.cli.direct_calls import run
from scamcli.cli.outcome import report
from scamcli.cli.output import Scope, say
from scamcli.errors import WrongUsageError
from scamcli.records import limits


def main() -> None:
    """Run the command line."""
    Scope.begin(sys.argv[1:])
    _set_up_streams()
    try:
        _limit_process()
        raise SystemExit(run(sys.argv[1:], _run_by_typer))
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 0 if error.code is None else 1
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        # Nothing is open any more, and shutting down the interpreter takes 9 % of the CPU time of a short command
        # (`search --json` on the shipped timeline, 60 paired runs).
        os._exit(code)


def _run_by_typer() -> object:
    from scamcli.cli.app import run_by_typer  # here, because most commands run without typer

    return run_by_typer()


def _limit_process() -> None:
    """Limit the memory and processor time of this process, on systems that support it (getrlimit(2) of Linux)."""
    if sys.platform != "linux":
        return
    import resource
    import signal

    try:
        memory, seconds = limits.value("memory"), limits.value("seconds")
    except WrongUsageError as error:
        raise SystemExit(report(error)) from None
    signal.signal(signal.SIGXCPU, _end_in_time)
    for kind, most in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_CPU, seconds)):
        soft, hard = resource.getrlimit(kind)
        if most < limits.UNLIMITED and all(one == resource.RLIM_INFINITY or one > most for one in (soft, hard)):
            resource.setrlimit(kind, (most, hard))


def _end_in_time(_number: int, _frame: object) -> None:
    raise limits.TimeIsOverError


def _set_up_streams() -> None:
    """Make the streams usable even if one is closed or not UTF-8, and refuse arguments that are not text."""
    for name, number in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
        # Otherwise the database could get this file number, and output would be written into it.
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, number)
            setattr(sys, name, os.fdopen(number, "r" if number == 0 else "w"))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    for argument in sys.argv[1:]:
        if not argument.isascii() and any("\udc80" <= char <= "\udcff" for char in argument):
            say(f"This argument is not UTF-8 text: {argument.encode('utf-8', 'backslashreplace').decode()[:80]}")
            raise SystemExit(2)
