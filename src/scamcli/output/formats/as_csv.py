"""CSV for spreadsheets (RFC 4180): UTF-8, a header, and no cell that can act as a formula."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TextIO

from scamcli.output.escaping import guard_formula

if TYPE_CHECKING:
    from scamcli.output.formats.result import Result


def write(result: Result, out: TextIO) -> None:
    """Write a header, then a line a row."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows([guard_formula(cell) for cell in result.cells(row)] for row in result.rows)
