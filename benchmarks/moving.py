"""The speed and memory use of importing and exporting whole timelines."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from io import StringIO
from typing import TYPE_CHECKING

from benchmarks.bench import must_agree
from benchmarks.data import remove
from benchmarks.report import MIB, Row, Target, row_of
from benchmarks.timing import Command, Spread, answer, command, ratios, run, run_watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.bench import Bench

ON_THE_WAY = "importing"


def import_small(bench: Bench) -> Iterator[Row]:
    """Compare an import into an empty database with inserting and indexing the same events as rows."""
    events = bench.data.events(bench.small)
    db, rows = bench.data.place(ON_THE_WAY), bench.data.folder / "inserting.sqlite"

    def ours() -> list[Command]:
        return [_import(bench, bench.small)]

    def theirs() -> list[Command]:
        remove(rows)
        os.sync()
        return list(bench.data.inserting(events, rows))

    found = ratios(ours, theirs, bench.imports, warm=False)
    must_agree("events after the import", _events(bench, db), bench.small)
    must_agree("rows after the insert", _rows(bench, rows), bench.small)
    remove(db)
    remove(rows)
    what = f"`import` of {bench.small:,} events with their actors and sites into an empty database"
    against = "`sqlite-utils insert --nl --pk id` of the events, then `enable-fts` of title and summary"
    yield row_of(what, against, Target("≤", 1.0), found, bench.imports)


def import_large(bench: Bench) -> Iterator[Row]:
    """Measure the larger import between two smaller ones, and its memory. Other cases use its database."""
    bench.data.records(bench.large)
    first = run(_import(bench, bench.small))
    large = run_watched(_import(bench, bench.large))
    db = bench.data.place(ON_THE_WAY)
    must_agree("events after the import", _events(bench, db), bench.large)
    kept = bench.data.place(f"timeline-{bench.large}")
    remove(kept)
    db.rename(kept)
    second = run(_import(bench, bench.small))
    remove(db)
    more = bench.large / bench.small
    wall = Spread.of([more * small.wall / large.wall for small in (first, second)])
    cpu = Spread.of([more * small.cpu / large.cpu for small in (first, second)])
    what = f"`import` of {bench.large:,} events into an empty database"
    against, runs = f"events a second of the import of {bench.small:,}", "1, between two of the smaller"
    yield Row(f"{what}: events a second", against, Target("≥", 0.75), wall, cpu, runs)
    yield _memory(f"{what}: memory at most", large.memory, Target("≤", 400, " MiB"))


def export(bench: Bench) -> Iterator[Row]:
    """Measure the memory of an export."""
    place = bench.data.folder / "exported.jsonl"
    used = run_watched(export_command(bench))
    must_agree("what was exported", _sum_of_lines(place), _sum_of_lines(bench.data.records(bench.large)))
    place.unlink()
    yield _memory(f"`export jsonl` of {bench.large:,} events: memory at most", used.memory, Target("≤", 120, " MiB"))


def export_tables(bench: Bench) -> Iterator[Row]:
    """Compare an export as CSV with printing the same events as rows, and measure the memory of larger exports."""
    ours = command(bench.peers.scamcli, "export", "csv", "--db", bench.data.timeline(bench.small))
    theirs = command(bench.peers.sqlite_utils, "rows", bench.data.rows(bench.small), "events", "--csv")
    must_agree("rows of CSV", _rows_of_csv(answer(ours)), _rows_of_csv(answer(theirs)))
    found = ratios(lambda: [ours], lambda: [theirs], bench.imports)
    what, against = f"`export csv` of {bench.small:,} events", "`sqlite-utils rows DB events --csv`"
    yield row_of(what, against, None, found, bench.imports)
    for format_, most in (("csv", 120), ("parquet", 300)):
        place = bench.data.folder / f"exported-{format_}"
        asked = ("export", format_, "--output", place, "--db", bench.data.timeline(bench.large))
        used = run_watched(command(bench.peers.scamcli, *asked))
        what = f"`export {format_}` of {bench.large:,} events: memory at most"
        yield _memory(what, used.memory, Target("≤", most, " MiB"))
        shutil.rmtree(place) if place.is_dir() else place.unlink()


def _rows_of_csv(text: str) -> int:
    return sum(1 for _ in csv.reader(StringIO(text)))


def import_command(bench: Bench) -> Command:
    """Return an import of the smaller timeline."""
    return _import(bench, bench.small)


def export_command(bench: Bench) -> Command:
    """Return an export of the larger timeline."""
    place = bench.data.folder / "exported.jsonl"
    place.unlink(missing_ok=True)
    return command(bench.peers.scamcli, "export", "jsonl", "--output", place, "--db", bench.data.timeline(bench.large))


def _import(bench: Bench, events: int) -> Command:
    """Return an import into a new database. Earlier writes are flushed first, so that they do not slow it down."""
    db = bench.data.place(ON_THE_WAY)
    remove(db)
    os.sync()
    return bench.data.importing(events, db)


def _events(bench: Bench, db: Path) -> int:
    return int(json.loads(answer(command(bench.peers.scamcli, "info", "--json", "--db", db)))["events"])


def _rows(bench: Bench, rows: Path) -> int:
    asked = "select count(*) as n from events where rowid in (select rowid from events_fts)"
    return int(json.loads(answer(command(bench.peers.sqlite_utils, "query", rows, asked)))[0]["n"])


def _memory(what: str, memory: int, target: Target) -> Row:
    return Row(what, "", target, Spread.of([memory / MIB]), None, "1")


def _sum_of_lines(place: Path) -> int:
    """Return a checksum of the lines of a file that does not depend on their order."""
    total = 0
    with place.open("rb") as lines:
        for line in lines:
            total += int.from_bytes(hashlib.blake2b(line, digest_size=16).digest(), "big")
    return total % (1 << 128)


CASES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "import": import_small,
    "import-large": import_large,
    "export": export,
    "export-tables": export_tables,
}

COMMANDS: dict[str, Callable[[Bench], Command]] = {"import": import_command, "export": export_command}
