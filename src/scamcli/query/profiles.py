"""List and describe actors, sites and metrics, and measure the size of a timeline."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from scamcli.language import dates
from scamcli.language.vocabulary import ACTIONS, METRICS, ROLES, SITE_ROLES, STANCES
from scamcli.query.sites import with_status
from scamcli.records import canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scamcli.records.masking import Masker
    from scamcli.records.types import EventDict, JsonObject


def list_entities(
    connection: sqlite3.Connection, type_: str, masker: Masker | None, *, only_new: bool = False
) -> Iterator[JsonObject]:
    """Yield every actor or site by name, with the number of reviewed events in which it takes part.

    With ``only_new``, yield those that were added by the last change that added any that still exist.
    """
    made = "SELECT r.name FROM change_record r WHERE r.type = term.type AND r.before IS NULL AND r.change = "
    last = (
        "(SELECT max(c.change) FROM change_record c JOIN term t ON t.type = c.type AND t.name = c.name"
        " WHERE c.type = term.type AND c.before IS NULL AND t.record IS NOT NULL)"
    )
    chosen = f" AND name IN ({made}{last})" if only_new else ""
    count = (
        "SELECT count(*) FROM event_term JOIN event ON event.key = event_term.event"
        " WHERE term = term.id AND draft = 0 AND rel"
    )
    where = f"type = ? AND record IS NOT NULL{chosen}"
    sql = f"SELECT record, ({count} = 0), ({count} = 1) FROM term WHERE {where} ORDER BY name"  # noqa: S608 - our words
    found = (
        {
            **(masker.record(json.loads(text)) if masker else json.loads(text)),
            "events": events,
            **({"source_of": sources} if type_ == "actor" else {}),
        }
        for text, events, sources in connection.execute(sql, [type_])
    )
    # The position among other names would reveal how a masked name begins.
    yield from sorted(found, key=lambda row: str(row["name"])) if masker else found


CONCERNED = ("rescuer", "acts", "subject", "target", "defendant", "victim")
"""Roles of the actors that the figures of an event are about."""


def profile(connection: sqlite3.Connection, term: int, masker: Masker | None) -> JsonObject:
    """Return one actor or site: its record, the reviewed events in which it takes part, and its figures, oldest first.

    The figures of a site come from events that happened there or are about it. Events that are only linked to the site
    are listed, but their figures and reports do not count as the site's own.
    """
    (text,) = connection.execute("SELECT record FROM term WHERE id = ?", [term]).fetchone()
    record = json.loads(text)
    shown = {**(masker.record(record) if masker else record), "digest": canonical.digest(text)}
    rows = connection.execute(
        "SELECT e.record, t.roles FROM event_term t JOIN event e ON e.key = t.event"
        " WHERE t.term = ? AND t.rel = 0 AND e.draft = 0 ORDER BY t.event",
        [term],
    ).fetchall()
    is_site = record["type"] == "site"
    found: list[EventDict] = []
    events: list[JsonObject] = []
    stated: list[JsonObject] = []
    figures: list[JsonObject] = []
    for event_text, bits in rows:
        stored = json.loads(event_text)
        event = cast("EventDict", masker.record(stored) if masker else stored)
        roles = [SITE_ROLES[bits]] if is_site else [role for n, role in enumerate(ROLES) if bits >> n & 1]
        events.append(_brief(event) | {"roles": roles})
        concerns = "located_at" in roles if is_site else not {*roles}.isdisjoint(CONCERNED)
        found += [event] if concerns else []
        for figure, own in zip(event["figures"], stored["figures"], strict=True):
            row = {"event": event["id"], "date": event["date"], **figure}
            if own["stated_by"] == record["name"]:
                stated.append(row)
            elif concerns:
                figures.append(row)
    if is_site:
        return with_status(shown) | _site_history(found) | {"events": events, "figures": figures}
    (source_of,) = connection.execute(
        "SELECT count(*) FROM event_term t JOIN event e ON e.key = t.event WHERE term = ? AND rel = 1 AND draft = 0",
        [term],
    ).fetchone()
    return shown | {"source_of": source_of, "events": events, "stated": stated, "figures": figures}


def actors_with_role(event: EventDict, *roles: str) -> list[str]:
    """Return the names of the actors of an event that have one of these roles."""
    return list(dict.fromkeys(actor["name"] for actor in event["actors"] if actor["role"] in roles))


def _brief(event: EventDict) -> JsonObject:
    return {"id": event["id"], "date": event["date"], "kind": event["kind"], "title": event["title"]}


def _site_history(events: list[EventDict]) -> JsonObject:
    """Return who reported on a site, who answered it and how, and what was done."""
    reported, answered, done = [], [], []
    for event in events:
        is_report = event["kind"] == "report"
        alleging = actors_with_role(event, "alleges") or (actors_with_role(event, "author") if is_report else [])
        if alleging:
            reported.append(_brief(event) | {"by": alleging})
        answered += [
            _brief(event) | {"by": answering, "stance": stance}
            for stance in STANCES
            if stance != "acts" and (answering := actors_with_role(event, stance))
        ]
        acting = actors_with_role(event, "acts")
        if acting or event["kind"] in ACTIONS:
            acting = acting or actors_with_role(event, "speaker", "rescuer", "subject", "author")
            done.append(_brief(event) | {"by": acting})
    return {"reported": reported, "answered": answered, "done": done}


def list_metrics(connection: sqlite3.Connection, masker: Masker | None) -> Iterator[JsonObject]:
    """Yield every metric that has figures, with the numbers of its figures and their events."""
    rows = connection.execute(
        "SELECT f.metric, count(*), count(DISTINCT f.event), t.record FROM figure f"
        " LEFT JOIN term t ON t.type = 'metric' AND t.name = f.metric"
        " WHERE f.draft = 0 GROUP BY f.metric ORDER BY count(*) DESC, f.metric"
    )
    for name, figures, events, text in rows:
        own = json.loads(text) if text else dict(vars(METRICS[name]))
        if masker is not None and text:
            own = masker.record(own)
            name = own["name"]
        yield {
            "metric": name, "figures": figures, "events": events, "unit": own["unit"] or name, "split": own["split"],
            "count": own["count"], "about": own["about"],
        }  # fmt: skip


def sizes(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the number of records of each type in a timeline."""
    counts = {
        "events": "event WHERE draft = 0", "drafts": "event WHERE draft = 1", "snapshots": "snapshot",
        "figures": "figure", "actors": "term WHERE type = 'actor'", "sites": "term WHERE type = 'site'",
    }  # fmt: skip
    return {name: connection.execute(f"SELECT count(*) FROM {rows}").fetchone()[0] for name, rows in counts.items()}  # noqa: S608 - our words


def span(connection: sqlite3.Connection) -> tuple[str, str] | None:
    """Return the first days of the earliest and the latest reviewed event."""
    one = "(SELECT start FROM event WHERE draft = 0 ORDER BY key {} LIMIT 1)"
    first, last = connection.execute(f"SELECT {one.format('ASC')}, {one.format('DESC')}").fetchone()
    return None if first is None else (dates.iso(first), dates.iso(last))


def names_with_prefix(connection: sqlite3.Connection, type_: str, prefix: str, limit: int) -> list[str]:
    """Return ids of events, or names of one type, that begin with a prefix."""
    if type_ == "event":
        sql, values = "SELECT id FROM event WHERE id >= ? ORDER BY id LIMIT ?", [prefix, limit]
    else:
        sql, values = "SELECT name FROM term WHERE type = ? AND name LIKE ? LIMIT ?", [type_, f"{prefix}%", limit]
    return [name for (name,) in connection.execute(sql, values)]
