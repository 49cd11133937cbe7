r"""Tab-separated text, a row an event or a row a figure; tab, newline and backslash are ``\t``, ``\n`` and ``\\``."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters.flat import text_rows
from scamcli.exchange.tables import BY_NAME
from scamcli.output.escaping import escaped

if TYPE_CHECKING:
    from scamcli.exchange.exporters import How
    from scamcli.exchange.exporters.dump import Dump, Losses

HOLDS = frozenset({"event"})


def write(dump: Dump, out: TextIO, losses: Losses, how: How) -> None:
    """Write a header, then a row an event or a figure."""
    for row in text_rows(BY_NAME[how.rows], dump, losses):
        out.write("\t".join(map(escaped, row)) + "\n")
