"""The benchmark: how scamcli compares with what else there is, as ratios, each beside its target.

    make bench                                     20 thousand and 100 thousand events, about three minutes; printed
    make bench-full                                100 thousand and 1 million; also writes benchmarks/RESULTS.md
    python -m benchmarks.run --small 5000 --large 20000 --runs 3
    python -m benchmarks.run --only search stats   some rows; the names are those of --help
    python -m benchmarks.run --profile import      where the processor time of a row's command goes
    python -m benchmarks.run --folder DIR          keep timelines, databases and environments there for the next time

Every peer is installed in an environment of its own with nothing else in it, and so is scamcli, from this checkout as a
user installs it. ``rg`` (else ``grep``) with ``jq`` is compared where it is installed. It needs Linux or macOS, pip
22.3 or later, access to PyPI or another index, and for the full sizes about 10 GB of disk, in DIR
or where temporary files are.

The parts: ``timing`` runs commands, ``peers`` makes the environments, ``data`` the timelines and databases,
``on_the_seed``, ``on_many``, ``finding`` and ``moving`` are the rows, ``report`` is the table.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import finding, moving, on_many, on_the_seed, peers, report
from benchmarks.bench import Bench, progress
from benchmarks.data import kept_in
from benchmarks.timing import FailedError, command, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.timing import Command

CASES: dict[str, Callable[[Bench], Iterator[report.Row]]] = (
    on_the_seed.CASES | moving.CASES | on_many.CASES | finding.CASES
)
COMMANDS: dict[str, Callable[[Bench], Command]] = (
    on_the_seed.COMMANDS | moving.COMMANDS | on_many.COMMANDS | finding.COMMANDS
)
RESULTS = Path(__file__).with_name("RESULTS.md")


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description="Compare scamcli with its peers, as ratios, each beside its target.")
    parser.add_argument("--full", action="store_true", help="100 thousand and 1 million events, into RESULTS.md")
    parser.add_argument("--small", type=int, metavar="EVENTS", help="events of the smaller timeline (20000)")
    parser.add_argument("--large", type=int, metavar="EVENTS", help="events of the larger timeline (100000)")
    parser.add_argument("--runs", type=int, help="pairs of what takes a second or less (7; 15 with --full)")
    parser.add_argument("--imports", type=int, default=3, help="pairs of imports of the smaller timeline (3)")
    parser.add_argument("--folder", type=Path, help="keep data and environments here; by default nothing is kept")
    parser.add_argument("--only", nargs="+", choices=CASES, metavar="ROW", help=f"some rows of: {', '.join(CASES)}")
    parser.add_argument("--profile", choices=COMMANDS, metavar="ROW", help=f"one of: {', '.join(COMMANDS)}")
    given = parser.parse_args()
    if given.full and (given.only or given.small or given.large):
        parser.error("--full has all rows, and its own sizes: it is what RESULTS.md shows")
    given.small = given.small or (100_000 if given.full else 20_000)
    given.large = given.large or (1_000_000 if given.full else 100_000)
    given.runs = given.runs or (15 if given.full else 7)
    return given


def prepared(given: argparse.Namespace, folder: Path) -> Bench:
    """The environments and the data of a run."""
    progress("environments")
    made = peers.make(folder / "environments")
    data = kept_in(folder, made)
    if made.fresh:
        data.forget_timelines()
    return Bench(made, data, given.small, given.large, given.runs, given.imports)


def measured(bench: Bench, names: list[str]) -> list[report.Row]:
    """The rows of some cases, said on stderr as they come."""
    rows = []
    for name in names:
        progress(f"{name} …")
        for row in CASES[name](bench):
            rows.append(row)
            progress(report.line(row))
    return rows


def profiled(bench: Bench, name: str) -> str:
    """Where the processor time of the command of a row goes."""
    asked, place = COMMANDS[name](bench), bench.data.folder / "profile.txt"
    script = Path(__file__).with_name("profiling.py")
    run(command(bench.peers.python("scamcli"), script, place, *asked.arguments[1:], stdin=asked.stdin))
    return place.read_text(encoding="utf-8")


def answered(given: argparse.Namespace, folder: Path) -> str:
    """What was asked for, as a text."""
    bench = prepared(given, folder)
    if given.profile:
        return profiled(bench, given.profile)
    rows = measured(bench, given.only or list(CASES))
    versions = peers.versions(bench.peers)
    if given.full:
        sizes = (bench.small, bench.large)
        RESULTS.write_text(report.document(rows, sizes, versions), encoding="utf-8")
        progress(f"wrote {RESULTS.name}")
    note = "" if given.full else "\nThe targets are meant for the sizes of --full."
    return f"{report.table(rows)}{note}\n\n{report.machine(versions)}"


def main() -> None:
    """Print what was measured, and write it down with ``--full``."""
    given = arguments()
    try:
        if given.folder:
            given.folder.mkdir(parents=True, exist_ok=True)
            sys.stdout.write(answered(given, given.folder.resolve()))
        else:
            with tempfile.TemporaryDirectory() as folder:
                sys.stdout.write(answered(given, Path(folder)))
    except FailedError as error:
        sys.exit(f"the benchmark stopped: {error}")


if __name__ == "__main__":
    main()
