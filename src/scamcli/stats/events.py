"""Counting events: those that surely belong to a row, and those that possibly do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.language import dates
from scamcli.query import search
from scamcli.stats.rows import SHOWN
from scamcli.stats.selection import BUCKETS
from scamcli.store.keys import OPEN_END, Rel

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from scamcli.query.filters import CompiledQuery
    from scamcli.query.search import Plan

SPLITS = ("province", "nationality", "actor", "source", "kind", "site", "tag", *BUCKETS, "none")


def rows(
    connection: sqlite3.Connection, compiled: CompiledQuery, splits: tuple[str, ...], shown: Callable[[str], str]
) -> list[dict[str, Any]]:
    """A row for the values of the splits, with the events that surely and those that possibly belong to it."""
    groups: dict[tuple[str | None, ...], dict[str, bool]] = {}
    plans = search.plans(connection, compiled, oldest_first=True)
    named = {split: _named(connection, plans, split) for split in splits if split not in ("kind", *BUCKETS)}
    for found in _found(connection, compiled, plans):
        for values, sure in _valued(found, splits, named):
            groups.setdefault(values, {})[found.id] = sure
    return [
        _row(dict(zip(splits, (None if one is None else shown(one) for one in values), strict=True)), events, shown)
        for values, events in groups.items()
    ]


def keys(connection: sqlite3.Connection, compiled: CompiledQuery) -> list[int]:
    """The keys of the events that match."""
    found = search.plans(connection, compiled, oldest_first=True)
    return [key for plan in found for (key,) in connection.execute(plan.select("e.key"), plan.parameters)]


class _Event(NamedTuple):
    key: int
    id: str
    when: dates.Period
    kind: str
    inside: bool


def _found(connection: sqlite3.Connection, compiled: CompiledQuery, plans: list[Plan]) -> list[_Event]:
    inside = search.certainty(compiled)
    columns = f"e.key, e.id, e.start, e.last, e.sure, e.kind, {inside.text}"
    return [
        _Event(key, id_, dates.Period(start, None if last >= OPEN_END else last, bool(sure)), kind, bool(is_inside))
        for plan in plans
        for key, id_, start, last, sure, kind, is_inside in connection.execute(
            plan.select(columns, f"ORDER BY {plan.order}"), [*inside.parameters, *plan.parameters]
        )
    ]


def _named(connection: sqlite3.Connection, plans: list[Plan], split: str) -> dict[int, list[str | None]]:
    """What the events refer to by name, of one type, by their keys."""
    type_, rel = ("actor", Rel.ORIGINAL) if split == "source" else (split, Rel.CONCERNS)
    found: dict[int, list[str | None]] = {}
    for plan in plans:
        tables = f"{plan.tables} CROSS JOIN event_term x ON x.event = e.key CROSS JOIN term m ON m.id = x.term"
        asked = plan._replace(tables=tables).also("x.rel = ? AND m.type = ?", rel, type_)
        for key, name in connection.execute(asked.select("e.key, m.name"), asked.parameters):
            found.setdefault(key, []).append(name)
    return found


def _valued(
    event: _Event, splits: tuple[str, ...], named: dict[str, dict[int, list[str | None]]]
) -> list[tuple[tuple[str | None, ...], bool]]:
    valued: list[tuple[str | None, ...]] = [()]
    sure = event.inside
    for split in splits:
        bucket = next((bucket for bucket in BUCKETS if bucket == split), None)
        sure = sure and (bucket is None or event.when.sure)
        if bucket:
            values: list[str | None] = [dates.bucket(event.when, bucket)]
        else:
            values = [event.kind] if split == "kind" else named[split].get(event.key) or [None]
        valued = [(*key, value) for key in valued for value in values]
    return [(key, sure) for key in valued]


def _row(head: dict[str, str | None], events: dict[str, bool], shown: Callable[[str], str]) -> dict[str, Any]:
    surely, all_ = sum(events.values()), len(events)
    return {
        **head,
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
