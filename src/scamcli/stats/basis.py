"""What a table is based on: the numbers of events and figures, the digest of their records, and the versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from importlib.metadata import version

from scamcli.numbers import RULES_VERSION
from scamcli.output.text.words import plural
from scamcli.records import canonical


def line(connection: sqlite3.Connection, keys: Sequence[int], figures: int | None) -> str:
    """Return a line on what a table is based on: numbers of events and figures, the digest of the records, versions."""
    counts = plural(len(set(keys)), "event") + ("" if figures is None else f", {plural(figures, 'figure')}")
    digest = canonical.shortened(digest_of(connection, keys))
    rest = f"data {digest}; rules {RULES_VERSION}; scamcli {version('scamcli')}"
    return f"{counts}; {rest}"


def digest_of(connection: sqlite3.Connection, keys: Sequence[int]) -> str:
    """Return the digest of the events with these keys, in any order."""
    sql = "SELECT id, record FROM event WHERE key = ?"
    return canonical.digest_of_set(connection.execute(sql, [key]).fetchone() for key in set(keys))
