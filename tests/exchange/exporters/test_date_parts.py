"""A date's ends, taken apart for formats that have a field for a year, one for a month and one for a day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.exchange.exporters import date_parts
from scamcli.language.dates import parse_date

DATES = [
    ("2022-09-19", [(2022, 9, 19)], True, "September 19, 2022"),
    ("2022-09", [(2022, 9)], True, "September 2022"),
    ("2022", [(2022,)], True, "2022"),
    ("2022-09~", [(2022, 9)], False, "about September 2022"),
    ("2022?", [(2022,)], False, "2022 (uncertain)"),
    ("2022-09-19%", [(2022, 9, 19)], False, "about September 19, 2022 (uncertain)"),
    ("2022-09-19/2022-09-22", [(2022, 9, 19), (2022, 9, 22)], True, "September 19, 2022 to September 22, 2022"),
    ("2022-08-19~/2022-09", [(2022, 8, 19), (2022, 9)], False, "about August 19, 2022 to September 2022"),
    ("2022-08-18/..", [(2022, 8, 18)], False, "since August 18, 2022"),
    ("../2022~", [(2022,)], False, "until about 2022"),
    ("2022-09/2022-09", [(2022, 9)], True, "September 2022"),
]


@pytest.mark.parametrize(("text", "ends", "plain", "words"), DATES)
def test_dates_are_taken_apart(text: str, ends: list[tuple[int, ...]], plain: bool, words: str) -> None:
    date = date_parts.parse(text)
    assert [end.parts for end in date.ends] == ends
    assert date.is_plain is plain
    assert date.in_words == words


PART = st.dates().flatmap(lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]]))


@given(PART, st.sampled_from(["", "~", "?", "%"]))
def test_the_ends_say_what_the_date_says(text: str, mark: str) -> None:
    (end,) = date_parts.parse(text + mark).ends
    assert "-".join(f"{part:0{4 if n == 0 else 2}}" for n, part in enumerate(end.parts)) + end.mark == text + mark
    assert parse_date(text + mark).sure is not bool(end.mark)
