"""What entries come to: rules 7 to 9, and one row for each sentence of their small print."""

from __future__ import annotations

import pytest

from tests.numbers.worded import everything, number

RAIDS = "a: 8; on: 2024-03-05 | b: 14; on: 2024-03-20"
MARCH = "period: 2024-03"
THAI, KENYAN = "nationality: Thai", "nationality: Kenyan"
KANDAL, KAMPOT = "province: Kandal", "province: Kampot"

PART_OF_T = f"p: 20; {MARCH}; {THAI} | t: 30; {MARCH}; {KANDAL} | t includes p"
DISTINCT = f"x: 5; {MARCH} | u: 20; {MARCH}; {KANDAL} | u distinct x"

CASES: dict[str, tuple[str, str]] = {
    # rule 7
    "a total includes what lies in its scope": (f"{RAIDS} | t: 30; {MARCH}", "30"),
    "whoever states it": (f"a: 8; by: Charity | t: 30; {MARCH}; by: Police", "30"),
    "up to the day on which it was said": (f"{RAIDS} | t: 30; {MARCH}; on: 2024-03-10", "44"),
    "what lies inside adds up to more": (f"{RAIDS} | t: 20; {MARCH}", "at least 22"),
    "what lies inside adds up to more than about": (f"{RAIDS} | t: about 20; {MARCH}", "at least 22"),
    "what lies inside adds up to no more than about": (f"{RAIDS} | t: about 30; {MARCH}", "22 / 30 / -"),
    "a forecast includes what is to happen": (f"{RAIDS} | t: 30; {MARCH}; on: 2024-02-20", "30"),
    "a total without days includes what happened before": ("a: 8 | t: 30; count: aggregate; on: 2024-03-10", "30"),
    "and not what happened later": (f"{RAIDS} | t: 30; count: aggregate; on: 2024-03-10", "44"),
    "what a total does not state does not limit it": (f"a: 8; {KANDAL}; {THAI} | t: 30; {MARCH}", "30"),
    "a number that states less than a total may lie outside": (f"a: 8 | t: 30; {MARCH}; {KANDAL}", "at least 30"),
    "a nationality of other people": (f"a: 8; {KENYAN} | t: 30; {MARCH}; {THAI}", "38"),
    "approximate days prove nothing": (f"a: 8; period: 2024-03~; count: incident | t: 30; {MARCH}", "at least 30"),
    "a total of approximate days includes nothing": ("a: 8 | t: 30; period: 2024-03~; on: 2024-04-01", "at least 30"),
    "a total in a total": (f"a: 8 | m: 30; {MARCH} | y: 90; period: 2024", "90"),
    "a running total includes what it ran over": (f"{RAIDS} | t: 30; since: 2024-01-01; on: 2024-03-31", "30"),
    "an earlier running total lies in a later one": (
        "a: 20; since: 2024-01-01; on: 2024-03-01; by: A | b: 30; since: 2024-01-01; on: 2024-04-01; by: A", "30",
    ),
    "a link includes what states less": (f"a: 8 | t: 30; {MARCH}; {KANDAL} | t includes a", "30"),
    "a link does not include what is elsewhere": (f"a: 8; {KAMPOT} | t: 30; {MARCH}; {KANDAL} | t includes a", "38"),
    "a link to one figure": (
        f"a/1: 8; {THAI} | a/2: 9; {KENYAN} | t: 30; {MARCH}; {KANDAL} | t includes a/1", "at least 30",
    ),
    "a link takes out what lies in a total": (f"a: 8 | t: 30; {MARCH} | a distinct t", "38"),
    # small print of rule 7
    "what lies inside a part lies inside its whole": (f"a: 40; {THAI} | {PART_OF_T}", "at least 40"),
    "also if it is linked": (f"a: 40; {THAI} | c: 40 | c repeats a | {PART_OF_T}", "at least 40"),
    "and is apart from what its whole is apart from": (f"a: 8 | {DISTINCT}", "at least 28"),
    "also if it is in two reports": (f"a: 8 | c: 8 | c repeats a | {DISTINCT}", "at least 28"),
    "a part lies in its whole, whatever it names": (
        f"t/w: 100; {MARCH}; {KANDAL} | t/p: 30; part of: w; {MARCH}; {KAMPOT}", "100",
    ),
    "a wider scope in one event is its total": (f"a/1: 40; by: A | a/2: 14; {THAI}; by: A", "40"),
    "a wider scope in another event is not": (f"a: 40 | b: 14; {THAI}", "54"),
    "also if both events have several numbers": (
        f"a/1: 40 | a/2: 5; {KENYAN} | b/1: 14; {THAI} | b/2: 3; nationality: Lao", "57",
    ),
    "two totals of one speaker in one event": (f"t/1: 30; {MARCH}; by: A | t/2: 20; {MARCH}; by: A", "at least 30"),
    "a disputed number inside": (f"a: 14 | b: 40 | b disputes a | t: 20; {MARCH}", "20 to 40"),
    "a disputed number that fits inside": (f"a: 14 | b: 18 | b disputes a | t: 20; {MARCH}", "20"),
    "a total without a group includes groups": (f"a: 60; group: women | t: 90; {MARCH}", "90"),
    "a word for anybody is no group": (f"a: 8 | t: 30; {MARCH}; group: people", "30"),
    "a total of a group does not include others": (f"a: 60 | t: 90; {MARCH}; group: women", "at least 90"),
    "two parts do not include each other": (
        f"t/w: at least 9; {MARCH}; split: group | t/a: 60; part of: w; group: women; {MARCH}"
        f" | t/b: 40; part of: w; {THAI}; {MARCH}; group: women", "at least 60",
    ),
    # rule 8
    "incidents of different events add up": (RAIDS, "22"),
    "also on one day and in one place": (f"a: 37; {KANDAL} | b: 52; {KANDAL}", "89"),
    "linked incidents are one": ("a: 8 | b: 14 | b repeats a", "8 to 14"),
    "suspected incidents are one or two": ("a: 37 | b: 52 | a ? b", "37 to 89"),
    "suspected incidents inside a total": (f"a: 37 | b: 52 | a ? b | t: 90; {MARCH}", "90"),
    "suspected incidents inside a total that is too small for two": (
        f"a: 37 | b: 52 | a ? b | t: 50; {MARCH}", "50 / - / -",
    ),
    "incidents of events that links call one story": (
        f"a/1: 8; {THAI} | a/2: 5 | b/1: 9; {KENYAN} | b/2: 6; group: women | c: 5 | c repeats a | c disputes b/2",
        "at least 17",
    ),
    # rule 9
    "places do not overlap": (f"a: 20; {MARCH}; {KAMPOT} | b: 30; {MARCH}; {KANDAL}", "50"),
    "countries do not overlap": (f"a: 20; {MARCH}; country: KH | b: 30; {MARCH}; country: TH", "50"),
    "days do not overlap": (f"a: 20; period: 2024-02 | b: 30; {MARCH}", "50"),
    "approximate days may": ("a: 20; period: 2024-02~; on: 2024-04-01 | b: 30; period: 2024-03", "at least 30"),
    "peoples do not overlap": (f"a: 20; {MARCH}; {THAI} | b: 30; {MARCH}; {KENYAN}", "50"),
    "words for one people do": (
        f"a: 20; {MARCH}; nationality: Filipino; {KANDAL} | b: 30; period: 2024; nationality: Philippine", "30",
    ),
    "foreigners may be Thai": (f"a: 20; {MARCH}; {THAI} | b: 30; {MARCH}; nationality: foreigners", "at least 30"),
    "a place and a people may overlap": (f"a: 20; {MARCH}; {THAI} | b: 30; {MARCH}; {KANDAL}", "at least 30"),
    "distinct numbers do not": (f"a: 20; {MARCH}; {THAI} | b: 30; {MARCH}; {KANDAL} | a distinct b", "50"),
    "nobody overlaps with nobody": (f"a: 0; {MARCH}; {THAI} | b: 30; {MARCH}; {KANDAL}", "30"),
    "inner numbers, too, if they are more": (
        f"a: 30; {MARCH}; {THAI} | b: 28; {MARCH}; {KANDAL} | r: 20; {THAI}; {KAMPOT}", "at least 48",
    ),
    "parts of one declared split": (
        f"t/w: dozens; {MARCH}; split: group | t/a: 60; part of: w; group: women; {MARCH}"
        f" | t/b: 40; part of: w; group: men; {MARCH}",
        "at least 100",
    ),
    "groups without a declared split may overlap": ("a/1: 60; group: women | a/2: 40; group: men", "at least 60"),
    "rows of a declared data set do not": (
        f"a: 60; {MARCH}; dataset: GED | b: 40; {MARCH}; {THAI}; dataset: GED", "100",
    ),
    "also if they may overlap otherwise": (
        f"a: 60; {MARCH}; {KANDAL}; dataset: GED | b: 40; {MARCH}; {THAI}; dataset: GED", "100",
    ),
    "not even a total and what happened on its days": (f"a: 60; dataset: GED | b: 90; {MARCH}; dataset: GED", "150"),
    "but a total of somebody else may": (f"a: 60; dataset: GED | b: 90; {MARCH}; dataset: GTD", "90"),
    "two numbers of one speaker in one event may": ("a/1: 8; by: Police | a/2: 14; by: Police", "at least 14"),
    "a sum of words": (
        "a: about 300 | b: about 40; on: 2024-03-20 | c: 12; on: 2024-03-21", "12 / 352 / -",
    ),
    "a sum of limits": ("a: up to 30 | b: 20 to 25; on: 2024-03-20", "20 / - / 55"),
    # rule 2
    "moments never add": (f"a: 500; count: stock; {THAI} | b: 700; count: stock; {KENYAN}", "at least 700"),
    "one moment is a number": ("a: 500; count: stock", "500"),
}  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), CASES.values(), ids=CASES)
def test_totals(said: str, expected: str) -> None:
    assert everything(said).total.bounds == number(expected)


@pytest.mark.parametrize(
    ("said", "counted", "inside", "not_added", "exceeded"),
    [
        (f"{RAIDS} | t: 30; {MARCH}", "t", "ab", "", ""),
        (f"{RAIDS} | t: 20; {MARCH}", "ab", "", "t", "t"),
        (f"a: 20; {MARCH}; {THAI} | b: 30; {MARCH}; {KANDAL}", "b", "", "a", ""),
        (f"a: about 20; {MARCH}; {KANDAL} | b: 30; {MARCH}; {KAMPOT}", "ab", "", "", ""),
        ("a: 500; count: stock | b: 700; count: stock", "b", "", "a", ""),
    ],
)
def test_what_became_of_each_number(said: str, counted: str, inside: str, not_added: str, exceeded: str) -> None:
    row = everything(said)
    sets = (row.total.counted, row.total.inside, row.total.not_added, row.total.exceeded)
    names = ["".join(sorted(one.event for entry in row.of(at) for one in entry.statements)) for at in sets]
    assert names == [counted, inside, not_added, exceeded]
