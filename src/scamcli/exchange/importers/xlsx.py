"""Read workbooks (.xlsx) row by row, after checking that they are not zip bombs. This needs openpyxl.

`open_tables` returns foreign sheets as rows of text. `open_workbook` and `number_rows` are for workbooks that scamcli
wrote, whose cells keep their types. A damaged workbook raises a `DataError`, even if the damage is only found in its
last row.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from contextlib import ExitStack
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from xml.parsers.expat import ExpatError, ParserCreate

from scamcli.errors import DataError, quote, require_installed
from scamcli.exchange.importers import UNCOMPUTED, DecimalText
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from scamcli.exchange.importers import Rows

T = TypeVar("T")

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""The first bytes of workbooks: of new ones, and of old or encrypted ones."""

_LARGEST_CONTENTS = 16 * limits.MIB
"""The largest list of parts of a ZIP file in bytes, which is read as a whole."""

_LARGEST_PART = 16 * limits.MIB
"""The largest part in bytes that is read as a whole, such as the styles: neither a sheet nor the texts of the cells."""

_FORMULA, _TO_COMPUTE = rb"<(?:\w+:)?f[\s/>]", rb"fullCalcOnLoad=.(?:1|true)"
"""Patterns for a sheet with formulas, and for a workbook whose program has computed none of them."""

_MERGED = rb'mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'

_LAST_ROW = 1_048_576
"""The last row that a workbook can have. openpyxl creates empty rows up to any row number in the file."""

_SHEETS = r"xl/worksheets/.*\.xml"
"""Names of the parts that are sheets."""

_CHUNK, _LONGEST_MATCH = 1024 * 1024, 4096

_HEAD = 4096
"""How many bytes of a part are read at once until its first element."""

_ROW, _CELL, _RUN_FORMAT, _TEXT, _STRIKE, _RAISE = (
    f"http://schemas.openxmlformats.org/spreadsheetml/2006/main {name}"
    for name in ("row", "c", "rPr", "t", "strike", "vertAlign")
)
"""Elements of a sheet: a row, a cell, and the format of a part of a text before that part."""

_RAISED = {"superscript": "⁰¹²³⁴⁵⁶⁷⁸⁹", "subscript": "₀₁₂₃₄₅₆₇₈₉"}

_SAVE_AS_XLSX = "Open it in a spreadsheet program, and save it as .xlsx or as CSV UTF-8."


def open_tables(path: Path, stack: ExitStack) -> list[tuple[str, Rows, str]]:
    """Return the title and the rows of each sheet of a workbook, and the name of the part that has the sheet."""
    require_safe(path)
    require_installed("xlsx", f"{path} needs", "openpyxl")
    sheets = open_workbook(path, stack, data_only=True).worksheets
    for sheet in sheets:
        _require_order(path, sheet)
    if not _contains(path, _SHEETS, _FORMULA):
        return [
            (one.title, _fill_down(_text_rows(one.iter_rows(values_only=True), path), one, path), part_of(one))
            for one in sheets
        ]
    # The same sheets are opened twice, because openpyxl shows either the formula of a cell or its value.
    formulas = open_workbook(path, stack, data_only=False).worksheets
    is_computed = not _contains(path, r"xl/workbook\.xml", _TO_COMPUTE)
    return [
        (
            sheet.title,
            _fill_down(_text_rows(_computed_values(sheet, other, is_computed=is_computed), path), sheet, path),
            part_of(sheet),
        )
        for sheet, other in zip(sheets, formulas, strict=True)
    ]


def open_workbook(path: Path, stack: ExitStack, *, data_only: bool) -> Workbook:
    """Open a workbook to read its rows in order. With `data_only`, formulas have their stored values."""
    from openpyxl import load_workbook

    warnings.filterwarnings("ignore", module="openpyxl")  # warnings about styles and the like, which do not matter here
    stream = stack.enter_context(path.open("rb"))  # openpyxl refuses paths that do not end in .xlsx
    try:
        book = load_workbook(stream, read_only=True, data_only=data_only, keep_links=False, rich_text=True)
        stack.callback(book.close)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs store dimensions that are too small
    except Exception as error:  # a damaged workbook raises whatever its XML leads to
        raise damaged(path, error) from None
    return book


def read_headers(path: Path) -> Iterator[tuple[str, list[str], str]]:
    """Yield each sheet's title, its first row without empty cells at the end, and the name of its part in the file."""
    require_safe(path)
    with ExitStack() as stack:
        for sheet in open_workbook(path, stack, data_only=False).worksheets:
            _require_order(path, sheet)
            _, row = next(number_rows(sheet.iter_rows(max_row=1, values_only=True), path), (1, ()))
            names = ["" if name is None else str(name) for name in row]
            while names and not names[-1]:
                names.pop()
            yield sheet.title, names, part_of(sheet)


def number_rows(rows: Iterator[tuple[T, ...]], path: Path, first: int = 1) -> Iterator[tuple[int, tuple[T, ...]]]:
    """Yield the rows of a sheet with their numbers."""
    number, budget = first, limits.TableBudget(path)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception as error:  # a damaged workbook raises whatever its XML leads to
            raise damaged(path, error) from None
        if number > _LAST_ROW:
            raise DataError(f"{path} cannot be read as a workbook: it has a row below row {_LAST_ROW:,}.")
        budget.spend(len(row))
        yield number, row
        number += 1


def _require_order(path: Path, sheet: Worksheet) -> None:
    """Require that openpyxl reads all of a sheet as it is meant; see `_OrderCheck`."""
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = _OrderCheck().start
    try:
        with zipfile.ZipFile(path) as packed, packed.open(part_of(sheet)) as stream:
            parser.ParseFile(stream)
    except ExpatError:
        pass  # reported where the sheet is read
    except Exception as error:  # a damaged workbook raises whatever its XML leads to
        raise damaged(f"{path}:{sheet.title}", error) from None


class _OrderCheck:
    """A check that the rows of a sheet, and the cells of each row, ascend, because openpyxl drops others.

    Parts of texts that are raised or struck through must be among the shared texts, where openpyxl reads their formats.
    """

    def __init__(self) -> None:
        from openpyxl.utils.cell import coordinate_to_tuple

        self._coordinates = coordinate_to_tuple
        self._row = self._column = 0
        self._is_format = False  # whether the last element began the format of a part of a text

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Check the start of an element."""
        if tag == _CELL:
            self._start_cell(attributes.get("r"))
        elif tag == _ROW:
            self._start_row(int(float(attributes.get("r", self._row + 1))))
        elif tag in {_RUN_FORMAT, _TEXT}:
            self._is_format = tag == _RUN_FORMAT
        elif self._is_format and tag in {_STRIKE, _RAISE}:
            raise ValueError(f"row {self._row} has text that is raised or struck through in a way that is not read")

    def _start_row(self, row: int) -> None:
        if row <= self._row:
            raise ValueError(f"row {row} comes after row {self._row}")
        self._row, self._column = row, 0

    def _start_cell(self, name: str | None) -> None:
        row, column = self._coordinates(name) if name else (self._row, self._column + 1)
        if row != self._row or column <= self._column:
            raise ValueError(f"row {self._row} has the cell {name} out of order")
        self._column = column


def _contains(path: Path, part: str, pattern: bytes) -> bool:
    """Return whether a part of a workbook contains a pattern, without parsing the part."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = filter(re.compile(part).fullmatch, packed.namelist())
            return any(re.search(pattern, chunk) for name in names for chunk in chunks(packed, name))
    except Exception as error:  # a damaged workbook raises whatever its XML leads to
        raise damaged(path, error) from None


def chunks(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part in overlapping pieces, so that a pattern of up to `_LONGEST_MATCH` bytes can span two of them."""
    with packed.open(name) as stream:
        before = b""
        while chunk := stream.read(_CHUNK):
            yield before + chunk
            before = chunk[-_LONGEST_MATCH:]


def require_safe(path: Path) -> None:
    """Require that a file is a workbook that can be read and is not a zip bomb."""
    with path.open("rb") as stream:
        if stream.read(4) == OLE:
            raise DataError(
                f"{path} is an old .xls, or a workbook with a password; neither can be read.", _SAVE_AS_XLSX
            )
    try:
        with _Contents(io.FileIO(path)) as stream, zipfile.ZipFile(stream) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(path, error) from None
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        kind = "an .xlsb" if "xl/workbook.bin" in names else "an .ods" if "content.xml" in names else "not an .xlsx"
        raise DataError(f"{path} is {kind} file; expected .xlsx, CSV or TSV.", _SAVE_AS_XLSX)
    _require_plausible(path, parts)
    try:
        with zipfile.ZipFile(path) as packed:
            declaring = next((part for part in packed.namelist() if _has_document_type(packed, part)), None)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError) as error:
        raise damaged(path, error) from None
    if declaring is not None:
        part = quote(declaring[:80])
        raise DataError(f"{path} cannot be read as a workbook: {part} declares a document type.", _SAVE_AS_XLSX)


def _has_document_type(packed: zipfile.ZipFile, part: str) -> bool:
    """Return whether a part of a workbook declares a document type before its first element.

    The standard forbids it (ECMA-376, part 2, 8.2), because entities can make a short text very long.
    """
    found = list[bool]()
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    parser.StartElementHandler = lambda *_: found.append(False)
    with packed.open(part) as stream:
        try:
            while not found and (chunk := stream.read(_HEAD)):
                parser.Parse(chunk)
        except ExpatError:
            pass  # a picture, or a damaged part, which is reported where it is read
    return bool(found) and found[0]


class _Contents(io.BufferedReader):
    """A ZIP file whose list of parts is being read. The length of this list comes from the file itself."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _LARGEST_CONTENTS:
            raise zipfile.BadZipFile("it lists too many parts")
        return super().read(size)


def _require_plausible(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse a file that unpacks to more than a workbook can sensibly hold."""
    limits.require("unpacked", sum(part.file_size for part in parts), str(path))
    sheets = [part for part in parts if re.fullmatch(_SHEETS, part.filename)]
    limits.require("sheets", len(sheets), str(path))
    for part in parts:
        if part.filename.endswith("sharedStrings.xml"):
            limits.require("strings", part.file_size, str(path))
        elif part not in sheets and part.filename.endswith((".xml", ".rels")) and part.file_size > _LARGEST_PART:
            raise DataError(f"{path} cannot be read as a workbook: {quote(part.filename[:80])} is too large.")
        if part.file_size > max(limits.DENSE, limits.value("ratio") * part.compress_size):
            raise DataError(f"{path} unpacks to more than a workbook can sensibly hold.", limits.hint("ratio"))


def damaged(path: Path | str, error: Exception) -> DataError:
    """Return the error for a workbook that raised another error while it was read."""
    if isinstance(error, MemoryError):
        raise error
    message = f"{path} cannot be read as a workbook: {str(error)[:200] or type(error).__name__}."
    return DataError(message, _SAVE_AS_XLSX)


def _computed_values(sheet: Worksheet, formulas: Worksheet, *, is_computed: bool) -> Iterator[tuple[object, ...]]:
    """Yield the values of a sheet, with `UNCOMPUTED` for formulas without a value, which would otherwise be lost."""
    for row, others in zip(sheet.iter_rows(), formulas.iter_rows(), strict=True):
        yield tuple(
            UNCOMPUTED if other.data_type == "f" and _is_missing(cell, is_computed=is_computed) else cell.value
            for cell, other in zip(row, others, strict=True)
        )


def _is_missing(cell: Cell | MergedCell, *, is_computed: bool) -> bool:
    if cell.value is None:
        return bool(cell.data_type != "str")  # "str" marks a formula whose value is an empty text
    # A program that does not compute formulas stores 0 for each.
    return not is_computed and type(cell.value) is int and cell.value == 0


def _text_rows(rows: Iterator[tuple[object, ...]], path: Path) -> Rows:
    longest, budget = limits.value("cell"), limits.Unpacking(str(path), path.stat().st_size)
    for number, cells in number_rows(rows, path):
        if any(cell is not None for cell in cells):
            texts = tuple(cell if type(cell) is str else _text(cell) for cell in cells)
            budget.spend(sum(map(len, texts)))  # many cells can share one long text
            if any(len(text) > longest for text in texts):
                yield number, DataError(f"A cell has more than {limits.amount('cell')}.", limits.hint("cell"))
            else:
                yield number, texts


def _fill_down(rows: Rows, sheet: Worksheet, path: Path) -> Rows:
    """Repeat the text of a cell that is merged over several rows in each of them. A number is not repeated.

    Somebody who merges the province of three events means all three; a merged number would be counted three times.
    """
    spans = merged_rows(path, part_of(sheet))
    if not spans:
        yield from rows
        return
    open_: dict[int, tuple[int, str]] = {}  # the last row and the text of each column with merged cells
    for number, cells in rows:
        if isinstance(cells, DataError):
            yield number, cells
            continue
        texts = list(cells)
        for at, own in enumerate(cells):
            if not own and at in open_ and number <= open_[at][0]:
                texts[at] = open_[at][1]
        for at, last in spans.get(number, {}).items():
            if at < len(cells) and not re.fullmatch(r"[-+\d.,\s]*", cells[at]):
                open_[at] = last, cells[at]
        yield number, tuple(texts)


def part_of(sheet: Worksheet) -> str:
    """Return the name of the part of the file that has a sheet, or an empty string if it is unknown."""
    return str(getattr(sheet, "_worksheet_path", ""))


def merged_rows(path: Path, part: str) -> dict[int, dict[int, int]]:
    """Return the last row of cells that are merged over several rows, by their first row and their column."""
    found: dict[int, dict[int, int]] = {}
    if not part or not _contains(path, re.escape(part), b"<(?:\\w+:)?mergeCell "):
        return found
    with zipfile.ZipFile(path) as packed:
        for chunk in chunks(packed, part):
            for letters, first, _, last in re.findall(_MERGED, chunk):
                if int(last) > int(first):
                    found.setdefault(int(first), {})[column_at(letters)] = int(last)
    return found


def column_at(letters: bytes) -> int:
    """Return the position of a column with these letters."""
    at = 0
    for letter in letters:
        at = 26 * at + letter - ord("A") + 1
    return at - 1


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else DecimalText(repr(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(with_marks(cell))


def with_marks(cell: object) -> object:
    """Return the text of a cell whose parts have formats, or any other value as it is.

    Raised digits become ``³``, so that a footnote is not read as a part of a number. Text that is struck through is
    marked like ``~~9~~``, so that a number with such a part has no bounds.
    """
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    if not isinstance(cell, CellRichText):
        return cell
    text = ""
    for part in cell:
        written = str(part)
        if isinstance(part, TextBlock):
            if digits := _RAISED.get(part.font.vertAlign or ""):
                written = re.sub(r"\d", partial(_raised, digits), written)
            if part.font.strike and written.strip():
                written = f"~~{written}~~"
        text += written
    return text


def _raised(digits: str, found: re.Match[str]) -> str:
    return digits[int(found[0])]
