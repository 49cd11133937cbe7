"""The figures of one metric as the arithmetic needs them, read from the events that the filters choose."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.figures import Figure, Key, Period, Split
from scamcli.language import dates
from scamcli.query import search
from scamcli.store.keys import OPEN_END, Rel

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from scamcli.language.vocabulary import Metric
    from scamcli.query.filters import CompiledQuery
    from scamcli.records.masking import Masker

_FIGURE = (
    'f.id, f.metric, f.unit, f.stated, f.low, f.best, f.high, f.province, f.nationality, f."group", f.period,'
    " f.count, f.stated_by, f.part_of, f.split_by, f.split_complete, f.of"
)
_OF_EVENT = f"SELECT e.id, {_FIGURE} FROM figure f JOIN event e ON e.key = f.event WHERE f.event = ?"  # noqa: S608 - columns only


AT_ONCE = 500
"""Events that are looked up by one statement."""


class Entry(NamedTuple):
    """A figure, and what `stats` must know of its event.

    Attributes:
        figure: with its metric's unit written out.
        key: the event's key in the database.
        day: the event's own days.
        kind: the event's kind.
        disputed: whether another event disputes it.
    """

    figure: Figure
    key: int
    day: Period
    kind: str
    disputed: bool


class Reading(NamedTuple):
    """What was read.

    Attributes:
        entries: figures with their events.
        wholes: every figure of their events.
        repeats: pairs of events that repeat each other.
        masked: the records of figures whose events have a protected actor, as they may be printed.
    """

    entries: list[Entry]
    wholes: dict[Key, Figure]
    repeats: list[tuple[str, str]]
    masked: dict[Key, dict[str, Any]]


def read(connection: sqlite3.Connection, compiled: CompiledQuery, known: Metric, masker: Masker | None) -> Reading:
    """Every figure of a metric in the events that a query finds."""
    metric, unit = known.name, known.unit
    (found,) = search.plans(connection, compiled)  # without dates: those are a figure's own
    tables, order = f"{found.tables} CROSS JOIN figure f ON f.event = e.key", found.order
    if not found.led:
        tables, order = "figure f CROSS JOIN event e ON e.key = f.event", "f.event"
    read_from = found._replace(tables=tables).also("f.metric = ?", metric)
    columns = f"e.id, e.key, e.start, e.last, e.sure, e.kind, {_FIGURE}"
    rows = connection.execute(read_from.select(columns, f"ORDER BY {order}, f.n"), read_from.parameters)
    entries = []
    for event, key, start, last, sure, kind, *values in rows:
        day = Period(start, None if last >= OPEN_END else last, bool(sure))
        entries.append(Entry(_figure(event, values, unit), key, day, kind, disputed=False))
    links = _links(connection)
    disputed = {(event, figure) for type_, _, event, figure in links if type_ == "disputes"}
    if disputed:
        entries = [
            entry._replace(disputed=not disputed.isdisjoint({(entry.figure.event, None), entry.figure.key}))
            for entry in entries
        ]
    repeats = [(event, target) for type_, event, target, _ in links if type_ == "repeats"]
    keys = {entry.key for entry in entries if entry.figure.part_of or entry.figure.split}
    keys |= _event_keys(connection, _connected({entry.figure.event for entry in entries}, repeats))
    masked = _masked(connection, {entry.key for entry in entries}, masker) if masker else {}
    return Reading(entries, _wholes(connection, entries, keys, known), repeats, masked)


def originals(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, list[str]]:
    """The original outlets of each event."""
    found: dict[int, list[str]] = {key: [] for key in keys}
    wanted = list(found)
    for part in (wanted[at : at + AT_ONCE] for at in range(0, len(wanted), AT_ONCE)):
        among = f"WHERE event IN ({', '.join('?' * len(part))}) AND rel = ?"
        sql = f"SELECT event, term.name FROM event_term JOIN term ON term.id = term {among}"  # noqa: S608 - question marks
        for key, name in connection.execute(sql, [*part, Rel.ORIGINAL]):
            found[key].append(name)
    return {key: sorted(names) for key, names in found.items()}


def in_drafts(connection: sqlite3.Connection, compiled: CompiledQuery, metric: str) -> int:
    """How many figures of a metric stand in drafts that a query finds, which never count."""
    (found,) = search.plans(connection, compiled)
    tables = f"{found.tables} CROSS JOIN figure f ON f.event = e.key"
    read_from = found._replace(tables=tables).also("f.metric = ? AND e.draft = 1", metric)
    return int(connection.execute(read_from.select("count(*)"), read_from.parameters).fetchone()[0])


def _figure(event: str, values: list[Any], unit: str) -> Figure:
    (id_, metric, own_unit, stated, low, best, high, province, nationality, group, period, count, stated_by, part_of,
     split_by, complete, of) = values  # fmt: skip
    return Figure(
        event, id_, metric, own_unit or unit, stated, low, best, high, province, nationality, group,
        dates.parse_date(period) if period else None, count, stated_by, part_of,
        Split(split_by, None if complete is None else bool(complete)) if split_by else None,
        tuple(json.loads(of)) if of else (),
    )  # fmt: skip


def _wholes(connection: sqlite3.Connection, entries: list[Entry], keys: set[int], known: Metric) -> dict[Key, Figure]:
    """The figures that were read, and every figure of the events with these keys."""
    found = {entry.figure.key: entry.figure for entry in entries}
    for key in sorted(keys):
        for event, *values in connection.execute(_OF_EVENT, [key]):
            figure = _figure(event, values, known.unit if values[1] == known.name else values[1])
            found.setdefault(figure.key, figure)
    return found


def _masked(connection: sqlite3.Connection, keys: set[int], masker: Masker) -> dict[Key, dict[str, Any]]:
    rows = connection.execute(
        "SELECT DISTINCT e.key, e.id, e.record FROM term CROSS JOIN event_term ON event_term.term = term.id AND rel = 0"
        " JOIN event e ON e.key = event_term.event WHERE term.placeholder > 0"
    )
    found: dict[Key, dict[str, Any]] = {}
    for key, event, text in rows:
        if key in keys:
            record = json.loads(text)
            for stored, shown in zip(record["figures"], masker.record(record)["figures"], strict=True):
                found[event, stored["id"]] = shown
    return found


def _connected(events: set[str], repeats: list[tuple[str, str]]) -> set[str]:
    """The events that these repeat, or that repeat them, and so on: also those that no filter chose."""
    beside: dict[str, set[str]] = {}
    for one, other in repeats:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    reached, waiting = set[str](), [event for event in events if event in beside]
    while waiting:
        found = waiting.pop()
        if found not in reached:
            reached.add(found)
            waiting += beside[found]
    return reached


def _event_keys(connection: sqlite3.Connection, events: set[str]) -> set[int]:
    rows = (
        connection.execute("SELECT key FROM event WHERE id = ? AND draft = 0", [event]).fetchone() for event in events
    )
    return {row[0] for row in rows if row}


def _links(connection: sqlite3.Connection) -> list[tuple[str, str, str, str | None]]:
    return connection.execute(
        "SELECT link.type, event.id, link.target, link.figure FROM link CROSS JOIN event ON event.key = link.event"
        " WHERE event.draft = 0 AND link.type IN ('disputes', 'repeats')"
    ).fetchall()
