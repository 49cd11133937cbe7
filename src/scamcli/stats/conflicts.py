"""List the conflicts of a whole timeline as rows: figures that cannot all be true, or that may be the same."""

from __future__ import annotations

import json
from collections import defaultdict
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from scamcli.figures import conflicts
from scamcli.figures.suspicion import describe
from scamcli.language.wording.bounds import render_number
from scamcli.query import filters, search
from scamcli.query.filters import CompiledQuery, Query
from scamcli.stats import explanation, read_figures
from scamcli.store import terms

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence

    from scamcli.figures import Figure
    from scamcli.figures.conflicts import Certainty, Conflict, Kind
    from scamcli.language.wording.bounds import Number
    from scamcli.query.resolve import Lookup
    from scamcli.records.types import EventDict

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


def find(connection: sqlite3.Connection, lookup: Lookup, wanted: Wanted) -> Iterator[tuple[str, Conflict]]:
    """Yield the conflicts of a timeline, metric by metric, each with the name of its metric."""
    every = filters.compile_query(Query(), lambda: lookup)
    names = [lookup.metric_name(name) for name in wanted.metrics] or _metrics(connection)
    for name in dict.fromkeys(names):
        metric = terms.metric(connection, name)
        if metric is not None:
            read = read_figures.read(connection, every, metric, lookup)
            figures = [entry.figure for entry in read.entries]
            yield from ((name, one) for one in conflicts.find(figures, read.context, wanted.kinds))


def rows(connection: sqlite3.Connection, lookup: Lookup, wanted: Wanted, asked: Query) -> list[Row]:
    """Return the conflicts in which at least one event matches the filters, grouped by kind.

    All figures are compared, because an event that matches may contradict one that does not.
    """
    matching = None
    if asked._replace(drafts=False) != Query():
        matching = _matching(connection, filters.compile_query(asked._replace(drafts=False), lambda: lookup))
    found: dict[Kind, list[Row]] = defaultdict(list)
    for metric, conflict in find(connection, lookup, wanted):
        events = {figure.event for figure in conflict.figures}.union(conflict.without_number)
        if matching is None or not matching.isdisjoint(events):
            found[conflict.kind].append(_row(connection, lookup, metric, conflict))
    return [row for kind in conflicts.KINDS for row in found[kind]]


def _metrics(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM term WHERE type = 'metric' ORDER BY name")]


def _matching(connection: sqlite3.Connection, compiled: CompiledQuery) -> set[str]:
    return {
        event
        for plan in search.plans(connection, compiled)
        for (event,) in connection.execute(plan.select("e.id"), plan.parameters)
    }


def _row(connection: sqlite3.Connection, lookup: Lookup, metric: str, conflict: Conflict) -> Row:
    sides = [_statement(connection, lookup, figure.event, figure) for figure in conflict.figures]
    sides += [_statement(connection, lookup, event, None) for event in conflict.without_number]
    return {
        "kind": conflict.kind, "certainty": conflict.certainty, "metric": lookup.shown_metric(metric),
        "unit": lookup.shown(conflict.figures[0].unit or ""),
        "why": lookup.shown(why(conflict)), "figures": sides, "resolve": list(map(lookup.shown, _commands(conflict))),
    }  # fmt: skip


def _statement(connection: sqlite3.Connection, lookup: Lookup, event: str, figure: Figure | None) -> Statement:
    (text,) = connection.execute("SELECT record FROM event WHERE id = ?", [event]).fetchone()
    stored: EventDict = json.loads(text)
    record = lookup.masker.record(stored) if lookup.masker else stored
    found = next((n for n, one in enumerate(stored["figures"]) if figure and one["id"] == figure.id), None)
    printed = record["figures"][found] if found is not None else None
    bounds = figure.bounds if figure is not None else (None, None, None)
    return {
        "event": record["id"], "date": record["date"], "title": record["title"],
        "figure": printed and printed["id"], "stated": printed and printed["stated"],
        "low": bounds[0], "best": bounds[1], "high": bounds[2],
        "province": printed and printed["province"], "stated_by": printed and printed["stated_by"],
        "source": lookup.shown(explanation.source_names(record)),
    }  # fmt: skip


def why(conflict: Conflict) -> str:
    """Return the reason for a conflict, as the end of a sentence."""
    first, last = conflict.figures[0], conflict.figures[-1]
    low, high = _number(conflict.low), _number(conflict.high)
    if conflict.kind == "disputed":
        return "an event disputes the number of another event"
    if conflict.kind == "contradicts" and conflict.low is not None and conflict.high is not None:
        return (
            f"they are recorded as the same occurrences, at least {low} by their parts and wholes, and at most {high}"
        )
    if conflict.kind == "contradicts":
        return "they are recorded as the same occurrences, but cannot all be true"
    if conflict.kind == "exceeded":
        return f"the incidents within it add up to at least {low}, and it is at most {_number(first.high)}"
    if conflict.kind == "decreasing":
        return f"a running total goes down from at least {_number(first.low)} to at most {_number(last.high)}"
    if conflict.kind == "parts":
        return f"by its parts and wholes, one of them is at least {low} and at most {high}"
    return describe(first, last)


def _number(number: Number | None) -> str:
    return "unknown" if number is None else render_number(number)


def _commands(conflict: Conflict) -> list[str]:
    """Return the commands that can settle a conflict, from which the user chooses."""
    first, *others = conflict.figures
    events = list(dict.fromkeys([*(figure.event for figure in conflict.figures), *conflict.without_number]))
    if conflict.kind == "duplicate":
        earlier, later = events
        return [f"scamcli edit {quote(later)} {flag} {quote(earlier)}" for flag in ("--repeats", "--distinct-from")]
    if conflict.kind == "exceeded":
        inside = list(dict.fromkeys(figure.event for figure in others if figure.event != first.event))[:MOST_COMMANDS]
        return [f"scamcli edit {quote(first.event)} --distinct-from {quote(event)}" for event in inside]
    if conflict.kind == "parts" or len(events) == 1:
        return [f"scamcli edit {quote(first.event)}"]
    if not others:
        return [f"scamcli edit {quote(events[-1])} --link {quote(f'corrects: {first.event}; figure: {first.id}')}"]
    return [_corrects(later, first) for later in others if later.event != first.event]


def _corrects(later: Figure, earlier: Figure) -> str:
    link = quote(f"corrects: {earlier.event}; figure: {earlier.id}")
    return f"scamcli edit {quote(later.event)} --link {link}"
