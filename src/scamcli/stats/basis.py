"""What a table is based on: how its figures entered it, the digest of their records, and the versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.figures import RULES_VERSION, total
from scamcli.figures.derivation import Entry, derive
from scamcli.output.text.words import plural
from scamcli.records import canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from scamcli.stats.read_figures import Reading
    from scamcli.stats.rows import Totals
    from scamcli.stats.selection import Chosen


def line(connection: sqlite3.Connection, keys: Sequence[int], figures: int | None) -> str:
    """Return a line on what a table is based on: numbers of events and figures, the digest of the records, versions."""
    from importlib.metadata import version

    counts = plural(len(set(keys)), "event") + ("" if figures is None else f", {plural(figures, 'figure')}")
    digest = canonical.shortened(digest_of(connection, keys))
    rest = f"data {digest}; rules {RULES_VERSION}; scamcli {version('scamcli')}"
    return f"{counts}; {rest}"


def digest_of(connection: sqlite3.Connection, keys: Sequence[int]) -> str:
    """Return the digest of the events with these keys, in any order."""
    sql = "SELECT id, record FROM event WHERE key = ?"
    return canonical.digest_of_set(connection.execute(sql, [key]).fetchone() for key in set(keys))


def entered(group: Sequence[Chosen], read: Reading, totals: Totals | None = None) -> Sequence[Entry]:
    """Return how each figure of a group entered its low, or why it did not, given their totals if they are known."""
    found: list[Entry] = []
    for known, possible in zip(totals or (None, None), (False, True), strict=True):
        figures = [one.figure for one in group if one.possible is possible]
        if figures and figures[0].count == "none":
            found += [Entry(one.key, "largest", None, one.low) for one in figures]
        elif figures:
            found += derive(known or total(figures, read.context), figures)
    return found
