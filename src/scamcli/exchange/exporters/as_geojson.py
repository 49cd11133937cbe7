"""GeoJSON (RFC 7946): points for the places of each event, with their precision.

A feature is a place of an event, a site where it happened whose own point is recorded, or a province of the event that
contains none of these. Every feature has the whole event in its properties, with its own number and the number of
features, so that no event is counted twice. The properties of `flat` stand beside the keys of the record.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import flat
from scamcli.exchange.exporters.dump import Losses, write_array
from scamcli.exchange.exporters.spots import Spot, Spots, attribution
from scamcli.records import canonical
from scamcli.records.derivations import originals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scamcli.exchange.exporters.dump import Dump, ExportOptions
    from scamcli.language.wording.bounds import Number
    from scamcli.records.types import EventDict, JsonObject


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write one feature per line."""
    credit = canonical.line(attribution())
    out.write(f'{{"type": "FeatureCollection", "attribution": {credit}, "features": ')
    write_array(out, _features(dump, losses))
    out.write(f', "terms": {json.dumps(terms)}' if (terms := dump.terms()) else "")
    out.write("}\n")


def _features(dump: Dump, losses: Losses) -> Iterator[JsonObject]:
    totals, spots = flat.Totals(dump, Losses()), Spots(dump, losses)  # figures are never lost: they are all there
    for event in dump.events():
        found, numbers = spots.of(event), totals.of(event)
        for number, spot in enumerate(found, 1):
            yield _feature(event, spot, number, len(found), numbers)


def _feature(event: EventDict, spot: Spot, number: int, of: int, numbers: Mapping[str, Number]) -> JsonObject:
    row = flat.texts(event, spot)
    outlets = list(dict.fromkeys(source["outlet"] for source in originals(event["sources"])))
    added: JsonObject = {
        "start": row["date"], "end": row["end"], "outlets": outlets, "feature": number, "of": of, "place": spot.place,
        "province": spot.province, "precision": spot.precision, "located_by": spot.located_by,
    }  # fmt: skip
    if spot.site is not None:
        added["site"] = spot.site
    added |= {name: row[name] for name in ("country", "lat", "lon", "url")}
    added |= {f"{name[:-1]}_names": row[name] for name in ("sites", "actors", "sources")}  # beside lists of these names
    added |= numbers
    return {
        "type": "Feature",
        "id": event["id"] if of == 1 else f"{event['id']}/{number}",
        "geometry": spot.point and {"type": "Point", "coordinates": spot.point},
        "properties": {key: value for key, value in event.items() if key != "type"} | added,
    }
