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
from scipy.sparse import block_diag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from scamcli.figures import Number

    Vector = NDArray[np.float64]

DAYS = range(8)
TOGETHER = 50
"""So many problems are solved as one, which takes a fifth of the time of each for itself."""


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


class Extremes(NamedTuple):
    """The fewest and most occurrences in the worlds in which some claims hold; a most of ``None`` has no end."""

    fewest: int
    most: int | None


class Problem:
    """The occurrences of each sort of a world, of all claims together or of one of them, in a matrix per claim."""

    def __init__(self, world: World, of: int | None = None) -> None:
        bits = sorts(world)
        claims = range(len(world.claims))
        counted = [[one >> number & 1 for one in bits] for number in claims]
        self.counts = np.array(counted, float).reshape(len(claims), len(bits))
        self.lows = np.array([claim.low or 0 for claim in world.claims], float)
        self.highs = np.array([np.inf if claim.high is None else claim.high for claim in world.claims], float)
        self.counted = np.ones(len(bits)) if of is None else self.counts[of]

    @property
    def endless(self) -> bool:
        """Whether a sort that counts is limited by no claim."""
        return bool((self.counted * (self.counts[np.isfinite(self.highs)].sum(axis=0) == 0)).any())


def extremes(asked: Sequence[tuple[World, int | None]]) -> list[Extremes | None]:
    """Find the extremes of many worlds, each of all its claims or of one of them; ``None`` where there is no world."""
    problems = [Problem(world, of) for world, of in asked]
    parts = (problems[at : at + TOGETHER] for at in range(0, len(problems), TOGETHER))
    return [found for part in parts for found in _extremes(part)]


def _extremes(problems: Sequence[Problem]) -> list[Extremes | None]:
    fewest = _all_fewest(problems)
    ends = {
        number: one
        for number, one in enumerate(problems)
        if fewest[number] is not None and one.counted.any() and not one.endless
    }
    most = dict(zip(ends, _all_most([*ends.values()]), strict=True))
    return [
        None if least is None else Extremes(least, None if one.endless else most.get(number, 0))
        for number, (one, least) in enumerate(zip(problems, fewest, strict=True))
    ]


def _all_fewest(problems: Sequence[Problem]) -> list[int | None]:
    """The fewest of each, or ``None`` where no world reaches every low.

    The last unknown of each problem is what its lows are lowered by. It costs more than every occurrence that it could
    save, so it is 0 wherever there is a world.
    """
    costs = [np.append(one.counted, 1 + one.lows.sum()) for one in problems]
    limits = []
    for one in problems:
        without, lowered = np.zeros((len(one.lows), 1)), np.ones((len(one.lows), 1))
        matrix = np.block([[one.counts, without], [one.counts, lowered]])
        no_low, no_high = np.full_like(one.lows, -np.inf), np.full_like(one.highs, np.inf)
        limits.append((matrix, np.append(no_low, one.lows), np.append(one.highs, no_high)))
    return [
        None if found[-1] else int(one.counted @ found[:-1])
        for one, found in zip(problems, _solve(costs, limits), strict=True)
    ]


def _all_most(problems: Sequence[Problem]) -> list[int]:
    """The largest value of each. Every one has a world, and an end."""
    found = _solve([-one.counted for one in problems], [(one.counts, one.lows, one.highs) for one in problems])
    return [int(one.counted @ best) for one, best in zip(problems, found, strict=True)]


def _solve(costs: Sequence[Vector], limits: Sequence[tuple[Vector, Vector, Vector]]) -> list[Vector]:
    """The cheapest whole numbers of many problems, solved as one."""
    if not costs:
        return []
    matrices, lows, highs = zip(*limits, strict=True)
    within = LinearConstraint(block_diag(matrices, format="csc"), np.concatenate(lows), np.concatenate(highs))
    cost = np.concatenate(costs)
    exact = {"mip_rel_gap": 0}  # else an error of a ten-thousandth of the sum of all could be one of a problem
    done = milp(cost, constraints=within, integrality=np.ones_like(cost), bounds=Box(0, np.inf), options=exact)
    assert done.success, done.message
    return np.split(np.round(done.x), np.cumsum([len(one) for one in costs])[:-1])
