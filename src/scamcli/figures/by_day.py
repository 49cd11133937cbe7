"""Indexes over claims and plain incidents by their days and names, so that not all pairs have to be compared."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from scamcli.figures import scope

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scamcli.figures.records import Figure
    from scamcli.figures.scope import Scope
    from scamcli.language.wording.bounds import Number


class Place:
    """The plain incidents that name the same places and nationalities.

    They are known by their positions in the group. Those on one day are sorted by that day, with the sums of their lows
    up to each; the others are looked at one by one.

    Attributes:
        names: What they cover, apart from their days and events: no claim is from the event of a plain incident.
        days: The day and position of those on one day, in order.
        others: The scope and position of the others.
    """

    def __init__(self, figures: Sequence[tuple[int, Figure]]) -> None:
        self.names = scope.scope_of([figures[0][1]])._replace(start=None, end=None, is_exact=False, events=frozenset())
        self.others: list[tuple[Scope, int]] = []
        dated: list[tuple[int, int, Number]] = []
        for number, figure in figures:
            period = figure.period
            if period is not None and period.known and period.start is not None and period.start == period.end:
                dated.append((period.start, number, figure.low or 0))
            else:
                self.others.append((scope.scope_of([figure]), number))
        dated.sort()
        self.days = [(day, number) for day, number, _ in dated]
        self._sums = [0, *accumulate(low for *_, low in dated)]

    def overlapping(self, *covered: Scope) -> Iterator[int]:
        """Yield the incidents that each of these claims may include, as far as their scopes say."""
        if any(self._is_elsewhere(one) for one in covered):
            return
        stretches = [_on_days(self.days, one) for one in covered]
        first, last = max(first for first, _ in stretches), min(last for _, last in stretches)
        yield from (number for _, number in self.days[first:last])
        for own, number in self.others:
            if not any(scope.shares_no_day(one, own) for one in covered):
                yield number

    def least_within(self, covered: Scope) -> Number:
        """Return the sum of lows of the incidents on one day that a claim may include."""
        if self._is_elsewhere(covered):
            return 0
        first, last = _on_days(self.days, covered)
        return self._sums[last] - self._sums[first]

    def _is_elsewhere(self, covered: Scope) -> bool:
        return scope.names_differ(covered, self.names) or scope.are_different_rows(covered, self.names)


def by_place(plain: Sequence[Figure], left_out: Collection[int] = ()) -> list[Place]:
    """Return an index of plain incidents with a low: those that name the same places and nationalities together.

    ``left_out`` are the positions of incidents that are not to be in it.
    """
    places: dict[tuple[object, ...], list[tuple[int, Figure]]] = defaultdict(list)
    for number, figure in enumerate(plain):
        if figure.low and number not in left_out:
            names = figure.country, figure.province, figure.nationality, figure.dataset
            places[names].append((number, figure))
    return [Place(figures) for figures in places.values()]


def within(dated: Sequence[tuple[int, int]], covered: Scope) -> Iterator[int]:
    """Yield what begins on the days that a claim covers, if these are known, from pairs of a day and a position."""
    if covered.start is not None:
        first, last = _on_days(dated, covered)
        yield from (number for _, number in dated[first:last])


def _on_days(dated: Sequence[tuple[int, int]], covered: Scope) -> tuple[int, int]:
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

    def add_incidents(self, places: Sequence[Place]) -> None:
        """Add plain incidents that are counted."""
        for place in places:
            for day, _ in place.days:
                self._by_day[day].append(place.names)
            for covered, _ in place.others:
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
