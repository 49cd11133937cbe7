"""Run a command in a forked process that may use so much time and memory, and no more."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.helpers.torture_driver import Answer, run

SECONDS = 10
MEGABYTES = 300

LOAD = """
import importlib, pkgutil, scamcli
for module in pkgutil.walk_packages(scamcli.__path__, "scamcli."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


def bounded(*args: str, stdin: str = "", seconds: int = SECONDS) -> tuple[Answer, int]:
    """Return what a command answers, and how many megabytes it took; stop it after this much processor time.

    A forked process begins with the memory of the test process, which may have run hundreds of other tests. What it
    takes on top of that counts, and the memory of a process that has loaded the package.
    """
    at_start, loaded = _resident(), _loaded()
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
    return Answer(*json.loads(said)), loaded + max(0, used.ru_maxrss // 1024 - at_start)


def _resident() -> int:
    """Return the megabytes that this process has in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20


@cache
def _loaded() -> int:
    """Return the megabytes of a process that has loaded every module of the package and done nothing.

    It reads its own peak: what the system says of a child that has ended includes the process that started it.
    """
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    return int(done.stdout) // 1024
