"""Index the incidents of a metric by day, place and nationality, to find those that happened inside an aggregate."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from itertools import accumulate
from math import ceil
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures import scope
from scamcli.figures.claims import resolve_all
from scamcli.figures.records import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scamcli.figures.context import Context
    from scamcli.figures.scope import Names, Scope

_named = itemgetter(*map(Figure._fields.index, ("country", "province", "nationality", "group")))


class _Dated(NamedTuple):
    """An incident with known days, its position among all incidents, and what it covers apart from its days."""

    start: int
    position: int
    end: int
    figure: Figure
    names: Scope


class _Bucket:
    """Incidents in order of their first days."""

    def __init__(self) -> None:
        self.dated: list[_Dated] = []

    @cached_property
    def days(self) -> list[int]:
        """The first day of each incident."""
        return list(map(itemgetter(0), self.dated))

    @cached_property
    def sums(self) -> list[int]:
        """The running sums of their lows, each rounded up, so that they are never below the exact sums."""
        return [0, *accumulate(max(0, ceil(one.figure.low or 0)) for one in self.dated)]

    def range_of(self, around: Scope) -> tuple[int, int]:
        """Return the range of the incidents that begin on the days of an aggregate."""
        first = bisect_left(self.days, around.start or 0)
        return first, bisect_left(self.days, (around.end or 0) + 1, first)


class Incidents:
    """The incidents of a metric.

    Each is in four buckets: that of all incidents, of its province, of its nationality, and of both. An aggregate is
    compared only with the incidents on its days in the bucket of the names that limit it. Comparing all with all would
    take hours in a million events.
    """

    def __init__(self, figures: Iterable[Figure], context: Context) -> None:
        self._buckets: dict[tuple[Names, Names], _Bucket] = defaultdict(_Bucket)
        found: dict[tuple[str | None, ...], tuple[Scope, list[list[_Dated]]]] = {}
        for start, position, end, figure in sorted(_dated(figures, context)):
            names = _named(figure)
            if names not in found:
                covered = scope.scope_of([figure]).on_days(None, None, is_exact=False)
                found[names] = covered, [bucket.dated for bucket in self._buckets_of(covered)]
            covered, buckets = found[names]
            one = tuple.__new__(_Dated, (start, position, end, figure, covered))
            for bucket in buckets:
                bucket.append(one)

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
        end = around.end or 0
        found = [one for one in bucket.dated[first:last] if one.end <= end]
        return [one.figure for one in sorted(found, key=itemgetter(1)) if scope.may_include(around, one.names)]

    def _bucket(self, around: Scope) -> _Bucket:
        return self._buckets.get((around.provinces, around.nationalities)) or _Bucket()


def _dated(figures: Iterable[Figure], context: Context) -> Iterator[tuple[int, int, int, Figure]]:
    """Yield the incidents that have known days: the first, their position, the last, and the resolved figure."""
    for position, figure in enumerate(figures):
        read = figure
        if figure.part_of is not None or figure.period is None:
            (read,) = resolve_all({figure.key: figure}, context.wholes).values()
        start, end, is_sure = read.period or (None, None, False)
        if is_sure and start is not None and end is not None and start <= end:
            yield start, position, end, read
