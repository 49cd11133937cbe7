"""Whose value stays: ours, theirs, or nobody can say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, NamedTuple

Record = dict[str, Any]


class Conflict(NamedTuple):
    """Something that both changed, in different ways.

    Attributes:
        key: where, such as ``title`` or ``figures.total.low``; ``None`` is the whole record, which one side removed.
        base: what both began with; ``None`` where there was nothing.
        ours: what it is here.
        theirs: what it is there.
    """

    key: str | None
    base: Any
    ours: Any
    theirs: Any


Choose = Callable[[Conflict], bool]
"""Whether theirs comes in the place of ours."""


class Since(NamedTuple):
    """The versions of a record on each side since both were one: those between the base and the present one.

    With them it is known who has seen what: a value that we have had, and given up, is not brought in again, and one
    that they have given up does not stay because we took it from them.
    """

    ours: Sequence[Record] = ()
    theirs: Sequence[Record] = ()

    def each(self, of: Callable[[Record], Any]) -> Seen:
        """What both have had of a part of the record, after the version that both have."""
        return Seen([of(one) for one in self.ours], [of(one) for one in self.theirs])


class Seen(NamedTuple):
    """What one value has been on each side since both were one."""

    ours: Sequence[Any] = ()
    theirs: Sequence[Any] = ()


class Side(Enum):
    """Whose value it is."""

    OURS = "ours"
    THEIRS = "theirs"


def ours_stays(_: Conflict) -> bool:
    """Every conflict is decided for ours."""
    return False


def theirs_comes(_: Conflict) -> bool:
    """Every conflict is decided for theirs."""
    return True


def whose(base: Any, ours: Any, theirs: Any, seen: Seen = Seen()) -> Side | None:  # noqa: B008 - it never changes
    """Whose value stays; ``None`` where both changed it, in different ways."""
    if ours == theirs:
        return Side.OURS
    we_went_on, they_went_on = theirs in seen.ours, ours in seen.theirs
    if we_went_on != they_went_on:
        return Side.OURS if we_went_on else Side.THEIRS
    if ours == base:
        return Side.THEIRS
    return Side.OURS if theirs == base else None
