"""Finding events: the plan of a query, and its hits, streamed in order of time.

The key of an event is ordered in time, and so is every index by term: the query is driven by its full text, else by
its first filter of one term, and pages by key.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli import dates
from scamcli.keys import OPEN_END, SEQUENCE_BITS, Rel

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scamcli.filters import Clause, Compiled
    from scamcli.privacy import Masker


KEYS = (
    "type", "id", "date", "kind", "title", "summary", "status", "actors", "provinces", "places", "sites", "countries",
    "nationalities", "tags", "figures", "sources", "links", "note", "start", "end", "match",
)  # fmt: skip
"""The keys of an event as it is printed."""


class Page(NamedTuple):
    """Which part of the hits, and in which order.

    Attributes:
        limit: at most so many; ``None`` for all.
        after: the id of the event after which to go on.
        oldest_first: the order of time.
    """

    limit: int | None = None
    after: str | None = None
    oldest_first: bool = False


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


def plan(compiled: Compiled) -> Plan:
    """The tables and conditions of a query, led by its text, else by its first clause of one term."""
    lead = _lead(compiled.clauses)
    conditions: list[str] = []
    parameters: list[int | str] = []
    tables, order = "event e", "e.key"
    if lead is not None and lead.match:
        tables, order = "event_text t CROSS JOIN event e ON e.key = t.rowid", "t.rowid"
        conditions.append("event_text MATCH ?")
        parameters.append(lead.match)
    elif lead is not None:
        tables, order = "event_term d CROSS JOIN event e ON e.key = d.event", "d.event"
        sql, bits = _roles(lead, "d.roles")
        conditions.append("d.term = ? AND d.rel = ?" + sql)
        parameters += [lead.terms[0], lead.rel, *bits]
    for clause in compiled.clauses:
        if clause is not lead:
            sql, values = _condition(clause)
            conditions.append(sql)
            parameters += values
    if compiled.ranges:
        conditions.append(f"{order} < ?")
        parameters.append((max(last for _, last in compiled.ranges) + 1) << SEQUENCE_BITS)
        conditions.append(_within(compiled, certain=compiled.certain))
        parameters += _range_days(compiled)
    return Plan(
        tables, " AND ".join(f"({one})" for one in conditions) or "1", tuple(parameters), order, lead is not None
    )


def hits(
    connection: sqlite3.Connection, compiled: Compiled, page: Page, masker: Masker | None
) -> Iterator[dict[str, Any]]:
    """The events that match, each with its ``start``, ``end`` and ``match``."""
    found = plan(compiled)
    parameters = [*_range_days(compiled), *found.parameters]
    if page.after is not None:
        parameters.append(page.after)
        step = f"{found.order} {'>' if page.oldest_first else '<'} (SELECT key FROM event WHERE id = ?)"  # noqa: S608 - our own words
        found = found._replace(where=f"{found.where} AND {step}")
    direction = "ASC" if page.oldest_first else "DESC"
    sql = found.select(
        f"e.record, e.start, e.last, {certainty(compiled)}", f"ORDER BY {found.order} {direction} LIMIT ?"
    )
    parameters.append(-1 if page.limit is None else page.limit)
    for record, start, last, certain in connection.execute(sql, parameters):
        yield printed(json.loads(record), start, last, certain=bool(certain), masker=masker)


def count(connection: sqlite3.Connection, compiled: Compiled) -> int:
    """How many events match."""
    found = plan(compiled)
    return int(connection.execute(found.select("count(*)"), found.parameters).fetchone()[0])


def printed(record: dict[str, Any], start: int, last: int, *, certain: bool, masker: Masker | None) -> dict[str, Any]:
    """A record as it is printed: masked, with its days and how surely it matches."""
    if masker is not None:
        record = masker.record(record)
    record["start"] = dates.iso(start)
    record["end"] = None if last >= OPEN_END else dates.iso(last)
    record["match"] = "certain" if certain else "possible"
    return record


def certainty(compiled: Compiled) -> str:
    """The column that says whether an event surely lies within one of the ranges, which are its parameters."""
    return _within(compiled, certain=True) if compiled.ranges else "1"


def _range_days(compiled: Compiled) -> list[int | str]:
    return [day for pair in compiled.ranges for day in pair]


def _lead(clauses: tuple[Clause, ...]) -> Clause | None:
    for clause in clauses:
        if clause.match:
            return clause
    return next((clause for clause in clauses if len(clause.terms) == 1), None)


def _condition(clause: Clause) -> tuple[str, tuple[int | str, ...]]:
    if clause.match:
        return "e.key IN (SELECT rowid FROM event_text WHERE event_text MATCH ?)", (clause.match,)
    if clause.sql:
        return clause.sql, clause.parameters
    marks = ", ".join("?" * len(clause.terms))
    roles, values = _roles(clause, "roles")
    sql = f"EXISTS (SELECT 1 FROM event_term WHERE event = e.key AND rel = ? AND term IN ({marks}){roles})"  # noqa: S608 - question marks only
    return sql, (int(Rel(clause.rel)), *clause.terms, *values)


def _roles(clause: Clause, column: str) -> tuple[str, list[int | str]]:
    if not clause.roles:
        return "", []
    if clause.every_role:
        return f" AND {column} & ? = ?", [clause.roles, clause.roles]
    return f" AND {column} & ?", [clause.roles]


def _within(compiled: Compiled, *, certain: bool) -> str:
    one = "e.sure AND e.start >= ? AND e.last <= ?" if certain else "e.last >= ? AND e.start <= ?"
    return (" AND " if compiled.every_range else " OR ").join(f"({one})" for _ in compiled.ranges)
