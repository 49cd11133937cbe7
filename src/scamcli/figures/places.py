"""Index the plain incidents of a group by place, nationality and day, to find the few that a claim may include."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

from scamcli.figures import scope
from scamcli.figures.records import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scamcli.figures.scope import Names, Scope
    from scamcli.language.wording.bounds import Number

    Value = TypeVar("Value")


class Place:
    """The plain incidents that name the same places and nationalities.

    Incidents are identified by their positions in the group. Those that happened on a single day are sorted by that
    day, with the running sums of their lows. The others are examined one by one.

    Attributes:
        names: What the incidents cover, apart from days and events: no claim is from the same event as a plain
            incident.
        days: The day and position of each incident that happened on a single day, in order.
        others: The scope and position of every other incident.
    """

    def __init__(
        self, names: Figure, on_one_day: list[tuple[int, int, Number]], others: list[tuple[int, Figure]]
    ) -> None:
        self.names = _names(names.country, names.province, names.nationality, names.dataset)
        self.others = [(scope.scope_of([figure]), number) for number, figure in others]
        on_one_day.sort()
        self.days = [(day, number) for day, number, _ in on_one_day]
        self._sums = [0, *accumulate(low for *_, low in on_one_day)]

    def is_outside(self, covered: Scope) -> bool:
        """Say whether a claim excludes these incidents because of its names or its data set."""
        return scope.names_differ(covered, self.names) or (
            bool(covered.datasets) and scope.are_different_rows(covered, self.names)
        )

    def overlapping(self, covered: Sequence[Scope]) -> Iterator[int]:
        """Yield the incidents that all of these claims may include by their days; names are not compared here."""
        stretches = [_on_days(self.days, one) for one in covered]
        first, last = max(first for first, _ in stretches), min(last for _, last in stretches)
        yield from (number for _, number in self.days[first:last])
        for own, number in self.others:
            if not any(scope.shares_no_day(one, own) for one in covered):
                yield number

    def least_within(self, covered: Scope) -> Number:
        """Return the sum of the lows of single-day incidents that a claim may include by its days."""
        first, last = _on_days(self.days, covered)
        return self._sums[last] - self._sums[first]


@lru_cache(maxsize=4096)
def _names(country: str | None, province: str | None, nationality: str | None, dataset: str | None) -> Scope:
    """Return the scope of incidents with these names, on any days and of no event that a claim is of."""
    figure = Figure(
        "", "", "", None, None, None, None, None, province, nationality, None, None, "incident", None, None, None,
        country=country, dataset=dataset,
    )  # fmt: skip
    return scope.scope_of([figure])


class Places:
    """An index of plain incidents with a low, by province and nationality."""

    def __init__(self, plain: Sequence[Figure]) -> None:
        days: dict[tuple[object, ...], list[tuple[int, int, Number]]] = defaultdict(list)
        others: dict[tuple[object, ...], list[tuple[int, Figure]]] = defaultdict(list)
        first: dict[tuple[object, ...], Figure] = {}
        for number, figure in enumerate(plain):
            if figure.low:
                names = figure.country, figure.province, figure.nationality, figure.dataset
                if names not in first:
                    first[names] = figure
                period = figure.period
                start, end, is_sure = period if period is not None else (None, None, False)
                if is_sure and start is not None and start == end:
                    days[names].append((start, number, figure.low))
                else:
                    others[names].append((number, figure))
        self.all = [Place(figure, days[names], others[names]) for names, figure in first.items()]
        self._by_names: dict[Names, dict[Names, list[Place]]] = defaultdict(lambda: defaultdict(list))
        for place in self.all:
            self._by_names[place.names.provinces][place.names.nationalities].append(place)

    def near(self, covered: Scope) -> Iterator[Place]:
        """Yield the places whose names are compatible with those of a claim."""
        for by_nationality in _compatible(self._by_names, covered.provinces):
            for places in _compatible(by_nationality, covered.nationalities):
                for place in places:
                    if not place.is_outside(covered):
                        yield place

    def overlapping(self, covered: Sequence[Scope]) -> Iterator[int]:
        """Yield the positions of the incidents that all of these claims may include, judging by their scopes alone."""
        for place in self.near(covered[0]):
            if not any(place.is_outside(one) for one in covered[1:]):
                yield from place.overlapping(covered)

    def are_at_least(self, low: Number, covered: Scope) -> bool:
        """Say whether the lows of the single-day incidents that a claim may include add up to at least this number."""
        found: Number = 0
        for place in self.near(covered):
            found += place.least_within(covered)
            if low <= found:
                return True
        return low <= found


def _compatible(by_names: Mapping[Names, Value], names: Names) -> Iterable[Value]:
    """Return the values under names that are compatible with these; a claim seldom has more than one name."""
    if not names:
        return by_names.values()
    wanted = [scope.NOWHERE, *(frozenset((name,)) for name in names)]
    wanted += [one for one in by_names if len(one) > 1 and not one.isdisjoint(names)]  # regions abroad
    return [by_names[one] for one in wanted if one in by_names]


def within(dated: Sequence[tuple[int, int]], covered: Scope) -> Iterator[int]:
    """Yield positions, from pairs of a first day and a position, whose day the claim covers, if its days are known."""
    if covered.start is not None:
        first, last = _on_days(dated, covered)
        yield from (number for _, number in dated[first:last])


def _on_days(dated: Sequence[tuple[int, int]], covered: Scope) -> tuple[int, int]:
    """Return the range of sorted days that a claim covers, or the whole range if its days are not known."""
    if covered.start is None or covered.end is None:
        return 0, len(dated)
    return bisect_left(dated, (covered.start, -1)), bisect_left(dated, (covered.end + 1, -1))
