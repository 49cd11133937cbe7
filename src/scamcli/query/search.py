"""Search events: plan a query, and return its hits in order of time, in pages by key.

Keys of events are in order of time, and so are the indexes by term and the full-text index. The rarest filter of a
query leads it, and the other filters are checked for each event that it finds. Counting a few rows of each filter shows
which is the rarest. A query for a range of days reads the keys in that range, and then the long events that began
earlier.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import json
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language import dates
from scamcli.query.filters import CompiledQuery, Filter, Index, Sql
from scamcli.records.canonical import digest
from scamcli.store.keys import JULIAN_EPOCH, OPEN_END, SEQUENCE_BITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.records.masking import Masker
    from scamcli.records.types import EventDict, HitDict, WholeEventDict

KEYS = (
    "type", "id", "date", "kind", "title", "summary", "status", "actors", "provinces", "places", "sites",
    "linked_sites", "countries", "nationalities", "tags", "figures", "sources", "links", "dataset", "note",
    "start", "end", "match",
)  # fmt: skip
"""The keys of a printed event."""

LONG = 31
"""The number of days above which an event is in an index of long events, however early it began. Part of the schema."""

COUNTED = 2000
"""How many rows of each filter are counted to find the rarest."""

TERM, TEXT, PROBE = 2, 3, 25
"""Measured costs in microseconds: reading an event by a term, by a text, and looking up a word in a text."""

_DAYS = f"date(e.start + {JULIAN_EPOCH}), CASE WHEN e.last < {OPEN_END} THEN date(e.last + {JULIAN_EPOCH}) END"
"""The first and the last day of an event in ISO form; an open end has none."""


class Page(NamedTuple):
    """A part of the hits to return, and their order.

    Attributes:
        limit: the most events to return; ``None`` for all.
        after: the id of the event after which the page begins.
        oldest_first: whether the oldest event comes first.
    """

    limit: int | None = None
    after: str | None = None
    oldest_first: bool = False


class Plan:
    """A query without its columns: the text after FROM, the column of its order, and whether a filter leads it."""

    def __init__(self, tables: str, where: str, parameters: tuple[int | str, ...], order: str, *, is_led: bool) -> None:
        self.tables = tables
        self.where = where
        self.parameters = parameters
        self.order = order
        self.is_led = is_led

    def select(self, columns: str, tail: str = "") -> str:
        """Return the statement, with question marks for values that users typed."""
        return f"SELECT {columns} FROM {self.tables} WHERE {self.where} {tail}"  # noqa: S608 - filters are our words

    def over(self, tables: str) -> "Plan":
        """Return the same plan with other tables."""
        return Plan(tables, self.where, self.parameters, self.order, is_led=self.is_led)

    def also(self, condition: str, *parameters: int | str) -> "Plan":
        """Return the same plan with one more condition."""
        where, values = f"{self.where} AND ({condition})", (*self.parameters, *parameters)
        return Plan(self.tables, where, values, self.order, is_led=self.is_led)


class Stretch:
    """A range of event keys from ``first`` to before ``end``; ``None`` means no limit."""

    def __init__(self, first: int | None = None, end: int | None = None) -> None:
        self.first = first
        self.end = end

    def condition(self, key: str) -> Sql:
        """Return the condition that a key lies in the stretch."""
        bounds = {f"{key} >= ?": self.first, f"{key} < ?": self.end}
        given = {sql: bound for sql, bound in bounds.items() if bound is not None}
        return Sql(" AND ".join(given) or "1", tuple(given.values()))


def plans(connection: sqlite3.Connection, query: CompiledQuery, *, oldest_first: bool = False) -> list[Plan]:
    """Return plans that together find the matching events in order of time, each event once."""
    if not query.ranges:
        return [_plan(connection, query, Stretch())]
    first, last = min(first for first, _ in query.ranges), max(last for _, last in query.ranges)
    end = None if last >= OPEN_END else last + 1 << SEQUENCE_BITS
    if first <= -OPEN_END:
        return [_within_ranges(_plan(connection, query, Stretch(None, end)), query)]
    near = Stretch(first - LONG << SEQUENCE_BITS, end)
    found = [
        _within_ranges(_plan(connection, query, near), query),
        _within_ranges(_plan_long_events(connection, query, Stretch(None, near.first), first), query),
    ]
    return found[::-1] if oldest_first else found


def _within_ranges(plan: Plan, query: CompiledQuery) -> Plan:
    condition = query.within(certain=query.certain)
    return plan.also(condition.text, *condition.parameters)


def _plan_long_events(connection: sqlite3.Connection, query: CompiledQuery, before: Stretch, first: int) -> Plan:
    """Plan the query for long events that began before a stretch and reach into it."""
    leader = _leader(connection, query, before)
    index = leader.index if leader is not None else None
    if index is not None and _count_rows(connection, index, before) < COUNTED:
        return _plan_led_by(leader, query, before).also(f"e.last - e.start > {LONG}")
    plan = _plan_led_by(None, query, before).over("event e INDEXED BY event_long")
    return plan.also(f"e.last - e.start > {LONG} AND e.last >= ?", first)


def _plan(connection: sqlite3.Connection, query: CompiledQuery, stretch: Stretch) -> Plan:
    return _plan_led_by(_leader(connection, query, stretch), query, stretch)


def _plan_led_by(leader: Filter | None, query: CompiledQuery, stretch: Stretch) -> Plan:
    tables, key = "event e", "e.key"
    conditions: list[Sql] = []
    if leader is not None and leader.index is not None:
        leading = leader.index.leading
        tables, key = leading.tables, leading.key
        conditions.append(leading.condition)
    conditions.append(stretch.condition(key))
    conditions += [one.condition(key) for one in query.filters if one is not leader]
    where = " AND ".join(f"({condition.text})" for condition in conditions)
    parameters = tuple(value for condition in conditions for value in condition.parameters)
    return Plan(tables, where, parameters, key, is_led=leader is not None)


def _leader(connection: sqlite3.Connection, query: CompiledQuery, stretch: Stretch) -> Filter | None:
    """Find the filter with the fewest events, weighted by the cost of reading them."""
    indexed = [(one, one.index) for one in query.filters if one.index is not None]
    if len(indexed) == 1 and indexed[0][1].values == 1:
        return indexed[0][0]
    has_text = any(index.is_text for _, index in indexed)
    costs: list[tuple[int, Filter]] = []
    for one, index in sorted(indexed, key=lambda pair: pair[1].values > 1):
        number = _count_rows(connection, index, stretch)
        # Events of several values have to be sorted, which is only worth it if they are few.
        if index.values == 1 or number < COUNTED:
            costs.append((number * (TEXT if index.is_text else PROBE if has_text else TERM), one))
    return min(costs, key=lambda pair: pair[0])[1] if costs else None


def _count_rows(connection: sqlite3.Connection, index: Index, stretch: Stretch) -> int:
    """Count the events that an index lists, up to the limit where a text costs as much as a term."""
    condition, within = index.counted.condition, stretch.condition(index.counted.key)
    limit = COUNTED * PROBE // TEXT if index.is_text else COUNTED
    rows = f"SELECT 1 FROM {index.counted.tables} WHERE {condition.text} AND {within.text} LIMIT {limit}"  # noqa: S608 - our words
    sql = f"SELECT count(*) FROM ({rows})"  # noqa: S608 - the same
    return int(connection.execute(sql, [*condition.parameters, *within.parameters]).fetchone()[0])


def certainty(query: CompiledQuery) -> Sql:
    """Return the column that says whether an event lies in the ranges of a query whatever day its date means."""
    return query.within(certain=True) if query.ranges else Sql("1")


def hits(
    connection: sqlite3.Connection, query: CompiledQuery, page: Page, masker: "Masker | None"
) -> "Iterator[HitDict]":
    """Yield the events that match."""
    certain = certainty(query)
    columns, left = f"e.record, {_DAYS}, {certain.text}", page.limit
    for plan in plans(connection, query, oldest_first=page.oldest_first):
        if page.after is not None:
            side = ">" if page.oldest_first else "<"
            plan = plan.also(f"{plan.order} {side} (SELECT key FROM event WHERE id = ?)", page.after)  # noqa: S608 - our words
        tail = f"ORDER BY {plan.order} {'ASC' if page.oldest_first else 'DESC'} LIMIT ?"
        parameters = [*certain.parameters, *plan.parameters, -1 if left is None else left]
        for record, start, end, is_certain in connection.execute(plan.select(columns, tail), parameters):
            yield _as_hit(json.loads(record), start, end, masker, certain=bool(is_certain))
            left = None if left is None else left - 1


def count_up_to(connection: sqlite3.Connection, query: CompiledQuery, most: int) -> int:
    """Count the events that match, but at most this many."""
    found = 0
    for plan in plans(connection, query):
        sql = f"SELECT count(*) FROM ({plan.select('1', 'LIMIT ?')})"  # noqa: S608 - our words
        found += connection.execute(sql, [*plan.parameters, most - found]).fetchone()[0]
    return found


def count(connection: sqlite3.Connection, query: CompiledQuery, *, drafts: bool = False) -> int:
    """Count the events that match, or with `drafts` only the drafts among them."""
    every = plans(connection, query)
    if drafts:
        every = [plan.also("e.draft = 1") for plan in every]
    return sum(connection.execute(plan.select("count(*)"), plan.parameters).fetchone()[0] for plan in every)


def whole_event(text: str, masker: "Masker | None") -> "WholeEventDict":
    """Return an event, given in canonical JSON, in the form of ``show``, with the ``digest`` of its record."""
    record = json.loads(text)
    start, last, _ = dates.stored_days(record["date"])
    end = None if last >= OPEN_END else dates.iso(last)
    return {**_as_hit(record, dates.iso(start), end, masker, certain=True), "digest": digest(text)}


def _as_hit(
    record: "EventDict", start: str | None, end: str | None, masker: "Masker | None", *, certain: bool
) -> "HitDict":
    if start is None:
        raise ValueError("an event without a first day: the file is damaged")
    shown = masker.record(record) if masker is not None else record
    return {**shown, "start": start, "end": end, "match": "certain" if certain else "possible"}
