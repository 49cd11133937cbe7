"""Every small world in which some claims hold, solved as an integer program by HiGHS: an oracle for totals.

A world is a number of occurrences of each sort. A sort is a day, a province and a nationality, and the set of claims
that count it. Claims count what lies in their days, province and nationality; incidents of different events never count
the same occurrence unless they are linked or suspected; what lies inside a claim is counted by it. Each claim counts at
least its low and at most its high. The fewest and most occurrences over all such worlds are what a total must bound.

This is written from the rules in docs/honest-numbers.md and shares nothing with the package but the claims themselves.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import Bounds as Box
from scipy.optimize import LinearConstraint, milp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scamcli.figures import Number

DAYS = range(8)


class Claimed(NamedTuple):
    """A claim as the solver needs it: ``days`` is ``None`` if its period is unknown, and no names mean any."""

    low: Number | None
    high: Number | None
    days: tuple[int, int] | None
    provinces: frozenset[str]
    nationalities: frozenset[str]


class World(NamedTuple):
    """Claims with what relates them: pairs that share nothing, pairs (inner, outer), and complete splits."""

    claims: Sequence[Claimed]
    apart: Callable[[int, int], bool]
    inside: set[tuple[int, int]]
    complete: dict[int, list[int]]


def sorts(world: World) -> list[int]:
    """The sets of claims, as bits, that can count one occurrence together."""
    found: set[int] = set()
    places = {"elsewhere"}.union(*(claim.provinces for claim in world.claims))
    peoples = {"others"}.union(*(claim.nationalities for claim in world.claims))
    forbidden = [
        (1 << one | 1 << other) for one in range(len(world.claims)) for other in range(one) if world.apart(one, other)
    ]
    for day, place, people in product(DAYS, places, peoples):
        here = [
            number
            for number, claim in enumerate(world.claims)
            if (claim.days is None or claim.days[0] <= day <= claim.days[1])
            and (not claim.provinces or place in claim.provinces)
            and (not claim.nationalities or people in claim.nationalities)
        ]
        subsets = [0]
        for number in here:
            subsets += [subset | 1 << number for subset in subsets]
        found.update(subsets)
    found.discard(0)
    return sorted(
        bits
        for bits in found
        if not any(bits & pair == pair for pair in forbidden)
        and all(bits >> outer & 1 for inner, outer in world.inside if bits >> inner & 1)
        and all(any(bits >> part & 1 for part in parts) for whole, parts in world.complete.items() if bits >> whole & 1)
    )


def extremes(world: World, of: int | None = None) -> tuple[int | None, int | None] | None:
    """The fewest and most occurrences, of all claims together or of one of them.

    ``None`` if there is no world in which all claims hold; a most of ``None`` if there is no end to it.
    """
    bits = sorts(world)
    if not bits:
        return (0, 0) if not any(claim.low for claim in world.claims) else None
    counts = np.array([[one >> number & 1 for one in bits] for number in range(len(world.claims))])
    lows = [claim.low or 0 for claim in world.claims]
    highs = [np.inf if claim.high is None else claim.high for claim in world.claims]
    cost = np.ones(len(bits)) if of is None else counts[of].astype(float)
    limits = [LinearConstraint(counts, lows, highs)]
    box = Box(0, np.inf)
    least = milp(cost, constraints=limits, integrality=np.ones(len(bits)), bounds=box)
    if not least.success:
        return None
    most = milp(-cost, constraints=limits, integrality=np.ones(len(bits)), bounds=box)
    return round(least.fun), round(-most.fun) if most.success else None
