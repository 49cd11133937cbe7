"""JSON lines: the records themselves. Nothing is lost, and `import` reads the file back byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write one record per line."""
    out.writelines(f"{line}\n" for line in dump.lines())
