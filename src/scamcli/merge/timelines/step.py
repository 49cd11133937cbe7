"""What merging entities and merging events have in common."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scamcli.merge.threeway import Conflict
from scamcli.merge.timelines.report import About
from scamcli.store.history import current, successor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.merge.threeway import Choose
    from scamcli.merge.timelines.record_pairs import RecordPair, RecordPairs
    from scamcli.merge.timelines.report import Report


class Step:
    """A part of a merge.

    Args:
        pairs: finds the records of both timelines.
        report: decides and remembers conflicts.
    """

    def __init__(self, pairs: RecordPairs, report: Report) -> None:
        self._pairs = pairs
        self._report = report
        self._writer = pairs.writer
        self._here = pairs.writer.connection
        self._there = pairs.other.connection

    def _chooser(self, type_: str, name: str, pair: RecordPair) -> Choose:
        """Return what decides the conflicts of a record, and remembers them."""
        return partial(self._report.choose, About(type_, name, (pair.base, pair.ours, pair.theirs)))

    def _replaces_ours(self, type_: str, name: str, pair: RecordPair) -> bool:
        """Return whether the whole record is to be as it is there, where one of the two sides does not have it."""
        conflict = Conflict(None, pair.base, pair.ours, pair.theirs)
        return pair.ours_is_base or self._chooser(type_, name, pair)(conflict)

    def _removed_there(self, *types: str) -> Iterator[tuple[str, str]]:
        """Yield type and name of the records that exist here, and no longer there, except names that were merged."""
        rows = self._there.execute(
            "SELECT DISTINCT type, name FROM change_record WHERE after IS NULL ORDER BY type, name"
        ).fetchall()
        found = dict.fromkeys(
            (type_, name)
            for type_, name in rows
            if type_ in types and (type_ == "event" or successor(self._there, type_, name) is None)
        )
        if (base := self._pairs.base) is not None:
            found |= dict.fromkeys((type_, name) for type_ in types for name, _ in base.records(type_))
        for type_, name in found:
            if current(self._there, type_, name) is None and current(self._here, type_, name) is not None:
                yield type_, name
