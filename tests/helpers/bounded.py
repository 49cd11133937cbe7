"""Run a command in a forked process that may use so much time and memory, and no more."""

from __future__ import annotations

import json
import os
import resource
import signal

from tests.helpers.torture_driver import Answer, run

SECONDS = 10
MEGABYTES = 300


def bounded(*args: str, stdin: str = "", seconds: int = SECONDS) -> tuple[Answer, int]:
    """What a command answers, and the megabytes that it used; it is stopped after so much processor time."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.alarm(30 * seconds)  # waiting for something that never comes
        try:
            answer = list(run(*args, stdin=stdin))
        except BaseException as error:
            answer = [-1, "", f"{type(error).__name__}: {error}"]
        with os.fdopen(into, "w", errors="backslashreplace") as stream:
            json.dump(answer, stream)
            stream.flush()
        os._exit(0)
    os.close(into)
    with os.fdopen(out) as stream:
        said = stream.read()
    _, status, used = os.wait4(child, 0)
    if status != 0 or not said:
        return Answer(-1, "", f"ended by {os.waitstatus_to_exitcode(status)} after {used.ru_utime:.1f} s"), 0
    return Answer(*json.loads(said)), used.ru_maxrss // 1024
