"""Whatever the numbers and labels are, a chart is well-formed, stays within its view box, and its texts stay text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcli.language.countries import countries
from scamcli.language.wording.bounds import Bounds
from scamcli.output.charts import Point, columns, point_map, svg
from scamcli.output.charts.bars import Bar, bars_chart
from scamcli.output.charts.columns import EVENTS, Column, columns_chart
from scamcli.output.charts.standalone import Words, standalone
from tests.conftest import FEW_CASES
from tests.helpers.svg_reading import checked, texts

if TYPE_CHECKING:
    from scamcli.language.wording.bounds import Number

NUMBERS: st.SearchStrategy[Number | None] = st.one_of(
    st.none(),
    st.sampled_from([0, 1, -3, 10**400, -(10**400), 1e308, float("inf"), float("-inf"), float("nan"), 5e-324, 0.25]),
    st.integers(-5, 3000),
    st.floats(-10, 1e6),
)
HOSTILE = (
    "<script>alert(1)</script>", "\"' onload='x' <", "]]>&amp;&#0;", "\x00\x1b[31m\x7f\x9f", "\u202eevil\u2066\u200f",
    "x" * 10_000, "W " * 5_000, "ព្រះសីហនុ ក្រុងព្រះសីហនុ ខេត្តព្រះសីហនុ", "กรุงเทพมหานคร" * 9, "မြဝတီမြို့နယ်" * 9, "西哈努克港" * 30,
    "\ud800\udfff\ufffe\uffff", "", " ", "\n\n", "a\u0301" * 200, "👩‍👩‍👧" * 40, "var(--x, #123456)",
)  # fmt: skip
LABELS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
BOUNDS = st.builds(Bounds, NUMBERS, NUMBERS, NUMBERS)
HREFS = st.sampled_from([None, "#event-1", "https://example.org/?a=1&b='2'", "javascript:alert(1)", "data:text/html,x"])
DEGREES = st.one_of(st.floats(-20, 30), st.floats(), st.sampled_from([-90.0, 90.0, 180.0, -180.0]))
POINTS = st.builds(
    Point, DEGREES, st.one_of(st.floats(95, 110), DEGREES), LABELS,
    st.sampled_from([None, "point", "site", "town", "district", "province", "country"]),
    st.sampled_from(["site", "town"]),
    HREFS,
)  # fmt: skip
MONTHS = st.tuples(st.integers(1, 9999), st.integers(1, 12)).map(lambda pair: f"{pair[0]:04}-{pair[1]:02}")


@given(st.lists(st.tuples(st.one_of(LABELS, MONTHS), st.integers(), st.integers()), max_size=40))
def test_columns(rows: list[tuple[str, int, int]]) -> None:
    checked(columns(rows, anchor="c", title="T", description="D"))


@pytest.mark.thorough
@settings(max_examples=FEW_CASES // 4)  # each takes as long as ten of the others
@given(st.lists(POINTS, max_size=25), st.lists(st.sampled_from([*countries(), "??"]), max_size=3))
def test_maps(points: list[Point], codes: list[str]) -> None:
    chart = point_map(points, codes, anchor="m", title="T", description="D")
    checked(chart)
    assert sum(map(len, re.findall("<path[^>]*>", chart))) < 20_000


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_text(words: str) -> None:
    chart = columns([(words, 1, 1)], anchor=words, title=words or "T", description=words)
    root = checked(chart)
    assert "<script" not in chart
    assert all(len(drawn) < 300 for drawn in texts(root))
    chart.encode("utf-8")
    assert not [char for char in chart if not char.isprintable() and char != "\u200d"]


BARS = st.builds(Bar, LABELS, st.one_of(st.none(), BOUNDS), LABELS)


@given(st.lists(BARS, max_size=50), LABELS)
def test_bars_in_a_file(rows: list[Bar], words: str) -> None:
    file = standalone([(words, bars_chart(rows, "", ""))], Words(words, words, [words], words, words)).svg
    checked(file)
    file.encode("utf-8")


COLUMNS = st.builds(Column, st.one_of(LABELS, MONTHS), st.one_of(st.none(), BOUNDS), st.integers(0, 9), LABELS)


@given(st.lists(COLUMNS, max_size=20), st.sampled_from([(), EVENTS]))
def test_columns_of_bounds(rows: list[Column], names: tuple[str, ...]) -> None:
    checked(svg.inline(columns_chart(rows, "T", "D", names), "c"))
