"""CSV for spreadsheets, tab-separated text for pipes, and tables in GitHub Flavored Markdown for notes and wikis.

All are UTF-8 with a header. In the first two, no cell can act as a formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.output.escaping import escape_markdown, escape_tsv, guard_formula

if TYPE_CHECKING:
    from scamcli.output.formats.result import Result


def write_csv(result: Result, out: TextIO) -> None:
    """Write a header and one line per row (RFC 4180, lines end in LF)."""
    import csv  # not at the top: a table in a pipe is tab-separated, and short commands start faster without it

    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows(map(guard_formula, result.cells(row)) for row in result.rows)


def write_tsv(result: Result, out: TextIO) -> None:
    r"""Write a header and one line per row; tab, newline and backslash become ``\t``, ``\n`` and ``\\``."""
    out.write("\t".join(result.columns) + "\n")
    for row in result.rows:
        out.write("\t".join(escape_tsv(guard_formula(cell)) for cell in result.cells(row)) + "\n")


def write_markdown(result: Result, out: TextIO) -> None:
    """Write the headings, a rule, and one line per row."""
    out.write(_line([result.headings.get(key, key) for key in result.columns]))
    out.write("|" + "|".join(" ---: " if key in result.numeric else " --- " for key in result.columns) + "|\n")
    for row in result.rows:
        out.write(_line(result.readable_cells(row)))


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(map(escape_markdown, cells)) + " |\n"
