"""The numbers of an estimate without the account of how each figure entered: the same, for very many figures.

Most figures stand alone: they are no part, have none, and nobody states them again. Those need no families, and of
those on the same days the lower bound can count one only, the largest.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures.ancestry import ancestors
from scamcli.figures.families import Group, largest
from scamcli.figures.groups import are_apart, known_days, refuse
from scamcli.figures.repeats import statement, words
from scamcli.figures.schedule import Span, heaviest
from scamcli.language.wording.bounds import Number, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scamcli.figures.records import Figure, Key
    from scamcli.language.dates import Period


class Tally(NamedTuple):
    """What a group comes to; as in an `Estimate`."""

    low: Number | None
    best: Number | None
    high: Number | None
    sum_low: Number | None
    figures: int


class _Part(NamedTuple):
    """A family, for its best and high."""

    low: Number | None
    best: Number | None
    high: Number | None
    period: Period | None


def tally(
    group: Sequence[Figure], *, wholes: Mapping[Key, Figure], repeated_events: Iterable[tuple[str, str]] = ()
) -> Tally:
    """Tally a group of figures: the numbers of `estimate`, whose arguments and errors these are."""
    refuse(group)
    repeated = list(repeated_events)
    alone, rest = _apart(group, wholes, repeated)
    items = [(figure.low, figure.period) for figure in alone]
    parts = [_Part(figure.low, figure.best, figure.high, figure.period) for figure in alone]
    claims = len(alone)
    if rest:
        read = Group(rest, wholes, repeated)
        items += [(item.low, item.period) for item in read.items]
        parts += [_Part(one.low, one.top.best, one.top.high, one.top.period) for one in read.families()]
        claims += len(read.claims)
    stock = any(figure.count == "stock" for figure in group)
    highs = [part.high for part in parts]
    return Tally(
        low=_low(items, stock=stock),
        best=_best(parts, stock=stock),
        high=None if None in highs or (stock and len(highs) > 1) else total(highs),
        sum_low=None if stock else total(part.low for part in parts),
        figures=claims,
    )


def _apart(
    group: Sequence[Figure], wholes: Mapping[Key, Figure], repeated: list[tuple[str, str]]
) -> tuple[list[Figure], list[Figure]]:
    """Those that stand alone, and the others."""
    between = {event for pair in repeated for event in pair}
    family = {figure.event for figure in group if figure.part_of is not None} | between
    said = [statement(figure) for figure in group]
    times = Counter(said)
    elsewhere = _wordings(group, wholes, between, family) if family else frozenset()
    alone: list[Figure] = []
    rest: list[Figure] = []
    for figure, made in zip(group, said, strict=True):
        is_once = made is None or (times[made] == 1 and words(figure.stated) not in elsewhere)
        (alone if is_once and figure.event not in family else rest).append(figure)
    return alone, rest


def _wordings(
    group: Sequence[Figure], wholes: Mapping[Key, Figure], between: set[str], family: set[str]
) -> frozenset[str | None]:
    """The wordings of what stands in families: a part takes from its whole what its statement lacks."""
    others = {figure.key: figure for figure in group if figure.event in family}
    for figure in list(others.values()):
        others |= {whole.key: whole for whole in ancestors(figure, wholes)}
    if between:
        others |= {key: figure for key, figure in wholes.items() if figure.event in between}
    return frozenset(words(figure.stated) for figure in others.values())


def _low(items: Sequence[tuple[Number | None, Period | None]], *, stock: bool) -> Number | None:
    """The greatest sum of lows over days that are apart, or the largest low."""
    single = largest(low for low, _ in items)
    if single is None or stock:
        return single
    heaviest_on: dict[tuple[int, int], Number] = {}
    for low, period in items:
        days = known_days(period)
        if days is not None and low is not None and low > heaviest_on.get(days, 0):
            heaviest_on[days] = low
    spans = [Span(*days, low, place) for place, (days, low) in enumerate(heaviest_on.items())]
    apart = total(spans[place].weight for place in heaviest(spans))
    return single if apart is None else max(single, apart)


def _best(parts: Sequence[_Part], *, stock: bool) -> Number | None:
    bests = [part.best for part in parts]
    if len(bests) == 1:
        return bests[0]
    if stock or None in bests or not are_apart([known_days(part.period) for part in parts]):
        return None
    return total(bests)
