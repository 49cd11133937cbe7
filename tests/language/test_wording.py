"""Wording → bounds: rule 1, as a table of what reporters write."""

from __future__ import annotations

import pytest

from scamcli.language.wording.bounds import UNKNOWN, Bounds, Number
from scamcli.language.wording.currency import codes
from scamcli.language.wording.parsing import bounds_in, parse_wording, since

N = None
Row = tuple[str, Number | None, Number | None, Number | None]

SEED: list[Row] = [
    ("289", 289, 289, 289),
    ("a total of 289 complaints", 289, 289, 289),
    ("More than 200 complaints", 201, N, N),
    ("about 95 percent", N, 95, N),
    ("$2.5 million", 2_500_000, 2_500_000, 2_500_000),
    ("RM4.5 million", 4_500_000, 4_500_000, 4_500_000),
    ("P2.5 million", 2_500_000, 2_500_000, 2_500_000),
    ("more than Rs 4.5 crore", 45_000_000, N, N),
    ("Dh1.6 million", 1_600_000, 1_600_000, 1_600_000),
    ("a model X4.5", N, N, N),
    ("5 lakhs", 500_000, 500_000, 500_000),
    ("nearly Sh600,000", N, 600_000, 600_000),
    ("may exceed $5 billion", 5_000_000_000, N, N),
    ("more than 5,000 subscribers", 5_001, N, N),
    ("62 Indonesian nationals", 62, 62, 62),
    (
        "at least 2,000 Taiwanese are still stranded, but this number could be as high as 5,000",
        2_000,
        N,
        5_000,
    ),
    ("More than 42 Vietnamese workers", 43, N, N),
    ("a two-year prison sentence", 2, 2, 2),
    ("Over 1,000 Vietnamese citizens", 1_001, N, N),
    ("raiding more than 10 condominiums, hotels and other buildings", 11, N, N),
    ("more than a thousand enslaved workers", 1_001, N, N),
    ("across 10 provinces", 10, 10, 10),
    ("As many as 100,000 people", N, N, 100_000),
    ("more than 600 requests", 601, N, N),
    ("over 1,590 foreigners", 1_591, N, N),
    ("16 nationalities", 16, 16, 16),
    ("more than a dozen complaints", 13, N, N),
    ("nearly 8,000 Cambodian citizens", N, 8_000, 8_000),
    ("three people fell from Sihanoukville buildings in four days", 3, 3, 3),
    ("166 cases in comparison to 359 in 2021", N, N, N),
    ("hundreds of workers", 100, N, N),
    ("from January to March there were 128 requests", 128, 128, 128),
    ("605 requests for help in the first quarter of 2022", 605, 605, 605),
    ("a 78% decline", -78, -78, -78),
]

LIMITS: list[Row] = [
    ("over 200", 201, N, N),
    ("upwards of 200", 201, N, N),
    ("in excess of 200", 201, N, N),
    ("> 200", 201, N, N),
    (">200", 201, N, N),
    ("at least 200", 200, N, N),
    ("no fewer than 40", 40, N, N),
    ("not less than 40", 40, N, N),
    ("≥201", 201, N, N),
    (">= 201", 201, N, N),
    ("200+", 200, N, N),
    ("10,000-plus", 10_000, N, N),
    ("200 workers or more", 200, N, N),
    ("up to 30", N, N, 30),
    ("not more than 30", N, N, 30),
    ("at most 30", N, N, 30),
    ("≤30", N, N, 30),
    ("<= 30", N, N, 30),
    ("30 or fewer", N, N, 30),
    ("fewer than 30", N, N, 29),
    ("less than 30", N, N, 29),
    ("under 30", N, N, 29),
    ("<30", N, N, 29),
    ("almost 200", N, 200, 200),
    ("around 200", N, 200, N),
    ("some 200 workers", N, 200, N),
    ("approximately 200", N, 200, N),
    ("roughly 200", N, 200, N),
    ("~95", N, 95, N),
    ("an estimated 200", N, 200, N),
    ("200 or so", N, 200, N),
    ("only 3", 3, 3, 3),
    ("exactly 12", 12, 12, 12),
    ("at least another 12", 12, N, N),
    ("could reach 5,000", N, N, 5_000),
]

SHORT: list[Row] = [
    *((text, N, N, 20) for text in ("max 20", "max. 20", "max: 20", "maximum of 20", "20 max.", "20 (max)", "≦20")),
    *((text, 20, N, N) for text in ("min 20", "min. 20", "minimum 20", "20 (min)", "20 minimum", "≧20", "20+", "20 +")),
    *((text, 21, N, N) for text in (">20", "＞20", "＞ 20 people")),
    *((text, N, 40, N) for text in ("est. 40", "est.40", "40 est.", "40 (estimate)", "40, estimated", "estimate: 40")),
    *((text, N, 40, N) for text in ("40?", "?40", "40 (?)", "40？", "40 people?", "about 40?")),
    *((text, N, 40, N) for text in ("40 (unconfirmed)", "40 unconfirmed", "unconfirmed: 40", "40, not yet verified")),
    *((text, N, 40, N) for text in ("±40", "± 40", "+/-40", "+/- 40", "+-40", "40 +/-", "40±", "+/− 40 people")),
    *((text, N, N, N) for text in ("40 ± 5", "40+/-5", "40 (+/- 5)", "40+-50")),
    *((text, N, 40, N) for text in ("40 (TBC)", "40 possibly", "40 (probably)", "c. 40", "c.40", "ca 40", "40 ca.")),
    *((text, N, 40, N) for text in ("approx. 40", "approx.40", "40 approx", "40-ish", "~40")),
    *((text, 10, N, 15) for text in ("10-15", "10–15", "10 to 15", "from 10 to 15")),
    *((text, 24, N, N) for text in ("several dozens", "many dozens", "few dozens of people")),
    ("several tens of thousands", 20_000, N, N),
    ("10 or 11", 10, N, 11),
    ("from 50", N, N, N),
    ("20 min", N, N, N),
    ("10-15?", N, N, N),
    ("at least 40?", N, N, N),
    ("12 (3 women)", N, N, N),
    ("12 workers of Max Hotel", 12, 12, 12),
]

RANGES: list[Row] = [
    ("200 to 300", 200, N, 300),
    ("between 200 and 300", 200, N, 300),
    ("200-300", 200, N, 300),
    ("200 – 300 people", 200, N, 300),
    ("two or three people", 2, N, 3),
    ("2 to 3 million", 2_000_000, N, 3_000_000),
    ("$2-3 million", 2_000_000, N, 3_000_000),
    ("500 to 2 million", 500, N, 2_000_000),
    ("at least 2,000, could be as high as 5,000", 2_000, N, 5_000),
    ("2,000 that could be 5,000", 2_000, N, 5_000),
    ("at least 10 and at most 20", 10, N, 20),
    ("about 250, between 200 and 300", 200, 250, 300),
    ("300 to 200", N, N, N),
    ("about 200 to 300", N, N, N),
    ("rose from 60% to 78%", N, N, N),
]

NUMERALS: list[Row] = [
    ("1,480", 1_480, 1_480, 1_480),
    ("1 480", 1_480, 1_480, 1_480),
    ("1\u00a0480", 1_480, 1_480, 1_480),
    ("  MORE\u00a0THAN   200 ", 201, N, N),
    ("2.5 million", 2_500_000, 2_500_000, 2_500_000),
    ("2½ million", 2_500_000, 2_500_000, 2_500_000),
    ("1.5k", 1_500, 1_500, 1_500),
    ("10bn riel", 10**10, 10**10, 10**10),
    ("4.35 hundred", 435, 435, 435),
    ("៣៥៨", 358, 358, 358),
    ("២៨៩ នាក់", 289, 289, 289),
    ("๒๘๙", 289, 289, 289),
    ("２８９", 289, 289, 289),
    ("289²", 289, 289, 289),
    ("1.480", N, N, N),
    ("1.234.567", 1_234_567, 1_234_567, 1_234_567),
    ("1.2.3", N, N, N),
    ("1,48", N, N, N),
    ("1,2,3", N, N, N),
    ("1.480,50", N, N, N),
    ("ជាង ២០០ នាក់", N, N, N),
    ("9" * 60, N, N, N),
]

WORDS: list[Row] = [
    ("zero", 0, 0, 0),
    ("twenty-one", 21, 21, 21),
    ("two hundred and five", 205, 205, 205),
    ("a hundred", 100, 100, 100),
    ("a thousand", 1_000, 1_000, 1_000),
    ("half a million", 500_000, 500_000, 500_000),
    ("over half a million", 500_001, N, N),
    ("two and a half million", 2_500_000, 2_500_000, 2_500_000),
    ("a million and a half", 1_500_000, 1_500_000, 1_500_000),
    ("twenty-five hundred", 2_500, 2_500, 2_500),
    ("five hundred thousand", 500_000, 500_000, 500_000),
    ("two thousand million", 2 * 10**9, 2 * 10**9, 2 * 10**9),
    ("a dozen", 12, 12, 12),
    ("two dozen", 24, 24, 24),
    ("half a dozen", 6, 6, 6),
    ("dozens", 12, N, N),
    ("scores of people", 20, N, N),
    ("at least dozens", 12, N, N),
    ("hundreds", 100, N, N),
    ("several hundred", 200, N, N),
    ("thousands", 1_000, N, N),
    ("tens of thousands", 10_000, N, N),
    ("hundreds of thousands of people", 100_000, N, N),
    ("up to hundreds", N, N, N),
    ("a couple of dozen", 24, N, N),
    ("a couple of Kenyans", 2, N, N),
    ("a couple of hundred", 200, N, N),
    ("a pair of Nepalis", 2, 2, 2),
    ("at least a trio of men", 3, N, N),
    ("a lone Kenyan", 1, 1, 1),
    ("not a single Kenyan", N, N, N),
    ("a pair", N, N, N),
    ("hundreds, possibly thousands", N, N, N),
    ("two three", N, N, N),
]

MEASURES: list[Row] = [
    ("95 %", 95, 95, 95),
    ("95 per cent", 95, 95, 95),
    ("over 95%", 95, N, N),
    ("less than 1.5 percent", N, N, 1.5),
    ("more than $2.5 million", 2_500_000, N, N),
    ("more than 10 million dollars", 10_000_000, N, N),
    ("US$10,000-plus", 10_000, N, N),
    ("more than two years", 2, N, N),
    ("−78", -78, -78, -78),
    ("-78 %", -78, -78, -78),
    ("minus 78 percent", -78, -78, -78),
    ("a decline of 78 percent", -78, -78, -78),
    ("fell by at least 50%", N, N, -50),
    ("more than 78% drop", N, N, -78),
    ("nearly 80% decline", -80, -80, N),
    ("fell to 78%", 78, 78, 78),
    ("rose 20%", 20, 20, 20),
    ("-5 people", N, N, N),
    ("rose +20%", 20, 20, 20),
    ("a sentence cut by 3 years", 3, 3, 3),
    ("workers plus 12 children", 12, 12, 12),
    ("losses fell by $2 million", 2_000_000, 2_000_000, 2_000_000),
    ("fewer than 0", N, N, N),
]

UNSAID: list[Row] = [
    ("", N, N, N),
    ("several", N, N, N),
    ("many", N, N, N),
    ("no number was given", N, N, N),
    ("12 of 40", N, N, N),
    ("45 per week", N, N, N),
    ("up to 45 people a day", N, N, N),
    ("15 each", N, N, N),
    ("hundreds every month", N, N, N),
    ("12-May", N, N, N),  # what a spreadsheet makes of 5-12
    ("45 other people", 45, 45, 45),
    ("40 people, 12 women", N, N, N),
    ("some of the 200", N, N, N),
    ("most of the 200", N, N, N),
    ("nearly all 62", N, N, N),
    ("not 200", N, N, N),
    ("all but 12", N, N, N),
    ("two thirds of the victims", N, N, N),
    ("three times as many", N, N, N),
    ("one in three", N, N, N),
    ("9/11", N, N, N),
    ("more than half", N, N, N),
    ("200 ± 10", N, N, N),
    ("K99 Group", N, N, N),
    ("COVID-19", N, N, N),
    ("mid-2022", N, N, N),
    ("1e5", N, N, N),
    ("2.5 m", N, N, N),
    ("no one", 0, 0, 0),
    ("None.", 0, 0, 0),
    ("not a single person", 0, 0, 0),
    ("no fewer", N, N, N),
    ("the 1st raid", N, N, N),
    ("on September 19, 2022", N, N, N),
    ("in 2022", N, N, N),
    ("over 600 requests from over 1,590 foreigners representing 16 nationalities", N, N, N),
    ("more than 200 " + "x" * 300, N, N, N),
]

DATED: list[Row] = [
    ("more than 600 since August 18", 601, N, N),
    ("more than 600 requests since August 18, 2022", 601, N, N),
    ("600 since 18 August", 600, 600, 600),
    ("166 cases in 2022", 166, 166, 166),
    ("289 complaints in the past 30 days", 289, 289, 289),
    ("3 workers, including a 19-year-old", 3, 3, 3),
    ("12 may have died", 12, 12, 12),
    ("up to 2000", N, N, 2000),
    ("1900 to 2050", 1900, N, 2050),
    ("between 1950 and 2000 people", 1950, N, 2000),
    ("more than 2000", 2001, N, N),
]


@pytest.mark.parametrize(
    ("text", "low", "best", "high"), SEED + LIMITS + SHORT + RANGES + NUMERALS + WORDS + MEASURES + UNSAID + DATED
)
def test_a_wording_gives_its_bounds_and_nothing_more(
    text: str, low: Number | None, best: Number | None, high: Number | None
) -> None:
    bounds = parse_wording(text)
    assert bounds == Bounds(low, best, high)
    assert all(bound is None or isinstance(bound, int) or not bound.is_integer() for bound in bounds)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("more than 200", Bounds(low=200)),
        ("under 30", Bounds(high=30)),
        ("> 2.5", Bounds(low=2.5)),
        ("78 decline", Bounds(-78, -78, -78)),
    ],
)
def test_money_and_percent_have_no_next_whole_number(text: str, bounds: Bounds) -> None:
    assert parse_wording(text, measure=True) == bounds


@pytest.mark.parametrize(
    "text",
    [
        "12 families", "12 Thai families", "more than 12 households", "three couples", "1 family", "a dozen teams",
        "12 groups of workers", "12 days", "a 12-year-old", "12 %", "12 families (60 people)", "dozens of buses",
        "45 phones", "more than 45 mobile phones", "20 to 30 passports", "45 km", "45 kg", "$45", "45 dollars",
        "10-15 days", "5 to 10 km", "$10-15", "$10 to $15", "20 to 30 dollars",
    ],
)  # fmt: skip
def test_what_is_not_counted_one_person_at_a_time_is_no_number_of_people(text: str) -> None:
    assert bounds_in(text, "people") == UNKNOWN
    assert bounds_in(text, "families") == parse_wording(text)


@pytest.mark.parametrize(
    "text",
    [
        "70 percent", "70%", "over 70 %", "10-15%", "10–15 %", "10 to 15 percent", "between 10 and 15 per cent",
        "10% to 15%", "10 or 15 percent of them", "up to 15 pct",
    ],
)  # fmt: skip
def test_a_percentage_is_a_share_and_no_number_of_what_is_counted(text: str) -> None:
    assert bounds_in(text, "people") == bounds_in(text, "cases") == bounds_in(text, "USD") == UNKNOWN
    assert bounds_in(text, "percent") == parse_wording(text, measure=True) != UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "12",
        "12 women in groups",
        "12 won asylum",
        "1 family member",
        "12 people, all in buses",
        "12 workers held for 3 days",
        "12 Thai men",
    ],
)
def test_people_are_counted_wherever_they_are(text: str) -> None:
    assert bounds_in(text, "people") == parse_wording(text) != UNKNOWN


def test_a_unit_says_whether_there_is_a_next_whole_number() -> None:
    assert bounds_in("more than 5", "USD") == Bounds(low=5)
    assert bounds_in("over 170 billion VND", "VND") == Bounds(low=170_000_000_000)
    assert bounds_in("more than 5", "people") == Bounds(low=6)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("more than 600 since August 18", "--08-18"),
        ("more than 600 since August 18, 2022", "2022-08-18"),
        ("Since 18 August 2022", "2022-08-18"),
        ("since Aug. 18th", "--08-18"),
        ("since 2022-08-18", "2022-08-18"),
        ("120 articles since November 2021", "2021-11"),
        ("since the start of 2022", "2022"),
        ("since May", "--05"),
        ("since last year", None),
        ("since February 31", None),
        ("on August 18", None),
        ("", None),
    ],
)
def test_the_day_after_since_as_precise_as_it_was_said(text: str, date: str | None) -> None:
    assert since(text) == date


@pytest.mark.parametrize(
    "piece",
    [
        "a total of ",
        "1 ",
        "1,",
        "9",
        "more than ",
        "two ",
        "between 1 and ",
        "half a ",
        "could be ",
        "- ",
        "១",
        "(",
    ],
)
def test_a_long_text_is_read_too(piece: str) -> None:
    for length in (200, 239, 100_000):
        for lead in ("", "more than ", "since "):
            assert len(parse_wording((lead + piece * length)[:length])) == 3
            since((lead + piece * length)[:length])


@pytest.mark.parametrize("name", codes())
def test_an_amount_in_any_currency_need_not_be_whole(name: str) -> None:
    assert parse_wording(f"more than 5 {name}") == Bounds(low=5)
