"""Numbers in rows, lists and brackets, as statistics print them: after their label, and with their sum."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures, unread

ROWS = [
    ("Persons rescued: 1,867", "rescues 1867"),
    ("Suspects arrested: 203", "arrests 203 (suspects)"),
    ("Migrants recovered from stash houses: 1,733", "people 1733"),
    ("Deaths: 58 (heat 31, crashes 19, drowning 8)", "deaths 58 | deaths 31 <0 | deaths 19 <0 | deaths 8 <0"),
    (
        "Total number handed over: 19 (men: 16, women: 3)",
        "repatriations 19 | repatriations 16 (men) <0 | repatriations 3 (women) <0",
    ),
    (
        "Police found 327 victims. Female: 205. Male: 122.",
        "victims 327 | victims 205 (women) <0 | victims 122 (men) <0",
    ),
    (
        "Thailand (41), Laos (27) and Myanmar (five). Total 73.",
        "people 41 Thai <3 | people 27 Lao <3 | people 5 Burmese <3 | people 73",
    ),
    ("Abroad: 55 cases, of which Cambodia 29, China 11.", "cases 55 | cases 29 <0 | cases 11 <0"),
    ("There were 74 Malaysians: Thailand (41), Laos (33).", "people 74 Malaysian | people 41 <0 | people 33 <0"),
    (
        "Police freed 54 people from India (30) and Nepal (24).",
        "rescues 54 | rescues 30 Indian <0 | rescues 24 Nepali <0",
    ),
    ("Persons rescued: 67\nof these Filipinos: 41", "rescues 67 | rescues 41 Filipino <0"),
    (
        "Survivors assisted: 1,142\nof whom women: 318\nRepatriated: 604",
        "survivors 1142 | survivors 318 (women) <0 | repatriations 604",
    ),
    (
        "Survivors assisted: 1,142 (2023: 876)\nof whom women: 318",
        "survivors 1142 | survivors 876 | survivors 318 (women) <0",
    ),
    ("Cash seized: $1.27 million", "assets 1270000"),
    ("They came with nineteen women and one boy of 16.", "people 19 (women) | people 1 (children)"),
    ("Seventeen had open wounds.", "injuries 17"),
    ("Of 388 people interviewed, 302 showed clear signs of trafficking.", "people 388 | victims 302 <0"),
    ("Some 50 other Thais remain in the building.", "captives ~50 Thai"),
    ("Twelve people were taken to hospital.", "injuries 12"),
    ("The court sent 22 Chinese to prison.", "convictions 22 Chinese"),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_numbers_of_rows(text: str, expected: str) -> None:
    assert figures(text) == expected.split(" | ")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("All but five were men.", ["five"]), ("Deaths: 58 (heat 41, crashes 19)", ["19"])],
)
def test_numbers_that_do_not_add_up_are_listed(text: str, numbers: list[str]) -> None:
    assert unread(text) == numbers
