"""The timelines, and what each program makes of them: made when they are first asked for, and kept in one folder."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections import Counter
from itertools import islice
from json import loads
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.timing import Command, command, run, run_all

if TYPE_CHECKING:
    from benchmarks.peers import Peers

GENERATE = Path(__file__).with_name("generate.py")
AN_EVENT = '{"type": "event"'

LOAD = """
import duckdb, sys
place, source = sys.argv[1:]
to = duckdb.connect(place)
to.execute("CREATE TABLE events AS SELECT * FROM read_json('%s', format = 'newline_delimited')" % source)
to.execute("CREATE TABLE figures AS SELECT f.* FROM (SELECT unnest(figures) AS f FROM events)")
to.close()
"""


class Data(NamedTuple):
    """The files of one folder."""

    folder: Path
    peers: Peers

    def records(self, events: int) -> Path:
        """A timeline of so many events as JSON lines, with its actors and sites."""
        place = self.folder / f"records-{events}.jsonl"
        if not place.exists():
            with _partial(place).open("wb") as out:
                subprocess.run([sys.executable, GENERATE, str(events)], check=True, stdout=out)
            _partial(place).rename(place)
        return place

    def events(self, events: int) -> Path:
        """Its events alone."""
        place = self.folder / f"events-{events}.jsonl"
        if not place.exists():
            with (
                self.records(events).open(encoding="utf-8") as every,
                _partial(place).open("w", encoding="utf-8") as out,
            ):
                out.writelines(line for line in every if line.startswith(AN_EVENT))
            _partial(place).rename(place)
        return place

    def seed(self) -> Path:
        """The shipped timeline, as scamcli's database."""
        place = self.place("seed")
        if not place.exists():
            run(command(self.peers.scamcli, "init", place))
        return place

    def timeline(self, events: int) -> Path:
        """scamcli's database of so many events."""
        place = self.place(f"timeline-{events}")
        if not place.exists():
            remove(_partial(place))
            run(self.importing(events, _partial(place)))
            _partial(place).rename(place)
        return place

    def place(self, name: str) -> Path:
        """Where a database of scamcli is."""
        return self.folder / f"{name}.db"

    def importing(self, events: int, place: Path) -> Command:
        """scamcli's import of so many events."""
        return command(self.peers.scamcli, "import", self.records(events), "--db", place)

    def inserting(self, source: Path, place: Path, *options: str) -> tuple[Command, Command]:
        """The same of the peer: a row an event, and a full-text index of two columns."""
        peer = self.peers.sqlite_utils
        return (
            command(peer, "insert", place, "events", source, "--nl", "--pk", "id", "--silent"),
            command(peer, "enable-fts", place, "events", "title", "summary", *options),
        )

    def rows(self, events: int) -> Path:
        """The peer's database of so many events."""
        place = self.folder / f"rows-{events}.sqlite"
        if not place.exists():
            remove(_partial(place))
            run_all(self.inserting(self.events(events), _partial(place)))
            _partial(place).rename(place)
        return place

    def columns(self, events: int) -> Path:
        """DuckDB's database of so many events, with a table of their figures beside that of the events."""
        place = self.folder / f"columns-{events}.duckdb"
        if not place.exists():
            remove(_partial(place))
            run(command(self.peers.python("duckdb"), "-c", LOAD, _partial(place), self.events(events)))
            _partial(place).rename(place)
        return place

    def names(self, events: int) -> tuple[list[str], list[str]]:
        """The twenty actors who are in most of the first events, and all others in them."""
        times: Counter[str] = Counter()
        with self.events(events).open(encoding="utf-8") as lines:
            for line in islice(lines, 20_000):
                times.update(person["name"] for person in loads(line)["actors"])
        ordered = [name for name, _ in sorted(times.items(), key=lambda item: (-item[1], item[0]))]
        return ordered[:20], ordered[20:]

    def forget_timelines(self) -> None:
        """Remove every database of scamcli, because it changed."""
        for place in self.folder.glob("*.db"):
            remove(place)


def kept_in(folder: Path, peers: Peers) -> Data:
    """The data of a folder that is kept, apart from what an earlier generator made."""
    place = folder / f"data-{hashlib.sha256(GENERATE.read_bytes()).hexdigest()[:8]}"
    place.mkdir(parents=True, exist_ok=True)
    return Data(place, peers)


def remove(place: Path) -> None:
    """Remove a database, and what lies beside it."""
    for path in place.parent.glob(f"{place.name}*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _partial(place: Path) -> Path:
    """Where a file is while it is being made, so that none is taken for whole that is not."""
    return place.with_name(f"partial-{place.name}")
