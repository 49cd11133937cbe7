r"""Tab-separated text for pipes: a header, a line a row; tab, newline and backslash are ``\t``, ``\n`` and ``\\``."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.output.escaping import escape_tsv, guard_formula

if TYPE_CHECKING:
    from scamcli.output.formats.result import Result


def write(result: Result, out: TextIO) -> None:
    """Write a header, then a line a row."""
    out.write("\t".join(result.columns) + "\n")
    for row in result.rows:
        out.write("\t".join(escape_tsv(guard_formula(cell)) for cell in result.cells(row)) + "\n")
