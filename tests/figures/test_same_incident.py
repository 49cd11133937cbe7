"""Links and suspicions between events that have several figures of one incident."""

from __future__ import annotations

from typing import Any

import pytest

from scamcli.figures import Context, Figure, Key, Link, total
from tests.helpers.figure_builder import by_key, days, exactly

RAID: dict[str, Any] = {"count": "incident", "day": days(1, 1)}
WEEK_LATER: dict[str, Any] = {"count": "incident", "day": days(8, 8)}
WHOLE, WOMEN = exactly("a/whole", 100, **RAID), exactly("a/women", 60, **RAID, group="women", part_of="whole")
THAIS = exactly("a/thais", 40, **RAID, nationality="Thai", part_of="whole")
LAOS = exactly("a/laos", 60, **RAID, nationality="Lao", part_of="whole")
BESIDE = exactly("a/women", 60, **RAID, group="women")
OTHER = exactly("b", 90, **WEEK_LATER)
THIRD = exactly("c", 95, **WEEK_LATER)
TO_WOMEN = exactly("b", 55, **WEEK_LATER, group="women")

Pairs = list[tuple[Key, Key]]


@pytest.mark.parametrize(
    ("group", "links", "suspected", "expected"),
    [
        ([WHOLE, WOMEN, OTHER], [], [(WHOLE.key, OTHER.key)], (100, None, 190)),
        ([WHOLE, WOMEN, OTHER], [], [(WOMEN.key, OTHER.key)], (100, None, 190)),
        ([WHOLE, BESIDE, OTHER], [], [(WHOLE.key, OTHER.key)], (100, None, 250)),
        ([WHOLE, WOMEN, TO_WOMEN], [Link("corrects", "b", "a", "women")], [], (100, None, 155)),
        ([WHOLE, BESIDE, TO_WOMEN], [Link("corrects", "b", "a", "women")], [], (100, None, 155)),
        ([WHOLE, WOMEN, OTHER], [Link("corrects", "b", "a", "whole")], [], (90, 90, 90)),
        ([WHOLE, THAIS, LAOS, OTHER], [Link("corrects", "b", "a", "whole")], [], (100, None, 100)),
        ([WHOLE, WOMEN, OTHER], [Link("includes", "b", "a", "women")], [], (100, None, 190)),
        ([WHOLE, OTHER], [Link("repeats", "b", "a", "arrests")], [], (100, None, 190)),
        ([OTHER, THIRD], [Link("repeats", "b", "a"), Link("disputes", "c", "a")], [], (95, None, 185)),
        ([OTHER, THIRD], [Link("repeats", "b", "a", "x"), Link("repeats", "c", "a", "y")], [], (185, 185, 185)),
        ([OTHER, THIRD], [Link("includes", "a", "b"), Link("includes", "a", "c")], [], (185, 185, 185)),
    ],
)  # fmt: skip
def test_incidents_that_may_be_one_are_not_added(
    group: list[Figure], links: list[Link], suspected: Pairs, expected: tuple[int | None, ...]
) -> None:
    found = total(group, Context(by_key(*group), links, suspected))
    assert (found.low, found.best, found.high) == expected


def test_a_distinct_link_adds_them_although_both_repeat_a_third_event() -> None:
    links = [Link("repeats", "b", "a"), Link("repeats", "c", "a"), Link("distinct", "c", "b")]
    found = total([OTHER, THIRD], Context(by_key(OTHER, THIRD), links))
    assert (found.low, found.best, found.high) == (185, 185, 185)


def test_other_figures_of_suspected_events_are_not_plain_in_a_row_without_the_suspected_ones() -> None:
    women = [BESIDE, TO_WOMEN]
    found = total(women, Context(by_key(WHOLE, OTHER, *women), [], [(WHOLE.key, ("b", "whole"))]))
    assert (found.low, found.high) == (60, 115)
