"""The short digests and seals of files made before migration 14, which earlier migrations still read and write.

Nothing here may change: it is compared with what old versions wrote.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def digest(line: str) -> str:
    """Return the first twelve hexadecimal digits of the SHA-256 of a canonical line."""
    return sha256(line.encode()).hexdigest()[:12]


def seal(connection: sqlite3.Connection, number: int) -> None:
    """Write the short seal of a change."""
    connection.execute("UPDATE change SET seal = ? WHERE id = ?", [seal_of(connection, number), number])


def seal_of(connection: sqlite3.Connection, number: int) -> str:
    """Compute the correct short seal of a change."""
    row = connection.execute(
        "SELECT id, at, author, command, reason, undoes,"
        " (SELECT seal FROM change b WHERE b.id < c.id ORDER BY b.id DESC LIMIT 1) FROM change c WHERE id = ?",
        [number],
    ).fetchone()
    found = sha256(json.dumps(row).encode())
    sql = "SELECT type, name, before, after, successor, placeholder FROM change_record WHERE change = ?"
    for record in connection.execute(f"{sql} ORDER BY type, name", [number]):
        found.update(json.dumps(record).encode())
    return found.hexdigest()[:16]


def correct(connection: sqlite3.Connection) -> list[int]:
    """Return the numbers of the changes whose short seals are correct, in order."""
    changes = connection.execute("SELECT id, seal FROM change ORDER BY id").fetchall()
    return [number for number, written in changes if seal_of(connection, number) == written]
