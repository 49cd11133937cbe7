"""Tables in text files: CSV and its like, in UTF-8, or in the UTF-16 that Excel calls Unicode text."""

from __future__ import annotations

import codecs
import csv
import io
from itertools import islice
from typing import TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.imports.rows import LONGEST_CELL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack
    from pathlib import Path
    from typing import BinaryIO, TextIO

    from scamcli.imports.rows import Rows

DELIMITERS = (",", ";", "\t", "|")

_SAMPLE, _ROWS = 256 * 1024, 50
"""How much of a file decides what separates its cells: characters, and rows of them."""

LONGEST_LINE = 16 * 1024 * 1024
"""Characters, as in lines of JSON."""

_TOO_LONG = "a line of more than 16 MiB; expected a table"

_CHUNK = 1024 * 1024


def table(path: Path, stack: ExitStack) -> Rows:
    """The rows of a text file, its header among them.

    Raises:
        DataError: it is in another encoding.
    """
    stream = stack.enter_context(path.open("rb"))
    text = io.TextIOWrapper(stream, _encoding(stream, path), newline="")
    stack.callback(text.detach)  # the stream is closed by itself
    return _rows(text, path.suffix.lower())


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
                f" `iconv -f WINDOWS-1252 -t UTF-8 {path.name} > utf8.csv`"
            )
            name = "UTF-16" if encoding == "utf-16" else "UTF-8"
            raise DataError(f"{path}:{line}: not {name} text; expected a table in UTF-8", hint) from None


def _rows(text: TextIO, suffix: str) -> Rows:
    csv.field_size_limit(LONGEST_CELL)
    sample = text.read(_SAMPLE)
    first = sample.partition("\n")[0].strip().strip('"')
    told = first[4:] if first.lower().startswith("sep=") and len(first) == 5 else ""  # Excel's own word for it
    text.seek(0)
    if told:
        text.readline()
    lines = _Lines(text, number=1 if told else 0)
    reader = csv.reader(lines, delimiter=told or _delimiter(sample, suffix), strict=True)
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
    if not rows or len(rows[0]) == 1:
        return False, 0, 0
    whole = rows[1:-1] if len(rows) < _ROWS and len(rows) > 2 else rows[1:]  # the sample can end inside the last
    alike = sum(len(row) == len(rows[0]) for row in whole) / len(whole) if whole else 1
    return True, alike, len(rows[0])
