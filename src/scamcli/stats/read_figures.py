"""Read the figures of one metric from the events that the filters find, in the form that the arithmetic needs."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from scamcli.figures import Context, Figure, Key, Link, Period, Split
from scamcli.figures.context import RELATING
from scamcli.language import dates
from scamcli.language.vocabulary import Metric
from scamcli.query import filters, search
from scamcli.query.filters import CompiledQuery
from scamcli.query.resolve import Lookup
from scamcli.store import terms
from scamcli.store.keys import OPEN_END, SEQUENCE_BITS, Rel

if TYPE_CHECKING:
    from scamcli.records.masking import Masker
    from scamcli.records.types import EventDict, FigureDict

COLUMNS = (
    "f.event, f.last, f.sure, f.kind, f.marks, f.dataset, f.disjoint, f.event_id, f.id, f.metric, f.unit, f.stated,"
    ' f.low, f.best, f.high, f.province, f.nationality, f."group", f.period, f.count, f.stated_by, f.part_of,'
    " f.split_by, f.of, f.split_complete, f.country"
)
"""What is read of a figure: the columns that describe its event, then the fields of `Figure` in their order."""

_OF_EVENTS = f"SELECT {COLUMNS} FROM json_each(?) one CROSS JOIN figure f ON f.event = one.value"  # noqa: S608 - columns only


RELATING_TYPES = ", ".join(f"'{type_}'" for type_ in sorted(RELATING))
"""The types of links that affect totals, as SQL."""

BATCH = 500
"""How many events one SQL statement looks up. SQLite allows 32,766 parameters, and older versions 999."""


MOST_LISTED = 20
"""How many wordings and events a row lists."""

_speaker = itemgetter(Figure._fields.index("stated_by"))

_Incident = tuple[Figure, str | None, bytes | None]
"""The fields of a `scamcli.figures.suspicion.Incident`, whose module many tables do not need."""


class Entry(NamedTuple):
    """A figure with its unit written out, and what statistics need to know about its event.

    ``key`` is the event's key in the database, and ``day`` its days. ``disputed`` says that another event disputes the
    figure.
    """

    figure: Figure
    key: int
    day: Period
    kind: str
    disputed: bool


class Found(NamedTuple):
    """Figures, the incidents among them, and the keys of the events with parts or splits."""

    entries: list[Entry]
    incidents: list[_Incident]
    divided: set[int]


class Reading:
    """The figures that were read.

    Attributes:
        entries: The figures of the metric, with their events.
        context: All figures of the events whose families or links matter, the links, and suspected duplicates.
        masked: The masked records of figures whose events have a protected actor.
        shown: A function that masks a text.
    """

    def __init__(
        self,
        entries: list[Entry],
        context: Context,
        masked: "dict[Key, FigureDict]",
        shown: Callable[[str], str],
    ) -> None:
        self.entries = entries
        self.context = context
        self.masked = masked
        self.shown = shown

    @property
    def wholes(self) -> Mapping[Key, Figure]:
        """All figures of the events whose families or links matter, by key."""
        return self.context.wholes

    @property
    def implied(self) -> Mapping[Key, Figure]:
        """The figures whose families narrow their bounds, with the narrower bounds."""
        return self.context.implied

    def unit(self, figures: Sequence[Figure]) -> str:
        """Return the unit that the figures share, masked if one of their masked records masks it."""
        masked = (self.masked[figure.key]["unit"] for figure in figures if self.masked and figure.key in self.masked)
        return self.shown(next(filter(None, masked), figures[0].unit or ""))

    def wording(self, figure: Figure) -> str:
        """Return the masked wording of a figure, or its bounds if it has no wording."""
        masked = self.masked.get(figure.key)
        stated = (masked and masked["stated"]) or figure.stated
        if stated:
            return self.shown(stated)
        return " / ".join("unknown" if one is None else f"{one:,}" for one in (figure.low, figure.best, figure.high))

    def listed(self, figures: Sequence[Figure]) -> tuple[list[str], list[str]]:
        """Return the first wordings and events of the figures of a row, masked."""
        events: dict[str, None] = {}
        for figure in figures:
            events[figure.event] = None
            if len(events) == MOST_LISTED:
                break
        return [self.wording(figure) for figure in figures[:MOST_LISTED]], list(map(self.shown, events))

    def speakers(self, figures: Iterable[Figure]) -> Counter[str | None]:
        """Return how many of these figures each speaker stated, in order of their first figures."""
        return Counter(map(_speaker, figures))

    def left_out(self, found: "dict[str, list[Entry]]") -> "dict[str, list[Entry]]":
        """Return all figures that are left out, by reason, given those among the entries."""
        return found


def read(
    connection: sqlite3.Connection,
    compiled: CompiledQuery,
    known: Metric,
    lookup: Lookup,
    links: Sequence[Link] | None = None,
) -> Reading:
    """Read all figures of a metric from the events that a query finds; ``links`` are all links, if they are known."""
    links = links_of(connection) if links is None else links
    found = entries_of(rows_of(connection, plan_of(connection, compiled, known.name)), known.unit, links)
    context = context_of(connection, known, found, links, suspected_pairs(connection, found.incidents, links))
    masked = _masked(connection, found.entries, lookup.masker) if lookup.masker else {}
    return Reading(found.entries, context, masked, lookup.shown)


def plan_of(connection: sqlite3.Connection, compiled: CompiledQuery, metric: str) -> search.Plan:
    """Return the plan that reads the figures ``f`` of a metric, of the events that a query without dates finds.

    Figures have their own dates, so the query has none. If it has no filters either, events need not be read at all.
    """
    if compiled.filters == (filters.NO_DRAFTS,):
        return search.Plan("figure f", "f.draft = 0 AND f.metric = ?", (metric,), "f.event", is_led=False)
    (plan,) = search.plans(connection, compiled)
    if plan.is_led:
        return plan.over(f"{plan.tables} CROSS JOIN figure f ON f.event = e.key").also("f.metric = ?", metric)
    found = plan.over("figure f CROSS JOIN event e INDEXED BY event_brief ON e.key = f.event")
    found = search.Plan(found.tables, found.where, found.parameters, "f.event", is_led=False)
    return found.also("f.metric = ?", metric)


def rows_of(connection: sqlite3.Connection, plan: search.Plan) -> Iterable[Sequence[Any]]:
    """Return rows of ``COLUMNS``, in order of their events."""
    return connection.execute(plan.select(COLUMNS, f"ORDER BY {plan.order}, f.n"), plan.parameters)


def context_of(
    connection: sqlite3.Connection,
    known: Metric,
    found: Found,
    links: Sequence[Link],
    pairs: Sequence[tuple[Key, Key]],
) -> Context:
    """Return what the arithmetic needs besides figures of a metric, given all links and the suspected pairs."""
    linked = _connected((entry.figure.event for entry in found.entries), [(link.event, link.target) for link in links])
    wholes = _wholes(connection, found.entries, found.divided | event_keys(connection, linked), known)
    return Context(wholes, [link for link in links if link.event in linked], pairs)


def entries_of(rows: Iterable[Sequence[Any]], unit: str, links: Sequence[Link]) -> Found:
    """Return the figures in rows of ``COLUMNS``; ``unit`` is the unit of their metric."""
    disputed = {(link.target, link.figure) for link in links if link.type == "disputes"}
    days: dict[tuple[int, int, int], Period] = {}
    entries, incidents, divided = list[Entry](), list[_Incident](), set[int]()
    new = tuple.__new__  # there may be a million figures, and named tuples take twice as long to make themselves
    for key, last, sure, kind, marks, dataset, is_disjoint, *values in rows:
        start = key >> SEQUENCE_BITS
        day = days.get((start, last, sure))
        if day is None:
            day = days[start, last, sure] = day_of(key, last, sure)
        figure = figure_of(values, unit, day, dataset if is_disjoint else None)
        is_disputed = bool(disputed) and ((figure[0], None) in disputed or figure.key in disputed)
        entries.append(new(Entry, (figure, key, day, kind, is_disputed)))
        if figure.count == "incident":
            incidents.append((figure, dataset, marks))
        if figure.part_of or figure.split:
            divided.add(key)
    return Found(entries, incidents, divided)


def suspected_pairs(
    connection: sqlite3.Connection, incidents: Sequence[_Incident], links: Sequence[Link]
) -> list[tuple[Key, Key]]:
    """Return the pairs of incidents that may be the same, unless a link says how they relate."""
    if len(incidents) < 2:
        return []
    from scamcli.figures.suspicion import Incident  # here, because many metrics have no incidents
    from scamcli.stats import suspected

    return suspected.pairs(connection, [tuple.__new__(Incident, one) for one in incidents], links)


def names_of(connection: sqlite3.Connection, keys: Iterable[int], split: str) -> dict[int, list[str]]:
    """Return the original outlets of each event (``source``), or the sites where it is located (``site``)."""
    type_, rel = ("actor", Rel.ORIGINAL) if split == "source" else ("site", Rel.CONCERNS)
    names: dict[int, list[str]] = {key: [] for key in keys}
    wanted = list(names)
    for part in (wanted[at : at + BATCH] for at in range(0, len(wanted), BATCH)):
        among = f"WHERE event IN ({', '.join('?' * len(part))}) AND rel = ? AND type = ?"
        located = "" if split == "source" else " AND roles = 0"
        sql = f"SELECT event, term.name FROM event_term JOIN term ON term.id = term {among}{located}"  # noqa: S608 - question marks
        for key, name in connection.execute(sql, [*part, rel, type_]):
            names[key].append(name)
    return {key: sorted(found) for key, found in names.items()}


def in_drafts(connection: sqlite3.Connection, compiled: CompiledQuery, metric: str) -> int:
    """Return how many figures of a metric are in the drafts that a query finds; drafts never count."""
    (plan,) = search.plans(connection, compiled)
    tables = f"{plan.tables} CROSS JOIN figure f ON f.event = e.key"
    read_from = plan.over(tables).also("f.metric = ? AND e.draft = 1", metric)
    return int(connection.execute(read_from.select("count(*)"), read_from.parameters).fetchone()[0])


def day_of(key: int, last: int, sure: int) -> Period:
    """Return the days of an event. The first one is at the start of its key."""
    return Period(key >> SEQUENCE_BITS, None if last >= OPEN_END else last, bool(sure))


def figure_of(values: list[Any], unit: str, day: Period, dataset: str | None) -> Figure:
    """Return a figure from a row with its part of ``COLUMNS``.

    ``unit`` is the unit of its metric, and ``dataset`` the disjoint data set that its event is a row of.

    Most values already are fields of the figure, so only the others are replaced, in place.
    """
    values[3] = values[3] or unit
    period, count, part_of, split_by, of = values[11], values[12], values[14], values[15], values[16]
    if period:
        values[11] = dates.parse_date(period)
    elif count == "incident" and part_of is None:
        values[11] = day  # what `resolved` would return, but faster: there may be a million incidents
    if split_by:
        values[15] = Split(split_by, None if values[17] is None else bool(values[17]))
    values[16] = tuple(json.loads(of)) if of else ()
    values[17] = day
    values.append(dataset)
    return tuple.__new__(Figure, values)  # twice as fast as a call of `Figure`


def _wholes(
    connection: sqlite3.Connection,
    entries: list[Entry],
    keys: set[int],
    known: Metric,
) -> dict[Key, Figure]:
    """Return all figures of the events with these keys; those that were already read are not read again."""
    figures = {entry.figure.key: entry.figure for entry in entries if entry.key in keys} if keys else {}
    for row in connection.execute(_OF_EVENTS, [json.dumps(sorted(keys))]) if keys else ():
        event, last, sure, _, _, dataset, is_disjoint, *values = row
        unit = known.unit if values[2] == known.name else values[2]
        figure = figure_of(values, unit, day_of(event, last, sure), dataset if is_disjoint else None)
        figures.setdefault(figure.key, figure)
    return figures


def _masked(connection: sqlite3.Connection, entries: list[Entry], masker: "Masker") -> "dict[Key, FigureDict]":
    """Return the masked figures of the events that have a protected actor, or a word of such a name in a figure."""
    masked: dict[Key, FigureDict] = {}
    texts = {text for entry in entries for text in _texts_of(entry.figure)}
    touched = {text for text in texts if masker.touches(text)}
    keys = terms.naming_events(connection) & {entry.key for entry in entries}
    keys |= {entry.key for entry in entries if not touched.isdisjoint(_texts_of(entry.figure))} if touched else set()
    for key in keys:
        event, text = connection.execute("SELECT id, record FROM event WHERE key = ?", [key]).fetchone()
        record: EventDict = json.loads(text)
        for figure in record["figures"]:
            printed = masker.part(figure, "figures", masker.present(record))
            masked[event, figure["id"] or ""] = cast("FigureDict", printed)
    return masked


def _texts_of(figure: Figure) -> list[str]:
    texts = (figure.id, figure.stated, figure.nationality, figure.group, figure.stated_by)
    return [text for text in texts if text is not None]


def _connected(events: Iterable[str], links: list[tuple[str, str]]) -> set[str]:
    """Return the events that links connect with these, including those that no filter chose."""
    neighbours: dict[str, set[str]] = {}
    for one, other in links:
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    reached, waiting = set[str](), {event for event in events if event in neighbours} if neighbours else set[str]()
    while waiting:
        reached |= waiting
        waiting = set().union(*(neighbours[event] for event in waiting)) - reached
    return reached


def event_keys(connection: sqlite3.Connection, events: Iterable[str]) -> set[int]:
    """Return the keys of events in the database, leaving out drafts."""
    sql = "SELECT event.key FROM json_each(?) one CROSS JOIN event ON event.id = one.value WHERE event.draft = 0"
    return {key for (key,) in connection.execute(sql, [json.dumps(list(events))])}


def links_of(connection: sqlite3.Connection) -> list[Link]:
    """Return all links that affect totals."""
    found = connection.execute(
        "SELECT link.type, event.id, link.target, link.figure FROM link CROSS JOIN event ON event.key = link.event"  # noqa: S608 - our words
        f" WHERE event.draft = 0 AND link.type IN ({RELATING_TYPES})"
    )
    return [Link(*row) for row in found]
