"""Which two names `check` calls nearly the same."""

from __future__ import annotations

import pytest

from scamcli.checks import near_names


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("Sovann Meas", "Sovan Meas", True),
        ("Sovann Meas", "Sovanna Meas", True),
        ("Sokha Meas", "Sokhe Meas", True),
        ("Cambodian police", "Cambodian National Police", True),
        ("Meas Sovann Dara", "Meas Dara", True),
        ("Court of Kandal", "Court of Kampot", False),  # what a family of names shares says nothing of two of them
        ("Kandal Communal Militia (Example)", "Takeo Communal Militia (Example)", False),
        ("Sovann Meas", "Meas", False),
        ("Sovann Meas", "Sokha Meas", False),
        ("Sok A", "Sok B", False),
    ],
)
def test_which_names_are_near(one: str, other: str, is_near: bool) -> None:
    for pair in ([one, other], [other, one]):
        assert [(found.record, found.reason) for found in near_names.find_near_names(pair)] == (
            [(pair[1], f'the name is nearly "{pair[0]}"')] if is_near else []
        )


def test_a_pair_is_told_once() -> None:
    assert len(list(near_names.find_near_names(["Meas Sovann Dara", "Meas Sovan Dara", "Meas Dara"]))) == 3
