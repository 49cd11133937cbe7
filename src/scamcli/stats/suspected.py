"""Read which incidents of a timeline may be one, recorded twice, by the rule in `scamcli.figures.suspicion`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scamcli.figures.claims import normalise_words
from scamcli.figures.suspicion import Candidate, Detail, candidates, confirmed, is_small, needs_title
from scamcli.store.keys import Rel

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from scamcli.figures import Key, Link
    from scamcli.figures.suspicion import Incident, Places
    from scamcli.records.types import EventDict

_PLACES = (
    "SELECT event_term.event, event_term.term FROM json_each(?) AS one"
    " CROSS JOIN event_term INDEXED BY event_term_event ON event_term.event = one.value AND event_term.rel = ?"
    " WHERE +event_term.term IN (SELECT id FROM term WHERE type IN ('site', 'place'))"
)
"""The towns and sites of events. With many events, a set of all towns and sites is faster than a check of each type."""

_NAMES = "SELECT term.id, term.name FROM json_each(?) AS one CROSS JOIN term ON term.id = one.value"

_TITLES = (
    "SELECT event.id, json_extract(event.record, '$.title')"
    " FROM json_each(?) AS one CROSS JOIN event ON event.key = one.value"
)


def pairs(
    connection: sqlite3.Connection, incidents: Sequence[Incident], links: Sequence[Link], key_of: Mapping[str, int]
) -> list[tuple[Key, Key]]:
    """Return the pairs of incidents that may be the same and that no link between their events settles.

    Args:
        connection: The timeline.
        incidents: All incidents of a metric.
        links: The links that affect totals.
        key_of: The keys of the events of the incidents in the database.
    """
    if len(incidents) < 2:
        return []
    settled = {frozenset({link.event, link.target}) for link in links}
    places = _places(connection, {one.figure.event: 0 for one in incidents if is_small(one.figure)}, key_of)
    found = [pair for pair in candidates(incidents, places=places) if frozenset(events(pair)) not in settled]
    found = list(_of_one_place_or_title(connection, found, places, key_of))
    concerned = {event for pair in found for event in events(pair)}
    return confirmed(found, {event: detail(connection, key_of[event]) for event in concerned})


def events(pair: Candidate) -> tuple[str, str]:
    """Return the events of a pair."""
    return pair.one.figure.event, pair.other.figure.event


def _places(connection: sqlite3.Connection, wanted: Iterable[str], key_of: Mapping[str, int]) -> Places:
    """Return the towns and sites of each event in lower case, including sites that are only linked."""
    event_of = {key_of[event]: event for event in wanted}
    rows = connection.execute(_PLACES, [json.dumps(list(event_of)), Rel.CONCERNS]).fetchall()
    names: dict[int, str] = {
        id_: name.casefold() for id_, name in connection.execute(_NAMES, [json.dumps(list({term for _, term in rows}))])
    }
    found: dict[str, set[str]] = {}
    for key, term in rows:
        found.setdefault(event_of[key], set()).add(names[term])
    return found


def _of_one_place_or_title(
    connection: sqlite3.Connection, found: Sequence[Candidate], places: Places, key_of: Mapping[str, int]
) -> Iterator[Candidate]:
    """Leave out small equal numbers of the same day whose events share neither a place nor the title.

    Reading a title takes a quarter of the time of reading all details.
    """
    by_title = {events(pair) for pair in found if needs_title(pair)}
    by_title = {pair for pair in by_title if not _share(places.get(pair[0]), places.get(pair[1]))}
    keys = {key_of[event] for pair in by_title for event in pair}
    titles = {event: normalise_words(title) for event, title in connection.execute(_TITLES, [json.dumps(list(keys))])}
    for pair in found:
        one, other = events(pair)
        if (one, other) not in by_title or titles[one] == titles[other]:
            yield pair


def _share(some: Collection[str] | None, others: Collection[str] | None) -> bool:
    return some is not None and others is not None and not set(some).isdisjoint(others)


def detail(connection: sqlite3.Connection, key: int) -> Detail:
    """Return the details of an event that decide whether it is suspected to duplicate an otherwise similar one."""
    (text,) = connection.execute("SELECT record FROM event WHERE key = ?", [key]).fetchone()
    record: EventDict = json.loads(text)
    places = {place["name"].casefold() for place in record["places"]} | {site.casefold() for site in record["sites"]}
    is_row = record["dataset"] is not None
    row = (
        json.dumps({name: value for name, value in record.items() if name != "id"}, ensure_ascii=False)
        if is_row
        else ""
    )
    return Detail(frozenset(places), frozenset(record["provinces"]), record["title"], row)
