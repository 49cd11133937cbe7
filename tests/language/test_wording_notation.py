"""Notations of numbers that reporters, police and organisations use, and words that make a number another one."""

from __future__ import annotations

import pytest

from scamcli.language.wording.bounds import UNKNOWN, Bounds, Number
from scamcli.language.wording.parsing import bounds_in, parse_wording

SAME: list[tuple[str, Number]] = [
    # powers of ten, as spreadsheets and JSON write them
    ("1.23457E+11", 123_457_000_000),
    ("1.2e+03", 1200),
    ("$1.2E+06", 1_200_000),
    ("5e-05", 0.00005),
    # words and figures
    ("fourteen (14) men", 14),
    ("14 (fourteen)", 14),
    ("fourteen [14] men", 14),
    ("two hundred (200) Bangladeshis", 200),
    ("twenty-one (21) suspects", 21),
    ("two (2) dozen", 24),
    ("five (5) million", 5_000_000),
    ("fourteen men (14)", 14),
    ("ten percent (10%)", 10),
    ("five thousand pesos (P5,000.00)", 5_000),
    ("two (2) years", 2),
    # groups of digits
    ("2,50,000", 250_000),
    ("1,46,00,000", 14_600_000),
    ("Rs 1,46,00,000", 14_600_000),
    ("Rs1,46,00,000.50", 14_600_000.5),
    ("10,00,000", 1_000_000),
    ("1'234'567", 1_234_567),
    ("12’345", 12_345),
    ("1\u2009234\u2009567", 1_234_567),
    # scales
    ("$1.5 trillion", 1.5 * 10**12),
    ("1.2 mln", 1_200_000),
    ("1 bn", 10**9),
    ("Rp 500 juta", 500_000_000),
    ("2.1 miliar rupiah", 2_100_000_000),
    ("1 crore 46 lakh", 14_600_000),
    ("2 million 500 thousand", 2_500_000),
    ("two-and-a-half thousand", 2_500),
    # money
    ("RM 2.1 bn", 2_100_000_000),
    ("RM2.1bn", 2_100_000_000),
    ("RM300", 300),
    ("US$ 3 bn", 3 * 10**9),
    ("US$ 3 million", 3_000_000),
    ("Rs3m", 3_000_000),
    ("Rs. 3m", 3_000_000),
    ("THB40m", 40_000_000),
    ("€3bn", 3 * 10**9),
    ("$1.5tn", 1_500 * 10**9),
    ("$ 2.3 m", 2_300_000),
    ("2.3 m baht", 2_300_000),
    ("P1.2-M", 1_200_000),
    ("P25M", 25_000_000),
    ("P300-million", 300_000_000),
    ("A$2.3m", 2_300_000),
    ("C$5m", 5_000_000),
    ("S$ 4,000", 4_000),
    ("SGD4,000", 4_000),
    ("₹12 crore", 120_000_000),
    ("Rs 1.2 cr", 12_000_000),
    ("៛40 million", 40_000_000),
    ("NT$ 5 million", 5_000_000),
    # words around it
    ("12 in total", 12),
    ("12 in Kandal", 12),
]

BOUNDED: list[tuple[str, Bounds]] = [
    ("at least fourteen (14) men", Bounds(low=14)),
    ("more than two hundred (200)", Bounds(low=201)),
    ("fourteen (14) or more", Bounds(low=14)),
    ("more than ₹12 crore", Bounds(low=120_000_000)),
    ("more than 500 dinars", Bounds(low=500)),
    ("2,50,000 to 3,00,000", Bounds(250_000, None, 300_000)),
    ("Rs 2.5-3 lakh", Bounds(250_000, None, 300_000)),
    ("20 and possibly more", Bounds(low=20)),
    ("20, if not more", Bounds(low=20)),
    ("20, perhaps more", Bounds(low=20)),
    ("not even 100", Bounds(high=99)),
    ("barely 100", Bounds(best=100)),
    ("hardly a dozen", Bounds(best=12)),
    ("fifty-something", Bounds(best=50)),
    ("thirty-some people", Bounds(best=30)),
    ("potentially 30", Bounds(best=30)),
    ("not confirmed: 30", Bounds(best=30)),
]

UNSAID = [
    # both are stated, and one must be wrong
    "fourteen (15)", "14 (fifteen)",
    # a part, a multiple, an average or another number
    "twelve (3 women)", "twelve men (12 Thais)", "12 women (3)", "double the 40", "twice 40", "twice as many as 40",
    "three score", "an average of 20", "on average 20", "20 on average", "20 a head", "$10,000-a-month", "up from 20",
    "compared with 20", "rose from 60", "20 fewer", "a couple or three", "a couple and two children",
    "a mother and her two children", "couple and their two children", "12M, 3F", "four life terms",
    # digits, but not the digits of a number
    "six-figure sum", "a five-figure sum", "seven figures", "room 20", "block 20", "Route 4", "Article 12", "aged 20",
    "12 May", "012 345 678",
    # no group of thousands or of lakhs
    "1,2,500", "123,45,678", "2,5,000", "2,50,00", "1,46,000,000", "02,50,000", "12'34",
    # scales of other languages, and "mil", which is a thousand or a million
    "3 mil", "US$1.2 mil", "30 mille", "30 rb", "30 jt", "30 nghìn", "30 triệu", "30万", "2.5 m",
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), SAME)
def test_one_number_in_each_notation(text: str, number: Number) -> None:
    bounds = parse_wording(text)
    assert bounds == Bounds(number, number, number)
    assert isinstance(bounds.best, int) or not float(bounds.best or 0).is_integer()


@pytest.mark.parametrize(("text", "bounds"), BOUNDED)
def test_bounds_of_other_notations(text: str, bounds: Bounds) -> None:
    assert parse_wording(text) == bounds


@pytest.mark.parametrize(
    "text",
    [
        *UNSAID,
        "1e3",
        "1.5e+16",
        "1e+99",
        "1.2E+03,5",
        "route 3E+",
        "1.2x10^3",
        "1.5 × 10^9",
        "1,2E+03",
        "1,23457E+11",
        "12 tausend",
    ],
)
def test_no_bounds_where_the_number_means_something_else(text: str) -> None:
    assert parse_wording(text) == UNKNOWN


@pytest.mark.parametrize(
    "text", ["20 minutes", "20 pct", "5,000 pesos", "Rs 5,000", "₱5,000", "five thousand (5,000) baht"]
)
def test_money_and_minutes_are_no_people(text: str) -> None:
    assert bounds_in(text, "people") == UNKNOWN


def test_money_in_any_currency_need_not_be_whole() -> None:
    assert bounds_in("more than 5", "THB") == Bounds(low=5)


YEARS: list[tuple[str, Number | None, Number | None, Number | None]] = [
    ("18 months", 1.5, 1.5, 1.5),
    ("an 18-month sentence", 1.5, 1.5, 1.5),
    ("nine months", 0.75, 0.75, 0.75),
    ("six years and four months", 6.333333, 6.333333, 6.333333),
    ("14 years, 3 months", 14.25, 14.25, 14.25),
    ("1 year 6 months", 1.5, 1.5, 1.5),
    ("at least six years and six months", 6.5, None, None),
    ("two and a half years", 2.5, 2.5, 2.5),
    ("three-and-a-half years", 3.5, 3.5, 3.5),
    ("two years and a half", 2.5, 2.5, 2.5),
    ("a year and a half", 1.5, 1.5, 1.5),
    ("half a year", 0.5, 0.5, 0.5),
    ("a year", 1, 1, 1),
    ("7 yrs", 7, 7, 7),
    ("two decades", 20, 20, 20),
    ("18 to 24 months", 1.5, None, 2),
    ("six months to two years", 0.5, None, 2),
    ("up to 18 months", None, None, 1.5),
    ("more than two years", 2, None, None),
    ("12", 12, 12, 12),
    ("life", None, None, None),
    ("25 years to life", None, None, None),
    ("six weeks", None, None, None),
    ("90 days", None, None, None),
    ("12 years and a day", None, None, None),
    ("six years and 14 months", None, None, None),
    ("6.5 years and 3 months", None, None, None),
]


@pytest.mark.parametrize(("text", "low", "best", "high"), YEARS)
def test_lengths_of_time_in_years(text: str, low: Number | None, best: Number | None, high: Number | None) -> None:
    assert bounds_in(text, "years") == Bounds(low, best, high)


@pytest.mark.parametrize(
    "text", ["six years and four months", "# years # months", "month # years months", "1 month" * 30]
)
def test_months_stay_months_without_a_unit_of_years(text: str) -> None:
    assert parse_wording("18 months") == Bounds(18, 18, 18)
    bounds_in(text, "years")
