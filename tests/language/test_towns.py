"""The gazetteer of towns, zones and crossings: whole, each in its country and province, with its source."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from scamcli.language import gazetteer
from scamcli.language.gazetteer import divisions, towns
from scamcli.language.vocabulary import PRECISIONS

if TYPE_CHECKING:
    from scamcli.language.gazetteer.towns import LocatedTown

ALL = towns.places()
BOXES = {
    "KH": (9.9, 14.8, 102.2, 107.8), "LA": (13.9, 22.6, 100.0, 107.7), "MM": (9.5, 28.6, 92.1, 101.2),
    "MY": (0.8, 7.5, 99.6, 119.3), "PH": (4.5, 21.2, 116.9, 126.7), "TH": (5.6, 20.5, 97.3, 105.7),
    "VN": (8.3, 23.5, 102.1, 109.5),
}  # fmt: skip
"""Least and greatest latitude and longitude of each country, in whole tenths of a degree."""

FARTHEST, FARTHEST_IN_WIDE = 240, 400
WIDE = {"Palawan, PH", "Sagaing, MM", "Sarawak, MY", "Shan, MM"}
"""Provinces that are wider than others: how many kilometres a place can be from the point of its province."""

WANTED = """
Bavet, Poipet, Chrey Thom, O'Smach, Sihanoukville City, Pailin; Myawaddy, Shwe Kokko, KK Park, Laukkaing;
Tachileik, Mong La, Muse, Payathonzu; Golden Triangle Special Economic Zone, Boten, Houayxay; Mae Sot, Mae Sai;
Aranyaprathet; Mộc Bài, Hà Tiên, Lào Cai; Bamban, Porac, Pasay, Parañaque; Johor Bahru, Bukit Kayu Hitam
"""


def kilometres(one: LocatedTown, point: tuple[float, float]) -> float:
    return 111.2 * math.hypot(one.lat - point[0], (one.lon - point[1]) * math.cos(math.radians(one.lat)))


def point_of(province: str) -> tuple[float, float] | None:
    found = gazetteer.resolve(province)
    return (found.lat, found.lon) if isinstance(found, gazetteer.Province) else getattr(found, "point", None)


def test_there_are_enough_in_every_country() -> None:
    assert len(ALL) >= 120
    assert min(Counter(one.country for one in ALL).values()) >= 15
    names = {one.name for one in ALL}
    assert {name.strip() for name in WANTED.replace(";", ",").split(",")} <= names
    assert len({(one.name, one.province) for one in ALL}) == len(ALL)


def test_each_lies_in_its_country_and_province() -> None:
    for one in ALL:
        south, north, west, east = BOXES[one.country]
        assert south <= one.lat <= north
        assert west <= one.lon <= east
        division = gazetteer.resolve(one.province)
        assert division is not None
        assert (division.name, division.country) == (one.province, one.country)
        point = point_of(one.province)
        assert point is not None
        assert kilometres(one, point) < (FARTHEST_IN_WIDE if one.province in WIDE else FARTHEST)


def test_each_says_what_it_is_and_where_it_comes_from() -> None:
    for one in ALL:
        assert one.kind in {"town", "zone", "crossing"}
        assert one.precision in PRECISIONS
        assert one.source.startswith(("GeoNames ", "Wikipedia, ", "OurAirports "))
        assert (one.precision == "district") == ("approximate" in one.source or "airport" in one.source)


def test_each_resolves_to_its_province() -> None:
    for one in ALL:
        for name in (one.name, *one.other_names):
            found = gazetteer.resolve(name, one.country)
            assert found is not None, name
            assert found.province == one.province, name
            assert gazetteer.resolve(f"{name}, {one.country}") == found, name
        assert gazetteer.located(one.name, one.province) == one


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("Myawaddy", "Kayin, MM"),
        ("妙瓦底", "Kayin, MM"),
        ("မြဝတီ", "Kayin, MM"),
        ("Shwe Kokko", "Kayin, MM"),
        ("Laukkai", "Shan, MM"),
        ("果敢老街", "Shan, MM"),
        ("Golden Triangle zone", "Bokeo, LA"),
        ("金三角经济特区", "Bokeo, LA"),
        ("แม่สอด", "Tak, TH"),
        ("Moc Bai", "Tây Ninh, VN"),
        ("Bamban", "Tarlac, PH"),
        ("波贝", "Banteay Meanchey"),
        ("Svay Chek", "Banteay Meanchey"),
        ("Quezon City, PH", "Metro Manila, PH"),
        ("Cebu City, PH", "Cebu, PH"),
    ],
)
def test_names_that_need_no_more(text: str, province: str) -> None:
    found = gazetteer.resolve(text)
    assert isinstance(found, gazetteer.Town)
    assert found.province == province


@pytest.mark.parametrize(
    "text", ["Hpa-An", "George Town", "Pasay", "Myawaddy, TH", "Koh Rong", "", "x" * 100_000, "\ud800"]
)
def test_the_latin_name_of_a_town_abroad_needs_its_country(text: str) -> None:
    assert gazetteer.resolve(text) is None


def test_a_name_of_both_is_the_division() -> None:
    for name in ("Tak", "Bangkok", "Yangon", "Savannakhet", "Tây Ninh"):
        assert isinstance(gazetteer.resolve(name), divisions.Division), name
