"""A table for people, as wide as the terminal.

If a table is too wide, ids are shortened first, and then texts are wrapped. Numbers and dates are never wrapped or cut:
if the columns still do not fit side by side, each row is written as a list.
"""

from __future__ import annotations

import os
import shutil
import textwrap
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len

from scamcli.output.formats.layout import Column, table_lines
from scamcli.output.text.words import fold, is_ascii_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scamcli.output.formats.result import Result

MIN_TEXT = 10
"""The width in characters that a column of text needs to be readable."""

MIN_ID = 16
"""The shortest form of an id in characters: a date and the beginning of a word."""

MIN_GAIN = 4
"""How many characters shortening must gain for other columns; otherwise ids stay whole."""

MARGIN = 2
"""The number of spaces that a column takes in addition to its text."""


def write(result: Result, out: TextIO) -> None:
    """Write the table, with bold headings only on a terminal that can show them."""
    columns = _columns(result)
    if not columns or not columns[0].cells:
        return
    width = shutil.get_terminal_size((80, 24)).columns
    fitting = _fitting(result, columns, width)
    if _least_width(fitting) > width:
        kept = {column.key for column in fitting}
        _write_lists([column for column in columns if column.key in kept], out, width)
    else:
        _write_table(fitting, out, width)


def left_out(result: Result) -> list[str]:
    """Return the keys of the columns that the terminal has no room for."""
    columns = _columns(result)
    kept = {column.key for column in _fitting(result, columns, shutil.get_terminal_size((80, 24)).columns)}
    return [column.key for column in columns if column.key not in kept]


def _fitting(result: Result, columns: list[Column], width: int) -> list[Column]:
    """Return the columns with ids as short as necessary, without those that can be spared if there is no room."""
    fitting = _shorten_ids(columns, result.prefix_lengths, width)
    for spare in result.spare:
        if _least_width(fitting) > width:
            fitting = [column for column in fitting if column.key != spare]
    return fitting


def _columns(result: Result) -> list[Column]:
    rows = [result.readable_cells(row) for row in result.rows]
    columns = []
    for at, key in enumerate(result.columns):
        heading, cells = result.heading(key), [row[at] for row in rows]
        widest, is_unbroken = max(map(cell_len, [heading, *cells])), key in result.unbroken
        least = widest if is_unbroken else min(widest, max(MIN_TEXT, len(key)))
        columns.append(Column(key, heading, cells, least, key in result.numeric, is_unbroken))
    return columns


def _least_width(columns: Sequence[Column]) -> int:
    return sum(column.least + MARGIN for column in columns)


def _shorten_ids(columns: list[Column], prefix_lengths: Mapping[str, Callable[[str], int]], width: int) -> list[Column]:
    """Shorten ids as far as necessary for the table to fit, but not below a prefix that commands accept."""
    excess = sum(column.widest + MARGIN for column in columns) - width
    fitting = []
    for column in columns:
        if excess > 0 and column.key in prefix_lengths:
            fitting.append(_shorten(column, prefix_lengths[column.key], column.widest - excess, width))
            excess -= column.widest - fitting[-1].least
        else:
            fitting.append(column)
    return fitting


def _shorten(column: Column, prefix_length: Callable[[str], int], wanted: int, width: int) -> Column:
    # An id that needs more than a third of the width is wrapped, so that it does not take up the whole table
    needed = [prefix_length(id_) for id_ in column.cells]
    limit = max(MIN_ID, width // 3)
    length = max(wanted, MIN_ID, *(need for need in needed if need <= limit))
    cells = [_prefix(id_, max(length, need), need) for id_, need in zip(column.cells, needed, strict=True)]
    heading = column.heading if cells == column.cells else f"{column.heading} prefix"
    least = max(len(heading), *(min(len(cell), length) for cell in cells))
    if column.widest - least < MIN_GAIN:
        return column
    is_unbroken = all(len(cell) <= least for cell in cells)
    return column._replace(heading=heading, cells=cells, least=least, is_unbroken=is_unbroken, is_shortened=True)


def _prefix(id_: str, length: int, needed: int) -> str:
    """Cut an id, and drop a hyphen at the end, which a double click may not select."""
    prefix = id_[:length]
    bare = prefix if prefix == id_ else prefix.rstrip("-")
    return bare if len(bare) >= needed else prefix


def _write_table(columns: Sequence[Column], out: TextIO, width: int) -> None:
    is_bold = out.isatty() and os.environ.get("TERM", "").lower() not in {"dumb", "unknown"}
    for line in table_lines(columns, width, is_bold=is_bold, is_ascii=is_ascii_terminal()):
        out.write(f"{line}\n")


def _write_lists(columns: Sequence[Column], out: TextIO, width: int) -> None:
    size = max(len(column.heading) for column in columns) + MARGIN
    for at, row in enumerate(zip(*(column.cells for column in columns), strict=True)):
        out.write("\n" if at else "")
        for column, cell in zip(columns, row, strict=True):
            for number, line in enumerate(_wrapped(cell, max(width - size, MIN_TEXT))):
                out.write(f"{'' if number else column.heading:<{size}}{line}\n")


def _wrapped(cell: str, width: int) -> list[str]:
    lines = textwrap.wrap(cell, width, break_on_hyphens=False)
    return lines if all(cell_len(line) <= width for line in lines) else fold(cell, width)
