"""The table of countries against ISO 3166 and a library of demonyms, and what records could name before it."""

from __future__ import annotations

import pycountry
import pytest
from countryinfo import CountryInfo

from scamcli.language.countries import body_adjective, countries, country_of_adjective, demonym, is_demonym

STANDARD = {country.alpha_2: country for country in pycountry.countries}
OTHER_NAMES = {
    "CD": "Democratic Republic of the Congo", "FK": "Falkland Islands", "FM": "Micronesia", "MF": "Saint Martin",
    "PS": "Palestine", "SX": "Sint Maarten", "VA": "Holy See", "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
}  # fmt: skip
"""Where the standard turns the name around or adds to it."""
OTHER_DEMONYMS = {"Cape Verdian", "Christmas Island", "Djibouti", "Gibraltar", "Guadeloupian", "Guinea-Bissauan"}
"""Where the library gives the name of the place, or a spelling of its own."""
UNINHABITED_OR_JOINT = {"GG", "JE", "HM", "GS", "WF", "KN"}

ONCE_KNOWN = """
Afghan, Argentine, Argentinian, Barbadian, Botswanan, British, Burkinabe, Burmese, Cambodian, Chinese,
Dominican, Dutch, Emirati, English, Filipino, Guinean, Indian, Ivorian, Kazakh, Kazakhstani, Kenyan, Kiribati,
Kosovar, Kyrgyz, Kyrgyzstani, Lao, Laotian, Liechtensteiner, Luxembourger, Malagasy, Mosotho, Myanmar, Nepalese,
Nepali, Nigerien, Philippine, Sammarinese, Saudi, Scottish, Slovene, Slovenian, Somali, Swazi, Taiwanese,
Tajikistani, Thai, Timorese, Turkmen, Uzbekistani, Vanuatuan, Vietnamese, Welsh,
Bissau-Guinean, Cape Verdean, Central African, Costa Rican, East Timorese, Equatorial Guinean, Hong Konger, Hong
Kong, Ivory Coast, Kittitian, Macanese, New Zealand, New Zealander, North Korean, Papua New Guinean, Puerto
Rican, Saint Lucian, Sierra Leonean, Solomon Islander, South African, South Korean, South Sudanese, Sri Lankan,
São Toméan, Vincentian
"""
"""Words that records have used, so that none may be lost."""

PLURALS = [
    ("TH", "Thais"), ("PH", "Filipinos"), ("AE", "Emiratis"), ("KZ", "Kazakhs"), ("HK", "Hong Kongers"),
    ("GB", "Britons"), ("CZ", "Czechs"), ("FR", "Frenchmen"), ("UG", "Ugandans"), ("NP", "Nepalis"), ("PL", "Poles"),
]  # fmt: skip


def test_every_country_of_the_standard_is_there() -> None:
    assert set(countries()) == {*STANDARD, "XK"}


def test_the_name_of_the_standard_is_among_ours() -> None:
    for code in STANDARD:
        country = STANDARD[code]
        wanted = {country.name, getattr(country, "common_name", country.name), OTHER_NAMES.get(code, country.name)}
        assert wanted & set(countries()[code].names)


def test_the_demonym_of_the_library_is_known() -> None:
    for code in set(STANDARD) - UNINHABITED_OR_JOINT:
        given = CountryInfo(code).demonym() or ""
        for word in filter(None, given.split(",")):
            assert is_demonym(word) or word in OTHER_DEMONYMS


def test_no_demonym_was_lost() -> None:
    words = ONCE_KNOWN.replace("\n", " ").strip().split(", ")
    assert [word for word in words if not (is_demonym(word) and is_demonym(word.upper()))] == []


def test_a_plural_or_a_country_is_no_demonym() -> None:
    assert not any(map(is_demonym, ("Thais", "Filipinos", "Thailand", "Cambodia", "", "foreign")))


@pytest.mark.parametrize(("code", "plural"), PLURALS)
def test_plurals(code: str, plural: str) -> None:
    assert plural in countries()[code].plurals


def test_no_plural_is_the_name_of_a_country() -> None:
    names = {name for country in countries().values() for name in country.names}
    assert not names & {plural for country in countries().values() for plural in country.plurals}


def test_no_name_is_of_two_countries() -> None:
    names = [name for country in countries().values() for name in country.names]
    assert len(names) == len(set(names))


def test_how_a_body_is_called() -> None:
    assert [body_adjective(code) for code in ("KH", "TH", "PH", "MM", "US")] == [
        "Cambodian", "Thai", "Philippine", "Myanmar", "US",
    ]  # fmt: skip


def test_a_country_without_a_demonym_is_not_found_by_nothing() -> None:
    assert country_of_adjective("") is None
    assert country_of_adjective("Libyan") == "LY"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thailand", "Thai"), ("TH", "Thai"), ("THA", "Thai"), ("Thais", "Thai"), ("thais", "Thai"),
        ("Thai nationals", "Thai"), ("PRC", "Chinese"), ("Filipinas", "Filipino"), ("ไทย", "Thai"),
        ("thai", "Thai"), ("Nepalese", "Nepali"), ("Nepalese workers", "Nepali"), ("Scottish", "Scottish"),
        ("Korean", "Korean"), ("no", "no"), ("foreigners", "foreigners"), ("people", "people"),
        ("foreign nationals", "foreign nationals"), ("Vietnamese and Chinese", "Vietnamese and Chinese"),
    ],
)  # fmt: skip
def test_names_codes_and_plurals_become_demonyms(text: str, expected: str) -> None:
    assert demonym(text) == expected
    assert demonym(expected) == expected
