"""KML: fastkml and GDAL read back every event with its days and its points, in a folder per kind."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.command_line import done
from tests.helpers.nasty_records import records
from tests.helpers.validators import need, program

if TYPE_CHECKING:
    from pathlib import Path


def document(text: str) -> Any:
    """The document as fastkml reads it, which also validates it against the schema of the OGC."""
    kml = need("fastkml").KML.from_string(text.partition("\n")[2], strict=True)
    assert kml.validate()
    (found,) = kml.features
    return found


def data_of(placemark: Any) -> dict[str, str]:
    return {one.name: one.value for one in placemark.extended_data.elements}


def test_every_event_is_a_placemark_in_the_folder_of_its_kind(timeline: str) -> None:
    found = document(done("export", "kml").out)
    placemarks = [(folder.name, placemark) for folder in found.features for placemark in folder.features]
    assert sorted((data_of(one)["id"], kind) for kind, one in placemarks) == sorted(
        (event["id"], event["kind"]) for event in records()
    )
    styles = {f"#{style.id}" for style in found.styles}
    assert {placemark.style_url.url for _, placemark in placemarks} <= styles


def test_points_and_days_are_those_of_geojson() -> None:
    features: dict[str, list[Any]] = {}
    for feature in json.loads(done("export", "geojson").out)["features"]:
        features.setdefault(feature["properties"]["id"], []).append(feature)
    for folder in document(done("export", "kml").out).features:
        for placemark in folder.features:
            values = data_of(placemark)
            found = features[values["id"]]
            points = [one["geometry"]["coordinates"] for one in found if one["geometry"]]
            geometry = placemark.geometry
            parts = [] if geometry is None else list(getattr(geometry, "geoms", [geometry]))
            assert [list(part.coords[0]) for part in parts] == points
            properties = found[0]["properties"]
            assert str(placemark.times.begin) == properties["start"]
            assert (placemark.times.end and str(placemark.times.end)) == properties["end"]
            numbers = {name: value for name, value in properties.items() if name.endswith(("_low", "_best", "_high"))}
            assert {name: float(values[name]) for name in numbers} == numbers


def test_nothing_in_a_text_acts(nasty_db: Path) -> None:
    from lxml import html

    for folder in document(done("export", "kml").out).features:
        for placemark in folder.features:
            tags = {element.tag for element in html.fromstring(f"<div>{placemark.description}</div>").iter()}
            assert tags <= {"div", "p", "ul", "li", "a"}


@pytest.mark.thorough
def test_gdal_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "map.kml"
    path.write_text(done("export", "kml").out, encoding="utf-8")
    said = subprocess.run(
        [program("ogrinfo"), "-al", "-so", str(path)], capture_output=True, text=True, check=True
    ).stdout
    counts = [int(line.rpartition(" ")[2]) for line in said.splitlines() if line.startswith("Feature Count")]
    assert sum(counts) == len(records())
    assert "begin: DateTime" in said
    assert "country: String" in said
