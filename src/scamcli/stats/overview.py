"""Everything that a report says about the figures of one metric, from one reading of them.

These are the rows of several tables of `scamcli.stats`, with the same rules, explained and cited, and a sentence about
each figure.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from scamcli.numbers.records import Figure
from scamcli.query.filters import Query
from scamcli.query.resolve import Lookup
from scamcli.stats import captions, citation, explanation, rows, suppression
from scamcli.stats.explanation import Explanation
from scamcli.stats.inquiry import Combined, Inquiry, Request, inquire
from scamcli.stats.rows import TOTAL, Cell, Row

SPLITS = ("country", "province", "nationality")
"""The splits that a report shows tables by, because their rows count different occurrences."""


class Overview(NamedTuple):
    """The figures of one metric.

    Attributes:
        name: The metric as it may be printed.
        about: What it counts, or an empty text.
        totals: Its rows without a split. Each row has ``explain`` with the figures that contribute most, ``figures``
            with the number of all of them, ``working``, ``cite``, and in ``sides`` the figures that contradict each
            other.
        tables: Its rows for each split that has at least two values.
        notes: How to read the totals and what was left out; under the split, for each table.
        sentences: A citable sentence for each figure, by the ids of its event and of the figure, as they are printed.
        keys: The keys of the events of these figures.
    """

    name: str
    about: str
    totals: list[Row]
    tables: dict[str, list[Row]]
    notes: dict[str, list[str]]
    sentences: dict[tuple[str, str | None], str]
    keys: set[int]


def overview(
    connection: sqlite3.Connection, lookup: Lookup, metric: str, asked: Query, most: tuple[int, int]
) -> Overview:
    """Return everything about the figures of one metric.

    Args:
        connection: An open connection.
        lookup: Resolves and masks names.
        metric: The name of the metric.
        asked: The filters.
        most: How many figures a total explains, and how many a row of a table.

    Raises:
        NotFoundError: A name is unknown or ambiguous.
        WrongUsageError: A filter is invalid.
    """
    whole = inquire(connection, lookup, Request(metric, by="none").completed(connection), asked)
    tables = whole.tables()
    totals, notes = _rows(whole, tables, most[0]), {"": list[str]()}
    split_rows: dict[str, list[Row]] = {}
    for split in SPLITS:
        inquiry = whole._replace(splits=(split,))
        split_tables = inquiry.tables()
        labels = {found.label for combined in split_tables for found in combined.table.rows if found.label != (None,)}
        if len(labels) < 2:
            continue
        cells = _rows(inquiry, split_tables, most[1])
        shown = [cell.row for cell in cells]
        if whole.min_cell:
            shown, totals, notes[split] = _suppressed(inquiry, cells, totals)
        split_rows[split] = sorted(shown, key=lambda row: _order(row, split))
        notes.setdefault(split, []).extend(_captions(inquiry, split_tables, cells))
    shown_totals = [cell.row for cell in totals]
    if whole.min_cell:
        with_units = [(cell.unit, cell.row) for cell in totals]
        shown_totals, _, notes[""] = suppression.suppress(with_units, (), (), whole.min_cell)
    notes[""] += _captions(whole, tables, totals)
    figures = [one.figure for one in whole.read.chosen]
    sentences = {_printed_key(whole, figure): citation.figure_sentence(whole, figure) for figure in figures}
    keys = {one.key for one in whole.read.chosen}
    about = lookup.shown_about(whole.metric.name, whole.metric.about or "")
    return Overview(whole.name, about, shown_totals, split_rows, notes, sentences, keys)


def _captions(inquiry: Inquiry, tables: list[Combined], cells: list[Cell]) -> list[str]:
    return captions.captions(inquiry, tables, cells)[: captions.MOST_CAPTIONS]


def _suppressed(inquiry: Inquiry, cells: list[Cell], totals: list[Cell]) -> tuple[list[Row], list[Cell], list[str]]:
    """Return rows and totals without the numbers of few people, and what to say about it."""
    with_units = [(cell.unit, cell.row) for cell in cells]
    (split,) = inquiry.splits
    total_rows = [(cell.unit, {split: TOTAL} | cell.row, inquiry.is_of_few(cell.found)) for cell in totals]
    shown, shown_totals, notes = suppression.suppress(with_units, total_rows, inquiry.splits, inquiry.min_cell)
    totals = [cell._replace(row=row) for cell, row in zip(totals, shown_totals, strict=True)]
    return shown, totals, notes


def _printed_key(inquiry: Inquiry, figure: Figure) -> tuple[str, str | None]:
    if inquiry.lookup.masker is None:
        return figure.key
    record, at = explanation.masked_record(inquiry, figure.event, figure.id)
    return record["id"], record["figures"][at]["id"]


def _rows(inquiry: Inquiry, tables: list[Combined], most: int) -> list[Cell]:
    return [
        _with_details(inquiry, rows.make(inquiry, combined.unit, found), most)
        for combined in tables
        for found in combined.table.rows
    ]


def _with_details(inquiry: Inquiry, cell: Cell, most: int) -> Cell:
    row = cell.row
    row["explain"] = explanation.explanations(inquiry, cell.found, most)
    entries = (*cell.found.entries, *cell.found.partly)
    row["figures"] = sum(len(entry.statements) + len(entry.replaced) for entry in entries)
    row["working"] = explanation.working(inquiry, cell.found)
    row["cite"] = citation.sentence(inquiry, cell)
    row["sides"] = _sides(inquiry, cell) if row["contested"] else []
    if inquiry.is_of_few(cell.found):
        row = suppression.without_details(row) | {"sides": []}
    return cell._replace(row=row)


def _sides(inquiry: Inquiry, cell: Cell) -> list[Explanation]:
    """Return the figures of a row that contradict each other."""
    contested = {key for entry in cell.found.entries if entry.is_contested for key in entry.keys}
    return explanation.explanations(inquiry, cell.found, only=contested)


def _order(row: Row, split: str) -> tuple[object, ...]:
    size = next((row[key] for key in ("low", "best", "high") if row[key] is not None), -1)
    return row[split] is None, -size, row[split] or ""
