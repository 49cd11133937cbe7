"""Where events are on a map: points of records, of their sites, of towns and of provinces, each with its precision."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language import gazetteer
from scamcli.language.scripts import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.exchange.exporters.dump import Dump, Losses
    from scamcli.records.types import EventDict, PlaceDict, SiteDict

TOWNS = "GeoNames (CC BY 4.0), and for a few places Wikipedia (CC BY-SA 4.0) and OurAirports: docs/places.md"


def attribution() -> dict[str, str]:
    """Return whose the points are, to be shown with a map."""
    origin = gazetteer.attribution()
    points = {"points of provinces": origin["lat, lon"], "points of capitals": origin["capital"]}
    return points | {"points of towns": TOWNS}


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


class Spots:
    """Finds the spots of events, and counts events and places without a point.

    Args:
        dump: The sites are read from it.
    """

    def __init__(self, dump: Dump, losses: Losses) -> None:
        self._sites = {site["name"]: spot for site in dump.sites() if (spot := site_spot(site)) is not None}
        self._losses = losses

    def of(self, event: EventDict) -> list[Spot]:
        """Return the spots of an event: at least one, which is empty if nothing is known."""
        at = [self._sites[name] for name in event["sites"] if name in self._sites]
        spots = list(spots_of(event, at)) or [Spot()]
        if not event["places"] and not event["provinces"] and not at:
            self._losses.add("points of events without a place")
        else:
            self._losses.add("points of places without coordinates", sum(spot.point is None for spot in spots))
        return spots


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
            yield province_spot(None, province)


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
        return province_spot(name, province)
    capital = gazetteer.Town(known.capital, province)
    # The gazetteer takes the names of some capitals for the whole province, so the names are compared too.
    if place["precision"] == "town" and (plain(name) == plain(known.capital) or gazetteer.resolve(name) == capital):
        return Spot(name, province, (known.capital_lon, known.capital_lat), "town", "gazetteer")
    return province_spot(name, province)


def province_spot(name: str | None, province: str) -> Spot:
    """Return the point of a province, which stands for a place in it that has none."""
    known = gazetteer.resolve(province)
    if isinstance(known, gazetteer.Province):
        return Spot(name, province, (known.lon, known.lat), "province", "gazetteer")
    point = getattr(known, "point", None)
    return Spot(name, province, (point[1], point[0]), "province", "gazetteer") if point else Spot(name, province)


@cache
def _provinces() -> dict[str, gazetteer.Province]:
    return {province.name: province for province in gazetteer.provinces()}
