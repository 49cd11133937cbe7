"""Where an entry happens: its provinces, places, sites and countries."""

from __future__ import annotations

import pytest

from scamcli.ingest.proposal import Known, Metadata
from tests.helpers.proposals_of import proposals, record

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


@pytest.mark.parametrize(
    ("sentence", "province"),
    [
        ("Police arrested five agents.", "Kayin, MM"),
        ("Burmese police arrested five agents.", "Kayin, MM"),
        ("Indian police arrested five agents.", None),
    ],
)
def test_a_body_of_another_country_acts_elsewhere(sentence: str, province: str | None) -> None:
    figures = record(f"On Monday, 60 Indians were freed from Myawaddy. {sentence}")["figures"]
    assert [one["province"] for one in figures] == ["Kayin, MM", province]


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


def test_an_entry_that_names_no_place_has_the_country_of_most_of_the_text() -> None:
    others = "".join(
        f"\n2023-03-{day:02}: Police in {place} arrested two men.\n"
        for day, place in enumerate(("Kampot", "Kandal", "Pursat"), 9)
    )
    first, *_ = proposals(f"2023-03-08: Police freed 45 people.\n{others}")
    assert (first.record["provinces"], first.record["countries"]) == ([], ["KH"])
    assert [actor["name"] for actor in first.record["actors"]] == ["Cambodian police"]


@pytest.mark.parametrize("places", [("Kampot",), ("Kampot", "Kandal", "Bangkok", "Manila", "Hanoi")])
def test_a_country_named_rarely_or_among_others_is_not_that_of_every_entry(places: tuple[str, ...]) -> None:
    others = "".join(
        f"\n2023-03-{day:02}: Police in {place} arrested two men.\n" for day, place in enumerate(places, 9)
    )
    first, *_ = proposals(f"2023-03-08: Police freed 45 people.\n{others}")
    assert (first.record["countries"], first.record["actors"]) == ([], [])


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


@pytest.mark.parametrize(
    "dateline", ["BANGKOK, May 1 (Delta Wire) - ", "Bangkok – ", "(Bangkok) – ", "Bangkok: ", "BANGKOK, Thailand: "]
)
def test_nothing_happens_at_the_dateline_of_a_story(dateline: str) -> None:
    [one] = proposals(f"{dateline}Police freed 45 people in Surin on Monday.", Metadata(published="2024-05-14"))
    assert one.record["provinces"] == ["Surin, TH"]


DATELINES = [
    ("KAMPALA, Uganda — A Kampala court charged two. They took 46 people to Laos, police said.", "Ugandan police"),
    ("JAKARTA — Police arrested two men. They took 46 people to Laos, prosecutors said.", "Indonesian prosecutors"),
    ("JAKARTA — Police arrested four men. In Thailand, prosecutors said that nine were freed.", "Thai prosecutors"),
    ("BANGKOK — Lao police freed 45 people in Bokeo. They were in Thailand, prosecutors said.", "Thai prosecutors"),
    ("BANGKOK — Lao police freed 45 people in Bokeo. They are well, prosecutors said.", "Lao prosecutors"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DATELINES)
def test_authorities_without_a_name_are_those_of_the_country_of_a_story(text: str, expected: str) -> None:
    [one] = proposals(text, Metadata(published="2024-05-14"))
    assert expected in {actor["name"] for actor in one.record["actors"]}


def test_the_country_of_the_dateline_is_that_of_an_entry_without_any() -> None:
    [one] = proposals("Bangkok – Police freed 45 people on Monday.", Metadata(published="2024-05-14"))
    assert (one.record["provinces"], one.record["countries"]) == ([], ["TH"])


def test_a_place_before_a_colon_is_one_in_a_list() -> None:
    text = "1 May 2024: Bangkok: Police freed 45 people.\n\n2 May 2024: Surin: Police freed nine people.\n"
    assert [one.record["provinces"] for one in proposals(text, Metadata())] == [["Bangkok, TH"], ["Surin, TH"]]


def test_an_entry_without_a_place_is_in_the_division_of_nearly_all_of_the_text() -> None:
    text = (
        "On 1 May 2024, police freed 45 people in Surin.\n\nOn 2 May 2024, officers came back to Surin.\n\n"
        "On 3 May 2024, nine people were arrested.\n\nOn 4 May 2024, nine people were arrested in Laos."
    )
    found = [one.record["provinces"] for one in proposals(text, Metadata())]
    assert found == [["Surin, TH"], ["Surin, TH"], ["Surin, TH"], []]


def test_the_label_of_a_row_is_a_place_if_the_people_are_others() -> None:
    text = "On 3 May 2024, 90 people were rescued:\n- Laos: 60 Indians\n- India: 30 Indians\n"
    [one] = proposals(text, Metadata())
    assert one.record["countries"] == ["LA"]


def test_the_headline_helps_to_say_where_most_of_a_text_happens() -> None:
    text = "Three women were freed on 3 May 2024. Two others were freed in Zinder on 9 May 2024.\n"
    about = Metadata(title="Raids in Agadez, Niger, and Arlit", outlet="Example Daily", published="2024-06-15")
    (first, _), (plain, _) = proposals(text, about), proposals(text)
    assert (first.record["countries"], plain.record["countries"]) == (["NE"], [])


def test_the_division_of_a_headline_and_of_a_text_is_that_of_its_entries() -> None:
    text = "Three women were freed on 3 May 2024. Two others were freed in Benin City on 9 May 2024 in Edo State.\n"
    about = Metadata(title="Rescues in Edo State", outlet="Example Daily", published="2024-06-15")
    (first, _), (plain, _) = proposals(text, about), proposals(text)
    assert (first.record["provinces"], plain.record["provinces"]) == (["Edo, NG"], [])


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("Two Kenyans came home.", ["Kenyan"]),
        ("Two Ugandans came home.", []),
    ],
)
def test_the_only_nationality_of_a_text_is_that_of_its_figures(last: str, expected: list[str]) -> None:
    text = f"2024-05-03: Police freed 12 people.\n\n2024-05-04: Four Kenyans were freed.\n\n2024-05-09: {last}\n"
    assert proposals(text)[0].record["nationalities"] == expected


def test_a_nationality_can_stand_before_its_people() -> None:
    assert record("Police found: Indonesian nationality 88 people.")["nationalities"] == ["Indonesian"]


def test_the_title_of_a_list_says_where_its_entries_happen() -> None:
    items = ["3 May 2024: Police freed 45.", "9 May 2024: Police freed nine in Poipet.", "12 May 2024: A raid."]
    text = "\n\n".join(items)
    found = [one.record["provinces"] for one in proposals(text, Metadata("Raids in Kandal, 2024"))]
    assert found == [["Kandal"], ["Banteay Meanchey"], ["Kandal"]]
    assert next(one.record["provinces"] for one in proposals(text, Metadata("Raids of 2024"))) == []
