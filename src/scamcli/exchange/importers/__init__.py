"""Read records from foreign files row by row. This uses no database and writes nothing.

A reader yields the rows of a file with their numbers, each as a record or as an error that says why it is not one. Rows
are never repaired and never left out silently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from scamcli.errors import DataError
    from scamcli.exchange.importers.mapped.mapping import Mapping
    from scamcli.exchange.importers.mapped.suggest_mapping import Proposal
    from scamcli.records.types import JsonObject

    Row = tuple[str, ...]
    Rows = Iterator[tuple[int, Row | DataError]]

UNCOMPUTED = "a formula without its value"
"""Text of a cell whose formula no program has computed yet."""

CELL_ERRORS = dict.fromkeys(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"),
    "a value; the spreadsheet could not compute it",
) | {UNCOMPUTED: "its value; open and save the workbook in a spreadsheet program, which stores it"}
"""Texts in place of values that were not computed, each with what was expected instead."""

LINK = " - link"
"""The end of the name of a column with the link addresses of another column of a workbook."""

ABSENT = "—"
"""Replaces a missing value in a cell that lists several values, so that each keeps the same position as in other cells:
``VOD; —; Example Daily``."""

NOTE_SUFFIXES = (".md", ".markdown")
"""Suffixes of notes in Markdown, whether they are in folders or not."""

MOST_LISTED = 20
"""How many columns a message names at most."""


class Part(NamedTuple):
    """The records of one table of a file.

    Attributes:
        name: the name in messages, before the number of a row: ``cases.csv``, ``book.xlsx:figures``.
        rows: row numbers in increasing order, as an editor or a spreadsheet shows them, each with a record or an error.
        has_only_events: whether every record is an event.
        has_ids: whether events may have ids.
        notices: a function that returns notices about the table, which are complete after all rows have been read.
        table: the name of a mapped table, which its events have in their ``dataset``.
    """

    name: str
    rows: Iterator[tuple[int, JsonObject | DataError]]
    has_only_events: bool = False
    has_ids: bool = True
    notices: Callable[[], list[str]] = list
    table: str = ""


class Extras(NamedTuple):
    """What a sheet keeps outside the values of its cells, by the number of the row and the position of the column.

    Attributes:
        links: addresses behind the texts of cells.
        comments: comments and notes on cells.
        struck: the names of cells that are struck through as a whole, such as ``G30``.
        merged: the last rows of cells that are merged over several rows, by their first row and their column.
    """

    links: dict[int, dict[int, str]]
    comments: dict[int, dict[int, str]]
    struck: tuple[str, ...]
    merged: dict[int, dict[int, int]]


NO_EXTRAS = Extras({}, {}, (), {})


class TableOptions(NamedTuple):
    """How to read the tables of an import.

    Attributes:
        mapping: a mapping, the name of one that comes with scamcli (such as ``ged``), or a mapping file.
        pairs: ``COLUMN=FIELD``, or ``COLUMN=FIELD:FORMAT`` for a date.
        constants: ``FIELD=VALUE`` for every row.
        sheet: the sheet of a workbook to read; by default, all sheets that fit the mapping.
        header_row: the number of the row with the names of the columns; by default, the first row that is not empty.
        header_rows: 2 if the next row has further names, for the parts of a group of columns; 0 if no row has names.
        version: the version of the data set in a table.
        disjoint: whether each row of a table is a different incident, so that their numbers can be added.
        id_from: the columns that give rows without an id one, or ``row`` for the number of the row.
        accept: whether to take the mapping that is proposed for an unknown table, or a function that decides it.
    """

    mapping: Mapping | str | Path = ""
    pairs: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    sheet: str = ""
    header_row: int | None = None
    header_rows: int = 1
    version: str = ""
    disjoint: bool = False
    id_from: tuple[str, ...] = ()
    accept: bool | Callable[[Proposal], bool] = False


class DecimalText(str):
    """The text of a number that a workbook or JSON stores as a number, so its point cannot separate thousands."""

    __slots__ = ()


def quoted_list(names: Sequence[str]) -> str:
    """Return names for a message, at most `MOST_LISTED`, and the number of others."""
    more = f" and {len(names) - MOST_LISTED:,} more" if len(names) > MOST_LISTED else ""
    return ", ".join(map(quote, names[:MOST_LISTED])) + more
