"""Convert a history with short digests and seals into one with whole digests and salted leaves.

Digests and seals that were correct become whole ones. Those that were wrong stay as they are, so that ``info --verify``
still reports earlier damage to the file. The short seals themselves are not kept, because they would confirm a guess at
what a later redaction removes. The copy that is made first has them.
"""

from __future__ import annotations

from os import urandom
from typing import TYPE_CHECKING

from scamcli.records import canonical
from scamcli.store import history, short_seals
from scamcli.store.history_upgrade import BECAME

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_INDEXES = (
    "SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND tbl_name IN ('change', 'change_record')"
    " AND sql NOT NULL ORDER BY rowid"
)

_COPY = (
    "INSERT INTO change (id, at, author, command, reason, undoes, resealed, salt, seal)"
    " SELECT id, at, author, command, reason, undoes, 3, new_salt(), seal FROM temp.earlier_change",  # both flags
    "INSERT INTO change_record (change, type, name, before, after, successor, placeholder, salt)"
    " SELECT change, type, name, before, after, successor, placeholder, new_salt() FROM earlier_change_record",
    "DROP TABLE earlier_change_record",
    "DROP TABLE temp.earlier_change",
)


def upgrade(connection: sqlite3.Connection, creation: Iterable[str]) -> None:
    """Replace the tables of the history, which the given statements create, and seal all changes anew."""
    connection.create_function("new_salt", 0, lambda: urandom(history.SALT_BYTES))
    connection.create_function("whole_digest", 2, _whole_digest, deterministic=True)
    correct = short_seals.correct(connection)
    connection.execute(f"UPDATE change_record SET after = whole_digest(after, ({BECAME})) WHERE after NOT NULL")  # noqa: S608 - our words
    indexes = connection.execute(_INDEXES).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX main."{name}"')
    connection.execute("ALTER TABLE change_record RENAME TO earlier_change_record")
    # This one is not renamed, because SQLite would also rename it in the tables that refer to it.
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("CREATE TEMP TABLE earlier_change AS SELECT * FROM main.change")
    connection.execute("DROP TABLE main.change")
    for statement in (*creation, *_COPY, *(sql for _, sql in indexes)):
        connection.execute(statement)
    for number in correct:
        history.seal(connection, number)


def _whole_digest(digest: str, text: str | None) -> str:
    """Return the whole digest of a text, if the short one was correct."""
    return canonical.digest(text) if text is not None and short_seals.digest(text) == digest else digest
