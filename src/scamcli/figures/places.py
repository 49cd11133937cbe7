"""An index of the plain incidents of a group by place, nationality and day: few of them may be within a claim."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

from scamcli.figures import scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scamcli.figures.records import Figure
    from scamcli.figures.scope import Names, Scope
    from scamcli.language.wording.bounds import Number

    Value = TypeVar("Value")


class Place:
    """The plain incidents that name the same places and nationalities.

    They are known by their positions in the group. Those on one day are sorted by that day, with the sums of their lows
    up to each; the others are looked at one by one.

    Attributes:
        names: What they cover, apart from their days and events: no claim is from the event of a plain incident.
        days: The day and position of those on one day, in order.
        others: The scope and position of the others.
    """

    def __init__(
        self, names: Figure, on_one_day: list[tuple[int, int, Number]], others: list[tuple[int, Figure]]
    ) -> None:
        self.names = scope.scope_of([names])._replace(start=None, end=None, is_exact=False, events=frozenset())
        self.others = [(scope.scope_of([figure]), number) for number, figure in others]
        on_one_day.sort()
        self.days = [(day, number) for day, number, _ in on_one_day]
        self._sums = [0, *accumulate(low for *_, low in on_one_day)]

    def is_outside(self, covered: Scope) -> bool:
        """Say whether the names of a claim, or the data set that it is in, exclude these incidents."""
        return scope.names_differ(covered, self.names) or scope.are_different_rows(covered, self.names)

    def overlapping(self, covered: Sequence[Scope]) -> Iterator[int]:
        """Yield the incidents that each of these claims may include, if their names do not speak against it."""
        stretches = [_on_days(self.days, one) for one in covered]
        first, last = max(first for first, _ in stretches), min(last for _, last in stretches)
        yield from (number for _, number in self.days[first:last])
        for own, number in self.others:
            if not any(scope.shares_no_day(one, own) for one in covered):
                yield number

    def least_within(self, covered: Scope) -> Number:
        """Return the sum of lows of the incidents on one day that a claim may include, as far as days decide it."""
        first, last = _on_days(self.days, covered)
        return self._sums[last] - self._sums[first]


class Places:
    """An index of plain incidents with a low, by province and nationality."""

    def __init__(self, plain: Sequence[Figure]) -> None:
        days: dict[tuple[object, ...], list[tuple[int, int, Number]]] = defaultdict(list)
        others: dict[tuple[object, ...], list[tuple[int, Figure]]] = defaultdict(list)
        first: dict[tuple[object, ...], Figure] = {}
        for number, figure in enumerate(plain):
            if figure.low:
                names = figure.country, figure.province, figure.nationality, figure.dataset
                first.setdefault(names, figure)
                period = figure.period
                if period is not None and period.known and period.start is not None and period.start == period.end:
                    days[names].append((period.start, number, figure.low))
                else:
                    others[names].append((number, figure))
        self.all = [Place(figure, days[names], others[names]) for names, figure in first.items()]
        self._by_names: dict[Names, dict[Names, list[Place]]] = defaultdict(lambda: defaultdict(list))
        for place in self.all:
            self._by_names[place.names.provinces][place.names.nationalities].append(place)

    def near(self, covered: Scope) -> list[Place]:
        """Return the places whose names do not exclude those of a claim."""
        return [
            place
            for by_nationality in _compatible(self._by_names, covered.provinces)
            for places in _compatible(by_nationality, covered.nationalities)
            for place in places
            if not place.is_outside(covered)
        ]

    def overlapping(self, covered: Sequence[Scope]) -> Iterator[int]:
        """Yield the positions of the incidents that each of these claims may include, as far as their scopes say."""
        for place in self.near(covered[0]):
            if not any(place.is_outside(one) for one in covered[1:]):
                yield from place.overlapping(covered)

    def least_within(self, covered: Scope) -> Number:
        """Return the sum of lows of the incidents on one day that a claim may include."""
        return sum(place.least_within(covered) for place in self.near(covered))


def _compatible(by_names: Mapping[Names, Value], names: Names) -> Iterable[Value]:
    """Return the values whose names do not exclude these: a claim has one name or none, and seldom more."""
    if not names:
        return by_names.values()
    wanted = (scope.NOWHERE, *(frozenset((name,)) for name in names))
    return [by_names[one] for one in wanted if one in by_names]


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
