"""List the conflicts of a whole timeline as rows: figures that cannot all be true, or that may be the same."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import itemgetter
from shlex import quote
from sys import intern
from typing import NamedTuple, TypedDict, cast

from scamcli.language.wording.bounds import Number, render_number
from scamcli.numbers import conflicts
from scamcli.numbers.conflicts import Certainty, Conflict, Kind
from scamcli.numbers.records import Figure, Key
from scamcli.numbers.suspicion import Suspicion, Toll, tolls
from scamcli.query import filters, search
from scamcli.query.filters import CompiledQuery, Query
from scamcli.query.resolve import Lookup
from scamcli.records.types import EventDict, FigureDict
from scamcli.stats import explanation, read
from scamcli.stats.read import Reading
from scamcli.store import terms

_event_of = itemgetter(0)  # of a figure

_OF_EVENT = ("date", "title", "sources")
"""The keys of an event that are printed with its figures."""

WAYS = ("--repeats", "--distinct-from")
WAYS_OF_TOLLS = ("--updates", "--distinct-from")
"""The flags that say what two suspected events are."""

MOST_COMMANDS = 3
"""For how many incidents within an exceeded aggregate a command is suggested."""


class Statement(TypedDict):
    """One of the figures of a conflict, with its event. An event without a number of its own has empty bounds."""

    event: str
    date: str
    title: str
    figure: str | None
    stated: str | None
    low: Number | None
    best: Number | None
    high: Number | None
    province: str | None
    stated_by: str | None
    source: str


_KEYS = tuple(Statement.__annotations__)

_Values = tuple[object, ...]
"""The values of a statement, in the order of its keys."""


class Row(TypedDict):
    """A conflict as it is printed. ``resolve`` has commands that settle it; one of them is usually enough."""

    kind: Kind
    certainty: Certainty
    metric: str
    unit: str | None
    why: str
    figures: list[Statement]
    resolve: list[str]


class Wanted(NamedTuple):
    """Which conflicts to look for: their metrics (empty for all) and their kinds."""

    metrics: Sequence[str] = ()
    kinds: Collection[Kind] = conflicts.KINDS


class _Printed(NamedTuple):
    """What is printed of an event, and its figures by id if they must be masked."""

    id: str
    date: str
    title: str
    source: str
    figures: Mapping[str | None, FigureDict] | None


class Found(NamedTuple):
    """The conflicts of one metric.

    Attributes:
        metric: Its name.
        conflicts: The conflicts.
        stated: The figures of all events with parts or links by key, as they were stated.
        suspicions: Pairs of reports that may be of one event, by their events.
        tolls: For each event of a rising toll, the toll.
    """

    metric: str
    conflicts: list[Conflict]
    stated: Mapping[Key, Figure]
    suspicions: Mapping[frozenset[str], Suspicion]
    tolls: Mapping[str, Toll]

    def why(self, conflict: Conflict) -> str:
        """Return the reason for a conflict, as the end of a sentence."""
        if conflict.kind == "duplicate":
            return self.suspicions[frozenset(_events(conflict))].why
        return why(conflict)

    def commands(self, conflict: Conflict) -> list[str]:
        """Return the commands that can settle a conflict, for the user to choose from."""
        if conflict.kind != "duplicate":
            return _commands(conflict)
        earlier, later = _events(conflict)
        toll = self.tolls.get(later)
        if toll is None:
            is_rising = self.suspicions[frozenset((earlier, later))].rule == "d"
            ways = WAYS_OF_TOLLS if is_rising else WAYS
            return [f"scamcli edit {quote(later)} {flag} {quote(earlier)}" for flag in ways]
        return [
            f"scamcli edit {quote(toll.latest)} {' '.join(f'{flag} {quote(event)}' for event in toll.earlier)}"
            for flag in WAYS_OF_TOLLS
        ]


def find(connection: sqlite3.Connection, lookup: Lookup, wanted: Wanted) -> Iterator[tuple[Conflict, str]]:
    """Yield the conflicts of a timeline, metric by metric, each with its reason."""
    for found in _by_metric(connection, lookup, wanted):
        yield from ((conflict, found.why(conflict)) for conflict in found.conflicts)


def _by_metric(connection: sqlite3.Connection, lookup: Lookup, wanted: Wanted) -> Iterator[Found]:
    every = filters.compile_query(Query(), lambda: lookup)
    names = [lookup.metric_name(name) for name in wanted.metrics] or _metrics(connection)
    known = (terms.metric(connection, name) for name in dict.fromkeys(names))
    for metric in filter(None, known):
        # Nothing but the conflicts may stay in memory while the next metric is read.
        yield _of_metric(read.read(connection, every, metric, lookup), metric.name, wanted.kinds)


def _of_metric(found: Reading, metric: str, kinds: Collection[Kind]) -> Found:
    suspicions = {frozenset(pair.events): pair for pair in found.suspicions}
    rising = {event: toll for toll in tolls(found.suspicions) for event in (toll.latest, *toll.earlier)}
    listed = conflicts.find(found.figures.values(), found.facts, kinds)
    return Found(metric, listed, found.facts.wholes, suspicions, rising)


def rows(connection: sqlite3.Connection, lookup: Lookup, wanted: Wanted, asked: Query) -> Iterator[Row]:
    """Yield the conflicts with at least one event that matches the filters, grouped by kind.

    All figures are compared, because an event that matches may contradict one that does not. The database is no longer
    needed after the first row. Of the other rows, only the values of each figure are in memory, once for all rows: an
    incident can be in a hundred rows.
    """
    matching = None
    if asked._replace(drafts=False) != Query():
        matching = _matching(connection, filters.compile_query(asked._replace(drafts=False), lambda: lookup))
    held: dict[Kind, list[tuple[Row, list[_Values]]]] = defaultdict(list)
    for found in _by_metric(connection, lookup, wanted):
        for row, sides in _held(connection, lookup, found, matching):
            held[row["kind"]].append((row, sides))
    for kind in conflicts.KINDS:
        for row, sides in held[kind]:
            yield {**row, "figures": [cast("Statement", dict(zip(_KEYS, side, strict=True))) for side in sides]}


def _events(conflict: Conflict) -> list[str]:
    """Return the events of a conflict, in the order of its figures."""
    return list(dict.fromkeys([*map(_event_of, conflict.figures), *conflict.without_number]))


def _metrics(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM term WHERE type = 'metric' ORDER BY name")]


def _matching(connection: sqlite3.Connection, compiled: CompiledQuery) -> set[str]:
    return {
        event
        for plan in search.plans(connection, compiled)
        for (event,) in connection.execute(plan.select("e.id"), plan.parameters)
    }


def _held(
    connection: sqlite3.Connection, lookup: Lookup, found: Found, matching: Collection[str] | None
) -> Iterator[tuple[Row, list[_Values]]]:
    """Yield the rows of a metric without their figures, each with the values of its figures."""
    chosen = [one for one in found.conflicts if matching is None or any(event in matching for event in _events(one))]
    events = _read_events(connection, lookup, {event for one in chosen for event in _events(one)})
    metric = lookup.shown_metric(found.metric)
    values: dict[Key, _Values] = {}
    for conflict in chosen:
        sides = []
        for figure in conflict.figures:
            key = figure[:2]
            if key not in values:
                values[key] = _values(events[figure.event], found.stated.get(key, figure))
            sides.append(values[key])
        sides += [_values(events[event], None) for event in conflict.without_number]
        yield {
            "kind": conflict.kind, "certainty": conflict.certainty, "metric": metric,
            "unit": lookup.shown_about(found.metric, conflict.figures[0].unit or ""),
            "why": lookup.shown(found.why(conflict)), "figures": [],
            "resolve": [_shown_command(lookup, conflict, one) for one in found.commands(conflict)],
        }, sides  # fmt: skip


def _shown_command(lookup: Lookup, conflict: Conflict, command: str) -> str:
    if (masker := lookup.masker) is None:
        return command
    for figure in conflict.figures:
        command = command.replace(f"figure: {figure.id}", f"figure: {masker.figure_id(figure.id)}")
    return lookup.shown(command)


def _read_events(connection: sqlite3.Connection, lookup: Lookup, events: Collection[str]) -> dict[str, _Printed]:
    """Read what is printed of these events.

    SQLite finds a few values of a record faster than Python reads all of it. Masking needs the whole record.
    """
    masker, found = lookup.masker, dict[str, _Printed]()
    what = "e.record, NULL, NULL" if masker else ", ".join(f"json_extract(e.record, '$.{key}')" for key in _OF_EVENT)
    sql = f"SELECT e.id, {what} FROM json_each(?) one CROSS JOIN event e ON e.id = one.value"  # noqa: S608 - our words
    for id_, first, title, sources in connection.execute(sql, [json.dumps(sorted(events))]):
        if masker is None:
            named = explanation.source_names(json.loads(sources))
            found[id_] = _Printed(id_, intern(first), title, intern(named), None)
        else:
            stored: EventDict = json.loads(first)
            record = masker.record(stored)
            figures = {one["id"]: part for one, part in zip(stored["figures"], record["figures"], strict=True)}
            named = masker.text(explanation.source_names(record["sources"]))
            found[id_] = _Printed(record["id"], record["date"], record["title"], named, figures)
    return found


def _values(event: _Printed, figure: Figure | None) -> _Values:
    """Return the values of a `Statement`. Texts that many figures share are in memory once."""
    if figure is None:
        return (*event[:3], None, None, None, None, None, None, None, event.source)
    texts = figure.id, figure.stated, figure.province, figure.stated_by
    if event.figures is not None:
        masked = event.figures[figure.id]
        texts = masked["id"] or "", masked["stated"], masked["province"], masked["stated_by"]
    id_, stated, province, speaker = (None if text is None else intern(text) for text in texts)
    return (*event[:3], id_, stated, figure.low, figure.best, figure.high, province, speaker, event.source)


def why(conflict: Conflict) -> str:
    """Return the reason for a conflict, as the end of a sentence."""
    first, last = conflict.figures[0], conflict.figures[-1]
    low, high = _number(conflict.low), _number(conflict.high)
    if conflict.kind == "disputed":
        return "an event disputes the number of another event"
    if conflict.kind == "contradicts" and first is last:
        return "its bounds are out of order"
    if conflict.kind == "contradicts":
        return "they answer one question, but cannot all be true"
    if conflict.kind == "exceeded":
        return f"the numbers within it add up to at least {low}, and it is at most {_number(first.high)}"
    if conflict.kind == "decreasing":
        return f"a running total goes down from at least {_number(first.low)} to at most {_number(last.high)}"
    if conflict.kind == "parts":
        return f"by its parts and wholes, one of them is at least {low} and at most {high}"
    raise AssertionError(conflict.kind)  # duplicates have their own reasons


def _number(number: Number | None) -> str:
    return "unknown" if number is None else render_number(number)


def _commands(conflict: Conflict) -> list[str]:
    """Return the commands that can settle a conflict, for the user to choose from."""
    first, *others = conflict.figures
    events = _events(conflict)
    if conflict.kind == "exceeded":
        return _commands_on_total(first, others)
    if conflict.kind == "parts" or len(events) == 1:
        return [f"scamcli edit {quote(first.event)}"]
    if not others:  # an event without a number disputes the figure
        return [_linked("corrects", events[-1], first)]
    commands = [_linked("corrects", later.event, first) for later in others if later.event != first.event]
    if conflict.kind != "contradicts" or len(events) != 2 or len(others) != 1:
        return commands
    commands.append(_linked("corrects", first.event, others[0]))
    if not conflict.is_linked:
        commands.append(f"scamcli edit {quote(events[1])} --distinct-from {quote(events[0])}")
    return commands


def _commands_on_total(total: Figure, inside: Sequence[Figure]) -> list[str]:
    """Return the commands that say why a total is smaller than what lies inside it, in other events."""
    events = list(dict.fromkeys(figure.event for figure in inside if figure.event != total.event))
    commands = [f"scamcli edit {quote(total.event)} --distinct-from {quote(event)}" for event in events]
    is_of_two_speakers = len(inside) == 1 and inside[0].stated_by != total.stated_by
    if events and is_of_two_speakers:
        commands.insert(0, _linked("disputes", total.event, inside[0]))
    return commands[:MOST_COMMANDS]


def _linked(type_: str, event: str, figure: Figure) -> str:
    """Return the command that says that an event disputes or corrects a figure of another one."""
    return f"scamcli edit {quote(event)} --link {quote(f'{type_}: {figure.event}; figure: {figure.id}')}"
