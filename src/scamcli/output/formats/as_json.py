"""JSON: one array, or one object; streamed, UTF-8 as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from scamcli.output.formats.result import Result


def write(result: Result, out: TextIO) -> None:
    """Write an array of one object a line, or the single object."""
    if result.single:
        for row in result.rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    before = "["
    for row in result.rows:
        out.write(before + "\n" + json.dumps(row, ensure_ascii=False))
        before = ","
    out.write("[]\n" if before == "[" else "\n]\n")
