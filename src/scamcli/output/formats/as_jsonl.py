"""JSON lines: one object a line, for ``jq``, ``xargs`` and ``import``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from scamcli.output.formats.result import Result


def write(result: Result, out: TextIO) -> None:
    """Write one object a line."""
    for row in result.rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
