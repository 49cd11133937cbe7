"""Build actors, sites and events from FollowTheMoney entities, with only the keys that these have values for.

An entity that cannot become a record raises a `DataError`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError, quote
from scamcli.exchange import ftm_vocabulary
from scamcli.exchange.importers.ftm.edges import ACTORS, event_id, host
from scamcli.language import gazetteer
from scamcli.language.vocabulary import ACTOR_KINDS, EVENT_KINDS, SITE_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.exchange.importers.ftm.edges import Edges
    from scamcli.exchange.importers.ftm.entity import Entity

Record = dict[str, Any]

_POINT = ("lat", "lon", "precision")

_IN_CAMBODIA = ("province", "country")
"""Keys of an address that follow from its Cambodian province."""


def actor(entity: Entity, edges: Edges) -> Record:
    """Return a person, a company or another organisation as an actor."""
    name, *aliases = entity.names()
    fitting = [kind for kind in ACTOR_KINDS if ftm_vocabulary.SCHEMATA[kind] == entity.schema]
    positions = [*entity.take("position"), *edges.positions[entity.id]]
    found: Record = {
        "type": "actor",
        "name": name.strip(),
        # The classification if it fits the schema, or else the kind for the schema.
        "kind": _word(entity, "classification", fitting) or ACTORS.get(entity.schema),
        "aliases": edges.own_aliases("actor", entity, aliases),
        "positions": list(dict.fromkeys(positions)),
        "member_of": edges.bodies[entity.id],
        "topics": entity.take("topics"),
        "note": _note(entity.text("notes", "summary", "description"), edges.ownership[entity.id]),
    }
    if entity.is_ours and entity.take("keywords") == [ftm_vocabulary.PROTECTED]:
        found["protected"] = True
    return _without_empty(found)


def _note(text: str | None, lines: list[str]) -> str | None:
    """Return a note with lines that say who owns the actor, unless it has them already."""
    known = (text or "").splitlines()
    return "\n".join(filter(None, [text, *(line for line in lines if line not in known)])) or None


def _word(entity: Entity, property_: str, words: Sequence[str]) -> str | None:
    """Return the value of a property if it is one of these words."""
    word = entity.one(property_)
    if word is None or word in words:
        return word
    entity.leave(property_, word)
    return None


def site(entity: Entity, edges: Edges) -> Record:
    """Return a piece of real estate as a site, with its alleged owners and operators."""
    name, *aliases = entity.names()
    if entity.is_ours:
        entity.take("address", "country")
    found: Record = {
        "type": "site",
        "name": name.strip(),
        "kind": _word(entity, "propertyType", SITE_KINDS),
        "aliases": edges.own_aliases("site", entity, aliases),
        "owners": edges.owners[entity.id],
        "operators": edges.operators[entity.id],
        # In our exports, the description has the claims about the status of the site in words.
        "note": entity.text("notes", *(() if entity.is_ours else ("summary", "description"))),
    }
    address = entity.one("addressEntity")
    for place in edges.addresses([address] if address else []):
        found["place"], found["province"] = place[_name_key(place)], _province(place)
        taken = ["country"] if re.fullmatch("[A-Z]{2}", place["country"] or "") else []
        taken += _POINT if None not in (place["lat"], place["lon"]) else ()
        found |= {key: place[key] for key in taken}
        if not entity.is_ours:
            edges.leave(place, _name_key(place), *taken, *(_IN_CAMBODIA if found["province"] else ()))
    return _without_empty(found)


def _province(place: Record) -> str | None:
    """Return the province of a place, if it names one of Cambodia, or one abroad as our exports do."""
    name = place["province"] or ""
    if place["country"] in {None, "KH"}:
        return name if gazetteer.at_home(name) is not None else None
    known = gazetteer.resolve(name, place["country"])
    return name if known is not None and known.name == name else None


def event(entity: Entity, edges: Edges) -> Record:
    """Return an event as a record."""
    title, *others = entity.take("name") or entity.take("summary") or [""]
    if not title:
        raise DataError(f"The Event {quote(entity.id[:80])} has no name.", "Give it a `name`.")
    edges.left_out["Event.name"] += len(others)
    date = _date(entity)
    keywords = ftm_vocabulary.keywords(entity.take("keywords") if entity.is_ours else ())
    kinds = [word for word in keywords.get("kind", ()) if word in EVENT_KINDS]
    places, provinces = _places(entity, edges)
    id_ = event_id(entity)
    found: Record = _without_empty(
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
            "sites": edges.sites_of[entity.id],
            "linked_sites": edges.linked_sites_of[entity.id],
            "countries": _countries(entity),
            "nationalities": keywords.get("nationality", []),
            "tags": keywords.get("tag", []) + ([] if entity.is_ours else entity.take("keywords")),
            "sources": _sources(entity, edges),
            "links": edges.links[entity.id],
            "note": entity.text("notes"),
        }
    )
    if entity.is_ours:
        found.setdefault("countries", [])  # it was exported without countries, so none must be filled in
    return found


def _date(entity: Entity) -> str:
    """Return the date of an event in EDTF."""
    start, end = _day(entity, "startDate"), _day(entity, "endDate")
    single = None if start else _day(entity, "date")
    if single:
        if end and end != single:
            entity.leave("endDate", end)
        return single
    if not start:
        raise DataError(f"The Event {quote(entity.id[:80])} has no first day.", "Give it a `date` or a `startDate`.")
    if entity.is_ours:
        return f"{start}/{end or '..'}"
    return f"{start}/{end}" if end and end != start else start


def _day(entity: Entity, property_: str) -> str | None:
    """Return a date without its time of day. If several dates are compatible, return the most exact one."""
    values = entity.take(property_)
    days = sorted({text[:10] for text in values}, key=lambda day: (len(day), day))
    for text in values:
        if len(text) > len("2022-09-19"):
            entity.leave(f"{property_}, the time of day", text)
    if not all(days[-1].startswith(day) for day in days):
        raise DataError(f"The Event {quote(entity.id[:80])} has more than one `{property_}`: {', '.join(days)[:80]}.")
    for day in days[:-1]:
        entity.leave(f"{property_}, less exact", day)
    return days[-1] if days else None


def _actors(entity: Entity, edges: Edges) -> list[Record]:
    """Return the participants: those with a role in a link, then organisers and others involved."""
    found = edges.participants[entity.id]
    names = {person["name"] for person in found}
    for property_, role in (("organizer", "subject"), ("involved", "mentioned")):
        for id_ in entity.take(property_):
            name = edges.names.get(id_)
            if name is None:
                edges.left_out[f"Event.{property_} that is not in the file"] += 1
            elif name not in names:
                names.add(name)
                found.append({"name": name, "role": role})
    return found


def _places(entity: Entity, edges: Edges) -> tuple[list[Record], list[str]]:
    """Return the places of an event, and its provinces."""
    places, provinces = [], []
    for found in edges.addresses(entity.take("addressEntity")):
        province, name_key = _province(found), _name_key(found)
        taken = [name_key, *(_IN_CAMBODIA if province else ())]
        if found[name_key]:
            admin1 = found["admin1"] or (None if province else found["province"])
            whole = {"name": found[name_key], "province": province, "admin1": admin1, "full": None, "id": None}
            places.append(_without_empty(found | whole))
            taken += ["country", "admin1", "lat", "lon", "precision", *([] if found["admin1"] else ["province"])]
        elif province:
            provinces.append(province)
        if not entity.is_ours:
            edges.leave(found, *taken)
    if entity.is_ours:
        entity.take("location")
    elif not places:
        places += [{"name": text} for text in entity.take("location")]
    return places, provinces


def _name_key(address: Record) -> str:
    """Return the key of an address that has its name."""
    return "name" if address["name"] else "full"


def _countries(entity: Entity) -> list[str]:
    codes = [code.upper() for code in entity.take("country")]
    for code in codes.copy():
        if not re.fullmatch("[A-Z]{2}", code):
            codes.remove(code)
            entity.leave("country", code)
    return codes


def _sources(entity: Entity, edges: Edges) -> list[Record]:
    """Return the documents of an event, or else its publishers, with the address if there is only one of each."""
    found = edges.sources(entity.id, entity.take("proof"))
    if entity.is_ours:
        entity.take("publisher", "sourceUrl")
    if found:
        return [_without_empty(source) for source in found]
    outlets, urls = entity.take("publisher"), entity.take("sourceUrl")
    if len(outlets) == 1 and urls:
        return [{"outlet": outlets[0], "url": url} for url in urls]
    named = [{"outlet": outlet} for outlet in outlets]
    named += [{"outlet": host(url) or url, "url": url} for url in urls]
    return named or [{"outlet": dataset, "passage": entity.id} for dataset in entity.datasets]


def _without_empty(record: Record) -> Record:
    """Return a record or a part of one without empty keys."""
    return {key: value for key, value in record.items() if value not in (None, [])}
