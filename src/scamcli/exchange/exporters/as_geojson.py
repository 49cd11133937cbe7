"""GeoJSON (RFC 7946): points for the places of each event, with their precision.

A feature is a place of an event, a site where it happened whose own point is recorded, or a province of the event that
contains none of these. Every feature has the whole event in its properties, with its own number and the number of
features, so that no event is counted twice.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TextIO

from scamcli.exchange.exporters import date_parts
from scamcli.exchange.exporters.dump import write_array
from scamcli.language import gazetteer
from scamcli.language.scripts import plain
from scamcli.records import canonical
from scamcli.records.sources import originals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.records.types import EventDict, JsonObject, PlaceDict, SiteDict


TOWNS = "GeoNames (CC BY 4.0), and for a few places Wikipedia (CC BY-SA 4.0) and OurAirports: docs/places.md"


class Spot(NamedTuple):
    """The location of an event on a map.

    Attributes:
        place: the name of the place; ``None`` if only the province is known.
        point: longitude and latitude in degrees; ``None`` if neither the record nor the gazetteer has them.
        precision: what the point represents.
        located_by: where the point comes from: ``record``, ``gazetteer``, or ``site``, the record of the site.
        site: the name of the site, if the point is its own.
    """

    place: str | None = None
    province: str | None = None
    point: tuple[float, float] | None = None
    precision: str | None = None
    located_by: str | None = None
    site: str | None = None


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write one feature per line."""
    origin = gazetteer.attribution()
    points = {"points of provinces": origin["lat, lon"], "points of capitals": origin["capital"]}
    credit = canonical.line(points | {"points of towns": TOWNS})
    out.write(f'{{"type": "FeatureCollection", "attribution": {credit}, "features": ')
    write_array(out, _features(dump, losses))
    out.write("}\n")


def _features(dump: Dump, losses: Losses) -> Iterator[JsonObject]:
    sites = {site["name"]: spot for site in dump.sites() if (spot := site_spot(site)) is not None}
    for event in dump.events():
        at = [sites[name] for name in event["sites"] if name in sites]
        spots = list(spots_of(event, at)) or [Spot()]
        if not event["places"] and not event["provinces"] and not at:
            losses.add("points of events without a place")
        else:
            losses.add("points of places without coordinates", sum(spot.point is None for spot in spots))
        for number, spot in enumerate(spots, 1):
            yield _feature(event, spot, number, len(spots))


def site_spot(site: SiteDict) -> Spot | None:
    """Return the point of a site, if its record has one."""
    lat, lon = site["lat"], site["lon"]
    if lat is None or lon is None:
        return None
    return Spot(site["place"], site["province"], (lon, lat), site["precision"], "site", site["name"])


def spots_of(event: EventDict, sites: list[Spot]) -> Iterator[Spot]:
    """Yield the places of an event, then its sites with a point, then its provinces that contain none of these."""
    for place in event["places"]:
        yield _place_spot(place)
    yield from sites
    covered = {place["province"] for place in event["places"]} | {spot.province for spot in sites}
    for province in event["provinces"]:
        if province not in covered:
            yield _province_spot(None, province)


def _place_spot(place: PlaceDict) -> Spot:
    name, province = place["name"], place["province"]
    if place["lat"] is not None and place["lon"] is not None:
        return Spot(name, province, (place["lon"], place["lat"]), place["precision"], "record")
    if province is None:
        return Spot(name)
    town = gazetteer.located(name, province)
    is_town = isinstance(gazetteer.resolve(name, gazetteer.country_of(province)), gazetteer.Town)
    if town is not None and place["precision"] in ({None, "town", "site"} if is_town else {"town"}):
        return Spot(name, province, (town.lon, town.lat), town.precision, "gazetteer")
    known = _provinces().get(province)
    if known is None:
        return _province_spot(name, province)
    capital = gazetteer.Town(known.capital, province)
    # The gazetteer takes the names of some capitals for the whole province, so the names are compared too.
    if place["precision"] == "town" and (plain(name) == plain(known.capital) or gazetteer.resolve(name) == capital):
        return Spot(name, province, (known.capital_lon, known.capital_lat), "town", "gazetteer")
    return _province_spot(name, province)


def _province_spot(name: str | None, province: str) -> Spot:
    """Return the point of a province, which stands for a place in it that has none."""
    known = gazetteer.resolve(province)
    if isinstance(known, gazetteer.Province):
        return Spot(name, province, (known.lon, known.lat), "province", "gazetteer")
    point = getattr(known, "point", None)
    return Spot(name, province, (point[1], point[0]), "province", "gazetteer") if point else Spot(name, province)


@cache
def _provinces() -> dict[str, gazetteer.Province]:
    return {province.name: province for province in gazetteer.provinces()}


def _feature(event: EventDict, spot: Spot, number: int, of: int) -> JsonObject:
    start, end = date_parts.first_and_last_day(event["date"])
    outlets = list(dict.fromkeys(source["outlet"] for source in originals(event["sources"])))
    added: JsonObject = {
        "start": start, "end": end, "outlets": outlets, "feature": number, "of": of, "place": spot.place,
        "province": spot.province, "precision": spot.precision, "located_by": spot.located_by,
    }  # fmt: skip
    if spot.site is not None:
        added["site"] = spot.site
    return {
        "type": "Feature",
        "id": event["id"] if of == 1 else f"{event['id']}/{number}",
        "geometry": spot.point and {"type": "Point", "coordinates": spot.point},
        "properties": {key: value for key, value in event.items() if key != "type"} | added,
    }
