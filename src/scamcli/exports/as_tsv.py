r"""Tab-separated text, a row an event or a row a figure; tab, newline and backslash are ``\t``, ``\n`` and ``\\``."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.exports.flat import text_rows
from scamcli.harmless import escaped
from scamcli.tables import BY_NAME

if TYPE_CHECKING:
    from scamcli.exports import How
    from scamcli.exports.dump import Dump, Losses

HOLDS = frozenset({"event"})


def write(dump: Dump, out: TextIO, losses: Losses, how: How) -> None:
    """Write a header, then a row an event or a figure."""
    for row in text_rows(BY_NAME[how.rows], dump, losses):
        out.write("\t".join(map(escaped, row)) + "\n")
