"""FollowTheMoney entities, one per line, for Aleph and OpenAleph, yente and other software that reads the schema.

An actor's part in an event is a link with a role. The schema only has "involved", and somebody who is mentioned, speaks
or is accused is not necessarily involved. Ownership is exported as a claim, with who makes it. The schema has no place
for figures: they are put into words in the description of their event, and count as lost.

Entities are written as the records are read. For those that may occur again, only the ids are kept, as numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TextIO

from scamcli.exchange import ftm_vocabulary
from scamcli.exchange.exporters.as_ftm.entity_builder import EntityBuilder, entity_id
from scamcli.exchange.exporters.dump import affiliations_of_protected
from scamcli.language import countries
from scamcli.language.gazetteer import country_of
from scamcli.output import phrases
from scamcli.output.text import figure_text
from scamcli.records import canonical
from scamcli.records.derivations import originals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from followthemoney import EntityProxy

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.records.types import ActorDict, EventDict, OwnerDict, SiteDict, SourceDict

INVOLVED = frozenset({"subject", "rescuer", "victim", "defendant", "target", "acts"})
"""Roles of actors who took part in an event according to the record itself, not only to an allegation."""

SPECIFIC_SCHEMATA = frozenset({"Person", "Company", "LegalEntity"})
"""Schemata that fully express the kind of an actor."""


class _Spot(NamedTuple):
    """A place in the form of an address."""

    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    province: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write one entity per line: actors, sites, events, then claims about sites."""
    _Export(out, losses, masks_details=not options.include_protected).run(dump)


class _Export:
    """An export. If it masks details, it writes only the kind of protected actors."""

    def __init__(self, out: TextIO, losses: Losses, *, masks_details: bool) -> None:
        self._out = out
        self._losses = losses
        self._masks_details = masks_details
        self._build = EntityBuilder(losses)
        self._schemata: dict[str, str] = {}
        self._held_back: dict[str, ActorDict] = {}
        self._sites: set[str] = set()
        self._written: set[int] = set()
        self._claims: list[tuple[str, str, OwnerDict]] = []
        self._proofs: dict[str, list[tuple[str, str]]] = {}
        self._links: list[EntityProxy] = []

    def run(self, dump: Dump) -> None:
        self._schemata = {actor["name"]: _schema(actor["kind"]) for actor in dump.actors()}
        bodies = affiliations_of_protected(dump.actors()) if self._masks_details else set()
        self._held_back = {actor["name"]: actor for actor in dump.actors() if actor["name"] in bodies}
        for actor in dump.actors():
            if actor["name"] not in bodies:
                self._actor(actor)
        for site in dump.sites():
            self._site(site)
        for event in dump.events():
            self._event(event)
        for what, name, claim in self._claims:
            self._claim(what, name, claim)
        for link in self._links:
            if _number(link.first("object") or "") in self._written:
                self._put_once(link)
            else:
                self._losses.add("links to events that are not exported")

    def _actor(self, actor: ActorDict) -> None:
        name, schema = actor["name"], _schema(actor["kind"])
        entity = self._build.make(schema, "actor", name)
        self._build.add(entity, "name", name, "actor.name")
        if schema not in SPECIFIC_SCHEMATA:
            self._build.add(entity, "classification", actor["kind"])
        if actor["protected"]:
            self._build.add(entity, "keywords", ftm_vocabulary.PROTECTED)
        if actor["protected"] and self._masks_details:
            details = [actor[key] for key in ("aliases", "positions", "member_of", "topics", "note")]
            self._losses.add("other details of protected actors", any(details))
            self._put(entity)
            return
        self._build.add(entity, "alias", actor["aliases"], "actor.aliases")
        owned, note = self._ownership(actor)
        self._build.add(entity, "notes", note, "actor.note")
        self._build.add_topics(entity, actor["topics"], is_outlet=actor["kind"] == "media")
        if schema == "Person":
            self._build.add(entity, "position", actor["positions"], "actor.positions")
        else:
            self._losses.add("positions of actors that are not persons", len(actor["positions"]))
        self._put(entity)
        for body in dict.fromkeys(actor["member_of"]):
            self._membership(name, body)
        for one in owned:
            self._put_ownership(name, one)

    def _ownership(self, actor: ActorDict) -> tuple[list[ftm_vocabulary.Owned], str]:
        """Return who owns an actor according to its note, and the rest of the note.

        Only companies can be owned in the schema, and only by somebody who is exported. Other lines stay in the note.
        """
        owned, rest = [], []
        for line in (actor["note"] or "").splitlines():
            found = ftm_vocabulary.parse_owned(line) if actor["kind"] == "company" else None
            if found and found.owner in self._schemata and found.line() == line:
                owned.append(found)
            else:
                rest.append(line)
        return owned, "\n".join(rest) if owned else actor["note"] or ""

    def _put_ownership(self, company: str, owned: ftm_vocabulary.Owned) -> None:
        ends = {"owner": self._actor_id(owned.owner), "asset": self._actor_id(company)}
        entity = self._build.make("Ownership", "ownership of a company", company, owned.line(), **ends)
        for key, value in owned.details:
            self._build.add(entity, key, value, f"actor.note ({key} of an owner)")
        self._put(entity)

    def _membership(self, name: str, body: str) -> None:
        member, organization = self._actor_id(name), self._actor_id(body)
        if self._build.is_organization(self._schemata[body]):
            key = ("membership", name, body)
            self._put(self._build.make("Membership", *key, member=member, organization=organization))
        else:
            self._put(self._link(("membership", name, body), member, organization, ftm_vocabulary.MEMBER))

    def _site(self, site: SiteDict) -> None:
        name = site["name"]
        entity = self._build.make("RealEstate", "site", name)
        self._sites.add(name)
        self._build.add(entity, "name", name, "site.name")
        self._build.add(entity, "alias", site["aliases"], "site.aliases")
        self._build.add(entity, "propertyType", site["kind"])
        self._build.add(entity, "notes", site["note"], "site.note")
        country = site["country"]
        spot = _Spot(site["place"], country, None, site["province"], site["lat"], site["lon"], site["precision"])
        if spot != _Spot():
            self._build.add(entity, "country", country and country.lower())
            self._locate(entity, [spot], "address")
        self._build.add(entity, "description", map(phrases.site_status, site["statuses"]))
        self._put(entity)
        self._claims += (("owner", name, owner) for owner in site["owners"])
        self._claims += (("operator", name, operator) for operator in site["operators"])
        self._proofs |= {claim["event"]: [] for _, _, claim in self._claims if claim["event"]}

    def _locate(self, entity: EntityProxy, spots: list[_Spot], text_property: str) -> None:
        """Add the location of an entity, as address entities and in words in a text property."""
        for spot in spots:
            address = self._address(spot)
            self._build.add(entity, "addressEntity", address.id, "places")
            self._build.add(entity, text_property, address.first("full"))

    def _address(self, spot: _Spot) -> EntityProxy:
        entity = self._build.make("Address", "address", *spot)
        self._build.add(entity, "city", spot.name, "places")
        self._build.add(entity, "state", spot.admin1, "places")
        self._build.add(entity, "region", spot.province, "places")
        self._build.add(entity, "country", spot.country and spot.country.lower(), "places.country")
        self._build.add(entity, "latitude", None if spot.lat is None else str(spot.lat), "places.lat")
        self._build.add(entity, "longitude", None if spot.lon is None else str(spot.lon), "places.lon")
        if spot.precision:
            self._build.add(entity, "keywords", ftm_vocabulary.labelled("precision", spot.precision))
        country = countries.countries().get(spot.country or "")
        parts = (spot.name, spot.admin1, spot.province, country and country.names[0])
        self._build.add(entity, "full", ", ".join(filter(None, parts)))
        self._put_once(entity)
        return entity

    def _event(self, event: EventDict) -> None:
        entity = self._build.make("Event", "event", event["id"])
        self._written.add(_number(entity))
        self._build.add(entity, "recordId", event["id"], "event.id")
        self._build.add(entity, "name", event["title"], "event.title")
        self._build.add(entity, "summary", event["summary"], "event.summary")
        self._build.add(entity, "notes", event["note"], "event.note")
        first, slash, last = event["date"].partition("/")
        self._build.add_date(entity, "startDate" if slash else "date", first, "event.date")
        self._build.add_date(entity, "endDate", last, "event.date")
        self._build.add(entity, "country", map(str.lower, event["countries"]), "countries")
        self._keywords(entity, event)
        provinces = [_Spot(country=country_of(province), province=province) for province in event["provinces"]]
        self._locate(entity, [*provinces, *(_Spot(**place) for place in event["places"])], "location")
        # Values without a property are put into words.
        marked = any(mark in event["date"] for mark in "~?%")
        date = f"date: {event['date']} (~ is about, ? is uncertain, % is both)" if marked else None
        self._build.add(entity, "description", [date, *figure_text.sentences(event["figures"])])
        self._build.add(entity, "publisher", self._outlets(event))
        self._build.add(entity, "sourceUrl", [source["url"] for source in originals(event["sources"])])
        involved = [participant["name"] for participant in event["actors"] if participant["role"] in INVOLVED]
        self._build.add(entity, "involved", map(self._actor_id, involved))
        articles = [self._article(source) for source in event["sources"]]
        self._put(entity)
        self._edges(event, articles)

    def _keywords(self, entity: EntityProxy, event: EventDict) -> None:
        self._build.add(entity, "keywords", ftm_vocabulary.labelled("kind", event["kind"]))
        if event["status"] == "draft":
            self._build.add(entity, "keywords", ftm_vocabulary.labelled("status", "draft"))
        nationalities = [ftm_vocabulary.labelled("nationality", name) for name in event["nationalities"]]
        self._build.add(entity, "keywords", nationalities, "nationalities")
        self._build.add(entity, "keywords", map(ftm_vocabulary.tag, event["tags"]), "tags")

    def _edges(self, event: EventDict, articles: list[str]) -> None:
        """Write the connections of an event with other entities, each once."""
        seen = set()
        for entity in [*self._sources(event, articles), *self._participants(event), *self._links_of(event)]:
            if entity.id in seen:
                self._losses.add("parts of an event given twice")
            else:
                seen.add(entity.id)
                self._put(entity)
        self._mentions(event, articles)
        if event["id"] in self._proofs:
            outlets = [source["outlet"] for source in event["sources"]]
            self._proofs[event["id"]] = list(zip(outlets, articles, strict=True))

    def _article(self, source: SourceDict) -> str:
        """Write a source as an article if it is new, and return its id."""
        keys = [source[key] for key in ("outlet", "title", "url", "published", "archived", "accessed", "via")]
        # Ids of articles without an author stay as they were before sources had authors.
        if source["author"] is not None:
            keys.append(source["author"])
        entity = self._build.make("Article", "article", *keys)
        self._build.add(entity, "title", source["title"], "sources.title")
        self._build.add(entity, "author", source["author"], "sources.author")
        self._build.add(entity, "fileName", source["title"] or phrases.outlet(source))
        self._build.add(entity, "publisher", self._build.name(source["outlet"]))
        self._build.add(entity, "sourceUrl", source["url"], "sources.url")
        self._build.add_date(entity, "publishedAt", source["published"], "sources.published")
        self._build.add_date(entity, "retrievedAt", source["accessed"], "sources.accessed")
        if source["via"]:
            self._build.add(entity, "notes", f"{ftm_vocabulary.THROUGH}{self._build.name(source['via'])}")
        if source["archived"]:
            self._build.add(entity, "notes", f"{ftm_vocabulary.ARCHIVED}{source['archived']}", "sources.archived")
        self._put_once(entity)
        return str(entity.id)

    def _outlets(self, event: EventDict) -> list[str]:
        return list(filter(None, (self._build.name(source["outlet"]) for source in originals(event["sources"]))))

    def _sources(self, event: EventDict, articles: list[str]) -> Iterator[EntityProxy]:
        for source, article in zip(event["sources"], articles, strict=True):
            key, event_id = ("source", event["id"], article, source["passage"]), entity_id("event", event["id"])
            entity = self._build.make("Documentation", *key, document=article, entity=event_id, role="source")
            self._build.add(entity, "summary", source["passage"], "sources.passage")
            yield entity

    def _participants(self, event: EventDict) -> Iterator[EntityProxy]:
        """Yield a link for each participant and each site."""
        id_, outlets = event["id"], self._outlets(event)
        for participant in event["actors"]:
            name, role = participant["name"], participant["role"]
            key, actor = ("part", id_, name, role), self._actor_id(name)
            entity = self._link(key, actor, entity_id("event", id_), ftm_vocabulary.words(role))
            self._build.add(entity, "publisher", outlets)
            yield entity
        for site in event["sites"]:
            yield self._link(("at", id_, site), entity_id("event", id_), self._site_id(site), ftm_vocabulary.SITE)
        for site in event["linked_sites"]:
            role = ftm_vocabulary.LINKED_SITE
            yield self._link(("linked to", id_, site), entity_id("event", id_), self._site_id(site), role)

    def _links_of(self, event: EventDict) -> Iterator[EntityProxy]:
        """Yield the links to events that were already written, and keep the others for the end."""
        for link in event["links"]:
            key = ("bears on", event["id"], link["type"], link["event"], link["figure"], link["note"])
            other = entity_id("event", link["event"])
            entity = self._link(key, entity_id("event", event["id"]), other, ftm_vocabulary.words(link["type"]))
            self._build.add(entity, "recordId", link["figure"])
            self._build.add(entity, "description", link["note"], "links.note")
            if _number(other) in self._written:
                yield entity
            else:
                self._links.append(entity)

    def _mentions(self, event: EventDict, articles: list[str]) -> None:
        """Say which article mentions somebody, if this is certain because only one article was read."""
        read = {id_ for source, id_ in zip(event["sources"], articles, strict=True) if not source["via"]}
        if len(read) != 1:
            return
        (article,) = read
        for name in (participant["name"] for participant in event["actors"] if participant["role"] == "mentioned"):
            actor = {"resolved": self._actor_id(name), "name": name, "detectedSchema": self._schemata[name]}
            self._put_once(self._build.make("Mention", "mention", article, name, document=article, **actor))

    def _claim(self, what: str, site: str, claim: OwnerDict) -> None:
        """Write a claim that somebody is the owner of a site, or its operator, for which the schema has only a link."""
        keys = [claim[key] for key in ("name", "stated_by", "outlet", "event", "note")]
        actor, place = self._actor_id(claim["name"]), self._site_id(site)
        if what == "owner":
            entity = self._build.make("Ownership", "ownership", site, *keys, owner=actor, asset=place)
        else:
            entity = self._link(("operation", site, *keys), actor, place, ftm_vocabulary.OPERATOR)
        speaker = self._build.name(claim["stated_by"])
        status = f"{ftm_vocabulary.CLAIMED_BY}{speaker}" if speaker else ftm_vocabulary.CLAIMED
        self._build.add(entity, "status", status)
        self._build.add(entity, "publisher", self._build.name(claim["outlet"]))
        said = [f"said by {claim['stated_by']}"] if claim["stated_by"] else []
        said += [f"according to {claim['outlet']}"] if claim["outlet"] else []
        does = "own" if what == "owner" else "operate"
        summary = f"{claim['name']} is said to {does} {site}: {', '.join(said) or 'who says so is not recorded'}"
        self._build.add(entity, "summary", summary)
        self._build.add(entity, "recordId", claim["event"], f"site.{what}s.event")
        self._build.add(entity, "description", claim["note"], f"site.{what}s.note")
        proofs = self._proofs.get(claim["event"] or "", [])
        self._build.add(entity, "proof", [article for outlet, article in proofs if outlet == claim["outlet"]])
        if not self._put_once(entity):
            self._losses.add("claims given twice")

    def _link(self, key: tuple[str | None, ...], subject: str, object_: str, role: str) -> EntityProxy:
        return self._build.make("UnknownLink", *key, subject=subject, object=object_, role=role)

    def _actor_id(self, name: str) -> str:
        """Return the id of an actor, after writing the actor if it was held back or has no record."""
        if name in self._held_back:
            self._actor(self._held_back.pop(name))
        if name not in self._schemata:
            self._schemata[name] = _schema(None)
            self._bare_entity(_schema(None), "actor", name)
        return entity_id("actor", name)

    def _site_id(self, name: str) -> str:
        if name not in self._sites:
            self._sites.add(name)
            self._bare_entity("RealEstate", "site", name)
        return entity_id("site", name)

    def _bare_entity(self, schema: str, type_: str, name: str) -> None:
        entity = self._build.make(schema, type_, name)
        self._build.add(entity, "name", name, f"{type_}.name")
        self._put(entity)

    def _put_once(self, entity: EntityProxy) -> bool:
        """Write an entity unless it was already written, and return whether it was written now."""
        number = _number(entity)
        if number in self._written:
            return False
        self._written.add(number)
        self._put(entity)
        return True

    def _put(self, entity: EntityProxy) -> None:
        self._out.write(canonical.line(entity.to_dict()) + "\n")


def _schema(kind: str | None) -> str:
    return ftm_vocabulary.SCHEMATA[kind] if kind else "LegalEntity"


def _number(entity: EntityProxy | str) -> int:
    """Return an id as a 64-bit number, which takes less memory than a text."""
    id_ = entity if isinstance(entity, str) else str(entity.id)
    return int(id_.removeprefix(ftm_vocabulary.PREFIX)[:16], 16)
