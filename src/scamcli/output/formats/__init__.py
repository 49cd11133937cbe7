"""Output formats. Each takes a `Result` and writes text, and never queries anything.

To add one, add a member to ``Format`` and a function to ``_WRITERS``; a test covers every member.
"""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from scamcli.output.formats.result import NOT_GIVEN, UNKNOWN, Result, Row, cell

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["NOT_GIVEN", "UNKNOWN", "Format", "Result", "Row", "cell", "write"]


class Format(StrEnum):
    """The output formats."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"


_WRITERS = {
    Format.TABLE: ("as_table", "write"),
    Format.JSON: ("as_json", "write_json"),
    Format.JSONL: ("as_json", "write_lines"),
    Format.CSV: ("delimited", "write_csv"),
    Format.TSV: ("delimited", "write_tsv"),
    Format.MARKDOWN: ("delimited", "write_markdown"),
}
"""The module and the function of each format. Only the module that a command needs is loaded."""


def write(result: Result, format_: Format, out: TextIO) -> None:
    """Write a result to a text stream."""
    module, function = _WRITERS[format_]
    writer: Callable[[Result, TextIO], None] = getattr(import_module(f"{__name__}.{module}"), function)
    writer(result, out)
