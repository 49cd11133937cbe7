"""Make the timelines, and the database of each program from them.

A file is made when it is first needed, and kept in the same folder as the others.
"""

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
to.execute(
    "CREATE TABLE figures AS SELECT f.*, date, is_linked FROM"
    " (SELECT unnest(figures) AS f, date, len(links) > 0 AS is_linked FROM events)"
)
to.close()
"""


class Data(NamedTuple):
    """The files of one folder. ``events`` is always the number of events of a timeline.

    ``options`` are those of the generator.
    """

    folder: Path
    peers: Peers
    options: tuple[str, ...] = ()

    @property
    def of_incidents(self) -> Data:
        """The files of timelines that have only incidents, in a folder inside this one."""
        place = self.folder / "incidents"
        place.mkdir(exist_ok=True)
        return Data(place, self.peers, ("incidents",))

    @property
    def of_few_totals(self) -> Data:
        """The files of timelines in which one figure in a hundred is no incident, in a folder inside this one."""
        place = self.folder / "few-totals"
        place.mkdir(exist_ok=True)
        return Data(place, self.peers, ("few-totals",))

    def records(self, events: int) -> Path:
        """Return a file of JSON lines with the events, actors and sites of a timeline."""
        place = self.folder / f"records-{events}.jsonl"
        if not place.exists():
            with _partial(place).open("wb") as out:
                subprocess.run([sys.executable, GENERATE, str(events), *self.options], check=True, stdout=out)
            _partial(place).rename(place)
        return place

    def events(self, events: int) -> Path:
        """Return a file of JSON lines with the events only."""
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
        """Return scamcli's database of the shipped timeline."""
        place = self.place("seed")
        if not place.exists():
            run(command(self.peers.scamcli, "init", place))
        return place

    def timeline(self, events: int) -> Path:
        """Return scamcli's database of a timeline."""
        place = self.place(f"timeline-{events}")
        if not place.exists():
            remove(_partial(place))
            run(self.importing(events, _partial(place)))
            _partial(place).rename(place)
        return place

    def place(self, name: str) -> Path:
        """Return the path of a database of scamcli."""
        return self.folder / f"{name}.db"

    def importing(self, events: int, place: Path) -> Command:
        """Return the command with which scamcli imports a timeline."""
        return command(self.peers.scamcli, "import", self.records(events), "--db", place)

    def inserting(self, source: Path, place: Path, *options: str) -> tuple[Command, Command]:
        """Return the commands with which sqlite-utils inserts events as rows and indexes two columns for search."""
        peer = self.peers.sqlite_utils
        return (
            command(peer, "insert", place, "events", source, "--nl", "--pk", "id", "--silent"),
            command(peer, "enable-fts", place, "events", "title", "summary", *options),
        )

    def rows(self, events: int) -> Path:
        """Return the database of sqlite-utils."""
        place = self.folder / f"rows-{events}.sqlite"
        if not place.exists():
            remove(_partial(place))
            run_all(self.inserting(self.events(events), _partial(place)))
            _partial(place).rename(place)
        return place

    def columns(self, events: int) -> Path:
        """Return the database of DuckDB, with one table of events and one of figures."""
        place = self.folder / f"columns-{events}.duckdb"
        if not place.exists():
            remove(_partial(place))
            run(command(self.peers.python("duckdb"), "-c", LOAD, _partial(place), self.events(events)))
            _partial(place).rename(place)
        return place

    def names(self, events: int) -> tuple[list[str], list[str]]:
        """Return the twenty actors with the most of the first 20,000 events, and all other actors in these events."""
        times: Counter[str] = Counter()
        with self.events(events).open(encoding="utf-8") as lines:
            for line in islice(lines, 20_000):
                times.update(person["name"] for person in loads(line)["actors"])
        ordered = [name for name, _ in sorted(times.items(), key=lambda item: (-item[1], item[0]))]
        return ordered[:20], ordered[20:]

    def forget_timelines(self) -> None:
        """Remove every database of scamcli. A new version may store them differently."""
        for place in self.folder.rglob("*.db"):
            remove(place)


def kept_in(folder: Path, peers: Peers) -> Data:
    """Return the data in a folder. Data from an earlier version of the generator has a folder of its own."""
    place = folder / f"data-{hashlib.sha256(GENERATE.read_bytes()).hexdigest()[:8]}"
    place.mkdir(parents=True, exist_ok=True)
    return Data(place, peers)


def remove(place: Path) -> None:
    """Remove a database, and files beside it such as its WAL."""
    for path in place.parent.glob(f"{place.name}*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _partial(place: Path) -> Path:
    """Return the path of a file while it is being made, so that an interrupted run leaves no incomplete file behind."""
    return place.with_name(f"partial-{place.name}")
