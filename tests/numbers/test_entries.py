"""What makes statements one entry: rules 4 to 6, and one row for each sentence of their small print."""

from __future__ import annotations

import pytest

from scamcli.language.dates import parse_during
from scamcli.numbers.entries import Entry, make_entries, running_totals
from tests.numbers.worded import entries, facts_of, number, timeline

UNKNOWN = "- / - / -"
THAI, KENYAN = "nationality: Thai", "nationality: Kenyan"
SINCE = "since: 2024-01-01; by: Ministry"
MARCH = "period: 2024-03; country: KH"

CASES: dict[str, tuple[str, list[str]]] = {
    # rule 4
    "what can all be true is what it says together": ("a: at least 40 | b: 62 | b repeats a", ["62"]),
    "a vague number and a limit": ("a: dozens | b: at most 30 | b repeats a", ["12 to 30"]),
    "what contradicts reaches from the lowest to the highest": ("a: 78 | b: 87 | b repeats a", ["78 to 87"]),
    "a denial": ("a: 14 | b: 8 | b disputes a", ["8 to 14"]),
    "a denial of a lower limit by a higher number": ("a: at least 40 | b: 62 | b disputes a", ["at least 40"]),
    "who agrees with both says nothing": ("a: at least 7 | b: 14 | c: 8 | b repeats a | c repeats b", ["8 to 14"]),
    "a correction replaces": ("a: 14 | b: 8 | b corrects a", ["8"]),
    "a correction of a correction": ("a: 368 | b: 164 | c: 174 | b corrects a | c corrects b", ["174"]),
    "a circle of corrections": ("a: 14 | b: 8 | a corrects b | b corrects a", ["8 to 14"]),
    "links that say nothing about numbers": ("a: 14 | b: 8 | b follows a", ["14", "8"]),
    # rule 5
    "a toll that was declared to be an update": ("a: 59 | b: 71 | c: 82 | b updates a | c updates b", ["82"]),
    "a correction of the nationality": (f"a: 39; {THAI} | b: 39; {KENYAN} | b corrects a", ["39"]),
    "a link that names the number of another people": (
        f"a/x: 39; {THAI} | a/y: 5 | b: 39; {KENYAN} | b repeats a/x", ["39", "5"],
    ),
    "a link beside parts": (
        f"a: 39 | b/w: 39; {THAI}; split: group | b/p: 8; {THAI}; group: women; part of: w | b repeats a", ["39", "8"],
    ),
    "a speaker who corrects himself": (
        "a: 37; by: police | b: 52; on: 2024-03-06; count: aggregate; by: Police | b repeats a", ["52"],
    ),
    "one speaker's numbers of one incident, dated differently": (
        "a: 658; on: 2024-03-14; by: Police | b: 875; on: 2024-03-13; by: Police | b repeats a", ["658 to 875"],
    ),
    "a speaker who says two numbers on one day": ("a: 37; by: Police | b: 52; by: Police | b repeats a", ["37 to 52"]),
    "a running total that falls": (f"a: 30; on: 2024-03-01; {SINCE} | b: 20; on: 2024-04-01; {SINCE}", ["20"]),
    "a running total that rises": (f"a: 20; on: 2024-03-01; {SINCE} | b: 30; on: 2024-04-01; {SINCE}", ["20", "30"]),
    "a running total that may have risen": (
        f"a: 30; on: 2024-03-01; {SINCE} | b: at least 20; on: 2024-04-01; {SINCE}", ["30", "at least 20"],
    ),
    "a running total with another start": (
        f"a: 30; on: 2024-03-01; {SINCE} | b: 20; on: 2024-04-01; since: 2024-02-01; by: Ministry", ["30", "20"],
    ),
    "a running total of another speaker": (
        f"a: 30; on: 2024-03-01; {SINCE} | b: 20; on: 2024-04-01; since: 2024-01-01; by: Charity", ["30", "20"],
    ),
    "two running totals for one last day": (f"a: 100; {SINCE} | b: 120; {SINCE}", ["100 to 120"]),
    # rule 6
    "totals of one question": (f"a: 1,480; {MARCH}; by: Police | b: 1,500; {MARCH}; by: Ministry", ["1,480 to 1,500"]),
    "totals of other days": (f"a: 1,480; {MARCH} | b: 1,500; period: 2024-04; country: KH", ["1480", "1500"]),
    "totals of another place": (f"a: 1,480; {MARCH} | b: 1,500; period: 2024-03; country: TH", ["1480", "1500"]),
    "totals of other people": (f"a: 1,480; {MARCH}; {THAI} | b: 1,500; {MARCH}; {KENYAN}", ["1480", "1500"]),
    "totals of approximate days": (
        "a: 8; period: 2024-03~; on: 2024-04-01; by: A | b: 9; period: 2024-03~; on: 2024-04-01; by: B", ["8", "9"],
    ),
    "totals without days": ("a: 1,480; count: aggregate | b: 1,500; count: aggregate", ["1480", "1500"]),
    "totals that are declared to be of different things": (f"a: 8; {MARCH} | b: 9; {MARCH} | a distinct b", ["8", "9"]),
    "two speakers in one event": ("a/1: 63; by: police | a/2: 120; by: Charity", ["63 to 120"]),
    "two speakers in two events": ("a: 63; by: police | b: 120; by: Charity", ["63", "120"]),
    "two scopes in one event": (f"a/1: 63; by: police; {THAI} | a/2: 120; by: Charity; {KENYAN}", ["63", "120"]),
    "a part is no answer to what its whole is": (
        "a/w: 20; split: nationality; by: A | a/p: 9; part of: w; by: B", ["9", "20"],
    ),
    "two rows of a declared data set": ("a/1: 8; by: A; dataset: GED | a/2: 9; by: B; dataset: GED", ["8", "9"]),
    # small print: which numbers a link joins
    "numbers of equal scope first": (
        f"a/1: 14; {THAI} | a/2: 3; {KENYAN} | b/1: 2; {KENYAN} | b/2: 8; {THAI} | b disputes a", ["8 to 14", "2 to 3"],
    ),
    "words for one people": ("a/1: 14; nationality: Filipino | a/2: 3 | b: 8; nationality: Philippine | b disputes a",
                             ["8 to 14", "3"]),
    "then the only one left on each side": (
        f"a/1: 14; {THAI} | a/2: 3; {KENYAN} | b/1: 3; {KENYAN} | b/2: 8 | b disputes a", ["8 to 14", "3"],
    ),
    "unless their nationalities differ": (f"a: 14; {THAI} | b: 8; {KENYAN} | b disputes a", ["14", "8"]),
    "if several are left, nothing is joined": (f"a/1: 14; {THAI} | a/2: 3; {KENYAN} | b: 8 | b disputes a",
                                               ["14", "3", "8"]),
    "a link to a figure": (f"a/1: 14; {THAI} | a/2: 3; {KENYAN} | b: 8 | b disputes a/1", ["8 to 14", "3"]),
    "two numbers of one event stay two": ("a/1: 8 | a/2: 9 | b: 8 | c: 9 | b repeats a | c repeats a | c repeats b",
                                          ["8", "9"]),
    # small print: bounds and scopes of linked statements
    "two estimates": ("a: about 300 | b: about 320 | b repeats a", [UNKNOWN]),
    "a bound that one side leaves open is unknown": ("a: 120 | b: about 300 | b disputes a", [UNKNOWN]),
    "bounds that are recorded out of order": ("a: 9 / 2 / 5", ["2 / 2 / 9"]),
    # small print: two numbers of one speaker
    "two numbers of one speaker in one event": ("a/1: 8; by: Police | a/2: 14; by: Police", ["8", "14"]),
    # rule 8
    "suspected incidents are one or two": ("a: 37 | b: 52 | a ? b", ["37 to 89"]),
    "as one they say more together": ("a: dozens | b: 41 | a ? b", ["at least 41"]),
    "three reports of one event": ("a: 5 | b: 6 | c: 7 | a ? b | b ? c", ["5 to 18"]),
}  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), CASES.values(), ids=CASES)
def test_entries(said: str, expected: list[str]) -> None:
    assert [entry.bounds for entry in entries(said)] == list(map(number, expected))


def only(said: str) -> Entry:
    (entry,) = entries(said)
    return entry


RAID = f"a: 14; {THAI}; province: Kampot; by: Police"
LONGER = "a: 10 | b: 12; period: 2024-03 | b repeats a"


@pytest.mark.parametrize("word", ["disputes", "repeats", "corrects", "updates"])
def test_an_entry_has_the_scope_of_all_its_statements(word: str) -> None:
    scope = only(f"{RAID} | b: 8; on: 2024-03-07 | b {word} a").scope
    assert scope.nationalities == only(RAID).scope.nationalities
    assert scope.places == {"kampot"}


def test_a_correction_of_a_correction_takes_over_what_both_leave_out() -> None:
    scope = only(f"{RAID} | b: 8; period: 2024-03 | c: 9; period: 2024-03 | b corrects a | c corrects b").scope
    assert scope.places == {"kampot"}


def test_a_toll_that_is_updated_has_the_days_of_all_its_reports() -> None:
    scope = only("a: 59; on: 2024-02-26 | b: 82; on: 2024-03-06 | b updates a").scope
    days = parse_during("2024-02-26/2024-03-06")
    assert (scope.start, scope.end) == (days.start, days.end)


@pytest.mark.parametrize("link", ["updates", "corrects", "repeats", "disputes"])
def test_a_total_without_days_that_is_linked_to_an_incident_is_its_number(link: str) -> None:
    later = f"b: 1,127; count: aggregate; on: 2024-03-13 | b {link} a"
    last = "c: 1,129; count: aggregate; on: 2024-03-20 | c updates b"
    for words in (later, f"{later} | {last}"):
        (entry,) = entries(f"a: 340; on: 2024-03-05 | {words}")
        day = parse_during("2024-03-05").start
        assert (entry.kind, entry.scope.start, entry.scope.end) == ("incident", day, day)


def test_a_linked_number_with_longer_days_makes_the_entry_a_total() -> None:
    assert only("a: 10").kind == "incident"
    assert only(LONGER).kind == "total"
    assert only(LONGER).scope == only("b: 12; period: 2024-03").scope


def test_a_repetition_in_another_currency_has_the_scope_of_what_it_repeats() -> None:
    given = timeline("a: 1,000; unit: USD; province: Kandal | b: 4,100,000; unit: KHR | b repeats a")
    (entry,) = make_entries(given.figures[1:], facts_of(given))
    assert entry.scope.places == {"kandal"}


@pytest.mark.parametrize(
    ("said", "is_contested", "is_suspected"),
    [
        ("a: 78 | b: 87 | b repeats a", True, False),
        ("a: at least 40 | b: 62 | b repeats a", False, False),
        ("a: 14 | b: 14 | b disputes a", True, False),
        ("a: 37 | b: 52 | a ? b", False, True),
        (f"a: 1; {MARCH}; by: A | b: 2; {MARCH}; by: B", True, False),
    ],
)
def test_what_an_entry_is(said: str, is_contested: bool, is_suspected: bool) -> None:
    entry = only(said)
    assert (entry.is_contested, entry.is_suspected) == (is_contested, is_suspected)


def test_a_denial_without_a_number_contests_the_one_that_it_names() -> None:
    by_figure = {entry.statements[0].id: entry for entry in entries("a/1: 14 | a/2: 3 | b disputes a/1")}
    assert {id_: entry.is_contested for id_, entry in by_figure.items()} == {"1": True, "2": False}


def test_what_was_replaced_is_kept() -> None:
    entry = only(f"a: 30; on: 2024-03-01; {SINCE} | b: 20; on: 2024-04-01; {SINCE}")
    assert [figure.event for figure in entry.replaced] == ["a"]
    assert entry.keys == {("a", "n"), ("b", "n")}


RUNNING = f"a: 20; on: 2024-03-01; {SINCE} | b: 30; on: 2024-04-01; {SINCE}"


@pytest.mark.parametrize(
    ("more", "events"),
    [
        ("", [["a", "b"]]),
        (f" | c: 25; on: 2024-04-01; {SINCE}", []),  # two answers for one day have no rise
        (" | c: 25 | c disputes b", []),
        (" | c disputes b", []),
        (" | c: 25 | b distinct c", []),
    ],
    ids=["alone", "two answers", "two statements", "contested", "linked"],
)
def test_what_has_rises(more: str, events: list[list[str]]) -> None:
    series = running_totals(entries(RUNNING + more), facts_of(timeline(RUNNING + more)))
    assert [[entry.statements[0].event for entry in one] for one in series] == events
