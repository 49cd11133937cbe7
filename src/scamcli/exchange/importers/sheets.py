"""Read the tables of a foreign file with their headers: one from a text file, or one from each sheet of a workbook.

The arrays of objects in a JSON file are tables, too.

This module does not know what the columns mean. Cells are texts as they are in the file, except that dates in a
workbook become ISO 8601 and its whole numbers lose their fraction. Rows are read one by one, however large the file is.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from itertools import chain, islice
from operator import eq
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError, WrongUsageError
from scamcli.exchange.importers import LINK, NO_EXTRAS, NOTE_SUFFIXES, delimited, json_files, quoted_list, xlsx
from scamcli.exchange.importers import header_rows as header_names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import ExitStack
    from pathlib import Path

    from scamcli.exchange.importers import Extras, Row, Rows

SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods", ".numbers"})
"""Suffixes of files that are read here, or refused here with advice."""

_WORKBOOKS = SUFFIXES - {".csv", ".tsv", ".tab"}
"""Suffixes of files that are usually not text."""

_NO_TEXT = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1a\x1b")
"""Control characters that do not occur in text."""

_NO_HEADER = "Leave out --header-row and --no-header."

_LONGEST_SPACE = 64
"""How many bytes at the start of a file are examined."""

_BEFORE_JSON = b"\xef\xbb\xbf\xff\xfe\x00\x1e \t\r\n"
"""Bytes before the first bracket of a JSON file: byte order marks and spaces."""

PREVIEW, _WIDER = 200, 20
"""How many rows below the header are read ahead, and in how many of them a row that is the header instead is sought."""


class AnotherTableError(DataError):
    """A row has the names of other columns, and the numbers below it would be taken for those of this table.

    It ends the import, while an error in a single row can be skipped.
    """


class Sheet(NamedTuple):
    """A table with a header.

    Attributes:
        name: the name in messages: ``raids.csv``, ``raids.xlsx:2023``.
        title: the name of the sheet in its workbook; empty for a text file.
        header: the names of the columns, which are distinct and not empty.
        rows: row numbers in increasing order, as an editor or a spreadsheet shows them. Each comes with as many cells
            as the header has, or with an error. A row that spans lines has the number of its first line. Empty rows are
            left out.
        is_empty: whether there are no rows.
        wider_row: the number of a row that is more likely to be the header, because it has at least twice as many
            cells.
        top: the header and the first rows below it as they are in the file, with their numbers.
        sample: the first rows below the header that are not empty, each with as many cells as the header; or rows from
            all over the table.
        filled: how many cells of each column are not empty, if all rows have been counted.
        another: the error about another table that begins in the first rows.
        extras: what a workbook keeps outside the values of its cells.
        own_ids: whether the ids are those of events, because scamcli wrote the file.
        notices: what the file has outside of its rows, and other notices about it, as fragments of sentences.
        id_from: the columns that give rows without an id one, unless the user or the mapping says otherwise.
    """

    name: str
    title: str
    header: Row
    rows: Rows
    is_empty: bool = False
    wider_row: int | None = None
    top: tuple[tuple[int, Row], ...] = ()
    sample: tuple[Row, ...] = ()
    extras: Extras = NO_EXTRAS
    own_ids: bool = False
    notices: tuple[str, ...] = ()
    id_from: tuple[str, ...] = ()
    filled: tuple[int, ...] = ()
    another: AnotherTableError | None = None

    def header_error(self) -> DataError | None:
        """Return an error if the header looks like a title or notes above the table."""
        if self.wider_row is None:
            return None
        return DataError(
            f"{self.name}: The first row, {quoted_list(self.header)}, has far fewer cells than the rows below it.",
            f"Use --header-row {self.wider_row} if row {self.wider_row} has the names of the columns.",
        )


def open_sheets(path: Path, stack: ExitStack, header_row: int | None = None, header_rows: int = 1) -> list[Sheet]:
    """Open the non-empty tables of a file. Their rows can be read once, until `stack` closes the file.

    Args:
        header_row: the number of the row with the names of the columns; by default, the first row that is not empty.
        header_rows: 2 if the next row has further names, for the parts of a group of columns; 0 if no row has names.

    Raises:
        DataError: the file does not exist, is of an unknown kind, is empty, or is a zip bomb.
        WrongUsageError: the file is a workbook, and openpyxl is not installed.
    """
    is_told = header_row is not None or not header_rows
    if (path.is_dir() or path.suffix.lower() in NOTE_SUFFIXES) and (notes := _notes(path, is_told=is_told)):
        return [notes]
    try:
        if not path.is_file():
            raise DataError(f"{path} is not a file." if path.exists() else f"{path} does not exist.")
        with path.open("rb") as stream:
            start = stream.read(_LONGEST_SPACE)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from None
    if start.lstrip(_BEFORE_JSON)[:1] in {b"", b"{", b"["} and (form := json_files.find_form(path)):
        return _json_tables(path, stack, form, is_told=is_told)
    if start[:4] in {xlsx.ZIP, xlsx.OLE}:
        tables = xlsx.open_tables(path, stack)
    else:
        _require_text(path, start)
        tables = [("", delimited.read_rows(path, stack, first_line=header_row or 1), "")]
    sheets = [
        _sheet(f"{path}:{title}" if title else str(path), title, rows, header_row, header_rows)
        for title, rows, _ in tables
    ]
    parts = [part for _, _, part in tables]
    sheets = _add_extras(sheets, parts, path) if any(parts) else sheets
    if header_row and not any(sheets):
        raise DataError(f"Row {header_row} of {path} is empty; expected the names of the columns.")
    if not any(sheets):
        raise DataError(f"{path} is empty; expected a row with the names of the columns, and rows below it.")
    return [sheet for sheet in sheets if sheet]


def _require_text(path: Path, start: bytes) -> None:
    """Require a file that is named like a workbook to be text: some programs give tables in text such names."""
    if path.suffix.lower() in _WORKBOOKS and not _NO_TEXT.isdisjoint(start) and not start.startswith(delimited.UTF_16):
        hint = "It may be damaged. Open it in a spreadsheet program, and save it again."
        raise DataError(f"{path} is named like a workbook, but is not one.", hint)


def _notes(path: Path, *, is_told: bool) -> Sheet | None:
    from scamcli.exchange.importers import notes

    if not notes.are_notes(path):
        return None
    if is_told:
        raise WrongUsageError(f"{path} has notes, whose columns are the keys of their front matter.", _NO_HEADER)
    one = notes.open_table(path)
    return Sheet(one.name, "", one.header, one.rows, sample=one.sample, notices=one.notices, id_from=(notes.PATH,))


def _json_tables(path: Path, stack: ExitStack, form: str, *, is_told: bool) -> list[Sheet]:
    from scamcli.exchange.importers.json_files import tables

    if is_told:
        raise WrongUsageError(f"{path} is JSON, whose columns are the keys of its objects.", _NO_HEADER)
    found = tables.open_tables(path, stack, is_lines=form == json_files.LINES)
    return [
        Sheet(one.name, one.title, one.header, one.rows, one.is_empty, None, (), one.sample, notices=one.notices)
        for one in found
    ]


def _sheet(name: str, title: str, rows: Rows, header_row: int | None, header_rows: int) -> Sheet | None:
    for number, cells in rows:
        if number < (header_row or number):
            continue
        if isinstance(cells, DataError):
            raise DataError(f"{name}:{number}: {cells.message}", cells.hint)
        if any(cell.strip() for cell in cells):
            if number > (header_row or number):
                break
            if not header_rows:
                return _without_names(name, title, [(number, cells), *islice(rows, PREVIEW)], rows)
            written = [cells, _next_row(name, rows)] if header_rows > 1 else [cells]
            names = header_names.join(*written) if header_rows > 1 else cells
            rows = _one_table(rows, name, written)
            header, preview = _name_columns(names), list(islice(rows, PREVIEW))
            whole = [(at, row) for at, row in preview if not isinstance(row, DataError)]
            is_empty = not any(isinstance(row, DataError) or any(map(str.strip, row)) for _, row in preview)
            return Sheet(
                name, title, header, _fit_to_header(chain(preview, rows), len(header)), is_empty,
                _find_wider_row(len(header), preview[:_WIDER]), ((number, cells), *whole),
                tuple(row for _, row in _fit_to_header(iter(whole), len(header)) if not isinstance(row, DataError)),
                another=next((row for _, row in preview if isinstance(row, AnotherTableError)), None),
            )  # fmt: skip
    return None


def _without_names(name: str, title: str, preview: list[tuple[int, Row | DataError]], rows: Rows) -> Sheet:
    """Return a table whose first row is data. Its columns are called by their letters."""
    whole = [(number, cells) for number, cells in preview if not isinstance(cells, DataError)]
    header = tuple(f"column {column_letters(at)}" for at in range(max(len(cells) for _, cells in whole)))
    fitting = (row for _, row in _fit_to_header(iter(preview), len(header)))
    sample = tuple(row for row in fitting if not isinstance(row, DataError))
    below = _fit_to_header(chain(preview, rows), len(header))
    return Sheet(name, title, header, below, top=((0, header), *whole), sample=sample)


def _add_extras(sheets: Sequence[Sheet | None], parts: Sequence[str], path: Path) -> list[Sheet | None]:
    from scamcli.exchange.importers import cell_extras  # here, because only workbooks need it

    return [
        _with_extras(sheet, cell_extras.read(path, part)) if sheet and part else sheet
        for sheet, part in zip(sheets, parts, strict=True)
    ]


def _with_extras(sheet: Sheet, extras: Extras) -> Sheet:
    """Add a column of link addresses for each column whose texts have links.

    If all of these texts are the same, such as "link", they are replaced by the addresses instead.
    """
    width, texts = len(sheet.header), dict[int, list[str]]()
    for number, cells in sheet.top[1:]:
        for at in extras.links.get(number, ()):
            if at < min(width, len(cells)) and "://" not in cells[at]:
                texts.setdefault(at, []).append(cells[at])
    replaced = {at for at, found in texts.items() if len(set(found)) < min(len(found), 2)}
    added = sorted(texts.keys() - replaced)
    header = _name_columns([*sheet.header, *(f"{sheet.header[at]}{LINK}" for at in added)])
    add = partial(_add_links, replaced=replaced, added=added, links=extras.links)
    below = add(_fit_to_header(iter(sheet.top[1:]), width)) if texts else ()
    sample = tuple(row for _, row in below if not isinstance(row, DataError)) or sheet.sample
    return sheet._replace(header=header, rows=add(sheet.rows) if texts else sheet.rows, sample=sample, extras=extras)


def _add_links(rows: Rows, replaced: set[int], added: Sequence[int], links: dict[int, dict[int, str]]) -> Rows:
    for number, cells in rows:
        if isinstance(cells, DataError):
            yield number, cells
            continue
        behind = links.get(number, {})
        own = (behind.get(at, cell) if at in replaced else cell for at, cell in enumerate(cells))
        yield number, (*own, *(behind.get(at, cells[at] if "://" in cells[at] else "") for at in added))


def _next_row(name: str, rows: Rows) -> Row:
    number, cells = next(rows, (0, ()))
    if isinstance(cells, DataError):
        raise DataError(f"{name}:{number}: {cells.message}", cells.hint)
    return cells


def _find_wider_row(width: int, rows: list[tuple[int, Row | DataError]]) -> int | None:
    filled = {
        number: sum(map(bool, map(str.strip, cells))) for number, cells in rows if not isinstance(cells, DataError)
    }
    widest = max(filled, key=filled.__getitem__, default=0)
    return widest if widest and filled[widest] >= 2 * width else None


def _name_columns(cells: Sequence[str]) -> Row:
    """Return the names of the columns. Empty names are replaced by the column's letters; repeated ones are numbered."""
    last = max(at for at, cell in enumerate(cells, 1) if cell.strip())
    bare = [" ".join(cell.split()) or f"column {column_letters(at)}" for at, cell in enumerate(cells[:last])]
    taken, times = set(bare), Counter[str]()
    header = list[str]()
    for name in bare:
        times[name] += 1
        unique, number = name, times[name]
        while number > 1 and unique in taken:
            unique, number = f"{name} ({number})", number + 1
        taken.add(unique)
        header.append(unique)
    return tuple(header)


def column_letters(at: int) -> str:
    """Return the letters of a column in a spreadsheet: ``A`` for column 0, ``AA`` for column 26."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _one_table(rows: Rows, name: str, written: Sequence[Row]) -> Rows:
    """Drop rows that repeat the names of the columns, as above each month of a long sheet.

    A row that has some of the names, but others too, becomes an `AnotherTableError`.

    Args:
        rows: the rows below the names.
        name: the name of the table in messages.
        written: the one or two rows with the names, as they are in the file.
    """
    folded = [_folded(cells) for cells in written]
    names = [cell or None for cell in folded[0]]  # None is no cell, as a column without a name is no sign
    is_first = True  # the first row below the names may have more names, for the parts of groups of columns
    for number, cells in rows:
        if isinstance(cells, DataError):
            yield number, cells
            continue
        was_first, is_first = is_first, False
        is_like_names = not was_first and any(map(eq, map(str.casefold, cells), names))
        if is_like_names and _names_other_columns(_folded(cells), names, folded):
            message = f"{name}:{number}: Another table begins here: {quoted_list(cells)}."
            yield number, AnotherTableError(message, "Put each table into a file or a sheet of its own.")
        elif _folded(cells) not in folded:
            yield number, cells


def _names_other_columns(cells: Row, names: Sequence[str | None], header: Sequence[Row]) -> bool:
    """Return whether a row has names of columns of this table together with others, and no number."""
    same = [at for at, (cell, other) in enumerate(zip(cells, names, strict=False)) if cell == other]
    filled = [at for at, cell in enumerate(cells) if cell]
    is_row_of_names = len(filled) > 1 and (len(same) > 1 or same == filled[:1])
    return is_row_of_names and cells not in header and not re.search(r"\d", "".join(cells))


def _folded(cells: Row) -> Row:
    """Return the cells of a row as they are compared, without empty ones at the end."""
    last = max((at for at, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return tuple(cell.strip().casefold() for cell in cells[:last])


def _fit_to_header(rows: Rows, width: int) -> Rows:
    """Drop empty rows, and make the others as wide as the header by adding empty cells at the end.

    Raises:
        AnotherTableError: another table begins below this one.
    """
    for number, cells in rows:
        if isinstance(cells, AnotherTableError):
            raise cells
        if isinstance(cells, DataError) or (len(cells) == width and any(map(str.strip, cells))):
            yield number, cells
        elif any(cell.strip() for cell in cells[width:]):
            hint = (
                "Put quotes around a cell that contains the separator. If the first row does not name the columns, use"
                " --header-row N."
            )
            yield number, DataError(f"There are {len(cells)} cells, but the header has {width}.", hint)
        elif any(map(str.strip, cells)):
            yield number, (*cells[:width], *("" for _ in range(width - len(cells))))
