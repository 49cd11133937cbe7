"""Index by day what is already counted, so that not every pair has to be compared."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scamcli.figures import scope

if TYPE_CHECKING:
    from scamcli.figures.incident_index import IncidentIndex
    from scamcli.figures.scope import Scope


class CountedScopes:
    """The scopes that are already counted, indexed by day if they cover few days.

    Args:
        plain: The plain incidents, which are counted.
        left_out: The positions of those that are not.
    """

    FEW = 62

    def __init__(self, plain: IncidentIndex, left_out: set[int]) -> None:
        self._plain = plain
        self._left_out = left_out
        self._by_day: dict[int, list[Scope]] = defaultdict(list)
        self._others: list[Scope] = []
        for covered, number in plain.others():
            if number not in left_out:
                self.add(covered)

    def add(self, counted: Scope) -> None:
        """Add a scope that is counted."""
        days = self._days(counted)
        for day in days:
            self._by_day[day].append(counted)
        if not days:
            self._others.append(counted)

    def is_disjoint(self, covered: Scope) -> bool:
        """Say whether a claim of few days is disjoint from everything counted; ``False`` for a claim of many days."""
        days, by_day = self._days(covered), self._by_day
        if not days or self._plain.have_any(covered, self._left_out):  # most claims overlap some incident
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
