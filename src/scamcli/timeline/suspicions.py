"""Notices that an event may report the same incident as another one, which writes give at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.records.models import Event

if TYPE_CHECKING:
    from scamcli.records.models import Record
    from scamcli.store.writer import Writer

MOST_NAMED = 3
"""How many pairs a write names."""

ALL = "`scamcli conflicts --only duplicate` lists them"


def of_event(writer: Writer, record: Record) -> list[str]:
    """Return a notice for each event that may report the same incident as one that was just written. Masked."""
    if not isinstance(record, Event) or not any(figure.count == "incident" for figure in record.figures):
        return []
    from scamcli.stats import duplicates  # most writes bring no incident

    keys = [key for (key,) in writer.connection.execute("SELECT key FROM event WHERE id = ?", [record.id])]
    pairs = duplicates.find(writer.connection, keys)
    more = [f"{len(pairs) - MOST_NAMED:,} more suspected duplicates: {ALL}"] if pairs[MOST_NAMED:] else []
    return [writer.shown(_notice(*pair)) for pair in pairs[:MOST_NAMED]] + more


def _notice(event: str, other: str, why: str) -> str:
    ways = f"`scamcli edit {event} --repeats {other}` or `scamcli edit {event} --distinct-from {other}`"
    return f"{event} may report the same incident as {other}: {why}. Settle it with {ways}"


def of_import(writer: Writer) -> list[str]:
    """Return notices about the events of an import that may report the same incident as another event."""
    if writer.history.number is None:
        return []
    from scamcli.output.text.words import plural
    from scamcli.stats import duplicates

    changed = "SELECT name FROM change_record WHERE change = ? AND type = 'event'"
    sql = f"SELECT key FROM event WHERE id IN ({changed}) LIMIT ?"  # noqa: S608 - our words
    limit = duplicates.MOST_LOOKED_AT
    keys = [key for (key,) in writer.connection.execute(sql, [writer.history.number, limit + 1])]
    if len(keys) > limit:
        return [f"so many events were not compared with others that may report the same incident; {ALL}"]
    pairs = duplicates.find(writer.connection, keys)
    notes = [f"{one.event} may report the same incident as {one.other}: {one.why}" for one in pairs[:MOST_NAMED]]
    if pairs:
        notes.append(f"{plural(len(pairs), 'suspected duplicate')}: {ALL}, with the commands that settle them")
    return notes
