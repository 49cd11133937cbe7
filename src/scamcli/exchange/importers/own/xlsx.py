"""Our tables in a workbook, a sheet each. Other sheets are left alone."""

from __future__ import annotations

import re
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.exchange.importers import workbooks
from scamcli.exchange.importers.own.sheets import Sheet, key_column, other_columns
from scamcli.exchange.tables import BY_NAME, Table, cells, named, nearly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl import Workbook

BOOLEANS = {"=TRUE()": True, "=FALSE()": False}
"""How LibreOffice saves a cell that is true or false."""


def is_ours(path: Path) -> bool:
    """Whether a workbook has a sheet of ours.

    Raises:
        DataError: it is damaged.
    """
    with _opened(path) as book:
        try:
            return any(named(_header(sheet)) for sheet in book.worksheets)
        except Exception as error:  # the same
            raise _damaged(path, error) from None


def _damaged(path: Path, error: Exception) -> DataError:
    return DataError(f"{path} is no workbook that can be read: {str(error)[:200] or type(error).__name__}")


def sheets(path: Path) -> list[Sheet]:
    """The tables of a workbook.

    Raises:
        DataError: a sheet has the name of a table, or most of its columns, and others.
    """
    found = []
    with _opened(path) as book:
        for sheet in book.worksheets:
            header = _header(sheet)
            table = named(header)
            if table is not None:
                found.append(_sheet(path, sheet.title, table, header))
            elif header and (table := BY_NAME.get(sheet.title) or nearly(header)):
                raise other_columns(f"{path}:{sheet.title}", table, header)
    return found


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    from openpyxl import load_workbook

    workbooks.see_that_it_is_one(path)
    with path.open("rb") as stream:  # a path would have to end in .xlsx
        try:
            book = load_workbook(stream, read_only=True)
        except Exception as error:  # what a damaged workbook raises is no closed list
            raise _damaged(path, error) from None
        with closing(book):
            yield book


def _header(sheet: Any) -> list[str]:
    row = next(sheet.iter_rows(max_row=1, values_only=True), ())
    names = ["" if name is None else str(name) for name in row]
    while names and not names[-1]:
        names.pop()
    return names


def _sheet(path: Path, title: str, table: Table, header: list[str]) -> Sheet:
    rows, at = partial(_rows, path, title), header.index(key_column(table))
    return Sheet(table, f"{path}:{title}", rows, rows, partial(_key, at), partial(_values, table, header))


def _rows(path: Path, title: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    with _opened(path) as book:
        for number, row in enumerate(book[title].iter_rows(min_row=2), 2):
            if any(cell.value is not None for cell in row):
                yield number, row


def _key(at: int, row: tuple[Any, ...]) -> str:
    return cells.text_of(row[at].value) if at < len(row) else ""


def _values(table: Table, header: list[str], row: tuple[Any, ...]) -> dict[str, Any]:
    if any(cell.value is not None for cell in row[len(header) :]):
        raise ValueError(f"{len(row)} cells; expected the {len(header)} of the header")
    found = dict.fromkeys(header) | {name: _cell(name, cell) for name, cell in zip(header, row, strict=False)}
    return cells.values(table, found)


def _cell(name: str, cell: Any) -> cells.Cell:
    value = cell.value
    if cell.data_type == "f" and value in BOOLEANS:
        return BOOLEANS[value]
    if cell.data_type in {"f", "e"}:
        what = "a formula" if cell.data_type == "f" else "an error of the spreadsheet"
        raise ValueError(f"`{name}`: {what}, {str(value)[:80]!r}; expected its value")
    if isinstance(value, datetime) and value.time() != datetime.min.time():
        raise ValueError(f"`{name}`: {value.isoformat()} has a time, and dates here have none")
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, str):
        return _as_meant(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    raise ValueError(f"`{name}`: {str(value)[:80]!r}; expected text, a number or a day")


def _as_meant(text: str) -> str:
    """A text whose characters a workbook has written as ``_x000D_``; what scamcli writes has none of these."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
