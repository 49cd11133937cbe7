"""GeoJSON: valid, longitude first, every event once however many points it has, and honest about what a point is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.language.gazetteer import provinces
from tests.helpers.command_line import done, run
from tests.helpers.nasty_records import EVENT, records, take
from tests.helpers.validators import need

if TYPE_CHECKING:
    from pathlib import Path

PROVINCES = {province.name: province for province in provinces()}
BOXES = {"KH": (102.0, 10.0, 108.0, 15.0), "TH": (97.0, 5.0, 106.0, 21.0), "MM": (92.0, 9.0, 102.0, 29.0)}
"""West, south, east, north. A point with swapped coordinates lies in none of these boxes."""


def exported(*asked: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done("export", "geojson", *asked).out)
    return found


def features(*asked: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = exported(*asked)["features"]
    return found


def test_a_validator_takes_it(timeline: str) -> None:
    collection = need("geojson_pydantic").FeatureCollection.model_validate_json(done("export", "geojson").out)
    assert len(collection.features) == len(features())
    assert {feature.geometry.type for feature in collection.features if feature.geometry} == {"Point"}


def test_the_rules_of_the_rfc_that_a_validator_leaves_out(timeline: str) -> None:
    collection = exported()
    assert "crs" not in collection
    assert len({feature["id"] for feature in collection["features"]}) == len(collection["features"])
    for feature in collection["features"]:
        assert feature.keys() == {"type", "id", "geometry", "properties"}
        if feature["geometry"]:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90


def test_no_point_of_the_shipped_timeline_is_swapped() -> None:
    points = [feature["geometry"]["coordinates"] for feature in features() if feature["geometry"]]
    west, south, east, north = BOXES["KH"]
    assert len(points) > 30
    assert all(west < longitude < east and south < latitude < north for longitude, latitude in points)


def test_every_event_is_there_once_and_whole(timeline: str) -> None:
    found = features()
    for event in records():
        of_it = [feature for feature in found if feature["properties"]["id"] == event["id"]]
        assert [feature["properties"]["feature"] for feature in of_it] == list(range(1, len(of_it) + 1))
        assert {feature["properties"]["of"] for feature in of_it} == {len(of_it)}
        for feature in of_it:
            assert {key: feature["properties"][key] for key in event if key != "type"} | {"type": "event"} == event
    assert sum(feature["properties"]["feature"] == 1 for feature in found) == len(records())


Spot = tuple[Any, ...]

KAMPOT = [PROVINCES["Kampot"].lon, PROVINCES["Kampot"].lat]
SIHANOUK = [PROVINCES["Preah Sihanouk"].lon, PROVINCES["Preah Sihanouk"].lat]
CAPITAL = [PROVINCES["Preah Sihanouk"].capital_lon, PROVINCES["Preah Sihanouk"].capital_lat]

BOKOR = {"name": "Bokor", "province": "Kampot", "precision": "site"}
TOWN = {"name": "Sihanoukville", "province": "Preah Sihanouk", "precision": "town"}
ABROAD = {"name": "Thailand", "country": "TH"}

IN_KAMPOT = (None, "Kampot", "province", "gazetteer", KAMPOT)
IN_TOWN = ("Sihanoukville", "Preah Sihanouk", "town", "gazetteer", CAPITAL)
NOWHERE = (None, None, None, None)

SPOTS: dict[str, tuple[dict[str, Any], list[Spot]]] = {
    "a place with coordinates is where it is": (
        {"places": [BOKOR | {"lat": 10.62, "lon": 104.02}]},
        [("Bokor", "Kampot", "site", "record", [104.02, 10.62])],
    ),
    "where nobody says what coordinates point at, nothing is added": (
        {"places": [ABROAD | {"lat": 1.5, "lon": 2.5}]},
        [("Thailand", None, None, "record", [2.5, 1.5])],
    ),
    "half a coordinate is none": ({"places": [ABROAD | {"lat": 1.5}]}, [("Thailand", *NOWHERE)]),
    "abroad nothing is guessed": ({"places": [ABROAD | {"precision": "country"}]}, [("Thailand", *NOWHERE)]),
    "the gazetteer knows where a capital is": ({"places": [TOWN]}, [IN_TOWN]),
    "a name of both is the province, where the record does not say that it is the town": (
        {"places": [TOWN | {"precision": "province"}]},
        [("Sihanoukville", "Preah Sihanouk", "province", "gazetteer", SIHANOUK)],
    ),
    "another town is only somewhere in its province": (
        {"places": [BOKOR]},
        [("Bokor", "Kampot", "province", "gazetteer", KAMPOT)],
    ),
    "a town of the gazetteer is where the town is": (
        {"places": [{"name": "Poipet"}]},
        [("Poipet", "Banteay Meanchey", "town", "gazetteer", [102.56365, 13.65805])],
    ),
    "a town abroad as well, by any name": (
        {"provinces": ["妙瓦底"]},
        [("Myawaddy", "Kayin, MM", "town", "gazetteer", [98.50893, 16.68911])],
    ),
    "some towns are only near their point": (
        {"places": [{"name": "Chrey Thom", "precision": "town"}]},
        [("Chrey Thom", "Kandal", "district", "gazetteer", [105.067, 10.917])],
    ),
    "a city with the name of its province, if it is said to be one": (
        {"places": [{"name": "Yangon", "country": "MM", "precision": "town"}, {"name": "Tak", "province": "Tak, TH"}]},
        [
            ("Yangon", "Yangon, MM", "town", "gazetteer", [96.15611, 16.80528]),
            ("Tak", "Tak, TH", "province", "gazetteer", [98.9954, 17.1054]),
        ],
    ),
    "a province abroad": (
        {"provinces": ["Kayin, MM"]},
        [(None, "Kayin, MM", "province", "gazetteer", [97.7499, 17.1863])],
    ),
    "a province": ({"provinces": ["Kampot"]}, [IN_KAMPOT]),
    "a province is not there again beside its town": (
        {"provinces": ["Kampot", "Preah Sihanouk"], "places": [TOWN]},
        [IN_TOWN, IN_KAMPOT],
    ),
    "without a place it is still there": ({}, [(None, *NOWHERE)]),
}


@pytest.mark.parametrize(("given", "spots"), SPOTS.values(), ids=SPOTS)
def test_where_an_event_is_put(given: dict[str, Any], spots: list[Spot], empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, EVENT | given)
    keys = ("place", "province", "precision", "located_by")
    found = [
        (*(feature["properties"][key] for key in keys), (feature["geometry"] or {}).get("coordinates"))
        for feature in features()
    ]
    assert found == spots


def test_what_the_map_does_not_show_is_said(empty_db: Path, tmp_path: Path) -> None:
    abroad = {"id": "f", "places": [{"name": "Thailand", "country": "TH"}, {"name": "Laos", "country": "LA"}]}
    take(tmp_path, EVENT, EVENT | abroad)
    told = "points of events without a place (1), points of places without coordinates (2)."
    assert done("export", "geojson").err == f"scamcli: Not in geojson: {told}\n"
    assert run("export", "geojson", "--strict").code == 2
    take(tmp_path, EVENT | {"id": "g", "provinces": ["Kampot"]})
    assert done("export", "geojson", "--province", "Kampot", "--strict").err == ""


def test_a_site_with_a_point_is_where_its_events_were(empty_db: Path, tmp_path: Path) -> None:
    point = {"lat": 11.5, "lon": 104.25, "precision": "point", "province": "Kandal"}
    take(
        tmp_path,
        {"type": "site", "name": "Gate", **point}, {"type": "site", "name": "Half", "lat": 11.0},
        EVENT | {"id": "e-1", "sites": ["Gate", "Half"], "provinces": ["Kandal", "Takeo"]},
        EVENT | {"id": "e-2", "linked_sites": ["Gate"]},
    )  # fmt: skip
    at_gate, takeo, linked = features()
    assert at_gate["geometry"]["coordinates"] == [104.25, 11.5]
    said = {key: at_gate["properties"][key] for key in ("site", "place", "province", "precision", "located_by", "of")}
    assert said == {
        "site": "Gate", "place": None, "province": "Kandal", "precision": "point", "located_by": "site", "of": 2,
    }  # fmt: skip
    assert (takeo["properties"]["province"], takeo["properties"]["located_by"]) == ("Takeo", "gazetteer")
    assert linked["geometry"] is None, "only evidence links the two"
