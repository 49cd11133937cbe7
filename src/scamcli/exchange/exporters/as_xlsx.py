"""A workbook with a sheet per table, streamed. Numbers and days keep their types, and no text is ever a formula."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.exchange.exporters.delimited import all_rows
from scamcli.exchange.tables import TABLES, Kind, Table
from scamcli.exchange.tables.cells import row_writer, text_of
from scamcli.language import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.cell import Cell as SheetCell

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.exchange.tables.cells import Cell

MAX_ROWS = 1_048_576
MAX_CHARACTERS = 32_767
"""The most characters in a cell, in UTF-16. Longer texts are refused: a shortened text could be taken for the whole."""

_FIRST_DAY = dates.day("1900-03-01")
"""The first safe day: workbooks have a 29 February 1900, which never existed, and no days before that year."""

_WIDTHS = {Kind.TEXT: 20, Kind.WORD: 13, Kind.DATE: 13, Kind.DAY: 11, Kind.NUMBER: 11, Kind.FLAG: 11}
_COLUMN_WIDTHS = {"title": 50, "event_title": 50, "summary": 60, "id": 34, "event": 34, "note": 40}
_LIST_WIDTH = 28


def write(dump: Dump, path: Path, losses: Losses, options: ExportOptions) -> None:
    """Write the workbook.

    Raises:
        DataError: a text or a table is longer than a workbook can hold.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "scamcli"
    sheets = {table.name: _Sheet(book, table) for table in TABLES}
    try:
        with _temporary_files_in(path.parent):
            for table, row in all_rows(dump):
                sheets[table.name].append(row)
            for sheet in sheets.values():
                sheet.finish()
            book.save(path)
    finally:
        for sheet in sheets.values():
            sheet.discard()


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
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        self._table = table
        self._cells = row_writer(table)
        self._sheet: Any = book.create_sheet(table.name)  # a write-only sheet, for which there are no published types
        self._sheet.freeze_panes = "A2"
        self._rows = 1
        self._last_column = get_column_letter(len(table.columns))
        # A write-only sheet copies the cells that it gets, so one styled cell can be used for every row.
        self._text, self._day, heading = (WriteOnlyCell(self._sheet) for _ in range(3))
        self._text.number_format, self._day.number_format, heading.font = "@", "yyyy-mm-dd", Font(bold=True)
        for number, column in enumerate(table.columns, 1):
            layout = self._sheet.column_dimensions[get_column_letter(number)]
            layout.width = _COLUMN_WIDTHS.get(column.name, _WIDTHS.get(column.kind, _LIST_WIDTH))
            if column.kind not in {Kind.NUMBER, Kind.FLAG, Kind.DAY}:
                layout.number_format = "@"  # so that a text that a user types there, such as 2022-09, is not changed
        self._sheet.append(_as_text(heading, name) for name in table.header)

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
        with suppress(OSError):
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
        if not isinstance(cell, str):
            return cell
        if len(cell) > MAX_CHARACTERS // 2 and len(cell.encode("utf-16-le")) > 2 * MAX_CHARACTERS:
            key = " of ".join(str(row[self._table.header.index(name)]) for name in reversed(self._table.key))
            message = (
                f"`{column.name}` of {key} in {self._table.name} is longer than the {MAX_CHARACTERS:,} characters"
                " that a cell holds."
            )
            raise DataError(message, "Use csv, datapackage or parquet, which hold texts of any length.")
        return _as_text(self._text, cell)


def _as_text(cell: SheetCell, text: str) -> SheetCell:
    cell.value = text
    cell.data_type = "s"  # whatever the text begins with, even =
    return cell
