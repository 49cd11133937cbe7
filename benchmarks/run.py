"""The benchmark: scamcli compared with other programs, as ratios, each beside its target.

    make bench                                     20,000 and 100,000 events, about three minutes
    make bench-full                                100,000 and 1,000,000; also writes benchmarks/RESULTS.md
    python -m benchmarks.run --small 5000 --large 20000 --runs 3
    python -m benchmarks.run --only search stats   only these rows; --help lists them
    python -m benchmarks.run --profile import      profile the command of a row
    python -m benchmarks.run --folder DIR          keep timelines, databases and environments there

Every peer is installed in an environment of its own, and so is scamcli, from this checkout. ``rg`` (or ``grep``) with
``jq`` is compared if it is installed. The benchmark needs Linux or macOS, pip 22.3 or later, and access to PyPI or
another index. The full sizes need about 10 GB of disk space, in DIR or in the folder for temporary files.

``timing`` runs commands, ``peers`` makes the environments, and ``data`` makes the timelines and databases.
``on_the_seed``, ``on_many``, ``finding``, ``comparing``, ``growing``, ``ingesting``, ``moving``, ``protecting`` and
``publishing`` measure the rows, and ``report`` writes the table.
``generate``, ``searching`` and ``profiling`` are programs of their own, which import none of the others.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import (
    comparing,
    finding,
    growing,
    ingesting,
    moving,
    on_many,
    on_the_seed,
    peers,
    protecting,
    publishing,
    report,
)
from benchmarks.bench import Bench, progress
from benchmarks.data import kept_in
from benchmarks.timing import FailedError, command, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.timing import Command

CASES: dict[str, Callable[[Bench], Iterator[report.Row]]] = (
    on_the_seed.CASES
    | moving.CASES
    | on_many.CASES
    | finding.CASES
    | comparing.CASES
    | growing.CASES
    | ingesting.CASES
    | protecting.CASES
    | publishing.CASES
)
COMMANDS: dict[str, Callable[[Bench], Command]] = (
    on_the_seed.COMMANDS
    | moving.COMMANDS
    | on_many.COMMANDS
    | finding.COMMANDS
    | comparing.COMMANDS
    | ingesting.COMMANDS
    | protecting.COMMANDS
    | publishing.COMMANDS
)
RESULTS = Path(__file__).with_name("RESULTS.md")


def parse_arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description="Compare scamcli with its peers, as ratios, each beside its target.")
    parser.add_argument(
        "--full", action="store_true", help="measure 100,000 and 1,000,000 events, and write RESULTS.md"
    )
    parser.add_argument("--small", type=int, metavar="EVENTS", help="number of events of the smaller timeline (20000)")
    parser.add_argument("--large", type=int, metavar="EVENTS", help="number of events of the larger timeline (100000)")
    parser.add_argument("--runs", type=int, help="number of pairs for short commands (7; 15 with --full)")
    parser.add_argument(
        "--imports", type=int, default=3, help="number of pairs for imports of the smaller timeline (3)"
    )
    parser.add_argument(
        "--folder", type=Path, help="folder to keep data and environments in (default: a temporary one)"
    )
    parser.add_argument(
        "--only", nargs="+", choices=CASES, metavar="ROW", help=f"measure only these rows: {', '.join(CASES)}"
    )
    parser.add_argument(
        "--profile", choices=COMMANDS, metavar="ROW", help=f"profile the command of a row: {', '.join(COMMANDS)}"
    )
    options = parser.parse_args()
    if options.full and (options.only or options.small or options.large):
        parser.error("--full measures all rows at sizes of its own; leave out --only, --small and --large")
    options.small = options.small or (100_000 if options.full else 20_000)
    options.large = options.large or (1_000_000 if options.full else 100_000)
    options.runs = options.runs or (15 if options.full else 7)
    return options


def prepare(options: argparse.Namespace, folder: Path) -> Bench:
    """Make the environments and the data of a run."""
    progress("environments")
    made = peers.make(folder / "environments")
    data = kept_in(folder, made)
    if made.fresh:
        data.forget_timelines()
    return Bench(made, data, options.small, options.large, options.runs, options.imports)


def measure(bench: Bench, names: list[str]) -> list[report.Row]:
    """Measure some cases, and report their rows on stderr as they come."""
    rows = []
    for name in names:
        progress(f"{name} …")
        for row in CASES[name](bench):
            rows.append(row)
            progress(report.line(row))
    return rows


def profile(bench: Bench, name: str) -> str:
    """Return a profile of the command of a row."""
    asked, place = COMMANDS[name](bench), bench.data.folder / "profile.txt"
    script = Path(__file__).with_name("profiling.py")
    run(command(bench.peers.python("scamcli"), script, place, *asked.arguments[1:], stdin=asked.stdin))
    return place.read_text(encoding="utf-8")


def run_benchmark(options: argparse.Namespace, folder: Path) -> str:
    """Return the table or the profile that the command line asks for."""
    bench = prepare(options, folder)
    if options.profile:
        return profile(bench, options.profile)
    rows = measure(bench, options.only or list(CASES))
    versions = peers.versions(bench.peers)
    if options.full:
        sizes = (bench.small, bench.large)
        RESULTS.write_text(report.document(rows, sizes, versions), encoding="utf-8")
        progress(f"wrote {RESULTS.name}")
    note = "" if options.full else "\nThe targets apply to the sizes of --full."
    return f"{report.table(rows)}{note}\n\n{report.machine(versions)}"


def main() -> None:
    """Run the benchmark and print the results."""
    options = parse_arguments()
    try:
        if options.folder:
            options.folder.mkdir(parents=True, exist_ok=True)
            sys.stdout.write(run_benchmark(options, options.folder.resolve()))
        else:
            with tempfile.TemporaryDirectory() as folder:
                sys.stdout.write(run_benchmark(options, Path(folder)))
    except FailedError as error:
        sys.exit(f"the benchmark stopped: {error}")


if __name__ == "__main__":
    main()
