"""Choose the rows of the history that tie the records of a bag to its seals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.exchange.bags import leaves
from scamcli.store import disclosed_rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scamcli.records.masking import Masker


class BagLeaves:
    """Yields the lines of ``data/leaves.jsonl`` for one record after the other.

    Args:
        connection: The database, in a transaction.
        masker: Masks protected names; ``None`` leaves them in.
    """

    def __init__(self, connection: sqlite3.Connection, masker: Masker | None) -> None:
        self._connection = connection
        self._masker = masker
        self._changes: set[int] = set()
        self.records = 0
        """How many records have a row."""

    def lines(self, type_: str, name: str, text: str) -> Iterator[str]:
        """Yield the row of a record, after that of its change if this is the first record of it.

        Args:
            type_: The type of the record.
            name: Its id or name, as it is printed.
            text: Its line in the bag.
        """
        row = disclosed_rows.of_record(self._connection, type_, name, text, is_masked=self._masker is not None)
        if row is None:
            return
        self.records += 1
        if row.change not in self._changes:
            self._changes.add(row.change)
            mask = str if self._masker is None else self._masker.text
            change = disclosed_rows.of_change(self._connection, row.change, mask)
            if change is not None:
                yield leaves.line(*change)
        yield leaves.line(*row)
