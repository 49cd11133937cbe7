"""How far a long command is, on a terminal: one line on stderr that is gone when it ends."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EVERY = 0.2
"""Seconds between two lines."""


class Progress:
    """Shows nothing where stderr is no terminal, nor for what takes less than a moment.

    Args:
        doing: what the command does, such as importing.
    """

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._next = time.monotonic() + 2 * EVERY
        self._width = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the line away."""
        self._write("")

    def share(self, done: int, total: int | None) -> None:
        """Show how much is done, in percent, or as a number of records if the total is not known."""
        if self._is_due():
            share = f"{done:,} records" if total is None else f"{100 * done // max(total, 1)} %"
            self._write(f"{self._doing} {share}")

    def counted(self, lines: Iterable[Any]) -> Iterator[Any]:
        """The same lines or records, counted as they go by."""
        for number, line in enumerate(lines, 1):
            if number % 1000 == 0 and self._is_due():
                self._write(f"{self._doing} {number:,} records")
            yield line

    def _is_due(self) -> bool:
        now = time.monotonic()
        if not self._is_shown or now < self._next:
            return False
        self._next = now + EVERY
        return True

    def _write(self, text: str) -> None:
        if text or self._width:
            sys.stderr.write(f"\r{text:{self._width}}\r{text}")
            sys.stderr.flush()
        self._width = len(text)
