"""Numbers that a text states without a date: they belong to the day of the text, or to the period of a report."""

from __future__ import annotations

import pytest

from scamcli.ingest.proposal import Metadata
from tests.helpers.proposals_of import proposals

LIST = "12 February 2025: Two men died.\n\n24 February 2025: Police freed nine people.\n"


def drafts(text: str, title: str = "A review", published: str | None = "2025-03-04") -> list[tuple[str, list[str]]]:
    """The date and the numbers of each draft."""
    found = proposals(text, Metadata(title, "Example Daily", None, published))
    return [(one.record["date"], [figure["stated"] for figure in one.record["figures"]]) for one in found]


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (f"Some 7,000 people are waiting.\n\n{LIST}", "A review", ("2025-03-04?", ["some 7,000"])),
        (f"4 March 2025\n\nSome 7,000 people are waiting.\n\n{LIST}", "A review", ("2025-03-04", ["some 7,000"])),
        (f"We took 341 requests for help.\n\n{LIST}", "Report, February 2025", ("2025-02", ["341"])),
        (
            f"First quarter of 2025\n\nWe took 341 requests for help.\n\n{LIST}",
            "A review",
            ("2025-01/2025-03", ["341"]),
        ),
        (f"In January 2025, we took 341 requests for help.\n\n{LIST}", "A review", ("2025-01", ["341"])),
    ],
)
def test_news_without_a_date_has_that_of_the_text(text: str, title: str, expected: tuple[str, list[str]]) -> None:
    found = drafts(text, title)
    assert expected in found
    assert len(found) == 3


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (f"Some 7,000 people are waiting.\n\n{LIST}", None),  # nobody knows when
        (f"This page is about the river.\n\n{LIST}", "2025-03-04"),
        (f"In January 2025, the river was high.\n\n{LIST}", "2025-03-04"),
    ],
)
def test_a_text_without_a_date_or_prose_without_numbers_gives_no_more_drafts(text: str, published: str | None) -> None:
    assert [date for date, _ in drafts(text, published=published)] == ["2025-02-12", "2025-02-24"]


def test_a_story_without_a_date_is_one_draft_of_its_publication() -> None:
    story = "Police freed 45 people in Kandal. Twelve of them were Thai. They were tired."
    assert drafts(story) == [("2025-03-04?", ["45", "twelve"])]
    assert drafts("They were tired. Nobody came.") == [("2025-03-04?", [])]
    assert drafts(f"Log of 4 March\n\n{story}") == [
        ("2025-03-04?", ["45", "twelve"])
    ]  # no year is not that of the text
    assert drafts(story, published=None) == []
    assert drafts("A heading without a sentence") == []


def test_the_rows_of_a_list_without_a_date_are_in_its_draft() -> None:
    rows = "Survivors assisted: 1,142", "Repatriated: 604", "Deaths documented: 19", "Convictions: 12"
    text = "Annual figures\n\nWe publish our figures.\n\n" + "".join(f"- {row}\n" for row in rows)
    (draft,) = proposals(text, Metadata(published="2024-12-12"))
    assert [one["stated"] for one in draft.record["figures"]] == ["1,142", "604", "19", "12"]


def test_news_without_a_date_names_the_bodies_that_speak() -> None:
    text = "The Bokor provincial administration announced that it had freed 45 workers.\n"
    (found,) = proposals(text, Metadata("A raid", "Example Daily", None, "2025-03-04"))
    assert [figure["stated_by"] for figure in found.record["figures"]] == ["Bokor provincial administration"]


@pytest.mark.parametrize(
    ("head", "item", "expected"),
    [
        ("Week 9 (24 February – 2 March 2025)", "On Tuesday, police freed nine people.", "2025-02-25"),
        ("Week 9 (24 February – 2 March 2025)", "On 25 February, police freed nine people.", "2025-02-25"),
        ("Reporting period: 1 – 28 February 2025", "On 20 January, police freed nine people.", "2025-01-20"),
        ("Bulletin | February 2025", "On 25 February, police freed nine people.", "2025-02-25"),
        ("Bulletin | February 2025", "On Tuesday, police freed nine people.", "2025-02-25?"),
        ("Bulletin | February 2024", "On 25 February, police freed nine people.", "2025-02-25?"),
        ("4 March 2025", "On 25 February, police freed nine people.", "2025-02-25?"),
        ("Most of it fell in February 2025.", "On 25 February, police freed nine people.", "2025-02-25?"),
    ],
    ids=["a day of the week", "a date", "its year", "a month", "no day", "another year", "no period", "no heading"],
)
def test_a_period_at_the_head_settles_dates(head: str, item: str, expected: str) -> None:
    text = f"Notes\n{head}\n\n{item} They had been held in a villa for months, and some had fled.\n"
    assert expected in [date for date, _ in drafts(text, "Notes", "2025-03-01")]


@pytest.mark.parametrize(
    ("aside", "expected"),
    [
        ("the embassy had asked for help", [["12", "Five"], []]),
        ("the police arrested 20 men", [["12"], ["20", "Five"]]),
        ("the embassy said that 20 men had called", [["12"], ["20", "Five"]]),
    ],
)
def test_a_story_returns_to_its_news_after_it_looked_back(aside: str, expected: list[list[str]]) -> None:
    text = f"On Monday, police freed 12 Indians. On 15 February, {aside}. Five suspects were charged."
    assert [[one.capitalize() for one in stated] for _, stated in drafts(text)] == expected
