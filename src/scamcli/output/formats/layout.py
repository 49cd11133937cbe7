"""Lay out a table: widths of columns, wrapped cells, and lines.

The result is what rich prints for the same table, as tests ensure; but loading the tables of rich takes as long as
everything else that a short command does. The widths of letters, which are difficult, come from rich.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from scamcli.output.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Column(NamedTuple):
    """A column of a table. Numbers are aligned right, and unbroken columns are not wrapped."""

    key: str
    heading: str
    cells: list[str]
    least: int  # the width that it needs, in characters
    is_numeric: bool
    is_unbroken: bool
    is_shortened: bool = False  # it contains prefixes of ids, and is exactly as wide as necessary

    @property
    def widest(self) -> int:
        """The width in characters without wrapping."""
        return max(map(cell_len, [self.heading, *self.cells]))


def table_lines(columns: Sequence[Column], room: int, *, is_bold: bool, is_ascii: bool) -> Iterator[str]:
    """Yield the lines of a table: headings, a rule, and rows.

    Args:
        columns: the columns, which fit into the room.
        room: the width of the table, in characters.
        is_bold: whether headings are bold, by escape sequences of ANSI.
        is_ascii: whether lines are drawn in ASCII.
    """
    divider, dash, cross = ("|", "-", "+") if is_ascii else (" ", "─", "─")
    widths = _widths(columns, room - len(columns) + 1)
    headings = _blocks(columns, [column.heading for column in columns], widths)
    height = max(map(len, headings))
    for line in _lines(columns, [[""] * (height - len(block)) + block for block in headings], widths, divider):
        yield f"\x1b[1m{line}\x1b[0m" if is_bold else line
    yield f"{dash}{cross}".join(dash * width for width in widths)
    for row in zip(*(column.cells for column in columns), strict=True):
        yield from _lines(columns, _blocks(columns, row, widths), widths, divider)


def _widths(columns: Sequence[Column], room: int) -> list[int]:
    """Return the widths of texts. The widest columns that can be wrapped shrink until all fit into the room."""
    margins = [1] * (len(columns) - 1) + [0]
    widths = [
        min((column.least if column.is_shortened else column.widest) + margin, room)
        for column, margin in zip(columns, margins, strict=True)
    ]
    wrapped = [at for at, column in enumerate(columns) if not (column.is_unbroken or column.is_shortened)]
    while wrapped and (excess := sum(widths) - room) > 0:
        widest = max(widths[at] for at in wrapped)
        next_ = max((widths[at] for at in wrapped if widths[at] < widest), default=0)
        shrinking = [at for at in wrapped if widths[at] == widest]
        for left, at in zip(range(len(shrinking), 0, -1), shrinking, strict=True):
            cut = min(widest - next_, round(excess / left))
            widths[at] -= cut
            excess -= cut
    return [width - margin for width, margin in zip(widths, margins, strict=True)]


def _blocks(columns: Sequence[Column], cells: Iterable[str], widths: Sequence[int]) -> list[list[str]]:
    """Return the lines of each cell in a row."""
    return [
        [cell] if column.is_unbroken else fold(cell, width)
        for column, cell, width in zip(columns, cells, widths, strict=True)
    ]


def _lines(
    columns: Sequence[Column], blocks: Sequence[list[str]], widths: Sequence[int], divider: str
) -> Iterator[str]:
    """Yield the lines of a row, from the lines of its cells."""
    for parts in zip_longest(*blocks, fillvalue=""):
        padded = (
            _padded(part, width, right=column.is_numeric)
            for column, part, width in zip(columns, parts, widths, strict=True)
        )
        yield f" {divider}".join(padded)


def _padded(text: str, width: int, *, right: bool) -> str:
    text = text.rstrip()
    blank = " " * (width - cell_len(text))
    return blank + text if right else text + blank
