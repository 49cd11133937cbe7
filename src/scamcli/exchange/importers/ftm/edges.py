"""Collect what the entities of a file say about each other: names, addresses, articles, and connecting edges.

An edge can come before the entities that it connects, so all other entities are read before the first edge. Edges that
add nothing to a record are counted as left out. So are the edges of somebody whose name another entity already has,
because two people must never become one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from scamcli.errors import DataError, quote
from scamcli.exchange import ftm_vocabulary
from scamcli.language.names import normalise
from scamcli.language.vocabulary import LINK_TYPES, PRECISIONS, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scamcli.exchange.importers.ftm.entity import Entity

ACTORS = {"Person": "person", "Company": "company", "PublicBody": "government", "Organization": "group"}
"""Schemata of actors, with the kind of actor for each. A ``LegalEntity`` has no kind."""

DOCUMENTS = frozenset(
    {
        "Article", "Audio", "Document", "Email", "Folder", "HyperText", "Image", "Message", "Package", "Pages",
        "PlainText", "Table", "Video", "Workbook",
    }
)  # fmt: skip

ValueT = TypeVar("ValueT")

Part = dict[str, Any]
"""A part of a record, such as a place or a source, with values from foreign JSON."""

_ADDRESS = {
    "name": "city", "country": "country", "admin1": "state", "province": "region", "lat": "latitude",
    "lon": "longitude", "precision": "keywords", "full": "full",
}  # fmt: skip
"""The keys of a place, with the corresponding properties of an address."""


class Edges:
    """Everything known about the entities of a file, by their ids."""

    def __init__(self, left_out: Counter[str]) -> None:
        self.left_out = left_out
        self.errors: dict[int, DataError] = {}  # by the line of the entity
        self.names: dict[str, str] = {}  # the names of actors
        self.sites: dict[str, str] = {}  # the names of sites
        self.events: dict[str, str] = {}  # the ids of events' records
        self.bodies: dict[str, list[str]] = defaultdict(list)  # for each actor the bodies that it belongs to
        self.positions: dict[str, list[str]] = defaultdict(list)  # for each actor its positions
        self.owners: dict[str, list[Part]] = defaultdict(list)  # for each site its owners
        self.operators: dict[str, list[Part]] = defaultdict(list)  # and its operators
        self.ownership: dict[str, list[str]] = defaultdict(list)  # for each actor lines that say who owns it
        self.participants: dict[str, list[Part]] = defaultdict(list)  # for each event its actors, with their roles
        self.sites_of: dict[str, list[str]] = defaultdict(list)  # for each event its sites
        self.linked_sites_of: dict[str, list[str]] = defaultdict(list)  # and those that are only linked to it
        self.links: dict[str, list[Part]] = defaultdict(list)  # for each event its links
        self._first_lines: dict[tuple[str, str], int] = {}
        self._lines_by_name: dict[tuple[str, str], int] = {}
        self._addresses: dict[str, Part] = {}
        self._documents: dict[str, tuple[str, Part]] = {}
        self._sources: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
        self._posts: dict[str, str] = {}
        self._used: set[str] = set()
        self._counted: set[tuple[str, str]] = set()
        self._connectors: dict[str, Callable[[Entity], bool]] = {
            "Membership": lambda edge: self._belongs(edge.take("member"), edge.take("organization")),
            "Employment": lambda edge: self._belongs(edge.take("employee"), edge.take("employer")),
            "Directorship": lambda edge: self._belongs(edge.take("director"), edge.take("organization")),
            "Occupancy": self._position,
            "Ownership": self._owner,
            "UnknownLink": self._link,
            "Documentation": self._documentation,
            # In an export of scamcli, the link of the actor to the event has the same information.
            "Mention": lambda edge: edge.is_ours and bool(edge.take("document", "resolved", "name", "detectedSchema")),
        }

    def learn(self, entity: Entity) -> None:
        """Record an entity that is not an edge."""
        schema = entity.schema
        if schema in ACTORS or schema == "LegalEntity":
            self._learn_name(self.names, "actor", entity)
        elif schema == "RealEstate":
            self._learn_name(self.sites, "site", entity)
        elif schema == "Event":
            self.events[entity.id] = event_id(entity)
        elif schema == "Address":
            self._addresses[entity.id] = _address(entity, self.left_out)
        elif schema in DOCUMENTS:
            self._documents[entity.id] = schema, _document(entity, self.left_out)
        elif schema == "Position":
            self._posts[entity.id] = entity.one("name") or ""
            entity.count_left(self.left_out)
        elif schema not in self._connectors:
            self.left_out[schema] += 1

    def connect(self, entity: Entity) -> None:
        """Record an edge. All entities that are not edges must already be known."""
        if entity.schema not in self._connectors:
            return
        if self._connectors[entity.schema](entity):
            entity.count_left(self.left_out)
        else:
            self.left_out[entity.schema] += 1

    def addresses(self, ids: Iterable[str]) -> list[Part]:
        """Return these addresses as places."""
        return [place for id_ in ids if (place := self._find(id_, self._addresses, "Address"))]

    def leave(self, place: Part, *taken: str) -> None:
        """Count the unread properties of an address as left out, once per address."""
        for key, property_ in _ADDRESS.items():
            counted = place["id"], property_
            if key not in taken and place[key] is not None and counted not in self._counted:
                self._counted.add(counted)
                self.left_out[f"Address.{property_}"] += 1

    def sources(self, event: str, proofs: Iterable[str]) -> list[Part]:
        """Return the documents of an event as sources."""
        known = self._sources[event]
        ids = {id_ for id_, _ in known}
        found = []
        for id_, passage in [*known, *((id_, None) for id_ in proofs if id_ not in ids)]:
            if document := self._find(id_, self._documents, "Document"):
                found.append(document[1] | {"passage": passage} if passage else document[1])
        with_outlet = [source for source in found if source["outlet"] is not None]
        self.left_out["Document without a publisher"] += len(found) - len(with_outlet)
        return with_outlet

    def count_unused(self) -> None:
        """Count addresses, documents and posts that nothing refers to."""
        self.left_out["Address"] += len(self._addresses.keys() - self._used)
        for id_ in self._documents.keys() - self._used:
            self.left_out[self._documents[id_][0]] += 1
        self.left_out["Position"] += len(self._posts.keys() - self._used)
        for what in [what for what, number in self.left_out.items() if not number]:
            del self.left_out[what]

    def _learn_name(self, names: dict[str, str], type_: str, entity: Entity) -> None:
        try:
            name = entity.names()[0].strip()
        except DataError as error:
            self.errors[entity.line] = error
            return
        first = self._first_lines.setdefault((type_, name), entity.line)
        if first == entity.line:
            names[entity.id] = name
            self._lines_by_name.setdefault((type_, normalise(name)), entity.line)
        else:
            message = f"The {type_} {quote(name)} has the same name as the one on line {first}, but another id."
            self.errors[entity.line] = DataError(message, "Give them different names, or join the two entities.")

    def own_aliases(self, type_: str, entity: Entity, aliases: list[str]) -> list[str]:
        """Return the aliases except names of other entities, which would otherwise be confused with this one."""
        lines = [self._lines_by_name.get((type_, normalise(alias)), entity.line) for alias in aliases]
        own = [alias for alias, line in zip(aliases, lines, strict=True) if line == entity.line]
        self.left_out[f"{entity.schema}.alias that is the name of another"] += len(aliases) - len(own)
        return own

    def _find(self, id_: str, known: Mapping[str, ValueT], what: str) -> ValueT | None:
        if id_ not in known:
            self.left_out[f"{what} that is not in the file"] += 1
            return None
        self._used.add(id_)
        return known[id_]

    def _belongs(self, members: list[str], bodies: list[str]) -> bool:
        names = [self.names[id_] for id_ in bodies if id_ in self.names]
        here = [id_ for id_ in members if id_ in self.names]
        for id_ in here:
            self.bodies[id_] += [name for name in names if name not in self.bodies[id_]]
        return bool(names and here)

    def _position(self, edge: Entity) -> bool:
        posts = [id_ for id_ in edge.take("post") if self._posts.get(id_)]
        holders = [id_ for id_ in edge.take("holder") if id_ in self.names]
        for id_ in holders:
            self._used.update(posts)
            self.positions[id_] += [self._posts[post] for post in posts]
        return bool(posts and holders)

    def _owner(self, edge: Entity) -> bool:
        owners = [self.names[id_] for id_ in edge.take("owner") if id_ in self.names]
        assets = edge.take("asset")
        sites = [id_ for id_ in assets if id_ in self.sites]
        if owners and (companies := [id_ for id_ in assets if id_ in self.names]):
            self._own_companies(edge, owners, companies)
            return True
        claim = self._claim(edge)
        for site in sites:
            self.owners[site] += [{"name": name, **claim} for name in owners]
        return bool(owners and sites)

    def _own_companies(self, edge: Entity, owners: list[str], companies: list[str]) -> None:
        """Record who owns companies, in lines for their notes: actors have no owners, as sites do."""
        details = tuple((key, value) for key in ftm_vocabulary.OWNERSHIP for value in edge.take(key))
        lines = [ftm_vocabulary.Owned(owner, details).line() for owner in owners]
        for id_ in companies:
            self.ownership[id_] += [line for line in lines if line not in self.ownership[id_]]

    def _claim(self, edge: Entity) -> Part:
        """Return who claims that somebody owns or operates a site, and where."""
        if edge.is_ours:
            edge.take("summary", "proof")
        status = edge.one("status") or ftm_vocabulary.CLAIMED
        claimant = status.removeprefix(ftm_vocabulary.CLAIMED_BY)
        return {
            "stated_by": None if claimant == status else claimant,
            "outlet": edge.one("publisher"),
            "event": edge.one("recordId") if edge.is_ours else None,
            "note": edge.text("description", "summary"),
        }

    def _link(self, edge: Entity) -> bool:
        """Record a link between an event and something else, or between a member and its organisation."""
        ends = edge.take("subject"), edge.take("object")
        is_claim = edge.is_ours and ftm_vocabulary.OPERATOR in edge.peek("role")
        if edge.is_ours and not is_claim:
            edge.take("publisher")
        if len(ends[0]) != 1 or len(ends[1]) != 1:
            return False
        first, last = ends[0][0], ends[1][0]
        role = ftm_vocabulary.name(edge.one("role") or "")
        if is_claim and first in self.names and last in self.sites:
            self.operators[last].append({"name": self.names[first], **self._claim(edge)})
            return True
        if first in self.events and last in self.events:
            if role in LINK_TYPES:
                self.links[first].append({"type": role, "event": self.events[last], "note": edge.text("description")})
            return role in LINK_TYPES
        if role == ftm_vocabulary.name(ftm_vocabulary.MEMBER):
            return self._belongs([first], [last])
        return self._participate(role, first, last) or self._participate(role, last, first)

    def _participate(self, role: str, thing: str, event: str) -> bool:
        if event not in self.events:
            return False
        if thing in self.sites:
            is_linked = role == ftm_vocabulary.name(ftm_vocabulary.LINKED_SITE)
            (self.linked_sites_of if is_linked else self.sites_of)[event].append(self.sites[thing])
            return True
        if thing in self.names:
            if role not in ROLES:
                self.left_out["UnknownLink.role"] += 1
            self.participants[event].append({"name": self.names[thing], "role": role if role in ROLES else "mentioned"})
        return thing in self.names

    def _documentation(self, edge: Entity) -> bool:
        events = [id_ for id_ in edge.take("entity") if id_ in self.events]
        documents = [id_ for id_ in edge.take("document") if id_ in self._documents]
        if edge.is_ours:
            edge.take("role")
        passage = edge.text("summary")
        for event in events:
            self._sources[event] += [(id_, passage) for id_ in documents]
        return bool(events and documents)


def event_id(entity: Entity) -> str:
    """Return the id of the record for an event, which is the original id if scamcli exported it."""
    return (entity.one("recordId") if entity.is_ours else None) or entity.id


def _address(entity: Entity, left_out: Counter[str]) -> Part:
    if entity.is_ours:
        entity.take("full")
    keywords = ftm_vocabulary.keywords(entity.take("keywords") if entity.is_ours else ())
    precisions = [word for word in keywords.get("precision", ()) if word in PRECISIONS]
    found: Part = {key: entity.one(_ADDRESS[key]) for key in ("name", "country", "admin1", "province")}
    found |= {key: _degrees(entity, _ADDRESS[key]) for key in ("lat", "lon")}
    found |= {"id": entity.id, "precision": precisions[0] if precisions else None}
    found["country"] = found["country"] and found["country"].upper()
    found["full"] = entity.one("full") or entity.one("name")
    entity.count_left(left_out)
    return found


def _degrees(entity: Entity, property_: str) -> float | None:
    text = entity.one(property_)
    try:
        return None if text is None else float(text)
    except ValueError:
        entity.leave(property_, str(text))
        return None


def _document(entity: Entity, left_out: Counter[str]) -> Part:
    """Return a document as a source. Without a publisher, the host of its address is the outlet."""
    title, url = entity.one("title"), entity.one("sourceUrl")
    notes = entity.take("notes")
    found: Part = {"title": title, "url": url, "published": entity.one("publishedAt"), "via": None, "archived": None}
    found["accessed"] = entity.one("retrievedAt")
    found["author"] = entity.one("author") if entity.is_ours else None
    for text in notes:
        for key, start in (("via", ftm_vocabulary.THROUGH), ("archived", ftm_vocabulary.ARCHIVED)):
            if entity.is_ours and text.startswith(start):
                found[key] = text.removeprefix(start)
    if entity.is_ours:
        entity.take("fileName")
    else:
        found["title"] = title or entity.one("fileName")
        left_out[f"{entity.schema}.notes"] += len(notes)
    found["outlet"] = entity.one("publisher") or host(url) or entity.one("author")
    entity.count_left(left_out)
    return found


def host(url: str | None) -> str | None:
    """Return the host of a web address."""
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None
