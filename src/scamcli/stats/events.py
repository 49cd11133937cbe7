"""Count the events that certainly belong to each row, and those that possibly do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import NamedTuple

from scamcli.language import dates
from scamcli.language.wording.bounds import Bounds
from scamcli.numbers.tables import BUCKETS
from scamcli.output.text.nouns import in_words
from scamcli.output.text.words import plural
from scamcli.query import filters, search
from scamcli.query.filters import CompiledQuery, Query
from scamcli.query.resolve import Lookup
from scamcli.query.search import Plan
from scamcli.stats.read import MOST_LISTED
from scamcli.stats.rows import Row, label_of_values
from scamcli.store.keys import OPEN_END, Rel

KINDS_OF = {
    "arrests": "arrest", "assets": "seizure", "charged": "indictment", "convictions": "conviction", "deaths": "death",
    "deportations": "deportation", "escapes": "escape", "repatriations": "repatriation", "rescues": "rescue",
}  # fmt: skip
"""For metrics that count what happens in events of one kind, that kind."""

IN_SEVERAL_ROWS = "An event may be in several rows, so they do not add up."


def may_repeat(splits: tuple[str, ...]) -> bool:
    """Say whether an event can be in several rows of a table; it can have two sites, but only one kind."""
    return not set(splits) <= {"kind", *BUCKETS}


def rows(
    connection: sqlite3.Connection, compiled: CompiledQuery, splits: tuple[str, ...], shown: Callable[[str], str]
) -> list[Row]:
    """Return a row for each combination of values of the splits, with the events that belong to it."""
    groups: dict[tuple[str | None, ...], dict[str, bool]] = {}
    plans = search.plans(connection, compiled, oldest_first=True)
    named = {split: _names_of_events(connection, plans, split) for split in splits if split not in ("kind", *BUCKETS)}
    for event in _matching(connection, compiled, plans):
        for values, is_certain in _rows_of(event, splits, named):
            groups.setdefault(values, {})[event.id] = is_certain
    return [
        _row(dict(zip(splits, (None if one is None else shown(one) for one in values), strict=True)), events, shown)
        for values, events in groups.items()
    ]


def keys(connection: sqlite3.Connection, compiled: CompiledQuery) -> list[int]:
    """Return the keys of the events that match."""
    plans = search.plans(connection, compiled, oldest_first=True)
    return [key for plan in plans for (key,) in connection.execute(plan.select("e.key"), plan.parameters)]


def sentence(row: Row, splits: tuple[str, ...], asked: str) -> str:
    """Return a citable sentence about a row: how many events are recorded, in which group and with which filters."""
    number = in_words(Bounds(row["low"], row["best"], row["high"]))
    is_one = row["low"] == row["high"] == 1
    group = ", ".join(f"{split} {'not stated' if row[split] is None else row[split]}" for split in splits)
    about = "; ".join(filter(None, (group, asked)))
    text = f"{number} event{' is' if is_one else 's are'} recorded in this timeline" + (f" ({about})" if about else "")
    return f"{text[:1].upper()}{text[1:]}."


class _Event(NamedTuple):
    key: int
    id: str
    when: dates.Period
    kind: str
    is_certain: bool


def _matching(connection: sqlite3.Connection, compiled: CompiledQuery, plans: list[Plan]) -> list[_Event]:
    certainty = search.certainty(compiled)
    columns = f"e.key, e.id, e.start, e.last, e.sure, e.kind, {certainty.text}"
    return [
        _Event(key, id_, dates.Period(start, None if last >= OPEN_END else last, bool(sure)), kind, bool(is_certain))
        for plan in plans
        for key, id_, start, last, sure, kind, is_certain in connection.execute(
            plan.select(columns, f"ORDER BY {plan.order}"), [*certainty.parameters, *plan.parameters]
        )
    ]


def _names_of_events(connection: sqlite3.Connection, plans: list[Plan], split: str) -> dict[int, list[str | None]]:
    """Return the names of one type that events refer to, by the key of the event."""
    type_, rel = ("actor", Rel.ORIGINAL) if split == "source" else (split, Rel.CONCERNS)
    located = (
        " AND x.roles = 0" if split == "site" else ""
    )  # an event did not happen at a site that is only linked to it
    names: dict[int, list[str | None]] = {}
    for plan in plans:
        tables = f"{plan.tables} CROSS JOIN event_term x ON x.event = e.key CROSS JOIN term m ON m.id = x.term"
        asked = plan.over(tables).also(f"x.rel = ? AND m.type = ?{located}", rel, type_)
        for key, name in connection.execute(asked.select("e.key, m.name"), asked.parameters):
            names.setdefault(key, []).append(name)
    return names


def _rows_of(
    event: _Event, splits: tuple[str, ...], named: dict[str, dict[int, list[str | None]]]
) -> list[tuple[tuple[str | None, ...], bool]]:
    """Return the split values of the rows that an event belongs to, each with whether it certainly belongs there."""
    rows_of_event: list[tuple[str | None, ...]] = [()]
    is_certain = event.is_certain
    for split in splits:
        bucket = next((bucket for bucket in BUCKETS if bucket == split), None)
        is_certain = is_certain and (bucket is None or event.when.sure)
        if bucket:
            values: list[str | None] = [dates.bucket(event.when, bucket)]
        else:
            values = [event.kind] if split == "kind" else named[split].get(event.key) or [None]
        rows_of_event = [(*row, value) for row in rows_of_event for value in values]
    return [(row, is_certain) for row in rows_of_event]


def _row(head: dict[str, str | None], events: dict[str, bool], shown: Callable[[str], str]) -> Row:
    certain, all_ = sum(events.values()), len(events)
    bounds = Bounds(certain, all_ if certain == all_ else None, all_)
    return {
        **head, "label": label_of_values(tuple(head), tuple(head.values())), "metric": "events",
        "words": in_words(bounds), "low": bounds.low, "best": bounds.best, "high": bounds.high, "unit": "events",
        "count": "events", "implied": None, "unadjusted": certain, "said_by": [], "contested": 0, "suspected": 0,
        "not_added": 0, "entries": certain, "stated": [],
        "events": [shown(event) for event in list(events)[:MOST_LISTED]],
    }  # fmt: skip


def without_figure(connection: sqlite3.Connection, lookup: Lookup, metric: str, asked: Query) -> list[str]:
    """Return a note if a metric has no figures, but there are events of its kind, whose number nobody recorded."""
    kind = KINDS_OF.get(metric)
    if kind is None or (asked.kind and kind not in asked.kind):
        return []
    query = asked._replace(kind=(kind,), metric=(), certain=False, drafts=False)
    number = 0
    for plan in search.plans(connection, filters.compile_query(query, lambda: lookup)):
        silent = plan.also("NOT EXISTS (SELECT 1 FROM figure f WHERE f.event = e.key AND f.metric = ?)", metric)
        number += len(connection.execute(silent.select("e.key"), silent.parameters).fetchall())
    has = "has" if number == 1 else "have"
    hint = f"{has} no figure for {metric}: add one with `scamcli edit ID --figure '{metric}: …'`"
    return [f"{plural(number, 'event')} of the kind {kind} {hint}"] if number else []
