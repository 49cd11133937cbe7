"""Conflicts as cases to check by hand: which figures cannot all be true, or may count the same incident."""

from __future__ import annotations

from typing import Any

import pytest

from scamcli.figures import Context, Figure, Link, Split
from scamcli.figures.conflicts import KINDS, Conflict, find
from tests.helpers.figure_builder import by_key, days, exactly, made

JANUARY = days(1, 31)
POLICE: dict[str, Any] = {"stated_by": "Police"}
NGO: dict[str, Any] = {"stated_by": "An NGO"}


def conflicts(*figures: Figure, links: tuple[Link, ...] = (), suspected: Any = ()) -> list[Conflict]:
    return find(figures, Context(by_key(*figures), links, suspected))


def incident(key: str, number: int, start: int = 5, **fields: Any) -> Figure:
    return exactly(key, number, count="incident", day=days(start, start), **fields)


def month(key: str, number: int, **fields: Any) -> Figure:
    """What somebody summed up over January."""
    return exactly(key, number, **{"period": JANUARY, **fields})


def running(key: str, number: int, day: int, **fields: Any) -> Figure:
    """A running total since the first day."""
    return exactly(key, number, count="cumulative", period=days(1, day), **{**POLICE, **fields})


EIGHT, FOURTEEN = incident("a", 8), incident("b", 14, 6)
RAIDS = incident("r1", 30, 3), incident("r2", 40, 9)
TWICE = exactly("a/total", 10, split=Split("province", None))
SHARES = tuple(
    exactly(f"a/{name}", number, part_of="total", province=name) for name, number in (("Kandal", 7), ("Takeo", 6))
)

UP_TO_5 = (
    made("a/total", None, None, 5),
    exactly("a/women", 3, part_of="total", group="women"),
    made("b", None, None, 2),
)

CASES: dict[str, tuple[tuple[Figure, ...], tuple[Link, ...], list[tuple[str, str, list[str]]]]] = {
    "two raids do not contradict each other": ((EIGHT, FOURTEEN), (), []),
    "8 disputed by 14": (
        (EIGHT, FOURTEEN), (Link("disputes", "b", "a"),), [("disputed", "contradicts", ["a", "b"])],
    ),
    "8 repeated as 14": (
        (EIGHT, FOURTEEN), (Link("repeats", "b", "a"),), [("contradicts", "contradicts", ["a", "b"])],
    ),
    "at least 8 repeated as 14 agrees": (
        (made("a", 8, count="incident", day=days(5, 5)), FOURTEEN), (Link("repeats", "b", "a"),), [],
    ),
    "up to 5 with 3 women, repeated as up to 2": (UP_TO_5, (Link("repeats", "b", "a"),), [
        ("contradicts", "contradicts", ["a", "b"]),
    ]),
    "up to 5 with 3 women, repeated as up to 3": (
        (*UP_TO_5[:2], made("b", None, None, 3)), (Link("repeats", "b", "a"),), [],
    ),
    "8 corrected to 14 is settled": ((EIGHT, FOURTEEN), (Link("corrects", "b", "a"),), []),
    "a figure disputed without another number": (
        (EIGHT,), (Link("disputes", "b", "a"),), [("disputed", "contradicts", ["a"])],
    ),
    "raids add up to more than another speaker's month": (
        (*RAIDS, month("m", 50, **POLICE)), (), [("exceeded", "may contradict", ["m", "r2", "r1"])],
    ),
    "raids of the same speaker do": (
        (*(raid._replace(**POLICE) for raid in RAIDS), month("m", 50, **POLICE)), (),
        [("exceeded", "contradicts", ["m", "r2", "r1"])],
    ),
    "only some of them by that speaker": (
        (RAIDS[0]._replace(**POLICE), RAIDS[1], month("m", 50, **POLICE)), (),
        [("exceeded", "may contradict", ["m", "r2", "r1"])],
    ),
    "raids add up to less": ((*RAIDS, month("m", 70)), (), []),
    "raids elsewhere": ((*RAIDS, month("m", 50, province="Kandal")), (), []),
    "raids in the same place": (
        (*(raid._replace(province="Kandal") for raid in RAIDS), month("m", 50, province="Kandal")), (),
        [("exceeded", "may contradict", ["m", "r2", "r1"])],
    ),
    "a raid after the month": ((RAIDS[0], incident("r2", 40, 40), month("m", 50)), (), []),
    "a month without a high": ((*RAIDS, made("m", 50, period=JANUARY)), (), []),
    "a month whose days are not certain": ((*RAIDS, month("m", 50, period=days(1, 31, sure=False))), (), []),
    "a raid that is said to be distinct": ((*RAIDS, month("m", 50)), (Link("distinct", "m", "r2"),), []),
    "a raid that is recorded twice counts once": (
        (*RAIDS, incident("r3", 40, 10), month("m", 100)), (Link("repeats", "r3", "r2"),), [],
    ),
    "a running total goes down": (
        (running("a", 100, 10), running("b", 120, 20), running("c", 90, 30)), (),
        [("decreasing", "contradicts", ["b", "c"])],
    ),
    "running totals of 100, then of 120 and 90 as of one day": (
        (running("a", 80, 10), running("b", 120, 20), running("c", 90, 20)), (), [],
    ),
    "running totals of 100 and 120 as of one day, then of 110": (
        (running("a", 100, 10), running("b", 120, 10), running("c", 110, 20)), (),
        [("decreasing", "contradicts", ["b", "c"])],
    ),
    "a running total that was corrected": (
        (running("a", 100, 10), running("b", 120, 20), running("c", 90, 30)),
        (Link("corrects", "c", "b"), Link("corrects", "c", "a")), [],
    ),
    "running totals of two speakers": ((running("a", 100, 10), running("b", 90, 20, **NGO)), (), []),
    "parts above their whole": ((TWICE, *SHARES), (), [("parts", "contradicts", ["a", "a", "a"])]),
    "parts below it": ((TWICE, SHARES[0]), (), []),
    "shares in percent are never compared": (
        (exactly("a", 8, count="none"), exactly("b", 14, count="none")), (Link("disputes", "b", "a"),), [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_cases(case: str) -> None:
    figures, links, expected = CASES[case]
    found = conflicts(*figures, links=links)
    assert [(one.kind, one.certainty, [figure.event for figure in one.figures]) for one in found] == expected


def test_a_suspected_pair_may_be_the_same_and_the_earlier_event_comes_first() -> None:
    later, earlier = incident("a", 8, 7), incident("b", 8, 5)
    (found,) = conflicts(later, earlier, suspected=[(("a", "one"), ("b", "one"))])
    assert (found.kind, found.certainty, found.figures) == ("duplicate", "may be the same", (earlier, later))


def test_two_events_with_several_suspected_figures_are_one_conflict() -> None:
    figures = [incident(f"{event}/{name}", 8, group=name) for event in "ab" for name in ("men", "women")]
    pairs = [(("a", name), ("b", name)) for name in ("men", "women")]
    (found,) = conflicts(*figures, suspected=pairs)
    assert [figure.key for figure in found.figures] == [("a", "men"), ("a", "women"), ("b", "men"), ("b", "women")]


def test_an_event_that_disputes_without_a_number_is_named() -> None:
    (found,) = conflicts(EIGHT, links=(Link("disputes", "b", "a"),))
    assert found.without_number == ("b",)


def test_what_incidents_and_parts_come_to_is_given() -> None:
    (exceeded,) = conflicts(*RAIDS, month("m", 50))
    (above,) = conflicts(TWICE, *SHARES)
    assert (exceeded.low, above.low, above.high) == (70, 13, 10)


def test_figures_of_different_units_are_compared_apart() -> None:
    assert not conflicts(EIGHT, FOURTEEN._replace(unit="requests"), links=(Link("disputes", "b", "a"),))[1:]


def test_kinds_choose() -> None:
    figures = (*RAIDS, month("m", 50), running("a", 100, 10), running("b", 90, 20))
    context = Context(by_key(*figures))
    assert {one.kind for one in find(figures, context)} == {"exceeded", "decreasing"}
    assert {one.kind for one in find(figures, context, ["decreasing"])} == {"decreasing"}
    assert KINDS[-1] == "duplicate"
