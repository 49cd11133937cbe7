"""Days in the lines around a text, and lines that are headings of entries."""

from __future__ import annotations

import pytest

from scamcli.ingest.proposal import Metadata
from scamcli.ingest.reading import read
from scamcli.ingest.reading.publication import is_dated_heading, is_only_a_date, leading_day, metadata_of_text


@pytest.mark.parametrize(
    "text",
    [
        "16 June 2023",
        "16th of June, 2023",
        "16 june 2023",
        "16-Jun-2023",
        "JUNE 16, 2023",
        "Fri, 16 Jun 2023 18:40:00 GMT",
        "Friday June 16th 2023, and more words than a line of dates has, so that some are not looked at",
        "2023-06-16T18:40:00+07:00",
        "2023/6/16",
        "16.06.2023.",
    ],
)
def test_a_whole_day(text: str) -> None:
    assert leading_day(text) == "2023-06-16"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "06/05/2023",
        "06-05-2023",
        "2023-06-31",
        "2023-06",
        "31 June 2023",
        "June 2023",
        "16 June",
        "16–18 June 2023",
        "16 June 2023 to 18 June 2023",
        "early June 16, 2023",
        "on 16 June 2023",
        "2023-06-16-17",
        "¹²-06-2023",
    ],
)
def test_no_whole_day_or_one_in_doubt(text: str) -> None:
    assert leading_day(text) is None


@pytest.mark.parametrize(
    ("line", "alone", "heads"),
    [
        ("September 19, 2022", True, True),
        ("Mon. 19 Sept. 2022:", True, True),
        ("Nov. 27–29", True, True),
        ("2022", True, True),
        ("Late May 2023", True, True),
        ("Nov. 27–29: Over three nights, 87 people leave", False, True),
        ("October 2, 2022 – The ministry has 118 complaints", False, True),
        ("16 June. The police find nobody", False, True),
        ("2022. The police find nobody", False, False),
        ("May 5 was the day on which they left", False, False),
        ("31 February 2024", False, False),
        ("64 people", False, False),
        ("", False, False),
    ],
)
def test_headings(line: str, alone: bool, heads: bool) -> None:
    assert (is_only_a_date(line), is_dated_heading(line)) == (alone, heads)


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Example, June 16, 2023",
        "By Ann Example on Friday, 16 June 2023 at 18:40",
        "LAST UPDATED ON 16 JUNE 2023",
        "Updated 18 June 2023\nPublished:16 June 2023",
        "(Published 16 June 2023)",
        "[Updated: 16 June 2023]",
        "By Ann Example (16 June 2023)",
        "Phnom Penh | Published: 16 June 2023 | 10:15",
    ],
)
def test_bylines_of_one_day(line: str) -> None:
    text = f"A raid and its numbers\n\n{line}\n\nPolice freed 64 people.\n"
    assert metadata_of_text(text).published == "2023-06-16"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("A raid and its numbers (published 16 June 2023)\n\nPolice freed 64 people.", "2023-06-16"),
        ("A raid and its numbers\n\nPolice freed 64 people. (Published June 16, 2023)", "2023-06-16"),
        ("A raid and its numbers\n\n" + "Police freed 64 people.\n\n" * 400 + "Published 16 June 2023", "2023-06-16"),
        ("A raid and its numbers\n\nPolice freed 64 people (on 16 June 2023).", None),
        ("A raid and its numbers\n\nPHNOM PENH, June 16 (Reuters) - Police freed 64 people.", None),
    ],
    ids=["behind the title", "behind the text", "at the foot", "of an event", "without a year"],
)
def test_the_day_of_a_text_elsewhere(text: str, published: str | None) -> None:
    assert metadata_of_text(text).published == published


@pytest.mark.parametrize(
    ("dateline", "given", "published"),
    [
        ("PHNOM PENH, June 16, 2023 (Reuters) -", None, "2023-06-16"),
        ("PHNOM PENH, June 16, 2023 (Reuters) -", "2023-06-17", "2023-06-17"),
        ("PHNOM PENH, June 16 (Reuters) -", None, None),
    ],
)
def test_a_dateline_is_the_day_of_a_text_without_another(
    dateline: str, given: str | None, published: str | None
) -> None:
    found = read(f"A raid\n\n{dateline} Police freed 64 people.".encode(), "-", Metadata(published=given))
    assert (found.about.published, found.notes) == (published, ())
