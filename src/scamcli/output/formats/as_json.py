"""JSON: an array, a single object, or one object per line (for ``jq``, ``xargs`` and ``import``). Streamed, UTF-8."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from scamcli.output.formats.result import Result


def write_json(result: Result, out: TextIO) -> None:
    """Write an array with one object per line, or the single object."""
    if result.single:
        write_lines(result, out)
        return
    separator = "["
    for row in result.rows:
        out.write(separator + "\n" + json.dumps(row, ensure_ascii=False))
        separator = ","
    out.write("[]\n" if separator == "[" else "\n]\n")


def write_lines(result: Result, out: TextIO) -> None:
    """Write one object per line."""
    for row in result.rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
