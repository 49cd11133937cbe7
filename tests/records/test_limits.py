"""Limits: their defaults, how one environment variable raises them, and what an error says."""

from __future__ import annotations

import pytest

from scamcli.errors import DataError
from scamcli.records import limits

ERRORS = [
    ("columns", 16_385, "x.csv has more than 16,384 columns.", "columns=32768"),
    ("rows", 20_000_001, "x.csv has more than 20,000,000 rows.", "rows=40M"),
    ("line", (16 << 20) + 1, "x.csv has more than 16 MiB.", "line=32M"),
    ("unpacked", 1 << 40, "x.csv has more than 8 GiB once unpacked.", "unpacked=16G"),
]


@pytest.mark.parametrize(("name", "number", "message", "setting"), ERRORS)
def test_an_error_says_which_limit_and_how_to_raise_it(name: str, number: int, message: str, setting: str) -> None:
    limits.require(name, limits.value(name), "x.csv")
    with pytest.raises(DataError) as caught:
        limits.require(name, number, "x.csv")
    assert caught.value.message == message
    assert caught.value.hint == f'This is the limit "{name}". To raise it, set SCAMCLI_LIMITS={setting}.'
