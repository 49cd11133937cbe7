"""Find the years of a lake that must be written again after changes of its timeline.

A change can touch more than the events that it edits: a link, a removed duplicate or a new look-alike changes whether
other figures are independent. So these flags are compared for the whole timeline, and so are the number and the keys of
the events of each year.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from scamcli.store.keys import SEQUENCE_BITS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from scamcli.stats.lake.manifest import Manifest
    from scamcli.stats.lake.resolve import Claims


class Earlier(NamedTuple):
    """A lake that the changes after ``since`` are appended to."""

    folder: Path
    manifest: Manifest
    since: int


_EPOCH = date(1970, 1, 1).toordinal()


def year_of(key: int) -> int:
    """Return the year of the first day of an event."""
    return date.fromordinal(_EPOCH + (key >> SEQUENCE_BITS)).year


def keys_of(year: int) -> tuple[int, int]:
    """Return the smallest key of an event in a year, and the smallest one above these."""
    first, last = date(year, 1, 1).toordinal() - _EPOCH, date(year, 12, 31).toordinal() - _EPOCH
    return first << SEQUENCE_BITS, (last + 1) << SEQUENCE_BITS


def years(connection: sqlite3.Connection) -> dict[str, list[int]]:
    """Return, for each year, how many events it has and the sum of their keys."""
    found: dict[str, list[int]] = {}
    for (key,) in connection.execute("SELECT key FROM event WHERE draft = 0"):
        one = found.setdefault(str(year_of(key)), [0, 0])
        one[0] += 1
        one[1] += key
    return found


def touched(connection: sqlite3.Connection, earlier: Earlier, now: Manifest, claims: Claims) -> set[int]:
    """Return the years that must be written again.

    Args:
        connection: The timeline.
        earlier: The lake as it was.
        now: The manifest that it will have.
        claims: The claims of the timeline.
    """
    lake, before, since = earlier
    sql = "SELECT DISTINCT type FROM change_record WHERE change > ?"
    types = {type_ for (type_,) in connection.execute(sql, [since])}
    if before.masked or now.masked or "metric" in types:  # which can change the texts and units of any record
        return {int(year) for year in now.years}
    found = {int(year) for year, one in now.years.items() if before.years.get(year) != one}
    sql = "SELECT key FROM event JOIN change_record ON type = 'event' AND name = id WHERE change > ? AND draft = 0"
    found.update(year_of(key) for (key,) in connection.execute(sql, [since]))
    found.update(_with_other_flags(lake, claims))
    return found & {int(year) for year in now.years}


def _with_other_flags(lake: Path, claims: Claims) -> Iterable[int]:
    """Yield the years with figures whose flags are no longer those in the lake."""
    import pyarrow.dataset as ds

    files = ds.dataset(lake / "figures", format="parquet", partitioning=None)
    remainder, related = set(claims.remainder), set(claims.related)
    kept = set[int]()
    for batch in files.scanner(
        ["key", "n", "independent", "related"], filter=~ds.field("independent") | ds.field("related")
    ).to_batches():
        for key, n, is_independent, is_related in zip(*map(list, batch.to_pydict().values()), strict=True):
            if is_independent == ((key, n) in claims.remainder) or is_related != (key in claims.related):
                yield year_of(key)
            remainder.discard((key, n))
            kept.add(key)
    yield from map(year_of, {key for key, _ in remainder})
    yield from map(year_of, related - kept)
