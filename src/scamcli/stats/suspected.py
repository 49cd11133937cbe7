"""Read which incidents of a timeline may be one, recorded twice, by the rule in `scamcli.figures.suspicion`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scamcli.figures.scope import divisions_of
from scamcli.figures.suspicion import Candidate, Detail, candidates, confirmed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Sequence

    from scamcli.figures import Key, Link
    from scamcli.figures.suspicion import Incident
    from scamcli.records.types import EventDict, PlaceDict


def pairs(
    connection: sqlite3.Connection, incidents: Sequence[Incident], links: Sequence[Link]
) -> list[tuple[Key, Key]]:
    """Return the pairs of incidents that may be the same and that no link between their events settles.

    Args:
        connection: The timeline.
        incidents: All incidents of a metric.
        links: The links that affect totals.
    """
    if len(incidents) < 2:
        return []
    settled = {(link.event, link.target) for link in links}
    similar = ((pair, events(pair)) for pair in candidates(incidents))
    found = [pair for pair, two in similar if two not in settled and two[::-1] not in settled]
    concerned = {event for pair in found for event in events(pair)}
    return confirmed(found, details(connection, concerned))


def events(pair: Candidate) -> tuple[str, str]:
    """Return the events of a pair."""
    return pair.one.figure.event, pair.other.figure.event


def details(connection: sqlite3.Connection, events: Collection[str]) -> dict[str, Detail]:
    """Return, by id, the details that decide which of these events are suspected to duplicate similar ones."""
    # The whole record is read only of rows of tables, because SQLite finds a few values faster than Python reads all.
    sql = (
        "SELECT e.id, json_extract(e.record, '$.title', '$.places', '$.sites', '$.provinces'),"
        " CASE WHEN json_extract(e.record, '$.dataset') IS NOT NULL THEN e.record END"
        " FROM json_each(?) one CROSS JOIN event e ON e.id = one.value"
    )
    rows = connection.execute(sql, [json.dumps(sorted(events))])
    return {event: _detail(*json.loads(found), row=row) for event, found, row in rows}


def _detail(title: str, places: list[PlaceDict], sites: list[str], provinces: list[str], *, row: str | None) -> Detail:
    names = {place["name"].casefold() for place in places} | {site.casefold() for site in sites}
    divisions = frozenset().union(*map(divisions_of, provinces))
    return Detail(frozenset(names), divisions, title, "" if row is None else _without_id(json.loads(row)))


def _without_id(record: EventDict) -> str:
    return json.dumps({name: value for name, value in record.items() if name != "id"}, ensure_ascii=False)
