"""Writing actors, sites and metrics: the record, the forms of its names, and the history of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.records import canonical, masking
from scamcli.store import terms

if TYPE_CHECKING:
    import sqlite3

    from scamcli.store.history import History


class EntityWriter:
    """Puts actors, sites and metrics into an open transaction."""

    def __init__(self, connection: sqlite3.Connection, history: History) -> None:
        self.connection = connection
        self._history = history

    def put(self, record: dict[str, Any], placeholder: int | None = None) -> None:
        """Make or replace the one of this type and name.

        Args:
            record: whole, as its model gives it.
            placeholder: the number that stands for its name if it is protected; else one is chosen.

        Raises:
            DataError: a name is too short to be protected.
        """
        type_, name = record["type"], record["name"]
        if record.get("protected"):
            masking.check_names([name, *record["aliases"]])
        row = self.connection.execute(
            "SELECT record, placeholder FROM term WHERE type = ? AND name = ?", [type_, name]
        ).fetchone()
        before, number = row or (None, None)
        terms.put(self.connection, type_, name, record, placeholder)
        self._history.note(type_, name, before, canonical.line(record), placeholder=number)

    def take_back(self, record: dict[str, Any]) -> None:
        """Take back one that this change made, as if it had not: nothing refers to it."""
        type_, name = record["type"], record["name"]
        where = "(SELECT id FROM term WHERE type = ? AND name = ?)"
        self.connection.execute(f"DELETE FROM name WHERE term IN {where}", [type_, name])  # noqa: S608 - our own words
        self.connection.execute("DELETE FROM term WHERE type = ? AND name = ?", [type_, name])
        self._history.take_back(type_, name)

    def remove(self, term: int, successor: str | None = None) -> None:
        """Remove the record of a term that nothing refers to."""
        type_, name, before, number = self.connection.execute(
            "SELECT type, name, record, placeholder FROM term WHERE id = ?", [term]
        ).fetchone()
        terms.remove(self.connection, term)
        self._history.note(type_, name, before, None, successor=successor, placeholder=number)
