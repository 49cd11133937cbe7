"""The results as one table, with the machine and the date. Missed targets are marked."""

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

`make bench-full` writes this file. `make bench` measures smaller timelines and prints the same table.
`python -m benchmarks.run --help` lists more options.

The table shows ratios, because absolute times mean nothing on another machine: 0.5 means half the time of the program
in the column "against". The two programs run in turn, A B A B …. Each measurement is the median of the ratios of all
pairs, with the smallest and the largest in brackets. The target applies to the wall time. The processor time (CPU) is
the sum over all processes and threads. Each run is a whole process, unless the row says otherwise, started from an
environment that contains that one program and nothing else. If two programs should give the same answer, their answers
are compared before anything is timed: ids and their order, counts, sums.
"""

FAIRNESS = """\
## How the comparison is kept fair

- sqlite-utils and DuckDB import only the events. scamcli also imports the records of actors and sites.
- The rows of sqlite-utils come from `insert --nl --pk id` and `enable-fts`. Its search finds an actor with `LIKE` in
  the JSON of the column, which is the fastest way without a table of actors, and sorts by date, newest first.
- A user may have added an index on the date. Then that query can stop after fifty hits. This is the row without a
  target.
- DuckDB opens a database that is already loaded, read-only, with lists and structs for nested values and with a table
  of figures. It may use every core. It only adds figures, while scamcli also finds out which of them overlap.
- `grep` runs in the C locale, which is the fastest, and passes only the lines with the name to `jq`.
- Before each import, earlier writes are flushed to the disk.
- A process is measured together with the processes that it starts. Memory is the sum over all of them at one moment,
  sampled every 50 ms. Memory that two of them share counts twice.
"""


class Target(NamedTuple):
    """An upper or a lower limit."""

    sign: str
    value: float
    unit: str = ""

    def met_by(self, value: float) -> bool:
        """Return whether a measurement meets the target."""
        return value <= self.value if self.sign == "≤" else value >= self.value

    def __str__(self) -> str:
        """Return the target in the form that the table shows."""
        return f"{self.sign} {_number(self.value)}{self.unit}"


class Row(NamedTuple):
    """A line of the table.

    Attributes:
        what: What was measured.
        against: What it is compared with; empty for an absolute value.
        target: The target, if there is one.
        wall: The measurement, by wall time; ``None`` if it was not possible.
        cpu: The same by processor time, if that makes sense.
        runs: The number of runs, in words.
        why_not: Why the measurement was not possible.
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
        """Whether it was measured and missed its target."""
        return self.wall is not None and self.target is not None and not self.target.met_by(self.wall.middle)


def row_of(what: str, against: str, target: Target | None, found: Ratios, runs: int) -> Row:
    """Return the row of two programs that ran in pairs."""
    return Row(what, against, target, found.wall, found.cpu, f"{runs} {'pair' if runs == 1 else 'pairs'}")


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| what | against | target | measured | runs |", "| --- | --- | ---: | --- | --- |"]
    lines += [line(row) for row in rows]
    missed = sum(row.missed for row in rows)
    held = sum(row.wall is not None and row.target is not None for row in rows)
    return "\n".join([*lines, "", f"{held - missed} of {held} targets were met, {missed} missed."])


def line(row: Row) -> str:
    """Return a row as a line of the table."""
    cells = (row.what, row.against or "–", str(row.target or "–"), _measured(row), row.runs)
    return f"| {' | '.join(cells)} |"


def document(rows: Sequence[Row], sizes: tuple[int, int], versions: dict[str, str]) -> str:
    """Return the content of RESULTS.md."""
    small, large = sizes
    about = (
        f"The timelines are generated, always the same: {small:,} and {large:,} events. The seed is the shipped one."
    )
    return "\n".join([HEAD, about, "", table(rows), "", FAIRNESS, machine(versions)])


def machine(versions: dict[str, str]) -> str:
    """Return a list of the machine, the versions and the date."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    facts = {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GiB",
        "system": f"{_system()}, {platform.machine()}",
        **versions,
    }
    return "\n".join(["## Machine and date", "", *(f"- {name}: {value}" for name, value in facts.items()), ""])


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
    """Return a number with three significant digits: enough to see whether it meets a target."""
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
