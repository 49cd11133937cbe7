"""The greatest sum of weights of intervals that must not overlap.

This is weighted interval scheduling: sort by last day, and let each interval extend the best selection that ends before
its first day (Kleinberg and Tardos, Algorithm Design, 2005, section 6.1). It takes O(n log n).
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scamcli.language.wording.bounds import Number


class Span(NamedTuple):
    """A weight on the days ``start`` to ``end``, both included; ``item`` is its place in the caller's list."""

    start: int
    end: int
    weight: Number
    item: int


def heaviest(spans: Iterable[Span]) -> list[int]:
    """Return the items whose spans share no day and together weigh the most, in order of time.

    A span without weight is never taken. Among equal sums, the choice does not depend on the order of the spans.
    """
    ordered = sorted((span for span in spans if span.weight > 0), key=lambda span: (span.end, span.start, span.item))
    ends = [span.end for span in ordered]
    sums: list[Number] = [0]
    before: list[int] = []
    for position, span in enumerate(ordered):
        before.append(bisect_left(ends, span.start))
        sums.append(max(sums[position], sums[before[position]] + span.weight))
    chosen: list[int] = []
    position = len(ordered)
    while position:
        if sums[position] == sums[position - 1]:
            position -= 1
        else:
            chosen.append(ordered[position - 1].item)
            position = before[position - 1]
    return chosen[::-1]
