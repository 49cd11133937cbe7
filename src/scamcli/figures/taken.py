"""Index by day what is already counted, so that not every pair has to be compared."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scamcli.figures import scope

if TYPE_CHECKING:
    from collections.abc import Collection

    from scamcli.figures.places import Places
    from scamcli.figures.scope import Scope


class Taken:
    """The scopes that are already counted: those of few days, indexed by day, and all others."""

    FEW = 62

    def __init__(self) -> None:
        self._by_day: dict[int, list[Scope]] = defaultdict(list)
        self._others: list[Scope] = []

    def add(self, counted: Scope) -> None:
        """Add a scope that is counted."""
        days = self._days(counted)
        for day in days:
            self._by_day[day].append(counted)
        if not days:
            self._others.append(counted)

    def add_incidents(self, places: Places, left_out: Collection[int]) -> None:
        """Add all plain incidents except those at the positions that are left out."""
        for place in places.all:
            for day, number in place.days:
                if number not in left_out:
                    self._by_day[day].append(place.names)
            for covered, number in place.others:
                if number not in left_out:
                    self.add(covered)

    def is_disjoint(self, covered: Scope) -> bool:
        """Say whether a claim of few days is disjoint from everything counted; ``False`` for a claim of many days."""
        days, by_day = self._days(covered), self._by_day
        if not days:
            return False
        for other in self._others:
            if not scope.are_disjoint(covered, other):
                return False
        for day in days:
            for other in by_day.get(day, ()):
                if not scope.are_disjoint(covered, other):
                    return False
        return True

    def _days(self, covered: Scope) -> range:
        if covered.start is None or covered.end is None or covered.end - covered.start > self.FEW:
            return range(0)
        return range(covered.start, covered.end + 1)
