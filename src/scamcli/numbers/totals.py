"""Add up the entries of a row without counting anything twice (rules 7 to 10 of ``docs/honest-numbers.md``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scamcli.language.wording.bounds import UNKNOWN, Bounds, Number
from scamcli.language.wording.numerals import tidy
from scamcli.numbers.combining import added
from scamcli.numbers.heaviest import heaviest, weight
from scamcli.numbers.relations import Relations, members


@dataclass(frozen=True)
class Total:
    """What the entries of a row come to.

    Attributes:
        bounds: The number. The low is the largest sum of numbers that cannot overlap.
        limit: The most that a row can be, if a total covers all of it and includes all its entries.
        counted: The entries that make up the low.
        tops: The entries of the row that lie in no other entry of it.
        around: The totals that give the best and the high, while what lies inside them makes up the low.
        inside: The entries that lie inside an entry that is counted.
        not_added: The entries that give no bound and lie inside none that is counted: they may overlap those that are.
        exceeded: The totals that are smaller than what lies inside them.
        is_sum: Whether everything that lies in nothing else was added up.
        is_exact: Whether the low was searched for exactly.
    """

    bounds: Bounds
    limit: Number | None
    counted: int
    tops: int
    around: int
    inside: int
    not_added: int
    exceeded: int
    is_sum: bool
    is_exact: bool


def total(related: Relations, row: int, partly: int = 0, covering: int = 0) -> Total:
    """Return what the entries of a row come to.

    Args:
        related: The entries of the metric and unit, and how they relate.
        row: The entries that lie wholly in the row. All of them are numbers at one moment, or none.
        partly: The entries that lie partly in the row, and partly outside.
        covering: The totals, in the row or partly in it, whose scope covers the whole row.
    """
    if any(related.entries[i].kind == "moment" for i in members(row)):
        return _moments(related, row)
    sums = _Sums(related, row | partly)
    counted, is_exact = heaviest(sums.lows, related.may_overlap, row)
    low = sums.low_of(counted, row)
    tops = _tops(related, row)
    exceeded = sum(1 << i for i in members(row) if sums.is_exceeded(i))
    is_sum = not partly and _are_apart(related, tops)
    best = high = None
    if is_sum:
        best = added(sums.best(i) for i in members(tops))
        high = added(sums.high(i) for i in members(tops))
    limit = _limit(related, sums, row | partly, covering) if partly else None
    if best is not None and low is not None and best < low:
        best = None
    if high is not None and low is not None and high < low:
        high = low
    counted = _with_numbers_without_low(related, counted, tops)
    around = 0 if best is None and high is None else tops & ~counted
    inside = 0
    for i in members(counted | around):
        inside |= related.inside[i] & row
    inside &= ~counted
    return Total(
        Bounds(low, best, high),
        limit=limit,
        counted=counted,
        tops=tops,
        around=around,
        inside=inside,
        not_added=row & ~counted & ~around & ~inside,
        exceeded=exceeded,
        is_sum=is_sum,
        is_exact=is_exact,
    )


def _moments(related: Relations, row: int) -> Total:
    """Return the largest of several numbers at one moment, which are never added up."""
    entries = related.entries
    lows = {i: low for i in members(row) if (low := entries[i].bounds.low) is not None}
    largest = max(lows, key=lambda i: (lows[i], -i), default=next(members(row)))
    is_only_one = row & (row - 1) == 0
    bounds = entries[largest].bounds if is_only_one else Bounds(lows.get(largest), None, None)
    counted = 1 << largest
    return Total(bounds, None, counted, row, 0, 0, row & ~counted, 0, is_sum=is_only_one, is_exact=True)


def _with_numbers_without_low(related: Relations, counted: int, tops: int) -> int:
    """Return what is counted with those entries that have no low, if they overlap nothing that is counted."""
    for i in members(tops & ~counted):
        if not related.may_overlap[i] & counted:
            counted |= 1 << i
    return counted


def _tops(related: Relations, row: int) -> int:
    """Return the entries of a row that lie in no other entry of it."""
    tops = 0
    for i in members(row):
        if not related.outside[i] & row:
            tops |= 1 << i
    return tops


def _are_apart(related: Relations, tops: int) -> bool:
    """Say whether no two entries may overlap. An entry of nobody overlaps with nothing."""
    counting = 0
    for i in members(tops):
        if related.entries[i].bounds.high != 0:
            counting |= 1 << i
    return all(not related.may_overlap[i] & counting for i in members(counting))


def _limit(related: Relations, sums: _Sums, everything: int, covering: int) -> Number | None:
    """Return the most that a row can be because a total covers all of it and includes all its entries (rule 10)."""
    including = [i for i in members(covering) if everything & ~related.inside[i] & ~(1 << i) == 0]
    return min((high for i in including if (high := sums.high(i)) is not None), default=None)


class _Sums:
    """The numbers of entries with what lies inside them."""

    def __init__(self, related: Relations, everything: int) -> None:
        self._related = related
        self._everything = everything
        self.lows: Sequence[Number] = [entry.bounds.low or 0 for entry in related.entries]
        self._most_stated: Sequence[Number] = [
            _most_stated(entry.bounds, entry.is_contested) for entry in related.entries
        ]

    def low_of(self, counted: int, row: int) -> Number | None:
        """Return the low of the counted entries of a row, or ``None`` if no entry has a low."""
        if all(self._related.entries[i].bounds.low is None for i in members(row)):
            return None
        below_zero = sum(self.lows[i] for i in members(row) if self.lows[i] < 0)
        return tidy(weight(counted, self.lows) + below_zero)

    def is_exceeded(self, i: int) -> bool:
        """Say whether what lies inside an entry adds up to more than the entry can be."""
        high = self._related.entries[i].bounds.high
        if high is None or weight(self._related.inside[i] & self._everything, self.lows) <= high:
            return False  # not even if nothing inside it overlaps
        return self._inner(i, self.lows) > high

    def best(self, i: int) -> Number | None:
        """Return the best of an entry, unless what lies inside it adds up to more."""
        best = self._related.entries[i].bounds.best
        if best is None or not self._related.inside[i] & self._everything:
            return best
        return best if self._inner(i, self._most_stated) <= best else None

    def high(self, i: int) -> Number | None:
        """Return the high of an entry, in which a disputed number counts with the highest that somebody states.

        If what lies inside the entry adds up to more, nothing limits it.
        """
        high = self._related.entries[i].bounds.high
        if high is None or not self._related.inside[i] & self._everything:
            return high
        if self.is_exceeded(i):
            return None
        return max(high, self._inner(i, self._most_stated))

    def _inner(self, i: int, weights: Sequence[Number]) -> Number:
        inner = self._related.inside[i] & self._everything
        chosen, _ = heaviest(weights, self._related.may_overlap, inner)
        return weight(chosen, weights)


def _most_stated(bounds: Bounds, is_contested: bool) -> Number:
    """Return the highest number that somebody states of a disputed entry, or the low of any other entry."""
    if is_contested and bounds.high is not None:
        return bounds.high
    return bounds.low or 0


EMPTY = Total(UNKNOWN, None, 0, 0, 0, 0, 0, 0, is_sum=True, is_exact=True)
