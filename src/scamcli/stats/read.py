"""Read the figures of one metric from the events that the filters find, in the form that the arithmetic needs."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from scamcli.language import dates
from scamcli.language.dates import Period
from scamcli.language.vocabulary import Metric
from scamcli.language.wording.bounds import render_bounds
from scamcli.numbers.entries import Facts
from scamcli.numbers.links import RELATING
from scamcli.numbers.propagation import propagate_event, with_implied
from scamcli.numbers.records import Figure, Key, Link, Split
from scamcli.numbers.scope import normalise_words
from scamcli.numbers.suspicion import Suspicion
from scamcli.query import filters, search
from scamcli.query.filters import CompiledQuery
from scamcli.query.resolve import Lookup
from scamcli.stats import suspected
from scamcli.store import terms
from scamcli.store.keys import JULIAN_EPOCH, OPEN_END, SEQUENCE_BITS, Rel

if TYPE_CHECKING:
    from scamcli.records.masking import Masker
    from scamcli.records.types import EventDict, FigureDict

COLUMNS = (
    "f.event, f.last, f.sure, f.kind, f.dataset, f.disjoint, f.event_id, f.id, f.metric, f.unit, f.stated,"
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


class Recorded(NamedTuple):
    """A figure with its unit written out, and what statistics need to know about its event.

    ``key`` is the event's key in the database, and ``day`` its days. ``disputed`` says that another event disputes the
    figure.
    """

    figure: Figure
    key: int
    day: Period
    kind: str
    disputed: bool


class Apart(NamedTuple):
    """What a table tells apart, so that incidents which agree in it can be added up in SQL.

    Attributes:
        splits: The splits of the table.
        names: The names that its filters ask for, such as ``country``.
        is_dated: Whether its filters ask for days.
    """

    splits: Sequence[str]
    names: Sequence[str]
    is_dated: bool


class Reading:
    """The figures of a metric that were read.

    Attributes:
        chosen: The figures of the events that the filters find.
        figures: These, and the other figures of the metric in events that links connect with them, by key.
        facts: Wholes, links and suspicions.
        suspicions: Pairs of reports that may be of one event.
        masked: The masked records of figures whose events have a protected actor.
        names: The masked forms of groups and nationalities that contain a protected name, by their words in small
            letters.
        shown: A function that masks a text.
    """

    def __init__(  # noqa: PLR0913 - its attributes, in order
        self,
        chosen: list[Recorded],
        figures: dict[Key, Figure],
        facts: Facts,
        suspicions: Sequence[Suspicion],
        masked: "dict[Key, FigureDict]",
        names: dict[str, str],
        shown: Callable[[str], str],
    ) -> None:
        self.chosen = chosen
        self.figures = figures
        self.facts = facts
        self.suspicions = suspicions
        self.masked = masked
        self.names = names
        self.shown = shown

    @cached_property
    def implied(self) -> Mapping[Key, Figure]:
        """The figures whose bounds the parts and wholes of their event narrow, with the narrower bounds."""
        families: dict[str, list[Figure]] = {}
        for figure in self.facts.wholes.values():
            families.setdefault(figure.event, []).append(figure)
        found: dict[Key, Figure] = {}
        for figures in families.values():
            if all(figure.part_of is None for figure in figures):
                continue
            narrowed = with_implied(figures, propagate_event(figures).intervals)
            found |= {one.key: other for one, other in zip(figures, narrowed, strict=True) if one != other}
        return found

    def unit(self, figures: Sequence[Figure]) -> str:
        """Return the unit that the figures share, masked if one of their masked records masks it."""
        masked = (self.masked[figure.key]["unit"] for figure in figures if self.masked and figure.key in self.masked)
        return self.shown(next(filter(None, masked), figures[0].unit or ""))

    def wording(self, figure: Figure) -> str:
        """Return the masked wording of a figure, or its bounds if it has no wording."""
        masked = self.masked.get(figure.key)
        stated = (masked and masked["stated"]) or figure.stated
        return self.shown(stated) if stated else render_bounds(figure.bounds)

    def name(self, value: str) -> str:
        """Return what a row is about, such as a group, masked as its records are."""
        return self.shown(self.names.get(normalise_words(value), value))

    def speaker(self, figure: Figure) -> str | None:
        """Return who stated a figure, masked."""
        return figure.stated_by and self.shown(figure.stated_by)


def read(
    connection: sqlite3.Connection, compiled: CompiledQuery, known: Metric, lookup: Lookup, apart: Apart | None = None
) -> Reading:
    """Read all figures of a metric from the events that a query finds.

    Args:
        connection: An open connection.
        compiled: The query.
        known: The metric.
        lookup: Masks names.
        apart: What a table tells apart, if rows of data sets that it does not tell apart may be added up.
    """
    links = links_of(connection)
    chosen, divided, sizes = _chosen(connection, plan_of(connection, compiled, known.name), known, links, apart)
    events = {one.figure.event for one in chosen if one.figure.key not in sizes}
    suspicions = suspected.of_metric(connection, known, links) if any(map(_is_incident, chosen)) else []
    linked = _connected(events, [(link.event, link.target) for link in links])
    linked |= _connected(events, [pair.events for pair in suspicions])
    wholes = _figures_of_events(connection, divided | event_keys(connection, linked), known, chosen)
    figures = {one.figure.key: one.figure for one in chosen}
    figures |= {key: figure for key, figure in wholes.items() if figure.metric == known.name and key not in figures}
    of_linked = [link for link in links if link.event in linked]
    facts = Facts(wholes, of_linked, [pair.keys for pair in suspicions], sizes)
    masked, names = _masked(connection, figures.values(), lookup.masker) if lookup.masker else ({}, {})
    return Reading(chosen, figures, facts, suspicions, masked, names, partial(lookup.shown_about, known.name))


def _chosen(
    connection: sqlite3.Connection, plan: search.Plan, known: Metric, links: Sequence[Link], apart: Apart | None
) -> tuple[list[Recorded], set[int], dict[Key, int]]:
    """Return the figures that a plan finds, the keys of events with parts or splits, and how many rows each stands for.

    Without ``apart``, each stands for one.
    """
    if apart is None:
        chosen, divided = recorded(rows_of(connection, plan), known.unit, links)
        return chosen, divided, {}
    linked = event_keys(connection, {event for link in links for event in (link.event, link.target)})
    linked_keys = json.dumps(sorted(linked))
    chosen, divided = recorded(rows_of(connection, plan.also(f"NOT ({DECLARED_ROW})", linked_keys)), known.unit, links)
    beside_totals = any(one.figure.count != "incident" for one in chosen)
    of_rows = plan.also(DECLARED_ROW, linked_keys)
    sums, sizes = _sums_of_declared_rows(connection, of_rows, known, apart, beside_totals=beside_totals)
    return [*chosen, *sums], divided, sizes


def _is_incident(one: Recorded) -> bool:
    return one.figure.count == "incident" and one.figure.dataset is None


DECLARED_ROW = (
    "f.disjoint AND f.addable AND f.sure AND ifnull(f.low <= f.best, 1) AND ifnull(f.best <= f.high, 1)"
    " AND ifnull(f.low <= f.high, 1) AND f.event NOT IN (SELECT value FROM json_each(?))"
)
"""Incidents of data sets that are declared to have a different one in every row, with bounds that are in order.

The parameter has the keys of events with links.
"""

_FIRST_DAY = f"(f.event >> {SEQUENCE_BITS})"
_MONTH = "strftime('%Y-%m', {0} + " + str(JULIAN_EPOCH) + ")"
_QUARTER = "strftime('%Y', {0} + {1}) || ((strftime('%m', {0} + {1}) + 2) / 3)".replace("{1}", str(JULIAN_EPOCH))
_YEAR = "strftime('%Y', {0} + " + str(JULIAN_EPOCH) + ")"
_BUCKETS = {"month": _MONTH, "quarter": _QUARTER, "year": _YEAR}
_COLUMN_OF = {"country": "f.country", "province": "f.province", "nationality": "f.nationality", "group": 'f."group"'}


def _sums_of_declared_rows(
    connection: sqlite3.Connection, plan: search.Plan, known: Metric, apart: Apart, *, beside_totals: bool
) -> tuple[list[Recorded], dict[Key, int]]:
    """Return a figure for each group of declared rows that a table does not tell apart, and the sizes of the groups.

    The rows are different incidents (`DECLARED_ROW`), so they are added up in SQL, as far as they lie inside the same
    totals: with totals beside them, rows are told apart by all names and days.
    """
    told_apart = [name for name in _COLUMN_OF if beside_totals or name in {*apart.splits, *apart.names}]
    by = ["f.unit", "f.stated_by", "f.dataset", "f.kind" if "kind" in apart.splits else "NULL"]
    by += [column if name in told_apart else "NULL" for name, column in _COLUMN_OF.items()]
    days: list[str] = []
    if beside_totals or apart.is_dated:
        days = [_FIRST_DAY, "f.last"]
    else:
        for split in apart.splits:
            if split in _BUCKETS:
                days += [_BUCKETS[split].format(_FIRST_DAY), _BUCKETS[split].format("f.last")]
    sums = (
        "min(f.event), max(f.last), count(*), sum(f.low), CASE WHEN count(f.best) = count(*) THEN sum(f.best) END,"
        " CASE WHEN count(f.high) = count(*) THEN sum(f.high) END"
    )
    select = plan.select(f"{', '.join(by)}, {sums}", f"GROUP BY {', '.join((*by, *days))}")
    groups = connection.execute(select, plan.parameters).fetchall()
    ids = _ids_of_figures(connection, known.name, [group[len(by)] for group in groups])
    found, sizes = list[Recorded](), dict[Key, int]()
    for unit, speaker, dataset, kind, country, province, nationality, group, key, last, size, *bounds in groups:
        event, id_, stated = ids[key]
        low, best, high = bounds
        day = Period(key >> SEQUENCE_BITS, None if last >= OPEN_END else last, sure=True)
        figure = Figure(
            event, id_, known.name, unit or known.unit, stated if size == 1 else None, low, best, high,
            province, nationality, group, day, "incident", speaker, None, None, (), day, country, dataset,
        )  # fmt: skip
        found.append(Recorded(figure, key, day, kind or "", disputed=False))
        sizes[figure.key] = size
    return found, sizes


def _ids_of_figures(
    connection: sqlite3.Connection, metric: str, keys: Sequence[int]
) -> dict[int, tuple[str, str, str | None]]:
    """Return the ids and words of the only figures of a metric in some events, by the keys of the events."""
    sql = (
        "SELECT f.event, f.event_id, f.id, f.stated FROM json_each(?) one CROSS JOIN figure f"
        " ON f.metric = ? AND f.event = one.value"
    )
    return {
        key: (event, id_, stated) for key, event, id_, stated in connection.execute(sql, [json.dumps(keys), metric])
    }


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


def recorded(rows: Iterable[Sequence[Any]], unit: str, links: Sequence[Link]) -> tuple[list[Recorded], set[int]]:
    """Return the figures in rows of ``COLUMNS``, and the keys of the events with parts or splits.

    Args:
        rows: The rows.
        unit: The unit of their metric.
        links: All links.
    """
    disputed = {(link.target, link.figure) for link in links if link.type == "disputes"}
    found, divided = list[Recorded](), set[int]()
    for key, last, sure, kind, dataset, is_disjoint, *values in rows:
        day = day_of(key, last, sure)
        figure = figure_of(values, unit, day, dataset if is_disjoint else None)
        is_disputed = bool(disputed) and ((figure.event, None) in disputed or figure.key in disputed)
        found.append(Recorded(figure, key, day, kind, is_disputed))
        if figure.part_of or figure.split:
            divided.add(key)
    return found, divided


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


def _figures_of_events(
    connection: sqlite3.Connection, keys: set[int], known: Metric, chosen: Sequence[Recorded]
) -> dict[Key, Figure]:
    """Return all figures of the events with these keys. A figure that is among the chosen ones stays that object."""
    if not keys:
        return {}
    figures = {one.figure.key: one.figure for one in chosen if one.key in keys}
    for key, last, sure, _, dataset, is_disjoint, *values in connection.execute(_OF_EVENTS, [json.dumps(sorted(keys))]):
        metric = values[2]  # after the ids of event and figure
        # The own unit of another metric is not known here: the name of the metric stands for it.
        unit = known.unit if metric == known.name else metric
        figure = figure_of(values, unit, day_of(key, last, sure), dataset if is_disjoint else None)
        figures.setdefault(figure.key, figure)
    return figures


def _masked(
    connection: sqlite3.Connection, figures: Iterable[Figure], masker: "Masker"
) -> "tuple[dict[Key, FigureDict], dict[str, str]]":
    """Return the masked figures of the events that have a protected actor, or a word of such a name in a figure.

    The second answer is the masked groups and nationalities, by their words in small letters.
    """
    figures = list(figures)
    texts = {text for figure in figures for text in _texts_of(figure)}
    touched = {text for text in texts if masker.touches(text)}
    suspects = {figure.event for figure in figures if not touched.isdisjoint(_texts_of(figure))} if touched else set()
    keys = event_keys(connection, suspects) | terms.naming_events(connection)
    events = {figure.event for figure in figures}
    masked: dict[Key, FigureDict] = {}
    names: dict[str, str] = {}
    for key in sorted(keys):
        event, text = connection.execute("SELECT id, record FROM event WHERE key = ?", [key]).fetchone()
        if event not in events:
            continue
        record: EventDict = json.loads(text)
        for figure in record["figures"]:
            printed = cast("FigureDict", masker.part(figure, "figures", masker.present(record)))
            masked[event, figure["id"] or ""] = printed
            for own, shown in ((figure["group"], printed["group"]), (figure["nationality"], printed["nationality"])):
                if own is not None and shown is not None and own != shown:
                    names[normalise_words(own)] = shown
    return masked, names


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
