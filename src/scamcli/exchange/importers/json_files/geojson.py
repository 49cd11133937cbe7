"""Turn features of GeoJSON (RFC 7946) into rows: their properties, and one point for each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeGuard

from scamcli.exchange.importers import DecimalText
from scamcli.exchange.importers.json_files.flatten import flatten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.records.types import JsonObject

PRECISIONS = ((1, "site"), (5, "town"), (30, "district"), (150, "province"), (math.inf, "country"))
"""The precision of the middle of an extent, by its greatest distance from a corner in kilometres."""

_KM_PER_DEGREE = 111.2


def is_feature(value: object) -> TypeGuard[JsonObject]:
    """Return whether a JSON value is a feature."""
    return isinstance(value, dict) and value.get("type") == "Feature" and "geometry" in value and "properties" in value


def flatten_feature(feature: JsonObject) -> Iterator[tuple[str, str]]:
    """Yield the columns of a feature: its properties, ``id``, ``geometry``, ``latitude`` and ``longitude``.

    The middle of the extent stands for a line, an area or several points, with a ``precision`` by its size. An extent
    across the 180th meridian has no such point.
    """
    given = feature["properties"]
    properties = dict(flatten(given)) if isinstance(given, dict) else {}
    yield from properties.items()
    rest = {key: one for key, one in feature.items() if key not in {"type", "geometry", "properties", "bbox"}}
    geometry = feature["geometry"]
    for name, text in (*flatten(rest), *(_point(geometry) if isinstance(geometry, dict) else ())):
        if properties.get(name) != text:
            yield (f"{name} (feature)" if properties.get(name) else name), text


def _point(geometry: JsonObject) -> Iterator[tuple[str, str]]:
    yield "geometry", str(geometry.get("type") or "")
    found = list(_positions(geometry))
    if len(set(found)) == 1:
        yield from zip(("longitude", "latitude"), found[0], strict=True)
        return
    degrees = [(float(lon), float(lat)) for lon, lat in found]
    if not degrees or not all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in degrees):
        return
    west, east = min(lon for lon, _ in degrees), max(lon for lon, _ in degrees)
    south, north = min(lat for _, lat in degrees), max(lat for _, lat in degrees)
    if east - west > 180:
        return
    lon, lat = (west + east) / 2, (south + north) / 2
    radius = _KM_PER_DEGREE * math.hypot((east - west) / 2 * math.cos(math.radians(lat)), (north - south) / 2)
    yield "longitude", DecimalText(f"{lon:.5f}".rstrip("0").rstrip("."))
    yield "latitude", DecimalText(f"{lat:.5f}".rstrip("0").rstrip("."))
    yield "precision", next(word for most, word in PRECISIONS if radius <= most)


def _positions(geometry: JsonObject) -> Iterator[tuple[DecimalText, DecimalText]]:
    """Yield longitude and latitude of all positions of a geometry, or of those in a collection."""
    waiting: list[object] = [geometry.get("coordinates")]
    inner = geometry.get("geometries")
    for one in inner if isinstance(inner, list) else ():
        if isinstance(one, dict):
            yield from _positions(one)
    while waiting:
        value = waiting.pop()
        if not isinstance(value, list):
            continue
        if len(value) >= 2 and isinstance(value[0], DecimalText) and isinstance(value[1], DecimalText):
            yield value[0], value[1]
        else:
            waiting += reversed(value)
