"""Two hundred searches of five kinds in one process, each timed. ``searching.py`` runs them."""

from __future__ import annotations

import json
import random
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from benchmarks import generate
from benchmarks.bench import must_agree
from benchmarks.report import Row, Target
from benchmarks.timing import Command, Spread, answer, command, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.bench import Bench

SEARCHING = Path(__file__).with_name("searching.py")
SEED = 20260101
EACH = 40
"""Number of searches of each kind."""

STARTS = 15
"""Number of starts of Python with which a round is compared: half of them run before the round, and half after it."""

LIMIT = 50

Asked = dict[str, str]


def draw_searches(frequent: list[str], others: list[str]) -> list[Asked]:
    """Draw the searches, in a mixed order. The same names always give the same searches.

    Args:
        frequent: Names of the actors with the most events.
        others: Names of all other actors.
    """
    draw = random.Random(SEED)
    every = []
    for _ in range(EACH):
        actor = {"actor": draw.choice(frequent if draw.random() < 0.5 else others)}
        province = {"province": draw.choice(generate.PROVINCES)}
        every += [actor, province, _dates(draw), _text(draw)]
        every.append(
            {"actor": draw.choice(frequent if draw.random() < 0.5 else others)}
            | {"province": draw.choice(generate.PROVINCES)}
            | _dates(draw)
            | _text(draw)
        )
    draw.shuffle(every)
    return every


def search(bench: Bench) -> Iterator[Row]:
    """Measure mixed searches as multiples of a start of Python."""
    place = bench.data.folder / "searches.jsonl"
    asked = draw_searches(*bench.data.names(bench.large))
    place.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in asked), encoding="utf-8")
    ours = command(bench.peers.python("scamcli"), SEARCHING, bench.data.timeline(bench.large), str(LIMIT), stdin=place)
    rounds = max(3, bench.runs // 3)
    found = [_round(bench, ours, len(asked)) for _ in range(rounds)]
    what = f"{len(asked)} searches in one process, {bench.large:,} events, first {LIMIT} hits: "
    for name, target, of in (("median", Target("≤", 0.2), median), ("95th of 100", Target("≤", 4), _last_twentieth)):
        wall = Spread.of([of([took[0] for took in one]) for one in found])
        cpu = Spread.of([of([took[1] for took in one]) for one in found])
        yield Row(what + name, "a start of `python -c pass`", target, wall, cpu, f"{rounds} rounds")


def search_command(bench: Bench) -> Command:
    """Return a search that combines all kinds."""
    frequent, _ = bench.data.names(bench.large)
    return command(
        bench.peers.scamcli, "search", "the", "compound", "--actor", frequent[-1], "--province", "Pailin",
        "--from", "2000", "--to", "2020-06", "--limit", str(LIMIT), "--json",
        "--db", bench.data.timeline(bench.large),
    )  # fmt: skip


def _round(bench: Bench, ours: Command, searches: int) -> list[tuple[float, float]]:
    """Return the wall and processor time of each search, as multiples of a start of Python."""
    bare = command(bench.peers.python("bare"), "-c", "pass")
    starts = [run(bare) for _ in range(STARTS // 2)]
    took = json.loads(answer(ours))
    starts += [run(bare) for _ in range(STARTS // 2)]
    must_agree("searches", len(took), searches)
    must_agree("searches that find something", sum(hits > 0 for _, _, hits in took) > searches // 2, True)
    wall, cpu = median(one.wall for one in starts), median(one.cpu for one in starts)
    return [(one[0] / wall, one[1] / cpu) for one in took]


def _last_twentieth(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


def _dates(draw: random.Random) -> Asked:
    year, month, day = draw.randrange(1995, 2025), draw.randrange(1, 13), draw.randrange(1, 29)
    kind = draw.randrange(4)
    if kind == 0:
        return {"during": f"{year}-{month:02}-{day:02}"}
    if kind == 1:
        return {"during": f"{year}-{month:02}"}
    if kind == 2:
        return {"to": f"{year}-{month:02}-{day:02}"}
    return {"from_": f"{year}-{month:02}", "to": f"{year + draw.randrange(1, 8)}"}


def _text(draw: random.Random) -> Asked:
    kind = draw.randrange(4)
    if kind == 0:
        return {"text": draw.choice(generate.WORDS)}
    if kind == 1:
        return {"text": " ".join(draw.sample(generate.WORDS, 2))}
    if kind == 2:
        return {"text": f'"{" ".join(draw.sample(generate.WORDS, 2))}"'}
    return {"text": draw.choice(generate.KHMER)}


CASES: dict[str, Callable[[Bench], Iterator[Row]]] = {"searches": search}

COMMANDS: dict[str, Callable[[Bench], Command]] = {"searches": search_command}
