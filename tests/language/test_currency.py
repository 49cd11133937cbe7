"""The currency that a wording names, in the forms of the region's press."""

from __future__ import annotations

import pytest

from scamcli.language.wording.currency import contradicted, currency_in, is_currency, other_currency

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


SHARED = [
    # nothing decides: the name is the unit, and dollars are those of the United States
    ("Rs 5 lakh", [], "rupees"),
    ("500 pesos", [], "pesos"),
    ("500 dinars", [], "dinars"),
    ("500 francs", [], "francs"),
    ("500,000 shillings", [], "shillings"),
    ("¥3 million", [], "yen or yuan"),
    ("¥3 million", ["KH"], "yen or yuan"),
    ("$5", [], "USD"),
    ("$5", ["KH"], "USD"),
    ("$5", ["KH", "SG"], "USD"),
    # in a text about Singapore alone, an agency's "$" can be either
    ("$5", ["SG"], "dollars"),
    ("US$5", ["SG"], "USD"),
    ("S$5", ["KH"], "SGD"),
    # the countries decide
    ("Rs 5 lakh", ["NP"], "NPR"),
    ("Rs 5 lakh", ["PK", "GR"], "PKR"),
    ("Rs 5 lakh", ["NP", "IN"], "rupees"),
    ("¥3 million", ["JP"], "JPY"),
    ("¥3 million", ["CN", "KH"], "CNY"),
    ("500 pesos", ["MX"], "MXN"),
    ("7 million dirhams", ["AE"], "AED"),
    # the adjective, or another form of the same currency
    ("500 Pakistani rupees", ["IN"], "PKR"),
    ("Sri Lankan Rs 500", [], "LKR"),
    ("500 Mexican pesos", ["PH"], "MXN"),
    ("500 Namibian dollars", [], "dollars"),
    ("five thousand pesos (P5,000)", [], "PHP"),
    ("P5,000", [], "PHP"),
    ("at 5 p.m.", [], None),
    ("Tk 50,000", [], "BDT"),
    ("₹5", [], "INR"),
    ("500 Swiss francs", [], "CHF"),
    ("SEK 500", [], "SEK"),
]


@pytest.mark.parametrize(("wording", "countries", "unit"), SHARED)
def test_what_several_countries_call_their_money(wording: str, countries: list[str], unit: str | None) -> None:
    assert currency_in(wording, countries) == unit


def test_the_countries_of_an_entry_decide_before_those_of_its_text() -> None:
    assert currency_in("Rs 5", ["IN"], ["NP"]) == "INR"
    assert currency_in("Rs 5", ["TH"], ["NP"]) == "NPR"


@pytest.mark.parametrize(
    ("wording", "unit", "expected"),
    [
        ("Rs 5", "NPR", None), ("Rs 5", "USD", "rupees"), ("$5", "SGD", None), ("¥5", "JPY", None),
        ("$5", "THB", "USD"),
    ],
)  # fmt: skip
def test_a_shared_name_contradicts_none_of_its_currencies(wording: str, unit: str, expected: str | None) -> None:
    assert contradicted(wording, unit) == expected
    assert (other_currency(wording, unit) is None) == (expected is None) or unit == "SGD"


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
