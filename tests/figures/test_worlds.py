"""Totals of random groups against every small world in which their claims hold, solved as integer programs."""

from __future__ import annotations

from random import Random

import pytest

from scamcli.figures import Number, propagate_event, total
from tests.helpers.random_groups import group, world_of
from tests.helpers.worlds import extremes

BATCHES, EACH = 50, 400
"""Of 20,000 groups, those that contradict themselves have no world; about one in four does."""


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_world_leaves_the_bounds_and_low_is_nearly_always_reached(batch: int) -> None:
    compared = reached = 0
    groups = [group(Random(batch * EACH + number)) for number in range(EACH)]
    worlds = extremes([(world_of(figures, context), None) for figures, context in groups])
    for number, ((figures, context), world) in enumerate(zip(groups, worlds, strict=True)):
        found = total(figures, context)
        assert found.unadjusted is None or found.unadjusted >= (found.low or 0), (batch, number)

        in_order: list[Number] = [one for one in (found.low, found.best, found.high) if one is not None]
        assert in_order == sorted(in_order), (batch, number)
        if world is None:
            continue
        compared += 1
        reached += (found.low or 0) == world.fewest
        assert (found.low or 0) <= world.fewest, (batch, number)
        assert found.high is None or (world.most is not None and world.most <= found.high), (batch, number)
    assert compared > EACH / 2
    assert reached / compared >= 0.95


@pytest.mark.parametrize("batch", range(5))
def test_what_is_implied_excludes_no_world(batch: int) -> None:
    compared = 0
    for number in range(60):
        figures, context = group(Random(-1 - batch * 60 - number))
        event = [one for one in figures if one.event == figures[0].event]
        alone = context._replace(wholes={one.key: one for one in event}, links=(), suspected=())
        world = world_of(event, alone)
        keys = sorted(one.key for one in event)
        if len(world.claims) < len(event):
            continue
        intervals = propagate_event(event).intervals
        of_all, *of_each = extremes([(world, None), *((world, keys.index(key)) for key in intervals)])
        if of_all is None:
            continue
        for interval, within in zip(intervals.values(), of_each, strict=True):
            compared += 1
            assert within is not None
            assert (interval.low or 0) <= within.fewest, (batch, number)
            assert interval.high is None or (within.most is not None and within.most <= interval.high), (batch, number)
    assert compared


def test_one_more_claim_never_lowers_the_low() -> None:
    """Unless it contradicts, corrects or is suspected to repeat another: here it is linked to nothing."""
    for number in range(1_500):
        figures, context = group(Random(10**6 + number))
        linked = {event for link in context.links for event in (link.event, link.target)}
        events = {figure.event for figure in figures} - linked - {pair[0][0] for pair in context.suspected}
        for event in events - {pair[1][0] for pair in context.suspected}:
            fewer = [figure for figure in figures if figure.event != event]
            if fewer and all(one.stated_by is None or one.count != "cumulative" for one in figures):
                assert (total(figures, context).low or 0) >= (total(fewer, context).low or 0), (number, event)
