"""GEXF 1.2: the network with dates, for the timeline of Gephi.

The XML is written here and not by networkx, which would write the date of today into the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import network
from scamcli.exchange.exporters.xml_text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses

    Data = Mapping[str, object]

OWN = frozenset({"start", "end", "label"})
"""Keys that are attributes of a node or an edge itself."""


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write the nodes, then the edges."""
    graph = network.read(dump, losses, dated=True)
    about = "; ".join([dump.sentence or "Timeline", *(f"Terms of use of {terms}." for terms in dump.terms())])
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
    out.write(f"<meta>\n<creator>scamcli</creator>\n<description>{escaped(about, losses)}</description>\n</meta>\n")
    out.write('<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n')
    nodes = _Attributes("node", (data for _, data in graph.nodes(data=True)), losses)
    edges = _Attributes("edge", (data for *_, data in graph.edges(data=True)), losses)
    out.write(f"{nodes.declared}{edges.declared}<nodes>\n")
    for id_, data in graph.nodes(data=True):
        out.write(f"<node {nodes.of({'id': id_}, data)}</node>\n")
    out.write("</nodes>\n<edges>\n")
    for source, target, id_, data in graph.edges(keys=True, data=True):
        own = {"id": id_, "source": source, "target": target, "label": data["relation"]}
        out.write(f"<edge {edges.of(own, data)}</edge>\n")
    out.write("</edges>\n</graph>\n</gexf>\n")


class _Attributes:
    """The attributes of all nodes or all edges.

    Attributes:
        declared: Their declaration.
    """

    def __init__(self, what: str, every: Iterable[Data], losses: Losses) -> None:
        self._losses = losses
        names = dict.fromkeys(name for data in every for name in data if name not in OWN)
        self._ids = {name: str(number) for number, name in enumerate(names)}
        lines = (f'<attribute id="{id_}" title="{name}" type="string"/>\n' for name, id_ in self._ids.items())
        self.declared = f'<attributes class="{what}" mode="static">\n{"".join(lines)}</attributes>\n'

    def of(self, own: Mapping[str, str], data: Data) -> str:
        """Return the rest of a start tag, and the content of the element."""
        tags = {**own, **{name: str(data[name]) for name in OWN & data.keys()}}
        begin = " ".join(f'{name}="{self._quoted(tags[name])}"' for name in sorted(tags))
        values = (
            f'<attvalue for="{self._ids[name]}" value="{self._quoted(_word(value))}"/>'
            for name, value in data.items()
            if name not in OWN
        )
        return f"{begin}><attvalues>{''.join(values)}</attvalues>"

    def _quoted(self, text: str) -> str:
        return escaped(text, self._losses).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
