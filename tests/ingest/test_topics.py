"""What the numbers of a list count if only its title or heading says it; lists that divide an earlier number."""

from __future__ import annotations

import pytest

from scamcli.ingest.counts.continuations import caption_of
from scamcli.ingest.proposal import Metadata
from scamcli.ingest.words import sentences
from tests.helpers.proposals_of import figures, proposals


def metrics(text: str, title: str) -> list[str]:
    """The metrics and numbers of all drafts."""
    found = proposals(text, Metadata(title, "Example Daily", None, "2024-06-15"))
    return [f"{one['metric']} {one['stated']}" for draft in found for one in draft.record["figures"]]


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("- 4 July 2022 – 8 Thais, Bavet\n\n- 19 July 2022 – 21 Lao men\n", "Rescue log", ["rescues 8", "rescues 21"]),
        ("- 4 July 2022 – 8 Thais, Bavet\n\n- 19 July 2022 – 21 Lao men\n", "A log", ["people 8", "people 21"]),
        (
            "- 4 July 2022 – 8 Thais were seen\n\n- 19 July 2022 – 21 Lao men\n",
            "Rescue log",
            ["people 8", "rescues 21"],
        ),
        (
            "- 4 July 2022 – 8 Thais, two of them women\n\n- 19 July 2022 – 21 Lao men\n",
            "A log of deportations",
            ["deportations 8", "deportations two", "deportations 21"],
        ),
        (
            "A list of deaths on the river.\n\n- 4 July 2022: 8 Thais, Bavet\n\n- 19 July 2022: 21 Lao men\n",
            "Remembered",
            ["deaths 8", "deaths 21"],
        ),
    ],
)
def test_items_without_a_verb_count_what_their_list_is_about(text: str, title: str, expected: list[str]) -> None:
    assert metrics(text, title) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Police freed 183 people. Those found inside: 97 Vietnamese, 69 Indonesians and 17 Chinese.",
            ["rescues 183", "rescues 97 Vietnamese <0", "rescues 69 Indonesian <0", "rescues 17 Chinese <0"],
        ),
        (
            "Police freed 44 people. The victims, aged 19 to 35, comprised 23 Malaysians and 15 Indonesians.",
            ["rescues 44", "rescues 23 Malaysian <0", "rescues 15 Indonesian <0"],
        ),
        (
            "Police freed 44 people. In the yard, 23 Malaysians and 15 Indonesians played football.",
            ["rescues 44", "people 23 Malaysian", "people 15 Indonesian"],
        ),
        ("At least 27 migrants drowned and 12 suffocated.", ["deaths 27..", "deaths 12"]),
        (
            "Police detained 12 Thais and eight others whose passports were missing.",
            ["detentions 12 Thai", "detentions 8"],
        ),
    ],
)
def test_a_list_divides_an_earlier_number(body: str, expected: list[str]) -> None:
    assert figures(body) == expected


@pytest.mark.parametrize(
    ("heading", "of_any", "of_people"),
    [
        ("Cases and arrested suspects:", "cases", "arrests"),
        ("Deaths by cause", "deaths", "deaths"),
        ("Nature of complaint", "complaints", None),
        ("Rescue operations", None, None),
        ("Police arrested somebody.", None, None),
    ],
)
def test_what_a_heading_says_that_its_list_counts(heading: str, of_any: str | None, of_people: str | None) -> None:
    [sentence] = sentences(heading)
    assert caption_of(sentence) == of_any
    assert caption_of(sentence, of_people=True) == of_people
