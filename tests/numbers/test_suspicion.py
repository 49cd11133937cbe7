"""Which reports may be one event, recorded twice: one case for each condition of the rule, and how much is compared."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.language.dates import day
from scamcli.numbers import suspicion
from scamcli.numbers.suspicion import Report, Toll, find, tolls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FIRST = day("2023-05-03")


def report(event: str = "one", number: float | None = 40, **values: Any) -> Report:
    """A report with a number, on one day: so many days after the first (``on``). Other values go as given."""
    on, lasts = FIRST + values.pop("on", 0), values.pop("lasts", 0)
    lists = ("provinces", "towns", "sites", "outlets")
    names = {name: frozenset(values.pop(name, "").split("; ")) - {""} for name in lists}
    made = Report(
        key=(event, "rescues"), metric="rescues", unit="people", low=number, best=number, high=number, first_day=on,
        last_day=on + lasts, country=None, nationality=None, speaker=None, title=event, **names,
        table=None, is_declared=False,
    )  # fmt: skip
    return replace(made, **values)


def rules(*reports: Report, settled: Iterable[set[str]] = (), of: set[str] | None = None) -> list[str]:
    """The rules of the suspicions among reports, in order of time."""
    known = list(settled)
    return [pair.rule for pair in find(reports, lambda one, other: {one, other} in known, of)]


TOWN: dict[str, Any] = {"towns": "Sihanoukville"}
SITE: dict[str, Any] = {"sites": "Chinatown"}
KANDAL: dict[str, Any] = {"provinces": "Kandal"}
THAI: dict[str, Any] = {"nationality": "Thai"}
FIRE: dict[str, Any] = {"title": "Fire destroys textile warehouse"}
POLICE: dict[str, Any] = {"speaker": "Police"}
ROWS: dict[str, Any] = {"table": "raids.csv"}

DOZENS: dict[str, Any] = {"low": 12, "best": None, "high": None}
RANGE: dict[str, Any] = {"low": 30, "best": None, "high": 60}


def exactly(number: int) -> dict[str, Any]:
    return {"low": number, "best": number, "high": number}


SUSPECTED: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    # name: what both say, what the second says besides, the rule
    "a site, three days, whatever the numbers": (SITE, {"number": 4, "on": 3}, "a"),
    "a town, a day, whatever the numbers": (TOWN, {"number": 4, "on": 1}, "a"),
    "a town, three days, within a fifth": (TOWN, {"number": 32, "on": 3}, "a"),
    "zero and a number": (SITE, {"number": 0}, "a"),
    "a site in the title": (SITE, {"sites": "", "title": "Workers of Chinatown", "number": 4, "on": 2}, "a"),
    "a town in the title": (TOWN, {"towns": "", "title": "Workers of Sihanoukville", "number": 4, "on": 1}, "a"),
    "a longer name of a site": (SITE, {"sites": "Chinatown casino complex", "number": 4, "on": 2}, "a"),
    "a longer name of a site, of other words": (SITE, {"sites": "North Chinatown", "number": 4, "on": 2}, "a"),
    "a site as two kinds of place": ({"sites": "Diamond casino"}, {"sites": "Diamond hotel", "number": 4}, "a"),
    "one site in towns of other names": (SITE | {"towns": "London"}, {"towns": "Kensington", "number": 4}, "a"),
    "half of the longer title": (FIRE, {"title": "Old textile warehouse in deadly fire", "number": 4, "on": 3}, "b"),
    "a title whose words have other endings": (FIRE, {"title": "Textile warehouses destroyed", "number": 4}, "b"),
    "a title in capital letters": ({"title": "Fire Destroys Textile Warehouse"}, {"number": 4, "on": 3}, "b"),
    "a title that begins with a telling word": ({"title": "Warehouse robbed"}, {"number": 4, "on": 3}, "b"),
    "a bare title": (KANDAL | {"title": "Raid"}, {"number": 400, "title": "Police raid in Kandal"}, "c"),
    "a bare title, a country": ({"country": "KH", "title": "Raid"}, {"provinces": "Kandal", "number": 4}, "c"),
    "one word of a title, a day": (
        KANDAL | {"title": "Kandal raid frees 37 Vietnamese"},
        {"number": 4, "title": "Kandal compound raid"}, "c",
    ),
    "one word of a title, one of a people": (
        KANDAL | {"title": "Student found dead near Bokor", "nationality": "South Korean", "number": 1},
        {"title": "Tortured Korean student dies near Bokor"}, "c",
    ),
    "a title of everyday words": (KANDAL | {"title": "Police report"}, {"number": 4}, "c"),
    "a province, a day, within a fifth": (KANDAL, {"number": 32, "on": 1}, "c"),
    "a province, three days, equal": (KANDAL, {"on": 3}, "c"),
    "a province, three equal of one nationality": (KANDAL | THAI | {"number": 3}, {"on": 1}, "c"),
    "dozens and a number": (KANDAL | DOZENS, exactly(45), "c"),
    "a range and a number in it": (KANDAL | RANGE, exactly(45), "c"),
    "one says only the country": ({"country": "KH"}, {"provinces": "Kandal", "number": 32, "on": 1}, "c"),
    "a region abroad and a province in it": ({"provinces": "Kayin, MM"}, {"on": 3}, "c"),
    "a speaker's rising number, of a country": (POLICE | {"country": "KH"}, {"number": 120, "on": 14}, "d"),
    "a speaker's rising number, in a town": (POLICE | TOWN, {"number": 120, "on": 14}, "d"),
    "a speaker's rising number, at a site": (POLICE | SITE, {"number": 120, "on": 14}, "d"),
    "a speaker's rising number, one title": (POLICE | KANDAL | FIRE, {"number": 120, "on": 14}, "d"),
    "a toll in the title": (TOWN, {"number": 900, "on": 14, "title": "Death toll now 900"}, "d"),
    "a toll of few, in the title": (TOWN | {"number": 2}, {"number": 9, "on": 14, "title": "Toll rises to 9"}, "d"),
    "foreigners and Thais": (SITE | THAI, {"nationality": "foreigners"}, "a"),
    "two words for one people": (SITE | {"nationality": "Filipino"}, {"nationality": "Philippine"}, "a"),
    "a flight and one with more people": (POLICE | TOWN, {"number": 44, "on": 1}, "d"),
    "a speaker's equal numbers on two days": (POLICE | TOWN, {"on": 1}, "a"),
    "a smaller number by another speaker": (POLICE | TOWN, {"number": 37, "on": 1, "speaker": "Embassy"}, "a"),
    "a smaller number on the same day": (POLICE | TOWN, {"number": 37}, "a"),
    "more than": (TOWN, {"title": "More than 40 freed"}, "a"),
    "rows of one table of two outlets, within a fifth": (
        ROWS | TOWN | {"outlets": "A"},
        {"outlets": "B", "number": 33, "on": 3}, "a",
    ),
    "rows of one table of two outlets, from ten": (
        ROWS | TOWN | {"outlets": "A"},
        {"outlets": "B", "number": 10, "on": 1}, "a",
    ),
    "rows of one table, equal": (ROWS | TOWN | {"number": 2}, {}, "a"),
    "rows of one table in a province": (ROWS | KANDAL | {"outlets": "A"}, {"outlets": "B", "on": 1, "number": 44}, "c"),
    "rows of two tables": (ROWS | TOWN | {"outlets": "A"}, {"table": "other.csv", "number": 3}, "a"),
}  # fmt: skip

UNSUSPECTED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nothing in common but the day": ({}, {}),
    "a site, four days": (SITE, {"number": 41, "on": 4}),
    "a town, two days, other numbers": (TOWN, {"number": 31, "on": 2}),
    "a town, four days": (TOWN, {"on": 4}),
    "another site in one town": (TOWN | SITE, {"sites": "Otres"}),
    "another site of the same kind": ({"sites": "Compound 3"}, {"sites": "Compound 4"}),
    "another town": (KANDAL | {"towns": "Takhmao"}, {"towns": "Koh Thom"}),
    "a site and another, of which only the kind is known": ({"sites": "Casino"}, {"sites": "Hotel"}),
    "another province": (SITE | KANDAL, {"provinces": "Takeo"}),
    "another country": (SITE | {"country": "KH"}, {"country": "LA"}),
    "two other provinces": (SITE | KANDAL, {"provinces": "Takeo; Kampot"}),
    "another country, of a province": (SITE | KANDAL, {"provinces": "", "country": "LA"}),
    "another nationality": (SITE | THAI, {"nationality": "Kenyan"}),
    "another metric": (SITE, {"metric": "arrests"}),
    "another unit": (SITE, {"unit": "women"}),
    "no number": (SITE, {"low": None, "best": None, "high": None}),
    "a declared data set": (SITE | ROWS | {"is_declared": True}, {}),
    "titles, four days": (FIRE, {"on": 4}),
    "one word of a title": ({"title": "Warehouse burns"}, {"title": "Robbery at warehouse"}),
    "a bare title, a day": (KANDAL | {"title": "Raid"}, {"number": 400, "on": 1}),
    "a bare title, in no place": ({"title": "Raid"}, {"number": 400}),
    "a bare title and another": (KANDAL | {"title": "Raid"}, {"number": 400, "title": "Protest"}),
    "rows of one table, a bare title": (
        ROWS | KANDAL | {"title": "Raid", "outlets": "A"},
        {"outlets": "B", "number": 4},
    ),
    "less than half of the longer title": (
        FIRE,
        {"title": "Textile warehouse owner flees abroad after bankruptcy hearing"},
    ),
    "names in titles": (
        {"title": "Police search the office of Heng Sok in Kandal"},
        {"title": "Villagers greet the mother of Heng Sok in Kandal"},
    ),
    "names of outlets in titles": (
        {"title": "Shock in morning bulletin", "outlets": "Morning Bulletin"},
        {"title": "Grief in morning bulletin"},
    ),
    "peoples in titles": ({"title": "Filipino nurse hides in attic"}, {"title": "Filipino nurse sings at airport"}),
    "numbers in titles": ({"title": "40 freed and 60 missing"}, {"title": "40 detained and 60 charged"}),
    "everyday words in titles": (
        {"title": "Police say several people found dead"},
        {"title": "Police say more people dead"},
    ),
    "a province, two days, similar": (KANDAL, {"number": 41, "on": 2}),
    "a province, a day, other numbers": (KANDAL, {"number": 31, "on": 1}),
    "dozens and many times as many": (KANDAL | DOZENS, exactly(61)),
    "a range and a number above it": (KANDAL | RANGE, exactly(90)),
    "a province, four days, equal": (KANDAL, {"on": 4}),
    "a province, fewer than ten": (KANDAL | {"number": 9}, {}),
    "a province, three of no nationality": (KANDAL | {"number": 3}, {}),
    "a province, two of one nationality": (KANDAL | THAI | {"number": 2}, {}),
    "a province, three of one nationality, two days": (KANDAL | THAI | {"number": 3}, {"on": 2}),
    "a province, nearly three of one nationality": (
        KANDAL | THAI | {"number": 5, "title": "Warehouse burns"},
        {"number": 4, "title": "Robbery at warehouse"},
    ),
    "one says only another country": ({"country": "LA"}, {"country": None, "provinces": "Kandal"}),
    "no country": ({}, {"provinces": "Kandal"}),
    "a town of no stated province": ({"country": "KH"} | TOWN, {"towns": "", "provinces": "Kandal"}),
    "a toll, fifteen days": (POLICE | TOWN, {"number": 90, "on": 15}),
    "a toll, more than threefold": (POLICE | TOWN, {"number": 121, "on": 5}),
    "a toll from fewer than ten": (POLICE | TOWN | {"number": 9}, {"number": 20, "on": 3}),
    "a toll that does not rise": (POLICE | TOWN, {"on": 5}),
    "a toll of other speakers": (POLICE | TOWN, {"number": 90, "on": 5, "speaker": "Army"}),
    "a toll in a province": (POLICE | KANDAL, {"number": 90, "on": 5}),
    "a toll of a title in no place": (FIRE, {"number": 90, "on": 5, "title": "Fire in textile warehouse: toll now 90"}),
    "a toll of a title, fifteen days": (TOWN, {"number": 90, "on": 15, "title": "Toll now 90"}),
    "a toll of a title, in rows of one table": (
        ROWS | TOWN | {"outlets": "A"},
        {"outlets": "B", "number": 90, "on": 5, "title": "Toll now 90"},
    ),
    "two flights": (POLICE | SITE, {"number": 36, "on": 1}),
    "a second flight": (SITE, {"title": "Second flight"}),
    "a third flight after the second": (SITE | {"title": "Second flight"}, {"title": "Third flight"}),
    "more people": (SITE, {"title": "More people freed"}),
    "rows of one table of one outlet": (ROWS | TOWN | {"outlets": "A"}, {"number": 41}),
    "rows of one table of no outlet": (ROWS | TOWN, {"on": 1}),
    "rows of one table, zeros": (ROWS | SITE | {"number": 0, "outlets": "A"}, {"outlets": "B"}),
    "rows of one table, fewer than ten": (ROWS | SITE | {"outlets": "A"}, {"outlets": "B", "number": 9}),
    "rows of one table, two days": (ROWS | SITE | {"outlets": "A"}, {"outlets": "B", "number": 20, "on": 2}),
    "rows of one table, titles": (ROWS | FIRE | {"outlets": "A"}, {"outlets": "B", "number": 41}),
    "rows of one table, province, two days": (ROWS | KANDAL | {"outlets": "A"}, {"outlets": "B", "on": 2}),
    "rows of one table, title of a toll": (
        ROWS | FIRE | POLICE | KANDAL | {"outlets": "A"},
        {"outlets": "B", "number": 90, "on": 5},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SUSPECTED)
def test_suspected(case: str) -> None:
    both, second, rule = SUSPECTED[case]
    assert rules(report("one", **both), report("two", **{**both, **second})) == [rule]


@pytest.mark.parametrize("case", UNSUSPECTED)
def test_not_suspected(case: str) -> None:
    both, second = UNSUSPECTED[case]
    assert rules(report("one", **both), report("two", **{**both, **second})) == []


def test_two_numbers_of_one_event_are_not_two_events() -> None:
    assert rules(report(**SITE), replace(report(**SITE), key=("one", "more-rescues"))) == []


def test_a_link_settles_it() -> None:
    assert rules(report("one", **SITE), report("two", **SITE), settled=[{"one", "two"}]) == []


def test_several_reports_of_one_event_are_connected_by_as_few_pairs_as_possible() -> None:
    found = find([report(f"e{n}", 40 + n, **SITE) for n in range(5)], lambda _one, _other: False)
    assert len(found) == 4
    assert {event for pair in found for event in pair.events} == {f"e{n}" for n in range(5)}


def test_only_pairs_of_some_events() -> None:
    here = [report("one", **SITE), report("two", **SITE)]
    there = [report(event, 3, sites="Otres") for event in ("three", "four", "five")]
    found = find([*here, *there], lambda _one, _other: False, {"three"})
    assert [pair.events for pair in found] == [("four", "three")]


@pytest.mark.parametrize(
    ("both", "second", "why"),
    [
        (TOWN | {"on": 0}, {"number": 37}, "both count rescues in Sihanoukville on 3 May 2023 (37 and 40)"),
        (SITE, {"on": 1}, "both count 40 rescues at Chinatown on 3 May 2023 and 4 May 2023"),
        (KANDAL, {"lasts": 1}, "both count 40 rescues in Kandal on 3 May 2023 and 3 May 2023 to 4 May 2023"),
        (FIRE, {"number": 37}, "both count rescues on 3 May 2023 under similar titles (37 and 40)"),
        (
            POLICE | TOWN,
            {"number": 100, "on": 6},
            "the number of rescues in Sihanoukville rises from 40 on 3 May 2023 to 100 on 9 May 2023",
        ),
    ],
)
def test_what_is_said_about_a_pair(both: dict[str, Any], second: dict[str, Any], why: str) -> None:
    (pair,) = find([report("one", **both), report("two", **{**both, **second})], lambda _one, _other: False)
    assert pair.why == why


def test_a_toll_is_known_by_its_latest_event() -> None:
    numbers = {"a": (59, 0), "b": (64, 2), "c": (70, 3), "d": (82, 9)}
    rising = [report(event, number, on=on, **POLICE, **TOWN) for event, (number, on) in numbers.items()]
    raids = [report("e", **SITE), report("f", **SITE)]
    found = find([*rising, *raids], lambda _one, _other: False)
    assert tolls(found) == [Toll("d", ("a", "b", "c"))]


def test_a_toll_that_somebody_else_also_counts_is_no_toll_alone() -> None:
    rising = [report("a", 59, **POLICE, **SITE), report("b", 64, on=2, **POLICE, **SITE)]
    assert tolls(find([*rising, report("c", 50, on=2, **SITE)], lambda _one, _other: False)) == []


def many(count: int, chance: Random, **values: Any) -> list[Report]:
    numbers = (chance.randrange(1, 400) for _ in range(count))
    return [
        report(f"e{n}", number, title=f"Police raid compound {n}", provinces=chance.choice(("Kandal", "Takeo")),
               outlets=chance.choice("ABC"), nationality=chance.choice((None, "Thai", "Lao")), **values)
        for n, number in enumerate(numbers)
    ]  # fmt: skip


@pytest.mark.parametrize("values", [ROWS, TOWN], ids=["table", "town"])
def test_many_reports_of_one_day_need_few_comparisons(values: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    rule_for: Callable[..., Any] = suspicion._rule_for

    def counted(earlier: object, later: object) -> object:
        nonlocal compared
        compared += 1
        return rule_for(earlier, later)

    monkeypatch.setattr(suspicion, "_rule_for", counted)
    found = find(many(3_000, Random(1), **values), lambda _one, _other: False)
    assert compared < 200 * 3_000  # all pairs are 4.5 million
    assert len(found) < 3_000


def test_the_pairs_do_not_depend_on_the_order_of_reports() -> None:
    reports = many(300, Random(2), **TOWN)
    found = find(reports, lambda _one, _other: False)
    assert find(reversed(reports), lambda _one, _other: False) == found


def test_many_reports_of_other_provinces_do_not_hide_a_pair() -> None:
    others = [report(f"e{n}", nationality="Lao", provinces="Takeo", outlets="A", **ROWS) for n in range(50)]
    pair = [report("a", provinces="Kandal"), report("f", provinces="Kandal")]
    found = find([*others, *pair], lambda *events: not {*events} <= {"a", "f"})
    assert [one.events for one in found] == [("a", "f")]


@pytest.mark.parametrize("seed", range(5))
def test_blocks_miss_no_pair(seed: int) -> None:
    """Every pair that meets the rule is connected, directly or by way of other reports."""
    chance = Random(seed)
    words = ("fire", "textile", "warehouse", "smuggled", "parcels", "harbour", "ferry", "sinks")
    reports = [
        report(
            f"e{n}", chance.choice((2, 3, 9, 10, 11, 40, 45, 48, 90)), on=chance.randrange(40),
            title=" ".join(chance.sample(words, 3)), towns=chance.choice(("", "", "Poipet", "Bavet")),
            sites=chance.choice(("", "", "Grand", "Grand casino", "Otres")), speaker=chance.choice((None, "police")),
            provinces=chance.choice(("", "Kandal", "Takeo")), country=chance.choice((None, "KH")),
            nationality=chance.choice((None, "Thai", "foreigners")), lasts=chance.choice((0, 0, 20)),
        )
        for n in range(60)
    ]  # fmt: skip
    found = find(reports, lambda _one, _other: False)
    group = {one.key[0]: one.key[0] for one in reports}
    for pair in found:
        kept, gone = (group[event] for event in pair.events)
        group = {event: kept if of == gone else of for event, of in group.items()}
    clues = [
        suspicion._clues_of(one, 0) for one in sorted(reports, key=lambda one: (one.first_day, one.number, one.key))
    ]
    for place, later in enumerate(clues):
        for earlier in clues[:place]:
            if suspicion._rule_for(earlier, later) is not None:
                assert group[earlier.event] == group[later.event]
