"""Indexes over claims and plain incidents by their days and names, so that not all pairs have to be compared."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from itertools import accumulate, chain
from math import inf
from typing import TYPE_CHECKING

from scamcli.figures import scope
from scamcli.language.wording.bounds import total as added

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.figures.records import Figure, Key
    from scamcli.figures.scope import Scope
    from scamcli.language.wording.bounds import Number


class Place:
    """The cells whose incidents name the same places and nationalities: by day those on one day, and the others."""

    def __init__(self, names: Scope) -> None:
        self._names = names
        self._days: list[tuple[int, int]] = []
        self._others: list[tuple[Scope, int]] = []

    def add(self, cell: Scope, number: int) -> None:
        """Add a cell, known by its position among all."""
        if cell.start is not None and cell.start == cell.end:
            insort(self._days, (cell.start, number))
        else:
            self._others.append((cell, number))

    def overlapping(self, covered: Scope) -> Iterator[int]:
        """Yield the cells that a claim may include, unless other things than its scope speak against it."""
        if scope.names_differ(covered, self._names) or scope.are_different_rows(covered, self._names):
            return
        if covered.start is None or covered.end is None:
            yield from (number for _, number in self._days)
        else:
            yield from within(self._days, covered)
        yield from (number for cell, number in self._others if not scope.shares_no_day(covered, cell))


def by_place(cells: Sequence[Cell]) -> list[Place]:
    """Return an index of cells: those that name the same places and nationalities together."""
    places: dict[tuple[object, ...], Place] = {}
    for number, cell in enumerate(cells):
        own = cell.scope
        names = own.countries, own.provinces, own.nationalities, own.datasets
        places.setdefault(names, Place(own)).add(own, number)
    return list(places.values())


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

    def is_disjoint(self, covered: Scope) -> bool:
        """Say whether a claim of few days is disjoint from all that is counted; one of many days is said not to be."""
        days = self._days(covered)
        near = (other for day in days for other in self._by_day.get(day, ()))
        return bool(days) and all(scope.are_disjoint(covered, other) for other in chain(self._others, near))

    def _days(self, covered: Scope) -> range:
        if covered.start is None or covered.end is None or covered.end - covered.start > self.FEW:
            return range(0)
        return range(covered.start, covered.end + 1)


class Dated:
    """Plain incidents with the same names, by their first day, with the sums of their lows."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._names = scope.scope_of(figures[:1])
        self._all = added(figure.low for figure in figures) or 0
        days = sorted((_first_day(figure), figure.low or 0) for figure in figures)
        self._days = [day for day, _ in days]
        self._sums = [0, *accumulate(low for _, low in days)]

    def least_within(self, covered: Scope) -> Number:
        """Return the sum of lows of the incidents that begin on the days of a claim and may be among what it counts."""
        if scope.names_differ(self._names, covered) or scope.are_different_rows(self._names, covered):
            return 0
        if covered.start is None or covered.end is None:
            return self._all
        first, last = bisect_left(self._days, covered.start), bisect_right(self._days, covered.end)
        return self._sums[last] - self._sums[first]


def _first_day(figure: Figure) -> float:
    """Return the first day of an incident; infinity if its days are not known."""
    return inf if figure.period is None or not figure.period.known else figure.period.start or 0


def within(dated: Sequence[tuple[int, int]], outer: Scope) -> Iterator[int]:
    """Yield what begins on the days that a claim covers, if these are known."""
    if outer.start is not None and outer.end is not None:
        first, last = bisect_left(dated, (outer.start, -1)), bisect_left(dated, (outer.end + 1, -1))
        yield from (place for _, place in dated[first:last])


class Cell:
    """Plain incidents that are disjoint from the same claims, with the sum of their lows."""

    __slots__ = ("keys", "low", "scope")

    def __init__(self, covered: Scope) -> None:
        self.scope = covered
        self.low: Number = 0
        self.keys: list[Key] = []
