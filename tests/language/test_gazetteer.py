"""Provinces and towns: every spelling leads to one place, near ones to that place alone, others to none."""

from collections import defaultdict

import pytest

from scamcli.language.gazetteer import (
    ELSEWHERE,
    Province,
    Town,
    attribution,
    near,
    province_names,
    provinces,
    resolve,
    suggest_provinces,
)
from scamcli.language.scripts import fold_word, plain

ALL = provinces()
NAMES = [(name, province.name) for province in ALL for name in province.names]
TOWNS = [(spelling, town) for province in ALL for spelling, town in province.town_spellings]
COENG_TA, COENG_DA = "\u17d2\u178f", "\u17d2\u178a"


def name_of(text: str) -> str | None:
    found = near(text)
    return None if found is None else found.name


def test_there_are_25() -> None:
    assert len(ALL) == len(province_names()) == 25
    assert {province.iso for province in ALL} == {f"KH-{number}" for number in range(1, 26)}
    assert [province.name for province in ALL if province.kind != "province"] == ["Phnom Penh"]


def test_each_lies_in_cambodia_with_its_capital() -> None:
    for province in ALL:
        for lat, lon in ((province.lat, province.lon), (province.capital_lat, province.capital_lon)):
            assert 9.9 < lat < 14.8
            assert 102.2 < lon < 107.8
        capital = resolve(province.capital)
        assert capital is not None
        assert province.name in (capital.name, getattr(capital, "province", None))
        assert all(town.province == province.name for town in province.towns)


def test_every_name_is_its_province() -> None:
    for text, name in NAMES:
        variants = (text, text.upper(), text.lower(), f"  {text} ", "\u200b".join(text))
        looks = (text.replace(COENG_TA, COENG_DA), text.replace(COENG_DA, COENG_TA))
        for variant in (*variants, *looks, f"{text} province"):
            found = resolve(variant)
            assert isinstance(found, Province), variant
            assert found.name == name
        assert near(text) == resolve(text)


def test_words_of_kind_do_not_matter() -> None:
    for province in ALL:
        khmer = [prefix + gap + province.khmer for prefix in ("ខេត្ត", "ខេត្ដ", "រាជធានី") for gap in ("", " ", "\u200b")]
        english = [f"{province.name} Province", f"{province.name} municipality", f"Province {province.name}"]
        for text in (*khmer, *english, province.name.replace(" ", ""), province.iso.replace("-", " ")):
            assert resolve(text) == province, text


def test_every_town_is_itself() -> None:
    for text, town in TOWNS:
        assert resolve(text) == town
        assert resolve(text.upper()) == town
        if "Sihanouk" not in text:  # a name of both, whose town needs its own spelling
            assert resolve(f"{text} town") == town


@pytest.mark.parametrize(
    ("text", "town", "province"),
    [
        ("Poipet", "Poipet", "Banteay Meanchey"),
        ("poi pet city", "Poipet", "Banteay Meanchey"),
        ("Bavet", "Bavet", "Svay Rieng"),
        ("Krong Bavet", "Bavet", "Svay Rieng"),
        ("Bokor", "Bokor", "Kampot"),
        ("Sisophon", "Sisophon", "Banteay Meanchey"),
        ("Ta Khmau", "Ta Khmau", "Kandal"),
        ("Takhmau", "Ta Khmau", "Kandal"),
        ("Suong", "Suong", "Tbong Khmum"),
        ("Banlung", "Banlung", "Ratanakiri"),
        ("OSmach", "O'Smach", "Oddar Meanchey"),
        ("Sihanoukville City", "Sihanoukville City", "Preah Sihanouk"),
    ],
)
def test_a_town_knows_its_province(text: str, town: str, province: str) -> None:
    assert resolve(text) == Town(town, province)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sihanoukville", "Preah Sihanouk"),
        ("Kampong Som", "Preah Sihanouk"),
        ("KH-18", "Preah Sihanouk"),
        ("kh-18", "Preah Sihanouk"),
        ("ព្រះសីហនុ", "Preah Sihanouk"),
        ("ព្រះសី\u200bហនុ", "Preah Sihanouk"),
        ("ក្រុងព្រះសីហនុ", "Preah Sihanouk"),
        ("西港", "Preah Sihanouk"),
        ("Preah Sihanouk province", "Preah Sihanouk"),
        ("Battambang", "Battambang"),
        ("Kampot", "Kampot"),
        ("Kampot town", "Kampot"),
        ("Kratié", "Kratie"),
        ("Phnom Penh Municipality", "Phnom Penh"),
        ("រាជធានីភ្នំពេញ", "Phnom Penh"),
        ("កណ្តាល", "Kandal"),
        ("កណ្ដាល", "Kandal"),
        ("ខេត្តកណ្តាល", "Kandal"),
        ("ឧត្តរមានជ័យ", "Oddar Meanchey"),
        ("ឧត្ដរមានជ័យ", "Oddar Meanchey"),
    ],
)
def test_a_name_of_both_is_the_province(text: str, name: str) -> None:
    found = resolve(text)
    assert isinstance(found, Province)
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sihanoukvile", "Preah Sihanouk"),
        ("Sihanookville", "Preah Sihanouk"),
        ("Preah Sihanok", "Preah Sihanouk"),
        ("Battambong", "Battambang"),
        ("Batambang", "Battambang"),
        ("Pusat", "Pursat"),
        ("Phnom Pehn", "Phnom Penh"),
        ("Phnom Pen", "Phnom Penh"),
        ("Pnom Penh", "Phnom Penh"),
        ("Siemrep", "Siem Reap"),
        ("Kampong Chnang", "Kampong Chhnang"),
        ("Kampong Chom", "Kampong Cham"),
        ("Kompong Spue", "Kampong Speu"),
        ("Svey Rieng", "Svay Rieng"),
        ("Prey Vang", "Prey Veng"),
        ("Banteay Meanchy", "Banteay Meanchey"),
        ("Oddar Meanchay", "Oddar Meanchey"),
        ("Ratanakiry province", "Ratanakiri"),
        ("Mondulkiry", "Mondulkiri"),
        ("Tboung Kmum", "Tbong Khmum"),
        ("Stung Treang", "Stung Treng"),
        ("Kandall", "Kandal"),
        ("Poipei", "Poipet"),
        ("Takhmao", "Ta Khmau"),
        ("Sihanoukvile province", "Preah Sihanouk"),
    ],
)
def test_one_near_spelling_is_taken(text: str, name: str) -> None:
    assert resolve(text) is None
    assert name_of(text) == name


@pytest.mark.parametrize(
    "text",
    [
        *ELSEWHERE, *(name.upper() for name in ELSEWHERE),
        "", " ", "-", "Kek", "Kap", "Siam", "Siem", "Thailand", "Laos", "Vietnam", "Myanmar",
        "Malaysia", "Kam",
        "Kampong", "Kampon", "Kampo", "Koh", "Preah", "Phnom", "Prey", "Svay", "Stoung", "Krong", "province",
        "KH-26", "KH-0",
        "KH", "Moc Bai", "Mộc Bài", "Kohrong", "Bogor", "Tokyo", "Kampong Trach", "Kampong Rou",
        "Kampong Seila",
        "Kampong Siem",
        "Kandahar", "Truong", "ខេត្ត", "ក្រុង", "ស្វាយ", "ពោធិ៍", "កំពង់",
        "កំពង់បាយ", "កណ្ដោល", "港", "市",
        "x" * 100_000, "\ud800", "\0",
    ],
)  # fmt: skip
def test_nothing_else_is_near(text: str) -> None:
    assert near(text) is None


def test_no_name_leads_to_two_places() -> None:
    places = defaultdict(set)
    for text, name in NAMES:
        places[fold_word(plain(text).replace(" ", ""))].add(name)
    for text, town in TOWNS:
        places[fold_word(plain(text).replace(" ", ""))].add(town.name)
    assert {key: names for key, names in places.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Sihanouk", ["Preah Sihanouk"]),
        ("Koh Rong", ["Koh Kong"]),
        ("Kampong", ["Kampong Cham", "Kampong Thom"]),
        ("Meanchey", ["Banteay Meanchey", "Oddar Meanchey"]),
        ("Batambong", ["Battambang"]),
        ("កំពង់", ["Kampong Thom"]),
        ("Thailand", []),
        ("", []),
        ("x" * 100_000, []),
    ],
)
def test_suggestions(text: str, first: list[str]) -> None:
    found = suggest_provinces(text)
    assert set(first) <= set(found)
    assert bool(found) is bool(first)
    assert len(found) <= 3
    assert set(found) <= province_names()


def test_the_sources_are_named() -> None:
    assert {"khmer", "capital"} <= set(attribution())
    assert "attribution required" in attribution()["khmer"]
