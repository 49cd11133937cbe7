"""The decision about one value: ours, theirs, or a conflict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

Record = Mapping[str, object]


class Conflict(NamedTuple):
    """Something that both sides changed in different ways.

    Attributes:
        key: where, such as ``title`` or ``figures.total.low``; ``None`` is the whole record, which one side removed.
        base: the value that both began with; ``None`` if there was none.
        ours: the value here.
        theirs: the value in the other timeline.
    """

    key: str | None
    base: object
    ours: object
    theirs: object


Choose = Callable[[Conflict], bool]
"""Returns whether theirs replaces ours."""


class Seen(NamedTuple):
    """The values that a key has had on each side since the base."""

    ours: Sequence[object] = ()
    theirs: Sequence[object] = ()


class Since(NamedTuple):
    """The versions of a record on each side between the base and the present one.

    They tell who has seen what: a value that we once had and gave up does not come back, and one that they gave up does
    not stay just because we had taken it from them.
    """

    ours: Sequence[Record] = ()
    theirs: Sequence[Record] = ()

    def values(self, key: str) -> Seen:
        """Return what a key of the record has been on each side."""
        return Seen(*([version.get(key) for version in side] for side in self))


NOTHING_SEEN = Seen()


def decide(base: object, ours: object, theirs: object, seen: Seen = NOTHING_SEEN) -> Literal["ours", "theirs"] | None:
    """Return the side whose value stays, or ``None`` if both changed it in different ways."""
    if ours == theirs:
        return "ours"
    we_went_on, they_went_on = theirs in seen.ours, ours in seen.theirs
    if we_went_on != they_went_on:
        return "ours" if we_went_on else "theirs"
    if ours == base:
        return "theirs"
    return "ours" if theirs == base else None
