"""Work out when changes were made, even if a machine's clock was wrong.

The history keeps the time that the clock showed, and the order of the changes, which is certain. Times that
contradict the order, or lie in the future, are wrong. Because most clocks are right, as few times as possible are
rejected: the longest sequence of times that never goes back is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from scamcli.store import history

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


def settled(times: Sequence[str], now: str) -> list[str]:
    """Return times that never go back: a wrong time is replaced by the time of the next change.

    Args:
        times: the times of all changes as the clocks showed them, oldest change first.
        now: the present time. If the clock was right at the last change, a time later than this is wrong.
    """
    kept = _longest(times, now if times and times[-1] <= now else max(times, default=now))
    found, following = list(times), max((times[place] for place in kept), default=now)
    for place in reversed(range(len(times))):
        following = times[place] if place in kept else following
        found[place] = following
    return found


def _longest(times: Sequence[str], latest: str) -> set[int]:
    """Return the positions of a longest sequence that never goes back (patience sorting, Fredman 1975)."""
    ends: list[str] = []
    places: list[int] = []
    before: dict[int, int | None] = {}
    for index, at in enumerate(times):
        if at <= latest:
            length = bisect_right(ends, at)
            before[index] = places[length - 1] if length else None
            ends[length : length + 1], places[length : length + 1] = [at], [index]
    kept, last = set[int](), places[-1] if places else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def last_change(connection: sqlite3.Connection, at: str) -> tuple[int | None, str | None]:
    """Return the number of the last change up to a given time, and the time when the history begins."""
    rows = connection.execute("SELECT id, at FROM change ORDER BY id").fetchall()
    times = settled([time for _, time in rows], history.now())
    number = bisect_right(times, at)
    return (rows[number - 1][0] if number else None), (times[0] if times else None)
