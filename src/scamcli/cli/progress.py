"""The progress of a long command: one line on stderr, on a terminal, which is erased at the end."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

INTERVAL = 0.2
"""Seconds between two updates."""


class Progress:
    """A line that says how far a command is, such as ``importing 12 %``.

    It appears only on a terminal, and only if the command takes a while.
    """

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._next = time.monotonic() + 2 * INTERVAL
        self._width = 0

    def __enter__(self) -> Self:
        """Return the progress itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Erase the line."""
        self._write("")

    def share(self, done: int, total: int | None) -> None:
        """Show how much is done, in percent, or as a number of records if the total is not known."""
        if self._is_due():
            share = f"{done:,} records" if total is None else f"{100 * done // max(total, 1)} %"
            self._write(f"{self._doing} {share}")

    def counted(self, lines: Iterable[T]) -> Iterator[T]:
        """Yield lines or records unchanged, and show how many there were so far."""
        for number, line in enumerate(lines, 1):
            if number % 1000 == 0 and self._is_due():
                self._write(f"{self._doing} {number:,} records")
            yield line

    def _is_due(self) -> bool:
        now = time.monotonic()
        if not self._is_shown or now < self._next:
            return False
        self._next = now + INTERVAL
        return True

    def _write(self, text: str) -> None:
        if text or self._width:
            sys.stderr.write(f"\r{text:{self._width}}\r{text}")
            sys.stderr.flush()
        self._width = len(text)
