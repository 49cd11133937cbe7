"""Building blocks of queries: the codes for days, references and forms in tables, and the condition for protection."""

from __future__ import annotations

from scamcli.language.dates import OPEN_END as OPEN_END

SEQUENCE_BITS = 20
"""How many bits of an event's key, below its first day, number the events within that day."""

JULIAN_EPOCH = 2440587.5
"""1970-01-01 as a Julian day, which is how SQLite's date functions count."""


SAYS_PROTECTED = (
    "CASE WHEN json_valid({0}) THEN coalesce(json_type({0}, '$.protected') NOT IN ('false', 'null'), 1)"
    " ELSE {0} IS NOT NULL END"
)
"""SQL: whether a record says that its actor is protected. A damaged record counts as saying so.

The index in ``tables.sql`` has the same text; otherwise SQLite would not use it.
"""

PROTECTED = f"term.type = 'actor' AND {SAYS_PROTECTED.format('term.record')}"
"""SQL: whether a row of ``term`` is a protected actor."""

NAMING_PROTECTED = (
    " FROM term CROSS JOIN event_term ON event_term.term = term.id AND rel = 0"
    f" JOIN event ON event.key = event_term.event WHERE {PROTECTED}"
)
"""SQL: the rest of a query for the events that name protected actors."""

ONLY_PROTECTED = (
    "NOT EXISTS (SELECT 1 FROM change_record m JOIN change c ON c.id = m.change WHERE m.type = 'actor' AND m.name = {0}"
    " AND m.before IS NULL AND c.command NOT IN ('protect', 'undo', 'redo'))"
)
"""SQL: whether only `protect` ever made an actor, of a name in a text."""

HIDDEN = '"…"'
"""Printed instead of a spelling that is nearly a protected name, which is not masked by itself."""


class Rel:
    """How an event refers to a term. An outlet can be an actor in the event, a source, or the outlet that quotes it."""

    # Not an enumeration, here and below, because making one takes 0.1 ms, and every command would pay for it

    CONCERNS = 0
    ORIGINAL = 1
    VIA = 2


class Level:
    """How close a form is to the name itself, in the order of lookups."""

    NAME = 0
    ALIAS = 1
    NORMALISED = 2
    FOLDED = 3
