"""What a running total rose by within some days (rule 11 of ``docs/honest-numbers.md``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scamcli.language.wording.bounds import Bounds, Number
from scamcli.language.wording.numerals import tidy
from scamcli.numbers.combining import together
from scamcli.numbers.entries import Entry
from scamcli.numbers.scope import Scope


@dataclass(frozen=True)
class Rise:
    """A rise between two statements of a running total.

    Attributes:
        earlier: The earlier statement, or ``None`` for the rise since the start of the running total.
        later: The later statement.
        first: The first day of the rise.
        last: Its last day.
        bounds: The rise, never below zero.
    """

    earlier: Entry | None
    later: Entry
    first: int
    last: int
    bounds: Bounds


def rise_within(series: Sequence[Entry], first: int, last: int) -> Rise | None:
    """Return the longest rise of a running total that lies wholly within some days, if there is one.

    Args:
        series: The statements of a running total in order of their last days.
        first: The first day.
        last: The last day, included.
    """
    ending_within = [entry for entry in series if first - 1 <= _as_of(entry) <= last]
    if not ending_within:
        return None
    start = series[0].scope.start
    later = ending_within[-1]
    if start is not None and first <= start:
        return Rise(None, later, start, _as_of(later), later.bounds)
    earlier = ending_within[0]
    if _as_of(earlier) == _as_of(later):
        return None
    return Rise(earlier, later, _as_of(earlier) + 1, _as_of(later), _difference(later.bounds, earlier.bounds))


def part_within(series: Sequence[Entry], first: int, last: int) -> Entry | None:
    """Return what a running total says about some days, as a total of these days.

    The low is the rise wholly within these days, and the high is the rise of the shortest time that covers them. It is
    ``None`` if the running total says nothing about these days.
    """
    start, end = series[0].scope.start, _as_of(series[-1])
    before = [entry for entry in series if _as_of(entry) < first]
    begins_within = start is not None and first <= start
    if end < first or (start is not None and last < start) or not (before or begins_within or start is not None):
        return None
    after = next((entry for entry in series if last <= _as_of(entry)), series[-1])
    within = rise_within(series, first, last)
    least_before = 0 if not before else before[-1].bounds.low or 0
    high = None if after.bounds.high is None else max(0, tidy(after.bounds.high - least_before))
    best = None
    covers_exactly = within is not None and within.last >= min(last, end) and within.first <= max(first, start or first)
    if within is not None and covers_exactly:
        best = within.bounds.best
    return Entry(
        statements=(),
        bounds=Bounds(0 if within is None else within.bounds.low, best, high),
        kind="total",
        scope=after.scope.on_days(first if start is None else max(first, start), min(last, end)),
        stories=after.stories,
        events=frozenset(event for entry in series for event in entry.events),
        label="rise",
    )


def behind(series: Sequence[Entry], first: int, last: int) -> list[Entry]:
    """Return the statements of a running total from which `part_within` follows."""
    after = next((entry for entry in series if last <= _as_of(entry)), None)
    has_high = after is not None and after.bounds.high is not None
    before = [entry for entry in series if _as_of(entry) < first][-1:]
    is_used = has_high or any(_as_of(entry) == first - 1 for entry in before)
    within = [entry for entry in series if first <= _as_of(entry) <= last]
    later = [after] if after is not None and has_high and after not in within else []
    return [*(before if is_used else []), *within, *later]


def one_question(parts: Sequence[Entry]) -> list[Entry]:
    """Return what running totals say about some days, with those of several speakers for the same days as one entry."""
    alike: dict[Scope, list[Entry]] = defaultdict(list)
    for part in parts:
        alike[part.scope].append(part)
    found = []
    for same in alike.values():
        bounds, is_contested = together([part.bounds for part in same])
        found.append(replace(same[0], bounds=bounds, is_contested=is_contested) if len(same) > 1 else same[0])
    return found


def _as_of(entry: Entry) -> int:
    """Return the last day of a statement of a running total, which every statement of a series has."""
    assert entry.scope.end is not None
    return entry.scope.end


def _difference(later: Bounds, earlier: Bounds) -> Bounds:
    low = _less(later.low, earlier.high)
    best = _less(later.best, earlier.best)
    high = _less(later.high, earlier.low or 0)
    return Bounds(low, best, high)


def _less(number: Number | None, less: Number | None) -> Number | None:
    """Return a difference that is not below zero: nothing that happened can be undone."""
    return None if number is None or less is None else max(0, tidy(number - less))
