"""Which figures cannot all be true, or may be about the same event."""

from __future__ import annotations

import pytest

from scamcli.numbers.conflicts import KINDS, Conflict, Kind, find
from tests.numbers.worded import facts_of, timeline

RAIDS = "r1: 30; by: Police; on: 2024-03-03 | r2: 40; by: Police; on: 2024-03-09"
KANDAL = "province: Kandal"
SINCE = "since: 2024-01-01; by: Police"
WHOLE = f"a/w: 10; split: province; period: 2024-03 | a/p: 7; part of: w; {KANDAL}; period: 2024-03"
PART = "a/q: 6; part of: w; province: Takeo; period: 2024-03"

CASES: dict[str, tuple[str, list[str]]] = {
    "two raids": ("a: 8 | b: 14", []),
    "8 disputed by 14": ("a: 8 | b: 14 | b disputes a", ["disputed, contradicts: a b"]),
    "the disputed one comes first": ("b: 8 | a: 14 | a disputes b", ["disputed, contradicts: b a"]),
    "8 repeated as 14": ("a: 8 | b: 14 | b repeats a", ["contradicts, contradicts: a b"]),
    "at least 8 repeated as 14": ("a: at least 8 | b: 14 | b repeats a", []),
    "8 corrected to 14": ("a: 8 | b: 14 | b corrects a", []),
    "disputed without a number": ("a: 8 | b disputes a", ["disputed, contradicts: a"]),
    "two answers to one question": (
        "a: 8; period: 2024-03; by: A | b: 9; period: 2024-03; by: B", ["contradicts, contradicts: a b"],
    ),
    "bounds out of order": ("a: 9 / 8 / 7", ["contradicts, contradicts: a"]),
    "raids come to more than another speaker's month": (
        f"{RAIDS} | m: 50; period: 2024-03; by: NGO", ["exceeded, may contradict: m r2 r1"],
    ),
    "than the same speaker's month": (
        f"{RAIDS} | m: 50; period: 2024-03; by: police", ["exceeded, contradicts: m r2 r1"],
    ),
    "raids come to no more": (f"{RAIDS} | m: 70; period: 2024-03", []),
    "a month that is at least 50": (f"{RAIDS} | m: at least 50; period: 2024-03", []),
    "raids that may be elsewhere": (f"{RAIDS} | m: 50; period: 2024-03; {KANDAL}", []),
    "a raid after the month": (f"{RAIDS} | m: 50; period: 2024-03; on: 2024-03-05", []),
    "a raid that is distinct": (f"{RAIDS} | m: 50; period: 2024-03 | m distinct r2", []),
    "a month of approximate days": (f"{RAIDS} | m: 50; period: 2024-03~", []),
    "a running total goes down": (
        f"a: 100; on: 2024-02-01; {SINCE} | b: 120; on: 2024-03-01; {SINCE} | c: 90; on: 2024-04-01; {SINCE}",
        ["decreasing, contradicts: b c"],
    ),
    "and a link says so": (
        f"a: 120; on: 2024-03-01; {SINCE} | b: 90; on: 2024-04-01; {SINCE} | b corrects a", [],
    ),
    "that of another speaker": (
        f"a: 120; on: 2024-03-01; {SINCE} | b: 90; on: 2024-04-01; since: 2024-01-01; by: NGO",
        ["exceeded, may contradict: b a"],
    ),
    "parts above their whole": (f"{WHOLE} | {PART}", ["exceeded, may contradict: a a a", "parts, contradicts: a a a"]),
    "parts below it": (WHOLE, []),
    "numbers that are never combined": ("a: 8; count: none | b: 14; count: none | b disputes a", []),
    "two units": ("a: 8 | b: 14; unit: requests | b disputes a", ["disputed, contradicts: a"]),
    "suspected to be one": ("a: 8; on: 2024-03-07 | b: 8 | a ? b", ["duplicate, may be the same: b a"]),
    "two figures of the same two events": (
        "a/1: 8; group: men | a/2: 9; group: women | b/1: 8; group: men | b/2: 9; group: women | a/1 ? b/1 | a/2 ? b/2",
        ["duplicate, may be the same: a a b b"],
    ),
}  # fmt: skip


def conflicts(said: str, kinds: tuple[Kind, ...] = KINDS) -> list[Conflict]:
    given = timeline(said)
    return find(given.figures, facts_of(given), kinds)


@pytest.mark.parametrize(("said", "expected"), CASES.values(), ids=CASES)
def test_conflicts(said: str, expected: list[str]) -> None:
    found = conflicts(said)
    assert [f"{one.kind}, {one.certainty}: {' '.join(each.event for each in one.figures)}" for one in found] == expected


def test_what_the_numbers_inside_and_the_parts_come_to_is_given() -> None:
    (exceeded,) = conflicts(f"{RAIDS} | m: 50; period: 2024-03")
    assert exceeded.low == 70
    (parts,) = conflicts(f"{WHOLE} | {PART}", ("parts",))
    assert (parts.low, parts.high) == (13, 10)


def test_an_event_that_disputes_without_a_number_is_named() -> None:
    (found,) = conflicts("a: 8 | b disputes a")
    assert found.without_number == ("b",)


@pytest.mark.parametrize("kind", ["exceeded", "decreasing"])
def test_kinds_choose(kind: Kind) -> None:
    said = f"{RAIDS} | m: 50; period: 2024-03 | a: 100; on: 2024-01-10; {SINCE} | b: 90; on: 2024-01-20; {SINCE}"
    assert {one.kind for one in conflicts(said)} == {"exceeded", "decreasing"}
    assert {one.kind for one in conflicts(said, (kind,))} == {kind}
