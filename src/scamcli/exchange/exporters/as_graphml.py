"""GraphML: actors, sites and events as a network, for Gephi, Cytoscape, yEd and networkx.

The whole network is held in memory, because an edge may name a node that comes later. If lxml is installed, the XML
itself is streamed. A claim, such as the ownership of a site, is an edge that says who makes the claim.
"""

from __future__ import annotations

import re
import shutil
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import date_parts
from scamcli.output import phrases
from scamcli.records.claims import CLAIMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from networkx import MultiDiGraph

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.records.types import ActorDict, EventDict, JsonObject, LinkDict, SiteDict

NOT_IN_IDS = r" |[^A-Za-z0-9\- ]+"
"""Characters that an id must not contain in every edition of XML, because GraphML ids have its type NMTOKEN."""

NOT_IN_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
"""Characters that XML 1.0 cannot express."""


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write the network."""
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
    """The graph while it is being built. Anything that XML cannot hold is counted as lost."""

    def __init__(self, losses: Losses) -> None:
        from networkx import MultiDiGraph

        self.graph: MultiDiGraph[str] = MultiDiGraph()
        self._losses = losses
        self._links: list[tuple[str, LinkDict]] = []
        self._edges = 0

    def add_actor(self, actor: ActorDict) -> None:
        id_ = self._node("actor", actor["name"], _without(actor, "type", "name", "member_of"))
        for body in actor["member_of"]:
            self._edge(id_, self._node("actor", body), "member_of")

    def add_site(self, site: SiteDict) -> None:
        attributes = _without(site, "type", "name", *CLAIMS)
        attributes |= {key: None if site[key] is None else str(site[key]) for key in ("lat", "lon")}  # 0 is a value
        attributes["statuses"] = list(map(phrases.site_status, site["statuses"]))
        id_ = self._node("site", site["name"], attributes)
        for owner in site["owners"]:
            self._edge(self._node("actor", owner["name"]), id_, "said_to_own", _without(owner, "name"))
        for operator in site["operators"]:
            self._edge(self._node("actor", operator["name"]), id_, "said_to_operate", _without(operator, "name"))

    def add_event(self, event: EventDict) -> None:
        start, end = date_parts.first_and_last_day(event["date"])
        attributes: JsonObject = {
            key: event[key] for key in ("date", "kind", "provinces", "countries", "nationalities", "tags", "note")
        }
        attributes["places"] = [place["name"] for place in event["places"]]
        attributes["status"] = event["status"] if event["status"] == "draft" else None
        attributes |= {"start": start, "end": end}
        id_ = self._node("event", event["id"], attributes, label=event["title"])
        for participant in event["actors"]:
            self._edge(self._node("actor", participant["name"]), id_, participant["role"])
        for site in event["sites"]:
            self._edge(id_, self._node("site", site), "at")
        for site in event["linked_sites"]:
            self._edge(id_, self._node("site", site), "linked_to")
        for source in event["sources"]:
            self._edge(self._node("actor", source["outlet"]), id_, "published", {"via": source["via"]})
        self._links += ((id_, link) for link in event["links"])

    def add_links(self) -> None:
        """Add the links between events, after all events have been added."""
        for id_, link in self._links:
            other = _node_id("event", link["event"])
            if other in self.graph:
                self._edge(id_, other, link["type"], _without(link, "type", "event"))
            else:
                self._losses.add("links to events that are not exported")

    def _node(
        self, type_: str, name: str, attributes: Mapping[str, object] | None = None, label: str | None = None
    ) -> str:
        """Add a node, or more attributes to an existing one, and return its id."""
        id_ = _node_id(type_, name)
        if attributes is not None or id_ not in self.graph:
            given = {"type": type_, "name": name, "label": label or name, **(attributes or {})}
            self.graph.add_node(id_, **self._data(given))
        return id_

    def _edge(self, start: str, end: str, relation: str, attributes: Mapping[str, object] | None = None) -> None:
        self._edges += 1
        data = self._data({"relation": relation, **(attributes or {})})
        self.graph.add_edge(start, end, f"e{self._edges}", **data)

    def _data(self, attributes: Mapping[str, object]) -> dict[str, str | bool]:
        """Return the attributes that XML can hold: without empty values, with lists joined and characters escaped."""
        return {
            key: value if isinstance(value, bool) else self._text(value) for key, value in attributes.items() if value
        }

    def _text(self, value: object) -> str:
        text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        text, count = re.subn(NOT_IN_XML, lambda match: f"\\u{ord(match[0]):04x}", re.sub("\r\n?", "\n", text))
        self._losses.add("characters that XML cannot hold", count)
        return text


def _without(record: Mapping[str, object], *keys: str) -> JsonObject:
    return {key: value for key, value in record.items() if key not in keys}


def _node_id(type_: str, name: str) -> str:
    """Return a unique id for a node: spaces become ``_``, and other forbidden characters their code points."""
    return f"{type_}:{re.sub(NOT_IN_IDS, _code_points, name)}"


def _code_points(match: re.Match[str]) -> str:
    return "_" if match[0] == " " else f".{'-'.join(f'{ord(char):X}' for char in match[0])}."
