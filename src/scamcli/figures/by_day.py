"""Claims and plain incidents by their days, so that not all pairs have to be compared."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from scamcli.figures import scope

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scamcli.figures.places import Places
    from scamcli.figures.scope import Scope


def within(dated: Sequence[tuple[int, int]], covered: Scope) -> Iterator[int]:
    """Yield what begins on the days that a claim covers, if these are known, from pairs of a day and a position."""
    if covered.start is not None:
        first, last = on_days(dated, covered)
        yield from (number for _, number in dated[first:last])


def on_days(dated: Sequence[tuple[int, int]], covered: Scope) -> tuple[int, int]:
    """Return where the days of a claim begin and end among sorted days; all of these if its days are not known."""
    if covered.start is None or covered.end is None:
        return 0, len(dated)
    return bisect_left(dated, (covered.start, -1)), bisect_left(dated, (covered.end + 1, -1))


class Taken:
    """The scopes that are counted: by day those of few days, and the others."""

    FEW = 62

    def __init__(self) -> None:
        self._by_day: dict[int, list[Scope]] = defaultdict(list)
        self._others: list[Scope] = []

    def add(self, counted: Scope) -> None:
        """Add what is counted."""
        days = self._days(counted)
        for day in days:
            self._by_day[day].append(counted)
        if not days:
            self._others.append(counted)

    def add_incidents(self, places: Places, left_out: Collection[int]) -> None:
        """Add the plain incidents that are counted: all but those at some positions."""
        for place in places.all:
            for day, number in place.days:
                if number not in left_out:
                    self._by_day[day].append(place.names)
            for covered, number in place.others:
                if number not in left_out:
                    self.add(covered)

    def is_disjoint(self, covered: Scope) -> bool:
        """Say whether a claim of few days is disjoint from all that is counted; one of many days is said not to be."""
        days = self._days(covered)
        near = (other for day in days for other in self._by_day.get(day, ()))
        return bool(days) and all(scope.are_disjoint(covered, other) for other in chain(self._others, near))

    def _days(self, covered: Scope) -> range:
        if covered.start is None or covered.end is None or covered.end - covered.start > self.FEW:
            return range(0)
        return range(covered.start, covered.end + 1)
