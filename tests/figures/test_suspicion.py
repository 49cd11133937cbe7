"""Suspected pairs found by place and day, against every pair of near days and equal numbers."""

from __future__ import annotations

from random import Random

import pytest

from scamcli.figures import Figure, Period
from scamcli.figures.suspicion import Candidate, Incident, candidates, is_small

PLACES = ("poipet", "bavet", "a compound")


def incident(number: int, chance: Random) -> Incident:
    start = chance.randrange(9)
    day = Period(start, start + chance.choice((0, 0, 0, 2)), chance.random() < 0.9)
    table = chance.choice((None, None, None, "raids", "news"))
    value = chance.choice((0, 2, 2, 3, 9, 9.5, 10, 10, 11, 40, 42))
    low, best, high = chance.choice(((value, value, value), (value, None, None), (None, None, value)))
    return Incident(
        Figure(
            f"e{number // 2 if chance.random() < 0.1 else number}", f"rescues-{number}", "rescues",
            chance.choice(("people", "people", "women")), None, low, best, high,
            chance.choice((None, "Kandal", "kandal", "Kayin, MM")), chance.choice((None, "Thai", "Kenyan")), None,
            None, "incident", None, None, None, day=day, country=chance.choice((None, None, "KH")),
            dataset=table if table and chance.random() < 0.2 else None,
        ),
        table,
    )  # fmt: skip


def is_needless(pair: Candidate, places: dict[str, set[str]]) -> bool:
    """Whether small numbers of different days lack the common place that would make them suspicious."""
    is_row = pair.one.table is not None and pair.one.table == pair.other.table
    one, other = (places.get(each.figure.event, set()) for each in pair)
    return not is_row and is_small(pair.one.figure) and pair.one.figure.day != pair.other.figure.day and not one & other


@pytest.mark.parametrize("seed", range(40))
def test_with_places_exactly_the_pairs_that_lack_one_are_left_out(seed: int) -> None:
    chance = Random(seed)
    incidents = [incident(number, chance) for number in range(120)]
    events = {one.figure.event for one in incidents}
    places = {event: set(chance.sample(PLACES, chance.randrange(1, 3))) for event in events if chance.random() < 0.5}
    every = candidates(incidents)
    found = candidates(incidents, places=places)
    assert found == [pair for pair in every if not is_needless(pair, places)]
    assert found != every
