"""Changes in percent, and the claims that are made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.language.wording.bounds import UNKNOWN, Bounds, Number
from scamcli.numbers.change import change, claim_agrees


def exact(number: Number) -> Bounds:
    return Bounds(number, number, number)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (exact(605), exact(128), exact(-78.842975)),
        (exact(359), exact(166), exact(-53.760446)),
        (exact(100), exact(150), exact(50)),
        (exact(100), exact(0), exact(-100)),
        (Bounds(100, None, 200), Bounds(50, None, 100), Bounds(-75, None, 0)),
        (Bounds(low=601), exact(128), Bounds(None, None, -78.702163)),
        (exact(605), Bounds(low=601), Bounds(-0.661157, None, None)),
        (Bounds(best=600), Bounds(best=150), Bounds(best=-75)),
        (exact(0), exact(5), UNKNOWN),
        (Bounds(0, 5, 10), exact(5), Bounds(-50, 0, None)),
        (UNKNOWN, exact(5), UNKNOWN),
    ],
)
def test_a_change_is_signed_and_as_sure_as_its_ends(before: Bounds, after: Bounds, expected: Bounds) -> None:
    assert change(before, after) == expected


REQUESTS = change(exact(605), exact(128))


@pytest.mark.parametrize(
    ("claimed", "stated", "agrees"),
    [
        (-78, "a 78% decline", True),
        (-79, "79 percent", True),
        (-77, "77%", False),
        (-80, "80%", False),
        (78, "78%", False),
        (-78.8, "78.8 percent", True),
        (-78.7, "78.7 percent", False),
        (-78.8, None, True),
        (-78.7, "by more than three quarters", False),
        (-78, "seventy-eight percent", True),
    ],
)
def test_a_claim_agrees_within_one_of_its_last_digit(claimed: Number, stated: str | None, *, agrees: bool) -> None:
    assert claim_agrees(claimed, stated, REQUESTS) is agrees


@pytest.mark.parametrize(
    ("computed", "agrees"),
    [
        (Bounds(-90, None, -70), True),
        (Bounds(-70, None, -60), False),
        (Bounds(None, None, -70), True),
        (Bounds(None, None, -90), False),
        (Bounds(best=-78.5), True),
        (Bounds(best=-60), False),
        (UNKNOWN, True),
    ],
)
def test_a_claim_against_what_is_known(computed: Bounds, *, agrees: bool) -> None:
    assert claim_agrees(-78, "78%", computed) is agrees


@given(
    st.lists(st.integers(1, 500), min_size=3, max_size=3),
    st.lists(st.integers(0, 500), min_size=3, max_size=3),
)
def test_the_change_of_any_true_pair_lies_within_the_bounds(before: list[int], after: list[int]) -> None:
    first, last = Bounds(*sorted(before)), Bounds(*sorted(after))
    low, best, high = change(first, last)
    assert low is not None
    assert best is not None
    assert high is not None
    assert low <= best <= high
