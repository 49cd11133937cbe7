"""Count the modules of scamcli that a command passes through, from its command function on.

A module counts when one of its functions runs between the call of the command function and its return. Code that only
runs because a module is imported does not count, and neither do other packages.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scamcli

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

PACKAGE = Path(scamcli.__file__).parent


def modules_passed(run: Callable[[], object], command: str) -> list[str]:
    """List the modules that ran, sorted.

    Args:
        run: calls the command line in this process.
        command: the module of the command function, relative to the package: ``cli/commands/search.py``.
    """
    start = str(PACKAGE / command)
    passed: set[str] = set()
    depth = 0

    def watch(frame: FrameType, event: str, _: Any) -> None:
        nonlocal depth
        code = frame.f_code
        if event == "call" and code.co_name != "<module>" and not _is_importing(frame):
            if not depth and code.co_filename == start:
                depth = 1
                watch.root = frame  # type: ignore[attr-defined]
            if depth and code.co_filename.startswith(str(PACKAGE)):
                passed.add(str(Path(code.co_filename).relative_to(PACKAGE)))
        elif event == "return" and depth and frame is watch.root:  # type: ignore[attr-defined]
            depth = 0

    sys.setprofile(watch)
    try:
        run()
    finally:
        sys.setprofile(None)
    return sorted(passed)


def _is_importing(frame: FrameType | None) -> bool:
    """Whether a frame runs because a module of scamcli is being imported."""
    while frame is not None:
        if frame.f_code.co_name == "<module>" and frame.f_code.co_filename.startswith(str(PACKAGE)):
            return True
        frame = frame.f_back
    return False
