"""Dates as reporters write them: a table of wording and EDTF, and what holds of any text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scamcli.ingest import date_phrases, entry_dates
from scamcli.ingest.entry_dates import Relative
from scamcli.ingest.story_dates import read_date
from scamcli.ingest.words import words
from scamcli.language.dates import parse_date

WHOLE = [
    ("September 19, 2022", "2022-09-19"),
    ("September 19 2022", "2022-09-19"),
    ("September 19th, 2022", "2022-09-19"),
    ("SEPTEMBER 19, 2022", "2022-09-19"),
    ("Sept. 19, 2022", "2022-09-19"),
    ("Sep 19, 2022", "2022-09-19"),
    ("19 September 2022", "2022-09-19"),
    ("19th September 2022", "2022-09-19"),
    ("19th of September 2022", "2022-09-19"),
    ("19 of September, 2022", "2022-09-19"),
    ("19 September, 2022", "2022-09-19"),
    ("19 Sept. 2022", "2022-09-19"),
    ("1 May 2023", "2023-05-01"),
    ("31 Dec. 2023", "2023-12-31"),
    ("29 February 2024", "2024-02-29"),
    ("2022-09-19", "2022-09-19"),
    ("2022-09", "2022-09"),
    ("5 March 2567", "2024-03-05"),
    ("March 5, 2567", "2024-03-05"),
    ("5/3/2567", "2024-03-05"),
    ("March 2567", "2024-03"),
    ("19/09/2022", "2022-09-19"),
    ("03/04/2022", "2022-04-03"),
    ("09/19/2022", "2022-09-19"),
    ("19.9.2022", "2022-09-19"),
    ("19-09-2022", "2022-09-19"),
    ("Monday, September 19, 2022", "2022-09-19"),
    ("Monday 19 September 2022", "2022-09-19"),
    ("Mon, 19 Sep 2022", "2022-09-19"),
    ("Mon. 19 September 2022", "2022-09-19"),
    ("October 2022", "2022-10"),
    ("Oct. 2022", "2022-10"),
    ("October of 2022", "2022-10"),
    ("October, 2022", "2022-10"),
    ("2022", "2022"),
]

RANGES = [
    ("2022-25", "2022/2025"),
    ("2022–25", "2022/2025"),
    ("2017 through 3 May", "2017-01-01/2017-05-03"),
    ("2016 up to July 20", "2016-01-01/2016-07-20"),
    ("December 10, 11, and 12, 2025", "2025-12-10/2025-12-12"),
    ("December 10, 11 and 12, 2025", "2025-12-10/2025-12-12"),
    ("1, 4 and 7 March 2024", "2024-03-01/2024-03-07"),
    ("1, 4, and 7 March 2024", "2024-03-01/2024-03-07"),
    ("27–29 March 2023", "2023-03-27/2023-03-29"),
    ("27-29 March 2023", "2023-03-27/2023-03-29"),
    ("27 to 29 March 2023", "2023-03-27/2023-03-29"),
    ("27 and 28 March 2023", "2023-03-27/2023-03-28"),
    ("March 27–29, 2023", "2023-03-27/2023-03-29"),
    ("March 27 to 29, 2023", "2023-03-27/2023-03-29"),
    ("March 27 – April 2, 2023", "2023-03-27/2023-04-02"),
    ("28 March – 2 April 2024", "2024-03-28/2024-04-02"),
    ("28 March to 2 April 2024", "2024-03-28/2024-04-02"),
    ("28 December – 2 January 2024", "2023-12-28/2024-01-02"),
    ("28 December 2023 – 2 January 2024", "2023-12-28/2024-01-02"),
    ("December 30, 2022 to January 2, 2023", "2022-12-30/2023-01-02"),
    ("June–December 2021", "2021-06/2021-12"),
    ("June-December 2021", "2021-06/2021-12"),
    ("June to December 2021", "2021-06/2021-12"),
    ("November 2021 – February 2022", "2021-11/2022-02"),
    ("November–February 2022", "2021-11/2022-02"),
    ("2022-09-19/2022-09-21", "2022-09-19/2022-09-21"),
    ("2019–2021", "2019/2021"),
    ("Q3 2022", "2022-07/2022-09"),
    ("the third quarter of 2022", "2022-07/2022-09"),
    ("first half of 2023", "2023-01/2023-06"),
    ("March 5–5, 2023", "2023-03-05"),
]

ABOUT = [
    ("Early August 2022", "2022-08~"),
    ("early August 2022", "2022-08~"),
    ("late October 2022", "2022-10~"),
    ("mid-May 2023", "2023-05~"),
    ("Mid May 2023", "2023-05~"),
    ("the end of July 2022", "2022-07~"),
    ("beginning of 2023", "2023~"),
    ("around 19 September 2022", "2022-09-19~"),
    ("mid-to-late June 2022", "2022-06~"),
    ("circa 2021", "2021~"),
]

YEARLESS = [
    ("19 September", (9, 19), None),
    ("September 19", (9, 19), None),
    ("Sept. 19:", (9, 19), None),
    ("27–29 March", (3, 27), (3, 29)),
    ("28 March – 2 April", (3, 28), (4, 2)),
    ("Early August", (8, None), None),
    ("June–August", (6, None), (8, None)),
    ("March", (3, None), None),
    ("Monday, 19 September", (9, 19), None),
    ("May 5, 2000 workers", (5, 5), None),
]

NONE = [
    "", "-", "may", "march", "Police", "31 people", "19", "19 suspects", "30 February 2023", "February 30, 2023",
    "29 February 2023", "32 March 2023", "2022-13-01", "2022-02-30", "99/99/2022", "19/09/22", "2000 workers",
    "2023 people were freed", "1,480", "12:30", "2.5 million", "Marching on", "Juneau", "No. 19", "1850", "2150",
    "three weeks", "Monday", "the first", "quarter", "Q5 2022", "0 March 2023", "half of 2023", "2023–2019 March 0",
    "April 31",
]  # fmt: skip


def found(text: str) -> date_phrases.When | None:
    return date_phrases.read(words(text), 0)


@pytest.mark.parametrize(("text", "edtf"), [*WHOLE, *RANGES, *ABOUT])
def test_a_date_as_it_is_written(text: str, edtf: str) -> None:
    told = found(text)
    assert told is not None
    assert (told.has_year, told.edtf()) == (True, edtf)
    assert told.end == len(words(text))


@pytest.mark.parametrize("rest", [" Police freed 45 people.", ": Police freed 45 people.", ", police said.", ")"])
@pytest.mark.parametrize(("text", "edtf"), [*WHOLE, *RANGES])
def test_what_follows_a_date_is_no_part_of_it(text: str, edtf: str, rest: str) -> None:
    told = found(text + rest)
    assert told is not None
    assert (told.edtf(), told.end) == (edtf, len(words(text)))


@pytest.mark.parametrize(("text", "first", "last"), YEARLESS)
def test_a_date_without_a_year_waits_for_one(
    text: str, first: tuple[int, int | None], last: tuple[int, int | None] | None
) -> None:
    told = found(text)
    assert told is not None
    assert not told.has_year
    assert told.first[1:] == first
    assert (told.last and told.last[1:]) == last
    year = told.in_year(2023)
    assert year.has_year
    assert year.edtf().startswith("2023-")
    assert not parse_date(year.edtf("?")).sure


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_date(text: str) -> None:
    told = found(text)
    assert told is None or told.end < len(words(text)), told


@pytest.mark.parametrize(
    "text",
    [
        "30 February 2023",
        "2022-02-30",
        "may",
        "19 suspects",
        "2000 workers",
        "Monday",
        "1902 Chinese nationals fled",
        "1985 Thais were freed",
    ],
)
def test_nothing_is_read_into_these(text: str) -> None:
    assert found(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In October 23 men fled", "October"),
        ("In October 23, men fled", "October 23"),
        ("On October 23 men fled", "October 23"),
        ("In March 20 Thais were freed", "March"),
        ("In March and April 20 Thais were freed", "March and April"),
        ("In early March 20 Sri Lankans were freed", "early March"),
        ("Since May 15 victims returned", "May"),
        ("Since May 15 young men returned", "May"),
        ("Since May 15 have returned", "May"),
        ("Since May 15 the victims returned", "May 15"),
        ("In late March 20 to 30 young men fled", "March"),
        ("| March  | 20  | 30  |".replace("|", " "), "March"),
        ("| March  | 20 to 30  | 5  |".replace("|", " "), "March"),
        ("Since May 15 last year", "May 15"),
        ("Since May 15, victims returned", "May 15"),
        ("On March 1 and 20 Thais on March 4", "March 1"),
        ("On March 1 and 20 Thai police raided", "March 1"),
        ("On March 1 and 20 men were freed", "March 1"),
        ("On March 1 and 20, Thai police raided", "March 1 and 20"),
        ("On March 1–20 Thai police raided", "March 1–20"),
        ("On May 1, 20 Thais on May 4", "May 1"),
        ("On March 4, 12 and 20 Thais were freed", "March 4"),
        ("On March 4, 12 and 20, Thais were freed", "March 4, 12 and 20"),
        ("On 12, 4 March", "12"),
        ("On March 5, 2567 workers fled", "March 5"),
    ],
)
def test_a_number_of_people_after_a_month_is_no_day(text: str, expected: str) -> None:
    every = words(text)
    at = next(at for at, word in enumerate(every) if word.text in ("early", expected.split()[0]))
    found = date_phrases.read(every, at)
    read = text[every[at].start : every[found.end - 1].end] if found else every[at].text
    assert read == expected


def test_a_range_that_runs_backwards_is_none() -> None:
    assert found("29–27 March 2023") is None
    assert found("March 5, 2023 – March 1, 2023") is None


@pytest.mark.parametrize(
    ("published", "day", "expected"),
    [
        ("2024-03-15", "Friday", "2024-03-15"),
        ("2024-03-15", "Thursday", "2024-03-14"),
        ("2024-03-15", "Saturday", "2024-03-09"),
        ("2024-03-01", "Thursday", "2024-02-29"),
        ("2024-01-01", "Sunday", "2023-12-31"),
    ],
)
def test_a_weekday_is_the_last_one_up_to_the_publication(published: str, day: str, expected: str) -> None:
    number = entry_dates.weekday(words(day), 0)
    assert number is not None
    assert entry_dates.last_weekday(number, date.fromisoformat(published)).isoformat() == expected


@pytest.mark.parametrize("text", ["friday", "Fri", "Fridays", "Sunny", ""])
def test_only_the_full_name_of_a_weekday_stands_for_a_day(text: str) -> None:
    assert entry_dates.weekday(words(text), 0) is None


PIECES = st.sampled_from(
    [
        "September",
        "Sept.",
        "Sep",
        "March",
        "May",
        "19",
        "19th",
        "31",
        "2022",
        "2022-09-19",
        "1",
        "0",
        "32",
        "–",
        "-",
        "/",
        ",",
        ".",
        ":",
        "of",
        "the",
        "early",
        "mid",
        "late",
        "to",
        "and",
        "Q1",
        "Monday",
        "first",
        "quarter",
        "half",
        "99",
        "2099",
        "២០២២",
        "១៩",
        "²",
        "٣",
        "５",
    ]
)


@given(
    st.one_of(
        st.text(max_size=60), st.lists(PIECES, max_size=10).map(" ".join), st.lists(PIECES, max_size=8).map("".join)
    )
)
@example("² March 2022")
@example("5 ² 2022")
@example("2022-1²-01")
@example("SEPTEMBER 2000 TO SEP")
def test_any_text_is_read_without_an_error_and_a_date_reads_back(text: str) -> None:
    given_words = words(text)
    for at in range(len(given_words)):
        told = date_phrases.read(given_words, at)
        entry_dates.weekday(given_words, at)
        if told is None:
            continue
        assert at < told.end <= len(given_words)
        complete = told if told.has_year else told.in_year(2024)
        plain = parse_date(complete._replace(about=False).edtf())
        assert plain.sure
        assert plain.start == parse_date(complete.first.edtf()).start
        assert plain.end == parse_date((complete.last or complete.first).edtf()).end
        assert parse_date(complete.edtf("?")) == plain._replace(sure=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A court fined it in May last year.", "2022-05?"),
        ("A man was found dead last February.", "2023-02?"),
        ("A man was found dead last March.", "2022-03?"),
        ("A man was found dead last December.", "2022-12?"),
        ("In a case of September last year, a court jailed 12.", "2022-09?"),
        ("In January of this year, 187 left.", "2023-01?"),
        ("It was closed on the 17th, and 130 left.", "2023-02-17?"),
        ("By the 31st it had counted 1,612.", "2023-01-31?"),
        ("On the 3rd, 20 left.", "2023-03-03?"),
        ("Sat: a raid in Kampot", "2023-03-04?"),
        ("They hid on the 14th floor.", None),
        ("Of the 17th batch, 20 left.", None),
        ("Sat down, they waited.", None),
    ],
)
def test_a_date_that_is_counted_back_from_the_text(text: str, expected: str | None) -> None:
    sentence = tuple(words(text))
    found = next((one for at in range(len(sentence)) if (one := read_date(sentence, at)) is not None), None)
    if expected is None:
        assert found is None
    else:
        assert isinstance(found, Relative)
        assert found.edtf(date(2023, 3, 5), "?") == expected


@given(st.dates(date(1900, 3, 1), date(2100, 1, 1)), st.integers(1, 31))
def test_a_day_of_the_month_is_the_last_one(written: date, day: int) -> None:
    found = date.fromisoformat(Relative("day", 0, 0, day=day).edtf(written, ""))
    assert found.day == day
    assert found <= written
    assert not any((found + timedelta(days=more)).day == day for more in range(1, (written - found).days + 1))
