"""A workbook with a sheet per table, streamed. Numbers and days keep their types, and no text is ever a formula.

The last sheet has a row per source. It is for reading, and protected against changes, because an import reads the
sources from the sheet of events. Columns of a closed list have a drop-down list.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager, suppress
from datetime import date
from errno import EIO
from time import localtime
from typing import TYPE_CHECKING, Any, cast

from scamcli.errors import DataError
from scamcli.exchange.exporters.delimited import all_rows
from scamcli.exchange.tables import EVENTS, TABLES, Column, Kind, Table
from scamcli.exchange.tables.cells import row_writer, text_of
from scamcli.language import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.cell import Cell as SheetCell

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.exchange.tables.cells import Cell
    from scamcli.records.types import SourceDict

MAX_ROWS = 1_048_576
MAX_CHARACTERS = 32_767
"""The most characters in a cell, in UTF-16. Longer texts are refused: a shortened text could be taken for the whole."""

_FIRST_DAY = dates.day("1900-03-01")
"""The first safe day: workbooks have a 29 February 1900, which never existed, and no days before that year."""

_WIDTHS = {Kind.TEXT: 20, Kind.WORD: 13, Kind.DATE: 13, Kind.DAY: 11, Kind.NUMBER: 11, Kind.FLAG: 11}
_COLUMN_WIDTHS = {"title": 50, "event_title": 50, "summary": 60, "id": 34, "event": 34, "note": 40}
_COLUMN_WIDTHS |= {"url": 40, "archived": 40, "passage": 40}
_LIST_WIDTH = 28
_WRAPPED = frozenset({"title", "event_title", "summary", "note", "stated", "passage", "about"})
"""Columns whose texts are wrapped, besides lists of names; others are short, or would make rows too high."""

_SOURCE_COLUMNS = (
    Column("event", Kind.TEXT, "the event that names the source"),
    Column("event_date", Kind.DATE, "its date"),
    Column("event_title", Kind.TEXT, "its title"),
    *next(column.parts for column in EVENTS.columns if column.name == "sources"),
)
_SOURCES = Table(
    "sources", "source", "a source of an event", ("event",), (), _SOURCE_COLUMNS,
    [column.name for column in _SOURCE_COLUMNS], [], frozenset(),
)  # fmt: skip
_EVENT_KEYS = [EVENTS.header.index(name) for name in ("id", "date", "title")]
_SOURCES_AT = EVENTS.header.index("sources")

YEARS = (1980, 2107)
"""The first and last year that the parts of a zip archive, which a workbook is, can be dated."""


def write(dump: Dump, path: Path, losses: Losses, options: ExportOptions) -> None:
    """Write the workbook.

    Raises:
        DataError: a text or a table is longer than a workbook can hold, or the clock is in no year that it can.
    """
    from openpyxl import Workbook

    year = localtime().tm_year
    if not YEARS[0] <= year <= YEARS[1]:  # a computer whose battery is empty starts in 1970
        raise DataError(
            f"The clock of this computer is in {year}, and a workbook has a date from {YEARS[0]} to {YEARS[1]}.",
            "Set the clock, or export CSV.",
        )
    with _temporary_files_in(path.parent):
        book = Workbook(write_only=True)
        book.properties.creator = "scamcli"
        sheets = {table.name: _Sheet(book, table) for table in (*TABLES, _SOURCES)}
        try:
            _fill(sheets, dump)
            book.properties.description = " ".join(f"Terms of use of {terms}." for terms in dump.terms()) or None
            book.save(path)
        except Exception as error:
            if not str(error).startswith("IO_"):  # an error of lxml, which openpyxl uses if it is there
                raise
            raise OSError(EIO, "the disk is full, or reported an error") from error
        finally:
            for sheet in sheets.values():
                sheet.discard()


def _fill(sheets: Mapping[str, _Sheet], dump: Dump) -> None:
    for table, row in all_rows(dump):
        values = tuple(row)
        sheets[table.name].append(values)
        found = cast("list[SourceDict]", values[_SOURCES_AT]) if table is EVENTS else []
        if sheets[_SOURCES.name].has_room(len(found)):  # the sheet of events has all of them
            for source in found:
                sheets[_SOURCES.name].append([*(values[at] for at in _EVENT_KEYS), *source.values()])
    for sheet in sheets.values():
        sheet.finish()


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Let openpyxl keep its temporary files in the folder of the export, which is cleaned up even after a kill."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


class _Sheet:
    """A sheet of a workbook that is written row by row."""

    def __init__(self, book: Workbook, table: Table) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        self._table = table
        self._cells = row_writer(table)
        self._is_wrapped = [column.name in _WRAPPED or column.kind is Kind.NAMES for column in table.columns]
        self._sheet: Any = book.create_sheet(table.name)  # a write-only sheet, for which there are no published types
        self._rows = 1
        # A write-only sheet copies the cells that it gets, so one styled cell can be used for every row.
        self._text, self._wrapped, self._day, self._other, heading = (WriteOnlyCell(self._sheet) for _ in range(5))
        self._text.number_format = self._wrapped.number_format = "@"
        self._day.number_format, heading.font = "yyyy-mm-dd", Font(bold=True)
        self._text.alignment = self._day.alignment = self._other.alignment = Alignment(vertical="top")
        self._wrapped.alignment = Alignment(vertical="top", wrap_text=True)
        self._lay_out()
        self._sheet.append(_as_text(heading, name) for name in table.header)

    def _lay_out(self) -> None:
        from openpyxl.utils import get_column_letter

        self._sheet.freeze_panes = "A2"
        self._sheet.protection.sheet = self._table is _SOURCES
        self._sheet.protection.autoFilter = self._sheet.protection.sort = False  # both stay allowed
        self._last_column = get_column_letter(len(self._table.columns))
        for number, column in enumerate(self._table.columns, 1):
            letter = get_column_letter(number)
            layout = self._sheet.column_dimensions[letter]
            layout.width = _COLUMN_WIDTHS.get(column.name, _WIDTHS.get(column.kind, _LIST_WIDTH))
            if column.kind not in {Kind.NUMBER, Kind.FLAG, Kind.DAY}:
                layout.number_format = "@"  # so that a text that a user types there, such as 2022-09, is not changed
            self._offer_words(letter, column)

    def _offer_words(self, letter: str, column: Column) -> None:
        """Give a column of a closed list a drop-down list, also for the rows that a user adds."""
        from openpyxl.worksheet.datavalidation import DataValidation

        words = ("TRUE", "FALSE") if column.kind is Kind.FLAG else column.words
        if not words or column.derived or self._table is _SOURCES:
            return
        offer = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True)
        offer.errorTitle, offer.error = (
            f"Not a value of {column.name}",
            "Choose one of the list, or leave the cell empty.",
        )
        offer.add(f"{letter}2:{letter}{MAX_ROWS}")
        self._sheet.data_validations.append(offer)

    def has_room(self, rows: int) -> bool:
        """Return whether this many rows fit on a sheet."""
        return self._rows + rows <= MAX_ROWS

    def append(self, values: Iterable[object]) -> None:
        self._rows += 1
        if self._rows > MAX_ROWS:
            hint = "Use csv, datapackage or parquet, or export fewer events with a filter."
            raise DataError(f"More than {MAX_ROWS - 1:,} {self._table.name}, which is all that a sheet holds.", hint)
        row = self._cells(values)
        self._sheet.append(self._cell(number, cell, row) for number, cell in enumerate(row))

    def finish(self) -> None:
        self._sheet.auto_filter.ref = f"A1:{self._last_column}{self._rows}"
        self._sheet.close()

    def discard(self) -> None:
        """Delete the temporary file of the sheet, which openpyxl leaves behind if no workbook is saved."""
        with suppress(Exception):  # lxml, if it is there, has errors of its own for a full disk
            if not self._sheet.closed:
                self._sheet.close()
            self._sheet._writer.cleanup()

    def _cell(self, number: int, cell: Cell, row: list[Cell]) -> SheetCell | Cell:
        column = self._table.columns[number]
        if column.kind is Kind.DAY and isinstance(cell, int):
            if cell < _FIRST_DAY:
                return _as_text(self._text, dates.iso(cell))
            self._day.value = date.fromisoformat(dates.iso(cell))
            return self._day
        if isinstance(cell, float) and float(f"{cell:.16g}") != cell:
            cell = text_of(cell)  # openpyxl writes sixteen digits, and this number needs seventeen
        if cell is None:
            return None
        if not isinstance(cell, str):
            self._other.value = cell
            return self._other
        if len(cell) > MAX_CHARACTERS // 2 and len(cell.encode("utf-16-le")) > 2 * MAX_CHARACTERS:
            key = " of ".join(str(row[self._table.header.index(name)]) for name in reversed(self._table.key))
            message = (
                f"`{column.name}` of {key} in {self._table.name} is longer than the {MAX_CHARACTERS:,} characters"
                " that a cell holds."
            )
            raise DataError(message, "Use csv, datapackage or parquet, which hold texts of any length.")
        return _as_text(self._wrapped if self._is_wrapped[number] else self._text, cell)


def _as_text(cell: SheetCell, text: str) -> SheetCell:
    cell.value = text
    cell.data_type = "s"  # whatever the text begins with, even =
    return cell
