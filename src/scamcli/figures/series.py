"""Running totals: series of statements, each of which replaces the one before.

This is rule 6 of ``docs/honest-numbers.md``.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from scamcli.figures.claims import normalise_words
from scamcli.language.dates import Period
from scamcli.language.wording.bounds import Bounds, Number, render_bounds
from scamcli.language.wording.numerals import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scamcli.figures.records import Figure


def find(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Return the series among resolved figures, each ordered by the last days of its statements.

    The statements of a series agree in metric, unit, speaker, start, province, nationality and group. Statements
    without a start are taken to have the same one. A running total without a speaker or a last day is in no series.
    """
    found: dict[tuple[object, ...], list[tuple[int, Figure]]] = defaultdict(list)
    for figure in figures:
        if figure.count != "cumulative" or figure.stated_by is None or (end := as_of(figure)) is None:
            continue
        found[subject(figure)].append((end, figure))
    in_order = [sorted(one, key=lambda pair: (pair[0], pair[1].key)) for one in found.values()]
    return [[figure for _, figure in statements] for statements in in_order if len(statements) > 1]


def subject(figure: Figure) -> tuple[object, ...]:
    """Return what is equal in all statements of a running total."""
    named = (figure.stated_by, figure.country, figure.province, figure.nationality, figure.group)
    start = figure.period.start if figure.period is not None else None
    return (figure.metric, figure.unit, start, *map(normalise_words, named))


def as_of(figure: Figure) -> int | None:
    """Return the last day that a running total covers: the end of its period, or otherwise the day of its event."""
    for period in (figure.period, figure.day):
        if period is not None and period.end is not None:
            return period.end if period.sure else None
    return None


def decreases(statements: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Return pairs of statements as of successive days, where the second is certainly lower."""
    days = [list(group) for _, group in groupby(statements, as_of)]
    return [
        (earlier, later)
        for before, after in pairwise(days)
        for earlier in before
        for later in after
        if earlier.low is not None and later.high is not None and later.high < earlier.low
    ]


def difference(statements: Sequence[Figure], first: int, last: int) -> Figure | None:
    """Return the rise of a running total within a range of days, as a derived aggregate.

    The rise is the difference between two days: the earliest day with a statement on or after the day before the range,
    and the latest one within the range. It is computed by interval arithmetic over all statements as of these days, and
    is never below zero. Nothing but that is known about the rise of a total that certainly goes down.

    Args:
        statements: A series, in order.
        first: The first day of the range.
        last: Its last day, included.

    Returns:
        ``None`` if fewer than two statements end on different days from ``first`` - 1 to ``last``.
    """
    within = [one for one in statements if first - 1 <= (as_of(one) or 0) <= last]
    if len(within) < 2 or as_of(within[0]) == as_of(within[-1]):
        return None
    before, after = within[0], within[-1]
    earlier, later = (_as_of_one_day([one for one in within if as_of(one) == as_of(end)]) for end in (before, after))
    low, best, high = (
        _less(later.low, earlier.high), _less(later.best, earlier.best), _less(later.high, earlier.low or 0),
    )  # fmt: skip
    if (high is not None and high < 0) or (best is not None and best < 0):
        best = high = None
    return after._replace(
        low=None if low is None else max(0, low), best=best, high=high, count="aggregate",
        id=f"{after.id} - {before.event} {before.id}",
        period=Period((as_of(before) or 0) + 1, as_of(after), sure=True), part_of=None, split=None,
        stated=f"{_words(after)} less {_words(before)}",
    )  # fmt: skip


def _as_of_one_day(statements: Sequence[Figure]) -> Bounds:
    """Return bounds that allow for any of the statements as of one day being right."""
    lows, bests, highs = zip(*(one.bounds for one in statements), strict=True)
    return Bounds(
        None if None in lows else min(lows), bests[0] if len(set(bests)) == 1 else None,
        None if None in highs else max(highs),
    )  # fmt: skip


def _words(figure: Figure) -> str:
    return figure.stated or render_bounds(figure.bounds)


def _less(number: Number | None, less: Number | None) -> Number | None:
    return None if number is None or less is None else tidy(number - less)
