"""The outlines of countries, and maps that are made of them."""

from __future__ import annotations

from scamcli.language.gazetteer import provinces
from scamcli.output.charts import Point, outlines, point_map
from tests.helpers.svg_reading import checked, texts


def test_provinces_lie_in_the_outline_of_cambodia() -> None:
    (mainland, *_) = sorted(outlines.rings("KH"), key=lambda ring: -outlines.extent(ring).area)
    outside = [one.name for one in provinces() if not outlines.is_inside(mainland, (one.lon, one.lat))]
    assert outside == ["Kep"]  # on the coast, which Natural Earth generalises


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
