"""How the tables number things: days, references and forms of names. Constants alone, for those who build queries."""

from __future__ import annotations

from enum import IntEnum

SEQUENCE_BITS = 20
"""An event's key is its first day, then its place within that day: newest-first paging reads the table in order."""

OPEN_END = 2_932_896
"""The day that stands for an open end, in days since 1970-01-01: 9999-12-31."""


class Rel(IntEnum):
    """How an event refers to a term: an outlet can be an actor of it, its source, or that through which it was seen."""

    CONCERNS = 0
    ORIGINAL = 1
    VIA = 2


class Level(IntEnum):
    """How near a name's form is to the name; resolution tries them in this order."""

    NAME = 0
    ALIAS = 1
    NORMALISED = 2
    FOLDED = 3
