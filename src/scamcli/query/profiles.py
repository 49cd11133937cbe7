"""Reading actors, sites and metrics: lists, and the profile of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scamcli.language import dates
from scamcli.language.vocabulary import ACTIONS, METRICS, ROLES
from scamcli.records import canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scamcli.records.masking import Masker


def listed(connection: sqlite3.Connection, type_: str, masker: Masker | None) -> Iterator[dict[str, Any]]:
    """Every actor or site by name, with the number of reviewed events that it has a part in."""
    rows = connection.execute(
        "SELECT record, (SELECT count(*) FROM event_term JOIN event ON event.key = event_term.event"
        "  WHERE term = term.id AND rel = 0 AND draft = 0),"
        " (SELECT count(*) FROM event_term JOIN event ON event.key = event_term.event"
        "  WHERE term = term.id AND rel = 1 AND draft = 0)"
        " FROM term WHERE type = ? AND record IS NOT NULL ORDER BY name",
        [type_],
    )
    for text, events, sources in rows:
        record = json.loads(text)
        record = dict(masker.record(record) if masker else record)
        counts = {"events": events} | ({"source_of": sources} if type_ == "actor" else {})
        yield record | counts


def profile(connection: sqlite3.Connection, term: int, masker: Masker | None) -> dict[str, Any]:
    """One actor or site: its record, and every reviewed event that it has a part in, oldest first."""
    (text,) = connection.execute("SELECT record FROM term WHERE id = ?", [term]).fetchone()
    record, digest = json.loads(text), canonical.digest(text)
    name = record["name"]
    rows = connection.execute(
        "SELECT e.record, t.roles FROM event_term t JOIN event e ON e.key = t.event"
        " WHERE t.term = ? AND t.rel = 0 AND e.draft = 0 ORDER BY t.event",
        [term],
    ).fetchall()
    (source_of,) = connection.execute(
        "SELECT count(*) FROM event_term t JOIN event e ON e.key = t.event WHERE term = ? AND rel = 1 AND draft = 0",
        [term],
    ).fetchone()
    events, stated, whole = [], [], []
    for text, bits in rows:
        event = json.loads(text)
        said = [at for at, figure in enumerate(event["figures"]) if figure["stated_by"] == name]
        event = masker.record(event) if masker else event
        roles = [role for at, role in enumerate(ROLES) if bits >> at & 1]
        whole.append(event)
        events.append({key: event[key] for key in ("id", "date", "kind", "title")} | {"roles": roles})
        stated += [{"event": event["id"], "date": event["date"]} | event["figures"][at] for at in said]
    record = dict(masker.record(record) if masker else record)
    record |= {"digest": digest}
    if record["type"] == "site":
        return record | _story(whole) | {"events": events}
    return record | {"source_of": source_of, "events": events, "stated": stated}


def named(record: dict[str, Any], *roles: str) -> list[str]:
    """The actors of an event that have one of these roles."""
    return list(dict.fromkeys(person["name"] for person in record["actors"] if person["role"] in roles))


def _story(events: list[dict[str, Any]]) -> dict[str, Any]:
    """What is recorded of a site: who reported it, who denied, what was done."""
    told: dict[str, Any] = {"reported": [], "denied": [], "done": []}
    for event in events:
        short = {key: event[key] for key in ("id", "date", "kind", "title")}
        alleging = named(event, "alleges") or (named(event, "author") if event["kind"] == "report" else [])
        if alleging:
            told["reported"].append(short | {"by": alleging})
        denying = named(event, "denies")
        if denying:
            told["denied"].append(short | {"by": denying})
        if event["kind"] in ACTIONS:
            told["done"].append(short | {"by": named(event, "speaker", "rescuer", "subject", "author")})
    return told


def metrics(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Every metric that has figures, with their number and that of their events."""
    rows = connection.execute(
        "SELECT f.metric, count(*), count(DISTINCT f.event), t.record FROM figure f JOIN event e ON e.key = f.event"
        " LEFT JOIN term t ON t.type = 'metric' AND t.name = f.metric"
        " WHERE e.draft = 0 GROUP BY f.metric ORDER BY count(*) DESC, f.metric"
    )
    for name, figures, events, text in rows:
        own = json.loads(text) if text else METRICS[name]._asdict()
        yield {
            "metric": name, "figures": figures, "events": events, "unit": own["unit"] or name, "split": own["split"],
            "count": own["count"], "about": own["about"],
        }  # fmt: skip


def sizes(connection: sqlite3.Connection) -> dict[str, int]:
    """How many there are of what a timeline holds."""
    counted = {
        "events": "SELECT count(*) FROM event WHERE draft = 0",
        "drafts": "SELECT count(*) FROM event WHERE draft = 1",
        "snapshots": "SELECT count(*) FROM snapshot",
        "figures": "SELECT count(*) FROM figure",
        "actors": "SELECT count(*) FROM term WHERE type = 'actor'",
        "sites": "SELECT count(*) FROM term WHERE type = 'site'",
    }
    return {name: connection.execute(sql).fetchone()[0] for name, sql in counted.items()}


def span(connection: sqlite3.Connection) -> tuple[str, str] | None:
    """The first day and the last first day of reviewed events."""
    one = "(SELECT start FROM event WHERE draft = 0 ORDER BY key {} LIMIT 1)"
    first, last = connection.execute(f"SELECT {one.format('ASC')}, {one.format('DESC')}").fetchone()
    return None if first is None else (dates.iso(first), dates.iso(last))


def beginning(connection: sqlite3.Connection, type_: str, prefix: str, limit: int) -> list[str]:
    """Ids of events, or names of one type, that begin so."""
    if type_ == "event":
        sql, values = "SELECT id FROM event WHERE id >= ? ORDER BY id LIMIT ?", [prefix, limit]
    else:
        sql, values = "SELECT name FROM term WHERE type = ? AND name LIKE ? LIMIT ?", [type_, f"{prefix}%", limit]
    return [name for (name,) in connection.execute(sql, values)]
