"""A profile of the processor time of a command.

    python benchmarks/profiling.py profile.txt search --actor "Sar Kheng" --json

runs the command in this process, and writes the functions that take the most time to a file. It must run in an
environment in which scamcli is installed. The profile does not include other processes that the command starts.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

MOST = 25
"""Number of functions to show."""


def main() -> None:
    """Run a command under the profiler."""
    place, *arguments = sys.argv[1:]
    sys.argv = ["scamcli", *arguments]
    os._exit = _leave  # a short command ends the process with it, before the profile could be written
    profile = cProfile.Profile(time.process_time)
    with suppress(SystemExit):
        profile.runcall(_command)
    with Path(place).open("w", encoding="utf-8") as out:
        found = pstats.Stats(profile, stream=out).strip_dirs()
        for order in ("tottime", "cumulative"):
            found.sort_stats(order).print_stats(MOST)


def _command() -> None:
    from scamcli.__main__ import run

    run()


def _leave(status: int) -> NoReturn:
    raise SystemExit(status)


if __name__ == "__main__":
    main()
