"""Check a whole database: all events, then all actors."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

from scamcli import checks
from scamcli.checks.context import LAST_YEAR
from scamcli.language import dates
from scamcli.store import terms
from scamcli.store.keys import OPEN_END, PROTECTED

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator
    from typing import Any

    from scamcli.query.resolve import Lookup
    from scamcli.records.masking import Masker
    from scamcli.records.models import Event
    from scamcli.records.types import EventDict
    from scamcli.store.writer import Writer


class DatabaseContext:
    """Answers what checks ask about a database: its metrics, and the days and figures of its events."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.metric = lru_cache(maxsize=None)(partial(terms.metric, connection))

    def has_figure(self, event_id: str, figure_id: str) -> bool:
        """Return whether an event has a figure with this id."""
        sql = "SELECT 1 FROM figure JOIN event ON event.key = figure.event WHERE event.id = ? AND figure.id = ?"
        return self._connection.execute(sql, [event_id, figure_id]).fetchone() is not None

    def days(self, event_id: str) -> dates.Period | None:
        """Return the days of an event, or ``None`` if the event does not exist."""
        row = self._connection.execute("SELECT start, last, sure FROM event WHERE id = ?", [event_id]).fetchone()
        return None if row is None else dates.Period(row[0], None if row[1] >= OPEN_END else row[1], bool(row[2]))


def findings(lookup: Lookup, codes: Collection[str]) -> Iterator[checks.Finding]:
    """Yield all findings, masked: about single events (oldest first), about pairs of events, about sites and actors.

    Comparing all figures takes longer than everything else, so it is done only if ``codes`` has a code that needs it.
    The names of protected actors are not compared: a finding about a similar name would give them away.
    """
    connection, masker = lookup.connection, lookup.masker
    known = DatabaseContext(connection)
    last = latest_day()
    for record, event in _events(connection):
        for finding in (*checks.check_event(event, known), *_in_future(record, last)):
            yield finding if masker is None else _masked(finding, record, masker)
    if "F08" in codes:
        yield from _may_be_one(lookup)
    if "F09" in codes:
        yield from _decreasing(lookup)
    if "C01" in codes:
        yield from _without_status(connection, masker)
    hidden = "" if masker is None else f" AND NOT ({PROTECTED})"
    sql = f"SELECT name FROM term WHERE type = 'actor'{hidden} ORDER BY name"  # noqa: S608 - our own words
    yield from checks.find_near_names(name for (name,) in connection.execute(sql))


def latest_day() -> int:
    """Return the day that it is now in any time zone."""
    return dates.day((datetime.now(tz=UTC).date() + timedelta(days=1)).isoformat())


def _in_future(record: EventDict, last: int) -> Iterator[checks.Finding]:
    """Yield a finding if an event is certainly later than today. A plan can be, so nothing refuses such a date."""
    first = dates.parse_date(record["date"]).start
    if first is not None and first > last and int(record["date"][:4]) <= LAST_YEAR:  # else it is not Gregorian
        yield checks.Finding("D04", record["id"], "", f"it is dated {record['date']}, which is later than today")


def _may_be_one(lookup: Lookup) -> Iterator[checks.Finding]:
    """Yield a finding about the later of any two events that may be one, masked."""
    from scamcli.stats import read, suspected

    connection = lookup.connection
    links = read.links_of(connection)
    names = connection.execute("SELECT name FROM term WHERE type = 'metric' ORDER BY name").fetchall()
    for metric in filter(None, (terms.metric(connection, name) for (name,) in names)):
        for pair in suspected.of_metric(connection, metric, links):
            event, figure = pair.other.key
            reason = f"it may be the same event as {pair.one.key[0]}: {pair.why}"
            yield checks.Finding("F08", *map(lookup.shown, (event, f"figure {figure}", reason)))


def _decreasing(lookup: Lookup) -> Iterator[checks.Finding]:
    """Yield the findings about running totals that go down, masked."""
    from scamcli.stats import conflicts

    for found, why in conflicts.find(lookup.connection, lookup, conflicts.Wanted(kinds=["decreasing"])):
        first, last = found.figures[0], found.figures[-1]
        reason = f"it follows {first.event}: {why}"
        yield checks.Finding("F09", *map(lookup.shown, (last.event, f"figure {last.id}", reason)))


def _without_status(connection: sqlite3.Connection, masker: Masker | None) -> Iterator[checks.Finding]:
    """Yield the sites of reviewed raids and closures that no claim about their status refers to.

    This only suggests a claim: that a raid changed the state of a site is for a source to say.
    """
    sites = connection.execute("SELECT name, record FROM term WHERE type = 'site' AND record IS NOT NULL")
    claimed = {name: {claim["event"] for claim in json.loads(text)["statuses"]} for name, text in sites}
    sql = "SELECT record FROM event WHERE kind IN ('raid', 'closure') AND draft = 0 ORDER BY start, id"
    for (text,) in connection.execute(sql):
        record: EventDict = json.loads(text)
        for name in record["sites"]:
            if record["id"] not in claimed.get(name, ()):
                reason = f"nothing says what became of the site after this {record['kind']}"
                finding = checks.Finding("C01", record["id"], f"site {name}", reason)
                yield finding if masker is None else _masked(finding, record, masker)


def _masked(finding: checks.Finding, record: EventDict, masker: Masker) -> checks.Finding:
    named = masker.present(record)
    place, reason = (masker.without(text, named) for text in (finding.place, finding.reason))
    return checks.Finding(finding.code, masker.record(record)["id"], place, reason)


def derive_bounds(writer: Writer) -> list[str]:
    """Derive the bounds of figures from their wordings again, and update those that differ. Nothing else changes.

    Returns:
        The ids of the events that changed.
    """
    known = DatabaseContext(writer.connection)
    changed = []
    for value, event in list(_events(writer.connection)):
        wrong = {finding.place for finding in checks.check_event(event, known) if finding.code == "F02"}
        if not wrong:
            continue
        for figure, record in zip(value["figures"], event.figures, strict=True):
            if f"figure {record.id}" in wrong:
                figure["low"], figure["best"], figure["high"] = checks.bounds_of_wording(record, known)
        writer.replace_event(event.id or "", dict(value))
        changed.append(event.id or "")
    return changed


def _events(connection: sqlite3.Connection) -> Iterator[tuple[EventDict, Event]]:
    """Yield each event twice: as its record, and as a namespace with the same fields.

    The namespace stands in for the model: records were validated when they were written, and pydantic is slow to load.
    """
    for (text,) in connection.execute("SELECT record FROM event ORDER BY start, id"):
        event: Any = json.loads(text, object_hook=lambda part: SimpleNamespace(**part))
        yield json.loads(text), event
