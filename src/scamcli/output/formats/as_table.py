"""A table for people at a terminal, of its width; rich is loaded only here.

Numbers and dates are never broken or cut: where the columns do not fit side by side, each row is written as a list.
"""

from __future__ import annotations

import shutil
import textwrap
from io import StringIO
from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.output.formats.result import Result

NARROWEST = 10
"""Columns that a text needs to be read in a table."""


def write(result: Result, out: TextIO) -> None:
    """Write the table, without colour where it is not wanted (``NO_COLOR``) or would be lost."""
    given = list(result.rows)
    if not given:
        return
    width = shutil.get_terminal_size((80, 24)).columns
    rows = [result.read_cells(row) for row in given]
    for spare in result.spare:
        if _least_width(result, rows) > width:
            result = result._replace(columns=tuple(key for key in result.columns if key != spare))
            rows = [result.read_cells(row) for row in given]
    if _least_width(result, rows) > width:
        _write_lists(result, rows, out, width)
    else:
        _write_table(result, rows, out, width)


def _heads(result: Result) -> list[str]:
    return [result.headings.get(key, key) for key in result.columns]


def _least_width(result: Result, rows: Sequence[Sequence[str]]) -> int:
    widest = [max(len(head), *(len(row[at]) for row in rows)) for at, head in enumerate(_heads(result))]
    return sum(
        (size if key in result.unbroken else min(size, max(NARROWEST, len(key)))) + 2
        for key, size in zip(result.columns, widest, strict=True)
    )


def _write_table(result: Result, rows: Sequence[Sequence[str]], out: TextIO, width: int) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    for key, head in zip(result.columns, _heads(result), strict=True):
        justify: Literal["left", "right"] = "right" if key in result.numeric else "left"
        table.add_column(Text(head), justify=justify, no_wrap=key in result.unbroken, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    text = StringIO()  # rich answers a closed pipe by leaving with an error; ours to answer
    Console(file=text, highlight=False, width=width, force_terminal=out.isatty()).print(table)
    out.write(text.getvalue())


def _write_lists(result: Result, rows: Sequence[Sequence[str]], out: TextIO, width: int) -> None:
    heads = _heads(result)
    size = max(map(len, heads)) + 2
    for at, row in enumerate(rows):
        out.write("\n" if at else "")
        for head, cell in zip(heads, row, strict=True):
            lines = textwrap.wrap(cell, max(width - size, NARROWEST), break_on_hyphens=False)
            out.writelines(
                f"{label:<{size}}{line}\n" for label, line in zip([head, *[""] * len(lines)], lines, strict=False)
            )
