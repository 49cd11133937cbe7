"""The decision about one value: ours, theirs, or a conflict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

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

    def values(self, part: Callable[[Record], object]) -> Seen:
        """Return what a part of the record has been on each side."""
        return Seen([part(version) for version in self.ours], [part(version) for version in self.theirs])


class Side(Enum):
    """The side whose value stays."""

    OURS = "ours"
    THEIRS = "theirs"


NOTHING_SEEN = Seen()


def keep_ours(_: Conflict) -> bool:
    """Decide every conflict for ours."""
    return False


def take_theirs(_: Conflict) -> bool:
    """Decide every conflict for theirs."""
    return True


def decide(base: object, ours: object, theirs: object, seen: Seen = NOTHING_SEEN) -> Side | None:
    """Return the side whose value stays, or ``None`` if both changed it in different ways."""
    if ours == theirs:
        return Side.OURS
    we_went_on, they_went_on = theirs in seen.ours, ours in seen.theirs
    if we_went_on != they_went_on:
        return Side.OURS if we_went_on else Side.THEIRS
    if ours == base:
        return Side.THEIRS
    return Side.OURS if theirs == base else None
