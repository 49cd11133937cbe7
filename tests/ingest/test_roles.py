"""The part that each actor has in an entry, and the outlets that it cites."""

from __future__ import annotations

from typing import Any

import pytest

from scamcli.ingest.proposal import Known, Metadata
from tests.helpers.proposals_of import record

NAMES = {
    "Kim Invented": "person",
    "Ana Made Up": "person",
    "Harbour Watch": "ngo",
    "Example Times": "media",
    "Sample Radio": "media",
    "Kandal police": "police",
    "Ministry of Examples": "government",
    "Acme Holding": "company",
}
KNOWN = Known(actors={name: name for name in NAMES}, kinds=NAMES)

ROLES = [
    ("Kim Invented said that 45 people had been freed.", {"Kim Invented": "speaker"}),
    ("Forty-five people were freed, according to Kim Invented.", {"Kim Invented": "speaker"}),
    ("Kim Invented denied that anybody was held.", {"Kim Invented": "denies"}),
    ("The Ministry of Examples dismissed the report.", {"Ministry of Examples": "denies"}),
    ("Kandal police rescued 45 people.", {"Kandal police": "rescuer"}),
    ("Kandal police freed 45 people, Kim Invented said.", {"Kandal police": "rescuer", "Kim Invented": "speaker"}),
    ("Kandal police extorted money from workers.", {"Kandal police": "alleged_perpetrator"}),
    ("A court sentenced Kim Invented to five years in prison.", {"Kim Invented": "defendant"}),
    ("Kim Invented was arrested in Kandal.", {"Kim Invented": "mentioned"}),
    ("Judge Kim Invented jailed Ana Made Up for 12 years.", {"Kim Invented": "mentioned", "Ana Made Up": "defendant"}),
    ("Kim Invented sentenced Ana Made Up to 12 years.", {"Kim Invented": "mentioned", "Ana Made Up": "defendant"}),
    ("Ana Made Up was jailed by Judge Kim Invented.", {"Ana Made Up": "defendant", "Kim Invented": "mentioned"}),
    ("Ana Made Up jailed for 12 years", {"Ana Made Up": "defendant"}),
    ("Prosecutor Kim Invented charged three men.", {"Kim Invented": "mentioned"}),
    ("The former judge Kim Invented was sentenced to 12 years.", {"Kim Invented": "defendant"}),
    ("The compound is owned by Acme Holding.", {"Acme Holding": "alleged_owner"}),
    ("Kim Invented met the owner of the casino, Max Invented.", {"Kim Invented": "mentioned"}),
    ("Ana Invented, a relative of Kim Invented, is not the owner of the casino.", {"Kim Invented": "mentioned"}),
    ("Twelve complaints were filed with Kandal police.", {}),
    ("Kim Invented of Kandal police said that 45 people were freed.", {"Kim Invented": "speaker"}),
    ("Forty-five complaints were submitted to the Ministry of Examples.", {}),
    ("Forty-five victims were sent to the Ministry of Examples.", {"Ministry of Examples": "mentioned"}),
    ("At the Ministry of Examples’ conference, nobody spoke.", {"Ministry of Examples": "mentioned"}),
    ("Workers told Kandal police that 45 people were held.", {}),
    ("Forty-five people were handed over to Kandal police.", {"Kandal police": "mentioned"}),
    ("Workers met Kim Invented.", {"Kim Invented": "mentioned"}),
    ("Workers met Kim Invented. Kim Invented said that 45 were freed.", {"Kim Invented": "speaker"}),
    ("Example Times reported that 45 people were held.", {"Example Times": "author"}),
    ("The government shut down Example Times.", {"Example Times": "target"}),
    ("Harbour Watch said that 45 people were held.", {"Harbour Watch": "speaker"}),
    ("Kim Invented told Example Times that 45 people were held.", {"Kim Invented": "speaker"}),
]

CITED = [
    ("Example Times reported that 45 people were held.", ["Example Times"]),
    ("Forty-five people were held, Example Times reported.", ["Example Times"]),
    ("Forty-five people were held, according to Example Times.", ["Example Times"]),
    ("Kim Invented told Example Times that 45 people were held.", ["Example Times"]),
    ("Example Times and Sample Radio reported that 45 people were held.", ["Example Times", "Sample Radio"]),
    ("An investigation by Sample Radio found 45 people.", ["Sample Radio"]),
    ("The government shut down Example Times.", []),
    ("Kandal police freed 45 people.", []),
]


@pytest.mark.parametrize(("body", "expected"), ROLES)
def test_the_part_of_each_actor(body: str, expected: dict[str, str]) -> None:
    found: list[dict[str, Any]] = record(body, known=KNOWN)["actors"]
    assert {actor["name"]: actor["role"] for actor in found if actor["name"] in NAMES} == expected


@pytest.mark.parametrize(("body", "expected"), CITED)
def test_the_outlets_that_are_cited_are_via_the_publication(body: str, expected: list[str]) -> None:
    own, *cited = record(body, known=KNOWN)["sources"]
    assert (own["outlet"], own["via"], own["passage"]) == ("Example Daily", None, "5 March 2024")
    assert [(source["outlet"], source["via"]) for source in cited] == [(name, "Example Daily") for name in expected]


@pytest.mark.parametrize(("body", "_"), ROLES)
def test_nobody_stands_among_the_actors_twice(body: str, _: dict[str, str]) -> None:
    found = [actor["name"] for actor in record(body, known=KNOWN)["actors"]]
    assert len(found) == len(set(found))


@pytest.mark.parametrize(("whose", "named"), [("of Indonesia", False), ("of Cambodia", True), ("in Phnom Penh", True)])
def test_a_known_body_is_not_that_of_another_country(whose: str, named: bool) -> None:
    name = "Ministry of Foreign Affairs"
    body = f"The {name} {whose} said that 34 people were freed in Kampot, and 12 in Kandal."
    actors = record(body, known=Known(actors={name: name}))["actors"]
    assert (name in {actor["name"] for actor in actors}) is named


def test_the_publisher_neither_acts_nor_states_numbers() -> None:
    found = record("Open Gate Friends said that 45 people were freed.", Metadata(outlet="Open Gate Friends"))
    assert found["actors"] == []
    assert [figure["stated_by"] for figure in found["figures"]] == [None]
