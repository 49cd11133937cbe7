"""Statistics: the numbers of one or more metrics, with bounds that count nothing twice.

`inquiry` resolves a request, `read` reads the figures, `scamcli.numbers` adds them up, `rows` puts each number into
words, `captions` says how to read the table, `explanation` how each number came about, and `citation` writes sentences
to print. This module combines them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from scamcli.errors import WrongUsageError
from scamcli.language.vocabulary import EVENT_GROUPINGS
from scamcli.numbers.rises import behind
from scamcli.numbers.tables import BUCKETS
from scamcli.output.text.words import plural
from scamcli.query import filters, search
from scamcli.query.filters import Query
from scamcli.query.resolve import Lookup
from scamcli.stats import basis, captions, citation, events, explanation, rows, several, suppression
from scamcli.stats.inquiry import EVENTS_ARE_NO_FIGURES, Combined, Inquiry, Request, inquire, read_splits
from scamcli.stats.rows import Cell, Row

__all__ = ["Request", "Table", "table"]


@dataclass(frozen=True)
class Table:
    """A table by one or two splits.

    Attributes:
        splits: The keys of each row that name its group; empty if there is one row for everything.
        rows: The rows as they are in the JSON output, with ``explain`` if that was asked for.
        total: The rows for everything, one for each unit; none in a table with a single row.
        caption: The request in words.
        captions: At most two sentences on how to read the table.
        notes: What else there is to say, which ``--explain`` shows.
        basis: With ``cite``, how many events and figures the table is based on, the digest of their records, and the
            version of the rules.
        metrics: The metrics of the table. If there are several, their rows follow one another for each value of the
            split.
    """

    splits: tuple[str, ...]
    rows: list[Row]
    total: list[Row]
    caption: str
    captions: list[str]
    notes: list[str]
    basis: str
    metrics: tuple[str, ...]


def table(connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query) -> Table:
    """Return the numbers of one or more metrics, or the number of events for the metric ``events``.

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
    inquiries = [inquire(connection, lookup, request._replace(metric=name), asked) for name in names]
    found = numbers(inquiries, request)
    if not found.rows:
        hints = (events.without_figure(connection, lookup, inquiry.metric.name, asked) for inquiry in inquiries)
        found = replace(found, captions=[*found.captions, *chain.from_iterable(hints)])
    return found


def numbers(inquiries: Sequence[Inquiry], request: Request) -> Table:
    """Return the table of one or more metrics."""
    if len({inquiry.splits for inquiry in inquiries}) > 1:
        inquiries = [inquiry._replace(splits=()) for inquiry in inquiries]
    found = [_table(inquiry, request) for inquiry in inquiries]
    return found[0] if len(found) == 1 else _side_by_side(inquiries, found)


def _side_by_side(inquiries: Sequence[Inquiry], tables: Sequence[Table]) -> Table:
    """Join the tables of several metrics into one table with the same splits."""
    splits, names = tables[0].splits, [inquiry.name for inquiry in inquiries]
    all_rows = [row for found in tables for row in found.rows]
    about = several.scope_note([several.covered(inquiry) for inquiry in inquiries])
    merged = several.merged_notes([(name, found.captions) for name, found in zip(names, tables, strict=True)])
    shown = [*about, *merged]
    return Table(
        splits,
        sorted(all_rows, key=lambda row: tuple((row[split] is None, row[split] or "") for split in splits)),
        [row for found in tables for row in found.total],
        captions.caption(", ".join(names), splits, inquiries[0].sentence),
        shown[: captions.MOST_CAPTIONS],
        [*shown[captions.MOST_CAPTIONS :], *chain.from_iterable(found.notes for found in tables)],
        "; ".join(found.basis for found in tables if found.basis),
        tuple(names),
    )


def _table(inquiry: Inquiry, request: Request) -> Table:
    tables = inquiry.tables()
    cells = [cell for combined in tables for cell in _cells(inquiry, combined, request)]
    totals = [cell for combined in tables for cell in _total(inquiry, combined, request)] if inquiry.splits else []
    table_rows, total_rows, about = [cell.row for cell in cells], [cell.row for cell in totals], list[str]()
    if request.min_cell:
        table_rows, total_rows, about = suppression.suppress(
            [(cell.unit, cell.row) for cell in cells],
            [(cell.unit, cell.row, inquiry.is_of_few(cell.found)) for cell in totals],
            inquiry.splits,
            request.min_cell,
        )
    found = [*about, *captions.captions(inquiry, tables, cells)]
    return Table(
        inquiry.splits,
        sorted(table_rows, key=lambda row: _order(row, inquiry.splits)),
        total_rows,
        captions.caption(inquiry.name, inquiry.splits, inquiry.sentence),
        found[: captions.MOST_CAPTIONS],
        found[captions.MOST_CAPTIONS :],
        _basis(inquiry, tables) if request.cite else "",
        (inquiry.name,),
    )


def _cells(inquiry: Inquiry, combined: Combined, request: Request) -> list[Cell]:
    return [_with_details(inquiry, rows.make(inquiry, combined.unit, found), request) for found in combined.table.rows]


def _total(inquiry: Inquiry, combined: Combined, request: Request) -> list[Cell]:
    """Return the row for everything. Numbers that are never added have none."""
    everything = combined.table.everything
    if everything is None or combined.is_never_added:
        return []
    cell = rows.make(inquiry, combined.unit, everything, is_total=True)
    parts = [rows.make(inquiry, combined.unit, found) for found in combined.table.rows]
    cell.row["why"] = captions.why_not_the_sum(inquiry, everything, parts, combined.table.in_no_row)
    return [_with_details(inquiry, cell, request)]


def _with_details(inquiry: Inquiry, cell: Cell, request: Request) -> Cell:
    """Return a cell whose row has its explanation and its sentence, if these were asked for.

    A row that counts fewer people than may be published has neither.
    """
    row = cell.row
    if request.explain:
        row["explain"] = explanation.explanations(inquiry, cell.found)
        row["working"] = explanation.working(inquiry, cell.found)
    if request.cite:
        row["cite"] = citation.sentence(inquiry, cell)
    if inquiry.is_of_few(cell.found):
        row = suppression.without_details(row)
    return cell._replace(row=row)


def _basis(inquiry: Inquiry, tables: Sequence[Combined]) -> str:
    every_row = [row for combined in tables for row in (*combined.table.rows, combined.table.everything) if row]
    of_rises = (
        entry for row in every_row for rise in row.rises for entry in behind(rise.series, rise.first, rise.last)
    )
    used = {key for entry in chain(*(row.entries for row in every_row), of_rises) for key in entry.keys}
    keys = [one.key for one in inquiry.read.chosen if one.figure.key in used]
    return basis.line(inquiry.connection, keys, len(used))


def _events(connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query) -> Table:
    splits = read_splits(request.by or "none", EVENT_GROUPINGS)
    compiled = filters.compile_query(asked._replace(drafts=False), lambda: lookup)
    table_rows = events.rows(connection, compiled, splits, lookup.shown)
    notes = []
    if len(table_rows) > 1 and events.may_repeat(splits):
        notes.append(events.IN_SEVERAL_ROWS)
    if any(row[split] is None for row in table_rows for split in splits if split in BUCKETS):
        notes.append("Not stated: events whose days fall into more than one row.")
    every = filters.compile_query(asked._replace(drafts=True), lambda: lookup)
    drafts = search.count(connection, every, drafts=True)
    if drafts:
        notes.append(f"Left out: {plural(drafts, 'draft')}.")
    rests_on = basis.line(connection, events.keys(connection, compiled), None) if request.cite else ""
    words = captions.caption("events", splits, compiled.sentence)
    if request.cite:
        table_rows = [row | {"cite": events.sentence(row, splits, compiled.sentence)} for row in table_rows]
    in_order = sorted(table_rows, key=lambda row: _order(row, splits))
    return Table(splits, in_order, [], words, notes, [], rests_on, ("events",))


def _order(row: Row, splits: tuple[str, ...]) -> tuple[object, ...]:
    if any(split in BUCKETS for split in splits) or len(splits) > 1:
        return tuple((row[split] is None, row[split] or "") for split in splits)
    size = next((row[key] for key in ("low", "best", "high") if row[key] is not None), -1)
    value = row[splits[0]] if splits else ""
    return (value is None, -size, value or "")
