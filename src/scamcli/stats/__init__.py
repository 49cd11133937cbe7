"""Statistics: the figures of one metric, grouped, with bounds that count no occurrence twice.

``inquiry`` resolves a request, ``read_figures`` reads the figures, ``selection`` chooses among them, ``rows`` estimates
each group with the arithmetic of ``scamcli.figures``, ``explanation`` says how each number came about, and ``captions``
says how to read the table. This module puts them together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import WrongUsageError
from scamcli.language.vocabulary import EVENT_GROUPINGS
from scamcli.language.wording.bounds import total as added
from scamcli.output.text.words import plural
from scamcli.query import filters, search
from scamcli.stats import events, explanation, rows, selection
from scamcli.stats.captions import caption, notes
from scamcli.stats.comparison import Comparison, compare
from scamcli.stats.inquiry import Request, inquire, read_splits

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from scamcli.query.filters import Query
    from scamcli.query.resolve import Lookup
    from scamcli.stats.inquiry import Inquiry
    from scamcli.stats.rows import Row
    from scamcli.stats.selection import Chosen

__all__ = ["Comparison", "Request", "Table", "compare", "table"]


class Table(NamedTuple):
    """Rows by one split or two.

    Attributes:
        splits: The keys of each row that name its group; empty if there is one row for everything.
        rows: The rows as the JSON output has them; with ``explain`` if that was asked for.
        total: Rows over all figures, for a table by one split, whose rows do not add up.
        caption: What was asked, in words.
        notes: How to read the table, and what was left out.
        basis: How many events and figures it rests on, and the digest of their records.
    """

    splits: tuple[str, ...]
    rows: list[Row]
    total: list[Row]
    caption: str
    notes: list[str]
    basis: str


def table(connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query) -> Table:
    """Return the figures of one metric with their bounds, or the number of events for the metric ``events``.

    Raises:
        NotFoundError: A name is unknown or ambiguous.
        WrongUsageError: A filter or split is invalid.
    """
    if request.metric.lower() == "events":
        if request.explain or request.undisputed:
            raise WrongUsageError("--explain and --undisputed are for figures, and events are not figures.")
        return _events(connection, lookup, request, asked)
    inquiry = inquire(connection, lookup, request, asked)
    choice = inquiry.choose()
    table_rows = [
        _row(inquiry, part, inquiry.head(key), explain=request.explain)
        for key, group in inquiry.group(choice.chosen).items()
        for part in rows.combinable(group)
    ]
    total = _total(inquiry, choice.chosen, table_rows, explain=request.explain)
    keys = [one.entry.key for one in choice.chosen]
    return Table(
        inquiry.splits,
        sorted(table_rows, key=lambda row: _order(row, inquiry.splits)),
        total,
        caption(inquiry.metric.name, inquiry.splits, inquiry.sentence),
        notes(inquiry, choice, table_rows),
        explanation.basis(connection, keys, len(keys)) if request.cite else "",
    )


def _row(inquiry: Inquiry, part: Sequence[Chosen], head: dict[str, str | None], *, explain: bool) -> Row:
    row = rows.make(part, head, inquiry.metric.name, inquiry.read)
    return row | {"explain": explanation.entries(inquiry, part)} if explain else row


def _total(inquiry: Inquiry, chosen: Sequence[Chosen], table_rows: Sequence[Row], *, explain: bool) -> list[Row]:
    """Return the rows "all" of a table by one split: one for each unit, and for stocks."""
    if len(inquiry.splits) != 1:
        return []
    (split,) = inquiry.splits
    parts = [part for part in rows.combinable(chosen) if part[0].figure.count != "none"]
    found = [_row(inquiry, part, {split: "all"}, explain=explain) for part in parts]
    return [_at_least_the_rows(row, table_rows, split) for row in found]


def _at_least_the_rows(row: Row, table_rows: Sequence[Row], split: str) -> Row:
    """Raise the low of "all" to the sum of the rows: figures for different places or peoples share no occurrence.

    The search for the largest low normally finds this itself; it may not if it has to give up.
    """
    if split not in selection.DISJOINT or row["count"] == "stock":
        return row
    lows = [
        one["low"]
        for one in table_rows
        if one[split] is not None and one["unit"] == row["unit"] and one["count"] not in {"stock", "none"}
    ]
    return row | {"low": max(filter(None, (row["low"], added(lows))), default=row["low"])}


def _events(connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query) -> Table:
    splits = read_splits(request.by or "none", EVENT_GROUPINGS)
    compiled = filters.compile_query(asked._replace(drafts=False), lambda: lookup)
    table_rows = events.rows(connection, compiled, splits, lookup.shown)
    table_notes = []
    if len(table_rows) > 1 and not set(splits) <= {"kind", *selection.BUCKETS}:
        table_notes.append("An event may be in several rows, so they do not add up")
    if any(row[split] is None for row in table_rows for split in splits if split in selection.BUCKETS):
        table_notes.append("Not given: events whose days fall into more than one row")
    every = filters.compile_query(asked._replace(drafts=True), lambda: lookup)
    drafts = search.count(connection, every, drafts=True)
    if drafts:
        table_notes.append(f"Left out: {plural(drafts, 'draft')}")
    basis = explanation.basis(connection, events.keys(connection, compiled), None) if request.cite else ""
    words = caption("events", splits, compiled.sentence)
    return Table(splits, sorted(table_rows, key=lambda row: _order(row, splits)), [], words, table_notes, basis)


def _order(row: Row, splits: tuple[str, ...]) -> tuple[object, ...]:
    if any(split in selection.BUCKETS for split in splits) or len(splits) > 1:
        return tuple((row[split] is None, row[split] or "") for split in splits)
    size = next((row[key] for key in ("low", "best", "high") if row[key] is not None), -1)
    value = row[splits[0]] if splits else ""
    return (value is None, -size, value or "")
