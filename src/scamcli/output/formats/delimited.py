"""CSV for spreadsheets and tab-separated text for pipes: UTF-8, a header, and no cell that can act as a formula."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TextIO

from scamcli.output.escaping import escape_tsv, guard_formula

if TYPE_CHECKING:
    from scamcli.output.formats.result import Result


def write_csv(result: Result, out: TextIO) -> None:
    """Write a header and one line per row (RFC 4180, lines end in LF)."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows(map(guard_formula, result.cells(row)) for row in result.rows)


def write_tsv(result: Result, out: TextIO) -> None:
    r"""Write a header and one line per row; tab, newline and backslash become ``\t``, ``\n`` and ``\\``."""
    out.write("\t".join(result.columns) + "\n")
    for row in result.rows:
        out.write("\t".join(escape_tsv(guard_formula(cell)) for cell in result.cells(row)) + "\n")
