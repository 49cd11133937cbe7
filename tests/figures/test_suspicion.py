"""Suspected pairs found by marks of titles and places, against every pair of near days and equal numbers."""

from __future__ import annotations

from random import Random

import pytest

from scamcli.figures import Figure, Period
from scamcli.figures.suspicion import MARK, SMALL, Candidate, Incident, candidates, central

PLACES = (b"poip", b"bave", b"comp")
TITLES = (b"raid", b"resc", b"free", b"four")


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


def is_needless(pair: Candidate) -> bool:
    """Whether small numbers lack the common place, or the title and days, that would make them suspicious."""
    one, other = pair
    if (one.table is not None and one.table == other.table) or (central(one.figure) or 0) >= SMALL:
        return False
    titles, places = zip(*(divided(each.marks or b"") for each in pair), strict=True)
    is_same_entry = titles[0] == titles[1] and one.figure.day == other.figure.day
    return not is_same_entry and places[0].isdisjoint(places[1])


def divided(marks: bytes) -> tuple[bytes, set[bytes]]:
    return marks[:MARK], {marks[at : at + MARK] for at in range(MARK, len(marks), MARK)}


@pytest.mark.parametrize("seed", range(40))
def test_exactly_the_pairs_that_share_no_place_nor_title_are_left_out(seed: int) -> None:
    chance = Random(seed)
    incidents = [incident(number, chance) for number in range(120)]
    events = sorted({one.figure.event for one in incidents})
    marks = {
        event: b"".join([chance.choice(TITLES), *chance.sample(PLACES, chance.choice((0, 0, 1, 2)))])
        for event in events
    }
    marked = [one._replace(marks=marks[one.figure.event]) for one in incidents]
    every = [
        Candidate(*(each._replace(marks=marks[each.figure.event]) for each in pair)) for pair in candidates(incidents)
    ]
    found = candidates(marked)
    assert found == [pair for pair in every if not is_needless(pair)]
    assert found != every
    forgotten = chance.randrange(len(marked))  # then no pair is left out
    assert len(candidates([*marked[:forgotten], incidents[forgotten], *marked[forgotten + 1 :]])) == len(every)
