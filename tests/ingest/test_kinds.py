"""The kind of event of an entry, from its first sentence."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import record

KINDS = [
    ("Police rescued 45 people from a compound in Kandal.", "rescue"),
    ("Forty-five workers were freed.", "rescue"),
    ("Police raided a casino in Bavet and freed 45 workers.", "raid"),
    ("A raid on a casino ended with 12 arrests.", "raid"),
    ("Police arrested 12 men in Poipet.", "arrest"),
    ("Twelve men were detained in Poipet.", "arrest"),
    ("Forty workers escaped from a casino.", "escape"),
    ("Forty workers fled across the river.", "escape"),
    ("Indonesia repatriated 62 nationals.", "repatriation"),
    ("Cambodia deported 93 foreigners.", "repatriation"),
    ("A court sentenced three men to ten years in prison.", "court"),
    ("Prosecutors charged seven people with trafficking.", "court"),
    ("A worker died after a fall.", "death"),
    ("The body of a man was found.", "death"),
    ("The ministry denied that anybody was held.", "denial"),
    ("The embassy warned its nationals of job offers.", "warning"),
    ("The government revoked the licence of a casino.", "licence"),
    ("The State Department downgraded Cambodia to Tier 3.", "ranking"),
    ("Ministers held a meeting on trafficking.", "meeting"),
    ("Parliament passed a law against online scams.", "policy"),
    ("Interior Minister Sok Invented said that complaints had fallen.", "statement"),
    ("The New York Times published an investigation into a compound.", "report"),
    ("A gang kidnapped a student in Sihanoukville.", "crime"),
    ("The authorities closed a casino.", "closure"),
]


@pytest.mark.parametrize(("body", "kind"), KINDS)
def test_the_kind_of_an_entry(body: str, kind: str) -> None:
    assert record(body)["kind"] == kind
