"""The currency that a wording names, in the forms of the region's press."""

from __future__ import annotations

import pytest

from scamcli.ingest.counts.amounts import CURRENCIES
from scamcli.language.wording.currency import currency_in, is_currency, other_currency

WORDINGS = [
    ("$2 million", "USD"),
    ("US$2 million", "USD"),
    ("more than 2.5 million dollars", "USD"),
    ("USD 40,000", "USD"),
    ("USD5m", "USD"),
    ("€2 million", "EUR"),
    ("3 million baht", "THB"),
    ("3m Baht", "THB"),
    ("THB 3,000", "THB"),
    ("S$1 billion", "SGD"),
    ("HK$500,000", "HKD"),
    ("NT$120 million", "TWD"),
    ("5 million New Taiwan dollars", "TWD"),
    ("40 Singapore dollars", "SGD"),
    ("RM4.5 million", "MYR"),
    ("20 million riel", "KHR"),
    ("230 billion dong", "VND"),
    ("9.3 billion won", "KRW"),
    ("15,000 bitcoin", "BTC"),
    ("Rp 40 billion", "IDR"),
    # None, or several.
    ("2 million", None),
    ("dozens", None),
    ("$2 million (1.8 million euros)", None),
    ("about 40 kips", None),
    ("40 dollarsworth", None),
    ("", None),
]


@pytest.mark.parametrize(("wording", "currency"), WORDINGS)
def test_the_only_currency_of_a_wording(wording: str, currency: str | None) -> None:
    assert currency_in(wording) == currency


@pytest.mark.parametrize(("word", "code"), CURRENCIES.items())
def test_ingest_means_the_same_by_its_words(word: str, code: str | None) -> None:
    assert currency_in(f"40 {word}") == (code or "USD")


@pytest.mark.parametrize(
    ("wording", "unit", "expected"),
    [
        ("3 million baht", "USD", "THB"), ("$5", "THB", "USD"), ("$5", "USD", None), ("5", "USD", None),
        ("3 million baht", "people", None), ("40 won", "years", None),
    ],
)  # fmt: skip
def test_only_another_currency_takes_the_place_of_a_unit(wording: str, unit: str, expected: str | None) -> None:
    assert other_currency(wording, unit) == expected


@pytest.mark.parametrize(
    ("unit", "expected"), [("USD", True), ("BTC", True), ("usd", False), ("people", False), ("$", False)]
)
def test_units_that_are_currencies(unit: str, *, expected: bool) -> None:
    assert is_currency(unit) is expected
