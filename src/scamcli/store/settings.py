"""Settings for printing a timeline, which apply to everyone. They are not records, and are not exported or merged.

Their table is created with the first setting. In a file without the table, all settings have their defaults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_TABLE = "CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT"
MIN_CELL = "min_cell"
"""The name of the only setting."""


def has_settings(connection: sqlite3.Connection) -> bool:
    """Return whether a file has the table of settings."""
    sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'setting'"
    return connection.execute(sql).fetchone() is not None


def min_cell(connection: sqlite3.Connection) -> int:
    """Return the number of people below which numbers are suppressed, or 0 if none are."""
    if not has_settings(connection):
        return 0
    found = connection.execute("SELECT value FROM setting WHERE name = ?", [MIN_CELL]).fetchone()
    return int(found[0]) if found else 0


def set_min_cell(connection: sqlite3.Connection, least: int) -> None:
    """Set the number of people below which numbers are suppressed. Call this inside a transaction."""
    connection.execute(_TABLE)
    connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", [MIN_CELL, least])
