"""What a file of FollowTheMoney entities says of them by others: names, addresses, articles, and what ties them.

An edge can stand before what it ties, so all else is learnt before the first is tied. What ties nothing that a record
holds is counted, and so is what ties somebody whose name another has already: two people never become one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scamcli.errors import DataError
from scamcli.exchange import ftm_vocabulary
from scamcli.language.names import normalise
from scamcli.language.vocabulary import LINK_TYPES, PRECISIONS, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scamcli.exchange.importers.ftm.entity import Entity

ACTORS = {"Person": "person", "Company": "company", "PublicBody": "government", "Organization": "group"}
"""Schemata of actors with the kind that they say; ``LegalEntity`` says none."""

DOCUMENTS = frozenset(
    {
        "Article", "Audio", "Document", "Email", "Folder", "HyperText", "Image", "Message", "Package", "Pages",
        "PlainText", "Table", "Video", "Workbook",
    }
)  # fmt: skip

Part = dict[str, Any]

_ADDRESS = {
    "name": "city", "country": "country", "admin1": "state", "province": "region", "lat": "latitude",
    "lon": "longitude", "precision": "keywords", "full": "full",
}  # fmt: skip
"""The keys of a place with the properties of an address that say them."""


class Edges:
    """What is known of the entities of a file by their ids.

    Args:
        left_out: to count in.
    """

    def __init__(self, left_out: Counter[str]) -> None:
        self.left_out = left_out
        self.names: dict[str, str] = {}
        self.sites: dict[str, str] = {}
        self.events: dict[str, str] = {}
        self.bodies: dict[str, list[str]] = defaultdict(list)
        self.positions: dict[str, list[str]] = defaultdict(list)
        self.owners: dict[str, list[Part]] = defaultdict(list)
        self.parts: dict[str, list[Part]] = defaultdict(list)
        self.at: dict[str, list[str]] = defaultdict(list)
        self.links: dict[str, list[Part]] = defaultdict(list)
        self._wrong: dict[int, DataError] = {}
        self._first: dict[tuple[str, str], int] = {}
        self._own: dict[tuple[str, str], int] = {}
        self._addresses: dict[str, Part] = {}
        self._documents: dict[str, tuple[str, Part]] = {}
        self._sources: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
        self._posts: dict[str, str] = {}
        self._used: set[str] = set()
        self._unsaid: set[tuple[str, str]] = set()
        self._tie: dict[str, Callable[[Entity], bool]] = {
            "Membership": lambda edge: self._body(edge, "member", "organization"),
            "Employment": lambda edge: self._body(edge, "employee", "employer"),
            "Directorship": lambda edge: self._body(edge, "director", "organization"),
            "Occupancy": self._position,
            "Ownership": self._owner,
            "UnknownLink": self._link,
            "Documentation": self._documentation,
            "Mention": self._mention,
        }

    def learn(self, entity: Entity) -> None:
        """Note what an entity is."""
        schema = entity.schema
        if schema in ACTORS or schema == "LegalEntity":
            self._name(self.names, "actor", entity)
        elif schema == "RealEstate":
            self._name(self.sites, "site", entity)
        elif schema == "Event":
            self.events[entity.id] = event_id(entity)
        elif schema == "Address":
            self._addresses[entity.id] = _address(entity, self.left_out)
        elif schema in DOCUMENTS:
            self._documents[entity.id] = schema, _document(entity, self.left_out)
        elif schema == "Position":
            self._posts[entity.id] = entity.one("name") or ""
            entity.count_left(self.left_out)
        elif schema not in self._tie:
            self.left_out[schema] += 1

    def tie(self, entity: Entity) -> None:
        """Tie what an entity ties, if it is an edge and all others are known."""
        if entity.schema not in self._tie:
            return
        if self._tie[entity.schema](entity):
            entity.count_left(self.left_out)
        else:
            self.left_out[entity.schema] += 1

    def wrong(self, line: int) -> DataError | None:
        """What is wrong with the entity of a line."""
        return self._wrong.get(line)

    def refuse(self, line: int, error: DataError) -> None:
        """Note what is wrong with the entity of a line."""
        self._wrong[line] = error

    def addresses(self, ids: Iterable[str]) -> list[Part]:
        """The places that these addresses are."""
        return [self._addresses[self._use(id_)] for id_ in ids if self._is_here(id_, self._addresses, "Address")]

    def leave(self, place: Part, *taken: str) -> None:
        """Count what an address says beside the keys that are taken of it; once, however many things are there."""
        for key, property_ in _ADDRESS.items():
            said = place["id"], property_
            if key not in taken and place[key] is not None and said not in self._unsaid:
                self._unsaid.add(said)
                self.left_out[f"Address.{property_}"] += 1

    def sources(self, event: str, proofs: Iterable[str]) -> list[Part]:
        """The sources that the documents of an event are."""
        told = self._sources[event]
        ids = {id_ for id_, _ in told}
        found = []
        for id_, passage in [*told, *((id_, None) for id_ in proofs if id_ not in ids)]:
            if self._is_here(id_, self._documents, "Document"):
                source = self._documents[self._use(id_)][1]
                found.append(source | {"passage": passage} if passage else source)
        nameless = [source for source in found if source["outlet"] is None]
        self.left_out["Document of nobody who is named"] += len(nameless)
        return [source for source in found if source not in nameless]

    def count_unused(self) -> None:
        """Count addresses, documents and posts that nothing refers to."""
        self.left_out["Address"] += len(self._addresses.keys() - self._used)
        for id_ in self._documents.keys() - self._used:
            self.left_out[self._documents[id_][0]] += 1
        self.left_out["Position"] += len(self._posts.keys() - self._used)
        for what in [what for what, number in self.left_out.items() if not number]:
            del self.left_out[what]

    def _name(self, names: dict[str, str], type_: str, entity: Entity) -> None:
        try:
            name = entity.names()[0].strip()
        except DataError as error:
            self.refuse(entity.line, error)
            return
        first = self._first.setdefault((type_, name), entity.line)
        if first == entity.line:
            names[entity.id] = name
            self._own.setdefault((type_, normalise(name)), entity.line)
        else:
            message = f"the {type_} {name!r} is another than that of line {first}, and a name names one"
            self.refuse(entity.line, DataError(message, "tell them apart by their names, or join the two entities"))

    def own_aliases(self, type_: str, entity: Entity, aliases: list[str]) -> list[str]:
        """Those of an entity's aliases that are no other's name: what names that one would lead to this one."""
        others = [one for one in aliases if self._own.get((type_, normalise(one)), entity.line) != entity.line]
        self.left_out[f"{entity.schema}.alias that is the name of another"] += len(others)
        return [one for one in aliases if one not in others]

    def _use(self, id_: str) -> str:
        self._used.add(id_)
        return id_

    def _is_here(self, id_: str, known: dict[str, Any], what: str) -> bool:
        if id_ not in known:
            self.left_out[f"{what} that is not in the file"] += 1
        return id_ in known

    def _body(self, edge: Entity, member: str, body: str) -> bool:
        return self._belongs(edge.take(member), edge.take(body))

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
            self.positions[id_] += [self._posts[self._use(post)] for post in posts]
        return bool(posts and holders)

    def _owner(self, edge: Entity) -> bool:
        owners = [self.names[id_] for id_ in edge.take("owner") if id_ in self.names]
        sites = [id_ for id_ in edge.take("asset") if id_ in self.sites]
        if edge.is_ours:
            edge.take("summary", "proof")
        status = edge.one("status") or ftm_vocabulary.CLAIMED
        claim = {
            "stated_by": status.removeprefix(ftm_vocabulary.CLAIMED_BY)
            if status.startswith(ftm_vocabulary.CLAIMED_BY)
            else None,
            "outlet": edge.one("publisher"),
            "event": edge.one("recordId") if edge.is_ours else None,
            "note": edge.text("description", "summary"),
        }
        for site in sites:
            self.owners[site] += [{"name": name, **claim} for name in owners]
        return bool(owners and sites)

    def _link(self, edge: Entity) -> bool:
        """A link of two things of which one is an event, or of a member and its body."""
        ends = edge.take("subject"), edge.take("object")
        if edge.is_ours:
            edge.take("publisher")
        if len(ends[0]) != 1 or len(ends[1]) != 1:
            return False
        first, last = ends[0][0], ends[1][0]
        role = ftm_vocabulary.name(edge.one("role") or "")
        if first in self.events and last in self.events:
            return self._bears(edge, role, first, last)
        if role == ftm_vocabulary.name(ftm_vocabulary.MEMBER):
            return self._belongs([first], [last])
        return self._takes_part(role, first, last) or self._takes_part(role, last, first)

    def _bears(self, edge: Entity, role: str, first: str, last: str) -> bool:
        if role in LINK_TYPES:
            self.links[first].append({"type": role, "event": self.events[last], "note": edge.text("description")})
        return role in LINK_TYPES

    def _takes_part(self, role: str, thing: str, event: str) -> bool:
        if event not in self.events:
            return False
        if thing in self.sites:
            self.at[event].append(self.sites[thing])
            return True
        if thing in self.names:
            if role not in ROLES:
                self.left_out["UnknownLink.role"] += 1
            self.parts[event].append({"name": self.names[thing], "role": role if role in ROLES else "mentioned"})
        return thing in self.names

    def _mention(self, edge: Entity) -> bool:
        """Of ours the link of the same actor to the event says as much."""
        return edge.is_ours and bool(edge.take("document", "resolved", "name", "detectedSchema"))

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
    """The id of the record that an event becomes: its own, if an export of ours made it."""
    return (entity.one("recordId") if entity.is_ours else None) or entity.id


def _address(entity: Entity, left_out: Counter[str]) -> Part:
    if entity.is_ours:
        entity.take("full")
    keywords = ftm_vocabulary.keywords(entity.take("keywords") if entity.is_ours else ())
    precisions = [word for word in keywords.get("precision", ()) if word in PRECISIONS]
    found = {
        "id": entity.id,
        "name": entity.one("city"),
        "country": (entity.one("country") or "").upper() or None,
        "admin1": entity.one("state"),
        "province": entity.one("region"),
        "lat": _degrees(entity, "latitude"),
        "lon": _degrees(entity, "longitude"),
        "precision": precisions[0] if precisions else None,
    }
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
    """A document as a source; without a publisher, its outlet is the host of its address."""
    title, url = entity.one("title"), entity.one("sourceUrl")
    told = entity.take("notes")
    found: Part = {"title": title, "url": url, "published": entity.one("publishedAt"), "via": None, "archived": None}
    found["accessed"] = entity.one("retrievedAt")
    for text in told:
        for key, begins in (("via", ftm_vocabulary.THROUGH), ("archived", ftm_vocabulary.ARCHIVED)):
            if entity.is_ours and text.startswith(begins):
                found[key] = text.removeprefix(begins)
    if entity.is_ours:
        entity.take("fileName")
    else:
        found["title"] = title or entity.one("fileName")
        left_out[f"{entity.schema}.notes"] += len(told)
    found["outlet"] = entity.one("publisher") or host(url) or entity.one("author")
    entity.count_left(left_out)
    return found


def host(url: str | None) -> str | None:
    """The host of an address."""
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None
