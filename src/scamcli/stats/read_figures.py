"""Read the figures of one metric, from the events that the filters find, in the form that the arithmetic needs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures import Figure, Key, Period, Split, propagate_event, with_implied
from scamcli.language import dates
from scamcli.query import search
from scamcli.store.keys import OPEN_END, Rel

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from scamcli.language.vocabulary import Metric
    from scamcli.query.filters import CompiledQuery
    from scamcli.query.resolve import Lookup
    from scamcli.records.masking import Masker
    from scamcli.records.types import EventDict, FigureDict

_FIGURE = (
    'f.id, f.metric, f.unit, f.stated, f.low, f.best, f.high, f.province, f.nationality, f."group", f.period,'
    " f.count, f.stated_by, f.part_of, f.split_by, f.split_complete, f.of"
)
_OF_EVENT = f"SELECT e.id, {_FIGURE} FROM figure f JOIN event e ON e.key = f.event WHERE f.event = ?"  # noqa: S608 - columns only


BATCH = 500
"""How many events one statement looks up; SQLite allows 32,766 parameters, and older versions 999."""


class Entry(NamedTuple):
    """A figure, with the unit of its metric written out, and what statistics need to know about its event.

    ``key`` and ``day`` are the event's key in the database and its own days; ``disputed`` says that another event
    disputes the figure.
    """

    figure: Figure
    key: int
    day: Period
    kind: str
    disputed: bool


class Reading(NamedTuple):
    """The figures that were read.

    Attributes:
        entries: The figures of the metric, with their events.
        wholes: These, and all figures of events whose families or repetitions matter, by key.
        repeats: Pairs of events that repeat each other.
        implied: The figures whose bounds their families narrow, with the narrower bounds.
        masked: The masked records of figures whose events have a protected actor.
        shown: Masks a text.
    """

    entries: list[Entry]
    wholes: dict[Key, Figure]
    repeats: list[tuple[str, str]]
    implied: dict[Key, Figure]
    masked: dict[Key, FigureDict]
    shown: Callable[[str], str]

    def wording(self, figure: Figure) -> str:
        """Return the masked wording of a figure, or its bounds if it has no wording."""
        masked = self.masked.get(figure.key)
        stated = (masked and masked["stated"]) or figure.stated
        if stated:
            return self.shown(stated)
        return " / ".join("unknown" if one is None else f"{one:,}" for one in (figure.low, figure.best, figure.high))


def read(connection: sqlite3.Connection, compiled: CompiledQuery, known: Metric, lookup: Lookup) -> Reading:
    """Read all figures of a metric from the events that a query finds."""
    metric, unit = known.name, known.unit
    (plan,) = search.plans(connection, compiled)  # one plan, as the query has no dates: figures have their own
    tables, order = f"{plan.tables} CROSS JOIN figure f ON f.event = e.key", plan.order
    if not plan.led:
        tables, order = "figure f CROSS JOIN event e ON e.key = f.event", "f.event"
    read_from = plan._replace(tables=tables).also("f.metric = ?", metric)
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
    wholes = _wholes(connection, entries, keys, known)
    masked = _masked(connection, {entry.key for entry in entries}, lookup.masker) if lookup.masker else {}
    return Reading(entries, wholes, repeats, _implied(wholes), masked, lookup.shown)


def originals(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, list[str]]:
    """Return the original outlets of each event."""
    outlets: dict[int, list[str]] = {key: [] for key in keys}
    wanted = list(outlets)
    for part in (wanted[at : at + BATCH] for at in range(0, len(wanted), BATCH)):
        among = f"WHERE event IN ({', '.join('?' * len(part))}) AND rel = ?"
        sql = f"SELECT event, term.name FROM event_term JOIN term ON term.id = term {among}"  # noqa: S608 - question marks
        for key, name in connection.execute(sql, [*part, Rel.ORIGINAL]):
            outlets[key].append(name)
    return {key: sorted(names) for key, names in outlets.items()}


def in_drafts(connection: sqlite3.Connection, compiled: CompiledQuery, metric: str) -> int:
    """Return how many figures of a metric are in drafts that a query finds. These never count."""
    (plan,) = search.plans(connection, compiled)
    tables = f"{plan.tables} CROSS JOIN figure f ON f.event = e.key"
    read_from = plan._replace(tables=tables).also("f.metric = ? AND e.draft = 1", metric)
    return int(connection.execute(read_from.select("count(*)"), read_from.parameters).fetchone()[0])


def _figure(event: str, values: Sequence[Any], unit: str) -> Figure:
    (id_, metric, own_unit, stated, low, best, high, province, nationality, group, period, count, stated_by, part_of,
     split_by, complete, of) = values  # fmt: skip
    return Figure(
        event, id_, metric, own_unit or unit, stated, low, best, high, province, nationality, group,
        dates.parse_date(period) if period else None, count, stated_by, part_of,
        Split(split_by, None if complete is None else bool(complete)) if split_by else None,
        tuple(json.loads(of)) if of else (),
    )  # fmt: skip


def _wholes(connection: sqlite3.Connection, entries: list[Entry], keys: set[int], known: Metric) -> dict[Key, Figure]:
    """Return the figures that were read, and all figures of the events with these keys."""
    figures = {entry.figure.key: entry.figure for entry in entries}
    for key in sorted(keys):
        for event, *values in connection.execute(_OF_EVENT, [key]):
            figure = _figure(event, values, known.unit if values[1] == known.name else values[1])
            figures.setdefault(figure.key, figure)
    return figures


def _implied(wholes: dict[Key, Figure]) -> dict[Key, Figure]:
    families: dict[str, list[Figure]] = {one.event: [] for one in wholes.values() if one.part_of is not None}
    for figure in wholes.values() if families else ():
        if figure.event in families:
            families[figure.event].append(figure)
    implied: dict[Key, Figure] = {}
    for figures in families.values():
        changed = with_implied(figures, propagate_event(figures).intervals)
        implied |= {one.key: other for one, other in zip(figures, changed, strict=True) if one != other}
    return implied


def _masked(connection: sqlite3.Connection, keys: set[int], masker: Masker) -> dict[Key, FigureDict]:
    rows = connection.execute(
        "SELECT DISTINCT e.key, e.id, e.record FROM term CROSS JOIN event_term ON event_term.term = term.id AND rel = 0"
        " JOIN event e ON e.key = event_term.event WHERE term.placeholder > 0"
    )
    masked: dict[Key, FigureDict] = {}
    for key, event, text in rows:
        if key in keys:
            record: EventDict = json.loads(text)
            for stored, figure in zip(record["figures"], masker.record(record)["figures"], strict=True):
                masked[event, stored["id"] or ""] = figure
    return masked


def _connected(events: set[str], repeats: list[tuple[str, str]]) -> set[str]:
    """Return the events connected to these by repetition, also those that no filter chose."""
    neighbours: dict[str, set[str]] = {}
    for one, other in repeats:
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    reached, waiting = set[str](), events & neighbours.keys()
    while waiting:
        reached |= waiting
        waiting = set().union(*(neighbours[event] for event in waiting)) - reached
    return reached


def _event_keys(connection: sqlite3.Connection, events: set[str]) -> set[int]:
    sql = "SELECT key FROM event WHERE id = ? AND draft = 0"
    return {key for event in events for (key,) in connection.execute(sql, [event])}


def _links(connection: sqlite3.Connection) -> list[tuple[str, str, str, str | None]]:
    return connection.execute(
        "SELECT link.type, event.id, link.target, link.figure FROM link CROSS JOIN event ON event.key = link.event"
        " WHERE event.draft = 0 AND link.type IN ('disputes', 'repeats')"
    ).fetchall()
