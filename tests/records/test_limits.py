"""Limits: their defaults, how one environment variable raises them, and what an error says."""

from __future__ import annotations

import sys
import time

import pytest

from scamcli.errors import DataError, WrongUsageError
from scamcli.records import limits

VALUES = [
    ("", "cells", 50_000_000),
    ("cells=5", "cells", 5),
    ("cells=5k", "cells", 5_000),
    ("rows=2M, cells=3G", "cells", 3_000_000_000),
    ("rows=2M;cells=none", "cells", limits.UNLIMITED),
    ("memory=2G", "memory", 2 << 30),
    ("memory=512MiB rows=1", "memory", 512 << 20),
    ("rows=1", "memory", 4 << 30),
]


@pytest.mark.parametrize(("text", "name", "expected"), VALUES)
def test_a_limit_is_its_default_or_what_the_variable_says(
    text: str, name: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCAMCLI_LIMITS", text)
    assert limits.value(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cell=", 'SCAMCLI_LIMITS: cell cannot be "".'),
        ("cells=many", 'SCAMCLI_LIMITS: cells cannot be "many".'),
        ("cells=0", 'SCAMCLI_LIMITS: cells cannot be "0".'),
        ("cells=-1", 'SCAMCLI_LIMITS: cells cannot be "-1".'),
        ("celles=1", 'SCAMCLI_LIMITS has an unknown limit "celles".'),
    ],
)
def test_what_cannot_be_read_is_named(text: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_LIMITS", text)
    with pytest.raises(WrongUsageError) as caught:
        limits.value("rows")
    assert caught.value.message == expected


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


@pytest.mark.parametrize("name", limits.LIMITS)
def test_the_setting_in_a_hint_can_be_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    setting = limits.hint(name).partition("SCAMCLI_LIMITS=")[2].removesuffix(".")
    monkeypatch.setenv("SCAMCLI_LIMITS", setting)
    assert limits.value(name) == 2 * limits.LIMITS[name].default


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such timers")
@pytest.mark.parametrize(("size", "is_over"), [(limits.PIECE, True), (limits.PIECE + 1, False)])
def test_a_long_text_may_take_longer(size: int, is_over: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_LIMITS", "text-seconds=1")

    def work() -> None:
        with limits.deadline("text-seconds", "a.txt", size):
            end = time.process_time() + 1.2
            while time.process_time() < end:
                sum(range(100_000))  # the time of the limit is that outside of the system

    if is_over:
        with pytest.raises(DataError, match=r"a\.txt takes more than 1 second\."):
            work()
    else:
        work()
