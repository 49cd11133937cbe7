"""CSV for spreadsheets: a row an event or a row a figure. Both files together are what `import` takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters.flat import csv_writer, text_rows
from scamcli.exchange.tables import BY_NAME

if TYPE_CHECKING:
    from scamcli.exchange.exporters import How
    from scamcli.exchange.exporters.dump import Dump, Losses

HOLDS = frozenset({"event"})


def write(dump: Dump, out: TextIO, losses: Losses, how: How) -> None:
    """Write a header, then a row an event or a figure."""
    csv_writer(out).writerows(text_rows(BY_NAME[how.rows], dump, losses))
