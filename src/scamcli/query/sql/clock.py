"""How long a query may take, in processor time: one that waits for whoever reads its rows takes none."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from scamcli.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

SECONDS = 30.0


class Clock:
    """Counts the seconds of the database's work on one query.

    Args:
        seconds: how many it may take.

    Raises:
        WrongUsageError: not a positive number.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        if not seconds > 0:
            raise WrongUsageError(f"a time of {seconds:g} seconds; expected more than 0")
        self.seconds = seconds
        self._spent = 0.0
        self._begun: float | None = None
        self._process_begun: float | None = None

    def run(self, work: Callable[[], T]) -> T:
        """Do some of the work, on the clock."""
        self._begun, self._process_begun = time.thread_time(), time.process_time()
        try:
            return work()
        finally:
            self._spent += time.thread_time() - self._begun
            self._begun = self._process_begun = None

    def over(self) -> bool:
        """Whether it has taken too long; SQLite asks this as it works, and stops."""
        running = 0.0 if self._begun is None else time.thread_time() - self._begun
        return self._spent + running > self.seconds

    def stuck(self) -> bool:
        """Whether it goes on long after it was over, as another thread sees it."""
        begun = self._process_begun
        return begun is not None and time.process_time() - begun > 2 * self.seconds + 2

    def error(self) -> WrongUsageError:
        """That it took too long."""
        return WrongUsageError(
            f"the query was stopped after {self.seconds:g} seconds of work", "narrow it, or give it more with --timeout"
        )
