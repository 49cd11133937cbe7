"""Tables as they stand in a file: CSV and TSV, and the sheets of a workbook. What their columns mean is not known here.

Cells are text, as it stands there: nothing is trimmed, turned or mended, but that a workbook's dates become ISO 8601
and its whole numbers lose their fraction. Rows come one after the other, however large the file is.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import ExitStack
    from pathlib import Path

    Row = tuple[str, ...]
    Rows = Iterator[tuple[int, Row | DataError]]

UNCOMPUTED = "a formula without its value"
"""What is read of a cell whose formula no program has computed yet."""

ERRORS = dict.fromkeys(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"),
    "a value; the spreadsheet could not compute it",
) | {UNCOMPUTED: "its value; open and save the workbook in a spreadsheet program, which stores it"}
"""What is read in place of a value that was not computed, and what was expected instead."""

LONGEST_CELL = 4 * 1024 * 1024
"""Characters of one cell, beyond which something is wrong with the file: mostly a quote that is never closed."""

SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods", ".numbers"})
"""How files are called that are read here, or whose refusal here says what to do."""

LISTED = 20
"""How many columns are named in a message."""

_LOOKED_AT = 20
"""Rows below the header that are looked at to see whether it is one."""

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How workbooks begin, new and old."""


class Typed(str):
    """The text of a number with decimals that a workbook has as a number: its point is no separator of thousands."""

    __slots__ = ()


class Sheet(NamedTuple):
    """A table with a header.

    Attributes:
        name: for messages: ``raids.csv``, ``raids.xlsx:2023``.
        title: what the workbook calls it; empty in a text file.
        header: the names of the columns, no two alike and none empty.
        rows: increasing numbers, as an editor or a spreadsheet counts them, each with as many cells as the header
            has, or with what is wrong. A row that spans lines has the number of its first; empty rows are left out.
        is_bare: whether there are none.
        wider: the number of a row below the header that rather looks like one, since it names far more columns.
    """

    name: str
    title: str
    header: Row
    rows: Rows
    is_bare: bool = False
    wider: int | None = None

    def no_header(self) -> DataError | None:
        """What is wrong with a header above which, it seems, a title or notes stand."""
        if self.wider is None:
            return None
        return DataError(
            f"{self.name}: {listed(self.header)} would name the columns, and rows below have far more of them",
            f"--header-row {self.wider} if the columns are named on line {self.wider}",
        )


def is_table(path: Path) -> bool:
    """Whether a file is called or begins as one that is read here."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with path.open("rb") as stream:
            return path.is_file() and stream.read(4) in {ZIP, OLE}
    except OSError:
        return False  # who opens it says why


def sheets(path: Path, stack: ExitStack, header_row: int | None = None) -> list[Sheet]:
    """The tables of a file: one of a text file, one for each sheet of a workbook that is not empty.

    Args:
        path: the file.
        stack: closes what is opened; until then the rows can be read, once.
        header_row: the number of the row that names the columns; else the first that is not empty does.

    Raises:
        DataError: it is not there, of no kind that is read, empty there, or more than it looks like.
        WrongUsageError: it is a workbook, and what reads those is not installed.
    """
    try:
        if not path.is_file():
            raise DataError(f"{path} is no file" if path.exists() else f"there is no file {path}")
        with path.open("rb") as stream:
            begins = stream.read(4)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from None
    if begins in {ZIP, OLE}:
        from scamcli.exchange.importers import workbooks

        found = workbooks.tables(path, stack)
    else:
        from scamcli.exchange.importers import delimited

        found = [("", delimited.table(path, stack, header_row or 1))]
    whole = [_sheet(f"{path}:{title}" if title else str(path), title, rows, header_row) for title, rows in found]
    if header_row and not any(whole):
        raise DataError(f"{path} has nothing in row {header_row}; expected the names of the columns")
    if not any(whole):
        raise DataError(f"{path} is empty; expected a row with the names of the columns, and rows below it")
    return [sheet for sheet in whole if sheet]


def _sheet(name: str, title: str, rows: Rows, header_row: int | None) -> Sheet | None:
    for number, cells in rows:
        if number < (header_row or number):
            continue
        if isinstance(cells, DataError):
            raise DataError(f"{name}:{number}: {cells.message}", cells.hint)
        if any(cell.strip() for cell in cells):
            if number > (header_row or number):
                break
            header, first = _names(cells), list(islice(rows, _LOOKED_AT))
            even = _even(chain(first, rows), len(header))
            return Sheet(name, title, header, even, not any(map(_says, first)), _wider(len(header), first))
    return None


def _says(numbered: tuple[int, Row | DataError]) -> bool:
    _, cells = numbered
    return isinstance(cells, DataError) or any(map(str.strip, cells))


def _wider(width: int, rows: list[tuple[int, Row | DataError]]) -> int | None:
    """The first of the rows that have the most cells, if that is twice as many as the header has, or more."""
    named = {
        number: sum(map(bool, map(str.strip, cells))) for number, cells in rows if not isinstance(cells, DataError)
    }
    widest = max(named, key=named.__getitem__, default=0)
    return widest if widest and named[widest] >= 2 * width else None


def _names(cells: Sequence[str]) -> Row:
    """Names of columns: spaces around them do not count, an empty one is called by its letters, a double numbered."""
    last = max(at for at, cell in enumerate(cells, 1) if cell.strip())
    bare = [" ".join(cell.split()) or f"column {letters(at)}" for at, cell in enumerate(cells[:last])]
    taken, times = set(bare), Counter[str]()
    named = list[str]()
    for name in bare:
        times[name] += 1
        given, number = name, times[name]
        while number > 1 and given in taken:
            given, number = f"{name} ({number})", number + 1
        taken.add(given)
        named.append(given)
    return tuple(named)


def listed(names: Sequence[str]) -> str:
    """Names for a message: of a table with thousands of columns the first, and how many more there are."""
    more = f" and {len(names) - LISTED:,} more" if len(names) > LISTED else ""
    return ", ".join(map(repr, names[:LISTED])) + more


def letters(at: int) -> str:
    """What a spreadsheet calls a column: A for the first, 0, and AA for 26."""
    found = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _even(rows: Rows, width: int) -> Rows:
    """The rows that are not empty, as wide as the header: what is missing at the end is empty."""
    for number, cells in rows:
        if isinstance(cells, DataError):
            yield number, cells
        elif any(map(str.strip, cells)):
            yield number, cells if len(cells) == width else _wide(cells, width)


def _wide(cells: Row, width: int) -> Row | DataError:
    if not any(cell.strip() for cell in cells[width:]):
        return (*cells[:width], *("" for _ in range(width - len(cells))))
    hint = "a cell that holds the separator needs quotes; the columns are named in the first row, or in --header-row N"
    return DataError(f"{len(cells)} cells, and the header has {width}", hint)
