"""Totals of groups with the part of the context that concerns them, against totals with the whole context."""

from __future__ import annotations

from random import Random

import pytest

from scamcli.figures import Context, Figure, Link, total
from scamcli.figures.context import RELATING
from scamcli.language.dates import Period

COUNTS = ("incident", "incident", "incident", "aggregate", "cumulative")


def figure(number: int, chance: Random) -> Figure:
    day, count = chance.randrange(6), chance.choice(COUNTS)
    days = Period(day, day, True)
    period = None if count == "incident" else Period(day - chance.choice((0, 0, 3)), day, True)
    low = chance.choice((1, 2, 5))
    return Figure(
        f"e-{number}", "f", "rescues", "people", f"{low}", low, low, low, None, None, None, period, count,
        chance.choice(("Ann", "ann", "Bo")), None, None, day=days,
    )  # fmt: skip


def world(chance: Random) -> tuple[list[Figure], Context]:
    """Return some figures, and the context of these and of others."""
    figures = [figure(number, chance) for number in range(12)]
    figures += [one._replace(id="g", part_of="f", nationality="Thai") for one in figures if chance.random() < 0.2]
    links = []
    for _ in range(chance.randrange(1, 7)):
        later, earlier = chance.sample(figures, 2)
        links.append(Link(chance.choice(sorted(RELATING)), later.event, earlier.event))
    linked = {event for link in links for event in (link.event, link.target)}
    incidents = [one for one in figures if one.count == "incident"]
    keys = [one.key for one in incidents]
    pairs = [sorted(chance.sample(keys, 2)) for _ in range(3) if incidents[1:]]
    suspected = {(one, other) for one, other in pairs}
    wholes = {one.key: one for one in figures if one.event in linked}
    return figures, Context(wholes, links, sorted(suspected))


def compare(seeds: range) -> None:
    smaller = 0
    for seed in seeds:
        chance = Random(seed)
        figures, context = world(chance)
        for size in range(1, len(figures) + 1):
            group = chance.sample(figures, size)
            found = total(group, Context(*context))
            with pytest.MonkeyPatch.context() as slowly:
                slowly.setattr(Context, "around", lambda context, _group: context)
                assert found[:7] == total(group, context)[:7], (seed, size)
            smaller += len(context.around(group).links) < len(context.links)
    assert smaller > len(seeds) / 2


def test_the_part_of_a_context_gives_the_same_total() -> None:
    compare(range(60))


@pytest.mark.thorough
def test_the_part_of_many_contexts_gives_the_same_total() -> None:
    compare(range(60, 2000))
