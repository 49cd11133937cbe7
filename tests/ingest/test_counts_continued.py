"""Numbers of rows, lists and clauses that count the same as the number or the caption before them."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures

CONTINUED = [
    # lists of labels and numbers
    (
        "The bureau registered 93 complaints. Nature of complaint: unpaid wages, 44; sickness, 31; harassment, 18.",
        "complaints 93 | complaints 44 <0 | complaints 31 <0 | complaints 18 <0",
    ),
    ("Eighty people were freed. Domestic work (41), street (26).", "rescues 80 | rescues 41 | rescues 26"),
    ("Ninety people died. Illness accounts for 61, suicide for 24.", "deaths 90 | deaths 61 <0 | deaths 24"),
    ("Police freed 30 people: fishing 18, farms 12.", "rescues 30 | rescues 18 <0 | rescues 12 <0"),
    ("Forty people were freed. Women accounted for 11 of the total.", "rescues 40 | rescues 11 (women)"),
    # rows of tables
    ("Smugglers arrested\t27\t40\t–", "arrests 27 | arrests 40"),
    ("Deaths by cause\nheat   31   28\nstorm and cold   7   4", "deaths 31 | deaths 28 | deaths 7 | deaths 4"),
    ("Ninety people were freed.\nElsewhere: 12\nThe rest: 31", "rescues 90 | rescues 31"),
    # elsewhere, or at another time
    (
        "Eight people were arrested, six for trafficking and two on warrants.",
        "arrests 8 | arrests 6 | arrests 2",
    ),
    ("Arrivals reached 54,205 (in 2022: 21,884).", "people 54205 | people 21884"),
    ("Forty people were freed. In 2011 there had been 22.", "rescues 40 | rescues 22"),
    (
        "They came in boats with 31, 27 and 12 workers.",
        "people 31 (workers) | people 27 (workers) | people 12 (workers)",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CONTINUED)
def test_numbers_that_continue_others(text: str, expected: str) -> None:
    assert figures(text) == expected.split(" | ")


@pytest.mark.parametrize(
    "text",
    [
        "The court found 16 people guilty, cleared three, and adjourned.",
        "Police freed 31 people, youngest 16, oldest 35.",
        "Police freed 31 people. Cases rose by 21, and raids by 44.",
        "Police freed 31 people. Firearms: 12",
        "Police freed 31 people. Dishes (38), generators (six) and diesel were seized.",
        "Police freed 31 people. Somchai (24), Prasit (31) and Anan (40) were questioned.",
        "Police freed 31 people. The public may call the centre at 997.",
    ],
)
def test_other_numbers_do_not_continue_any(text: str) -> None:
    assert len(figures(text)) == 1
