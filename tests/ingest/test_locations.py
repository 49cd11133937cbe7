"""Where an entry happens: its provinces, places, sites and countries."""

from __future__ import annotations

import pytest

from scamcli.ingest.proposal import Known
from tests.helpers.proposals_of import record

KNOWN = Known(sites={"Jade Quay": "Jade Quay", "Old Quay": "Jade Quay"}, places={"Jade Quay": "Kampot"})

PROVINCES = [
    ("Thirty-nine people were found dead in Essex, in Britain.", ["Essex, GB"]),
    ("Thirty-nine people were found dead in Dover, Kent, United Kingdom.", ["Kent, GB"]),
    ("Police freed 45 people in Kandal.", ["Kandal"]),
    ("Police freed 45 people in Kandal province.", ["Kandal"]),
    ("Police freed 45 people in Sihanoukville.", ["Preah Sihanouk"]),
    ("Police freed 45 people in Poipet.", ["Banteay Meanchey"]),
    ("Police freed 45 people in Bavet, Svay Rieng.", ["Svay Rieng"]),
    ("Police freed people in Kandal, Kampot and Takeo.", ["Kandal", "Kampot", "Takeo"]),
    ("Police freed 45 people at Jade Quay.", ["Kampot"]),
    ("Police freed 45 people in the capital, Phnom Penh.", ["Phnom Penh"]),
    ("Police freed 45 people on Kampot Street in Bangkok.", ["Bangkok, TH"]),
    ("Police freed 45 people near Kandal Primary School.", []),
    ("Police freed 45 people in Bangkok.", ["Bangkok, TH"]),
    ("Police freed 45 people in Mae Sot, Tak province.", ["Tak, TH"]),
    ("Deputies stopped a truck with 45 people in Texas.", ["Texas, US"]),
    ("Police in Surin freed a woman from Tay Ninh.", ["Surin, TH"]),
    ("20 foreign workers from Sihanoukville were found dead.", ["Preah Sihanouk"]),
    ("34 Indians from Kampot were freed.", ["Kampot"]),
    ("Twelve Cambodians from Kampot were freed in Bavet.", ["Svay Rieng"]),
    ("Many of the requests were from Kandal and Kampot.", ["Kandal", "Kampot"]),
    ("Police freed 850 citizens from Mae Sot.", ["Tak, TH"]),
    ("Police freed 45 people in Kayin State and Johor.", ["Kayin, MM", "Johor, MY"]),
    ("Police freed 45 people in a villa north of the capital Manila.", []),
    ("Police freed 45 people 30 km from Bangkok.", []),
    ("The search covered a stretch of sea the size of New Jersey.", []),
    ("The minister told reporters in Bangkok that 45 people were freed.", []),
    ("Envoys from the embassies in Yangon and Bangkok met the 45 people.", []),
    ("The Malaysian Consulate General in Songkhla helped 45 people.", []),
    ("The Embassy of Sri Lanka in Bangkok helped 45 people.", []),
    ("The Embassy of Ghana said 14 people in Bangkok died.", ["Bangkok, TH"]),
    ("Mon 12 Dec: Police freed 45 people.", []),
    ("Police freed 45 people in Kandal. Write to Room 304, 14 Example Boulevard, Phnom Penh.", ["Kandal"]),
    ("Nobody was there.", []),
]

COUNTRIES = [
    ("Forty people drowned off Libya.", ["LY"]),
    ("Forty people drowned off the coast of the Gambia.", ["GM"]),
    ("Forty people drowned in Libyan waters near the Turkish coast.", ["LY", "TR"]),
    ("Forty people drowned trying to reach Greece.", []),
    ("Forty people drowned on a boat bound for Italy.", []),
    ("Police freed 45 people in northern Italy.", ["IT"]),
    ("Forty people drowned, said Minister Joel Example in Geneva.", []),
    ("Police freed 45 people in Kandal.", ["KH"]),
    ("Police freed 45 people in Bangkok.", ["TH"]),
    ("Police freed 45 people in Myawaddy, Myanmar.", ["MM"]),
    ("Police freed 45 people in Laos and Myanmar.", ["LA", "MM"]),
    ("Police freed 45 people from Nepal in Kandal.", ["KH"]),
    ("Thai police freed 45 people in Poipet.", ["KH"]),
    ("A gang in Dubai held 45 people.", ["AE"]),
    ("Police freed 850 citizens from Mae Sot.", ["TH"]),
    ("Police freed 45 people in a villa north of the capital Manila.", ["PH"]),
    ("Some 45 women were repatriated from Oman and Kuwait.", ["OM", "KW"]),
    ("Some 45 women from Uganda and Kenya were freed.", []),
    ("Some 45 Kenyans were flown home on Monday.", ["KE"]),
    ("Police freed 45 people in Thailand, Malaysia and Singapore.", ["TH", "MY", "SG"]),
    ("Forty people drowned off Lampedusa, and 12 were taken to Pozzallo.", ["IT"]),
    ("Six men were arrested in Misrata, and two in Agadez.", ["LY", "NE"]),
    ("The Greek coast guard saved 45 people.", ["GR"]),
    ("The Hellenic Coast Guard saved 45 people.", ["GR"]),
    ("South Korean police freed 45 people.", ["KR"]),
    ("Saudi border guards found 45 people.", ["SA"]),
    ("The Indian Embassy said 45 people were freed.", []),
    ("Police freed 45 people in Kandal who had been told of jobs in Kuwait.", ["KH"]),
    ("Police freed 45 people in Kandal, who had paid to go to Malaysia.", ["KH"]),
    ("Police freed 45 people in Kandal, who had come via Lagos, Nairobi and Dubai.", ["KH"]),
    ("Police freed 45 people in Kandal, who had travelled through Nairobi and Bangkok.", ["KH"]),
    ("Police freed 45 people in Kandal, who had paid $4,000 for the trip from Dhaka.", ["KH"]),
    ("Police freed 45 people in Kandal, who were being taken to Lucknow.", ["KH"]),
    ("Police freed 45 people in Kandal, all residents of Lagos, Kano and Dubai.", ["KH"]),
    ("Police freed 45 people in Kandal. All were from Lagos and Nairobi.", ["KH"]),
    ("Police freed 45 people in Kandal. Nine are from Assam, three from West Bengal and one from Dhaka.", ["KH"]),
    ("Kenya brought home 45 workers from Mae Sot.", ["TH"]),
    ("Police freed 45 people in Myawaddy, opposite the Thai town of Mae Sot.", ["MM"]),
    ("Police freed 45 people in Shwe Kokko, across the Moei river from Mae Sot.", ["MM"]),
    ("Police freed 45 people near Mae Sot.", ["TH"]),
    ("Forty people, who were flown out through Mae Sot, came home.", ["TH"]),
    ("Thirty Indians from Myawaddy scam hubs came home.", ["MM", "IN"]),
    ("Police in Dhaka arrested two brokers minutes before a flight to Vientiane.", ["BD"]),
]


@pytest.mark.parametrize(
    ("text", "provinces"),
    [
        ("Police in Kratie arrested 312 people, while 27 others were arrested in Pursat.", ["Kratie", "Pursat"]),
        (
            "Police in the northeastern province of Kratie arrested 312 people from Laos, and 27 people from China were"
            " arrested in the western province of Pursat.",
            ["Kratie", "Pursat"],
        ),
        ("Police in Kandal and Takeo freed 12 people.", [None]),
        ("In Kandal and Takeo, police freed 12 people in Kampot.", ["Kampot"]),
    ],
)
def test_numbers_of_several_provinces(text: str, provinces: list[str | None]) -> None:
    assert [one["province"] for one in record(text)["figures"]] == provinces


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("At least 120,000 people in Myanmar and 100,000 in Cambodia are held.", [("MM", None), ("KH", None)]),
        (
            "Thirty-nine people left: 22 in Myawaddy, 14 in Sihanoukville and three in Laos.",
            [(None, None), ("MM", "Kayin, MM"), ("KH", "Preah Sihanouk"), ("LA", None)],
        ),
        ("Nine people from Kenya and 12 from Uganda were freed in Laos.", [("LA", None), ("LA", None)]),
    ],
)
def test_numbers_of_several_countries(text: str, places: list[tuple[str | None, str | None]]) -> None:
    assert [(one["country"], one["province"]) for one in record(text)["figures"]] == places


@pytest.mark.parametrize(("body", "expected"), PROVINCES)
def test_provinces(body: str, expected: list[str]) -> None:
    assert record(body, known=KNOWN)["provinces"] == expected


@pytest.mark.parametrize(("body", "expected"), COUNTRIES)
def test_countries(body: str, expected: list[str]) -> None:
    assert record(body, known=KNOWN)["countries"] == expected


@pytest.mark.parametrize(
    ("body", "name", "country", "province"),
    [
        ("Police freed 45 people in Poipet.", "Poipet", "KH", "Banteay Meanchey"),
        ("Police freed 45 people in Bavet.", "Bavet", "KH", "Svay Rieng"),
        ("Police freed 45 people in Bangkok.", "Bangkok", "TH", "Bangkok, TH"),
        ("Police freed 45 people in Myawaddy.", "Myawaddy", "MM", "Kayin, MM"),
    ],
)
def test_a_town_is_a_place_with_its_country(body: str, name: str, country: str, province: str | None) -> None:
    (place,) = record(body)["places"]
    assert (place["name"], place["country"], place["province"]) == (name, country, province)
    assert place["precision"] == "town"


@pytest.mark.parametrize("name", ["Jade Quay", "Old Quay"])
def test_a_known_site_is_found_by_each_of_its_names(name: str) -> None:
    found = record(f"Police freed 45 people at {name}.", known=KNOWN)
    assert (found["sites"], found["provinces"], found["countries"]) == (["Jade Quay"], ["Kampot"], ["KH"])


def test_in_a_text_that_names_no_place_no_country_is_invented() -> None:
    found = record("Police freed 45 people, forty Chinese among them.")
    assert (found["provinces"], found["places"], found["countries"], found["actors"]) == ([], [], [], [])


def test_a_division_abroad_is_no_place_unless_it_is_a_city() -> None:
    found = record("Police freed 45 people in Surin and 12 in Bangkok.")
    assert [place["name"] for place in found["places"]] == ["Bangkok"]
    assert [(one["province"], one["country"]) for one in found["figures"]] == [
        ("Surin, TH", "TH"),
        ("Bangkok, TH", "TH"),
    ]
