"""Tables in text files: CSV and its like, in UTF-8, or in the UTF-16 that Excel calls Unicode text."""

from __future__ import annotations

import codecs
import csv
import io
import shlex
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.exchange.importers.rows import LONGEST_CELL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack
    from pathlib import Path
    from typing import BinaryIO, TextIO

    from scamcli.exchange.importers.rows import Rows

DELIMITERS = (",", ";", "\t", "|")

_SAMPLE, _ROWS = 256 * 1024, 50
"""How much of a file decides what separates its cells: characters, and rows of them."""

_TABLE = 3
"""Columns from which rows below a first that has one cell are a table, and no list with commas."""

LONGEST_LINE = 16 * 1024 * 1024
"""Characters, as in lines of JSON."""

_TOO_LONG = "a line of more than 16 MiB; expected a table"

_CHUNK = 1024 * 1024


def table(path: Path, stack: ExitStack, first: int = 1) -> Rows:
    """The rows of a text file, its header among them.

    Args:
        path: the file.
        stack: closes what is opened.
        first: the line with which they begin: what stands above it is no table, and need not be CSV.

    Raises:
        DataError: it is in another encoding.
    """
    stream = stack.enter_context(path.open("rb"))
    text = io.TextIOWrapper(stream, _encoding(stream, path), newline="")
    stack.callback(text.detach)  # the stream is closed by itself
    return _rows(text, path.suffix.lower(), first)


def _encoding(stream: BinaryIO, path: Path) -> str:
    begins = stream.read(4)
    stream.seek(0)
    encoding = "utf-16" if begins[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig"
    _see_that_it_is(encoding, stream, path)
    stream.seek(0)
    return encoding


def _see_that_it_is(encoding: str, stream: BinaryIO, path: Path) -> None:
    """Read the whole of it once: a guessed encoding would turn names into others, and a late error comes too late.

    Raises:
        DataError: it has other bytes.
    """
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    while chunk := stream.read(_CHUNK):
        try:
            line += decoder.decode(chunk).count("\n")
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            hint = (
                "in Excel save it as “CSV UTF-8”; elsewhere, where you know that it is Windows-1252,"
                f" `iconv -f WINDOWS-1252 -t UTF-8 {shlex.quote(str(path))} > {shlex.quote(str(_converted(path)))}`"
            )
            name = "UTF-16" if encoding == "utf-16" else "UTF-8"
            raise DataError(f"{path}:{line}: not {name} text; expected a table in UTF-8", hint) from None


def _converted(path: Path) -> Path:
    """Where a file may be written in another encoding: beside it, and over nothing."""
    place = path
    while place.exists():
        place = place.with_name(f"{place.stem}-utf8{path.suffix}")
    return place


def _rows(text: TextIO, suffix: str, first: int) -> Rows:
    csv.field_size_limit(LONGEST_CELL)
    line = text.readline(_SAMPLE).strip().strip('"')
    told = line[4:] if line.lower().startswith("sep=") and len(line) == 5 else ""  # Excel's own word for it
    above = max(first - 1, 1 if told else 0)
    delimiter = told or _delimiter(_below(text, above).read(_SAMPLE), suffix)
    lines = _Lines(_below(text, above), above)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        begins = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield begins, _wrong(str(error))
            if str(error).startswith((_TOO_LONG, "field larger")):
                return  # where a row begins can no longer be known
            continue
        if cells:
            yield begins, _without_nul(tuple(cells))


def _below(text: TextIO, above: int) -> TextIO:
    """A text from the line on that has so many above it."""
    text.seek(0)
    for _ in range(above):
        text.readline()
    return text


class _Lines:
    """The lines of a text, counted: a reader of CSV starts at one, wherever it is."""

    def __init__(self, text: TextIO, number: int) -> None:
        self.number = number
        self._text = text

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > LONGEST_LINE:
            raise csv.Error(_TOO_LONG)
        return line


def _wrong(reason: str) -> DataError:
    if reason == _TOO_LONG:
        return DataError(reason)
    if "unexpected end" in reason or "field larger" in reason:
        return DataError("a quote opens in this row that is never closed, or only far below", 'a quote in a cell is ""')
    if "expected after" in reason:
        return DataError("a quote inside of a quoted cell, alone", 'there a quote is written twice: ""')
    return DataError(f"no CSV: {reason}")


def _without_nul(cells: tuple[str, ...]) -> tuple[str, ...] | DataError:
    if any("\0" in cell for cell in cells):
        return DataError("a NUL character; expected text", "save the table as UTF-8")
    return cells


def _delimiter(sample: str, suffix: str) -> str:
    """What separates the cells: that by which most of the first rows are as wide as the header, and that is widest."""
    if suffix in {".tsv", ".tab"}:
        return "\t"
    return max(DELIMITERS, key=lambda one: _fit(sample, one))


def _fit(sample: str, delimiter: str) -> tuple[bool, float, int]:
    try:
        rows = [row for row in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _ROWS) if row]
    except csv.Error:
        return False, 0, 0
    whole = rows[1:-1] if len(rows) < _ROWS and len(rows) > 2 else rows[1:]  # the sample can end inside the last
    widths = Counter(map(len, whole))
    first = len(rows[0]) if rows else 1
    if first > 1 and (widths[first] or not whole):
        return True, widths[first] / len(whole) if whole else 1, first
    alike, width = max(((times, width) for width, times in widths.items() if width >= _TABLE), default=(0, first))
    return False, alike / max(len(whole), 1), width  # below a title, perhaps
