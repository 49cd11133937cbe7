"""Plain incidents are added up before anything is compared with them, and no number changes."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from scamcli.language.dates import Period, parse_during
from scamcli.numbers import tables
from scamcli.numbers.entries import Facts, make_entries
from scamcli.numbers.plain import RowRelations
from scamcli.numbers.relations import members, relate
from tests.numbers.random_timelines import NATIONALITIES, PLACES, Timeline, random_timeline
from tests.numbers.worded import facts_of, figure, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.numbers.entries import Entry
    from scamcli.numbers.records import Figure
    from scamcli.numbers.relations import Relations

FIRST_DAY = 18_990


def raids(number: int, chance: Random, days: int = 90) -> list[Figure]:
    """Incidents of different events that nothing links."""
    found = []
    for n in range(number):
        day = FIRST_DAY + chance.randrange(days)
        words = chance.choice(("7", "12", "at least 5", "about 9", "up to 4"))
        country, province = chance.choice(PLACES)
        found.append(
            figure(f"plain-{n}", words)._replace(
                period=Period(day, day + chance.choice((0, 0, 0, 2)), chance.random() < 0.9),
                country=country, province=province, nationality=chance.choice(NATIONALITIES),
                group=chance.choice((None, None, None, "women")), dataset=chance.choice((None, None, "GED")),
            )
        )  # fmt: skip
    return found


def with_raids(seed: int, number: int = 15) -> Timeline:
    """A random timeline with many plain incidents on the same days, and a total in the data set of some of them."""
    given = random_timeline(seed)
    of_data_set = figure("ged", "90; period: 2022-02; dataset: GED")
    return given._replace(figures=[*given.figures, of_data_set, *raids(number, Random(seed))])


def numbers(given: Timeline, split: str | None) -> object:
    """All that a table says in numbers."""
    found = table(given, *([split] if split else []))
    rows = {row.label: (row.total.bounds, row.total.limit, row.total.is_sum) for row in found.rows}
    return rows, found.everything and found.everything.total.bounds


class OneByOne(RowRelations):
    """Relates all entries of a row, with none of them added up."""

    def of(self, in_row: Sequence[Entry], partly: Sequence[Entry]) -> tuple[Relations, int, int]:
        related = relate([*in_row, *partly], self._facts)
        return related, (1 << len(in_row)) - 1, ((1 << len(partly)) - 1) << len(in_row)


def assert_same_numbers(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    given = with_raids(seed)
    for split in (None, "month", "province", "nationality"):
        quickly = numbers(given, split)
        with monkeypatch.context() as patched:
            patched.setattr(tables, "RowRelations", OneByOne)
            assert numbers(given, split) == quickly, (seed, split)


@pytest.mark.parametrize("seed", range(30))
def test_the_numbers_are_the_same_without_it(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_same_numbers(seed, monkeypatch)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(100, 600))
def test_the_numbers_of_many_timelines_are_the_same_without_it(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_same_numbers(seed, monkeypatch)


@pytest.mark.parametrize(("others", "most"), [([], 1), ([figure("t", "90; period: 2022-02")], 4)])
def test_few_entries_are_left_of_many_incidents(others: list[Figure], most: int) -> None:
    given = Timeline([*raids(10_000, Random(1)), *others], [], [])
    facts = facts_of(given)
    related, in_row, partly = RowRelations(facts).of(make_entries(given.figures, facts), ())
    assert len(related.entries) <= most
    assert sum(entry.size for entry in related.entries) == len(given.figures)
    assert (in_row, partly) == ((1 << len(related.entries)) - 1, 0)


def test_rows_and_what_lies_partly_in_them_are_added_up_apart() -> None:
    entries = make_entries(raids(50, Random(2)), Facts())
    related, in_row, partly = RowRelations(Facts()).of(entries[:30], entries[30:])
    assert [sum(related.entries[i].size for i in members(found)) for found in (in_row, partly)] == [30, 20]


def test_what_stands_beside_an_incident_in_its_event_is_not_added_up() -> None:
    given = Timeline([figure("a/1", "7"), figure("a/2", "8; nationality: Thai"), figure("b", "9")], [], [])
    facts = facts_of(given)
    related, _, _ = RowRelations(facts).of(make_entries(given.figures, facts), ())
    assert sorted(entry.bounds.low or 0 for entry in related.entries) == [7, 8, 9]


def test_a_sum_covers_all_its_days() -> None:
    given = Timeline([figure("a", "7; on: 2024-03-09"), figure("b", "8; on: 2024-03-02")], [], [])
    related, _, _ = RowRelations(Facts()).of(make_entries(given.figures, Facts()), ())
    (entry,) = related.entries
    days = parse_during("2024-03-02/2024-03-09")
    assert (entry.scope.start, entry.scope.end, entry.scope.stated_end) == (days.start, days.end, days.end)
