"""Warn that an event that was added, edited or reviewed may report the same incident as another event."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scamcli.records.models import Record
    from scamcli.store.writer import Writer

MOST_NAMED = 3
"""How many suspected duplicates are named after an event was added, edited or reviewed."""

LIST_THEM = "`scamcli conflicts --only duplicate` lists them"


def of_event(writer: Writer, record: Record) -> list[str]:
    """Return a notice for each event that may report the same incident as one that was just written. Masked."""
    # not at the top: commands that only read load this module, but must not load pydantic
    from scamcli.records.models import Event

    if not isinstance(record, Event) or not any(figure.count == "incident" for figure in record.figures):
        return []
    from scamcli.stats import duplicates  # most writes add no incident

    keys = [key for (key,) in writer.connection.execute("SELECT key FROM event WHERE id = ?", [record.id])]
    pairs = duplicates.find(writer.connection, keys)
    more = [f"{len(pairs) - MOST_NAMED:,} more suspected duplicates. {LIST_THEM}."] if pairs[MOST_NAMED:] else []
    return [writer.shown(_notice(*pair)) for pair in pairs[:MOST_NAMED]] + more


def _notice(event: str, other: str, why: str) -> str:
    ways = f"`scamcli edit {event} --repeats {other}` or `scamcli edit {event} --distinct-from {other}`"
    return f"{event} may report the same incident as {other}: {why}. Settle it with {ways}."
