"""Measure what 10,000 protected names cost: a search, a table and an import, compared with an unprotected timeline."""

from __future__ import annotations

import json
from itertools import islice, product
from typing import TYPE_CHECKING

from benchmarks.data import remove
from benchmarks.report import Row, Target, row_of
from benchmarks.timing import Spread, command, ratios, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.bench import Bench
    from benchmarks.timing import Command

PEOPLE = 10_000
SYLLABLES = ("quor", "ble", "zy", "xwa", "vut", "fap", "rin", "dle", "mib", "tro", "nka", "sel")


def protecting(bench: Bench) -> Iterator[Row]:
    """Measure reads and an import with protected names, and the same where the names are not protected."""
    masked, open_ = (_timeline(bench, protected=protected) for protected in (True, False))
    for asked in (("search", "--limit", "20", "--json"), ("stats", "--json")):
        pairs = [[run(_asking(bench, db, asked)) for db in (masked, open_)] for _ in range(bench.runs + 1)][1:]
        wall, cpu = ([getattr(a, of) - getattr(b, of) for a, b in pairs] for of in ("wall", "cpu"))
        what = f"`{' '.join(asked)}` with {PEOPLE:,} protected names: seconds more"
        against = "the same with names that are not protected"
        yield Row(what, against, Target("≤", 0.2, " s"), Spread.of(wall), Spread.of(cpu), f"{bench.runs} pairs")

    def importing(db: Path) -> Callable[[], list[Command]]:
        def ours() -> list[Command]:
            place = bench.data.place("protecting")
            remove(place)
            place.write_bytes(db.read_bytes())
            return [command(bench.peers.scamcli, "import", bench.data.events(bench.small), "--db", place)]

        return ours

    found = ratios(importing(masked), importing(open_), bench.imports, warm=False)
    remove(bench.data.place("protecting"))
    what = f"`import` of {bench.small:,} events with {PEOPLE:,} protected names"
    yield row_of(what, "the same with names that are not protected", Target("≤", 1.2), found, bench.imports)


def _asking(bench: Bench, db: Path, asked: tuple[str, ...]) -> Command:
    return command(bench.peers.scamcli, *asked, "--db", db)


def search_protected(bench: Bench) -> Command:
    """Return a search in a timeline with protected names."""
    return _asking(bench, _timeline(bench, protected=True), ("search", "--limit", "20", "--json"))


def _timeline(bench: Bench, *, protected: bool) -> Path:
    """Return a copy of the smaller timeline with the people, and with events that name half of them."""
    place = bench.data.place(f"people-{protected}")
    if not place.exists():
        records = bench.data.folder / f"people-{protected}.jsonl"
        records.write_text("".join(f"{json.dumps(one)}\n" for one in _records(protected=protected)), encoding="utf-8")
        run(command(bench.peers.scamcli, "init", "--empty", place))
        run(command(bench.peers.scamcli, "import", records, "--db", place))
    return place


def _records(*, protected: bool) -> Iterator[dict[str, object]]:
    words = ["".join(parts).title() for parts in product(SYLLABLES, repeat=2)]
    names = [f"{first} {last}" for first, last in islice(product(words, repeat=2), PEOPLE)]
    for name in names:
        yield {"type": "actor", "name": name, "kind": "person", "protected": protected}
    for number, name in enumerate(names[::2]):
        yield {
            "type": "event", "id": f"e-{number}", "date": f"{1950 + number % 70}-01-01", "kind": "report",
            "title": f"A report of {number}", "summary": f"So {name} said.", "actors": [{"name": name}],
        }  # fmt: skip


CASES: dict[str, Callable[[Bench], Iterator[Row]]] = {"protected": protecting}

COMMANDS: dict[str, Callable[[Bench], Command]] = {"protected": search_protected}
