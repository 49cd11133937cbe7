"""The time that a query may take, in processor time: waiting for whoever reads its rows does not count."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from scamcli.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

SECONDS = 30.0
"""The limit by default."""


class Clock:
    """Counts the seconds that the database works on one query.

    Raises:
        WrongUsageError: the number of seconds that it may take is not positive.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        if not seconds > 0:
            raise WrongUsageError(f"The timeout must be more than 0 seconds, not {seconds:g}.")
        self.seconds = seconds
        self._spent = 0.0
        self._began: float | None = None
        self._process_began: float | None = None

    def run(self, work: Callable[[], T]) -> T:
        """Do a part of the work while the clock runs."""
        self._began, self._process_began = time.thread_time(), time.process_time()
        try:
            return work()
        finally:
            self._spent += time.thread_time() - self._began
            self._began = self._process_began = None

    def is_over(self) -> bool:
        """Return whether the time is over. SQLite calls this while it works, and stops."""
        running = 0.0 if self._began is None else time.thread_time() - self._began
        return self._spent + running > self.seconds

    def is_stuck(self) -> bool:
        """Return whether the query still runs long after its time was over, as seen from another thread."""
        began = self._process_began
        return began is not None and time.process_time() - began > 2 * self.seconds + 2

    def error(self) -> WrongUsageError:
        """Return the error for a query that took too long."""
        return WrongUsageError(
            f"The query was stopped after {self.seconds:g} seconds.", "Narrow it, or allow more with --timeout."
        )
