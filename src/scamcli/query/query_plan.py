"""How a query runs: what leads it, which stretch of time it reads, and in which order.

The key of an event is ordered in time, and so is every index by term and the full text. A query is led by the rarest
of its filters, which is found by counting a few rows of each; the others are looked up for each of its events. A query
for a range of days reads that stretch of keys, and then the long events that began before it.
"""

# Annotations that are text, the fields of named tuples, would be compiled at every start: they are none here.

import sqlite3
from typing import NamedTuple, Self

from scamcli.query.filters import Clause, Compiled
from scamcli.store.keys import OPEN_END, SEQUENCE_BITS

LONG = 31
"""Days: what takes longer than this is found by an index of its own, however early it began. It is in the schema."""

COUNTED = 2000
"""Rows of a filter that are counted, to tell which is the rarest."""

TERM, TEXT, PROBE = 2, 3, 25
"""Microseconds for an event that a term or a text leads to, and for looking up whether a text has a word."""


class Plan(NamedTuple):
    """A query without its columns: what stands after FROM, what orders it, and whether a clause leads it."""

    tables: str
    where: str
    parameters: tuple[int | str, ...]
    order: str
    led: bool

    def select(self, columns: str, tail: str = "") -> str:
        """The statement; every clause in it holds a ? for each value of a user."""
        return f"SELECT {columns} FROM {self.tables} WHERE {self.where} {tail}"  # noqa: S608 - clauses are our words

    def also(self, condition: str, *parameters: int | str) -> Self:
        """The same with one more condition."""
        return self._replace(where=f"{self.where} AND ({condition})", parameters=(*self.parameters, *parameters))


Stretch = tuple[int | None, int | None]
"""Keys from the first on and before the second; ``None`` is no bound."""

EVER: Stretch = (None, None)


def plans(connection: sqlite3.Connection, compiled: Compiled, *, oldest_first: bool = False) -> list[Plan]:
    """The plans whose events together are those that match, in the order of time; none finds what another does.

    Args:
        connection: to count in.
        compiled: the query.
        oldest_first: the order.
    """
    if not compiled.ranges:
        return [_plan(compiled, _leader(connection, compiled, EVER), EVER)]
    first, last = min(first for first, _ in compiled.ranges), max(last for _, last in compiled.ranges)
    end = None if last >= OPEN_END else last + 1 << SEQUENCE_BITS
    if first <= -OPEN_END:
        whole = (None, end)
        return [_dated(_plan(compiled, _leader(connection, compiled, whole), whole), compiled)]
    near = (first - LONG << SEQUENCE_BITS, end)
    found = [
        _dated(_plan(compiled, _leader(connection, compiled, near), near), compiled),
        _dated(_long(connection, compiled, (None, near[0]), first), compiled),
    ]
    return found[::-1] if oldest_first else found


def certainty(compiled: Compiled) -> str:
    """The column that says whether an event surely lies within one of the ranges, which are its parameters."""
    return _within(compiled, certain=True) if compiled.ranges else "1"


def range_days(compiled: Compiled) -> list[int | str]:
    """The parameters of `certainty`."""
    return [day for pair in compiled.ranges for day in pair]


def _long(connection: sqlite3.Connection, compiled: Compiled, before: Stretch, first: int) -> Plan:
    """The long events that began before a stretch, and reach into it."""
    leader = _leader(connection, compiled, before)
    if leader is not None and _counted(connection, leader, before) < COUNTED:
        return _plan(compiled, leader, before).also(f"e.last - e.start > {LONG}")
    found = _plan(compiled, None, before)._replace(tables="event e INDEXED BY event_long")
    return found.also(f"e.last - e.start > {LONG} AND e.last >= ?", first)


def _dated(plan: Plan, compiled: Compiled) -> Plan:
    return plan.also(_within(compiled, certain=compiled.certain), *range_days(compiled))


def _leader(connection: sqlite3.Connection, compiled: Compiled, stretch: Stretch) -> Clause | None:
    """The clause that leads to the fewest events, by what it costs to look at them."""
    able = [clause for clause in compiled.clauses if clause.match or _values(clause) == 1]
    several = [clause for clause in compiled.clauses if _values(clause) > 1]
    if len(able) == 1 and not several:
        return able[0]
    has_text = any(clause.match for clause in compiled.clauses)
    costs = {
        at: _counted(connection, clause, stretch) * (TEXT if clause.match else PROBE if has_text else TERM)
        for at, clause in enumerate(able)
    }
    for at, clause in enumerate(several, len(able)):  # a few events of several values are sorted, never many
        number = _counted(connection, clause, stretch)
        if number < COUNTED:
            costs[at] = number * (PROBE if has_text else TERM)
    return [*able, *several][min(costs, key=lambda at: costs[at])] if costs else None


def _counted(connection: sqlite3.Connection, clause: Clause, stretch: Stretch) -> int:
    """How many events a clause leads to in a stretch; of a text, at most so many that a term would cost the same."""
    within, parameters = _stretched("rowid" if clause.match else "e.key" if clause.indexed else "event", stretch)
    most = COUNTED * PROBE // TEXT if clause.match else COUNTED
    values: list[int | str]
    if clause.match:
        sql, values = "event_text WHERE event_text MATCH ?", [clause.match]
    elif clause.indexed:
        sql, values = f"event e WHERE {clause.sql}", list(clause.parameters)
    else:
        sql, values = f"event_term WHERE rel = ? AND term IN ({_marks(clause)})", [clause.rel, *clause.terms]
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {sql} AND {within} LIMIT {most})"  # noqa: S608 - our own words
    return int(connection.execute(sql, [*values, *parameters]).fetchone()[0])


def _plan(compiled: Compiled, lead: Clause | None, stretch: Stretch) -> Plan:
    """The tables and conditions of a query, with its leading clause."""
    tables, key = "event e", "e.key"
    conditions: list[tuple[str, list[int | str]]] = []
    if lead is not None and lead.match:
        tables, key = "event_text t CROSS JOIN event e ON e.key = t.rowid", "t.rowid"
        conditions.append(("event_text MATCH ?", [lead.match]))
    elif lead is not None and len(lead.terms) == 1:
        tables, key = "event_term d CROSS JOIN event e ON e.key = d.event", "d.event"
        sql, bits = _roles(lead, "d.roles")
        conditions.append((f"d.term = ? AND d.rel = ?{sql}", [lead.terms[0], lead.rel, *bits]))
    elif lead is not None and lead.terms:
        sql, bits = _roles(lead, "roles")
        among = f"SELECT event FROM event_term WHERE rel = ? AND term IN ({_marks(lead)}){sql}"  # noqa: S608 - question marks only
        conditions.append((f"e.key IN ({among})", [lead.rel, *lead.terms, *bits]))
    elif lead is not None:
        conditions.append((lead.sql, list(lead.parameters)))
    conditions.append(_stretched(key, stretch))
    conditions += [_condition(clause, key) for clause in compiled.clauses if clause is not lead]
    where = " AND ".join(f"({sql})" for sql, _ in conditions)
    return Plan(tables, where, tuple(value for _, values in conditions for value in values), key, lead is not None)


def _condition(clause: Clause, key: str) -> tuple[str, list[int | str]]:
    """That a clause is true of the event with the key, which is looked up before the event itself."""
    if clause.match:
        sql = f"EXISTS (SELECT 1 FROM event_text WHERE event_text MATCH ? AND rowid = {key})"  # noqa: S608 - a column
        return sql, [clause.match]
    if clause.sql:
        return f"+{clause.sql}" if clause.indexed else clause.sql, list(clause.parameters)  # + is no index
    roles, values = _roles(clause, "roles")
    among = f"event = {key} AND rel = ? AND term IN ({_marks(clause)}){roles}"
    return f"EXISTS (SELECT 1 FROM event_term WHERE {among})", [clause.rel, *clause.terms, *values]  # noqa: S608 - the same


def _stretched(key: str, stretch: Stretch) -> tuple[str, list[int | str]]:
    """That a key lies in a stretch."""
    bounds = [(f"{key} >= ?", stretch[0]), (f"{key} < ?", stretch[1])]
    kept: list[tuple[str, int | str]] = [(sql, bound) for sql, bound in bounds if bound is not None]
    return " AND ".join(sql for sql, _ in kept) or "1", [bound for _, bound in kept]


def _values(clause: Clause) -> int:
    """How many values of an index a clause is about."""
    return len(clause.parameters) if clause.indexed else len(clause.terms)


def _marks(clause: Clause) -> str:
    return ", ".join("?" * len(clause.terms))


def _roles(clause: Clause, column: str) -> tuple[str, list[int | str]]:
    if not clause.roles:
        return "", []
    if clause.every_role:
        return f" AND {column} & ? = ?", [clause.roles, clause.roles]
    return f" AND {column} & ?", [clause.roles]


def _within(compiled: Compiled, *, certain: bool) -> str:
    one = "e.sure AND e.start >= ? AND e.last <= ?" if certain else "e.last >= ? AND e.start <= ?"
    return (" AND " if compiled.every_range else " OR ").join(f"({one})" for _ in compiled.ranges)
