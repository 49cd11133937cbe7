"""Settings for printing a timeline, which apply to everyone. They are not records, and are not exported or merged.

A setting that is not in the table has its default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from scamcli.store.history import History

_MIN_CELL = "min_cell"


def min_cell(connection: sqlite3.Connection) -> int:
    """Return the number of people below which numbers are suppressed, or 0 if none are."""
    found = connection.execute("SELECT value FROM setting WHERE name = ?", [_MIN_CELL]).fetchone()
    return int(found[0]) if found else 0


def set_min_cell(history: History, least: int) -> None:
    """Set the number of people below which numbers are suppressed. Call this inside a transaction."""
    from scamcli.store import sealed_content

    history.connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", [_MIN_CELL, least])
    sealed_content.note(history, "setting", _MIN_CELL)
