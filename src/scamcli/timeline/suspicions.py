"""Say that events which were added, edited, reviewed, imported or merged may be the same as others."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scamcli.numbers.suspicion import Suspicion, Toll
    from scamcli.records.models import Record
    from scamcli.store.writer import Writer

MOST_NAMED = 3
"""How many pairs of events are named after a change."""

MOST_LOOKED_AT = 20_000
"""The largest number of changed events that are compared with others at once. ``conflicts`` compares all."""

LIST_THEM = "`scamcli conflicts --only duplicate` lists them"


def of_event(writer: Writer, record: Record) -> list[str]:
    """Return what to say if an event that was just written may be the same as others, with the commands to settle it.

    Each command is a notice of its own, so that it stands on a line of its own. Masked.
    """
    # not at the top: commands that only read load this module, but must not load pydantic
    from scamcli.records.models import Event

    if not isinstance(record, Event) or not any(figure.count == "incident" for figure in record.figures):
        return []
    from scamcli.numbers.suspicion import tolls  # most writes add no incident
    from scamcli.stats import suspected

    keys = [key for (key,) in writer.connection.execute("SELECT key FROM event WHERE id = ?", [record.id])]
    found = _by_events(suspected.of_events(writer.connection, keys))
    rising = {event: toll for toll in tolls(found) for event in (toll.latest, *toll.earlier)}
    notices: list[str] = []
    for pair in found[:MOST_NAMED]:
        (other,) = set(pair.events) - {record.id}
        notices.append(f"{record.id} may be the same event as {other}: {pair.why}.")
        if other in rising:
            notices += _toll_commands(rising[other])
        elif pair.rule == "d":  # a rise among reports of one day
            earlier, later = pair.events
            notices += _commands(later, other=earlier, flags=UPDATES_OR_DISTINCT)
        else:
            notices += _commands(str(record.id), other)
    if found[MOST_NAMED:]:
        notices.append(f"{record.id} may be the same event as {len(found) - MOST_NAMED:,} more. {LIST_THEM}.")
    return [writer.shown(notice) for notice in dict.fromkeys(notices)]


def of_change(writer: Writer) -> list[str]:
    """Return what to say if events of an import or a merge may be the same as others: the first pairs, and how many."""
    from scamcli.output.text.words import plural
    from scamcli.stats import suspected

    changed = "SELECT name FROM change_record WHERE change = ? AND type = 'event'"
    sql = f"SELECT key FROM event WHERE id IN ({changed}) LIMIT ?"  # noqa: S608 - our words
    keys = [key for (key,) in writer.connection.execute(sql, [writer.history.number, MOST_LOOKED_AT + 1])]
    if len(keys) > MOST_LOOKED_AT:
        return [f"So many events were not compared with others that may be the same; {LIST_THEM}."]
    found = _by_events(suspected.of_events(writer.connection, keys))
    if not found:
        return []
    named = [f"{pair.events[1]} may be the same event as {pair.events[0]}: {pair.why}." for pair in found[:MOST_NAMED]]
    verb = "may each be one event" if len(found) > 1 else "may be one event"
    return [*named, f"{plural(len(found), 'pair')} of events {verb}: {LIST_THEM}, with the commands that settle them."]


def _by_events(suspicions: Iterable[Suspicion]) -> list[Suspicion]:
    """Return one suspicion for each two events, which may have several numbers in common."""
    found: dict[frozenset[str], Suspicion] = {}
    for pair in suspicions:
        found.setdefault(frozenset(pair.events), pair)
    return list(found.values())


UPDATES_OR_DISTINCT = ("--updates", "--distinct-from")


def _commands(event: str, other: str, flags: Sequence[str] = ("--repeats", "--distinct-from")) -> Sequence[str]:
    return [f"  scamcli edit {quote(event)} {flag} {quote(other)}" for flag in flags]


def _toll_commands(toll: Toll) -> Sequence[str]:
    """Return the commands for a toll that rises: the latest report replaces the others, or all are different events."""
    return [
        f"  scamcli edit {quote(toll.latest)} " + " ".join(f"{flag} {quote(event)}" for event in toll.earlier)
        for flag in UPDATES_OR_DISTINCT
    ]
