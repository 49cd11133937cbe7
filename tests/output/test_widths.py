"""Any width of terminal: no line is longer than it, and no number or date is broken or lost.

In this process, with the width in ``COLUMNS``; ``test_on_terminals`` shows that a real terminal gets the same.
"""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from tests.helpers.command_line import done

TABLE = ("--format", "table")

TO_READ = [
    ("search", *TABLE),
    ("search", "--during", "2022-09", *TABLE),
    ("timeline",),
    ("show", "2022-09-19"),
    ("show", "2023-05-18"),
    ("stats", *TABLE),
    ("stats", "complaints", *TABLE),
    ("stats", "complaints", "--by", "month", *TABLE),
    ("stats", "rescues", *TABLE),
    ("stats", "requests", "--by", "none", *TABLE),
    ("stats", "events", "--by", "actor", *TABLE),
    ("actors", *TABLE),
    ("actors", "Sar Kheng"),
    ("sites", *TABLE),
    ("sites", "Thansur Sokha"),
    ("schema", "--vocabulary", *TABLE),
]


def seen(arguments: tuple[str, ...], columns: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    return done(*arguments).out


@pytest.mark.parametrize("columns", [60, 200])
@pytest.mark.parametrize("arguments", TO_READ, ids=" ".join)
def test_no_line_is_longer_than_the_terminal(
    arguments: tuple[str, ...], columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = seen(arguments, columns, monkeypatch).splitlines()
    whole = ("https://", "digest ")  # what is copied is not broken
    assert [line for line in lines if cell_len(line) > columns and not line.strip().startswith(whole)] == []


NUMBERS: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("stats", "complaints", *TABLE), ("200", "212", "600", "18", "14")),
    (("stats", "rescues", *TABLE), ("8,000", "1,000", "1,480", "62")),
    (("stats", "losses", *TABLE), ("2,500,000",)),
    (("stats", "captives", *TABLE), ("5,000", "2,000")),
    (("stats", "events", "--by", "month", *TABLE), ("2022-07", "2022-09", "2023-06")),
    (("stats", "requests", "--by", "quarter", *TABLE), ("2022-Q1", "2023-Q1", "605", "128")),
    (("show", "2022-09-19"), ("200", "289", "2022-09-19-complaints-by-province")),
    (("show", "2023-05-18"), ("605", "128", "-78")),
    (("timeline",), ("100,000", "2,500,000", "1,590")),
    (("actors", "Sar Kheng"), ("289", "1,590")),
]


@pytest.mark.parametrize("columns", [20, 58, 86])
@pytest.mark.parametrize(("arguments", "numbers"), NUMBERS, ids=[" ".join(arguments) for arguments, _ in NUMBERS])
def test_no_number_or_date_is_broken_or_lost(
    arguments: tuple[str, ...], numbers: tuple[str, ...], columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = seen(arguments, columns, monkeypatch)
    assert [number for number in numbers if number not in out] == []


@pytest.mark.parametrize("columns", [40, 80])
def test_every_date_and_kind_of_a_list_is_whole(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    out = seen(("search", *TABLE), columns, monkeypatch)
    wanted = done("search", "--fields", "date,kind", "--format", "csv").out.split()[1:]
    found = re.findall(r"(?m)^(?:date +)?(20\d\d-\d\d-\d\d[?~]?)\s+(?:kind +)?([a-z]+)", out)
    assert [f"{date},{kind}" for date, kind in found] == wanted
