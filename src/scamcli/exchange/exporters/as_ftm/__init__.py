"""FollowTheMoney entities, one a line: for Aleph and OpenAleph, yente and whatever else reads the schema.

Who had which part in an event is a link with that role, because the schema of events only has who was involved, and
nobody is involved for being mentioned, for speaking, or for being accused. Ownership is a claim, and says whose.
Numbers have no schema: they stand in the description of an event, in words, and count as lost.

Lines are written as the records are gone through; of what can be met again only the ids are kept, as numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.exchange import ftm_vocabulary
from scamcli.exchange.exporters.as_ftm.entity_builder import Maker, entity_id
from scamcli.exchange.exporters.protected_details import bodies_of_protected
from scamcli.language import countries
from scamcli.output import phrases
from scamcli.records import canonical
from scamcli.records.sources import originals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from followthemoney import EntityProxy

    from scamcli.exchange.exporters import How
    from scamcli.exchange.exporters.dump import Dump, Losses, Record

HOLDS = frozenset(
    {
        "actor",
        "site",
        *(f"event.{key}" for key in ("id", "date", "kind", "title", "summary", "actors", "provinces", "places")),
        *(f"event.{key}" for key in ("sites", "countries", "nationalities", "tags", "sources", "note")),
        *(f"event.links.{key}" for key in ("type", "event", "note")),
    }
)

INVOLVED = frozenset({"subject", "rescuer", "victim", "defendant", "target"})
"""Roles of those who were part of what happened, by the record itself: not by what somebody alleges."""

SAYS_ALL = frozenset({"Person", "Company", "LegalEntity"})
"""Schemata that leave nothing to say of the kind of an actor."""


def write(dump: Dump, out: TextIO, losses: Losses, how: How) -> None:
    """Write an entity a line: actors, sites, events, then claims of ownership."""
    _Export(out, losses, withholds=not how.include_protected).run(dump)


class _Export:
    """One export.

    Args:
        out: where to.
        losses: to note in.
        withholds: whether of a protected actor nothing is said but the kind.
    """

    def __init__(self, out: TextIO, losses: Losses, *, withholds: bool) -> None:
        self._out = out
        self._losses = losses
        self._withholds = withholds
        self._make = Maker(losses)
        self._schemata: dict[str, str] = {}
        self._held: dict[str, Record] = {}
        self._sites: set[str] = set()
        self._met: set[int] = set()
        self._claims: list[tuple[str, Record]] = []
        self._proofs: dict[str, list[tuple[str, str]]] = {}
        self._links: list[EntityProxy] = []

    def run(self, dump: Dump) -> None:
        """Write everything."""
        self._schemata = {actor["name"]: _schema(actor["kind"]) for actor in dump.actors()}
        bodies = bodies_of_protected(dump.actors()) if self._withholds else set()
        self._held = {actor["name"]: actor for actor in dump.actors() if actor["name"] in bodies}
        for actor in dump.actors():
            if actor["name"] not in bodies:
                self._actor(actor)
        for site in dump.sites():
            self._site(site)
        for event in dump.events():
            self._event(event)
        for name, owner in self._claims:
            self._ownership(name, owner)
        for link in self._links:
            self._late_link(link)

    def _actor(self, actor: Record) -> None:
        name, schema = actor["name"], _schema(actor["kind"])
        entity = self._make.make(schema, "actor", name)
        self._make.add(entity, "name", name, "actor.name")
        if schema not in SAYS_ALL:
            self._make.add(entity, "classification", actor["kind"])
        if actor["protected"]:
            self._make.add(entity, "keywords", ftm_vocabulary.PROTECTED)
        if actor["protected"] and self._withholds:
            more = any(actor[key] for key in ("aliases", "positions", "member_of", "topics", "note"))
            self._losses.add("what else is known of protected actors", more)
            self._put(entity)
            return
        self._make.add_all(entity, "alias", actor["aliases"], "actor.aliases")
        self._make.add(entity, "notes", actor["note"], "actor.note")
        self._make.add_topics(entity, actor["topics"], is_outlet=actor["kind"] == "media")
        if schema == "Person":
            self._make.add_all(entity, "position", actor["positions"], "actor.positions")
        else:
            self._losses.add("positions of actors that are no persons", len(actor["positions"]))
        self._put(entity)
        for body in dict.fromkeys(actor["member_of"]):
            self._membership(name, body)

    def _membership(self, name: str, body: str) -> None:
        member, other = self._actor_id(name), self._actor_id(body)
        if self._make.is_body(self._schemata[body]):
            entity = self._make.make("Membership", "membership", name, body)
            entity.add("member", member)
            entity.add("organization", other)
        else:
            entity = self._link(("membership", name, body), member, other, ftm_vocabulary.MEMBER)
        self._put(entity)

    def _site(self, site: Record) -> None:
        name = site["name"]
        entity = self._make.make("RealEstate", "site", name)
        self._sites.add(name)
        self._make.add(entity, "name", name, "site.name")
        self._make.add_all(entity, "alias", site["aliases"], "site.aliases")
        self._make.add(entity, "propertyType", site["kind"])
        self._make.add(entity, "notes", site["note"], "site.note")
        if site["province"] or site["place"]:
            country = "KH" if site["province"] else None
            self._make.add(entity, "country", country and country.lower())
            self._at(entity, [{"name": site["place"], "country": country, "province": site["province"]}], "address")
        self._put(entity)
        for owner in site["owners"]:
            self._claims.append((name, owner))
            if owner["event"]:
                self._proofs[owner["event"]] = []

    def _at(self, entity: EntityProxy, places: list[Record], text: str) -> None:
        """Say where something is, as addresses and, in a property of text, in words."""
        for place in places:
            address = self._address(place)
            self._make.add(entity, "addressEntity", address.id, "places")
            self._make.add(entity, text, address.first("full"))

    def _address(self, place: Record) -> EntityProxy:
        keys = ("name", "country", "admin1", "province", "lat", "lon", "precision")
        entity = self._make.make("Address", "address", *(place.get(key) for key in keys))
        for key, property_ in (("name", "city"), ("admin1", "state"), ("province", "region")):
            self._make.add(entity, property_, place.get(key), "places")
        code = place["country"]
        self._make.add(entity, "country", code and code.lower(), "places.country")
        for key, property_ in (("lat", "latitude"), ("lon", "longitude")):
            degrees = place.get(key)
            self._make.add(entity, property_, None if degrees is None else str(degrees), f"places.{key}")
        if place.get("precision"):
            self._make.add(entity, "keywords", ftm_vocabulary.labelled("precision", place["precision"]))
        self._make.add(entity, "full", ", ".join(_address_parts(place)))
        self._put_once(entity)
        return entity

    def _event(self, event: Record) -> None:
        entity = self._make.make("Event", "event", event["id"])
        self._met.add(_number(entity))
        for key, property_ in (("id", "recordId"), ("title", "name"), ("summary", "summary"), ("note", "notes")):
            self._make.add(entity, property_, event[key], f"event.{key}")
        self._make.add_date(entity, ("date", "startDate", "endDate"), event["date"], "event.date")
        self._make.add_all(entity, "country", map(str.lower, event["countries"]), "countries")
        self._keywords(entity, event)
        provinces = [{"name": None, "country": "KH", "province": province} for province in event["provinces"]]
        self._at(entity, [*provinces, *event["places"]], "location")
        self._make.add_all(entity, "description", _in_words(event))
        self._make.add_all(entity, "publisher", self._outlets(event))
        self._make.add_all(entity, "sourceUrl", [one["url"] for one in originals(event["sources"]) if one["url"]])
        involved = [person["name"] for person in event["actors"] if person["role"] in INVOLVED]
        self._make.add_all(entity, "involved", map(self._actor_id, involved))
        articles = [self._article(source) for source in event["sources"]]
        self._put(entity)
        self._edges(event, articles)

    def _keywords(self, entity: EntityProxy, event: Record) -> None:
        keywords = [ftm_vocabulary.labelled("kind", event["kind"])]
        if event["status"] == "draft":
            keywords.append(ftm_vocabulary.labelled("status", "draft"))
        self._make.add_all(entity, "keywords", keywords)
        nationalities = [ftm_vocabulary.labelled("nationality", one) for one in event["nationalities"]]
        self._make.add_all(entity, "keywords", nationalities, "nationalities")
        self._make.add_all(entity, "keywords", map(ftm_vocabulary.tag, event["tags"]), "tags")

    def _edges(self, event: Record, articles: list[str]) -> None:
        """Write what ties an event to others, each once."""
        met = set()
        every = [*self._sources(event, articles), *self._parts(event), *self._links_of(event)]
        for entity in every:
            if entity.id in met:
                self._losses.add("parts of an event given twice")
            else:
                met.add(entity.id)
                self._put(entity)
        self._mentions(event, articles)
        if event["id"] in self._proofs:
            outlets = [source["outlet"] for source in event["sources"]]
            self._proofs[event["id"]] = list(zip(outlets, articles, strict=True))

    def _article(self, source: Record) -> str:
        """Write the article that a source is, once, and give its id."""
        keys = ("outlet", "title", "url", "published", "archived", "accessed", "via")
        entity = self._make.make("Article", "article", *(source[key] for key in keys))
        self._make.add(entity, "title", source["title"], "sources.title")
        self._make.add(entity, "fileName", source["title"] or phrases.outlet(source))
        self._make.add(entity, "publisher", self._make.name(source["outlet"]))
        self._make.add(entity, "sourceUrl", source["url"], "sources.url")
        self._make.add_date(entity, ("publishedAt", "", ""), source["published"], "sources.published")
        self._make.add_date(entity, ("retrievedAt", "", ""), source["accessed"], "sources.accessed")
        if source["via"]:
            self._make.add(entity, "notes", f"{ftm_vocabulary.THROUGH}{self._make.name(source['via'])}")
        if source["archived"]:
            self._make.add(entity, "notes", f"{ftm_vocabulary.ARCHIVED}{source['archived']}", "sources.archived")
        self._put_once(entity)
        return str(entity.id)

    def _outlets(self, event: Record) -> list[str]:
        return list(filter(None, (self._make.name(source["outlet"]) for source in originals(event["sources"]))))

    def _sources(self, event: Record, articles: list[str]) -> Iterator[EntityProxy]:
        for source, article in zip(event["sources"], articles, strict=True):
            entity = self._make.make("Documentation", "source", event["id"], article, source["passage"])
            entity.add("document", article)
            entity.add("entity", entity_id("event", event["id"]))
            entity.add("role", "source")
            self._make.add(entity, "summary", source["passage"], "sources.passage")
            yield entity

    def _parts(self, event: Record) -> Iterator[EntityProxy]:
        """Who had which part, and where it was."""
        id_, outlets = event["id"], self._outlets(event)
        for person in event["actors"]:
            key, role = ("part", id_, person["name"], person["role"]), ftm_vocabulary.words(person["role"])
            entity = self._link(key, self._actor_id(person["name"]), entity_id("event", id_), role)
            self._make.add_all(entity, "publisher", outlets)
            yield entity
        for site in event["sites"]:
            yield self._link(("at", id_, site), entity_id("event", id_), self._site_id(site), ftm_vocabulary.SITE)

    def _links_of(self, event: Record) -> Iterator[EntityProxy]:
        """How an event bears on others; those that may come later wait."""
        for link in event["links"]:
            key = ("bears on", event["id"], *(link[key] for key in ("type", "event", "figure", "note")))
            other = entity_id("event", link["event"])
            entity = self._link(key, entity_id("event", event["id"]), other, ftm_vocabulary.words(link["type"]))
            self._make.add(entity, "recordId", link["figure"])
            self._make.add(entity, "description", link["note"], "links.note")
            if _number(other) in self._met:
                yield entity
            else:
                self._links.append(entity)

    def _late_link(self, link: EntityProxy) -> None:
        if _number(link.first("object") or "") in self._met:
            self._put_once(link)
        else:
            self._losses.add("links to events that are not here")

    def _mentions(self, event: Record, articles: list[str]) -> None:
        """Say which article mentions whom, where that is surely known: where one was read, and no more."""
        read = {id_ for source, id_ in zip(event["sources"], articles, strict=True) if not source["via"]}
        mentioned = [person["name"] for person in event["actors"] if person["role"] == "mentioned"]
        if len(read) != 1:
            return
        for name in mentioned:
            entity = self._make.make("Mention", "mention", *read, name)
            entity.add("document", read)
            entity.add("resolved", self._actor_id(name))
            entity.add("name", name)
            entity.add("detectedSchema", self._schemata[name])
            self._put_once(entity)

    def _ownership(self, site: str, owner: Record) -> None:
        keys = ("name", "stated_by", "outlet", "event", "note")
        entity = self._make.make("Ownership", "ownership", site, *(owner[key] for key in keys))
        entity.add("owner", self._actor_id(owner["name"]))
        entity.add("asset", self._site_id(site))
        said_by = self._make.name(owner["stated_by"])
        self._make.add(entity, "status", f"{ftm_vocabulary.CLAIMED_BY}{said_by}" if said_by else ftm_vocabulary.CLAIMED)
        self._make.add(entity, "publisher", self._make.name(owner["outlet"]))
        self._make.add(entity, "summary", _claim(site, owner))
        for key, property_ in (("event", "recordId"), ("note", "description")):
            self._make.add(entity, property_, owner[key], f"site.owners.{key}")
        proofs = self._proofs.get(owner["event"] or "", [])
        self._make.add_all(entity, "proof", [article for outlet, article in proofs if outlet == owner["outlet"]])
        if not self._put_once(entity):
            self._losses.add("claims given twice")

    def _link(self, key: tuple[str | None, ...], subject: str, object_: str, role: str) -> EntityProxy:
        entity = self._make.make("UnknownLink", *key)
        entity.add("subject", subject)
        entity.add("object", object_)
        entity.add("role", role)
        return entity

    def _actor_id(self, name: str) -> str:
        """The id of an actor, who is written first if held back so far, or if no record has the name."""
        if name in self._held:
            self._actor(self._held.pop(name))
        if name not in self._schemata:
            self._schemata[name] = _schema(None)
            self._bare(_schema(None), "actor", name)
        return entity_id("actor", name)

    def _site_id(self, name: str) -> str:
        if name not in self._sites:
            self._sites.add(name)
            self._bare("RealEstate", "site", name)
        return entity_id("site", name)

    def _bare(self, schema: str, type_: str, name: str) -> None:
        entity = self._make.make(schema, type_, name)
        self._make.add(entity, "name", name, f"{type_}.name")
        self._put(entity)

    def _put_once(self, entity: EntityProxy) -> bool:
        """Write an entity unless it was, and say whether it was not."""
        number = _number(entity)
        if number in self._met:
            return False
        self._met.add(number)
        self._put(entity)
        return True

    def _put(self, entity: EntityProxy) -> None:
        self._out.write(canonical.line(entity.to_dict()) + "\n")


def _schema(kind: str | None) -> str:
    return ftm_vocabulary.SCHEMATA[kind] if kind else "LegalEntity"


def _number(entity: EntityProxy | str) -> int:
    """An id as a number of 64 bits, which takes less memory."""
    id_ = entity if isinstance(entity, str) else str(entity.id)
    return int(id_.removeprefix(ftm_vocabulary.PREFIX)[:16], 16)


def _address_parts(place: Record) -> Iterator[str]:
    for key in ("name", "admin1", "province"):
        if place.get(key):
            yield place[key]
    known = countries.countries().get(place["country"] or "")
    if known:
        yield known.names[0]


def _in_words(event: Record) -> Iterator[str]:
    """What no property holds: a date that is not sure, and the figures."""
    if any(mark in event["date"] for mark in "~?%"):
        yield f"date: {event['date']} (~ is about, ? is uncertain, % is both)"
    yield from map(phrases.figure_line, event["figures"])


def _claim(site: str, owner: Record) -> str:
    said = [f"said by {owner['stated_by']}"] if owner["stated_by"] else []
    said += [f"according to {owner['outlet']}"] if owner["outlet"] else []
    return f"{owner['name']} is said to own {site}: {', '.join(said) or 'it is not recorded who says so'}"
