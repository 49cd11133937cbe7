"""GraphML: actors, sites and events as a network, for Gephi, Cytoscape, yEd and networkx.

If lxml is installed, the XML itself is streamed.
"""

from __future__ import annotations

import shutil
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import network

if TYPE_CHECKING:
    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write the network."""
    from networkx import write_graphml

    graph = network.read(dump, losses)
    with TemporaryFile() as spool:
        write_graphml(graph, spool)
        spool.seek(0)
        with TextIOWrapper(spool, encoding="utf-8", newline="") as text:
            shutil.copyfileobj(text, out)
    out.write("\n")
