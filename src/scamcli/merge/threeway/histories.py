"""Where two histories of one record were last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence

LONGEST = 500
"""Versions of one record that are compared in their order; of more, only the newest that both have is found."""


def parted(
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
    came: tuple[Collection[int], Collection[int]] = ((), ()),
) -> tuple[int, int] | None:
    """Where in each the version stands with which the longest common history ends; ``None`` where they share none.

    So a value that was changed and changed back is told from one that was never changed: who has had both in turn has
    gone further.

    Args:
        ours: the versions, oldest first.
        theirs: the same.
        came: which versions of each came from elsewhere: that both have one which came to only one of them counts
            double, since it may have come from the other.
    """
    if max(len(ours), len(theirs)) > LONGEST:
        return _newest(ours, theirs)
    row: list[tuple[int, int, int]] = [(0, -1, -1)] * (len(theirs) + 1)
    for at, one in enumerate(ours):
        before, row = row, [row[0]]
        for number, other in enumerate(theirs):
            ways = [before[number + 1], row[number]]
            if one == other:
                weight = 2 if (at in came[0]) != (number in came[1]) else 1
                ways.append((before[number][0] + weight, at, number))
            row.append(max(ways, key=_further))
    length, at, number = row[-1]
    return (at, number) if length else None


def _further(found: tuple[int, int, int]) -> tuple[int, int]:
    length, at, number = found
    return length, at + number


def _newest(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> tuple[int, int] | None:
    last = {version: number for number, version in enumerate(theirs)}
    return next(((at, last[ours[at]]) for at in reversed(range(len(ours))) if ours[at] in last), None)
