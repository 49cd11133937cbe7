"""The estimate of a group of figures, which counts no occurrence twice: rule 2 of honest numbers.

Figures count occurrences, and two figures may count the same ones. So lows are added only over periods that share no
day, or along a split that its source declares; everything else is bounded by its largest figure.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from scamcli.figures.families import Claim, Family, Group, Item
from scamcli.figures.schedule import Span, heaviest
from scamcli.language.wording.bounds import Number, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scamcli.figures.records import Figure, Key
    from scamcli.language.dates import Period

How = Literal["largest", "added", "split", "part", "repeats", "unknown", "undated", "unplaced", "overlaps", "smaller"]

HOW: Mapping[How, str] = {
    "largest": "counted: its low is the largest of the group",
    "added": "counted: its low is added, because its days are known and no other added figure shares them",
    "split": "counted: its low is added to those of the other parts of a declared split",
    "part": "not added: it is a part of another figure, which includes it",
    "repeats": "not added: it repeats another figure, and the two count once",
    "unknown": "not added: its lower bound is unknown",
    "undated": "not added: its days are uncertain or unknown, so a counted figure may include it",
    "unplaced": "not added: the larger counted figure, whose days are unknown, may include it",
    "overlaps": "not added: it shares days with a counted figure, which may include it",
    "smaller": "not added: the same people may be in the larger number, held at another moment",
}
"""How a figure entered the low of its group, or why it did not."""


class Entry(NamedTuple):
    """How one figure entered the low of its group (a key of `HOW`), and what it contributed.

    ``other`` is its whole, or the figure that it repeats.
    """

    figure: Key
    how: How
    other: Key | None
    low: Number | None


@dataclass(frozen=True)
class Estimate:
    """What a group of figures comes to.

    Attributes:
        low: The proved lower bound.
        best: The sum of the bests; ``None`` unless each family has one and no two can overlap.
        high: The sum of the highs; ``None`` unless each family has one.
        sum_low: What the low would be if nothing overlapped.
        figures: How many figures were counted, where repetitions count once.
    """

    low: Number | None
    best: Number | None
    high: Number | None
    sum_low: Number | None
    figures: int
    _group: Group = field(repr=False, compare=False)
    _counted: Sequence[Item | Figure] = field(repr=False, compare=False)
    _is_stock: bool = field(repr=False, compare=False)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """How each figure entered, one line per figure. It is worked out when it is read: few readers ask for it."""
        placed = {key: item for item in self._counted for key in _claims_of(item)}
        dated = _reason_for_dated(self._counted, is_stock=self._is_stock)
        return tuple(
            _entry(figure, claim, placed.get(claim.key), is_alone=len(self._counted) == 1)
            or _entry_left_out(figure, claim, self._group.whole_of(claim.key), dated)
            for claim in self._group.claims().values()
            for figure in claim.figures
        )

    @property
    def families(self) -> tuple[Key, ...]:
        """The figures whose best and high are those of the group."""
        return tuple(sorted(family.key for family in self._group.families))


def estimate(
    group: Sequence[Figure], *, wholes: Mapping[Key, Figure], repeated_events: Iterable[tuple[str, str]] = ()
) -> Estimate:
    """Estimate how many occurrences a group of figures counts: at least, most likely and at most.

    The low is the larger of two numbers: the greatest sum of lows over items whose known periods share no day
    (weighted interval scheduling, O(n log n)), and the largest low of one item. An item is a figure, or a declared
    split with the sum of its parts in the group. A group with a ``stock`` in it adds nothing over time. If a part is
    dated outside its whole, its record is mistaken, and its days prove nothing.

    Args:
        group: Figures of one metric and one unit, from any events.
        wholes: All figures of these events, by key. A part takes what it does not state from its whole.
        repeated_events: Pairs of ids of events between which there is a ``repeats`` link, in either order.

    Raises:
        ValueError: The figures differ in metric or unit, or one has the count ``none``, which is never combined.
    """
    if len({(figure.metric, figure.unit) for figure in group}) > 1:
        raise ValueError("figures of different metrics or units are not one group")
    if any(figure.count == "none" for figure in group):
        raise ValueError("figures with the count none are never combined: each is a row of its own")
    read = Group(group, wholes, repeated_events)
    is_stock = any(figure.count == "stock" for figure in group)
    counted = _counted(read.items, is_stock=is_stock)
    low, highs = total(item.low or 0 for item in counted), [family.high for family in read.families]
    high = None if None in highs or (is_stock and len(highs) > 1) else total(highs)
    sum_low = None if is_stock else total(family.low for family in read.families)
    return Estimate(low, _best(read.families, is_stock=is_stock), high, sum_low, len(read), read, counted, is_stock)


def _claims_of(item: Item | Figure) -> tuple[Key, ...]:
    return item.claims if isinstance(item, Item) else (item.key,)


def _counted(items: Sequence[Item | Figure], *, is_stock: bool) -> list[Item | Figure]:
    """Return the items whose lows make up the low of the group."""
    known = [item for item in items if item.low is not None]
    if not known:
        return []
    single = min(known, key=_largest_first)
    if is_stock:
        return [single]
    on_days: dict[tuple[int, int], list[Item | Figure]] = defaultdict(list)
    for item in known:
        days = _known_days(item.period)
        if days is not None and item.low:
            on_days[days].append(item)
    # Of the items on the same days only the largest can count, and most groups have many of those.
    candidates = [min(items, key=_largest_first) for items in on_days.values()]
    spans = [
        Span(*days, item.low or 0, place) for place, (days, item) in enumerate(zip(on_days, candidates, strict=True))
    ]
    apart = [candidates[place] for place in heaviest(spans)]
    return apart if sum(item.low or 0 for item in apart) > (single.low or 0) else [single]


def _largest_first(item: Item | Figure) -> tuple[Number, tuple[Key, ...]]:
    """Return a key that sorts items by their low, and equal ones by their claims, whatever their order."""
    return -(item.low or 0), _claims_of(item)


def _known_days(period: Period | None) -> tuple[int, int] | None:
    """Return the first and last day of a known period. A period that ends before it begins proves nothing."""
    if period is None or not period.sure or period.start is None or period.end is None:
        return None
    return (period.start, period.end) if period.start <= period.end else None


def _best(families: Sequence[Family | Figure], *, is_stock: bool) -> Number | None:
    if len(families) == 1:
        return families[0].best
    bests = [family.best for family in families]
    periods = [_known_days(family.period) for family in families]
    if is_stock or None in bests or None in periods:
        return None
    in_order = pairwise(sorted(period for period in periods if period is not None))
    return total(bests) if all(one[1] < other[0] for one, other in in_order) else None


def _reason_for_dated(counted: Sequence[Item | Figure], *, is_stock: bool) -> How:
    """Return why a figure whose days are known is left out."""
    if is_stock:
        return "smaller"
    return "unplaced" if len(counted) == 1 and _known_days(counted[0].period) is None else "overlaps"


def _entry(figure: Figure, claim: Claim, item: Item | Figure | None, *, is_alone: bool) -> Entry | None:
    """Return how a figure that counts, or repeats another, entered; ``None`` if it is left out."""
    if figure is not claim.figures[0]:
        return Entry(figure.key, "repeats", claim.figures[0].key, None)
    if isinstance(item, Item) and item.whole is not None:
        return Entry(figure.key, "split", item.whole, claim.low)
    return item and Entry(figure.key, "largest" if is_alone else "added", None, claim.low)


def _entry_left_out(figure: Figure, claim: Claim, whole: Key | None, dated: How) -> Entry:
    if claim.low is None:
        return Entry(figure.key, "unknown", None, None)
    if whole is not None:
        return Entry(figure.key, "part", whole, None)
    is_undated = dated != "smaller" and _known_days(claim.period) is None
    return Entry(figure.key, "undated" if is_undated else dated, None, None)
