"""Settings for printing a timeline, which apply to everyone. They are not records, and are not exported or merged.

Their table is created with the first setting. In a file without the table, all settings have their defaults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_TABLE = "CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT"
_MIN_CELL = "min_cell"


def min_cell(connection: sqlite3.Connection) -> int:
    """Return the number of people below which numbers are suppressed, or 0 if none are."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'setting'").fetchone():
        return 0
    found = connection.execute("SELECT value FROM setting WHERE name = ?", [_MIN_CELL]).fetchone()
    return int(found[0]) if found else 0


def set_min_cell(connection: sqlite3.Connection, least: int) -> None:
    """Set the number of people below which numbers are suppressed. Call this inside a transaction."""
    connection.execute(_TABLE)
    connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", [_MIN_CELL, least])
