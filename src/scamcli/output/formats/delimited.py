"""CSV for spreadsheets, tab-separated text for pipes, and tables in GitHub Flavored Markdown for notes and wikis.

All are UTF-8 with a header. No cell of the first two can act as a formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.output.escaping import csv_row_writer, escape_markdown, escape_tsv, guard_formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scamcli.output.formats.result import Result


def write_csv(result: Result, out: TextIO) -> None:
    """Write a header and one line per row (RFC 4180, lines end in LF)."""
    write = csv_row_writer(out)
    for row in _guarded(result):
        write(row)


def write_tsv(result: Result, out: TextIO) -> None:
    """Write a header and one line per row, with the escapes of `escape_tsv`."""
    for row in _guarded(result):
        out.write("\t".join(map(escape_tsv, row)) + "\n")


def _guarded(result: Result) -> Iterator[Iterable[str]]:
    yield map(guard_formula, result.columns)  # in `sql` and `stats`, column names come from data and users
    for row in result.rows:
        yield map(guard_formula, result.cells(row))


def write_markdown(result: Result, out: TextIO) -> None:
    """Write the headings, a rule, and one line per row."""
    out.write(_line(list(map(result.heading, result.columns))))
    out.write("|" + "|".join(" ---: " if key in result.numeric else " --- " for key in result.columns) + "|\n")
    for row in result.rows:
        out.write(_line(result.readable_cells(row)))


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(map(escape_markdown, cells)) + " |\n"
