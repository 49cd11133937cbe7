"""Results in, text out: a module a format, and one registry of them.

A new format is one module and one member of ``Format``; the type checker and a test over all members then say what
is missing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TextIO, assert_never

from scamcli.output.escaping import escape_controls, escape_markdown, one_line
from scamcli.output.formats.result import NOT_GIVEN, UNKNOWN, Result, cell

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "NOT_GIVEN",
    "UNKNOWN",
    "Format",
    "Result",
    "cell",
    "escape_controls",
    "escape_markdown",
    "one_line",
    "write",
]


class Format(StrEnum):
    """How results are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"


def write(result: Result, format_: Format, out: TextIO) -> None:
    """Write the result to a stream of text."""
    _writer(format_)(result, out)


def _writer(format_: Format) -> Callable[[Result, TextIO], None]:
    match format_:
        case Format.TABLE:
            from scamcli.output.formats import as_table

            return as_table.write
        case Format.JSON:
            from scamcli.output.formats import as_json

            return as_json.write
        case Format.JSONL:
            from scamcli.output.formats import as_jsonl

            return as_jsonl.write
        case Format.CSV:
            from scamcli.output.formats import as_csv

            return as_csv.write
        case Format.TSV:
            from scamcli.output.formats import as_tsv

            return as_tsv.write
        case Format.MARKDOWN:
            from scamcli.output.formats import as_markdown

            return as_markdown.write
    assert_never(format_)
