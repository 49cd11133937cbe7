"""The numbers by which the tables store days, references and forms of names: constants for building queries."""

from __future__ import annotations

from enum import IntEnum

SEQUENCE_BITS = 20
"""An event's key is its first day, then its place within that day, so newest-first paging reads in key order."""

JULIAN_EPOCH = 2440587.5
"""1970-01-01 as a Julian day, which is how SQLite's date functions count."""

OPEN_END = 2_932_896
"""The day that stands for an open end, in days since 1970-01-01: 9999-12-31."""


class Rel(IntEnum):
    """How an event refers to a term. An outlet can be an actor in it, its source, or the outlet that passed it on."""

    CONCERNS = 0
    ORIGINAL = 1
    VIA = 2


class Level(IntEnum):
    """How close a form is to the name itself; names are looked up in this order."""

    NAME = 0
    ALIAS = 1
    NORMALISED = 2
    FOLDED = 3
