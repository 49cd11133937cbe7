"""GeoJSON (RFC 7946): the points of each event, each with what it is that the point stands for.

A feature is a place of an event, or a province of it in which none of its places lies. Every feature has the whole
event in its properties, and says which of how many it is, so that nobody counts an event twice.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from scamcli.language import dates, gazetteer
from scamcli.language.scripts import plain
from scamcli.records import canonical
from scamcli.records.sources import originals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.exchange.exporters import How
    from scamcli.exchange.exporters.dump import Dump, Losses, Record

HOLDS = frozenset({"event"})


class Spot(NamedTuple):
    """Where an event is put on a map.

    Attributes:
        place: its name; ``None`` where only the province is known.
        province: the Cambodian province.
        at: longitude, then latitude; ``None`` where nothing gives them.
        precision: what the coordinates point at.
        located_by: who gives them: the ``record``, or the ``gazetteer``.
    """

    place: str | None
    province: str | None
    at: tuple[float, float] | None
    precision: str | None
    located_by: str | None


def write(dump: Dump, out: TextIO, losses: Losses, how: How) -> None:
    """Write a feature a line."""
    del how
    origin = gazetteer.attribution()
    credit = canonical.line({"points of provinces": origin["lat, lon"], "points of capitals": origin["capital"]})
    out.write(f'{{"type": "FeatureCollection", "attribution": {credit}, "features": [')
    separator = "\n"
    for event in dump.events():
        spots = list(_spots(event)) or [Spot(None, None, None, None, None)]
        _note(event, spots, losses)
        for number, spot in enumerate(spots, 1):
            out.write(separator + canonical.line(_feature(event, spot, number, len(spots))))
            separator = ",\n"
    out.write("\n]}\n")


def _spots(event: Record) -> Iterator[Spot]:
    """The places of an event, then its provinces in which none of them lies."""
    met = set()
    for place in event["places"]:
        met.add(place["province"])
        yield _place(place)
    for province in event["provinces"]:
        if province not in met:
            known = _provinces()[province]
            yield Spot(None, province, (known.lon, known.lat), "province", "gazetteer")


def _place(place: Record) -> Spot:
    name, province = place["name"], place["province"]
    if place["lat"] is not None and place["lon"] is not None:
        return Spot(name, province, (place["lon"], place["lat"]), place["precision"], "record")
    if province is None:
        return Spot(name, None, None, None, None)
    known = _provinces()[province]
    if place["precision"] == "town" and _is_capital(name, known):
        return Spot(name, province, (known.capital_lon, known.capital_lat), "town", "gazetteer")
    return Spot(name, province, (known.lon, known.lat), "province", "gazetteer")


def _is_capital(town: str, province: gazetteer.Province) -> bool:
    """Whether a town is the capital, also where the gazetteer takes that name for the whole province."""
    capital = gazetteer.Town(province.capital, province.name)
    return plain(town) == plain(province.capital) or gazetteer.resolve(town) == capital


@cache
def _provinces() -> dict[str, gazetteer.Province]:
    return {province.name: province for province in gazetteer.provinces()}


def _note(event: Record, spots: list[Spot], losses: Losses) -> None:
    """Note what a map does not show, though the file has it."""
    if not event["places"] and not event["provinces"]:
        losses.add("points of events without a place")
    else:
        losses.add("points of places without coordinates", sum(spot.at is None for spot in spots))


def _feature(event: Record, spot: Spot, number: int, of: int) -> Record:
    period = dates.parse_date(event["date"])
    own: dict[str, Any] = {
        "start": period.start if period.start is None else dates.iso(period.start),
        "end": period.end if period.end is None else dates.iso(period.end),
        "outlets": list(dict.fromkeys(source["outlet"] for source in originals(event["sources"]))),
        "feature": number,
        "of": of,
        "place": spot.place,
        "province": spot.province,
        "precision": spot.precision,
        "located_by": spot.located_by,
    }
    return {
        "type": "Feature",
        "id": event["id"] if of == 1 else f"{event['id']}/{number}",
        "geometry": spot.at and {"type": "Point", "coordinates": spot.at},
        "properties": {key: value for key, value in event.items() if key != "type"} | own,
    }
