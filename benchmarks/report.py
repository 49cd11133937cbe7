"""What was measured, as one table, with the machine and the date: a target that is missed says so."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.timing import Ratios, Spread

MIB = 1 << 20

HEAD = """\
# Benchmark

`make bench-full` writes this file; `make bench` measures smaller timelines, and prints the same table.
`python -m benchmarks.run --help` says what else there is.

Ratios, because times mean nothing on another machine: 0.5 is half the time of what stands under "against". Both run in
turn, A B A B …; a measurement is the median of the ratios of the pairs, with the least and the most. The wall time is
held against the target; beside it stands the processor time, of all processes and threads together. Whole processes are
measured unless a row says otherwise, started from an environment that holds the one program and nothing else. Before
anything is timed, the answers are compared where two programs give the same: ids and their order, counts, sums.
"""

FAIRNESS = """\
## What was done to be fair

- sqlite-utils and DuckDB get the events alone, without the records of actors and sites that scamcli takes in as well.
- The rows of sqlite-utils are those of `insert --nl --pk id` and `enable-fts`. An actor is looked for in the JSON of
  its column with `LIKE`, the fastest way without a table of actors, and the newest come first by date.
- With an index on the date, where somebody thought of one, that query stops at the fiftieth hit: the row without a
  target.
- DuckDB opens a file that is loaded, for reading only, with lists and structs for what is nested and the figures in a
  table of their own, and may use every core. It adds figures up, where scamcli also finds out which of them overlap.
- `grep` runs in the C locale, where it is fastest, and hands to `jq` only the lines that hold the name.
- Both sides of an import begin once the disk has what was written before.
- A process that starts another is measured with it. Memory is the sum over all processes at one moment, sampled every
  50 ms; what two of them share counts twice.
"""


class Target(NamedTuple):
    """At most so much, or at least."""

    sign: str
    value: float
    unit: str = ""

    def met_by(self, value: float) -> bool:
        """Whether a measurement is as good as the target."""
        return value <= self.value if self.sign == "≤" else value >= self.value

    def __str__(self) -> str:
        """The target as the table has it."""
        return f"{self.sign} {_number(self.value)}{self.unit}"


class Row(NamedTuple):
    """A line of the table.

    Attributes:
        what: what was measured.
        against: what it is held against; empty for an absolute value.
        target: what it should be, where that was said.
        wall: what was measured; ``None`` when it could not be.
        cpu: the same in processor time, where that makes sense.
        runs: how often.
        why_not: why it could not be measured.
    """

    what: str
    against: str
    target: Target | None
    wall: Spread | None
    cpu: Spread | None
    runs: str
    why_not: str = ""

    @property
    def missed(self) -> bool:
        """Whether it was measured, and the target missed."""
        return self.wall is not None and self.target is not None and not self.target.met_by(self.wall.middle)


def row_of(what: str, against: str, target: Target | None, found: Ratios, runs: int) -> Row:
    """The row of two things that ran in pairs."""
    return Row(what, against, target, found.wall, found.cpu, f"{runs} {'pair' if runs == 1 else 'pairs'}")


def table(rows: Sequence[Row]) -> str:
    """The rows as a table of Markdown."""
    lines = ["| what | against | target | measured | runs |", "| --- | --- | ---: | --- | --- |"]
    lines += [line(row) for row in rows]
    missed = sum(row.missed for row in rows)
    held = sum(row.wall is not None and row.target is not None for row in rows)
    return "\n".join([*lines, "", f"{held - missed} of {held} targets are met, {missed} missed."])


def line(row: Row) -> str:
    """A row as a line of the table."""
    cells = (row.what, row.against or "–", str(row.target or "–"), _measured(row), row.runs)
    return f"| {' | '.join(cells)} |"


def document(rows: Sequence[Row], sizes: tuple[int, int], versions: dict[str, str]) -> str:
    """All of RESULTS.md."""
    small, large = sizes
    about = (
        f"The timelines are made up, always the same ones: {small:,} and {large:,} events; the seed is the shipped one."
    )
    return "\n".join([HEAD, about, "", table(rows), "", FAIRNESS, machine(versions)])


def machine(versions: dict[str, str]) -> str:
    """What it ran on, and when."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    facts = {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GiB",
        "system": f"{_system()}, {platform.machine()}",
        **versions,
    }
    return "\n".join(["## Where and when", "", *(f"- {name}: {value}" for name, value in facts.items()), ""])


def _measured(row: Row) -> str:
    if row.wall is None:
        return row.why_not
    unit = row.target.unit if row.target else ""
    verdict = "" if row.target is None else ", **missed**" if row.missed else ", met"
    cpu = "" if row.cpu is None else f"; CPU {_spread(row.cpu, '')}"
    return f"{_spread(row.wall, unit)}{verdict}{cpu}"


def _spread(found: Spread, unit: str) -> str:
    if found.least == found.most:
        return f"{_number(found.middle)}{unit}"
    return f"{_number(found.middle)} ({_number(found.least)}–{_number(found.most)}){unit}"


def _number(value: float) -> str:
    """Three digits that say something: enough to see on which side of a target it is."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()


def _system() -> str:
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']} ({platform.system()} {platform.release()})"
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"
