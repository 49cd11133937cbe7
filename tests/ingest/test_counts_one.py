"""The word "one": it counts where something happened to that one, or where it is a part of people who are counted."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures

ONE = [
    ("Three migrants died, one of them a child.", "deaths 3 | deaths 1 (children) <0"),
    ("Police arrested four persons, one of them a woman.", "arrests 4 | arrests 1 (women) <0"),
    ("Nine people, one of them a Malaysian, were arrested.", "arrests 9 | arrests 1 Malaysian <0"),
    ("Police freed 11 teenagers. One of these, aged 17, was found dead.", "rescues 11 (minors) | deaths 1 <0"),
    ("Ten women were rescued. One died of pneumonia.", "rescues 10 (women) | deaths 1"),
    ("Two managers were arrested and one fled.", "arrests 2 | escapes 1"),
    ("Police detained one passenger.", "detentions 1"),
    ("One recruiter was arrested.", "arrests 1"),
    ("Prosecutors charged five men, including one foreigner.", "charged 5 (men) | charged 1 (foreigners) <0"),
    ("Police freed 14 girls, incl. one Kenyan.", "rescues 14 (children) | rescues 1 Kenyan <0"),
    ("Ten women were rescued. One of them said that 40 people had died.", "rescues 10 (women) | deaths 40"),
    ("Ten women were rescued. One of the survivors said she was beaten.", "rescues 10 (women)"),
    ("Ten women were rescued. One was named.", "rescues 10 (women)"),
    ("One of the largest raids led to 40 arrests.", "arrests 40"),
    ("One by one, 14 men died.", "deaths 14 (men)"),
    ("In one case, five men died.", "deaths 5 (men)"),
]

SETS = [
    (
        "Police freed a pair of Nepalis, a lone Kenyan and a couple of Ugandans.",
        "rescues 2 Nepali | rescues 1 Kenyan | rescues 2.. Ugandan",
    ),
    (
        "A trio of Chinese men and a quartet of Malaysians were arrested.",
        "arrests 3 Chinese (men) | arrests 4 Malaysian",
    ),
    ("Police freed a couple of dozen Thais.", "rescues 24.. Thai"),
    ("Police freed 12 Thais. Not a single Kenyan was hurt.", "rescues 12 Thai"),
    ("Police freed 12 Thais a couple of days later, and seized a pair of handcuffs.", "rescues 12 Thai"),
    ("Police freed 12 Thais and a couple from Ukraine.", "rescues 12 Thai"),
]

PARTS = [
    (
        "Police freed 104 minors (83 boys and 21 girls) and 66 women.",
        "rescues 104 (minors) | rescues 83 (children) <0 | rescues 21 (children) <0 | rescues 66 (women)",
    ),
    ("The officer put the number of rescued at 31.", "rescues 31"),
    ("A court gave two years each to 108 people.", "sentences 2 | convictions 108"),
    (
        "Callers described 301 victims, 258 female and 40 male, three transgender.",
        "victims 301 | victims 258 (women) <0 | victims 40 (men) <0 | victims 3 <0",
    ),
    ("A boat that left Teknaf with 80 to 90 passengers has not been heard of.", "missing 80..90"),
    ("Agents have identified 22 people whom we consider victims.", "victims 22"),
]


@pytest.mark.parametrize(("text", "expected"), [*ONE, *SETS, *PARTS])
def test_what_is_counted(text: str, expected: str) -> None:
    assert figures(text) == expected.split(" | ")
