"""Measure how often the low of a total is the true minimum: `python -m tests.helpers.measure_totals [GROUPS]`.

The groups are those of `tests/figures/test_worlds.py`. The rate is printed in docs/honest-numbers.md.
"""

from __future__ import annotations

import sys
from random import Random

from scamcli.figures import total
from tests.helpers.random_groups import group, world_of
from tests.helpers.worlds import extremes


def main(groups: int = 20_000) -> None:
    """Print how many groups have any world, and how often each bound is the tightest one."""
    feasible = wrong = low = bounded = high = 0
    made = [group(Random(number)) for number in range(groups)]
    worlds = [world_of(figures, context) for figures, context in made]
    for (figures, context), within in zip(made, extremes([(world, None) for world in worlds]), strict=True):
        if within is None:
            continue
        fewest, most = within
        found = total(figures, context)
        feasible += 1
        wrong += (found.low or 0) > fewest or (found.high is not None and (most is None or most > found.high))
        low += (found.low or 0) == fewest
        bounded += most is not None
        high += most is not None and found.high == most
    sys.stdout.write(
        f"{groups:,} groups, of which {feasible:,} do not contradict themselves\n"
        f"bounds that some world exceeds: {wrong:,}\n"
        f"low is the true minimum in {low:,}: {100 * low / feasible:.1f} %\n"
        f"high is the true maximum in {high:,} of the {bounded:,} that have one: {100 * high / bounded:.1f} %\n"
    )


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))
