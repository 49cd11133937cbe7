"""JSON lines: the records themselves, which lose nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from scamcli.exchange.exporters import How
    from scamcli.exchange.exporters.dump import Dump, Losses

HOLDS = frozenset({"metric", "actor", "site", "event"})


def write(dump: Dump, out: TextIO, losses: Losses, how: How) -> None:
    """Write a record a line."""
    del losses, how
    out.writelines(f"{line}\n" for line in dump.lines())
