"""Actors, sites and events as a network, which GraphML and GEXF write.

The whole network is held in memory, because an edge may name a node that comes later. A claim, such as the ownership of
a site, is an edge that says who makes the claim.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scamcli.exchange.exporters import date_parts
from scamcli.exchange.exporters.xml_text import expressible
from scamcli.output import phrases
from scamcli.records.claims import CLAIMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from networkx import MultiDiGraph

    from scamcli.exchange.exporters.dump import Dump, Losses
    from scamcli.records.types import ActorDict, EventDict, JsonObject, LinkDict, SiteDict

    Days = tuple[str | None, str | None]

NOT_IN_IDS = r" |[^A-Za-z0-9\- ]+"
"""Characters that an id must not contain in every edition of XML, because GraphML ids have its type NMTOKEN."""


def read(dump: Dump, losses: Losses, *, dated: bool = False) -> MultiDiGraph[str]:
    """Return the network of all records.

    Args:
        dump: The records.
        losses: Counts what XML cannot hold.
        dated: Give edges of events the days of the event as ``start`` and ``end``, and actors and sites those from the
            first to the last event that names them.
    """
    network = _Network(losses, dated=dated)
    for actor in dump.actors():
        network.add_actor(actor)
    for site in dump.sites():
        network.add_site(site)
    for event in dump.events():
        network.add_event(event)
    network.finish()
    return network.graph


class _Network:
    """The graph while it is being built. Anything that XML cannot hold is counted as lost."""

    def __init__(self, losses: Losses, *, dated: bool) -> None:
        from networkx import MultiDiGraph

        self.graph: MultiDiGraph[str] = MultiDiGraph()
        self._losses = losses
        self._dated = dated
        self._days: Days | None = None
        self._spans: dict[str, Days] = {}
        self._links: list[tuple[str, LinkDict, Days | None]] = []
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
        self._days = (start, end) if self._dated else None
        for participant in event["actors"]:
            self._edge(self._node("actor", participant["name"]), id_, participant["role"])
        for site in event["sites"]:
            self._edge(id_, self._node("site", site), "at")
        for site in event["linked_sites"]:
            self._edge(id_, self._node("site", site), "linked_to")
        for source in event["sources"]:
            self._edge(self._node("actor", source["outlet"]), id_, "published", {"via": source["via"]})
        self._links += ((id_, link, self._days) for link in event["links"])

    def finish(self) -> None:
        """Add the links between events, and the days of actors and sites, after all events have been added."""
        for id_, link, days in self._links:
            self._days = days
            other = _node_id("event", link["event"])
            if other in self.graph:
                self._edge(id_, other, link["type"], _without(link, "type", "event"))
            else:
                self._losses.add("links to events that are not exported")
        for id_, days in self._spans.items():
            self.graph.add_node(id_, **self._data(dict(zip(("start", "end"), days, strict=True))))

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
        if self._days is not None:
            data |= self._data(dict(zip(("start", "end"), self._days, strict=True)))
            for node in (start, end):
                if not node.startswith("event:"):
                    self._spans[node] = _spanned(self._spans.get(node, self._days), self._days)
        self.graph.add_edge(start, end, f"e{self._edges}", **data)

    def _data(self, attributes: Mapping[str, object]) -> dict[str, str | bool]:
        """Return the attributes that XML can hold: without empty values, with lists joined and characters escaped."""
        return {
            key: value if isinstance(value, bool) else self._text(value) for key, value in attributes.items() if value
        }

    def _text(self, value: object) -> str:
        return expressible("; ".join(map(str, value)) if isinstance(value, list) else str(value), self._losses)


def _spanned(one: Days, other: Days) -> Days:
    """Return the days from the first to the last of two spans; an open end stays open."""
    starts, ends = zip(one, other, strict=True)
    return (
        None if None in starts else min(filter(None, starts)),
        None if None in ends else max(filter(None, ends)),
    )


def _without(record: Mapping[str, object], *keys: str) -> JsonObject:
    return {key: value for key, value in record.items() if key not in keys}


def _node_id(type_: str, name: str) -> str:
    """Return a unique id for a node: spaces become ``_``, and other forbidden characters their code points."""
    return f"{type_}:{re.sub(NOT_IN_IDS, _code_points, name)}"


def _code_points(match: re.Match[str]) -> str:
    return "_" if match[0] == " " else f".{'-'.join(f'{ord(char):X}' for char in match[0])}."
