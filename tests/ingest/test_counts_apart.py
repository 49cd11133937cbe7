"""Numbers that must not count towards the people beside them: things, mentions, suspects who are let go, other days."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures, proposal, proposals

ROWS = [
    # Things that were seized, however they are called.
    ("Police detained 45 people and seized dozens of Starlink terminals.", "detentions 45"),
    ("Police detained 45 people and seized 12 Starlink terminals.", "detentions 45"),
    ("Police detained 45 people, hundreds of SIM boxes and a car.", "detentions 45"),
    ("Police detained hundreds of people.", "detentions 100.."),
    # Suspects who are released are not rescued.
    ("Police arrested five men, three of whom were later released.", "arrests 5 (men) | people 3 <0"),
    ("Police arrested five men. Three were released the next day.", "arrests 5 (men) | people 3 <0"),
    ("Police freed 45 people. Three of them were rescued by boat.", "rescues 45 | rescues 3 <0"),
    # Victims are no part of the suspects, nor suspects of the victims.
    (
        "Police freed 45 people and arrested 12 suspects. The victims include three Thais.",
        "rescues 45 | arrests 12 (suspects) | rescues 3 Thai <0",
    ),
    (
        "Police arrested 12 suspects and freed 45 people. The suspects include three Thais.",
        "arrests 12 (suspects) | rescues 45 | arrests 3 Thai <0",
    ),
    # The number of a place is no other number for the whole.
    ("They opened 45 cases. They put the number of cases in Kandal at 12.", "cases 45 | cases 12"),
    # People to whom something happened at another time.
    ("Police freed 45 workers, a day after 30 were arrested.", "rescues 45 (workers) | arrests 30"),
    ("Police freed 45 workers before 30 were deported.", "rescues 45 (workers) | deportations 30"),
    ("From 1 to 15 March, 17 Kenyans were freed; from 16 to 31 March, 40.", "rescues 17 Kenyan | rescues 40 Kenyan"),
    ("In January, 17 Kenyans were freed; in February, 40.", "rescues 17 Kenyan | rescues 40 Kenyan"),
    ("Police arrested Wang Jun, 44, and 17 Kenyans.", "arrests 17 Kenyan"),
    # One of the people counted before.
    ("Police freed 45 people. One of the rescued women was pregnant.", "rescues 45"),
    ("Police freed 45 people. One of the victims, Siti Example, 22, said she was beaten.", "rescues 45"),
    ("Police freed 45 people. One of the women died.", "rescues 45 | deaths 1 (women)"),
    ("Police freed 45 people. One of the women was Thai.", "rescues 45 | rescues 1 Thai <0"),
    # Victims are no suspects on the run.
    ("At least 120,000 people were forced to run scams.", "captives 120000.."),
    ("Some 40 men were coerced into crime.", "captives ~40 (men)"),
    ("Some 40 men were on the run.", "suspects ~40 (men)"),
]


@pytest.mark.parametrize(("body", "expected"), ROWS)
def test_a_number_is_kept_apart(body: str, expected: str) -> None:
    assert " | ".join(figures(body)) == expected


PERIODS = [
    ("May 2024", "They received 212 requests, up from 180 in April.", ["2024-05", "2024-04"]),
    ("January 2024", "They received 212 requests, up from 180 in December.", ["2024-01", "2023-12"]),
    ("May 2024", "They received 212 requests, down from 300 in the same month last year.", ["2024-05", "2023-05"]),
    ("May 2024", "They received 212 requests, down from 300 in the same month of 2022.", ["2024-05", "2022-05"]),
    ("May 2024", "They received 212 requests, down from 300 the previous month.", ["2024-05", "2024-04"]),
    (
        "May 2024",
        "They received 212 requests, against 180 in April and 90 a year earlier.",
        ["2024-05", "2024-04", "2023-05"],
    ),
    ("May 2024", "They received 212 requests (April: 180).", ["2024-05", "2024-04"]),
    ("May 2024", "They received 212 requests in 11 states (same month in 2022: 180).", ["2024-05", "2022-05"]),
    (
        "January–March 2024",
        "Police arrested 212, down from 300 in the same period last year.",
        [None, "2023-01/2023-03"],
    ),
    ("March 2024", "Police arrested 212, down from 300 last year.", [None, "2023"]),
    ("5 March 2024", "Police arrested 212, down from 300 a year earlier.", [None, None]),
    ("May 2016", "They recorded 120 cases, compared with 2015, which saw 48 cases.", ["2016-05", "2015"]),
    ("May 2016", "They recorded 120 cases, up from 2015, when there were 48 cases.", ["2016-05", "2015"]),
    ("May 2016", "They recorded 120 cases in the city, which saw 48 cases in 2015.", ["2016-05", "2015"]),
    ("May 2025", "Arrests rose from 400 in 2023 to 480 in 2024.", ["2023", "2024"]),
    ("5 March 2024", "On 3 March, 12 Thais were freed.", ["2024-03-03"]),
    ("5 March 2024", "Of 45 men arrested on 3 March, 12 were charged.", [None, None]),
    ("5 March 2024", "In the whole of 2023, 630 workers were freed.", ["2023"]),
    ("5 March 2024", "Since January, 28 workers were freed.", ["2024-01/2024-03-05"]),
    ("5 March 2024", "Under the decree of 2023: 743 people.", [None]),
]


@pytest.mark.parametrize(("date", "body", "expected"), PERIODS)
def test_a_number_of_another_time_has_its_own_period(date: str, body: str, expected: list[str | None]) -> None:
    found = proposal(body, date=date).record["figures"]
    assert [figure["period"] for figure in found] == expected


DAYS = [
    ("Police freed 12 Thais on 1 March and 20 Lao on 4 March.", {"2024-03-01?": ["12"], "2024-03-04?": ["20"]}),
    (
        "Police freed 12 Thais on May 1, 20 Lao on May 4 and 30 Indians on May 9.",
        {"2024-05-01?": ["12"], "2024-05-04?": ["20"], "2024-05-09?": ["30"]},
    ),
    (
        "On March 3, 12 Thais and on March 5, 14 Thais were freed.",
        {"2024-03-03?": ["12"], "2024-03-05?": ["14"]},
    ),
    (
        "In Poipet, 45 were freed on 31 December, and 12 more on Jan. 2.",
        {"2023-12-31?": ["45"], "2024-01-02?": ["12"]},
    ),
    (
        "From 1 to 15 March 2024, 17 Kenyans were freed; from 16 to 31 March, 40.",
        {"2024-03-01/2024-03-15": ["17"], "2024-03-16/2024-03-31": ["40"]},
    ),
    (
        "5 March 2024: Police freed 45 on 3 March and 12 on 5 March.\n\n6 March 2024: Police freed nine.",
        {"2024-03-05": ["12"], "2024-03-03": ["45"], "2024-03-06": ["nine"]},
    ),
    ("Police freed 12 Thais on 1 March and flew home on 4 March.", {"2024-03-01?": ["12"]}),
    ("Police freed 12 Thais and 20 Lao on 1 and 4 March.", {"2024-03-01?/2024-03-04?": ["12", "20"]}),
]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_numbers_of_several_days_are_in_entries_of_their_own(text: str, expected: dict[str, list[str]]) -> None:
    found = {one.record["date"]: [figure["stated"] for figure in one.record["figures"]] for one in proposals(text)}
    assert found == expected


YEARS = [
    ("They handled 330 cases last year, up from 220 in 2022.", {"2023?": ["330", "220"]}),
    ("They handled 330 cases last year, compared with 220 in 2022 and 180 in 2021.", {"2023?": ["330", "220", "180"]}),
    ("They handled 330 cases in 2023. That was up from 220 in 2022.", {"2023": ["330", "220"]}),
    ("They handled 330 cases last year. They also handled 220 in 2022.", {"2023?": ["330"], "2022": []}),
]


@pytest.mark.parametrize(("text", "expected"), YEARS)
def test_the_year_of_a_comparison_does_not_date_its_sentence(text: str, expected: dict[str, list[str]]) -> None:
    found = {one.record["date"]: [figure["stated"] for figure in one.record["figures"]] for one in proposals(text)}
    assert found == expected
