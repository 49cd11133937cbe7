"""The time and memory in which all conflicts of a timeline are found."""

from __future__ import annotations

import json
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.bench import must_agree
from benchmarks.report import MIB, Row, Target
from benchmarks.timing import Command, Spread, answer, command, run, run_watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.bench import Bench
    from benchmarks.timing import Used

STARTS = 15
"""Number of starts of Python before the conflicts are found, and again afterwards."""

PART = 100_000
"""For how many events the time is given."""


def conflicts(bench: Bench) -> Iterator[Row]:
    """Measure a list of all conflicts as multiples of a start of Python, and its memory."""
    disputed = sum(row["kind"] == "disputed" for row in json.loads(answer(_listing(bench, bench.small))))
    must_agree("disputed claims", disputed, _disputed(bench))
    bare = command(bench.peers.python("bare"), "-c", "pass")
    starts = [run(bare) for _ in range(STARTS)]
    large = run_watched(_listing(bench, bench.large))
    starts += [run(bare) for _ in range(STARTS)]

    def both(of: Callable[[Callable[[Used], float]], float]) -> tuple[Spread, Spread]:
        return Spread.of([of(lambda used: used.wall)]), Spread.of([of(lambda used: used.cpu)])

    what = f"`conflicts --json`, {bench.large:,} events"
    time = both(lambda of: of(large) / median(map(of, starts)) / (bench.large / PART))
    yield Row(f"{what}: per {PART:,} events", "a start of `python -c pass`", Target("≤", 60), *time, "1")
    yield Row(f"{what}: memory at most", "", Target("≤", 300, " MiB"), Spread.of([large.memory / MIB]), None, "1")


def _disputed(bench: Bench) -> int:
    """Return how many events of the smaller timeline are disputed by others."""
    with bench.data.events(bench.small).open(encoding="utf-8") as lines:
        links = [link for line in lines if '"disputes"' in line for link in json.loads(line)["links"]]
    return len({link["event"] for link in links if link["type"] == "disputes"})


def conflicts_command(bench: Bench) -> Command:
    """Return a list of all conflicts of the larger timeline, as JSON."""
    return _listing(bench, bench.large)


def _listing(bench: Bench, events: int) -> Command:
    return command(bench.peers.scamcli, "conflicts", "--json", "--db", bench.data.timeline(events))


CASES: dict[str, Callable[[Bench], Iterator[Row]]] = {"conflicts": conflicts}

COMMANDS: dict[str, Callable[[Bench], Command]] = {"conflicts": conflicts_command}
