"""Statistics of a small timeline. Every number is worked out by hand from the table in ``second_timeline``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.second_timeline import JSONL
from tests.helpers.small_timelines import done, empty, one, rows
from tests.numbers.worded import number

if TYPE_CHECKING:
    from pathlib import Path

    from scamcli.language.wording.bounds import Bounds

Words = dict[str | None, str]
"""What a careful newspaper would print in each row, as words that mean its bounds."""


@cache
def second() -> Path:
    db = empty()
    done(db, "import", "-", stdin=JSONL)
    return db


def table(metric: str, split: str, *asked: str) -> dict[str | None, tuple[Any, ...]]:
    """The bounds of each row."""
    found = rows(second(), "stats", metric, "--by", split, *asked)
    return {row.get(split): (row["low"], row["best"], row["high"]) for row in found}


def meant(words: Words) -> dict[str | None, Bounds]:
    return {label: number(each) for label, each in words.items()}


# No figure is an incident: each has a period of its own, or is in a report or statement. b is exactly 20 and b2, which
# repeats it, at least 22, so that together they are at least 20. c is Kandal's of January to March, so a and b lie
# inside it, and their 30 are more than its 25. f, an undated total of everything until June, includes a, b, c and d.
# g's days are approximate, so it may overlap anything in Takeo.
#
# All: a 10 + b 20 + d 100 = 130; c 25 + d 100 and g 40 + d's parts 30 and 12 + a + b are less.
ALL = "at least 130"

TABLES: list[tuple[str, Words]] = [
    ("none", {None: ALL}),
    ("nationality", {None: ALL}),
    ("group", {None: ALL}),
    # Kandal: a 10, b 20 and d's part 30. Takeo: g's 40, or d's part 20, which may overlap. Not stated: what d's parts
    # leave of it, which is at least 0, inside f.
    ("province", {"Kandal": "at least 60", "Takeo": "at least 40", "Kampot": "at least 12", None: "0 / 50 / -"}),
    # In her own words, b is 20. Lina's b2 lies inside her c.
    ("actor", {"Chan Dara": ALL, "Sok Lina": "at least 65", None: "about 50"}),
    # b was first in Herald, and b2 in Digest: the entry is in both rows. Digest: c 25 + d 100.
    ("source", {"Herald": "at least 30", "Digest": "at least 125", "Post": "at least 25"}),
    # arrest: a 10 + b 20 in Kandal, g 40 in Takeo. statement: c 25 + d 100. report: b's entry, inside f.
    ("kind", {"arrest": "at least 70", "statement": "at least 125", "report": "20 / 50 / -"}),
    # c lies partly in January and February, and no total that covers them has a high. g is in no month.
    ("month", {"2024-01": "at least 10", "2024-02": "at least 20", "2024-04": "100", None: "about 50"}),
    ("quarter", {"2024-Q1": "at least 30", "2024-Q2": "100", None: "about 50"}),
    ("year", {"2024": ALL, None: "about 50"}),
]


@pytest.mark.parametrize(("split", "answer"), TABLES, ids=[split for split, _ in TABLES])
def test_each_split(split: str, answer: Words) -> None:
    assert table("arrests", split) == meant(answer)


FILTERED = {
    "--undisputed": ALL,  # without c and d's part in Takeo
    "--province Kandal": "at least 60",
    "--province Kandal --undisputed": "at least 60",
    "--province Takeo --province Kampot": "at least 52",  # g's 40 in Takeo and d's 12 in Kampot
    "--during 2024-01": "at least 10",
    "--during 2024-Q1": "at least 30",
    "--from 2024-01 --to 2024-03": "at least 30",
    "--during 2024-06": None,  # f was said in June, but not of June
    "--during 2024-07": None,  # g is of about July
    "--during 2024-04-01/2024-04-29": None,
    "--during 2024-05": None,  # b2 was said in May, of February
    "--source Herald": "at least 30",
    "--via Digest": "at least 20",  # b, which is one entry with b2
    "--kind statement": "at least 125",
    "--kind statement --kind report": "at least 125",  # b 20 + d 100 are less
    "--actor 'Sok Lina'": "at least 65",
    "--drafts": ALL,
}


@pytest.mark.parametrize(("asked", "answer"), FILTERED.items(), ids=FILTERED)
def test_each_filter(asked: str, answer: str | None) -> None:
    words = [part.strip("'") for part in asked.replace("Sok Lina", "Sok_Lina").split()]
    words = [word.replace("_", " ") for word in words]
    assert table("arrests", "none", *words) == ({} if answer is None else {None: number(answer)})


@pytest.mark.parametrize("asked", [(), ("--province", "Kampot")])
def test_what_parts_and_whole_imply(asked: tuple[str, ...]) -> None:
    # of d's 100, 30 are Kandal's and at least 20 Takeo's
    found = {row["province"]: row["implied"] for row in rows(second(), "stats", "arrests", "--by", "province", *asked)}
    assert found["Kampot"] == {"low": 12, "high": 50}
    assert found.get("Kandal") is None


def test_what_stands_beside_the_number() -> None:
    row = one(second(), "stats", "arrests", "--by", "none")
    # b, c and d's part in Takeo; c, f and g; the lows of all statements but d's parts
    assert (row["contested"], row["not_added"], row["entries"]) == (3, 3, 9)
    assert row["unadjusted"] == 10 + 20 + 22 + 25 + 100 + 40 + 62  # parts are in it, too
    assert row["words"] == "at least 130, sources differ"
    assert row["said_by"] == ["Chan Dara", "Sok Lina"]
    february = one(second(), "stats", "arrests", "--by", "none", "--during", "2024-02")
    assert set(february["events"]) == {"b", "b2"}
    assert set(february["stated"]) == {"20", "at least 22"}


def test_people_held_at_a_moment_are_never_added() -> None:
    assert table("captives", "province") == meant({"Kandal": "at least 700", "Takeo": "90"})
    assert table("captives", "none") == meant({None: "at least 700"})


SAID = [
    ("--by none", "3 (number|report)s that may"),
    ("--by none --explain", "1 figure in drafts"),
    ("--by month", "40 \\(about July 2024, Sok Lina\\)"),  # not in the table
    ("--by none --during 2024-02", "1 (number|report) only partly within"),  # c
    ("--by none --during 2024-02", "1 (number|report) that does not state the dates"),  # f
    ("--by none --province Takeo", "2 (number|report)s that do not state the province"),  # d and f
]


@pytest.mark.parametrize(("asked", "words"), SAID)
def test_what_is_left_out_is_said(asked: str, words: str) -> None:
    found = done(second(), "stats", "arrests", *asked.split(), "--format", "table")
    assert re.search(words, " ".join(found.out.split()))
    err = done(second(), "stats", "arrests", *asked.split(), "--json").err
    assert all(line.startswith("scamcli: ") for line in err.splitlines())


def test_events_by_month() -> None:
    # k is dated to a month; z is a draft
    numbers = {"2024-05": 3, "2024-08": 2} | {f"2024-0{month}": 1 for month in (1, 2, 3, 4, 6, 7, 9)}
    assert table("events", "month") == {month: (count,) * 3 for month, count in numbers.items()}
    half = one(second(), "stats", "events", "--during", "2024-09-01/2024-09-10")
    assert (half["low"], half["high"]) == (0, 1)
    assert one(second(), "stats", "events", "--drafts")["low"] == 12
