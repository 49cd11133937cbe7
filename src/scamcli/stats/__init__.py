"""Statistics: grouped figures of one or more metrics, with bounds that count no occurrence twice.

``inquiry`` resolves a request, ``read_figures`` reads the figures, ``selection`` chooses among them, ``rows`` estimates
each group with the arithmetic of ``scamcli.figures``, ``explanation`` says how each number came about, ``citation``
writes sentences to print, and ``captions`` says how to read the table. This module combines them. It loads modules that
only some tables need when such a table is asked for.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from scamcli.errors import WrongUsageError
from scamcli.language.vocabulary import EVENT_GROUPINGS
from scamcli.language.wording.bounds import total as added
from scamcli.output.text.words import plural
from scamcli.query import filters, search
from scamcli.query.filters import Query
from scamcli.query.resolve import Lookup
from scamcli.stats import rows, selection
from scamcli.stats.captions import caption, notes
from scamcli.stats.inquiry import EVENTS_ARE_NO_FIGURES, Inquiry, Request, inquire, read_splits
from scamcli.stats.rows import Row
from scamcli.stats.selection import Choice, Chosen

__all__ = ["ALL", "Request", "Table", "table"]

ALL = "all"
"""The value of the split in the row for all figures."""


class Table(NamedTuple):
    """A table by one or two splits.

    Attributes:
        splits: The keys of each row that name its group; empty if there is one row for everything.
        rows: The rows as they are in the JSON output, with ``explain`` if that was asked for.
        total: The rows for all figures; only in a table by one split, whose rows do not add up.
        caption: The request in words.
        notes: How to read the table, and what was left out.
        basis: With ``cite``, how many events and figures the table is based on, the digest of their records, and the
            version of the rules.
        metrics: The metrics of the table. If there are several, their rows follow one another for each value of the
            split.
    """

    splits: tuple[str, ...]
    rows: list[Row]
    total: list[Row]
    caption: str
    notes: list[str]
    basis: str
    metrics: tuple[str, ...]


def table(connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query) -> Table:
    """Return the figures of one or more metrics with their bounds, or the number of events for the metric ``events``.

    Raises:
        NotFoundError: A name is unknown or ambiguous.
        WrongUsageError: A filter, metric or split is invalid.
    """
    names = request.metrics
    if "events" in map(str.lower, names):
        if len(names) > 1:
            raise WrongUsageError("Events cannot be shown beside a metric.", "`scamcli stats events` counts them.")
        if request.explain or request.undisputed:
            raise WrongUsageError(EVENTS_ARE_NO_FIGURES)
        return _events(connection, lookup, request, asked)
    in_bundles = not (request.explain or request.cite)
    requests = [request._replace(metric=name) for name in names]
    inquiries = [inquire(connection, lookup, one, asked, in_bundles=in_bundles) for one in requests]
    found = figures(inquiries, request)
    if not found.rows:
        from scamcli.stats.events import without_figure

        hints = (without_figure(connection, lookup, inquiry.metric.name, asked) for inquiry in inquiries)
        found = found._replace(notes=[*found.notes, *chain.from_iterable(hints)])
    return found


def figures(inquiries: Sequence[Inquiry], request: Request) -> Table:
    """Return the table of one or more metrics."""
    if len({inquiry.splits for inquiry in inquiries}) > 1:
        inquiries = [inquiry._replace(splits=()) for inquiry in inquiries]
    choices = [inquiry.choose() for inquiry in inquiries]
    tables = [_table(inquiry, choice, request) for inquiry, choice in zip(inquiries, choices, strict=True)]
    found = tables[0] if len(tables) == 1 else _side_by_side(inquiries, choices, tables)
    if request.cite:
        from scamcli.stats import basis

        keys = [one.entry.key for choice in choices for one in choice.chosen]
        found = found._replace(basis=basis.line(inquiries[0].connection, keys, len(keys)))
    return found


def _side_by_side(inquiries: Sequence[Inquiry], choices: Sequence[Choice], tables: Sequence[Table]) -> Table:
    """Join the tables of several metrics into one table with the same splits."""
    from scamcli.stats import several

    splits, names = tables[0].splits, [inquiry.name for inquiry in inquiries]
    covered = [several.covered(inquiry, choice.chosen) for inquiry, choice in zip(inquiries, choices, strict=True)]
    notes_of = [(name, found.notes) for name, found in zip(names, tables, strict=True)]
    all_rows = [row for found in tables for row in found.rows]
    return Table(
        splits,
        sorted(all_rows, key=lambda row: tuple((row[split] is None, row[split] or "") for split in splits)),
        [row for found in tables for row in found.total],
        caption(", ".join(names), splits, inquiries[0].sentence),
        [*several.scope_note(covered), *several.merged_notes(notes_of)],
        "",
        tuple(names),
    )


def _table(inquiry: Inquiry, choice: Choice, request: Request) -> Table:
    parts = [
        (part, inquiry.head(key))
        for key, group in inquiry.group(choice.chosen).items()
        for part in rows.combinable(group)
    ]
    with_units = [(part[0].figure.unit, _row(inquiry, part, head, request)) for part, head in parts]
    totals = _total(inquiry, choice, with_units, request)
    table_rows, total, about = [row for _, row in with_units], [row for _, row in totals], list[str]()
    if request.min_cell:
        from scamcli.stats import suppression

        table_rows, total, about = suppression.suppress(with_units, totals, inquiry.splits, request.min_cell)
    return Table(
        inquiry.splits,
        sorted(table_rows, key=lambda row: _order(row, inquiry.splits)),
        total,
        caption(inquiry.name, inquiry.splits, inquiry.sentence),
        [*about, *notes(inquiry, choice, table_rows)],
        "",
        (inquiry.name,),
    )


def _row(inquiry: Inquiry, part: Sequence[Chosen], head: dict[str, str | None], request: Request) -> Row:
    row = rows.make(part, head, inquiry.name, inquiry.read)
    if request.explain or request.cite:
        from scamcli.stats import basis

        entries = basis.entered(part, inquiry.read)
    if request.explain:
        from scamcli.stats import explanation, working

        row["explain"] = explanation.explanations(inquiry, part, entries)
        row["working"] = working.working(inquiry, part, row, entries)
    if request.cite:
        from scamcli.stats import citation

        row["cite"] = citation.sentence(inquiry, part, row, entries)
    if inquiry.is_of_few(part):
        from scamcli.stats import suppression

        return suppression.without_details(row)
    return row


def _total(
    inquiry: Inquiry, choice: Choice, table_rows: Sequence[tuple[str | None, Row]], request: Request
) -> list[tuple[str | None, Row]]:
    """Return the "all" rows of a table by one split, with their units: one row for each unit, and one for stocks.

    These are the rows that the table would have without a split. A figure without a period only possibly belongs to a
    month, but it certainly belongs to "all" if no dates were asked for.
    """
    if len(inquiry.splits) != 1:
        return []
    (split,) = inquiry.splits
    every = inquiry.without_splits(choice) if split in selection.BUCKETS else choice
    parts = [part for part in rows.combinable(every.chosen) if part[0].figure.count != "none"]
    units = [part[0].figure.unit for part in parts]
    found = [_row(inquiry, part, {split: ALL}, request) for part in parts]
    if split not in selection.DISJOINT:
        return list(zip(units, found, strict=True))
    crossing = selection.crossing(every.chosen, split, inquiry.read.context)
    if crossing:
        apart = [one for one in every.chosen if one.figure.key not in crossing]
        table_rows = [
            (part[0].figure.unit, rows.make(part, inquiry.head(key), inquiry.name, inquiry.read))
            for key, group in inquiry.group(apart).items()
            for part in rows.combinable(group)
        ]
    return [
        (unit, _at_least_the_rows(row, [one for other, one in table_rows if other == unit], split))
        for unit, row in zip(units, found, strict=True)
    ]


def _at_least_the_rows(row: Row, table_rows: Sequence[Row], split: str) -> Row:
    """Raise the low of "all" to the sum of the rows: figures for different places or nationalities share no occurrence.

    The search for the largest low normally finds this sum itself, but it may not if it has to stop early.
    """
    if row["count"] == "stock":
        return row
    named = [one for one in table_rows if one[split] is not None and one["count"] not in {"stock", "none"}]
    lows = [one["low"] for one in (rows.certainly_different(named) if split == "nationality" else named)]
    return row | {"low": max(filter(None, (row["low"], added(lows))), default=row["low"])}


def _events(connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query) -> Table:
    from scamcli.stats import basis, events

    splits = read_splits(request.by or "none", EVENT_GROUPINGS)
    compiled = filters.compile_query(asked._replace(drafts=False), lambda: lookup)
    table_rows = events.rows(connection, compiled, splits, lookup.shown)
    table_notes = []
    if len(table_rows) > 1 and events.may_repeat(splits):
        table_notes.append(events.IN_SEVERAL_ROWS)
    if any(row[split] is None for row in table_rows for split in splits if split in selection.BUCKETS):
        table_notes.append("Not given: events whose days fall into more than one row")
    every = filters.compile_query(asked._replace(drafts=True), lambda: lookup)
    drafts = search.count(connection, every, drafts=True)
    if drafts:
        table_notes.append(f"Left out: {plural(drafts, 'draft')}")
    rests_on = basis.line(connection, events.keys(connection, compiled), None) if request.cite else ""
    words = caption("events", splits, compiled.sentence)
    if request.cite:
        table_rows = [row | {"cite": events.sentence(row, splits, compiled.sentence)} for row in table_rows]
    in_order = sorted(table_rows, key=lambda row: _order(row, splits))
    return Table(splits, in_order, [], words, table_notes, rests_on, ("events",))


def _order(row: Row, splits: tuple[str, ...]) -> tuple[object, ...]:
    if any(split in selection.BUCKETS for split in splits) or len(splits) > 1:
        return tuple((row[split] is None, row[split] or "") for split in splits)
    size = next((row[key] for key in ("low", "best", "high") if row[key] is not None), -1)
    value = row[splits[0]] if splits else ""
    return (value is None, -size, value or "")
