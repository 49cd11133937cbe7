"""Which of many scopes lie around another one, and which may overlap it, without comparing each with each.

Sets are whole numbers, in which each scope has a bit of its own, as in `scamcli.numbers.relations`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import or_

from scamcli.numbers.scope import NAMED, Names, Scope, are_limited_to, exclude


class ScopeSets:
    """Scopes that others are compared with.

    Args:
        scopes: The bit of each, and the scope.
    """

    def __init__(self, scopes: Sequence[tuple[int, Scope]]) -> None:
        self._scopes = scopes
        self._all = sum(bit for bit, _ in scopes)
        self._approximate = sum(bit for bit, scope in scopes if scope.days == "approximate")
        self._without_start = sum(bit for bit, scope in scopes if scope.start is None)
        self._without_end = sum(bit for bit, scope in scopes if scope.end is None)
        self._starts = _ByDay((scope.start, bit) for bit, scope in scopes if scope.start is not None)
        self._ends = _ByDay((scope.end, bit) for bit, scope in scopes if scope.end is not None)
        self._by_names: dict[tuple[str, Names], tuple[int, int]] = {}

    def around(self, scope: Scope) -> int:
        """Return the set of scopes within which a scope lies, as `scamcli.numbers.scope.lies_within` says."""
        starting_before, ending_after = self._without_start, self._without_end
        if scope.days == "stated" and scope.start is not None:
            starting_before |= self._starts.until(scope.start)
        if scope.end is not None:
            ending_after |= self._ends.from_(scope.end)
        found = starting_before & ending_after & ~self._approximate
        for kind in NAMED:
            found &= self._of_names(kind, getattr(scope, kind))[0]
        return found

    def overlapping(self, scope: Scope) -> int:
        """Return the set of scopes that may have a day, a place and people in common with a scope."""
        apart = 0
        if scope.days != "approximate":
            if scope.start is not None:
                apart |= self._ends.before(scope.start)
            if scope.end is not None:
                apart |= self._starts.after(scope.end)
        found = self._all & ~(apart & ~self._approximate)
        for kind in NAMED:
            found &= self._of_names(kind, getattr(scope, kind))[1]
        return found

    def _of_names(self, kind: str, names: Names) -> tuple[int, int]:
        """Return the set of scopes around some names, and the set of scopes that may overlap them.

        Args:
            kind: What they name: one of `NAMED`.
            names: The names of one scope.
        """
        if (kind, names) not in self._by_names:
            names_of_scopes = [(bit, getattr(scope, kind)) for bit, scope in self._scopes]
            around = sum(bit for bit, limits in names_of_scopes if are_limited_to(names, limits))
            overlapping = sum(bit for bit, others in names_of_scopes if not exclude(kind, names, others))
            self._by_names[kind, names] = around, overlapping
        return self._by_names[kind, names]


class _ByDay:
    """Bits in the order of their days."""

    def __init__(self, days_and_bits: Iterable[tuple[int, int]]) -> None:
        in_order = sorted(days_and_bits)
        self._days = [day for day, _ in in_order]
        self._first = list(accumulate((bit for _, bit in in_order), or_, initial=0))

    def before(self, day: int) -> int:
        """Return the bits of earlier days."""
        return self._first[bisect_left(self._days, day)]

    def until(self, day: int) -> int:
        """Return the bits of this day and of earlier ones."""
        return self._first[bisect_right(self._days, day)]

    def from_(self, day: int) -> int:
        """Return the bits of this day and of later ones."""
        return self._first[-1] & ~self.before(day)

    def after(self, day: int) -> int:
        """Return the bits of later days."""
        return self._first[-1] & ~self.until(day)
