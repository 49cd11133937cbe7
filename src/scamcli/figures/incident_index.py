"""Index the plain incidents of a group by day, place and nationality, to find the few that a claim may include."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from scamcli.figures import scope
from scamcli.figures.records import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scamcli.figures.scope import Names, Scope
    from scamcli.language.wording.bounds import Number

    Value = TypeVar("Value")

_named = itemgetter(*map(Figure._fields.index, ("country", "province", "nationality", "dataset")))


class Bucket:
    """The plain incidents that name the same place, nationality and data set.

    Incidents are identified by their positions in the group. Those that happened on a single day are in order of that
    day. The others are examined one by one.

    Attributes:
        names: What the incidents cover, apart from days and events: no claim is from the same event as a plain
            incident.
        days: The day of each incident that happened on a single day, in order.
        numbers: The positions of these incidents.
        sums: The running sums of their lows.
        others: The scope and position of every other incident.
    """

    def __init__(self, names: Scope) -> None:
        self.names = names
        self.days: list[int] = []
        self.numbers: list[int] = []
        self.others: list[tuple[Scope, int]] = []
        self.sums: list[Number] = [0]

    def is_outside(self, covered: Scope) -> bool:
        """Say whether a claim excludes these incidents because of its names or its data set."""
        return scope.names_differ(covered, self.names) or (
            bool(covered.datasets) and scope.are_different_rows(covered, self.names)
        )

    def is_outside_any(self, covered: Sequence[Scope]) -> bool:
        """Say whether one of these claims excludes these incidents."""
        return any(self.is_outside(one) for one in covered)

    def others_overlapping(self, covered: Sequence[Scope]) -> Iterator[int]:
        """Yield the incidents, except those on a single day, that all of these claims may include by their days."""
        for own, number in self.others:
            if not any(scope.shares_no_day(one, own) for one in covered):
                yield number


@lru_cache(maxsize=4096)
def _names(country: str | None, province: str | None, nationality: str | None, dataset: str | None) -> Scope:
    """Return the scope of incidents with these names, on any days and of no event that a claim is of."""
    figure = Figure(
        "", "", "", None, None, None, None, None, province, nationality, None, None, "incident", None, None, None,
        country=country, dataset=dataset,
    )  # fmt: skip
    return scope.scope_of([figure])


class IncidentIndex:
    """An index of plain incidents with a low, by day, and by province and nationality.

    A claim of few days is compared with the incidents on these days, and any other claim with the buckets whose names
    are compatible with its own. Both find the same incidents in the same order, but in tables by month or year of a
    million events, comparing all claims with buckets took four times as long.
    """

    def __init__(self, plain: Sequence[Figure]) -> None:
        self._plain = plain
        buckets: dict[tuple[str | None, ...], Bucket] = {}
        dated: list[tuple[int, int, Bucket]] = []
        for number, figure in enumerate(plain):
            if figure.low:
                names = _named(figure)
                bucket = buckets.get(names)
                if bucket is None:
                    bucket = buckets[names] = Bucket(_names(*names))
                period = figure.period
                start, end, is_sure = period if period is not None else (None, None, False)
                if is_sure and start is not None and start == end:
                    dated.append((start, number, bucket))
                else:
                    bucket.others.append((scope.scope_of([figure]), number))
        dated.sort(key=itemgetter(0, 1))
        self._dated = dated
        self._days = [day for day, _, _ in dated]
        self._with_others = [bucket for bucket in buckets.values() if bucket.others]
        self._by_names: dict[Names, dict[Names, list[Bucket]]] = defaultdict(lambda: defaultdict(list))
        for bucket in buckets.values():
            self._by_names[bucket.names.provinces][bucket.names.nationalities].append(bucket)
        self._most_nationalities = max(map(len, self._by_names.values()), default=0)

    @cached_property
    def _each(self) -> Mapping[Names, Mapping[Names, Sequence[Bucket]]]:
        """The buckets by provinces and nationalities, with the days of their incidents."""
        for day, number, bucket in self._dated:
            bucket.days.append(day)
            bucket.numbers.append(number)
            bucket.sums.append(bucket.sums[-1] + (self._plain[number].low or 0))
        return self._by_names

    @cached_property
    def _ranks(self) -> Mapping[Bucket, tuple[int, int, int]]:
        """The positions of each bucket's provinces, of its nationality among theirs, and of itself among both."""
        return {
            bucket: (of_provinces, of_nationalities, last)
            for of_provinces, by_nationality in enumerate(self._by_names.values())
            for of_nationalities, alike in enumerate(by_nationality.values())
            for last, bucket in enumerate(alike)
        }

    def _near(self, covered: Scope) -> Iterator[Bucket]:
        """Yield the buckets whose names are compatible with a claim's."""
        for by_nationality in _compatible(self._each, covered.provinces):
            for buckets in _compatible(by_nationality, covered.nationalities):
                for bucket in buckets:
                    if not bucket.is_outside(covered):
                        yield bucket

    def _number_near(self, covered: Scope) -> int:
        """Return about how many buckets `_near` compares with a claim."""
        provinces = 2 if covered.provinces else len(self._by_names)
        return provinces * (2 if covered.nationalities else self._most_nationalities)

    def overlapping(self, covered: Sequence[Scope]) -> Iterable[int]:
        """Return the positions of the incidents that all of these claims may include, judging by their scopes alone."""
        first, last = _within(self._days, covered)
        if last - first > self._number_near(covered[0]):
            return self._overlapping_in_each_bucket(covered)
        found = [
            (bucket, number) for _, number, bucket in self._dated[first:last] if not bucket.is_outside_any(covered)
        ]
        for bucket in self._with_others:
            if not bucket.is_outside_any(covered):
                found += [(bucket, number) for number in bucket.others_overlapping(covered)]
        if len(found) > 1:
            found.sort(key=lambda one: self._rank(one[0], covered[0]))
        return [number for _, number in found]

    def _overlapping_in_each_bucket(self, covered: Sequence[Scope]) -> Iterator[int]:
        for bucket in self._near(covered[0]):
            if not bucket.is_outside_any(covered[1:]):
                first, last = _within(bucket.days, covered)
                yield from bucket.numbers[first:last]
                yield from bucket.others_overlapping(covered)

    def _rank(self, bucket: Bucket, covered: Scope) -> tuple[int, int, int]:
        """Return a key that sorts buckets in the order in which `_near` yields them for a claim."""
        of_provinces, of_nationalities, last = self._ranks[bucket]
        return (
            _position(bucket.names.provinces, covered.provinces, of_provinces),
            _position(bucket.names.nationalities, covered.nationalities, of_nationalities),
            last,
        )

    def are_at_least(self, low: Number, covered: Scope) -> bool:
        """Say whether the lows of the single-day incidents that a claim may include add up to at least this number."""
        found: Number = 0
        for least in self._lows_within(covered):
            found += least
            if low <= found:
                return True
        return low <= found

    def _lows_within(self, covered: Scope) -> Iterator[Number]:
        first, last = _within(self._days, [covered])
        if last - first > self._number_near(covered):
            for bucket in self._near(covered):
                first, last = _within(bucket.days, [covered])
                yield bucket.sums[last] - bucket.sums[first]
        else:
            for _, number, bucket in self._dated[first:last]:
                if not bucket.is_outside(covered):
                    yield self._plain[number].low or 0

    def have_any(self, covered: Scope, left_out: set[int]) -> bool:
        """Say whether a claim may include a single-day incident, apart from those at the positions left out."""
        if covered.is_incident:
            return False  # it is of another event
        first, last = _within(self._days, [covered])
        if last - first > self._number_near(covered):
            for bucket in self._near(covered):
                first, last = _within(bucket.days, [covered])
                if not left_out.issuperset(bucket.numbers[first:last]):
                    return True
            return False
        for _, number, bucket in self._dated[first:last]:
            if not bucket.is_outside(covered) and number not in left_out:
                return True
        return False

    def others(self) -> Iterator[tuple[Scope, int]]:
        """Yield the scopes and positions of the incidents that did not happen on a single day."""
        for bucket in self._with_others:
            yield from bucket.others


def _position(names: Names, of_claim: Names, otherwise: int) -> int:
    """Return the position in `_compatible` of a bucket's names, given that they are compatible with a claim's."""
    if not of_claim:
        return otherwise
    if len(names) > 1:
        return len(of_claim) + otherwise
    return max((list(of_claim).index(name) for name in names), default=-1)


def _compatible(by_names: Mapping[Names, Value], names: Names) -> Iterable[Value]:
    """Return the values under names that are compatible with these; a claim seldom has more than one name."""
    if not names:
        return by_names.values()
    wanted = [scope.NOWHERE, *(frozenset((name,)) for name in names)]
    wanted += [one for one in by_names if len(one) > 1 and not one.isdisjoint(names)]  # regions abroad
    return [by_names[one] for one in wanted if one in by_names]


def within(dated: Sequence[tuple[int, int]], covered: Scope) -> Iterator[int]:
    """Yield positions, from pairs of a first day and a position, whose day the claim covers, if its days are known."""
    if covered.start is not None and covered.end is not None:
        first = bisect_left(dated, (covered.start, -1))
        yield from (number for _, number in dated[first : bisect_left(dated, (covered.end + 1, -1))])


def _within(days: Sequence[int], covered: Sequence[Scope]) -> tuple[int, int]:
    """Return the range of sorted days that lie within all claims with known days."""
    first, last = 0, len(days)
    for one in covered:
        if one.start is not None and one.end is not None:
            first, last = bisect_left(days, one.start, first), bisect_left(days, one.end + 1, 0, last)
    return first, last
