"""Counting events: those that surely belong to a row, and those that possibly do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli import dates, search
from scamcli.keys import OPEN_END, Rel
from scamcli.stats.choosing import BUCKETS
from scamcli.stats.rows import SHOWN

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from scamcli.filters import Compiled

SPLITS = ("province", "nationality", "actor", "source", "kind", "site", "tag", *BUCKETS, "none")


def rows(
    connection: sqlite3.Connection, compiled: Compiled, by: str, shown: Callable[[str], str]
) -> list[dict[str, Any]]:
    """A row a value of the split, with the events that surely and those that possibly belong to it."""
    groups: dict[str | None, dict[str, bool]] = {}
    for event, value, certain in _found(connection, compiled, by):
        groups.setdefault(value, {})[event] = certain
    return [_row(by, value if value is None else shown(value), events, shown) for value, events in groups.items()]


def _row(by: str, value: str | None, events: dict[str, bool], shown: Callable[[str], str]) -> dict[str, Any]:
    surely, all_ = sum(events.values()), len(events)
    return {
        **({} if by == "none" else {by: value}),
        "metric": "events",
        "low": surely,
        "best": all_ if surely == all_ else None,
        "high": all_,
        "unit": "events",
        "implied": None,
        "sum_low": surely,
        "figures": 0,
        "possible": all_ - surely,
        "disputed": 0,
        "stated": [],
        "events": [shown(event) for event in list(events)[:SHOWN]],
    }


def _found(connection: sqlite3.Connection, compiled: Compiled, by: str) -> Iterator[tuple[str, str | None, bool]]:
    found = search.plan(compiled)
    certain = search.certainty(compiled)
    bucket = next((bucket for bucket in BUCKETS if bucket == by), None)
    parameters = [*(day for pair in compiled.ranges for day in pair), *found.parameters]
    sql = found.select(f"e.key, e.id, e.start, e.last, e.sure, e.kind, {certain}", f"ORDER BY {found.order}")
    for key, event, start, last, sure, kind, inside in connection.execute(sql, parameters).fetchall():
        if bucket is not None:
            when = dates.Period(start, None if last >= OPEN_END else last, bool(sure))
            yield event, dates.bucket(when, bucket), bool(inside and sure)
        elif by in {"kind", "none"}:
            yield event, kind if by == "kind" else "", bool(inside)
        else:
            for value in _values(connection, key, by) or [None]:
                yield event, value, bool(inside)


def _values(connection: sqlite3.Connection, key: int, by: str) -> list[str | None]:
    type_, rel = ("actor", Rel.ORIGINAL) if by == "source" else (by, Rel.CONCERNS)
    rows_ = connection.execute(
        "SELECT name FROM event_term JOIN term ON term.id = term WHERE event = ? AND rel = ? AND type = ?",
        [key, rel, type_],
    )
    return [name for (name,) in rows_]
