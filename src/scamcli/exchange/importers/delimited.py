"""Read tables from text files: CSV and its variants in UTF-8 or in the UTF-16 that Excel calls Unicode Text.

The same reader is used for foreign tables, whose separator it must find out, and for CSV and TSV files that scamcli
wrote. Cells are never trimmed or changed.
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
"""The first bytes of the text format that Excel calls Unicode Text."""

DELIMITERS = (",", ";", "\t", "|")

_SAMPLE, _SAMPLE_ROWS = 256 * 1024, 50
"""How many characters and rows at the start of a file are examined to find the separator."""

_TABLE_WIDTH = 3
"""If the first row has a single cell, the rows below it count as a table only if they have this many columns.

With fewer columns, they may be sentences with commas.
"""

_TOO_LONG = "row over the limit"

_CHUNK = 1024 * 1024


class Dialect(NamedTuple):
    """The format of the cells in a text file.

    Attributes:
        delimiter: the character between two cells.
        is_escaped: whether cells have no quotes, and tabs and line breaks are written as ``\\t`` and ``\\n``.
        is_own: whether scamcli wrote the table. All sources of an event are in one cell there, so only the limit on
            lines applies.
        encoding: the encoding of a table that scamcli wrote.
    """

    delimiter: str
    is_escaped: bool = False
    is_own: bool = False
    encoding: str = "utf-8-sig"


OWN_DIALECTS = {
    "csv": (
        Dialect(",", is_own=True),
        Dialect(";", is_own=True),
        Dialect("\t", is_own=True, encoding="utf-16"),
    ),
    "tsv": (Dialect("\t", is_escaped=True, is_own=True),),
}
"""The dialects of tables that scamcli wrote: first its own, then those in which spreadsheets save them again.

Where the comma is the decimal sign, spreadsheets separate cells by semicolons. The last one is Excel's Unicode Text.
"""


def read_rows(path: Path, stack: ExitStack, *, first_line: int = 1, dialect: Dialect | None = None) -> Rows:
    """Return the rows of a text file, including the header. They can be read until `stack` closes the file.

    Args:
        first_line: the line where the table begins. The text above it need not be CSV.
        dialect: the format of the cells, by default detected from the content.
    """
    stream = stack.enter_context(path.open("rb"))
    encoding = dialect.encoding if dialect else _find_encoding(stream, path)
    text = io.TextIOWrapper(stream, encoding, newline="\n" if dialect and dialect.is_escaped else "")
    stack.callback(text.detach)  # the stack closes the stream itself
    return _read_rows(text, path, first_line, dialect)


def first_row(path: Path, dialect: Dialect) -> Row:
    """Return the first row of a file, or an empty row if no row can be read."""
    with ExitStack() as stack:
        _, cells = next(read_rows(path, stack, dialect=dialect), (0, ()))
        return () if isinstance(cells, DataError) else cells


def _find_encoding(stream: BinaryIO, path: Path) -> str:
    """Decode the whole file once, and return its encoding.

    Guessing an encoding could garble names, and an error in the middle of an import would come too late.
    """
    encoding = "utf-16" if stream.read(4)[:2] in UTF_16 else "utf-8-sig"
    stream.seek(0)
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    chunk = b"-"
    while chunk:
        chunk = stream.read(_CHUNK)
        try:
            line += decoder.decode(chunk, final=not chunk).count("\n")
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            copy = path  # a path where a converted copy overwrites nothing
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
        # Excel may write the separator into an extra first line, such as "sep=;".
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
                return  # the beginning of the next row can no longer be determined
            continue
        if "\0" in "".join(cells):
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
    """An iterator over the lines of a text after the first `number` lines, which were already skipped.

    Attributes:
        size: the number of characters read since the caller last set it to 0, at the beginning of a row.
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
    """Return how well a separator fits: whether the first row is the header, the share of rows, and the columns."""
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        rows = [row for row in islice(reader, _SAMPLE_ROWS) if row]
    except csv.Error:
        return False, 0, 0
    # The sample may end inside its last row, which is then not evidence.
    complete = rows[1:-1] if 2 < len(rows) < _SAMPLE_ROWS else rows[1:]
    widths = Counter(map(len, complete))
    header = len(rows[0]) if rows else 1
    if header > 1 and (widths[header] or not complete):
        return True, widths[header] / len(complete) if complete else 1, header
    # The first row may be a title above the table.
    same, width = max(((times, width) for width, times in widths.items() if width >= _TABLE_WIDTH), default=(0, header))
    return False, same / max(len(complete), 1), width
