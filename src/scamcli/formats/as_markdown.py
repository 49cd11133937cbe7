"""A Markdown table (GitHub Flavored Markdown), for notes, issues and newsrooms' wikis."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from scamcli.formats.result import Result

_SPECIAL = r"([\\`*_{}\[\]<>#|~&])"


def write(result: Result, out: TextIO) -> None:
    """Write a heading row, its rule, then a line a row."""
    heads = [result.headings.get(key, key) for key in result.columns]
    out.write(_line(heads))
    out.write("|" + "|".join(" ---: " if key in result.numeric else " --- " for key in result.columns) + "|\n")
    for row in result.rows:
        out.write(_line(result.read_cells(row)))


def escaped(text: str) -> str:
    """A text in which nothing is Markdown or HTML."""
    return re.sub(_SPECIAL, r"\\\1", text)


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(map(escaped, cells)) + " |\n"
