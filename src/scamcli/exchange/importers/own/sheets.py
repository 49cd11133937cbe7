"""The tables that scamcli wrote, whatever kind of file they are in. Their rows can be read any number of times."""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from scamcli.errors import DataError
from scamcli.exchange.importers import delimited, xlsx
from scamcli.exchange.tables import BY_NAME, cells, find_similar_table, find_table
from scamcli.output.escaping import unguard_formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from openpyxl.cell.cell import Cell as OpenpyxlCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet
    from pyarrow.parquet import ParquetFile

    from scamcli.exchange.importers.delimited import Dialect
    from scamcli.exchange.tables import Table
    from scamcli.exchange.tables.cells import Cell
    from scamcli.records.types import JsonObject

    WorkbookCell = OpenpyxlCell | MergedCell

LIBREOFFICE_BOOLEANS = {"=TRUE()": True, "=FALSE()": False}
"""How LibreOffice saves a cell that is true or false: as a formula."""

PARQUET_BATCH = 5_000
"""Rows of Parquet that are in memory at once."""

RowT = TypeVar("RowT")


class OwnSheet(Generic[RowT]):
    """A table that scamcli wrote, in a file.

    Args:
        table: which of the tables it is.
        name: for messages, before the number of a row.
        header: the columns of the file, in its order.
    """

    def __init__(self, table: Table, name: str, header: Sequence[str]) -> None:
        self.table = table
        self.name = name
        self._header = header
        # The id of the event: its own in the table of events, that of its event in the table of figures.
        self._key = table.key[0]
        self._key_at = header.index(self._key)

    def rows(self) -> Iterator[tuple[int, RowT]]:
        """Yield the rows from the beginning, with their numbers, as the file has them."""
        raise NotImplementedError

    def key(self, row: RowT) -> str:
        """Return the id of the event that a row belongs to, or the name of its record."""
        raise NotImplementedError

    def values(self, row: RowT) -> JsonObject:
        """Return the values of a row by column.

        Raises:
            ValueError: a cell cannot be read; the text says which and why.
        """
        raise NotImplementedError

    def keys(self) -> Iterator[str]:
        """Yield the key of each row."""
        return (self.key(row) for _, row in self.rows())

    def _read(self, given: Mapping[str, Cell], row: Sequence[object], extra: Iterable[object]) -> JsonObject:
        """Return the values of cells; spreadsheet programs add empty ones (`extra`) at the end, or leave them out."""
        if any(extra):
            raise ValueError(f"{len(row)} cells; expected the {len(self._header)} of the header")
        return cells.values(self.table, given)


AnySheet = OwnSheet[Any]


def text_sheet(path: Path, format_: str) -> AnySheet | None:
    """Return the table of a CSV or TSV file, or ``None`` if scamcli did not write it."""
    dialect = delimited.OWN_DIALECTS[format_]
    header = delimited.first_row(path, dialect)
    table = find_table(header)
    return None if table is None else _TextSheet(table, path, header, dialect)


class _TextSheet(OwnSheet["tuple[str, ...]"]):
    def __init__(self, table: Table, path: Path, header: Sequence[str], dialect: Dialect) -> None:
        super().__init__(table, str(path), header)
        self._path = path
        self._dialect = dialect

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        with ExitStack() as stack:
            rows = delimited.read_rows(self._path, stack, dialect=self._dialect)
            next(rows, None)
            for number, row in rows:
                if isinstance(row, DataError):
                    # What follows may belong to this row, so nothing of the table can be trusted.
                    raise DataError(f"{self.name}:{number}: {row.message}", row.hint)
                if any(row):
                    yield number, row

    def key(self, row: tuple[str, ...]) -> str:
        return unguard_formula(row[self._key_at]) if self._key_at < len(row) else ""

    def values(self, row: tuple[str, ...]) -> JsonObject:
        given = dict.fromkeys(self._header, "") | dict(zip(self._header, map(unguard_formula, row), strict=False))
        return self._read(given, row, row[len(self._header) :])


def workbook_sheets(path: Path) -> list[AnySheet]:
    """Return the tables of a workbook that scamcli wrote. Other sheets are left alone.

    Raises:
        DataError: a sheet has the name of a table, or most of its columns, but not all.
    """
    found: list[AnySheet] = []
    with ExitStack() as stack:
        for title, header in _headers(path, stack):
            table = find_table(header)
            if table is not None:
                found.append(_WorkbookSheet(table, path, header, title))
            elif header and (table := BY_NAME.get(title) or find_similar_table(header)):
                raise columns_error(f"{path}:{title}", table, header)
    return found


def is_own_workbook(path: Path) -> bool:
    """Return whether a workbook has a sheet that scamcli wrote.

    Raises:
        DataError: it is damaged.
    """
    with ExitStack() as stack:
        return any(find_table(header) for _, header in _headers(path, stack))


def _headers(path: Path, stack: ExitStack) -> Iterator[tuple[str, list[str]]]:
    """Yield the title of each sheet, and its header without empty cells at the end."""
    xlsx.require_safe(path)
    for sheet in xlsx.open_workbook(path, stack, data_only=False).worksheets:
        rows = xlsx.number_rows(sheet.iter_rows(max_row=1, values_only=True), path)
        _, row = next(rows, (1, ()))
        names = ["" if name is None else str(name) for name in row]
        while names and not names[-1]:
            names.pop()
        yield sheet.title, names


class _WorkbookSheet(OwnSheet["tuple[WorkbookCell, ...]"]):
    def __init__(self, table: Table, path: Path, header: Sequence[str], title: str) -> None:
        super().__init__(table, f"{path}:{title}", header)
        self._path = path
        self._title = title

    def rows(self) -> Iterator[tuple[int, tuple[WorkbookCell, ...]]]:
        with ExitStack() as stack:
            sheet: Worksheet = xlsx.open_workbook(self._path, stack, data_only=False)[self._title]
            for number, row in xlsx.number_rows(sheet.iter_rows(min_row=2), self._path, first=2):
                if any(cell.value is not None for cell in row):
                    yield number, row

    def key(self, row: tuple[WorkbookCell, ...]) -> str:
        value = row[self._key_at].value if self._key_at < len(row) else None
        return cells.text_of(value if value is None or isinstance(value, int | float) else str(value))

    def values(self, row: tuple[WorkbookCell, ...]) -> JsonObject:
        extra = (cell.value is not None for cell in row[len(self._header) :])
        given = {name: _workbook_value(name, cell) for name, cell in zip(self._header, row, strict=False)}
        return self._read(dict.fromkeys(self._header) | given, row, extra)


def _workbook_value(name: str, cell: WorkbookCell) -> Cell:
    value = cell.value
    if cell.data_type == "f" and isinstance(value, str) and value in LIBREOFFICE_BOOLEANS:
        return LIBREOFFICE_BOOLEANS[value]
    if cell.data_type in {"f", "e"}:
        what = "a formula" if cell.data_type == "f" else "an error of the spreadsheet"
        raise ValueError(f"`{name}`: {what}, {str(value)[:80]!r}; expected its value")
    if isinstance(value, datetime) and value.time() != datetime.min.time():
        raise ValueError(f"`{name}`: {value.isoformat()} has a time; expected a date without one")
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, str):
        return _decode_characters(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    raise ValueError(f"`{name}`: {str(value)[:80]!r}; expected text, a number or a day")


def _decode_characters(text: str) -> str:
    """Decode characters that a workbook writes as ``_x000D_``. scamcli writes none of these itself."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def parquet_sheets(paths: Sequence[Path]) -> list[AnySheet]:
    """Return the tables of Parquet files. Files that scamcli did not write are left out.

    Raises:
        DataError: a file is damaged.
    """
    found: list[AnySheet] = []
    for path in paths:
        with _open_parquet(path) as file:
            header = file.schema_arrow.names
        table = find_table(header)
        if table is not None:
            found.append(_ParquetSheet(table, path, header))
    return found


def _open_parquet(path: Path) -> ParquetFile:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise DataError(f"{path} cannot be read as Parquet: {str(error)[:200]}") from None


class _ParquetSheet(OwnSheet["dict[str, object]"]):
    """A table in Parquet, whose values have their types already."""

    def __init__(self, table: Table, path: Path, header: Sequence[str]) -> None:
        super().__init__(table, str(path), header)
        self._path = path

    def rows(self) -> Iterator[tuple[int, dict[str, object]]]:
        return self._read_columns([column.name for column in self.table.given])

    def keys(self) -> Iterator[str]:
        return (self.key(row) for _, row in self._read_columns([self._key]))

    def key(self, row: dict[str, object]) -> str:
        return str(row[self._key] or "")

    def values(self, row: dict[str, object]) -> JsonObject:
        return dict(row)

    def _read_columns(self, names: list[str]) -> Iterator[tuple[int, dict[str, object]]]:
        import pyarrow as pa

        number = 0
        with _open_parquet(self._path) as file:
            try:
                for batch in file.iter_batches(batch_size=PARQUET_BATCH, columns=names):
                    for row in batch.to_pylist():
                        number += 1
                        yield number, row
            except (pa.ArrowException, OSError) as error:
                raise DataError(f"{self._path}: damaged after row {number:,}: {str(error)[:200]}") from None


def columns_error(name: str, table: Table, header: Sequence[str]) -> DataError:
    """Return what is wrong with a table of scamcli's whose columns were changed."""
    missing = [column.name for column in table.given if column.name not in header]
    unknown = [column for column in header if column not in table.header]
    what = [f"lacks the columns {', '.join(missing)}"] if missing else []
    what += [f"has the unknown columns {', '.join(unknown)[:200]}"] if unknown else []
    return DataError(
        f"{name}: this table of {table.name} {' and '.join(what) or 'has a column twice'}",
        "remove the unknown columns" if unknown and not missing else "restore the original columns",
    )
