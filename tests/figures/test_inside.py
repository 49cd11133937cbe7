"""The incidents inside an aggregate found by buckets, against a comparison of each with each."""

from __future__ import annotations

from random import Random

import pytest

from scamcli.figures import Context, Figure, scope
from scamcli.figures.inside import Incidents
from scamcli.language.dates import Period

PLACES = (None, None, "Kandal", "kandal", "Takeo", "Tarlac, PH", "Central Luzon, PH")


def figure(number: int, count: str, chance: Random) -> Figure:
    start = chance.randrange(30)
    days = Period(start, start + chance.choice((0, 0, 0, 5, 20)), chance.random() < 0.9)
    place = chance.choice(PLACES)
    return Figure(
        f"e-{number}", "f", "rescues", "people", None, chance.choice((None, 0, 1, 2.5, 7)), None, 5, place,
        chance.choice((None, "Thai", "thai", "Lao")), chance.choice((None, None, "women")),
        chance.choice((None, days, days, Period(start, None, True))), count, None, None, None, day=days,
        country=chance.choice((None, "KH", "PH")) if place is None else None,
    )  # fmt: skip


def lies_inside(inner: scope.Scope, outer: scope.Scope) -> bool:
    if inner.start is None or inner.end is None:
        return False
    is_within = (outer.start or 0) <= inner.start and inner.end <= (outer.end or 0)
    return is_within and scope.may_include(outer, inner)


@pytest.mark.parametrize("seed", range(20))
def test_buckets_find_what_a_comparison_of_all_finds(seed: int) -> None:
    chance = Random(seed)
    figures = [figure(number, "incident", chance) for number in range(200)]
    incidents = Incidents(figures, Context({}))
    resolved = [one if one.period is not None else one._replace(period=one.day) for one in figures]
    found = 0
    for number in range(200, 300):
        around = scope.scope_of([figure(number, "aggregate", chance)])
        if around.start is not None and around.end is not None:
            expected = [one for one in resolved if lies_inside(scope.scope_of([one]), around)]
            assert incidents.inside(around) == expected
            assert incidents.most(around) >= sum(one.low or 0 for one in expected)
            found += len(expected)
    assert found > 10
