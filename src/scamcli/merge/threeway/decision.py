"""Decide about one value (ours, theirs, or a conflict), and find the last common version of two histories."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable

Record = Mapping[str, object]


class Conflict(NamedTuple):
    """Something that both sides changed in different ways.

    Attributes:
        key: the place, such as ``title`` or ``figures.total.low``; ``None`` is the whole record, which one side
            removed.
        base: the value that both sides started from; ``None`` if there was none.
        ours: the value here.
        theirs: the value in the other timeline.
    """

    key: str | None
    base: object
    ours: object
    theirs: object


Choose = Callable[[Conflict], bool]
"""A function that returns whether their value replaces ours."""


class Seen(NamedTuple):
    """The values that a key has had on each side since the base."""

    ours: Sequence[object] = ()
    theirs: Sequence[object] = ()


class Since(NamedTuple):
    """The versions of a record on each side between the base and the present one.

    They show which values each side has seen. A value that we had and gave up does not come back, and a value that they
    gave up does not stay just because we took it from them earlier.
    """

    ours: Sequence[Record] = ()
    theirs: Sequence[Record] = ()

    def values(self, key: str) -> Seen:
        """Return the values that a key of the record has had on each side."""
        return Seen(*([version.get(key) for version in side] for side in self))


NOTHING_SEEN = Seen()


def decide(base: object, ours: object, theirs: object, seen: Seen = NOTHING_SEEN) -> Literal["ours", "theirs"] | None:
    """Return the side whose value is taken, or ``None`` if both sides changed the value in different ways."""
    if ours == theirs:
        return "ours"
    we_went_on, they_went_on = theirs in seen.ours, ours in seen.theirs
    if we_went_on != they_went_on:
        return "ours" if we_went_on else "theirs"
    if ours == base:
        return "theirs"
    return "ours" if theirs == base else None


LONGEST = 500
"""The longest histories, in versions, that are compared in order, which takes quadratic time.

For longer histories, the newest shared version is taken.
"""


def last_common(
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
    merged: tuple[Collection[int], Collection[int]] = ((), ()),
) -> tuple[int, int] | None:
    """Return where the longest common subsequence of two histories ends in each, or ``None`` if they share no version.

    Comparing whole histories distinguishes a value that was changed and changed back from one that never changed. The
    side that has had both values one after the other is further on.

    The versions are given oldest first. `merged` has the indices of the versions that a merge brought to each side. A
    version that a merge brought to only one side counts double, because it may have come from the other side.
    """
    if max(len(ours), len(theirs)) > LONGEST:
        last = {version: j for j, version in enumerate(theirs)}
        return next(((i, last[ours[i]]) for i in reversed(range(len(ours))) if ours[i] in last), None)
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
