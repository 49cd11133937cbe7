"""The whole grammar of wordings, there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.language.wording.bounds import UNKNOWN, Bounds, Number, render_bounds, render_number
from scamcli.language.wording.parsing import parse_wording

if TYPE_CHECKING:
    from collections.abc import Callable

ONES = [
    *["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    *[
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ],
]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

counts = st.integers(0, 10**12)
measures = st.one_of(
    counts,
    st.builds(lambda whole, places: whole / 10**places, st.integers(0, 10**9), st.integers(1, 4)).map(
        lambda value: int(value) if value.is_integer() else value
    ),
)
signed = st.one_of(measures, measures.map(lambda value: -value))


def in_words(number: int) -> str:
    """British words for a number up to 999,999,999, written independently of the parser."""
    for scale, name in ((10**6, "million"), (1_000, "thousand")):
        if number >= scale:
            rest = number % scale
            joint = " and " if 0 < rest < 100 else " "
            return f"{in_words(number // scale)} {name}" + (joint + in_words(rest) if rest else "")
    if number >= 100:
        return f"{ONES[number // 100]} hundred" + (f" and {in_words(number % 100)}" if number % 100 else "")
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")


@st.composite
def ordered_bounds(draw: st.DrawFn, numbers: st.SearchStrategy[Number]) -> Bounds:
    low, best, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    alike = draw(st.sampled_from(["apart", "low", "high", "all"]))
    best = {"apart": best, "low": low, "high": high, "all": high}[alike]
    low = high if alike == "all" else low
    kept = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    return Bounds(*(bound if keep else None for bound, keep in zip((low, best, high), kept, strict=True)))


@given(ordered_bounds(counts))
def test_what_is_rendered_is_read_back(bounds: Bounds) -> None:
    assert parse_wording(render_bounds(bounds)) == bounds


@given(ordered_bounds(signed))
def test_measures_and_changes_are_read_back_too(bounds: Bounds) -> None:
    assert parse_wording(render_bounds(bounds), measure=True) == bounds


@given(ordered_bounds(counts))
def test_rendering_what_was_read_changes_nothing(bounds: Bounds) -> None:
    text = render_bounds(bounds)
    assert render_bounds(parse_wording(text)) == text


@pytest.mark.parametrize(
    ("bounds", "text"),
    [
        (UNKNOWN, "unknown"),
        (Bounds(289, 289, 289), "289"),
        (Bounds(low=201), "≥ 201"),
        (Bounds(high=100_000), "≤ 100,000"),
        (Bounds(best=95), "about 95"),
        (Bounds(best=8_000, high=8_000), "nearly 8,000"),
        (Bounds(2_000, None, 5_000), "2,000 to 5,000"),
        (Bounds(200, 250, 300), "about 250 (200 to 300)"),
        (Bounds(200, 250, None), "about 250 (≥ 200)"),
        (Bounds(None, 250, 300), "about 250 (≤ 300)"),
        (Bounds(1.125, 1.125, 1.125), "1.1250"),
        (Bounds(-90, -78, -60), "about -78 (-90 to -60)"),
    ],
)
def test_the_canonical_wording(bounds: Bounds, text: str) -> None:
    assert render_bounds(bounds) == text


@given(st.integers(0, 1_000_000))
def test_number_words_to_a_million(number: int) -> None:
    expected = Bounds(number, number, number)
    words = in_words(number)
    american = words.replace(" and ", " ")
    for text in (words, american, words.upper(), f"{words} people", str(number), f"{number:,}"):
        assert parse_wording(text) == expected, text


@given(st.integers(1, 99_999), st.sampled_from([("million", 10**6), ("billion", 10**9), ("thousand", 1_000)]))
def test_decimals_before_a_scale_are_exact(tenths: int, scale: tuple[str, int]) -> None:
    value = tenths * scale[1] // 10
    assert parse_wording(f"{tenths / 10:,} {scale[0]}") == Bounds(value, value, value)


WAYS: list[tuple[str, Callable[[int], Bounds]]] = [
    ("{}", lambda n: Bounds(n, n, n)),
    ("exactly {} people", lambda n: Bounds(n, n, n)),
    ("more than {}", lambda n: Bounds(low=n + 1)),
    ("over {} people", lambda n: Bounds(low=n + 1)),
    (">{}", lambda n: Bounds(low=n + 1)),
    ("at least {}", lambda n: Bounds(low=n)),
    ("≥{}", lambda n: Bounds(low=n)),
    ("{}+", lambda n: Bounds(low=n)),
    ("as many as {}", lambda n: Bounds(high=n)),
    ("up to {}", lambda n: Bounds(high=n)),
    ("≤{}", lambda n: Bounds(high=n)),
    ("fewer than {}", lambda n: Bounds(high=n - 1)),
    ("<{}", lambda n: Bounds(high=n - 1)),
    ("nearly {}", lambda n: Bounds(best=n, high=n)),
    ("almost {}", lambda n: Bounds(best=n, high=n)),
    ("about {}", lambda n: Bounds(best=n)),
    ("around {} people", lambda n: Bounds(best=n)),
    ("some {}", lambda n: Bounds(best=n)),
    ("~{}", lambda n: Bounds(best=n)),
]


@pytest.mark.parametrize(("phrase", "expected"), WAYS)
@given(number=st.integers(1, 1_000_000))
def test_every_phrase_takes_every_numeral(phrase: str, expected: Callable[[int], Bounds], number: int) -> None:
    for numeral in (str(number), f"{number:,}", in_words(number)):
        assert parse_wording(phrase.format(numeral)) == expected(number), phrase.format(numeral)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_ranges_of_every_kind(one: int, other: int) -> None:
    low, high = min(one, other), max(one, other)
    for text in (f"{low} to {high}", f"{low:,}–{high:,}", f"between {in_words(low)} and {high:,} people"):
        assert parse_wording(text) == Bounds(low, None, high), text


@given(st.text(max_size=300))
def test_any_text_gives_ordered_bounds_or_none(text: str) -> None:
    given_bounds = [bound for bound in parse_wording(text) if bound is not None]
    assert given_bounds == sorted(given_bounds)


@given(measures)
def test_numbers_are_written_so_that_they_can_be_read(number: Number) -> None:
    assert parse_wording(render_number(number), measure=True).best == number
