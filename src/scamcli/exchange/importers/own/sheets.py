"""The tables that scamcli wrote, in files of any kind. Their rows can be read any number of times."""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from scamcli.errors import DataError, quote
from scamcli.exchange.importers import delimited, xlsx
from scamcli.exchange.importers.detect import columns_error, find_similar_table, find_table, text_header
from scamcli.exchange.tables import BY_NAME, cells
from scamcli.output.escaping import unguard_formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from openpyxl.cell.cell import Cell as OpenpyxlCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from scamcli.exchange.importers.delimited import Dialect
    from scamcli.exchange.tables import Table
    from scamcli.exchange.tables.cells import Cell
    from scamcli.records.types import JsonObject

    WorkbookCell = OpenpyxlCell | MergedCell

LIBREOFFICE_BOOLEANS = {"=TRUE()": True, "=FALSE()": False}
"""The formulas as which LibreOffice saves boolean cells."""

RowT = TypeVar("RowT")


class OwnSheet(Generic[RowT]):
    """A table that scamcli wrote, in a file.

    Args:
        header: the columns of the file, in their order there.
        part: the title of the sheet in a workbook.
    """

    is_in_workbook = False

    def __init__(self, table: Table, path: Path, header: Sequence[str], part: str = "") -> None:
        self.table = table
        self.name = f"{path}:{part}" if self.is_in_workbook else str(path)  # for messages, before the number of a row
        self.path = path
        self._header = header
        self._part = part
        # The column with the id of the event: its own in the table of events, the event's in the table of figures.
        self._key = table.key[0]
        self._key_at = header.index(self._key)

    def rows(self) -> Iterator[tuple[int, RowT]]:
        """Yield the unparsed rows with their numbers, from the beginning."""
        raise NotImplementedError

    def key(self, row: RowT) -> str:
        """Return the id of the event that a row belongs to, or the name of its record."""
        raise NotImplementedError

    def values(self, row: RowT) -> JsonObject:
        """Return the values of a row by column.

        Raises:
            ValueError: a cell cannot be read; the text says which one and why.
        """
        raise NotImplementedError

    def notices(self) -> list[str]:
        """Return notices about what the file says besides the values of its cells."""
        return []

    def keys(self) -> Iterator[str]:
        """Yield the key of each row."""
        return (self.key(row) for _, row in self.rows())

    def _read(self, given: Mapping[str, Cell], row: Sequence[object], extra: Iterable[object]) -> JsonObject:
        """Return the values of cells. Spreadsheets may add empty ones (`extra`) at the end, or leave them out."""
        if any(extra):
            raise ValueError(f"there are {len(row)} cells, but the header has {len(self._header)}")
        return cells.values(self.table, given)


AnySheet = OwnSheet[Any]


def file_sheets(paths: Iterable[Path], format_: str) -> list[AnySheet]:
    """Return the tables in CSV or TSV files, except files that scamcli did not write."""
    found: list[AnySheet] = []
    for path in paths:
        dialect, header = text_header(path, format_)
        found += [_TextSheet(table, path, header, dialect)] if (table := find_table(header)) else []
    return found


class _TextSheet(OwnSheet["tuple[str, ...]"]):
    """A table in CSV or tab-separated text."""

    def __init__(self, table: Table, path: Path, header: Sequence[str], dialect: Dialect) -> None:
        super().__init__(table, path, header)
        self._dialect = dialect

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        with ExitStack() as stack:
            rows = delimited.read_rows(self.path, stack, dialect=self._dialect)
            next(rows, None)
            for number, row in rows:
                if isinstance(row, DataError):
                    # The following lines may belong to this row, so nothing in the table can be trusted.
                    raise DataError(f"{self.name}:{number}: {row.message}", row.hint)
                if any(row):
                    yield number, row

    def key(self, row: tuple[str, ...]) -> str:
        return unguard_formula(row[self._key_at]) if self._key_at < len(row) else ""

    def values(self, row: tuple[str, ...]) -> JsonObject:
        given = dict.fromkeys(self._header, "") | dict(zip(self._header, map(unguard_formula, row), strict=False))
        return self._read(given, row, row[len(self._header) :])


def workbook_sheets(path: Path) -> list[AnySheet]:
    """Return the tables of a workbook that scamcli wrote. Other sheets are ignored.

    Raises:
        DataError: a sheet has the name of a table, or most of its columns, but not all.
    """
    found: list[AnySheet] = []
    for title, header, part in xlsx.read_headers(path):
        table = find_table(header)
        if table is not None:
            found.append(_WorkbookSheet(table, path, header, title, part))
        elif header and (table := BY_NAME.get(title) or find_similar_table(header)):
            raise columns_error(f"{path}:{title}", table, header)
    return found


class _WorkbookSheet(OwnSheet["tuple[WorkbookCell, ...]"]):
    """A table in a sheet of a workbook."""

    is_in_workbook = True

    def __init__(self, table: Table, path: Path, header: Sequence[str], title: str, part: str) -> None:
        from scamcli.exchange.importers import cell_extras  # here, because only workbooks need it

        super().__init__(table, path, header, title)
        self._commented = cell_extras.commented_cells(path, part)  # now, because a pipe's copy is soon deleted

    def rows(self) -> Iterator[tuple[int, tuple[WorkbookCell, ...]]]:
        with ExitStack() as stack:
            sheet: Worksheet = xlsx.open_workbook(self.path, stack, data_only=False)[self._part]
            for number, row in xlsx.number_rows(sheet.iter_rows(min_row=2), self.path, first=2):
                if any(cell.value is not None for cell in row):
                    yield number, row

    def key(self, row: tuple[WorkbookCell, ...]) -> str:
        value = row[self._key_at].value if self._key_at < len(row) else None
        return cells.text_of(value if value is None or isinstance(value, int | float) else str(value))

    def values(self, row: tuple[WorkbookCell, ...]) -> JsonObject:
        extra = (cell.value is not None for cell in row[len(self._header) :])
        given = {name: _workbook_value(name, cell) for name, cell in zip(self._header, row, strict=False)}
        return self._read(dict.fromkeys(self._header) | given, row, extra)

    def notices(self) -> list[str]:
        listed = ", ".join(self._commented[:10]) + (" …" if len(self._commented) > 10 else "")
        notice = f"{self.name}: Comments on cells are not imported; write them into the note: {listed}."
        return [notice] if self._commented else []


def _workbook_value(name: str, cell: WorkbookCell) -> Cell:
    value = xlsx.with_marks(cell.value)
    if cell.data_type == "f" and isinstance(value, str) and value in LIBREOFFICE_BOOLEANS:
        return LIBREOFFICE_BOOLEANS[value]
    if cell.data_type in {"f", "e"}:
        what = "a formula" if cell.data_type == "f" else "an error of the spreadsheet"
        raise ValueError(f"`{name}`: {what}, {quote(str(value)[:80])}; expected its value")
    if isinstance(value, datetime) and value.time() != datetime.min.time():
        raise ValueError(f"`{name}`: {value.isoformat()} has a time; expected a date without one")
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, str):
        # Workbooks write characters as _x000D_. scamcli writes none of these itself.
        return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), value)
    if value is None or isinstance(value, bool | int | float):
        return value
    raise ValueError(f"`{name}`: {quote(str(value)[:80])}; expected text, a number or a day")
