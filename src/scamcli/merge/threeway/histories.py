"""The last version that two histories of one record have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence

LONGEST = 500
"""Versions that are compared in order, which takes quadratic time; of longer histories, the newest shared version is
taken."""


def last_common(
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
    merged: tuple[Collection[int], Collection[int]] = ((), ()),
) -> tuple[int, int] | None:
    """Return where the longest common subsequence of two histories ends in each; ``None`` if they share no version.

    Comparing whole histories distinguishes a value that was changed and changed back from one that never changed:
    the side that has had both values in turn is further on.

    Args:
        ours: the versions, oldest first.
        theirs: the same.
        merged: indices of the versions that a merge brought to each side. A version that a merge brought to only one
            side counts double, since it may have come from the other.
    """
    if max(len(ours), len(theirs)) > LONGEST:
        return _newest_shared(ours, theirs)
    row: list[tuple[int, int, int]] = [(0, -1, -1)] * (len(theirs) + 1)
    for i, our_version in enumerate(ours):
        previous, row = row, [row[0]]
        for j, their_version in enumerate(theirs):
            candidates = [previous[j + 1], row[j]]
            if our_version == their_version:
                weight = 2 if (i in merged[0]) != (j in merged[1]) else 1
                candidates.append((previous[j][0] + weight, i, j))
            row.append(max(candidates, key=lambda candidate: (candidate[0], candidate[1] + candidate[2])))
    length, i, j = row[-1]
    return (i, j) if length else None


def _newest_shared(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> tuple[int, int] | None:
    last = {version: j for j, version in enumerate(theirs)}
    return next(((i, last[ours[i]]) for i in reversed(range(len(ours))) if ours[i] in last), None)
