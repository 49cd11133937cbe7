"""Provinces, towns, countries and places abroad, and what only bears their names: tables of sentence and answer."""

from __future__ import annotations

import pytest

from tests.helpers.mention_cases import mentions, names

CAMBODIA = [
    ("Complaints came from Sihanoukville province.", "Preah Sihanouk"),
    ("They were held in Sihanoukville compounds.", "Sihanoukville"),
    ("A casino in Sihanoukville's centre was raided.", "Sihanoukville"),
    ("The old name is Kampong Som.", "Sihanoukville"),
    ("They live in Preah Sihanouk and Koh Kong provinces.", "Preah Sihanouk, Koh Kong"),
    ("Poipet city lies on the border.", "Poipet"),
    ("She was found in Svay Rieng's Bavet city.", "Svay Rieng, Bavet"),
    ("Banteay Meanchey (2) Pursat (4), Svay Rieng (18), Kandal (18) and Phnom Penh (14).",
     "Banteay Meanchey, Pursat, Svay Rieng, Kandal, Phnom Penh"),
    ("In Kampot city and Pursat town nothing was found.", "Kampot, Pursat"),
    ("A Sihanoukville hotel and a Poipet casino were closed.", "Sihanoukville, Poipet"),
    ("Preah Sihanouk Provincial Court sentenced him.", "Preah Sihanouk"),
    ("Kandal provincial police freed her.", "Kandal"),
    ("Sihanoukville authorities issued a letter.", "Sihanoukville"),
    ("Phnom Penh Municipal Court charged five people.", "Phnom Penh"),
    ("The compound is atop Kampot province's Bokor mountain.", "Kampot, Bokor"),
    ("PHNOM PENH — Ten people were freed.", "Phnom Penh"),
    ("The escape was in O'Smach, Oddar Meanchey.", "O'Smach, Oddar Meanchey"),
    ("The escape was in O’Smach.", "O'Smach"),
    ("Kampot Governor Cheav Chan spoke in Kep.", "Kampot, Kep"),
    ("Raids went on in northern Battambang on Tuesday.", "Battambang"),
    ("Koh Kong is not Koh Rong.", "Koh Kong"),
    ("She was taken to Stung Treng, Kratie and Mondulkiri.", "Stung Treng, Kratie, Mondulkiri"),
]  # fmt: skip

TRAPS = [
    "The office is on Kampot Street.",
    "He stayed at the Siem Reap Hotel.",
    "It happened in Battambang village in Thailand.",
    "It stands on Preah Sihanouk Boulevard.",
    "She works at Kandal Market.",
    "He studied at the Kampong Cham School.",
    "He landed at Siem Reap International Airport.",
    "The account is with Kampot Bank.",
    "He plays for Svay Rieng FC.",
    "The Phnom Penh Post reports.",
    "Kampot Garden Investment Co., Ltd. held a licence.",
    "Street Pailin is long.",
    "They searched four offices on Kampot Lane.",
    "The village of Battambang lies elsewhere.",
    "kep and takeo are written small.",
    "The singer Sok Kandal performed.",
    "A bottle of Kampot Pepper cost little.",
    "Jalan Battambang is in Penang.",
    "The Takeo Group denied it.",
    "Pailin Chuchottaworn is a person.",
]

ABROAD = [
    ("From Myawaddy and Shwe Kokko to Mae Sot.", "Myawaddy, Shwe Kokko, Mae Sot"),
    ("They crossed to Tak province in Thailand.", "Tak, TH"),
    ("The Golden Triangle Special Economic Zone is in Bokeo.", "Golden Triangle Special Economic Zone, Bokeo"),
    ("A hub in Bamban, Tarlac, and one in Porac, Pampanga.", "Bamban, Tarlac, Porac, Pampanga"),
    ("A flight from Ho Chi Minh City landed in Kuala Lumpur.", "Ho Chi Minh City, Kuala Lumpur"),
    ("Families in Fujian and Yunnan called Kunming.", "Fujian, Yunnan, Kunming"),
    ("Recruiters in Nairobi, Kampala and Addis Ababa were named.", "Nairobi, Kampala, Addis Ababa"),
    ("It reached Equatorial Guinea, Papua New Guinea and Guinea.", "GQ, PG, GN"),
    ("The UAE, the U.K. and the US signed.", "AE, GB, US"),
    ("Thailand's and Viet Nam's ministers met in Laos.", "TH, VN, LA"),
    ("Turkey, Chad and Georgia were mentioned.", "TR, TD, GE"),
    ("Michael Jordan was not there.", ""),
    ("Jordan Smith said so.", ""),
    ("It helps us.", ""),
    ("The Bank of China Tower is tall.", ""),
    ("The Democratic Republic of the Congo and Côte d'Ivoire", "CD, CI"),
    ("Malaysia Airlines flew them.", ""),
    ("The victims were flown to New Delhi and Colombo.", "New Delhi, Colombo"),
    ("They came to Dubai.", "Dubai"),
    ("North Korea and South Korea", "KP, KR"),
]


@pytest.mark.parametrize(("text", "expected"), CAMBODIA)
def test_places_in_cambodia(text: str, expected: str) -> None:
    assert names(text, "province", "town") == set(expected.split(", "))


@pytest.mark.parametrize("text", TRAPS)
def test_what_only_bears_the_name(text: str) -> None:
    assert names(text, "province", "town") == set()


@pytest.mark.parametrize(("text", "expected"), ABROAD)
def test_places_abroad(text: str, expected: str) -> None:
    assert names(text, "place", "country") == set(filter(None, expected.split(", ")))


def test_a_town_knows_its_province_and_a_place_its_country() -> None:
    within = {mention.name: mention.within for mention in mentions("From Bavet and Sihanoukville to Mae Sot.")}
    assert within == {"Bavet": "Svay Rieng", "Sihanoukville": "Preah Sihanouk", "Mae Sot": "TH"}


def test_the_seat_of_a_report_is_marked() -> None:
    text = "PHNOM PENH, March 8 (Andaman Wire) - Police in Kandal said it. Phnom Penh was calm."
    assert [mention.rule == "dateline" for mention in mentions(text) if mention.name == "Phnom Penh"] == [True, False]
