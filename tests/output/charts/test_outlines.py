"""The outlines of countries, and maps that are made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scamcli.language.countries import countries
from scamcli.language.gazetteer import provinces
from scamcli.output.charts import Point, outlines, point_map
from scamcli.output.charts.map_frame import fitting
from tests.helpers.svg_reading import checked, texts

FILE = Path(outlines.__file__).with_name("outlines.json")


def test_the_file_is_small_and_has_the_known_countries() -> None:
    assert FILE.stat().st_size < 150_000
    assert set(outlines.codes()) <= countries().keys()
    assert {"KH", "TH", "LA", "VN", "MM", "MY", "SG", "PH", "ID", "CN", "HK", "MO", "TW", "AE"} <= set(outlines.codes())


@pytest.mark.parametrize("code", outlines.codes())
def test_every_outline_is_an_area_on_the_earth(code: str) -> None:
    for ring in outlines.rings(code):
        assert len(ring) >= 3
        assert all(-180.01 <= x <= 180.01 and -90.01 <= y <= 90.01 for x, y in ring)


def test_provinces_lie_in_the_outline_of_cambodia() -> None:
    (mainland, *_) = sorted(outlines.rings("KH"), key=lambda ring: -outlines.extent(ring).area)
    outside = [one.name for one in provinces() if not outlines.is_inside(mainland, (one.lon, one.lat))]
    assert outside == ["Kep"]  # on the coast, which Natural Earth generalises


def test_neighbours_share_their_border() -> None:
    """A border is simplified once, so no gap opens between two countries."""
    assert {point for ring in outlines.rings("KH") for point in ring} & {
        point for ring in outlines.rings("VN") for point in ring
    }


@pytest.mark.parametrize("codes", [["KH"], ["KH", "MM", "PH"], ["SG"], []])
def test_the_frame_has_every_place_and_the_countries(codes: list[str]) -> None:
    places = [(103.5, 10.6), (98.5, 16.7)]
    frame = fitting(places, codes)
    assert frame is not None
    parts = [part for code in codes for part in outlines.main_extents(code)]
    for place in [*places, *((part.left, part.bottom) for part in parts), *((part.right, part.top) for part in parts)]:
        x, y = frame.project(place)
        assert 0 <= x <= frame.width
        assert 0 <= y <= frame.height


def test_places_that_share_a_mark_are_listed() -> None:
    points = [Point(10.6, 103.5, f"Site {number}", "site", "site") for number in range(3)]
    drawn = texts(checked(point_map([*points, Point(13.6, 102.5, "Poipet", "town", "town")], ["KH"], anchor="m",
                                    title="T", description="D")))  # fmt: skip
    assert "Poipet" in drawn
    assert "1  Site 0; Site 1; Site 2" in drawn
    assert "1" in drawn


def test_imprecise_places_are_areas() -> None:
    def circles(precision: str) -> list[float]:
        chart = point_map([Point(11.4, 105, "P", precision, "site")], ["KH"], anchor="m", title="T", description="D")
        return [float(item.attrib["r"]) for item in checked(chart).iter("circle")]

    assert max(circles("site")) < max(circles("district")) < max(circles("province")) < max(circles("country"))


def test_every_map_says_what_its_outlines_are() -> None:
    chart = point_map([], ["KH"], anchor="m", title="T", description="D")
    assert "Natural Earth" in " ".join(texts(checked(chart)))
    assert "not authoritative" in str(checked(chart).findtext("desc"))
