"""How numbers are written: each amount of a sentence with its wording, and whether it is money or a percentage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scamcli.ingest.counts.amounts import amounts
from scamcli.ingest.words import sentences, words
from scamcli.language.wording.parsing import parse_wording

if TYPE_CHECKING:
    from scamcli.ingest.counts.count import Amount


def found(text: str) -> list[Amount]:
    return [one for sentence in sentences(text) for one in amounts(sentence, text, frozenset())]


PLAIN = [
    ("they freed 212 Thais", "212"),
    ("they freed 1,480 Thais", "1,480"),
    ("they freed twelve", "twelve"),
    ("they freed forty-five Thais", "forty-five"),
    ("they freed two hundred and eighty-eight workers", "two hundred and eighty-eight"),
    ("they freed two hundred workers", "two hundred"),
    ("they freed three thousand workers", "three thousand"),
    ("they freed a hundred workers", "a hundred"),
    ("they freed 1.5 million birds", "1.5 million"),
    ("they freed 600k birds", "600k"),
    ("they freed a dozen men", "a dozen"),
    ("they freed two dozen men", "two dozen"),
    ("they freed half a dozen men", "half a dozen"),
    ("scores more fled", "scores"),
    ("30-some people", "30-some"),
    ("Block B - Some 40 people", "Some 40"),
    ("they freed several dozen men", "several dozen"),
    ("they freed dozens of men", "dozens"),
    ("they freed tens of thousands of men", "tens of thousands"),
    ("they freed hundreds of thousands of men", "hundreds of thousands"),
    ("they freed more than 200 men", "more than 200"),
    ("they freed over 200 men", "over 200"),
    ("they freed at least 200 men", "at least 200"),
    ("they freed as many as 200 men", "as many as 200"),
    ("they freed up to 200 men", "up to 200"),
    ("they freed nearly 200 men", "nearly 200"),
    ("they freed almost 200 men", "almost 200"),
    ("they freed about 200 men", "about 200"),
    ("they freed some 200 men", "some 200"),
    ("they freed an estimated 200 men", "an estimated 200"),
    ("they freed fewer than 200 men", "fewer than 200"),
    ("they freed no more than 200 men", "no more than 200"),
    ("they freed just under 200 men", "under 200"),
    ("they freed well over 200 men", "well over 200"),
    ("they freed more than a dozen men", "more than a dozen"),
    ("they freed 200 or more", "200 or more"),
    ("they freed 200+ men", "200+"),
    ("they freed >200 men", ">200"),
    ("they freed ~200 men", "~200"),
    ("they freed 20 to 30 men", "20 to 30"),
    ("they freed 20–30 men", "20–30"),
    ("they freed between 20 and 30 men", "between 20 and 30"),
    ("they freed another 30 men", "30"),
    ("they freed a total of 30 men", "30"),
    ("they freed an additional 30 men", "30"),
    ("they freed all 30 men", "30"),
    ("they freed exactly 30 men", "30"),
    ("More than 200 men were freed", "more than 200"),
    ("Twelve men were freed", "twelve"),
    ("they turned over 30 men", "30"),
    ("they freed fourteen (14) men", "fourteen (14)"),
    ("they freed 14 (fourteen) men", "14 (fourteen)"),
    ("they freed at least two hundred (200) men", "at least two hundred (200)"),
    ("they freed 2,50,000 men", "2,50,000"),
    ("they freed 1.234.567 men", "1.234.567"),
    ("they freed 1’234 men", "1’234"),
    ("they freed 1.5k men", "1.5k"),
    ("they freed from 20 to 30 men", "from 20 to 30"),
    ("they freed 30~40 men", "30~40"),
    ("they freed two and a half thousand men", "two and a half thousand"),
    ("they freed half-dozen men", "half-dozen"),
    ("they freed scores of men", "scores"),
    ("they freed barely 100 men", "barely 100"),
    ("they freed not even 100 men", "not even 100"),
    ("they freed approx. 40 men", "approx. 40"),
    ("they freed max. 40 men", "max. 40"),
    ("they freed 20 and possibly more men", "20 and possibly more"),
    ("they freed thirty-some men", "thirty-some"),
    ("they freed more  than\n200 men", "more than 200"),
]

SEVERAL = [
    ("a couple of dozen men and 12 women", ["a couple of dozen", "12"]),
    ("Room 5 - Some 40 people", ["5", "Some 40"]),
    ("12 men and 15 women", ["12", "15"]),
    ("from 20 to 30 years", ["from 20 to 30"]),
    ("sentenced one to 12 years", ["one", "12"]),
    ("a fine of Rs3m to one man", ["Rs3m", "one"]),
    ("she won 12 cases", ["12"]),
    ("two and a half years", ["two and a half"]),
    ("4½ years", ["4½"]),
    ("from 20 to 30", ["from 20 to 30"]),
    ("rose from 20 to 30", ["20", "30"]),
    ("fourteen men (14) left", ["fourteen"]),
    ("fourteen (15) left", ["fourteen (15)"]),
    ("30/40 left", ["30/40"]),
    ("paid $300 to eleven men", ["$300", "eleven"]),
    ("12M and 3F", []),
    ("a quarter of a million", []),
    ("Thailand (12) and Laos (three)", ["12", "three"]),
    ("of the 900, 310 left", ["900", "310"]),
    ("nobody was there", []),
    ("a man and the woman", []),
    ("the 19th floor", []),
    ("someone often won a tent in Phnom Penh", []),
]

MONEY: list[Any] = [
    ("lost $2.5 million", "$2.5 million", None),
    ("lost US$500", "US$500", None),
    ("lost more than $500", "more than $500", None),
    ("lost 500 dollars", "500 dollars", None),
    ("lost 500 US dollars", "500 US dollars", None),
    ("lost 14 million baht", "14 million baht", "THB"),
    ("lost 14 million Thai baht", "14 million Thai baht", "THB"),
    ("lost €300", "€300", "EUR"),
    ("lost £300,000", "£300,000", "GBP"),
    ("lost 300 yuan", "300 yuan", "CNY"),
    ("lost NT$300", "NT$300", "TWD"),
    ("lost RM300", "RM300", "MYR"),
    ("lost S$300", "S$300", "SGD"),
    ("lost 300 Singapore dollars", "300 Singapore dollars", "SGD"),
    ("lost 40 million riel", "40 million riel", "KHR"),
    ("lost Rs 300", "Rs 300", "rupees"),
    ("lost Rs. 300", "Rs. 300", "rupees"),
    ("lost Rs3m", "Rs3m", "rupees"),
    ("lost Rs 1,46,00,000", "Rs 1,46,00,000", "rupees"),
    ("lost 500 Pakistani rupees", "500 Pakistani rupees", "PKR"),
    ("lost 500 Sri Lankan rupees", "500 Sri Lankan rupees", "LKR"),
    ("lost 500 Mexican pesos", "500 Mexican pesos", "MXN"),
    ("lost five thousand pesos (P5,000)", "five thousand pesos (P5,000)", "PHP"),
    ("lost P1.2-million", "P1.2-million", "PHP"),
    ("lost P1.2M", "P1.2M", "PHP"),
    ("lost RM2.1bn", "RM2.1bn", "MYR"),
    ("lost RM 2.1 bn", "RM 2.1 bn", "MYR"),
    ("lost RM1.2mil", "RM1.2mil", "MYR"),
    ("lost THB40m", "THB40m", "THB"),
    ("lost JPY 3 million", "JPY 3 million", "JPY"),
    ("lost VND 40 billion", "VND 40 billion", "VND"),
    ("lost 500 Hong Kong dollars", "500 Hong Kong dollars", "HKD"),
    ("lost A$2.3m", "A$2.3m", "AUD"),
    ("lost NZ$2.3m", "NZ$2.3m", "NZD"),
    ("lost $2.3m", "$2.3m", None),
    ("lost $2.3 m", "$2.3 m", None),
    ("lost $2.3b", "$2.3b", None),
    ("lost $1.5 trillion", "$1.5 trillion", None),
    ("lost a $5 note", "$5", None),
    ("lost one and a half million baht", "one and a half million baht", "THB"),
    ("lost Rp 500 juta", "Rp 500 juta", "IDR"),
    ("lost 1'234'567 francs", "1'234'567 francs", "francs"),
    ("lost between Rs2.2 million and Rs3.5 million", "between Rs2.2 million and Rs3.5 million", "rupees"),
    ("lost USD 300", "USD 300", None),
    ("lost between $300 and $500", "between $300 and $500", None),
    ("lost $300–$500", "$300–$500", None),
    ("lost $20-$30 million", "$20-$30 million", None),
    ("lost between Rs2.2 million and Rs3.5 million", "between Rs2.2 million and Rs3.5 million", "rupees"),
    ("lost Rs. 3.85 million", "Rs. 3.85 million", "rupees"),
    ("lost Rs 1,46,00,000", "Rs 1,46,00,000", "rupees"),
    ("lost 3 million Pakistani rupees", "3 million Pakistani rupees", "PKR"),
    ("lost NPR 20 lakh", "NPR 20 lakh", "NPR"),
    ("lost VND 27bn", "VND 27bn", "VND"),
    ("lost 170 billion VND", "170 billion VND", "VND"),
    ("lost 12.000.000 dong", "12.000.000 dong", "VND"),
    ("lost RM2.1bn", "RM2.1bn", "MYR"),
    ("lost RM 2.1 bn", "RM 2.1 bn", "MYR"),
    ("lost £1.3m", "£1.3m", "GBP"),
    ("lost R$2.5 million", "R$2.5 million", "BRL"),
    ("lost P3.4 million", "P3.4 million", "PHP"),
    ("lost 50,000 birr", "50,000 birr", "ETB"),
    ("lost 12,000 lari", "12,000 lari", "GEL"),
    ("lost 2.36 million riyals", "2.36 million riyals", "riyals"),
]

PERCENT = [
    ("fell 78%", "78%"),
    ("fell 78 percent", "78 percent"),
    ("fell 78 per cent", "78 per cent"),
    ("fell by about 12.5%", "about 12.5%"),
    ("fell two percentage points", None),
    ("concerned 54 p.c. of calls", "54 p.c."),
    ("rose (+31% on last year)", "+31%"),
    ("fell by 21 (-15.3%)", "-15.3%"),
    ("between 10-15% of calls", "between 10-15%"),
]


@pytest.mark.parametrize(("text", "wording"), PLAIN)
def test_a_number_with_the_words_that_bound_it(text: str, wording: str) -> None:
    assert [(one.kind, one.wording, one.unit) for one in found(text)] == [("plain", wording, None)]
    assert parse_wording(wording) != parse_wording("none at all")


@pytest.mark.parametrize(("text", "wordings"), SEVERAL)
def test_several_numbers_and_none(text: str, wordings: list[str]) -> None:
    assert [one.wording for one in found(text)] == wordings


@pytest.mark.parametrize(("text", "wording", "unit"), MONEY)
def test_money(text: str, wording: str, unit: str | None) -> None:
    assert [(one.kind, one.wording, one.unit) for one in found(text)] == [("money", wording, unit)]


@pytest.mark.parametrize(("text", "wording"), PERCENT)
def test_percentages(text: str, wording: str | None) -> None:
    assert [one.wording for one in found(text) if one.kind == "percent"] == ([wording] if wording else [])


@pytest.mark.parametrize("text", ["10 won the prize", "10 pounds of rice", "the 500 dong"])
def test_currency_names_that_are_also_other_words(text: str) -> None:
    assert [one.kind for one in found(text)] == ["plain" if "dong" not in text else "money"]


def test_the_words_of_a_date_are_not_a_number() -> None:
    text = "on 19 September 12 men came"
    (sentence,) = sentences(text)
    assert [one.wording for one in amounts(sentence, text, frozenset({1, 2}))] == ["12"]


TOKENS = st.sampled_from(
    [
        "12",
        "1,480",
        "twelve",
        "forty",
        "-",
        "five",
        "hundred",
        "and",
        "million",
        "dozen",
        "dozens",
        "of",
        "a",
        "half",
        "more",
        "than",
        "at",
        "least",
        "over",
        "up",
        "to",
        "between",
        "–",
        "$",
        "US",
        "baht",
        "%",
        "per",
        "cent",
        "or",
        "so",
        "+",
        "~",
        "²",
        "១២",
        "٣",
        "k",
        "600k",
        "NT",
        "(",
        ")",
        ".",
        ",",
        "from",
        "few",
        "several",
        "another",
        "all",
        "the",
        "99999999999999999999",
        "2.5.1",
    ]
)


@given(
    st.one_of(
        st.lists(TOKENS, max_size=14).map(" ".join), st.lists(TOKENS, max_size=8).map("".join), st.text(max_size=60)
    )
)
@example("² million")
@example("a")
@example("half a")
@example("between 12")
@example("NT$")
def test_amounts_of_any_words_are_in_order_and_contain_their_number(text: str) -> None:
    sentence = tuple(words(text))
    end = 0
    for one in amounts(sentence, text, frozenset()):
        assert end <= one.first <= one.core < one.last <= len(sentence)
        end = one.last
        assert one.wording == " ".join(one.wording.split())
        assert one.kind in {"plain", "money", "percent"}
        parse_wording(one.wording)
