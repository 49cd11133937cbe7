"""Rewrite the rows of the history in a redaction so that all seals, and all heads that were kept elsewhere, stay valid.

A row that changes keeps its old leaf and its position, and loses its salt (see ``history``). The change of the
redaction seals what the row is now, as content of the type ``redacted``.
"""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from scamcli.store import sealed_content
from scamcli.store.history import kept_leaves, sealed_rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from scamcli.store.history import History

Row = tuple[int, str, str, "str | None", "str | None", "str | None", "int | None"]
"""A row of `change_record` without its salt."""

Key = tuple[int, str, str]
"""The key of a row: change, type and name. The type and the name of a change itself are empty."""

_REDACTED = "redacted"

_FORGET_SALT = {
    "change": "UPDATE change SET salt = NULL WHERE id = ? AND ?2 = ?3",
    "record": "UPDATE change_record SET salt = NULL WHERE change = ? AND type = ? AND name = ?",
    "content": "UPDATE change_content SET salt = NULL WHERE change = ? AND type = ? AND name = ?",
}

_SUPERSEDED = (
    "SELECT change, type, name FROM change_content r WHERE salt NOT NULL AND EXISTS"
    " (SELECT 1 FROM change_content l WHERE l.type = r.type AND l.name = r.name AND l.change > r.change)"
)

_REMOVED = (
    "SELECT type, name FROM change_content r WHERE after IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM change_content l WHERE l.type = r.type AND l.name = r.name AND l.change > r.change)"
)
"""Contents that an earlier change removed."""


class NewRows(NamedTuple):
    """The rows of a record before and after a redaction."""

    old: list[Row]
    new: list[Row]


def wrong_content(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Return the types and names of everything that is not what its last change made of it."""
    return {found[:2] for found in sealed_content.differences(connection)}


class Leaves:
    """Keeps the leaves of the rows that a redaction rewrites."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._touched: set[str] = set()
        """The rewritten rows, by change and position, as they are named in the content of the type ``redacted``."""

    def replace_records(self, records: Iterable[NewRows]) -> None:
        """Replace the rows of records."""
        became: dict[Key, Row | None] = {}
        for old, new in records:
            by_change = {row[0]: row for row in new}
            became |= {row[:3]: found for row in old if (found := by_change.get(row[0])) != row}
        positions = self._forget("record", became)
        self._connection.executemany(
            "DELETE FROM change_record WHERE change = ? AND type = ? AND name = ?", list(became)
        )
        sql = "INSERT INTO change_record (change, type, name, before, after, successor, placeholder)"
        self._connection.executemany(f"{sql} VALUES (?, ?, ?, ?, ?, ?, ?)", filter(None, became.values()))
        self._connection.executemany(
            "UPDATE redacted_leaf SET part = ?, type = ?, name = ? WHERE change = ? AND position = ?",
            [
                ("record", *row[1:3], key[0], positions[key]) if row else (None, "", "", key[0], positions[key])
                for key, row in became.items()
                if key in positions
            ],
        )

    def redact_changes(self, masked: Callable[[str], str]) -> int:
        """Mask the authors and reasons of changes, and return how many of them changed."""
        rows = self._connection.execute("SELECT id, author, reason FROM change").fetchall()
        found = [(masked(author), reason and masked(reason), number) for number, author, reason in rows]
        changed = [new for new, (number, *old) in zip(found, rows, strict=True) if list(new[:2]) != old]
        self._forget("change", [(number, "", "") for *_, number in changed])
        self._connection.executemany("UPDATE change SET author = ?, reason = ? WHERE id = ?", changed)
        return len(changed)

    def seal(self, history: History, wrong: set[tuple[str, str]]) -> None:
        """Begin the change of the redaction, and let it seal everything that the redaction has rewritten.

        Args:
            history: The history of the transaction.
            wrong: What was not as its last change made it before the redaction.
        """
        history.begin()
        found = [one for one in sealed_content.differences(self._connection) if one[:2] not in wrong]
        for one in found:
            if one.type != _REDACTED and not one.is_gone:
                sealed_content.note(history, one.type, one.name)
        self._remove([one[:2] for one in found if one.is_gone])
        self._remove(self._connection.execute(_REMOVED).fetchall())
        # Nobody knows what an earlier digest of a content was made from, so it may confirm a guess at the name.
        self._forget("content", self._connection.execute(_SUPERSEDED).fetchall())
        new = self._touched
        while new:  # This change seals these rows again, so nothing needs what an earlier redaction sealed of them.
            known = self._touched.copy()
            self._remove([(_REDACTED, name) for name in new])
            new = self._touched - known
        sealed_content.note_all(history, _REDACTED, self._touched)

    def _remove(self, gone: Sequence[tuple[str, str]]) -> None:
        """Delete the rows of contents that are gone, by type and name, because the name may be what is redacted."""
        keys = [key for type_, name in gone for key in self._rows(type_, name)]
        positions = self._forget("content", keys)
        self._connection.executemany("DELETE FROM change_content WHERE change = ? AND type = ? AND name = ?", keys)
        self._connection.executemany(
            "UPDATE redacted_leaf SET part = NULL, type = '', name = '' WHERE change = ? AND position = ?",
            [(key[0], position) for key, position in positions.items()],
        )

    def _rows(self, type_: str, name: str) -> list[Key]:
        sql = "SELECT change, type, name FROM change_content WHERE type = ? AND name = ?"
        return self._connection.execute(sql, [type_, name]).fetchall()

    def _forget(self, part: str, keys: Iterable[Key]) -> Mapping[Key, int]:
        """Keep the leaves of rows, destroy their salts, and return the positions of the rows."""
        by_change: defaultdict[int, set[tuple[str, str, str]]] = defaultdict(set)
        for number, type_, name in keys:
            by_change[number].add((part, type_, name))
        found: dict[Key, int] = {}
        sql = "SELECT position FROM redacted_leaf WHERE change = ? AND part = ? AND type = ? AND name = ?"
        for number, rows in by_change.items():
            _forget(self._connection, number, rows)
            for row in rows:
                for (position,) in self._connection.execute(sql, [number, *row]):
                    found[number, row[1], row[2]] = position
                    self._touched.add(f"{number}/{position}")
        return found


def _forget(connection: sqlite3.Connection, number: int, rows: Container[tuple[str, str, str]]) -> None:
    """Keep the leaves of some rows of a change (part, type, name), and destroy their salts."""
    position, kept = 0, kept_leaves(connection, number)
    found: list[tuple[int, int, str, str, str, bytes]] = []
    for row, salt, line in sealed_rows(connection, number):
        while position in kept:
            position += 1
        if row in rows:
            found.append((number, position, *row, sha256(salt + line).digest()))
        position += 1
    sql = "INSERT INTO redacted_leaf (change, position, part, type, name, leaf) VALUES (?, ?, ?, ?, ?, ?)"
    connection.executemany(sql, found)
    for _, _, part, type_, name, _ in found:
        connection.execute(_FORGET_SALT[part], [number, type_, name])
