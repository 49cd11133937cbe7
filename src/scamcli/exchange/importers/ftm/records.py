"""Records out of FollowTheMoney entities: actors, sites and events, with the keys that the entities know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.exchange import ftm_vocabulary
from scamcli.exchange.importers.ftm.edges import ACTORS, event_id, host
from scamcli.language import gazetteer
from scamcli.language.vocabulary import ACTOR_KINDS, EVENT_KINDS, SITE_KINDS

if TYPE_CHECKING:
    from scamcli.exchange.importers.ftm.edges import Edges
    from scamcli.exchange.importers.ftm.entity import Entity

Record = dict[str, Any]

_IN_CAMBODIA = ("province", "country")
"""What of an address its Cambodian province says."""


def actor(entity: Entity, edges: Edges) -> Record:
    """The actor that a person, a company or another body is."""
    name, *aliases = entity.names()
    positions = [*entity.take("position"), *edges.positions[entity.id]]
    found: Record = {
        "type": "actor",
        "name": name.strip(),
        "kind": _kind(entity),
        "aliases": edges.own_aliases("actor", entity, aliases),
        "positions": list(dict.fromkeys(positions)),
        "member_of": edges.bodies[entity.id],
        "topics": entity.take("topics"),
        "note": entity.text("notes", "summary", "description"),
    }
    if entity.is_ours and entity.take("keywords") == [ftm_vocabulary.PROTECTED]:
        found["protected"] = True
    return _known(found)


def _kind(entity: Entity) -> str | None:
    """Its kind: that which its classification names, if it fits the schema, else what the schema says."""
    said = entity.one("classification")
    if said in ACTOR_KINDS and ftm_vocabulary.SCHEMATA[said] == entity.schema:
        return said
    if said:
        entity.leave("classification", said)
    return ACTORS.get(entity.schema)


def site(entity: Entity, edges: Edges) -> Record:
    """The site that a piece of real estate is, with whom others say to own it."""
    name, *aliases = entity.names()
    if entity.is_ours:
        entity.take("address", "country")
    kind = entity.one("propertyType")
    if kind and kind not in SITE_KINDS:
        entity.leave("propertyType", kind)
    found: Record = {
        "type": "site",
        "name": name.strip(),
        "kind": kind if kind in SITE_KINDS else None,
        "aliases": edges.own_aliases("site", entity, aliases),
        "owners": edges.owners[entity.id],
        "note": entity.text("notes", "summary", "description"),
    }
    address = entity.one("addressEntity")
    for place in edges.addresses([address] if address else []):
        found["place"], found["province"] = place[_named(place)], _province(place)
        if not entity.is_ours:
            edges.leave(place, _named(place), *(_IN_CAMBODIA if found["province"] else ()))
    return _known(found)


def _province(place: Record) -> str | None:
    """The Cambodian province of a place, where it names one."""
    known = gazetteer.resolve(place["province"] or "")
    return place["province"] if known is not None and place["country"] in {None, "KH"} else None


def event(entity: Entity, edges: Edges) -> Record:
    """The event that an event is.

    Raises:
        DataError: it has no name, or no day.
    """
    title, *others = entity.take("name") or entity.take("summary") or [""]
    if not title:
        raise DataError(f"the Event {entity.id[:80]!r} has no name", "give it a `name`")
    edges.left_out["Event.name"] += len(others)
    date = _date(entity)
    keywords = ftm_vocabulary.keywords(entity.take("keywords") if entity.is_ours else ())
    kinds = [word for word in keywords.get("kind", ()) if word in EVENT_KINDS]
    places, provinces = _where(entity, edges)
    id_ = event_id(entity)
    found: Record = _known(
        {
            "type": "event",
            "id": id_ if re.fullmatch(r"\w[\w.\-]{0,199}", id_) else None,
            "date": date,
            "kind": kinds[0] if kinds else "report",
            "title": title,
            "summary": entity.text("summary", *(() if entity.is_ours else ("description",))),
            "status": "draft" if keywords.get("status") == ["draft"] else "reviewed",
            "actors": _actors(entity, edges),
            "provinces": provinces,
            "places": places,
            "sites": edges.at[entity.id],
            "countries": _countries(entity),
            "nationalities": keywords.get("nationality", []),
            "tags": keywords.get("tag", []) + ([] if entity.is_ours else entity.take("keywords")),
            "sources": _sources(entity, edges),
            "links": edges.links[entity.id],
            "note": entity.text("notes"),
        }
    )
    if entity.is_ours:
        found.setdefault("countries", [])  # left out, they could be completed, and ours has none
    return found


def _date(entity: Entity) -> str:
    """When it was, in EDTF.

    Raises:
        DataError: it has no first day, or more than one.
    """
    start, end = _day(entity, "startDate"), _day(entity, "endDate")
    single = None if start else _day(entity, "date")
    if single:
        if end and end != single:
            entity.leave("endDate", end)
        return single
    if not start:
        raise DataError(f"the Event {entity.id[:80]!r} has no first day", "give it a `date` or a `startDate`")
    if entity.is_ours:
        return f"{start}/{end or '..'}"
    return f"{start}/{end}" if end and end != start else start


def _day(entity: Entity, property_: str) -> str | None:
    """A date without its time of day; of several that are one more or less exactly, the most exact.

    Raises:
        DataError: there are two.
    """
    values = entity.take(property_)
    days = sorted({text[:10] for text in values}, key=lambda day: (len(day), day))
    for text in values:
        if len(text) > len("2022-09-19"):
            entity.leave(f"{property_}, the time of day", text)
    if not all(days[-1].startswith(day) for day in days):
        raise DataError(f"the Event {entity.id[:80]!r} has more than one `{property_}`: {', '.join(days)[:80]}")
    for day in days[:-1]:
        entity.leave(f"{property_}, less exact", day)
    return days[-1] if days else None


def _actors(entity: Entity, edges: Edges) -> list[Record]:
    """Who had a part in it: by links with a role, else by who organised it and who was involved."""
    found = edges.parts[entity.id]
    told = {person["name"] for person in found}
    for property_, role in (("organizer", "subject"), ("involved", "mentioned")):
        for id_ in entity.take(property_):
            name = edges.names.get(id_)
            if name is None:
                edges.left_out[f"Event.{property_} of nobody here"] += 1
            elif name not in told:
                told.add(name)
                found.append({"name": name, "role": role})
    return found


def _where(entity: Entity, edges: Edges) -> tuple[list[Record], list[str]]:
    """Its places, and its provinces."""
    places, provinces = [], []
    for found in edges.addresses(entity.take("addressEntity")):
        province, name = _province(found), found[_named(found)]
        admin1 = found["admin1"] or (None if province else found["province"])
        if name:
            whole = {"name": name, "province": province, "admin1": admin1, "full": None, "id": None}
            places.append(_given(found | whole))
        elif province:
            provinces.append(province)
        if not entity.is_ours:
            edges.leave(found, *_taken(found, province))
    if entity.is_ours:
        entity.take("location")
    elif not places:
        places += [{"name": text} for text in entity.take("location")]
    return places, provinces


def _taken(found: Record, province: str | None) -> list[str]:
    """The keys of an address that the place of an event, or without its name the province, says."""
    taken = [*(_IN_CAMBODIA if province else ()), _named(found)]
    if found[_named(found)]:
        taken += ["country", "admin1", "lat", "lon", "precision", *([] if found["admin1"] else ["province"])]
    return taken


def _named(address: Record) -> str:
    """The key of an address that has its name."""
    return "name" if address["name"] else "full"


def _given(part: Record) -> Record:
    return {key: value for key, value in part.items() if value is not None}


def _countries(entity: Entity) -> list[str]:
    codes = [code.upper() for code in entity.take("country")]
    for code in codes:
        if not re.fullmatch("[A-Z]{2}", code):
            entity.leave("country", code)
    return [code for code in codes if re.fullmatch("[A-Z]{2}", code)]


def _sources(entity: Entity, edges: Edges) -> list[Record]:
    """Its documents; else those whom it names as publishers, with the address if there is one of each."""
    found = edges.sources(entity.id, entity.take("proof"))
    if entity.is_ours:
        entity.take("publisher", "sourceUrl")
    if found:
        return [_given(source) for source in found]
    outlets, urls = entity.take("publisher"), entity.take("sourceUrl")
    if len(outlets) == 1 and urls:
        return [{"outlet": outlets[0], "url": url} for url in urls]
    named = [{"outlet": outlet} for outlet in outlets]
    named += [{"outlet": host(url) or url, "url": url} for url in urls]
    return named or [{"outlet": dataset, "passage": entity.id} for dataset in entity.datasets]


def _known(record: Record) -> Record:
    """A record without the keys of which nothing is known."""
    return {key: value for key, value in record.items() if value not in (None, [])}
