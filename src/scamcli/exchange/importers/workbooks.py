"""Tables in workbooks: the sheets of an .xlsx, read one row after the other."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError, WrongUsageError
from scamcli.exchange.importers.rows import LONGEST_CELL, OLE, UNCOMPUTED, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack
    from pathlib import Path

    from scamcli.exchange.importers.rows import Rows

LARGEST = 8 * 1024**3
"""Bytes of a workbook when it is unpacked: a million long rows have less."""

LARGEST_STRINGS = 1024**3
"""Bytes of the part that every reader must hold in memory: the texts of all cells."""

DENSE, PLAUSIBLE = 64 * 1024 * 1024, 250
"""From this size on, how many times its packed size a part may have: one that was made to burst has up to 1,000."""

_FORMULA, _TO_COMPUTE = rb"<(?:\w+:)?f[\s/>]", rb"fullCalcOnLoad=.(?:1|true)"
"""What a sheet has in which a cell is a formula; and a workbook whose writer has computed none of them."""

_CHUNK = 1024 * 1024

_AS_XLSX = "open it in a spreadsheet program, and save it as .xlsx or as CSV UTF-8"


def tables(path: Path, stack: ExitStack) -> list[tuple[str, Rows]]:
    """The sheets of a workbook, each with its title.

    Raises:
        DataError: it is of another kind, damaged, or would burst.
        WrongUsageError: what reads it is not installed.
    """
    see_that_it_is_one(path)
    if find_spec("openpyxl") is None:
        raise WrongUsageError(
            f"{path} is a workbook; to read it needs openpyxl, which is not installed", "pip install 'scamcli[xlsx]'"
        )
    found = _opened(path, stack, data_only=True).worksheets
    if not _has(path, r"xl/worksheets/.*\.xml", _FORMULA):
        return [(sheet.title, _rows(sheet.iter_rows(values_only=True), path)) for sheet in found]
    is_told = not _has(path, r"xl/workbook\.xml", _TO_COMPUTE)
    return [
        (sheet.title, _rows(_values(sheet, formulas, is_told=is_told), path))
        for sheet, formulas in zip(found, _opened(path, stack, data_only=False).worksheets, strict=True)
    ]


def _opened(path: Path, stack: ExitStack, *, data_only: bool) -> Any:
    from openpyxl import load_workbook

    stream = stack.enter_context(path.open("rb"))
    try:
        book = load_workbook(stream, read_only=True, data_only=data_only, keep_links=False)
    except Exception as error:  # what a damaged workbook raises is no closed list
        raise _damaged(path, error) from None
    stack.callback(book.close)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some programs write ones that are too small
    return book


def _has(path: Path, part: str, pattern: bytes) -> bool:
    """Whether a part of a workbook has something: its text is gone through, and not parsed."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = filter(re.compile(part).fullmatch, packed.namelist())
            return any(re.search(pattern, chunk) for name in names for chunk in _chunks(packed, name))
    except Exception as error:  # see above
        raise _damaged(path, error) from None


def _chunks(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part piece by piece, each with the end of that before it."""
    with packed.open(name) as stream:
        before = b""
        while chunk := stream.read(_CHUNK):
            yield before + chunk
            before = chunk[-64:]


def see_that_it_is_one(path: Path) -> None:
    """See that a file is a workbook that can be read, and is no more than it looks like.

    Raises:
        DataError: it is of another kind, damaged, or would burst.
    """
    with path.open("rb") as stream:
        if stream.read(4) == OLE:
            raise DataError(f"{path} is an old .xls, or a workbook with a password; neither is read", _AS_XLSX)
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(path, error) from None
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        what = "an .xlsb" if "xl/workbook.bin" in names else "an .ods" if "content.xml" in names else "no .xlsx"
        raise DataError(f"{path} is {what}; expected .xlsx, CSV or TSV", _AS_XLSX)
    for part in parts:
        dense = part.file_size > DENSE and part.file_size > PLAUSIBLE * max(part.compress_size, 1)
        if dense or (part.filename.endswith("sharedStrings.xml") and part.file_size > LARGEST_STRINGS):
            _bursts(path)
    if sum(part.file_size for part in parts) > LARGEST:
        _bursts(path)


def _bursts(path: Path) -> None:
    raise DataError(f"{path} unpacks to more than a workbook can sensibly have", "save it as CSV UTF-8, if it is yours")


def _damaged(path: Path, error: Exception) -> DataError:
    return DataError(f"{path} cannot be read as a workbook: {str(error)[:200] or type(error).__name__}", _AS_XLSX)


def _values(sheet: Any, formulas: Any, *, is_told: bool) -> Iterator[tuple[Any, ...]]:
    """The values of a sheet, and where a formula has none, what says so: to leave the cell empty would lose a number.

    Args:
        sheet: with the values that were stored.
        formulas: the same sheet, with its formulas.
        is_told: whether a 0 is a value: a program that computes nothing stores that for each formula.
    """
    for row, others in zip(sheet.iter_rows(), formulas.iter_rows(), strict=True):
        yield tuple(
            UNCOMPUTED if other.data_type == "f" and _is_missing(cell, is_told=is_told) else cell.value
            for cell, other in zip(row, others, strict=True)
        )


def _is_missing(cell: Any, *, is_told: bool) -> bool:
    if cell.value is None:
        return bool(cell.data_type != "str")  # that is a text, and empty
    return not is_told and type(cell.value) is int and cell.value == 0


def _rows(rows: Iterator[tuple[Any, ...]], path: Path) -> Rows:
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except Exception as error:  # see above
            raise _damaged(path, error) from None
        if any(cell is not None for cell in cells):
            yield number, _texts(cells)


def _texts(cells: tuple[Any, ...]) -> tuple[str, ...] | DataError:
    texts = tuple(cell if type(cell) is str else _text(cell) for cell in cells)
    if any(len(text) > LONGEST_CELL for text in texts):
        return DataError("a cell of more than 4 MiB")
    return texts


def _text(cell: object) -> str:
    """The text of a cell that holds no text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else Typed(repr(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
