"""Reading a thousand articles into drafts."""

from __future__ import annotations

import json
import random
import shutil
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import generate
from benchmarks.bench import must_agree
from benchmarks.data import remove
from benchmarks.report import Row, Target
from benchmarks.timing import Command, Spread, answer, command, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.bench import Bench

ARTICLES = 1_000
STARTS = 15
"""Number of starts of Python before and after the articles are read."""

EVENTS = (
    "Police in {province} freed {number} {nationality} workers from a compound on {day}, {speaker} said.",
    "On {day}, {number} {nationality} nationals were arrested in {province}, according to {speaker}.",
    "{speaker} said that {number} people had asked for help between {day} and the end of the month.",
    "At least {number} {nationality} victims were repatriated from {province} on {day}.",
)


def ingest(bench: Bench) -> Iterator[Row]:
    """Measure the reading of articles as multiples of a start of Python."""
    bare = command(bench.peers.python("bare"), "-c", "pass")
    starts = [run(bare) for _ in range(STARTS)]
    used = run(ingest_command(bench))
    starts += [run(bare) for _ in range(STARTS)]
    db = bench.data.place("ingested")
    found = json.loads(answer(command(bench.peers.scamcli, "info", "--json", "--db", db)))
    must_agree("a draft for each article", found["drafts"] >= ARTICLES, True)
    wall = Spread.of([used.wall / median(one.wall for one in starts) / ARTICLES])
    cpu = Spread.of([used.cpu / median(one.cpu for one in starts) / ARTICLES])
    what = f"`ingest` of {ARTICLES:,} articles of about 400 words: per article"
    yield Row(what, "a start of `python -c pass`", Target("≤", 3), wall, cpu, "1")
    remove(db)


def ingest_command(bench: Bench) -> Command:
    """Return the reading of all articles into a new timeline."""
    db = bench.data.place("ingested")
    remove(db)
    run(command(bench.peers.scamcli, "init", db))
    return command(bench.peers.scamcli, "ingest", _articles(bench), "--db", db)


def _articles(bench: Bench) -> Path:
    """Return a folder of articles: a headline, a dateline, and paragraphs of which some report an event."""
    folder = bench.data.folder / "articles"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    draw = random.Random(generate.SEED)
    for number in range(ARTICLES):
        folder.joinpath(f"{number}.txt").write_text(_article(draw), encoding="utf-8")
    return folder


def _article(draw: random.Random) -> str:
    year, month = draw.randrange(2015, 2025), draw.choice(("March", "May", "June", "July"))
    paragraphs = [f"PHNOM PENH, {month} {draw.randrange(10, 28)}, {year} – {_event(draw, month)}"]
    for _ in range(9):
        words = " ".join(draw.choices(generate.WORDS, k=draw.randrange(20, 40)))
        paragraphs.append(f"{words.capitalize()}." + (f" {_event(draw, month)}" if draw.random() < 0.4 else ""))
    return "\n\n".join(("Workers freed from compounds", *paragraphs)) + "\n"


def _event(draw: random.Random, month: str) -> str:
    return draw.choice(EVENTS).format(
        province=draw.choice(generate.PROVINCES), nationality=draw.choice(generate.NATIONALITIES),
        number=draw.randrange(3, 300), day=f"{month} {draw.randrange(1, 10)}",
        speaker=draw.choice(("The interior ministry", "A police spokesman", "governor Sok Dara")),
    )  # fmt: skip


CASES: dict[str, Callable[[Bench], Iterator[Row]]] = {"ingest": ingest}

COMMANDS: dict[str, Callable[[Bench], Command]] = {"ingest": ingest_command}
