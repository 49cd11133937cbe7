r"""Tab-separated text for pipes: a header, a line a row; tab, newline and backslash are ``\t``, ``\n`` and ``\\``."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.formats.result import guarded

if TYPE_CHECKING:
    from scamcli.formats.result import Result

_ESCAPES = str.maketrans({"\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": r"\\"})


def write(result: Result, out: TextIO) -> None:
    """Write a header, then a line a row."""
    out.write("\t".join(result.columns) + "\n")
    for row in result.rows:
        out.write("\t".join(guarded(cell).translate(_ESCAPES) for cell in result.cells(row)) + "\n")
