"""What each row of a table holds: rules 10 and 11, and one row for each sentence of their small print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scamcli.language.dates import parse_during
from scamcli.language.wording.bounds import Bounds
from scamcli.numbers.regions import Region
from tests.numbers.worded import by, everything, number, table

if TYPE_CHECKING:
    from scamcli.numbers.tables import Row

THAI, KENYAN = "nationality: Thai", "nationality: Kenyan"
KANDAL, KAMPOT = "province: Kandal", "province: Kampot"
MARCH, QUARTER = "period: 2024-03", "period: 2024-01/2024-03"
SINCE = "since: 2024-01-01; by: Ministry"
RUNNING = f"a: 429; on: 2024-07-22; {SINCE} | b: 1,028; on: 2024-07-31; {SINCE}"
UNKNOWN = "- / - / -"

CASES: dict[str, tuple[str, str, dict[str | None, str]]] = {
    # rule 10
    "whole entries": (f"a: 8; {KANDAL} | b: 14; {KAMPOT}", "province", {"Kandal": "8", "Kampot": "14"}),
    "a quarter by month": (f"a: 8; on: 2024-02-05 | t: 90; {QUARTER}", "month", {"2024-02": "at least 8"}),
    "a quarter by quarter": (f"a: 8; on: 2024-02-05 | t: 90; {QUARTER}", "quarter", {"2024-Q1": "90"}),
    "a month inside a quarter": (f"a: 8 | m: 20; {MARCH} | t: 90; {QUARTER}", "month", {"2024-03": "at least 20"}),
    "a number with approximate days is in no month": (
        "a: 8 | b: 5; period: 2024-03~; count: incident", "month", {"2024-03": "at least 8"},
    ),
    "nobody on approximate days takes nothing away": (
        "a: 8 | b: 0; period: 2024-03~; count: incident", "month", {"2024-03": "8"},
    ),
    "a part that is dated outside its whole is of no days": (
        "t/w: 10; period: 2024-01 | t/p: 9; part of: w; period: 2024-03", "month", {"2024-01": "10", None: "9"},
    ),
    "two provinces in one entry": (
        f"a: 8; {KANDAL} | b: 9; {KAMPOT} | b repeats a | c: 5; {KANDAL}; on: 2024-03-20", "province",
        {"Kandal": "at least 5"},
    ),
    "what does not state the split": (
        f"a: 8; {THAI} | b: 14; {KANDAL}", "province", {"Kandal": "14", None: "8"},
    ),
    "spellings of one word share a row": (
        "a: 8; nationality: filipino | b: 14; nationality: Filipino", "nationality", {"Filipino": "22"},
    ),
    "the order of the spellings changes nothing": (
        "a: 8; nationality: Filipino | b: 14; nationality: filipino", "nationality", {"Filipino": "22"},
    ),
    "an entry counts in no day that is not stated": ("a: 8 | t: 90; count: aggregate", "month",
                                                     {"2024-03": "8", None: "90"}),
    # small print: a whole that is divided by the split
    "what its parts leave": (
        f"t/w: 100; {MARCH}; split: nationality | t/a: 60; part of: w; {THAI}; {MARCH}", "nationality",
        {"Thai": "60", None: "40"},
    ),
    "what vague parts leave": (
        f"t/w: 100; {MARCH}; split: nationality | t/a: at least 60; part of: w; {THAI}; {MARCH}", "nationality",
        {"Thai": "at least 60", None: "0 to 40"},
    ),
    "parts that leave nothing": (
        f"t/w: 100; {MARCH}; split: nationality | t/a: 60; part of: w; {THAI}; {MARCH}"
        f" | t/b: 40; part of: w; {KENYAN}; {MARCH}", "nationality", {"Thai": "60", "Kenyan": "40"},
    ),
    "a complete split leaves nothing": (
        f"t/w: 100; {MARCH}; split: nationality; complete: yes | t/a: at least 60; part of: w; {THAI}; {MARCH}",
        "nationality", {"Thai": "at least 60"},
    ),
    "what lies inside is not repeated": (
        f"t/w: 100; {MARCH}; split: nationality | t/a: 60; part of: w; {THAI}; {MARCH} | r: 30", "nationality",
        {"Thai": "60", None: "40"},
    ),
    "a whole that is divided by something else": (
        f"t/w: 100; {MARCH}; split: nationality | t/a: 60; part of: w; {THAI}; {MARCH}", "province", {None: "100"},
    ),
    # small print: suspected numbers
    "a suspected number is in a row if the pair lies in it": (
        f"a: 37; {KANDAL} | b: 52 | a ? b", "province", {"Kandal": "37 to 89"},
    ),
    "of which one may be elsewhere": (f"a: dozens; {KANDAL} | b: 41 | a ? b", "province", {"Kandal": "at least 12"}),
    "a suspected pair of two months": ("a: 37; on: 2024-03-31 | b: 52; on: 2024-04-01 | a ? b", "month", {}),
    # regions abroad
    "a region abroad and a province in it": (
        "a: 8; province: Wales, GB | b: 5; province: England, GB", "province",
        {"Wales, GB": "8", "England, GB": "5"},
    ),
    # rule 11
    "a rise in a month": (RUNNING, "month", {"2024-07": "599 / - / 1028"}),
    "a rise within the year of its start": (RUNNING, "year", {"2024": "1028"}),
    "one running total is no rise": (f"a: 429; on: 2024-07-22; {SINCE}", "month", {}),
    "a running total within one month is its month's": (
        "a: 9; since: 2024-03-02; on: 2024-03-20; by: A", "month", {"2024-03": "9"},
    ),
    "a rise of exactly a month": (
        f"a: 20; on: 2024-05-31; {SINCE} | b: 50; on: 2024-06-30; {SINCE}", "month", {"2024-06": "30"},
    ),
    "a rise and a raid in it": (
        f"a: 20; on: 2024-05-31; {SINCE} | b: 50; on: 2024-06-30; {SINCE} | r: 8; on: 2024-06-10", "month",
        {"2024-06": "30"},
    ),
    "a running total that does not rise": (
        f"a: 50; on: 2024-05-31; {SINCE} | b: 50; on: 2024-06-30; {SINCE} | r: 8; on: 2024-03-10", "month",
        {"2024-03": "8 / - / 50"},
    ),
    "a running total that falls": (
        f"a: 50; on: 2024-05-31; {SINCE} | b: 40; on: 2024-06-30; {SINCE} | r: 8; on: 2024-06-10", "month",
        {"2024-06": "at least 8"},
    ),
    "rises of two speakers are one question": (
        f"a: 20; on: 2024-05-31; {SINCE} | b: 50; on: 2024-06-30; {SINCE}"
        " | c: 10; on: 2024-05-20; since: 2024-01-01; by: NGO | d: 60; on: 2024-07-05; since: 2024-01-01; by: NGO",
        "month", {"2024-06": "30"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("said", "split", "expected"), CASES.values(), ids=CASES)
def test_rows(said: str, split: str, expected: dict[str | None, str]) -> None:
    assert by(split, said) == {label: number(words) for label, words in expected.items()}


def march(said: str) -> Row:
    (row,) = (row for row in table(said, "month").rows if row.label == ("2024-03",))
    return row


@pytest.mark.parametrize(
    ("said", "limit"),
    [
        (f"a: 8 | t: 90; {QUARTER}", 90),  # the quarter covers all of March and includes the raid
        ("a: 8 | t: 90; period: 2024-02-20/2024-03-20", None),  # it covers only some of March
        (f"a: 8 | t: 90; {QUARTER}; {KANDAL}", None),  # it may not include the raid
        (f"a: 8 | t: 90; {QUARTER} | a distinct t", None),  # it does not include the raid
        (f"a: 8 | t: at least 90; {QUARTER}", None),
    ],
)
def test_a_total_around_a_row_limits_it(said: str, limit: int | None) -> None:
    row = march(said)
    assert row.total.bounds == Bounds(8, None, None)
    assert row.total.limit == limit


def test_regions_abroad_overlap_with_what_lies_in_them() -> None:
    rows = by("province", "a: 8; province: England, GB | b: 5; province: Leeds, GB")
    assert rows["Leeds, GB"].low == 5
    assert rows["Leeds, GB"].high is None  # some of England's may be from Leeds
    assert rows["England, GB"] == Bounds(13, 13, 13)


ROWS_AND_NO_ROW = [
    (f"a: 8 | t: 90; {QUARTER}", "month", ["t"]),
    (f"a: 429; on: 2024-07-22; {SINCE}", "month", ["a"]),
    (f"a: 8; {KANDAL} | b: 9; {KAMPOT} | b repeats a", "province", ["a", "b"]),
    (f"a: 8; {KANDAL} | t: 90; {MARCH}", "province", []),
]


@pytest.mark.parametrize(("said", "split", "events"), ROWS_AND_NO_ROW)
def test_what_is_in_no_row_is_named(said: str, split: str, events: list[str]) -> None:
    left = table(said, split).in_no_row
    assert sorted(event for entry in left for event in entry.events) == events


def during(words: str) -> Region:
    period = parse_during(words)
    return Region(ranges=((period.start or 0, period.end or 0),))


@pytest.mark.parametrize(
    ("said", "wanted", "expected", "straddling", "not_stated"),
    [
        ("a: 8 | b: 14; on: 2024-04-05", during("2024-03"), "8", 0, 0),
        (f"a: 8 | t: 90; {QUARTER}", during("2024-03"), "at least 8", 1, 0),
        ("a: 8 | t: 90; count: aggregate", during("2024-03"), "8", 0, 1),
        (f"a: 8; {THAI} | b: 14", Region(nationalities=frozenset({"thai"})), "8", 0, 1),
        (f"a: 8; {KANDAL} | b: 14; {KAMPOT}", Region(places=frozenset({"kandal"})), "8", 0, 0),
        (RUNNING, during("2024-07-23/2024-07-31"), "599", 1, 0),
        (RUNNING, during("2024-07"), "599 / - / 1028", 2, 0),
    ],
)
def test_a_filter_is_a_row(said: str, wanted: Region, expected: str, straddling: int, not_stated: int) -> None:
    found = table(said, wanted=wanted)
    assert found.everything is not None
    assert found.everything.total.bounds == number(expected)
    assert (len(found.straddling), len(found.not_stated)) == (straddling, not_stated)


@pytest.mark.parametrize("split", ["province", "nationality", "country", "group", "month", "year"])
def test_the_total_is_of_everything_however_it_is_split(split: str) -> None:
    said = f"a: 8; {KANDAL} | b: 14; {THAI}; on: 2024-02-05 | t: 90; {QUARTER} | c: 5; on: 2024-05-05; group: women"
    found = table(said, split).everything
    assert found is not None
    assert found.total == everything(said).total
