"""Countries and divisions: the whole tables against pycountry, and names that are ambiguous, local or of the press."""

from __future__ import annotations

import pycountry
import pytest
from babel import Locale
from countryinfo import CountryInfo

from scamcli.language import gazetteer
from scamcli.language.countries import countries, resolve_country
from scamcli.language.gazetteer import divisions

STANDARD = {country.alpha_2: country for country in pycountry.countries}
DIVISIONS = {division.code: division for division in pycountry.subdivisions if division.country_code != "KH"}

WITH_THE_SAME_NAME = {
    "AZ": {"LA", "LAN", "SA", "SAK", "YE", "YEV"}, "EE": {"661", "663", "793", "796", "897", "899", "917", "919"},
    "ES": {"IB", "PM"}, "HU": {"VE", "VM"}, "LA": {"VI", "VT"}, "MZ": {"L", "MPM"},
    "TW": {"CYI", "CYQ", "HSQ", "HSZ"}, "UZ": {"TK", "TO"},
}  # fmt: skip
"""Divisions whose name in the standard another one of the country has, neither of which lies in the other."""

UN_NAMES = [
    ("United Kingdom of Great Britain and Northern Ireland", "GB"), ("Republic of Moldova", "MD"),
    ("Iran, Islamic Republic of", "IR"), ("Iran (Islamic Republic of)", "IR"), ("Islamic Republic of Iran", "IR"),
    ("Hong Kong SAR", "HK"), ("China, Hong Kong Special Administrative Region", "HK"), ("MMR", "MM"),
    ("mmr", "MM"), ("mm", "MM"), ("Burma", "MM"), ("the Republic of the Union of Myanmar", "MM"),
    ("Lao People's Democratic Republic", "LA"), ("Viet Nam", "VN"), ("Timor-Leste", "TL"), ("East Timor", "TL"),
    ("Democratic People's Republic of Korea", "KP"), ("Republic of Korea", "KR"), ("Türkiye", "TR"),
    ("Bolivia (Plurinational State of)", "BO"), ("Venezuela (Bolivarian Republic of)", "VE"),
    ("United Republic of Tanzania", "TZ"), ("State of Palestine", "PS"), ("Côte d'Ivoire", "CI"),
    ("Netherlands (Kingdom of the)", "NL"), ("Micronesia (Federated States of)", "FM"),
    ("United States Virgin Islands", "VI"), ("Philippines (the)", "PH"), ("UK", "GB"), ("USA", "US"),
    ("ประเทศไทย", None), ("ไทย", "TH"), ("កម្ពុជា", "KH"), ("中国", "CN"), ("Kosovo", "XK"), ("Atlantis", None),
    ("", None), ("KHX", None), ("Congo, Democratic Republic of the", "CD"), ("Congo", "CG"),
]  # fmt: skip


def test_every_country_resolves_by_its_codes_and_names() -> None:
    for code, country in STANDARD.items():
        names = {country.name, getattr(country, "official_name", code), getattr(country, "common_name", code)}
        for text in {code, code.lower(), country.alpha_3, country.alpha_3.lower(), *names}:
            assert resolve_country(text) == code, text
            assert resolve_country(f"the {text}") == code or len(text) <= 3


def test_other_packages_mean_the_same_country() -> None:
    names = Locale("en").territories
    for code in STANDARD:
        assert resolve_country(names[code]) == code
        try:
            info = CountryInfo(code)
        except Exception:  # it lacks some territories
            continue
        assert resolve_country(info.name()) in {code, None}
        assert {resolve_country(name) for name in info.alt_spellings() if len(name) > 3} <= {code, None}


@pytest.mark.parametrize(("text", "code"), UN_NAMES)
def test_names_of_the_united_nations_and_of_the_press(text: str, code: str | None) -> None:
    assert resolve_country(text) == code


def test_the_table_has_every_division_of_the_standard() -> None:
    ours = {one.code: one for country in countries() for one in divisions.of_country(country)}
    assert ours.keys() == DIVISIONS.keys()
    assert len({one.name for one in ours.values()}) == len(ours)
    assert {code: one.parent for code, one in ours.items()} == {
        code: division.parent_code or "" for code, division in DIVISIONS.items()
    }
    for one in ours.values():
        assert one.parent == "" or one.parent in ours
        assert one.point is None or (-90 <= one.point[0] <= 90 and -180 <= one.point[1] <= 180)
        assert gazetteer.country_of(one.name) == one.country


def test_every_division_resolves_by_code_and_name() -> None:
    for country in sorted({code[:2] for code in DIVISIONS}):
        same = {f"{country}-{local}" for local in WITH_THE_SAME_NAME.get(country, ())}
        for one in divisions.of_country(country):
            assert divisions.resolve(one.code) == divisions.resolve(one.code.lower()) == one
            assert divisions.resolve(one.name) == divisions.resolve(one.name.upper()) == one
            name = DIVISIONS[one.code].name
            for text in (
                f"{name}, {country}",
                f"{name}, {STANDARD[country].alpha_3}",
                f"{name}, {countries()[country].names[0]}",
            ):
                found = divisions.resolve(text)
                if one.code in same:
                    assert found is None or found == one, text
                    assert one.name in divisions.candidates(text) or found == one, text
                else:
                    assert found is not None, text
                    assert found == one or found.code == one.parent, text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kayin, MM", "Kayin, MM"),
        ("kayin,mmr", "Kayin, MM"),
        ("Karen State, Burma", "Kayin, MM"),
        ("MM-13", "Kayin, MM"),
        ("mm 13", "Kayin, MM"),
        ("ကရင်ပြည်နယ်", "Kayin, MM"),
        ("Kayin State", "Kayin, MM"),
        ("Shan", "Shan, MM"),
        ("掸邦", "Shan, MM"),
        ("Tak", "Tak, TH"),
        ("จังหวัดตาก", "Tak, TH"),
        ("Bangkok", "Bangkok, TH"),
        ("Bokèo", "Bokeo, LA"),
        ("ແຂວງບໍ່ແກ້ວ, LA", "Bokeo, LA"),
        ("Tay Ninh", "Tây Ninh, VN"),
        ("Saigon", "Ho Chi Minh City, VN"),
        ("Metro Manila", "Metro Manila, PH"),
        ("Tarlac province", "Tarlac, PH"),
        ("Penang", "Penang, MY"),
        ("Vientiane", "Vientiane, LA"),
        ("Vientiane Province", "Vientiane Province, LA"),
        ("Dhaka", "Dhaka, BD"),
        ("City of Bristol, GB", "Bristol, City of, GB"),
        ("Atlantis, HN", "Atlántida, HN"),
        ("Kandal, KH", "Kandal"),
        ("Kandal, Cambodia", "Kandal"),
        ("KH-8", "Kandal"),
        ("Preah Sihanouk", "Preah Sihanouk"),
    ],
)
def test_what_a_division_is_called(text: str, name: str) -> None:
    found = gazetteer.resolve(text)
    assert found is not None
    assert found.province == name
    assert gazetteer.country_of(name) == ("KH" if ", " not in name else name[-2:])


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Central", {"Central, FJ", "Central, UG", "Central, ZM"}),
        ("Amazonas", {"Amazonas, BR", "Amazonas, PE"}),
        ("Chiayi, TW", {"Chiayi (City), TW", "Chiayi (County), TW"}),
        ("Viangchan, LA", {"Vientiane, LA", "Vientiane Province, LA"}),
        ("Georgia", set()),
        ("Luxembourg", set()),
        ("Atlantis", set()),
        ("Kayin, TH", set()),
        ("Salt", set()),
        ("", set()),
        (", MM", set()),
        ("State, MM", set()),
        ("x" * 100_000, set()),
        ("\ud800", set()),
        ("\0", set()),
    ],
)
def test_an_ambiguous_name_is_refused_with_its_options(text: str, options: set[str]) -> None:
    assert gazetteer.resolve(text) is None
    assert options <= set(gazetteer.candidates(text))
    assert bool(gazetteer.candidates(text)) is bool(options)


def test_a_country_decides_what_an_ambiguous_name_means() -> None:
    names = [getattr(gazetteer.resolve("Central", country), "name", None) for country in ("UG", "ZM", "MM", "KH")]
    assert names == ["Central, UG", "Central, ZM", None, None]
    assert gazetteer.resolve("Kandal", "TH") is None
    assert gazetteer.resolve("MM-13", "TH") is None


def test_a_name_of_cambodia_is_never_one_abroad() -> None:
    for province in gazetteer.provinces():
        for name in province.names:
            assert gazetteer.resolve(name) == province


def test_a_region_consists_of_its_provinces() -> None:
    assert gazetteer.parts("Central Luzon, PH") >= {"Tarlac, PH", "Pampanga, PH"}
    assert gazetteer.parts("Tarlac, PH") == {"Tarlac, PH"}
    assert gazetteer.parts("Kandal") == {"Kandal"}
    assert gazetteer.parts("England, GB") > gazetteer.parts("Essex, GB")


def test_a_town_abroad_is_suggested_with_its_country() -> None:
    """Its name alone is refused, as towns of one name are in many countries."""
    assert gazetteer.resolve("Hpa-An") is None
    assert gazetteer.suggest_provinces("hpa an") == ["Hpa-An, MM"]
    assert gazetteer.suggest_provinces("Golden Triangle") == ["Golden Triangle Special Economic Zone, LA"]
    assert gazetteer.suggest_provinces("Kandl") == ["Kandal"]
    assert gazetteer.suggest_provinces("Mo") == []
