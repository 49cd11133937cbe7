"""What running totals rose by between two of their statements, within a range of days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures import Period, render_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scamcli.figures import Figure, Number


class Rise(NamedTuple):
    """A figure that nobody stated, and the later of the two statements that it is the difference of."""

    figure: Figure
    later: Figure


def rises(statements: Iterable[Figure], ranges: Iterable[tuple[float, float]]) -> list[Rise]:
    """Return the rises of the running totals among these figures.

    A series is what one speaker counts since one day, of the same place and people. A rise is the difference of the
    first and the last statement that end in the range, or on the day before it. If the count starts in the range, the
    last statement is itself of the range.
    """
    found = []
    every = [one for one in statements if one.count == "cumulative" and one.stated_by and _end(one) is not None]
    for name in dict.fromkeys(map(_name, every)):
        series = sorted((one for one in every if _name(one) == name), key=lambda one: (_end(one), one.key))
        start = series[0].period.start if series[0].period else None
        for first, last in ranges:
            within = [one for one in series if first - 1 <= (_end(one) or 0) <= last]
            is_older = start is None or start < first
            if is_older and within and _end(within[0]) != _end(within[-1]):
                ends = [[one for one in within if _end(one) == _end(end)] for end in (within[0], within[-1])]
                found.append(Rise(_difference(*ends), within[-1]))
    return found


def _name(figure: Figure) -> tuple[object, ...]:
    names = (figure.stated_by, figure.country, figure.province, figure.nationality, figure.group)
    start = figure.period.start if figure.period else None
    return (figure.unit, start, *(name and " ".join(name.casefold().split()) for name in names))


def _end(figure: Figure) -> int | None:
    """The last day that it counts: of its period, if that ends, else of its event. ``None`` if that is uncertain."""
    when = figure.period if figure.period and figure.period.end is not None else figure.day
    return when.end if when and when.sure else None


def _difference(befores: list[Figure], afters: list[Figure]) -> Figure:
    """The rise from any statement as of one day to any as of a later one; only a low if all of it may be a fall."""
    before, after = befores[0], afters[-1]
    pairs = [(one, other) for one in befores for other in afters]
    lows = [_less(other.low, one.high) for one, other in pairs]
    bests = {_less(other.best, one.best) for one, other in pairs}
    are_alike = all(len({one.best for one in figures}) == 1 for figures in (befores, afters))
    highs = [None if other.high is None else other.high - (one.low or 0) for one, other in pairs]
    low = None if None in lows else max(0, min(one for one in lows if one is not None))
    best = bests.pop() if are_alike else None
    high = None if None in highs else max(one for one in highs if one is not None)
    if (best is not None and best < 0) or (high is not None and high < 0):
        best = high = None
    return after._replace(
        low=low, best=best, high=high,
        count="aggregate", id=f"{after.id} - {before.event} {before.id}", part_of=None, split=None,
        period=Period((_end(before) or 0) + 1, _end(after), True), stated=f"{_words(after)} less {_words(before)}",
    )  # fmt: skip


def _less(number: Number | None, other: Number | None) -> Number | None:
    return None if number is None or other is None else number - other


def _words(figure: Figure) -> str:
    return figure.stated or render_bounds(figure.bounds)
