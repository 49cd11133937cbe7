"""The history: what each command changed, by whom, when and why.

Each command makes one change, which is appended in the same transaction. A row of a change keeps the record as it was
before, and the digest of the result. The resulting text is in the next row for the same record or, if there is none, in
the record itself. So an insert costs only a name and a digest, and nothing is stored twice.

A change is sealed. Each of its rows has a leaf: the SHA-256 of a random salt and the JSON of the row. The seal is the
SHA-256 of the seal before it, of its leaves in order (the change itself, its records, its other content), and of their
number. The row of a record is sealed without the record as it was before: the row of the change that made that version
has its digest. So whoever shows a record and its row need not show earlier versions.

A redaction keeps the leaf of a row and its position, and destroys the salt, so nobody can guess the old row from the
leaf, but all seals stay valid. What the row is now is sealed by the change of the redaction.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of `ChangeInfo` at every start.

import json
import os
import sqlite3
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING, Any, TypedDict

from scamcli.records import canonical
from scamcli.records.canonical import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SALT_BYTES = 16
"""The size of the salt of a leaf: no salt can be guessed, and no two are the same."""

SEALED_ROWS = {
    "change": "SELECT '', '', salt, id, at, author, command, reason, undoes, resealed FROM change WHERE id = ?",
    "record": "SELECT type, name, salt, before, after, successor, placeholder FROM change_record WHERE change = ?",
    "content": "SELECT type, name, salt, after FROM change_content WHERE change = ?",
}
"""The rows of a change by the part that they are of: type, name, salt, and what else is sealed."""

RESEALED, WITHOUT_BEFORE = 1, 2
"""Flags in the column ``resealed`` of a change: made with short seals and sealed again by an upgrade; sealed without
earlier versions of its records. The first changes with whole seals lack the second flag."""

MADE = ("init", "upgrade")
"""Commands whose changes `undo` skips unless given their number, because nobody entered these records by hand."""


StoredRecord = dict[str, Any]
"""A record read from the database. It has the keys of its type, which only the caller knows."""


class ChangeInfo(TypedDict, total=False):
    """What the history records about a change besides its records: keyword arguments of all write methods.

    Attributes:
        author: who makes the change; by default the user's login name.
        reason: why it is made.
    """

    author: str | None
    reason: str | None


class Cause:
    """The author, command and reason of a change."""

    def __init__(
        self, command: str, by: str | None = None, reason: str | None = None, undoes: int | None = None
    ) -> None:
        self.command = command
        self.by = by
        """The author of the change; ``None`` means the user of this machine."""
        self.reason = reason
        self.undoes = undoes


class RemovedRecord:
    """A record that was removed, undone or merged."""

    def __init__(self, change: int, record: StoredRecord, successor: str | None) -> None:
        self.change = change
        self.record = record
        self.successor = successor
        """The id or name of the record that this one was merged into."""


def user() -> str:
    """Return the name of this machine's user."""
    import getpass  # not at the top, because readers do not need it

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def now() -> str:
    """Return the current time in the form used in changes: UTC, to the second."""
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class History:
    """Appends one change to the history in an open transaction, as soon as something changes."""

    def __init__(self, connection: sqlite3.Connection, cause: Cause) -> None:
        self.connection = connection
        self.cause = cause
        self.number: int | None = None
        """The number of the change, after something has changed."""
        self.is_late = False
        """Whether the previous change has a later time than this one, because one of the clocks was wrong."""

    def begin(self) -> int:
        """Begin the change if it has not begun yet, and return its number."""
        if self.number is None:
            row = self.connection.execute("SELECT at FROM change ORDER BY id DESC LIMIT 1").fetchone()
            # The time of the clock, even if it is before the last change, whose clock may have been wrong. The comment
            # in ``tables.sql`` describes an earlier rule, and cannot be changed, because SQLite keeps it.
            clock = now()
            self.is_late = row is not None and row[0] > clock
            (self.number,) = self.connection.execute(
                "INSERT INTO change (at, author, command, reason, undoes, resealed, salt)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
                [
                    clock,
                    self.cause.by or user(),
                    self.cause.command,
                    self.cause.reason,
                    self.cause.undoes,
                    WITHOUT_BEFORE,
                    _salt(),
                ],
            ).fetchone()
        return self.number

    def seal(self) -> None:
        """Seal this change. Call this after everything has been appended."""
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
        """Append what happened to a record, with its canonical JSON before and after, or ``None`` if it did not exist.

        The other columns of the row are described in ``tables.sql``.
        """
        if before == after:
            return
        became = None if after is None else digest(after)
        self.connection.execute(
            "INSERT INTO change_record (change, type, name, before, after, successor, placeholder, salt)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (change, type, name)"
            " DO UPDATE SET after = excluded.after, successor = excluded.successor",
            [self.begin(), type_, name, before, became, successor, placeholder, _salt()],
        )

    def note_contents(self, type_: str, contents: "Iterable[tuple[str, Mapping[str, object] | None]]") -> None:
        """Append that things other than records were added or changed, by name, or removed if there is no content.

        `sealed_content.stored` must yield the same contents for this type and these names, because `info --verify`
        compares the two.
        """
        number, rows = self.begin(), []
        for name, content in contents:
            salt = _salt()
            rows.append((number, type_, name, None if content is None else salted(salt, canonical.line(content)), salt))
        self.connection.executemany(
            "INSERT OR REPLACE INTO change_content (change, type, name, after, salt) VALUES (?, ?, ?, ?, ?)", rows
        )

    def has_made(self, type_: str, name: str) -> bool:
        """Return whether this change created a record."""
        sql = "SELECT before IS NULL FROM change_record WHERE change = ? AND type = ? AND name = ?"
        row = self.connection.execute(sql, [self.number, type_, name]).fetchone()
        return bool(row and row[0])

    def take_back(self, type_: str, name: str) -> None:
        """Delete the row of this change for a record that it created."""
        sql = "DELETE FROM change_record WHERE change = ? AND type = ? AND name = ?"
        self.connection.execute(sql, [self.number, type_, name])

    def drop_if_empty(self) -> None:
        """Delete this change if everything that it created was taken back."""
        sql = "DELETE FROM change WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM change_record WHERE change = ?1)"
        without_contents = " AND NOT EXISTS (SELECT 1 FROM change_content WHERE change = ?1)"
        if self.connection.execute(sql + without_contents, [self.number]).rowcount:
            self.number = None

    def note_new(self, type_: str, made: list[tuple[str, str]]) -> None:
        """Append that records (id or name, canonical JSON) were created, whose ids or names were never used before."""
        number, noise = self.begin(), os.urandom(SALT_BYTES * len(made))  # all salts at once, which is faster
        salts = (noise[at : at + SALT_BYTES] for at in range(0, len(noise), SALT_BYTES))
        self.connection.executemany(
            "INSERT INTO change_record (change, type, name, after, salt) VALUES (?, ?, ?, ?, ?)",
            [(number, type_, name, digest(after), salt) for (name, after), salt in zip(made, salts, strict=True)],
        )


def current(connection: sqlite3.Connection, type_: str, name: str) -> str | None:
    """Return a record's current canonical JSON by an event's id or by name, or ``None`` if it does not exist."""
    if type_ == "event":
        row = connection.execute("SELECT record FROM event WHERE id = ?", [name]).fetchone()
    else:
        row = connection.execute("SELECT record FROM term WHERE type = ? AND name = ?", [type_, name]).fetchone()
    return row[0] if row else None


def versions(
    connection: sqlite3.Connection, type_: str, name: str
) -> list[tuple[int, str, str | None, str | None, str | None]]:
    """Return the changes of a record, oldest first: number, command, JSON before and after, and its successor.

    The JSON is ``None`` where the record did not exist. The successor is what the record was merged into.
    """
    rows = connection.execute(
        "SELECT c.id, c.command, r.before, r.after IS NULL, r.successor"
        " FROM change_record r JOIN change c ON c.id = r.change WHERE r.type = ? AND r.name = ? ORDER BY c.id",
        [type_, name],
    ).fetchall()
    if not rows:  # the record never existed, or another program wrote it
        return []
    following = [*(row[2] for row in rows[1:]), current(connection, type_, name)]
    return [
        (number, command, before, None if is_gone else after, successor)
        for (number, command, before, is_gone, successor), after in zip(rows, following, strict=True)
    ]


def undone(connection: sqlite3.Connection) -> dict[int, int]:
    """Map each change that is now undone to the change that undid it, latest first. An undo may itself be undone."""
    found: dict[int, int] = {}
    # Only a later change can undo one. In an altered file, changes may undo themselves or each other.
    sql = "SELECT undoes, max(id) FROM change WHERE undoes < id GROUP BY undoes ORDER BY undoes DESC"
    for number, later in connection.execute(sql):
        if later not in found:
            found[number] = later
    return found


def find_removed(connection: sqlite3.Connection, type_: str, name: str) -> RemovedRecord | None:
    """Return the last record that had an id or name if it was removed, undone or merged, or ``None`` otherwise."""
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
    """Return the id or name that a merged record redirects to, or ``None`` if it was not merged or exists again."""
    met, found = {name}, find_removed(connection, type_, name)
    while found is not None and found.successor is not None and found.successor not in met:
        met.add(found.successor)
        name, found = found.successor, find_removed(connection, type_, found.successor)
    return name if len(met) > 1 else None


def merged_into(connection: sqlite3.Connection, type_: str, name: str) -> list[str]:
    """Return the ids or names that redirect to this one, directly or indirectly, even if it no longer exists."""
    found = [name]
    for one in found:
        sql = "SELECT name FROM change_record WHERE successor = ? AND type = ?"
        for (other,) in connection.execute(sql, [one, type_]).fetchall():
            was = find_removed(connection, type_, other)
            if other not in found and was is not None and was.successor == one:
                found.append(other)
    return sorted(found[1:])


def salted(salt: bytes, line: str) -> str:
    """Return the SHA-256 of a salt and of the canonical JSON of a content, which tells nobody without the salt."""
    from hashlib import sha256  # most reads need no digest

    return sha256(salt + line.encode()).hexdigest()


def _salt() -> bytes:
    return os.urandom(SALT_BYTES)


def seal(connection: sqlite3.Connection, number: int) -> None:
    """Write the seal of a change."""
    connection.execute("UPDATE change SET seal = ? WHERE id = ?", [seal_of(connection, number), number])


def seal_of(connection: sqlite3.Connection, number: int) -> str:
    """Compute the correct seal of a change: the SHA-256 of the seal before, of its leaves and of their number."""
    from hashlib import sha256

    row = connection.execute("SELECT seal FROM change WHERE id < ? ORDER BY id DESC LIMIT 1", [number]).fetchone()
    found, count = sha256(f"{row[0] if row else None}\n".encode()), 0
    for one in leaves(connection, number):
        found.update(one)
        count += 1
    found.update(str(count).encode())
    return found.hexdigest()


def leaves(connection: sqlite3.Connection, number: int) -> "Iterator[bytes]":
    """Return an iterator over the leaves of a change in order, including those of redacted rows."""
    from hashlib import sha256

    kept = kept_leaves(connection, number)
    hashes = (sha256(salt + line).digest() for _, salt, line in sealed_rows(connection, number))
    return _in_order(kept, hashes) if kept else hashes


def kept_leaves(connection: sqlite3.Connection, number: int) -> dict[int, bytes]:
    """Return the leaves of a change whose rows were redacted, by position."""
    sql = "SELECT position, leaf FROM redacted_leaf WHERE change = ? ORDER BY position"
    return dict(connection.execute(sql, [number]).fetchall())


def sealed_rows(connection: sqlite3.Connection, number: int) -> "Iterator[tuple[tuple[str, str, str], bytes, bytes]]":
    """Yield the rows of a change that were not redacted, in order: part, type and name; salt; JSON."""
    flags = connection.execute("SELECT resealed FROM change WHERE id = ?", [number]).fetchone()
    is_short = flags is not None and bool(flags[0] & WITHOUT_BEFORE)
    for part, sql in SEALED_ROWS.items():
        order = "" if part == "change" else " ORDER BY type, name"
        for type_, name, salt, *values in connection.execute(f"{sql} AND salt NOT NULL{order}", [number]):
            yield (part, type_, name), salt, sealed_line(part, type_, name, values[is_short and part == "record" :])


def _in_order(kept: dict[int, bytes], hashes: "Iterator[bytes]") -> "Iterator[bytes]":
    """Yield all leaves of a change: the kept ones at their positions, and the others in the places between them."""
    position = 0
    for one in hashes:
        while position in kept:
            yield kept.pop(position)
            position += 1
        yield one
        position += 1
    yield from kept.values()


def sealed_line(part: str, type_: str, name: str, values: list[object]) -> bytes:
    """Return the JSON of a row in the form that is sealed."""
    if part == "record" and len(values) == 3:
        after, *others = values
        if isinstance(after, str) and others == [None, None]:
            # An import creates up to a million such rows, so their JSON is put together by hand, which is faster.
            quoted = encode_basestring_ascii
            return f'["record", {quoted(type_)}, {quoted(name)}, {quoted(after)}, null, null]'.encode()
    return json.dumps([part, type_, name, *values]).encode()
