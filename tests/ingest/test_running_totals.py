"""Running totals, whose period ends on the day of the entry, and the numbers beside them, which have no period."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import proposal, record

YEAR, MONTH = "2024-01/2024-03-05 cumulative", "2024-03-01/2024-03-05 cumulative"
WEEK = "2024-02-28~/2024-03-05 cumulative"
NONE, TODAY = "None cumulative", "None incident"

ROWS = [
    # What "bringing" or a similar verb brings to a number.
    ("Police arrested 12 Thais, taking the number of arrests this year to 480.", ["12 " + TODAY, "480 " + YEAR]),
    ("Police arrested 12 Thais, taking this year's arrests to 480.", ["12 " + TODAY, "480 " + YEAR]),
    ("Police arrested 12 Thais, pushing arrests in 2024 to 480.", ["12 " + TODAY, "480 " + YEAR]),
    ("Police arrested 12 Thais, taking the number of arrests this month to 480.", ["12 " + TODAY, "480 " + MONTH]),
    ("Police arrested 12 Thais, taking the number of arrests in March to 480.", ["12 " + TODAY, "480 " + MONTH]),
    ("Police arrested 12 Thais, taking the number of arrests this week to 480.", ["12 " + TODAY, "480 " + WEEK]),
    ("Police arrested 12 Thais, taking the number of arrests to 480.", ["12 " + TODAY, "480 " + NONE]),
    (
        "Police arrested 12 Thais, raising the number of arrests from 468 to 480.",
        ["12 " + TODAY, "from 468 to 480 " + NONE],
    ),
    ("Police freed 45 people, bringing to 312 the number freed this year.", ["45 " + TODAY, "312 " + YEAR]),
    ("Police freed 45 people, bringing the number of captives to 312.", ["45 " + TODAY, "312 None stock"]),
    # The period belongs to the number of its clause alone.
    ("Police freed 45 people, bringing the total freed since January to 312.", ["45 " + TODAY, "312 " + YEAR]),
    (
        "Police freed 45 people, including 12 women, taking the total freed since January to 312.",
        ["45 " + TODAY, "12 " + TODAY, "312 " + YEAR],
    ),
    ("Police freed 45 people, bringing the total to 312 since January.", ["45 " + TODAY, "312 " + YEAR]),
    ("Police freed 45 people, bringing the total this year to 402.", ["45 " + TODAY, "402 " + YEAR]),
    (
        "Police freed 45 people and arrested 12, bringing the total to 312.",
        ["45 " + TODAY, "12 " + TODAY, "312 " + NONE],
    ),
    ("Police freed 45 people, and the total since January is 312.", ["45 " + TODAY]),
    ("Police freed 45 people, taking the total freed in 2023 to 312.", ["45 " + TODAY, "312 2023 aggregate"]),
    ("Police freed 45 people, bringing the number freed in the past month to 312.", ["45 " + TODAY, "312 " + NONE]),
    # A total, number or tally that is, reached or stands at a number.
    ("The number of arrests this year has reached 480.", ["480 " + YEAR]),
    ("The number of arrests rose from 400 in 2023 to 480 in 2024.", ["400 2023 aggregate", "480 " + YEAR]),
    ("The number of arrests rose to 480.", ["480 " + TODAY]),
    # "So far" and "to date".
    ("So far this year, 312 people have been freed.", ["312 " + YEAR]),
    ("Police have freed 312 people so far this year.", ["312 " + YEAR]),
    ("Police have freed a total of 312 people so far in 2024.", ["312 " + YEAR]),
    ("Police have freed 312 people in the year to date.", ["312 " + YEAR]),
    ("Police freed 45 people, a total of 312 so far in 2024.", ["45 " + TODAY, "312 " + YEAR]),
    ("Police freed 45 people on Friday and have so far this year freed 312.", ["45 " + TODAY, "312 " + YEAR]),
    ("So far this year, police have arrested 480 people and freed 312.", ["480 " + YEAR, "312 " + YEAR]),
    # Phrases for a period without a date.
    ("Police freed 45 people this year.", ["45 " + YEAR]),
    ("Police freed 45 people. A total of 402 have been freed there this year.", ["45 " + TODAY, "402 " + YEAR]),
    ("Police freed 45 people. Since the start of the year, it has freed 402.", ["45 " + TODAY, "402 " + YEAR]),
    ("Police freed 45 people. From January till date, they have freed 402.", ["45 " + TODAY, "402 " + YEAR]),
    ("Police freed 45 people. Last year 402 people were freed in Kandal.", ["45 " + TODAY, "402 2023 aggregate"]),
    ("Police freed 45 people. For the whole of last year they freed 402.", ["45 " + TODAY, "402 2023 aggregate"]),
    ("Police freed 45 people. In all of 2023 they freed 402 people.", ["45 " + TODAY, "402 2023 aggregate"]),
    ("Police freed 45 people, and 402 people were freed last month.", ["45 " + TODAY, "402 2024-02 aggregate"]),
    ("Since they began in July 2022, police have freed 402 people.", ["402 2022-07/2024-03-05 cumulative"]),
    ("Police freed 45 people. They have freed 402 people so far.", ["45 " + TODAY, "402 " + NONE]),
    ("Police have freed 45 people so far.", ["45 " + TODAY]),
    # What people have now done, in total or in a case, after a smaller number.
    (
        "Police arrested two men. A total of eight suspects have now been arrested in the case.",
        ["two " + TODAY, "eight " + NONE],
    ),
    ("Police freed 12 Indians. They have now rescued 215 people from the city.", ["12 " + TODAY, "215 " + NONE]),
    ("So far eight suspects have been arrested in the case.", ["eight " + NONE]),
    ("A total of eight suspects have been arrested in the case.", ["eight " + NONE]),
    ("Eight suspects were arrested in the case.", ["eight " + TODAY]),
    ("Police arrested two men. In all, eight people have been arrested.", ["two " + TODAY, "eight " + NONE]),
    ("Police arrested two men. The total now stands at eight.", ["two " + TODAY, "eight " + NONE]),
    ("Police arrested two. The number of those arrested has risen to eight.", ["two " + TODAY, "eight " + NONE]),
    ("Police arrested 400. The number of those arrested rose to 480.", ["400 " + TODAY, "480 " + TODAY]),
    ("Two people died. The death toll has risen to eight.", ["two " + TODAY, "eight " + TODAY]),
    ("As of 5 March 2024, they have recorded 412 cases.", ["412 " + NONE]),
    (
        "As of 5 March 2024, they have counted 412 Thais. Of those, 176 have been repatriated.",
        ["412 " + NONE, "176 " + NONE],
    ),
    ("Police freed 12 Indians. Another 30 people have now been freed.", ["12 " + TODAY, "30 " + TODAY]),
    ("Police freed 12 Indians. A total of 40 people were freed.", ["12 " + TODAY, "40 " + TODAY]),
    ("Police freed 45 people. Eight of them have now been sent home.", ["45 " + TODAY, "eight " + TODAY]),
    # What happened since a body was set up.
    (
        "Police freed 12 Indians. They have freed 215 people since they set up the unit in 2021.",
        ["12 " + TODAY, "215 2021/2024-03-05 cumulative"],
    ),
    ("Since its creation in 2021, the unit has freed 215 people.", ["215 2021/2024-03-05 cumulative"]),
    ("Since then, police have freed 215 people who were sold in 2021.", ["215 2021 aggregate"]),
    # What else can have happened this year.
    ("Police freed 45 people in a raid on a hotel that had been searched twice this year.", ["45 " + TODAY]),
    ("Police freed 45 people who had been trafficked last year.", ["45 " + TODAY]),
    ("Police freed 45 people in the third raid this year.", ["45 " + TODAY]),
    ("Police freed 45 people in the largest raid so far this year.", ["45 " + TODAY]),
    ("The raid, the 12th so far this year, freed 45 people.", ["45 " + TODAY]),
    ("Police freed 45 people in Bavet, where many have been held so far this year.", ["45 " + TODAY]),
    ("Police arrested a man, the 312th this year.", []),
]


@pytest.mark.parametrize(("body", "expected"), ROWS)
def test_a_running_total_has_the_period_that_its_clause_names(body: str, expected: list[str]) -> None:
    found = record(body)["figures"]
    assert [f"{figure['stated']} {figure['period']} {figure['count']}" for figure in found] == expected


def test_a_month_is_no_last_day_of_a_running_total() -> None:
    found = proposal("Police arrested 12 Thais, taking the number of arrests this year to 480.", date="March 2024")
    assert [(figure["period"], figure["count"]) for figure in found.record["figures"]] == [
        (None, "aggregate"),
        (None, "cumulative"),
    ]


def test_a_total_since_a_year_has_an_open_end_if_the_day_of_the_text_is_unknown() -> None:
    found = proposal("The agency has convicted 728 traffickers since its creation in 2003.", date="March 2024")
    assert [(figure["period"], figure["count"]) for figure in found.record["figures"]] == [("2003/..", "cumulative")]
