"""The rows of the history that somebody may see who gets the records: with their salts, they lead to the seals.

A row is withheld if it says more than what is handed over with it: an earlier version of the record, the number that
masked a name, or what was redacted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.records import canonical
from scamcli.store.history import SEALED_ROWS, WITHOUT_BEFORE, sealed_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

_LAST = (
    "SELECT change, r.salt, resealed, before, after, successor, placeholder FROM change_record r"
    " JOIN change c ON c.id = change WHERE type = ? AND name = ? ORDER BY change DESC LIMIT 1"
)


class DisclosedRow(NamedTuple):
    """A row of the history: its change, its salt, and the JSON that is sealed. Its leaf is the SHA-256 of the two."""

    change: int
    salt: bytes
    line: bytes


def of_record(
    connection: sqlite3.Connection, type_: str, name: str, text: str, *, is_masked: bool
) -> DisclosedRow | None:
    """Return the row of the change that made the present version of a record.

    Args:
        connection: The database.
        type_: The type of the record.
        name: Its id or name, as it is handed over.
        text: Its canonical JSON, as it is handed over. There is no row if a name in it was masked.
        is_masked: Whether protected names are masked, so that their numbers must not be shown either.
    """
    row = connection.execute(_LAST, [type_, name]).fetchone()
    if row is None:
        return None
    change, salt, flags, before, *values = row
    if salt is None or values[0] != canonical.digest(text) or (is_masked and values[2] is not None):
        return None
    if not flags & WITHOUT_BEFORE:
        if before is not None:
            return None
        values.insert(0, None)
    return DisclosedRow(change, salt, sealed_line("record", type_, name, values))


def of_change(connection: sqlite3.Connection, number: int, masked: Callable[[str], str]) -> DisclosedRow | None:
    """Return the row that says who made a change, when and why, unless something in it is masked or was redacted."""
    _, _, salt, *values = connection.execute(SEALED_ROWS["change"], [number]).fetchone()
    texts = [value for value in values if isinstance(value, str)]
    if salt is None or texts != list(map(masked, texts)):
        return None
    return DisclosedRow(number, salt, sealed_line("change", "", "", values))
