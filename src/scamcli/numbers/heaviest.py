"""Find the largest sum that counts nothing twice (rule 9): the heaviest set of entries without two that may overlap."""

from __future__ import annotations

from collections.abc import Sequence

from scamcli.language.wording.bounds import Number
from scamcli.numbers.relations import members

MOST_VISITS = 100_000
"""How many entries an exact search looks at, over all its steps. Above, the set is found greedily: it is right, but
there may be a heavier one.
"""


def heaviest(weights: Sequence[Number], may_overlap: Sequence[int], among: int) -> tuple[int, bool]:
    """Return the heaviest set of entries without two that may overlap, and whether the search for it was exact.

    Args:
        weights: The weight of each entry. Entries without a positive weight are never chosen.
        may_overlap: For each entry, the set of entries that it may overlap.
        among: The set of entries to choose from.
    """
    useful = 0
    for i in members(among):
        if weights[i] > 0:
            useful |= 1 << i
    search = _Search(weights, may_overlap)
    chosen = search.best(useful)
    if search.is_exact:
        return chosen, True
    return _greedy(weights, may_overlap, useful), False


class _Search:
    """An exact search, part by part: entries that nothing connects are searched on their own."""

    def __init__(self, weights: Sequence[Number], may_overlap: Sequence[int]) -> None:
        self._weights = weights
        self._may_overlap = may_overlap
        self._known: dict[int, int] = {}
        self._visits = 0
        self.is_exact = True

    def best(self, among: int) -> int:
        """Return the heaviest set among some entries."""
        chosen = 0
        for part in parts(among, self._may_overlap):
            chosen |= self._best_of_part(part)
        return chosen

    def _best_of_part(self, part: int) -> int:
        if part & (part - 1) == 0:  # a single entry
            return part
        known = self._known.get(part)
        if known is not None:
            return known
        self._visits += part.bit_count()
        if self._visits > MOST_VISITS:
            self.is_exact = False
            return 0
        crowded = max(members(part), key=lambda i: ((self._may_overlap[i] & part).bit_count(), self._weights[i]))
        with_it = 1 << crowded | self.best(part & ~self._may_overlap[crowded] & ~(1 << crowded))
        without_it = self.best(part & ~(1 << crowded))
        found = with_it if weight(with_it, self._weights) >= weight(without_it, self._weights) else without_it
        self._known[part] = found
        return found


def parts(among: int, may_overlap: Sequence[int]) -> list[int]:
    """Divide entries into parts between which nothing may overlap."""
    found = []
    left = among
    while left:
        part = waiting = left & -left
        left &= ~part
        while waiting:
            first = waiting & -waiting
            waiting ^= first
            reached = may_overlap[first.bit_length() - 1] & left
            left &= ~reached
            waiting |= reached
            part |= reached
        found.append(part)
    return found


def weight(of: int, weights: Sequence[Number]) -> Number:
    """Return the sum of the weights of a set of entries."""
    return sum(weights[i] for i in members(of))


def _greedy(weights: Sequence[Number], may_overlap: Sequence[int], among: int) -> int:
    """Return the heavier of two sets: heavy entries first, or those first that are heavy for what they exclude."""
    by_weight = sorted(members(among), key=lambda i: (-weights[i], i))
    by_share = sorted(by_weight, key=lambda i: -weights[i] / (1 + (may_overlap[i] & among).bit_count()))
    found = []
    for order in (by_weight, by_share):
        chosen = 0
        for i in order:
            if not may_overlap[i] & chosen:
                chosen |= 1 << i
        found.append(chosen)
    return max(found, key=lambda chosen: weight(chosen, weights))
