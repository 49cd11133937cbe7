"""What each command changed, by whom, when and why.

One command makes one change, which is appended in the same transaction. A row of it keeps the record as it was before
and the digest of what it became. The new text itself is in the next row of the same record or, if there is none, in
the record. So an insert costs a name and a digest, and nothing is stored twice.
"""

# No `from __future__ import annotations` here: Python would compile the text of named tuples' fields at every start.

import json
import sqlite3
from json.encoder import encode_basestring_ascii
from typing import Any, NamedTuple

from scamcli.records.canonical import digest

MADE = ("init", "upgrade")
"""Commands whose changes `undo` leaves alone unless their number is given: nobody entered these records by hand."""


StoredRecord = dict[str, Any]
"""A record as it was read from the database. It has the keys of its type, which only the caller knows."""


class Cause(NamedTuple):
    """The author, command and reason of a change."""

    command: str
    by: str | None = None
    """Author of the change; ``None`` is the user of this machine's account."""
    reason: str | None = None
    undoes: int | None = None


class RemovedRecord(NamedTuple):
    """A record that was removed, undone or merged."""

    change: int
    record: StoredRecord
    successor: str | None
    """The id or name of the record that it was merged into."""


def user() -> str:
    """Return the name of this machine's user."""
    import getpass  # here, because readers do not need it

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def now() -> str:
    """Return the current time as changes have it: UTC, to the second."""
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class History:
    """Appends one change to the history of an open transaction, as soon as something changes."""

    def __init__(self, connection: sqlite3.Connection, cause: Cause) -> None:
        self.connection = connection
        self.cause = cause
        self.number: int | None = None
        """The number of the change, once something was changed."""
        self.is_late = False
        """Whether the last change has a later time than this one, because one of the clocks was wrong."""

    def begin(self) -> int:
        """Return the number of this change, and begin the change if that has not happened yet."""
        if self.number is None:
            row = self.connection.execute("SELECT at FROM change ORDER BY id DESC LIMIT 1").fetchone()
            # What the clock shows, even if it is behind the last change: that clock may have been wrong. The comment
            # in `m0002_history.sql` is of an earlier rule, and cannot change, because SQLite keeps it.
            clock = now()
            self.is_late = row is not None and row[0] > clock
            (self.number,) = self.connection.execute(
                "INSERT INTO change (at, author, command, reason, undoes) VALUES (?, ?, ?, ?, ?) RETURNING id",
                [clock, self.cause.by or user(), self.cause.command, self.cause.reason, self.cause.undoes],
            ).fetchone()
        return self.number

    def seal(self) -> None:
        """Seal this change. To be called once everything has been noted."""
        if self.number is not None:
            seal(self.connection, self.number)

    def note(  # noqa: PLR0913 - one row, its columns
        self,
        type_: str,
        name: str,
        before: str | None,
        after: str | None,
        *,
        successor: str | None = None,
        placeholder: int | None = None,
    ) -> None:
        """Append what happened to a record, with its canonical JSON before and after; ``None`` where it did not exist.

        What else the row says is described in ``migrations/m0002_history.sql``.
        """
        if before == after:
            return
        self.connection.execute(
            "INSERT INTO change_record (change, type, name, before, after, successor, placeholder)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (change, type, name)"
            " DO UPDATE SET after = excluded.after, successor = excluded.successor",
            [self.begin(), type_, name, before, None if after is None else digest(after), successor, placeholder],
        )

    def has_made(self, type_: str, name: str) -> bool:
        """Return whether this change created a record."""
        sql = "SELECT before IS NULL FROM change_record WHERE change = ? AND type = ? AND name = ?"
        row = self.connection.execute(sql, [self.number, type_, name]).fetchone()
        return bool(row and row[0])

    def take_back(self, type_: str, name: str) -> None:
        """Delete what this change noted of a record that it created."""
        sql = "DELETE FROM change_record WHERE change = ? AND type = ? AND name = ?"
        self.connection.execute(sql, [self.number, type_, name])

    def note_new(self, type_: str, made: list[tuple[str, str]]) -> None:
        """Append that records were created (id or name, canonical JSON), whose ids or names were never used before."""
        number = self.begin()
        self.connection.executemany(
            "INSERT INTO change_record (change, type, name, after) VALUES (?, ?, ?, ?)",
            [(number, type_, name, digest(after)) for name, after in made],
        )


def current(connection: sqlite3.Connection, type_: str, name: str) -> str | None:
    """Return a record's current canonical JSON, by an event's id or by the name; ``None`` if it does not exist."""
    if type_ == "event":
        row = connection.execute("SELECT record FROM event WHERE id = ?", [name]).fetchone()
    else:
        row = connection.execute("SELECT record FROM term WHERE type = ? AND name = ?", [type_, name]).fetchone()
    return row[0] if row else None


def find_removed(connection: sqlite3.Connection, type_: str, name: str) -> RemovedRecord | None:
    """Return the last record that had an id or name, if it was removed, undone or merged; ``None`` if not."""
    sql = (
        "SELECT change, before, successor, after FROM change_record WHERE type = ? AND name = ?"
        " ORDER BY change DESC LIMIT 1"
    )
    row = connection.execute(sql, [type_, name]).fetchone()
    if row is None or row[3] is not None or row[1] is None:
        return None
    return RemovedRecord(row[0], json.loads(row[1]), row[2])


def last_record(connection: sqlite3.Connection, event_id: str) -> StoredRecord | None:
    """Return the record of an event, or the last record of one that was removed."""
    text = current(connection, "event", event_id)
    if text is not None:
        return dict(json.loads(text))
    was = find_removed(connection, "event", event_id)
    return was.record if was else None


def successor(connection: sqlite3.Connection, type_: str, name: str) -> str | None:
    """Return the id or name to which a merged record leads; ``None`` if it was not merged, or exists again."""
    met, found = {name}, find_removed(connection, type_, name)
    while found is not None and found.successor is not None and found.successor not in met:
        met.add(found.successor)
        name, found = found.successor, find_removed(connection, type_, found.successor)
    return name if len(met) > 1 else None


def merged_into(connection: sqlite3.Connection, type_: str, name: str) -> list[str]:
    """Return the ids or names that lead to this one in any number of steps, even if it is gone itself."""
    found = [name]
    for one in found:
        sql = "SELECT name FROM change_record WHERE successor = ? AND type = ?"
        for (other,) in connection.execute(sql, [one, type_]).fetchall():
            was = find_removed(connection, type_, other)
            if other not in found and was is not None and was.successor == one:
                found.append(other)
    return sorted(found[1:])


def seal(connection: sqlite3.Connection, number: int) -> None:
    """Write the seal of a change: a digest of the change, its rows and the seal of the change before it."""
    connection.execute("UPDATE change SET seal = ? WHERE id = ?", [seal_of(connection, number), number])


def seal_of(connection: sqlite3.Connection, number: int) -> str:
    """Return what the seal of a change must be."""
    from hashlib import sha256

    row = connection.execute(
        "SELECT id, at, author, command, reason, undoes,"
        " (SELECT seal FROM change b WHERE b.id < c.id ORDER BY b.id DESC LIMIT 1) FROM change c WHERE id = ?",
        [number],
    ).fetchone()
    found = sha256(json.dumps(row).encode())
    sql = "SELECT type, name, before, after, successor, placeholder FROM change_record WHERE change = ?"
    for record in connection.execute(f"{sql} ORDER BY type, name", [number]):
        found.update(_line(record))
    return found.hexdigest()[:16]


def _line(record: tuple[object, ...]) -> bytes:
    """Return the JSON of a row, as the seal has it."""
    type_, name, before, after, successor, placeholder = record
    if before is None and successor is None and placeholder is None and isinstance(after, str):
        # An import creates up to a million such rows. Putting their JSON together by hand is faster.
        quoted = encode_basestring_ascii
        return f"[{quoted(str(type_))}, {quoted(str(name))}, null, {quoted(after)}, null, null]".encode()
    return json.dumps(record).encode()
