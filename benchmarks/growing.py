"""How the time of commands grows with the timeline: the exponent of the power law that fits the measured times."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from math import log
from statistics import linear_regression
from typing import TYPE_CHECKING

from benchmarks.bench import progress
from benchmarks.data import remove
from benchmarks.on_many import ACTOR, LIMIT
from benchmarks.report import Row, Target
from benchmarks.timing import Command, Spread, command, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.bench import Bench
    from benchmarks.timing import Used

AGAIN = 5
"""How often each command is run for each size. `conflicts` is run once."""


def growth(bench: Bench) -> Iterator[Row]:
    """Measure four commands on timelines of four sizes. The smallest one shows the start-up, and is not fitted."""
    sizes = (bench.small // 10, bench.small, bench.large, 3 * bench.large)
    event = _event(bench)
    targets = {"search": 0.1, "stats": 1.0, "add": 0.1, "conflicts": 1.1}
    took: dict[str, dict[int, Used]] = {name: {} for name in targets}
    for size in sizes:
        timeline = bench.data.place("growing")  # a copy, because events are added to it
        remove(timeline)
        shutil.copyfile(bench.data.timeline(size), timeline)
        for name, asked in _commands(bench, timeline, event).items():
            runs = [run(asked) for _ in range(1 if name == "conflicts" else AGAIN)]
            took[name][size] = sorted(runs, key=lambda used: used.wall)[len(runs) // 2]
        remove(timeline)
        progress(f"{size:,} events")
    for name, of_sizes in took.items():
        what = f"`{name}`: exponent of its growth from {sizes[1]:,} to {sizes[3]:,} events"
        times = " : ".join(f"{of_sizes[size].wall / of_sizes[sizes[0]].wall:.3g}" for size in sizes)
        fitted = {size: of_sizes[size] for size in sizes[1:]}
        wall, cpu = _exponent(fitted, lambda used: used.wall), _exponent(fitted, lambda used: used.cpu)
        yield Row(what, f"itself; times {times}", Target("≤", targets[name]), wall, cpu, _runs(name))


def _runs(name: str) -> str:
    return "1 each" if name == "conflicts" else f"median of {AGAIN} each"


def _exponent(took: dict[int, Used], of: Callable[[Used], float]) -> Spread:
    """Return the exponent by least squares of the logarithms, and the smallest and largest between two sizes."""
    points = [(log(size), log(of(used))) for size, used in sorted(took.items())]
    between = [(y - b) / (x - a) for (a, b), (x, y) in pairwise(points)]
    fitted = linear_regression(*zip(*points, strict=True)).slope
    return Spread(fitted, min(between), max(between))


def _commands(bench: Bench, timeline: Path, event: Path) -> dict[str, Command]:
    ours = bench.peers.scamcli
    return {
        "search": command(ours, "search", "--actor", ACTOR, "--limit", str(LIMIT), "--json", "--db", timeline),
        "stats": command(ours, "stats", "rescues", "--json", "--db", timeline),
        "add": command(ours, "add", "-", "--db", timeline, stdin=event),
        "conflicts": command(ours, "conflicts", "--json", "--db", timeline),
    }


def _event(bench: Bench) -> Path:
    """Return a file with an event to add: an incident, which is compared with those of nearby days."""
    figure = {"metric": "rescues", "stated": "23", "province": "Kandal"}
    event = {
        "type": "event", "date": "2010-06-15", "kind": "rescue", "title": "Police free 23 people",
        "provinces": ["Kandal"], "figures": [figure], "sources": [{"outlet": "Daily Word"}],
    }  # fmt: skip
    place = bench.data.folder / "grown.json"
    place.write_text(json.dumps(event), encoding="utf-8")
    return place


CASES: dict[str, Callable[[Bench], Iterator[Row]]] = {"growth": growth}
