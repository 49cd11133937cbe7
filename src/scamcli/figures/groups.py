"""The estimate of a group of figures, which counts no occurrence twice: rule 2 of honest numbers.

What a figure counts are occurrences, and two figures may count the same ones. So lows are added only over
periods that share no day, or along a split that its source declares; everything else is bounded by its
largest.
"""

from __future__ import annotations

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
    "largest": "its low is the low of the group, the largest there is",
    "added": "its low is added: its days are known, and overlap those of no other that is added",
    "split": "its low is in the sum of the parts of a declared split",
    "part": "a part of another figure, which has it already",
    "repeats": "states again what another figure states, and counts once with it",
    "unknown": "no lower bound is known, so it adds nothing",
    "undated": "its days are not known for sure, so it may be among those counted",
    "unplaced": "the days of the larger one that is counted are not known, so it may be among it",
    "overlaps": "shares days with what is counted, so it may be among it",
    "smaller": "the same people may be in the larger number held at another moment",
}
"""How a figure entered the low of its group, or why it did not."""


class Entry(NamedTuple):
    """How one figure entered: `other` is its whole or what it repeats, `low` what it gave."""

    figure: Key
    how: How
    other: Key | None
    low: Number | None


class Estimate(NamedTuple):
    """What a group comes to. `low` is proved; `best` and `high` are `None` unless every family gives them.

    `sum_low` is the low if nothing overlapped, `figures` how many were counted (a repeat counts with what it
    repeats), `families` the figures whose best and high are the group's, `entries` one line for each figure
    given.
    """

    low: Number | None
    best: Number | None
    high: Number | None
    sum_low: Number | None
    figures: int
    families: tuple[Key, ...]
    entries: tuple[Entry, ...]


def estimate(
    group: Sequence[Figure],
    *,
    wholes: Mapping[Key, Figure],
    repeated_events: Iterable[tuple[str, str]] = (),
) -> Estimate:
    """Estimate how many occurrences a group of figures counts, at least, most likely and at most.

    The low is the larger of: the greatest sum of lows over items whose known periods share no day (weighted
    interval scheduling, O(n log n)); the largest low of one item. An item is a figure, or a declared split
    with the sum of its parts in the group. A group with a `stock` in it adds nothing over time. The days of a
    part that is dated outside of its whole are a mistake of the record, and prove nothing.

    Args:
        group: figures of one metric and one unit, of any events.
        wholes: every figure of the events concerned, by key: a part takes from its whole what it does not
            say.
        repeated_events: pairs of ids of events between which there is a `repeats` link, in either order.

    Raises:
        ValueError: the figures differ in metric or unit, or one has the count `none` and so is a row of its
            own.
    """
    refuse(group)
    read = Group(group, wholes, repeated_events)
    stock = any(figure.count == "stock" for figure in group)
    counted = _counted(read.items, stock=stock)
    families = read.families()
    return Estimate(
        low=total(item.low or 0 for item in counted),
        best=_best(families, stock=stock),
        high=_high(families, stock=stock),
        sum_low=None if stock else total(family.low for family in families),
        figures=len(read.claims),
        families=tuple(family.top.figures[0].key for family in families),
        entries=_entries(read, counted, stock=stock),
    )


def refuse(group: Sequence[Figure]) -> None:
    """Refuse what is not one group; raises ValueError."""
    if len({(figure.metric, figure.unit) for figure in group}) > 1:
        raise ValueError("figures of different metrics or units are not one group")
    if any(figure.count == "none" for figure in group):
        raise ValueError("figures with the count none are never combined: each is a row of its own")


def _counted(items: Sequence[Item], *, stock: bool) -> list[Item]:
    """The items whose lows make the low of the group."""
    known = [item for item in items if item.low is not None]
    if not known:
        return []
    single = max(known, key=lambda item: item.low or 0)
    spans = () if stock else (span for place, item in enumerate(known) if (span := _span(item, place)))
    apart = [known[place] for place in heaviest(spans)]
    return apart if sum(item.low or 0 for item in apart) > (single.low or 0) else [single]


def _span(item: Item, place: int) -> Span | None:
    days = known_days(item.period)
    return None if days is None or item.low is None else Span(*days, item.low, place)


def known_days(period: Period | None) -> tuple[int, int] | None:
    """The first and last day of a known period; reversed ends prove nothing."""
    if period is None or not period.sure or period.start is None or period.end is None:
        return None
    return (period.start, period.end) if period.start <= period.end else None


def _best(families: Sequence[Family], *, stock: bool) -> Number | None:
    if len(families) == 1:
        return families[0].top.best
    bests = [family.top.best for family in families]
    if stock or None in bests or not are_apart([known_days(family.top.period) for family in families]):
        return None
    return total(bests)


def are_apart(periods: Sequence[tuple[int, int] | None]) -> bool:
    """Whether all periods are known and no two share a day."""
    known = sorted(period for period in periods if period is not None)
    apart = all(one[1] < other[0] for one, other in pairwise(known))
    return apart and len(known) == len(periods)


def _high(families: Sequence[Family], *, stock: bool) -> Number | None:
    highs = [family.top.high for family in families]
    return None if None in highs or (stock and len(highs) > 1) else total(highs)


def _entries(read: Group, counted: Sequence[Item], *, stock: bool) -> tuple[Entry, ...]:
    placed = {key: item for item in counted for key in item.claims}
    alone = len(counted) == 1
    return tuple(
        _repeat(figure, claim)
        if figure is not claim.figures[0]
        else _counted_entry(figure, claim, placed[claim.key], alone=alone)
        if claim.key in placed
        else _left_out(figure, claim, read, _way_of(counted, stock=stock))
        for claim in read.claims.values()
        for figure in claim.figures
    )


def _repeat(figure: Figure, claim: Claim) -> Entry:
    return Entry(figure.key, "repeats", claim.figures[0].key, None)


def _counted_entry(figure: Figure, claim: Claim, item: Item, *, alone: bool) -> Entry:
    if item.whole is not None:
        return Entry(figure.key, "split", item.whole, claim.low)
    return Entry(figure.key, "largest" if alone else "added", None, claim.low)


def _way_of(counted: Sequence[Item], *, stock: bool) -> How:
    """Why a figure with known days is left out, given what is counted."""
    if stock:
        return "smaller"
    return "unplaced" if len(counted) == 1 and known_days(counted[0].period) is None else "overlaps"


def _left_out(figure: Figure, claim: Claim, read: Group, dated: How) -> Entry:
    if claim.low is None:
        return Entry(figure.key, "unknown", None, None)
    if read.parents[claim.key]:
        return Entry(figure.key, "part", read.claims[read.parents[claim.key][0]].figures[0].key, None)
    if dated != "smaller" and known_days(claim.period) is None:
        return Entry(figure.key, "undated", None, None)
    return Entry(figure.key, dated, None, None)
