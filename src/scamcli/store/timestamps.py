"""Keep timestamps of heads: the replies of authorities, and the numbers of the requests that were made here."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from scamcli.store import sealed_content
from scamcli.store.heads import Head

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scamcli.store.history import History


class KeptTimestamp(NamedTuple):
    """A timestamp as it is stored.

    Attributes:
        head: the head that got it, or ``None`` if its change is missing.
        change: the number of that change.
        at: the time in UTC, according to the authority.
        authority: the name in the certificate of the authority.
        reply: what the authority sent (RFC 3161).
    """

    head: Head | None
    change: int
    at: str
    authority: str
    reply: bytes


def imprint(head: Head) -> bytes:
    """Return the SHA-256 of a head as `log --head > head.txt` writes it."""
    return sha256(file_of(head)).digest()


def file_of(head: Head) -> bytes:
    """Return the content of the file that `log --head > head.txt` writes."""
    return f"{head}\n".encode()


def head_with(connection: sqlite3.Connection, wanted: bytes) -> Head | None:
    """Return the head of the present or an earlier state of this history that has an imprint."""
    rows = connection.execute("SELECT id, seal FROM change WHERE seal NOT NULL ORDER BY id DESC")
    return next((head for head in map(Head._make, rows) if imprint(head) == wanted), None)


def remember_request(connection: sqlite3.Connection, nonce: int, change: int) -> None:
    """Record the number of a request, inside a transaction."""
    connection.execute("INSERT INTO timestamp_request (nonce, change) VALUES (?, ?)", [f"{nonce:x}", change])


def requested(connection: sqlite3.Connection, change: int) -> set[int]:
    """Return the numbers of the requests that were made for the head of a change."""
    rows = connection.execute("SELECT nonce FROM timestamp_request WHERE change = ?", [change])
    return {int(nonce, 16) for (nonce,) in rows}


def keep(history: History, timestamp: KeptTimestamp) -> bool:
    """Keep a timestamp, and append it to the change. Return whether it was not there yet."""
    name = sha256(timestamp.reply).hexdigest()
    done = history.connection.execute(
        "INSERT INTO timestamp (sha256, change, at, authority, reply) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [name, *timestamp[1:]],
    )
    if done.rowcount:
        sealed_content.note(history, "timestamp", name)
    return bool(done.rowcount)


def kept(connection: sqlite3.Connection) -> Iterator[KeptTimestamp]:
    """Yield the timestamps, in the order of the changes whose heads got them."""
    rows = connection.execute(
        "SELECT seal, change, t.at, authority, reply FROM timestamp t LEFT JOIN change c ON c.id = change"
        " ORDER BY change, t.at, sha256"
    )
    for seal, change, *others in rows:
        yield KeptTimestamp(None if seal is None else Head(change, seal), change, *others)
