"""A workbook with a sheet of each table, streamed: numbers are numbers, days are days, text is never a formula."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.exchange.exporters.flat import all_rows
from scamcli.exchange.tables import TABLES, Kind, Table
from scamcli.exchange.tables.cells import row_writer, text_of
from scamcli.language import dates

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from openpyxl import Workbook

    from scamcli.exchange.exporters import How
    from scamcli.exchange.exporters.dump import Dump, Losses

HOLDS = frozenset({"metric", "actor", "site", "event"})

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
"""Of a cell, in UTF-16. A longer text is refused: a part of it would be taken for all of it when it is read back."""

_FIRST_DAY = dates.day("1900-03-01")
"""Before it a workbook counts a 29 February 1900 which was none, and before that year it has no days."""

_WIDTHS = {Kind.TEXT: 20, Kind.WORD: 13, Kind.DATE: 13, Kind.DAY: 11, Kind.NUMBER: 11, Kind.FLAG: 11}
_WIDE = {"title": 50, "event_title": 50, "summary": 60, "id": 34, "event": 34, "note": 40}
_LISTED = 28


def write(dump: Dump, path: Path, losses: Losses, how: How) -> None:
    """Write the workbook.

    Raises:
        DataError: a text or a table is longer than a workbook can hold.
    """
    from openpyxl import Workbook

    del losses, how
    book = Workbook(write_only=True)
    book.properties.creator = "scamcli"
    sheets = {table.name: _Sheet(book, table) for table in TABLES}
    try:
        for table, row in all_rows(dump):
            sheets[table.name].append(row)
        for sheet in sheets.values():
            sheet.finish()
        book.save(path)
    finally:
        for sheet in sheets.values():
            sheet.clear()


class _Sheet:
    """A sheet that is written row by row.

    Args:
        book: in which it is made.
        table: what it holds.
    """

    def __init__(self, book: Workbook, table: Table) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        self._table = table
        self._cells = row_writer(table)
        self._sheet: Any = book.create_sheet(table.name)
        self._sheet.freeze_panes = "A2"
        self._rows = 1
        self._last = get_column_letter(len(table.columns))
        self._text, self._day, heading = (WriteOnlyCell(self._sheet) for _ in range(3))
        self._text.number_format, self._day.number_format, heading.font = "@", "yyyy-mm-dd", Font(bold=True)
        for number, column in enumerate(table.columns, 1):
            of_sheet = self._sheet.column_dimensions[get_column_letter(number)]
            of_sheet.width = _WIDE.get(column.name, _WIDTHS.get(column.kind, _LISTED))
            if column.kind not in {Kind.NUMBER, Kind.FLAG, Kind.DAY}:
                of_sheet.number_format = "@"  # so that what is typed there stays as it is typed, 2022-09 too
        self._sheet.append(_as_texts(heading, table.header))

    def append(self, values: Iterable[Any]) -> None:
        """Write a row of values."""
        self._rows += 1
        if self._rows > MOST_ROWS:
            hint = "use csv, datapackage or parquet, or export less with a filter"
            raise DataError(f"more than {MOST_ROWS - 1:,} {self._table.name}; a sheet holds no more", hint)
        row = self._cells(values)
        self._sheet.append(self._shown(number, cell, row) for number, cell in enumerate(row))

    def finish(self) -> None:
        """Write what comes after the rows."""
        self._sheet.auto_filter.ref = f"A1:{self._last}{self._rows}"
        self._sheet.close()

    def clear(self) -> None:
        """Take away the file in which openpyxl keeps a sheet, which it leaves where no workbook is saved."""
        with suppress(OSError):
            if not self._sheet.closed:
                self._sheet.close()
            self._sheet._writer.cleanup()

    def _shown(self, number: int, cell: Any, row: list[Any]) -> Any:
        if self._table.columns[number].kind is Kind.DAY and cell is not None:
            return self._dated(cell)
        if isinstance(cell, float) and float(f"{cell:.16g}") != cell:
            cell = text_of(cell)  # openpyxl writes sixteen digits, and this one needs seventeen
        if not isinstance(cell, str):
            return cell
        if len(cell) > MOST_CHARACTERS // 2 and len(cell.encode("utf-16-le")) > 2 * MOST_CHARACTERS:
            key = " of ".join(str(row[self._table.header.index(name)]) for name in reversed(self._table.key))
            name = self._table.columns[number].name
            said = (
                f"`{name}` of {key} in {self._table.name} is longer than the {MOST_CHARACTERS:,} characters of a cell"
            )
            raise DataError(said, "use csv, datapackage or parquet, which hold texts of any length")
        return _as_text(self._text, cell)

    def _dated(self, day: int) -> Any:
        if day < _FIRST_DAY:
            return _as_text(self._text, dates.iso(day))
        self._day.value = date.fromisoformat(dates.iso(day))
        return self._day


def _as_text(cell: Any, text: str) -> Any:
    cell.value = text
    cell.data_type = "s"  # whatever it begins with
    return cell


def _as_texts(cell: Any, texts: Iterable[str]) -> Any:
    return (_as_text(cell, text) for text in texts)
