"""Times of changes that contradict their order, compared with a slow way to leave out as few as possible."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.timeline.change_times import settled

CASES = [
    ("", "9", ""), ("1234", "9", "1234"), ("1294", "9", "1244"), ("12994", "9", "12999"), ("12994", "5", "12444"),
    ("1299", "5", "1299"), ("5016", "9", "0016"), ("3450", "9", "3455"),
]  # fmt: skip


@pytest.mark.parametrize(("times", "now", "expected"), CASES)
def test_as_few_as_possible_are_wrong(times: str, now: str, expected: str) -> None:
    assert "".join(settled(list(times), now)) == expected


@given(st.lists(st.sampled_from("123456"), max_size=8))
def test_it_never_goes_back_and_keeps_the_most(times: list[str]) -> None:
    found = settled(times, "9")
    assert all(before <= after for before, after in pairwise(found))
    most = max(
        size for size in range(len(times) + 1)
        if any(list(some) == sorted(some) for some in combinations(times, size))
    )  # fmt: skip
    assert sum(before == after for before, after in zip(times, found, strict=True)) >= most
