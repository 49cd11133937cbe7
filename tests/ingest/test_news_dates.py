"""Which day the parts of a news story belong to: headlines, captions, weekdays, tolls and background."""

from __future__ import annotations

import pytest

from scamcli.ingest.entries import split_entries
from scamcli.ingest.proposal import Metadata
from scamcli.ingest.words import BYLINE

PUBLISHED = "2024-05-14"
"""A Tuesday."""

STORIES = [
    pytest.param(
        "Police freed 20 men on Monday. Jun Santos and May Flores came home with 12 others.",
        ["2024-05-13?"],
        id="names that begin with what could be a month",
    ),
    pytest.param("Police freed 20 men on Monday 6 May. They were tired.", ["2024-05-06?"], id="weekday before a date"),
    pytest.param(
        "Police freed 20 men on May 13, 2024. All 20 flew home on Monday, police said.",
        ["2024-05-13"],
        id="the same day, with and without a year",
    ),
    pytest.param(
        "14 May 2024. Police freed 20 men in Kandal.\n\nOn Tuesday, police said that two were ill.",
        ["2024-05-14"],
        id="a later weekday keeps the full date",
    ),
    pytest.param(
        "Courts opened 40 cases between January 2023 and March 2024.", ["2023-01/2024-03"], id="between and and"
    ),
    pytest.param(
        "The agency counted 900 arrivals in 2024 through 3 May.", ["2024-01-01/2024-05-03"], id="a year up to a day"
    ),
    pytest.param("At least 60 people have drowned off the island this year.", ["2024?"], id="toll of the year"),
    pytest.param(
        "Myanmar has handed over 31,000 men since a crackdown began in April, police said on Monday.",
        ["2024-05-13?"],
        id="since what began in a month",
    ),
    pytest.param("More than 90 people were sent home last year.", ["2023?"], id="last year"),
    pytest.param(
        "Police freed 20 men on Monday. Another nine went home two weeks ago after a raid.",
        ["2024-05-13?", "2024-04-29?/2024-05-05?"],
        id="ago before more words",
    ),
    pytest.param(
        "Two people died on Monday. At least 384 have died at sea in the first quarter of this year, an agency said.",
        ["2024-05-13?", "2024-01?/2024-03?"],
        id="a quarter of this year",
    ),
    pytest.param(
        "Police freed 20 men on Monday. The news came days after Prime Minister Theresa May opened a shelter for 40.",
        ["2024-05-13?"],
        id="a person with the name of a month",
    ),
    pytest.param(
        "Police freed 20 men on Monday. In September, May pledged to help 40 more, and Jun Santos thanked her.",
        ["2024-05-13?", "2023-09?"],
        id="a surname alone, and a given name, that are months",
    ),
    pytest.param("In May, 20 men were freed. Since then, 40 went home.", ["2024-05?"], id="a month alone"),
    pytest.param(
        "Convictions rose from 58 in 2021 to 90 in 2023.", ["2023"], id="the latest of several years is the news"
    ),
    pytest.param("Courts convicted 90 people in fiscal year 2023.", ["2023"], id="fiscal year"),
    pytest.param(
        "He said on Monday that 20 men were ill. A total of 130 people went home throughout the year 2024, he said.",
        ["2024-05-13?"],
        id="the year of a total",
    ),
    pytest.param(
        "Guards freed 20 men on Monday. The delta became a route for people fleeing after the fall of a city in 2011.",
        ["2024-05-13?"],
        id="what came before the background",
    ),
    pytest.param(
        "A boat sank in a storm last weekend. It had left on Saturday evening with 40 people.",
        ["2024-05-11?"],
        id="a day of the weekend is the same event",
    ),
    pytest.param(
        "A boat sank on Saturday. Twelve drowned.\n\nSince January, 42 boats have asked for help.",
        ["2024-05-11?", "2024-05-14?"],
        id="a total until now has the day of the text",
    ),
    pytest.param(
        "The agency said on Saturday that 12 had drowned. Since January, 42 boats have asked for help.",
        ["2024-05-11?"],
        id="unless somebody said it on a day",
    ),
    pytest.param(
        "The ministry will deport 20 men who were arrested over the weekend.",
        ["2024-05-11?/2024-05-12?"],
        id="a plan ends before who",
    ),
]

WITHOUT_DAY = [
    ("Oct. 20, 2025: Police freed 120 people. In February, militias freed 7,000.", ["2025-10-20", "2025-02?"]),
    ("Jan. 5, 2024: Police freed 120 people. In December, militias freed 7,000.", ["2024-01-05", "2023-12?"]),
    ("Dec. 31, 2023: Police freed 120 people. On Jan. 2, militias freed 7,000.", ["2023-12-31", "2024-01-02?"]),
]


@pytest.mark.parametrize(("text", "expected"), WITHOUT_DAY)
def test_a_month_is_in_the_past_of_the_date_before(text: str, expected: list[str]) -> None:
    assert [entry.dated.date for entry in split_entries(text, Metadata()).dated] == expected


def dates(text: str) -> list[str]:
    return [entry.dated.date for entry in split_entries(text, Metadata(published=PUBLISHED)).dated]


@pytest.mark.parametrize(("text", "expected"), STORIES)
def test_the_dates_of_a_story(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


BODY = "Police freed 20 men on Thursday from a villa near the river, where they had been locked up for several months. "


@pytest.mark.parametrize(
    "head",
    [
        "20 men freed from villa, 9 May 2024\nStaff Reporter, Delta, May 14 2024, 1:06 IST\n",
        "Villa by the river seen on May 3, 2024. (Delta Wire/Ann Example)\n",
        "Villa by the river seen on May 3, 2024. (Delta pic)\n",
        "20 men freed in 2023-24 drive\n\n",
    ],
)
def test_headlines_bylines_and_captions_date_nothing(head: str) -> None:
    assert dates(head + BODY + BODY) == ["2024-05-09?"]


def test_the_lead_belongs_to_the_news_and_not_to_the_background_before_it() -> None:
    text = (
        "A court has begun to hear the case of five captains. They were arrested in March after a raid.\n\n"
        "The trial opened on Monday with 20 witnesses."
    )
    news, background = split_entries(text, Metadata(published=PUBLISHED)).dated
    assert (background.dated.date, news.dated.date) == ("2024-03?", "2024-05-13?")
    assert [len(entry.sentences) for entry in (background, news)] == [1, 2]


@pytest.mark.parametrize("last", sorted(BYLINE))
def test_a_text_can_end_with_the_first_words_of_a_byline(last: str) -> None:
    text = f"Police freed 20 men on May 13, 2024.\n\n{last.title()}"
    assert [entry.dated.date for entry in split_entries(text, Metadata(published=PUBLISHED)).dated] == ["2024-05-13"]
