"""GraphML: actors, sites and events as a network, for Gephi, Cytoscape, yEd and networkx.

The network is built in memory as a whole, since a node may be named before it is met; where lxml is installed, its
XML is not. What somebody claims, such as the ownership of a site, is an edge, and says who claims it.
"""

from __future__ import annotations

import re
import shutil
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, TextIO

from scamcli.language import dates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from networkx import MultiDiGraph

    from scamcli.exchange.exporters import How
    from scamcli.exchange.exporters.dump import Dump, Losses, Record

HOLDS = frozenset(
    {
        "actor",
        "site",
        *(f"event.{key}" for key in ("id", "date", "kind", "title", "actors", "provinces", "places.name", "sites")),
        *(f"event.{key}" for key in ("countries", "nationalities", "tags", "links", "note")),
        *(f"event.sources.{key}" for key in ("outlet", "via")),
    }
)

NOT_OF_AN_ID = r" |[^A-Za-z0-9\- ]+"
"""What an id may not have, or not by every edition of XML: GraphML has ids as its NMTOKEN."""

NOT_OF_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
"""Characters that XML 1.0 has no way to write."""

Data = dict[str, str | bool]


def write(dump: Dump, out: TextIO, losses: Losses, how: How) -> None:
    """Write the network."""
    del how
    from networkx import write_graphml

    network = _Network(losses)
    for actor in dump.actors():
        network.add_actor(actor)
    for site in dump.sites():
        network.add_site(site)
    for event in dump.events():
        network.add_event(event)
    network.add_links()
    with TemporaryFile() as spool:
        write_graphml(network.graph, spool)
        spool.seek(0)
        with TextIOWrapper(spool, encoding="utf-8", newline="") as text:
            shutil.copyfileobj(text, out)
    out.write("\n")


class _Network:
    """The graph, as it grows.

    Args:
        losses: to note in what XML cannot write.
    """

    def __init__(self, losses: Losses) -> None:
        from networkx import MultiDiGraph

        self.graph: MultiDiGraph[str] = MultiDiGraph()
        self._losses = losses
        self._links: list[tuple[str, Record]] = []
        self._edges = 0

    def add_actor(self, actor: Record) -> None:
        """Add an actor, and the bodies that it belongs to."""
        id_ = self._node("actor", actor["name"], _without(actor, "type", "name", "member_of"))
        for body in actor["member_of"]:
            self._edge(id_, self._node("actor", body), "member_of")

    def add_site(self, site: Record) -> None:
        """Add a site, and who is said to own it."""
        id_ = self._node("site", site["name"], _without(site, "type", "name", "owners"))
        for owner in site["owners"]:
            self._edge(self._node("actor", owner["name"]), id_, "said_to_own", _without(owner, "name"))

    def add_event(self, event: Record) -> None:
        """Add an event, who has a part in it, where it was, and who published it."""
        period = dates.parse_date(event["date"])
        told = {key: event[key] for key in ("date", "kind", "provinces", "countries", "nationalities", "tags", "note")}
        told["places"] = [place["name"] for place in event["places"]]
        told["status"] = event["status"] if event["status"] == "draft" else None
        told["start"], told["end"] = (day if day is None else dates.iso(day) for day in period[:2])
        id_ = self._node("event", event["id"], told, label=event["title"])
        for person in event["actors"]:
            self._edge(self._node("actor", person["name"]), id_, person["role"])
        for site in event["sites"]:
            self._edge(id_, self._node("site", site), "at")
        for source in event["sources"]:
            self._edge(self._node("actor", source["outlet"]), id_, "published", {"via": source["via"]})
        self._links += ((id_, link) for link in event["links"])

    def add_links(self) -> None:
        """Add how the events bear on each other, now that all of them are there."""
        for id_, link in self._links:
            other = _id("event", link["event"])
            if other in self.graph:
                self._edge(id_, other, link["type"], _without(link, "type", "event"))
            else:
                self._losses.add("links to events that are not here")

    def _node(self, type_: str, name: str, told: Mapping[str, Any] | None = None, label: str | None = None) -> str:
        """Add a node, or what more is told of one that is there, and give its id."""
        id_ = _id(type_, name)
        if told is not None or id_ not in self.graph:
            self.graph.add_node(
                id_, **self._data({"type": type_, "name": name, "label": label or name, **(told or {})})
            )
        return id_

    def _edge(self, from_: str, to: str, relation: str, told: Mapping[str, Any] | None = None) -> None:
        self._edges += 1
        self.graph.add_edge(from_, to, f"e{self._edges}", **self._data({"relation": relation, **(told or {})}))

    def _data(self, told: Mapping[str, Any]) -> Data:
        """What XML can write: nothing that is empty, lists joined, and characters that it does not have written out."""
        return {key: value if isinstance(value, bool) else self._text(value) for key, value in told.items() if value}

    def _text(self, value: str | list[str]) -> str:
        text = re.sub("\r\n?", "\n", value if isinstance(value, str) else "; ".join(value))
        text, met = re.subn(NOT_OF_XML, lambda found: f"\\u{ord(found[0]):04x}", text)
        self._losses.add("characters that XML cannot write", met)
        return text


def _without(record: Record, *keys: str) -> Record:
    return {key: value for key, value in record.items() if key not in keys}


def _id(type_: str, name: str) -> str:
    """The id of a node: a space is ``_``, and all else that an id may not have its numbers between two dots.

    So no two names have the same.
    """
    return f"{type_}:{re.sub(NOT_OF_AN_ID, _numbered, name)}"


def _numbered(found: re.Match[str]) -> str:
    return "_" if found[0] == " " else f".{'-'.join(f'{ord(char):X}' for char in found[0])}."
