"""What a command changed, by whom, when and why: one change a command, appended in the same transaction.

A row keeps the record as it was before, and the digest of what it became; what it became in full is the next row of
the same record, or the record. So an insert costs a name and a digest, and nothing is kept twice.
"""

# Annotations that are text, the fields of named tuples, would be compiled at every start: they are none here.

import json
import sqlite3
from json.encoder import encode_basestring_ascii
from typing import Any, NamedTuple

from scamcli.records.canonical import digest

MADE = ("init", "upgrade")
"""Commands whose changes `undo` leaves alone unless they are named: nobody entered them by hand."""


class Cause(NamedTuple):
    """What is written of a change."""

    command: str
    by: str | None = None
    """Whose change it is; ``None`` is the user of this machine's account."""
    reason: str | None = None
    undoes: int | None = None


class Gone(NamedTuple):
    """A record that was there, and is not any more."""

    change: int
    record: dict[str, Any]
    successor: str | None
    """What it was merged into."""


def user() -> str:
    """The name of the user of this machine's account."""
    import getpass  # neither this nor the clock is on the way of every reader

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def now() -> str:
    """This moment, as changes have it: UTC, to the second."""
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class History:
    """Appends one change to the history of an open transaction, once something changes.

    Args:
        connection: inside a transaction.
        cause: what is written of the change.
    """

    def __init__(self, connection: sqlite3.Connection, cause: Cause) -> None:
        self.connection = connection
        self.cause = cause
        self.number: int | None = None
        """The change's number, once something was changed."""
        self.is_late = False
        """Whether this machine's clock is behind the last change's time, which is written instead."""

    def begin(self) -> int:
        """The number of this change, which is begun where it was not."""
        if self.number is None:
            row = self.connection.execute("SELECT at FROM change ORDER BY id DESC LIMIT 1").fetchone()
            clock, last = now(), row[0] if row else ""
            self.is_late = last > clock
            (self.number,) = self.connection.execute(
                "INSERT INTO change (at, author, command, reason, undoes) VALUES (?, ?, ?, ?, ?) RETURNING id",
                [max(clock, last), self.cause.by or user(), self.cause.command, self.cause.reason, self.cause.undoes],
            ).fetchone()
        return self.number

    def seal(self) -> None:
        """Seal this change, once all of it is noted."""
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
        """Append what became of a record.

        Args:
            type_: event, actor, site or metric.
            name: an event's id, else the name.
            before: its canonical JSON before; ``None``: it was not there.
            after: its canonical JSON after; ``None``: it was removed.
            successor: what it was merged into.
            placeholder: the number that stood for its name while it was protected.
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
        """Whether this change made a record."""
        sql = "SELECT before IS NULL FROM change_record WHERE change = ? AND type = ? AND name = ?"
        row = self.connection.execute(sql, [self.number, type_, name]).fetchone()
        return bool(row and row[0])

    def take_back(self, type_: str, name: str) -> None:
        """Forget what this change noted of a record that it made."""
        sql = "DELETE FROM change_record WHERE change = ? AND type = ? AND name = ?"
        self.connection.execute(sql, [self.number, type_, name])

    def note_new(self, type_: str, made: list[tuple[str, str]]) -> None:
        """Append that records were made whose names nobody had, in this change or before.

        Args:
            type_: event, actor, site or metric.
            made: an event's id, else the name; and the canonical JSON.
        """
        number = self.begin()
        self.connection.executemany(
            "INSERT INTO change_record (change, type, name, after) VALUES (?, ?, ?, ?)",
            [(number, type_, name, digest(after)) for name, after in made],
        )


def current(connection: sqlite3.Connection, type_: str, name: str) -> str | None:
    """The canonical record that is there now, of an event by its id, else by its own name."""
    if type_ == "event":
        row = connection.execute("SELECT record FROM event WHERE id = ?", [name]).fetchone()
    else:
        row = connection.execute("SELECT record FROM term WHERE type = ? AND name = ?", [type_, name]).fetchone()
    return row[0] if row else None


def gone(connection: sqlite3.Connection, type_: str, name: str) -> Gone | None:
    """The record that had this id or name, where it was removed, undone or merged; ``None`` where it was not."""
    row = connection.execute(
        "SELECT change, before, successor, after FROM change_record WHERE type = ? AND name = ?"
        " ORDER BY change DESC LIMIT 1",
        [type_, name],
    ).fetchone()
    if row is None or row[3] is not None or row[1] is None:
        return None
    return Gone(row[0], json.loads(row[1]), row[2])


def placeholder_name(connection: sqlite3.Connection, text: str) -> str | None:
    """Whom ``[protected-N]`` stands for, or stood for."""
    digits = text.removeprefix("[protected-").removesuffix("]")
    if not (text.startswith("[protected-") and text.endswith("]") and digits.isascii() and digits.isdigit()):
        return None
    row = connection.execute(
        "SELECT name FROM term WHERE placeholder = ?1 UNION ALL"
        " SELECT * FROM (SELECT name FROM change_record WHERE placeholder = ?1 ORDER BY change DESC)",
        [int(digits[:18])],
    ).fetchone()
    return row[0] if row else None


def successor(connection: sqlite3.Connection, type_: str, name: str) -> str | None:
    """What a merged record leads to; ``None`` where it was never merged, or is there again."""
    met, found = {name}, gone(connection, type_, name)
    while found is not None and found.successor is not None and found.successor not in met:
        met.add(found.successor)
        name, found = found.successor, gone(connection, type_, found.successor)
    return name if len(met) > 1 else None


def merged_into(connection: sqlite3.Connection, type_: str, name: str) -> list[str]:
    """The ids or names that lead to this one, over as many steps as there are; also where it is gone itself."""
    found = [name]
    for one in found:
        sql = "SELECT name FROM change_record WHERE successor = ? AND type = ?"
        for (other,) in connection.execute(sql, [one, type_]).fetchall():
            was = gone(connection, type_, other)
            if other not in found and was is not None and was.successor == one:
                found.append(other)
    return sorted(found[1:])


def seal(connection: sqlite3.Connection, number: int) -> None:
    """Write the seal of a change: the digest of all that is kept of it, and of the seal of the change before it."""
    connection.execute("UPDATE change SET seal = ? WHERE id = ?", [seal_of(connection, number), number])


def seal_of(connection: sqlite3.Connection, number: int) -> str:
    """What the seal of a change must be."""
    from hashlib import sha256

    row = connection.execute(
        "SELECT id, at, author, command, reason, undoes,"
        " (SELECT seal FROM change b WHERE b.id < c.id ORDER BY b.id DESC LIMIT 1) FROM change c WHERE id = ?",
        [number],
    ).fetchone()
    found = sha256(json.dumps(row).encode())
    for record in connection.execute(
        "SELECT type, name, before, after, successor, placeholder FROM change_record WHERE change = ?"
        " ORDER BY type, name",
        [number],
    ):
        found.update(_line(record))
    return found.hexdigest()[:16]


def _line(record: tuple[Any, ...]) -> bytes:
    """What a seal holds of a row: its JSON, which for one of the million that an import makes is put together here."""
    type_, name, before, after, successor, placeholder = record
    if before is None and successor is None and placeholder is None and isinstance(after, str):
        quoted = encode_basestring_ascii
        return f"[{quoted(type_)}, {quoted(name)}, null, {quoted(after)}, null, null]".encode()
    return json.dumps(record).encode()
