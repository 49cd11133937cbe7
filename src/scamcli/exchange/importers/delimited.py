"""Read tables from text files: CSV and its variants in UTF-8 or in the UTF-16 that Excel calls Unicode Text.

The same reader serves foreign tables, whose separator it has to find out, and the CSV and TSV files that scamcli wrote.
Cells are never trimmed or changed.
"""

from __future__ import annotations

import codecs
import csv
import io
import shlex
from collections import Counter
from contextlib import ExitStack
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError
from scamcli.output.escaping import unescape_tsv
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO, TextIO

    from scamcli.exchange.importers import Row, Rows

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""How the text begins that Excel calls Unicode Text."""

DELIMITERS = (",", ";", "\t", "|")

_SAMPLE, _SAMPLE_ROWS = 256 * 1024, 50
"""Characters and rows at the start of a file that decide what separates its cells."""

_TABLE_WIDTH = 3
"""If the first row has one cell, the rows below it are a table only if they have at least this many columns. With
fewer, they may be sentences that contain commas."""

_TOO_LONG = "row over the limit"

_CHUNK = 1024 * 1024


class Dialect(NamedTuple):
    """How the cells of a text file are written.

    Attributes:
        delimiter: the character between two cells.
        is_escaped: whether cells have no quotes, and tabs and line breaks are written as ``\\t`` and ``\\n``.
        is_own: whether scamcli wrote the table. All sources of an event are one cell there, so only the line limits it.
    """

    delimiter: str
    is_escaped: bool = False
    is_own: bool = False


OWN_DIALECTS = {
    "csv": Dialect(",", is_own=True),
    "tsv": Dialect("\t", is_escaped=True, is_own=True),
}
"""The dialects of tables that scamcli wrote."""


def read_rows(path: Path, stack: ExitStack, *, first_line: int = 1, dialect: Dialect | None = None) -> Rows:
    """Return the rows of a text file, including its header. They can be read until `stack` closes it.

    Args:
        first_line: the line where the table begins. What is above it need not be CSV.
        dialect: how the cells are written. By default the content decides.
    """
    stream = stack.enter_context(path.open("rb"))
    encoding = "utf-8-sig" if dialect else _find_encoding(stream, path)
    text = io.TextIOWrapper(stream, encoding, newline="\n" if dialect and dialect.is_escaped else "")
    stack.callback(text.detach)  # the stack closes the stream itself
    return _read_rows(text, path, first_line, dialect)


def first_row(path: Path, dialect: Dialect) -> Row:
    """Return the first row of a file, or an empty row if there is none that can be read."""
    with ExitStack() as stack:
        _, cells = next(read_rows(path, stack, dialect=dialect), (0, ()))
        return () if isinstance(cells, DataError) else cells


def _find_encoding(stream: BinaryIO, path: Path) -> str:
    """Return the encoding after decoding the whole file once.

    Guessing an encoding would garble names, and an error in the middle of an import would come too late.
    """
    encoding = "utf-16" if stream.read(4)[:2] in UTF_16 else "utf-8-sig"
    stream.seek(0)
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    while chunk := stream.read(_CHUNK):
        try:
            line += decoder.decode(chunk).count("\n")
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            copy = path  # a path where a copy in another encoding overwrites nothing
            while copy.exists():
                copy = copy.with_name(f"{copy.stem}-utf8{copy.suffix}")
            hint = (
                "In Excel, save it as “CSV UTF-8”; if you know that it is Windows-1252, run"
                f" `iconv -f WINDOWS-1252 -t UTF-8 {shlex.quote(str(path))} > {shlex.quote(str(copy))}`."
            )
            name = "UTF-16" if encoding == "utf-16" else "UTF-8"
            raise DataError(f"{path}:{line}: This is not {name} text; expected a table in UTF-8.", hint) from None
    stream.seek(0)
    return encoding


def _read_rows(text: TextIO, path: Path, first_line: int, dialect: Dialect | None) -> Rows:
    skipped = first_line - 1
    if dialect is None:
        line = text.readline(_SAMPLE).strip().strip('"')
        # Excel writes the separator into a first line of its own, such as "sep=;".
        named = line[4:] if line.lower().startswith("sep=") and len(line) == 5 else ""
        skipped = max(skipped, 1 if named else 0)
        _skip_lines(text, skipped)
        sample, is_tsv = text.read(_SAMPLE), path.suffix.lower() in {".tsv", ".tab"}
        dialect = Dialect(named or ("\t" if is_tsv else max(DELIMITERS, key=partial(_fit, sample))))
        _skip_lines(text, skipped)
    lines = _Lines(text, path, skipped)
    rows = (_escaped_rows if dialect.is_escaped else _quoted_rows)(lines, skipped, dialect)
    budget = limits.TableBudget(path)
    for number, cells in rows:
        budget.spend(1 if isinstance(cells, DataError) else len(cells))
        yield number, cells


def _escaped_rows(lines: _Lines, skipped: int, dialect: Dialect) -> Rows:
    number = skipped
    try:
        for line in lines:
            number += 1
            lines.size = 0
            yield number, tuple(map(unescape_tsv, line.rstrip("\r\n").split(dialect.delimiter)))
    except csv.Error as error:
        yield number + 1, _explain(str(error))


def _quoted_rows(lines: _Lines, skipped: int, dialect: Dialect) -> Rows:
    csv.field_size_limit(limits.value("line" if dialect.is_own else "cell"))
    reader = csv.reader(lines, delimiter=dialect.delimiter, strict=True)
    while True:
        start = skipped + reader.line_num + 1
        lines.size = 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield start, _explain(str(error))
            if str(error).startswith((_TOO_LONG, "field larger")):
                return  # it can no longer be known where the next row begins
            continue
        if any("\0" in cell for cell in cells):
            yield start, DataError("There is a NUL character; expected text.", "Save the table as UTF-8.")
        elif cells:
            yield start, tuple(cells)


def _skip_lines(text: TextIO, number: int) -> None:
    text.seek(0)
    longest = limits.value("line")
    for _ in range(number):
        if not text.readline(longest):
            return


class _Lines:
    """The lines of a text, of which `number` were skipped.

    Attributes:
        size: characters that were read since the caller set it to 0, at the beginning of a row.
    """

    def __init__(self, text: TextIO, path: Path, number: int) -> None:
        self._text, self._path, self._number = text, path, number
        self._longest = limits.value("line")
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = self._text.readline(self._longest + 1)
        except UnicodeDecodeError:
            message = f"{self._path} is not UTF-8, from about line {self._number + 1:,} on."
            raise DataError(message, "Save it as UTF-8.") from None
        if not line:
            raise StopIteration
        self._number += 1
        self.size += len(line)
        if self.size > self._longest:
            raise csv.Error(_TOO_LONG)
        return line


def _explain(reason: str) -> DataError:
    if reason == _TOO_LONG:
        message = f"A row is longer than {limits.amount('line')}, so this is not a table."
        return DataError(message, limits.hint("line"))
    if "unexpected end" in reason or "field larger" in reason:
        return DataError(
            "A quote opens in this row and is never closed, or only much further down.",
            'Write a quote inside a cell as "".',
        )
    if "expected after" in reason:
        return DataError("There is a lone quote inside a quoted cell.", 'Write it twice: "".')
    return DataError(f"Not CSV: {reason}.")


def _fit(sample: str, delimiter: str) -> tuple[bool, float, int]:
    """Return how well a separator fits: if the first row is the header, in how many rows, and with how many columns."""
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        rows = [row for row in islice(reader, _SAMPLE_ROWS) if row]
    except csv.Error:
        return False, 0, 0
    # The sample can end inside its last row, which is then no evidence.
    complete = rows[1:-1] if 2 < len(rows) < _SAMPLE_ROWS else rows[1:]
    widths = Counter(map(len, complete))
    header = len(rows[0]) if rows else 1
    if header > 1 and (widths[header] or not complete):
        return True, widths[header] / len(complete) if complete else 1, header
    # The first row may be a title above the table.
    same, width = max(((times, width) for width, times in widths.items() if width >= _TABLE_WIDTH), default=(0, header))
    return False, same / max(len(complete), 1), width
