"""A table in GitHub Flavored Markdown, for notes, issues and wikis."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.output.escaping import escape_markdown

if TYPE_CHECKING:
    from scamcli.output.formats.result import Result


def write(result: Result, out: TextIO) -> None:
    """Write the headings, a rule, and one line per row."""
    out.write(_line([result.headings.get(key, key) for key in result.columns]))
    out.write("|" + "|".join(" ---: " if key in result.numeric else " --- " for key in result.columns) + "|\n")
    for row in result.rows:
        out.write(_line(result.readable_cells(row)))


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(map(escape_markdown, cells)) + " |\n"
