"""Index the incidents of a metric by day, place and nationality, to find those that happened inside an aggregate."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property, partial
from itertools import accumulate, chain
from math import ceil
from operator import itemgetter
from typing import TYPE_CHECKING

from scamcli.figures import scope
from scamcli.figures.claims import resolve_all
from scamcli.figures.records import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scamcli.figures.context import Context
    from scamcli.figures.scope import Names, Scope

_low_of = itemgetter(Figure._fields.index("low"))
_names_of = itemgetter(*map(Figure._fields.index, ("country", "province", "nationality", "group")))


class _Bucket:
    """Some of the incidents: lists of the positions of those with the same names.

    It has the first days and lows of all incidents.
    """

    def __init__(self, starts: Sequence[int], lows: Sequence[int]) -> None:
        self._starts = starts
        self._lows = lows
        self.lists: list[list[int]] = []

    @cached_property
    def positions(self) -> list[int]:
        """The positions of the incidents, in order."""
        return sorted(chain.from_iterable(self.lists))

    @cached_property
    def days(self) -> list[int]:
        """The first day of each incident."""
        return list(map(self._starts.__getitem__, self.positions))

    @cached_property
    def sums(self) -> list[int]:
        """The running sums of their lows, each rounded up, so that they are never below the exact sums."""
        return [0, *accumulate(map(self._lows.__getitem__, self.positions))]

    def range_of(self, around: Scope) -> tuple[int, int]:
        """Return the range of the incidents that begin on the days of an aggregate."""
        first = bisect_left(self.days, around.start or 0)
        return first, bisect_left(self.days, (around.end or 0) + 1, first)


class Incidents:
    """The incidents of a metric, in order of their first days.

    Each is in four buckets: of all incidents, of its province, of its nationality, and of both. An aggregate is
    compared only with the incidents on its days in the bucket of the names that limit it. Comparing all with all would
    take hours in a million events. A bucket is not made before an aggregate needs it.
    """

    def __init__(self, figures: Iterable[Figure], context: Context) -> None:
        columns = tuple(zip(*sorted(_dated(figures, context)), strict=True)) or ((), (), (), ())
        starts, self._order, self._ends, self._figures = columns
        lows = [ceil(low) if low is not None and low > 0 else 0 for low in map(_low_of, self._figures)]
        alike: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
        for position, names in enumerate(map(_names_of, self._figures)):
            alike[names].append(position)
        self._buckets: dict[tuple[Names, Names], _Bucket] = defaultdict(partial(_Bucket, starts, lows))
        self._alike = [0] * len(starts)  # which of the scopes each incident has
        self._scopes: list[Scope] = []
        for number, positions in enumerate(alike.values()):
            covered = scope.scope_of([self._figures[positions[0]]]).on_days(None, None, is_exact=False)
            self._scopes.append(covered)
            for position in positions:
                self._alike[position] = number
            for bucket in self._buckets_of(covered):
                bucket.lists.append(positions)
        self._included: dict[tuple[object, ...], dict[int, bool]] = defaultdict(dict)

    def _buckets_of(self, covered: Scope) -> list[_Bucket]:
        provinces, nationalities = covered.provinces, covered.nationalities
        nowhere = scope.NOWHERE
        every = [(provinces, nationalities), (provinces, nowhere), (nowhere, nationalities), (nowhere, nowhere)]
        return [self._buckets[names] for names in dict.fromkeys(every)]

    def most(self, around: Scope) -> int:
        """Return a number that is at least the sum of the lows of the incidents inside an aggregate."""
        bucket = self._bucket(around)
        first, last = bucket.range_of(around)
        return bucket.sums[last] - bucket.sums[first]

    def inside(self, around: Scope) -> list[Figure]:
        """Return the incidents within the known days, the place and the people of an aggregate, in their order."""
        bucket = self._bucket(around)
        first, last = bucket.range_of(around)
        ends, end = self._ends, around.end or 0
        within = [position for position in bucket.positions[first:last] if ends[position] <= end]
        included = self._included[around.countries, around.provinces, around.nationalities, around.groups]
        for number in set(map(self._alike.__getitem__, within)).difference(included):
            included[number] = scope.may_include(around, self._scopes[number])
        found = [position for position in within if included[self._alike[position]]]
        return [self._figures[position] for position in sorted(found, key=self._order.__getitem__)]

    def _bucket(self, around: Scope) -> _Bucket:
        return self._buckets.get((around.provinces, around.nationalities)) or _Bucket([], [])


def _dated(figures: Iterable[Figure], context: Context) -> Iterator[tuple[int, int, int, Figure]]:
    """Yield the incidents that have known days: the first, their position in the order, the last, and the figure."""
    for index, figure in enumerate(figures):
        read, period = figure, figure.period
        if period is None or figure.part_of is not None:
            (read,) = resolve_all({figure.key: figure}, context.wholes).values()
            period = read.period
        if period is not None:
            start, end, is_sure = period
            if is_sure and start is not None and end is not None and start <= end:
                yield start, index, end, read
