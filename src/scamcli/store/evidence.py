"""The rows of evidence files: where each comes from, which events it belongs to, and what happened to it.

The files themselves are in the folder beside the database (`evidence_folder.py`).
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import json
import re
from contextlib import closing, suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import DatabaseError, DataError, NotFoundError, quote
from scamcli.store import evidence_folder, sealed_content, snapshots
from scamcli.store.connection import begin_writing, open_file, translate_sqlite_errors
from scamcli.store.history import last_record, merged_into

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from scamcli.records.masking import Masker
    from scamcli.store.evidence_folder import Copied, Staging
    from scamcli.store.history import History

SHORTEST = 4
"""The shortest beginning of a SHA-256 that names a file."""


class Collected(NamedTuple):
    """How a file was collected. Values that are not known are ``None``.

    Attributes:
        source: who published it or handed it over.
        url: its web address.
        collected_by: who saved it.
        collected_at: when, in EDTF or as a time in UTC.
        method: how, such as ``screen recording``.
        tool: the program and its version.
        note: anything else, or how a working copy differs from its original.
    """

    source: str | None = None
    url: str | None = None
    collected_by: str | None = None
    collected_at: str | None = None
    method: str | None = None
    tool: str | None = None
    note: str | None = None


class Put(NamedTuple):
    """What became of a file that was added: whether the file, this source and each event were new."""

    sha256: str
    is_new: bool
    is_new_source: bool
    new_events: tuple[str, ...]


def is_kept(connection: "sqlite3.Connection", sha256: str) -> bool:
    """Return whether a file belongs in the folder."""
    sql = "SELECT 1 FROM evidence WHERE sha256 = ? AND removed IS NULL"
    return connection.execute(sql, [sha256]).fetchone() is not None


def finish(database: "Path") -> None:
    """Finish or revert what killed processes left beside a database, unless it is busy or cannot be written."""
    folder = evidence_folder.folder_of(database)
    if not evidence_folder.has_orphans(folder):
        return
    with (
        suppress(DatabaseError, OSError),
        closing(open_file(database, write=True)) as connection,
        translate_sqlite_errors(database),
    ):
        begin_writing(connection)
        evidence_folder.recover(folder, lambda sha256: is_kept(connection, sha256))
        connection.execute("ROLLBACK")


def settle_staging(database: "Path", made: "Staging") -> None:
    """Settle a staging folder of this process, in a write transaction of its own.

    Raises:
        DatabaseError: the database cannot be written.
    """
    if not database.exists():  # it was to be created
        evidence_folder.settle(made.folder, made.own, lambda _: False)
        return
    with closing(open_file(database, write=True)) as connection, translate_sqlite_errors(database):
        begin_writing(connection)
        evidence_folder.settle(made.folder, made.own, lambda sha256: is_kept(connection, sha256))
        connection.execute("ROLLBACK")


def find(connection: "sqlite3.Connection", text: str) -> str:
    """Return the SHA-256 of the file that a text names: the beginning of it, or the name of the file.

    Raises:
        NotFoundError: no file has it, or several have.
    """
    if re.fullmatch(rf"[0-9a-f]{{{SHORTEST},64}}", text.lower()):
        start = text.lower()
        sql = "SELECT sha256 FROM evidence WHERE sha256 >= ? AND sha256 <= ? LIMIT 4"
        found = [sha256 for (sha256,) in connection.execute(sql, [start, start + "g"])]
        if found:
            return _only(text, found)
    rows = connection.execute("SELECT DISTINCT evidence FROM evidence_source WHERE name = ? LIMIT 4", [text])
    return _only(text, [sha256 for (sha256,) in rows])


def _only(text: str, found: "Sequence[str]") -> str:
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFoundError(f"No evidence file {quote(text)}.", "`scamcli evidence list` lists them.")
    listed = ", ".join(one[:12] for one in found[:3]) + (" …" if len(found) > 3 else "")
    raise NotFoundError(f"{quote(text)} matches several evidence files: {listed}.", "Give more digits.")


def find_kept(connection: "sqlite3.Connection", text: str) -> str:
    """Return the SHA-256 of the file that a text names, unless it was removed.

    Raises:
        NotFoundError: no file has it, several have, or the file was removed.
    """
    sha256 = find(connection, text)
    if not is_kept(connection, sha256):
        hint = f"`scamcli evidence show {sha256[:12]}` says why."
        raise NotFoundError(f"{quote(text)} was removed.", hint)
    return sha256


def name_of(connection: "sqlite3.Connection", sha256: str) -> str:
    """Return the name that a file had when it was first added."""
    sql = "SELECT name FROM evidence_source WHERE evidence = ? ORDER BY n LIMIT 1"
    row = connection.execute(sql, [sha256]).fetchone()
    return str(row[0]) if row else sha256


def original_of(connection: "sqlite3.Connection", sha256: str) -> str | None:
    """Return the original of a working copy, or ``None`` for any other file."""
    row = connection.execute("SELECT derived_from FROM evidence WHERE sha256 = ?", [sha256]).fetchone()
    return None if row is None else row[0]


class EvidenceWriter:
    """Writes the rows of evidence in an open transaction, and notes in the history what happened to each file."""

    def __init__(self, connection: "sqlite3.Connection", history: "History") -> None:
        self._connection = connection
        self._history = history

    def is_needed(self, copied: "Copied") -> bool:
        """Return whether the folder does not have the content of a copy yet."""
        return not is_kept(self._connection, copied.sha256)

    def put(
        self, copied: "Copied", collected: Collected, events: "Iterable[str]" = (), original: str | None = None
    ) -> Put:
        """Add the rows of a file, or only its new source and events if there is a file with the same content.

        Args:
            copied: the file.
            collected: how it was collected.
            events: ids of the events that it is evidence of.
            original: the SHA-256 of the original, if the file is a working copy.

        Raises:
            DataError: the same content is there as an original, or as a copy of something else.
        """
        is_new = self.is_needed(copied)
        self._require_same_original(copied, original)
        self._connection.execute(
            "INSERT INTO evidence (sha256, size, media_type, derived_from) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (sha256) DO UPDATE SET removed = NULL",
            [copied.sha256, copied.size, copied.media_type, original],
        )
        is_new_source = self._put_source(copied, collected)
        linked = tuple(id_ for id_ in events if self._link(copied.sha256, id_))
        if is_new:
            self._note(copied.sha256, "derived" if original else "added", original)
        elif is_new_source:
            self._note(copied.sha256, "described")
        elif linked:
            self._note(copied.sha256, "linked")
        return Put(copied.sha256, is_new, is_new_source, linked)

    def _require_same_original(self, copied: "Copied", original: str | None) -> None:
        row = self._connection.execute("SELECT derived_from FROM evidence WHERE sha256 = ?", [copied.sha256]).fetchone()
        if row is not None and row[0] != original:
            was = f"a working copy of {row[0][:12]}" if row[0] else "an original"
            wanted = f"a working copy of {original[:12]}" if original else "an original"
            raise DataError(f"{copied.name} is there as {was}, so it cannot be {wanted}.")

    def _put_source(self, copied: "Copied", collected: Collected) -> bool:
        values = [copied.name, *collected]
        same = " AND ".join(f"{column} IS ?" for column in sealed_content.DESCRIPTION)
        sql = f"SELECT 1 FROM evidence_source WHERE evidence = ? AND {same}"  # noqa: S608 - our words
        if self._connection.execute(sql, [copied.sha256, *values]).fetchone():
            return False
        self._connection.execute(
            "INSERT INTO evidence_source VALUES (?1,"
            " (SELECT coalesce(max(n) + 1, 0) FROM evidence_source WHERE evidence = ?1), ?, ?, ?, ?, ?, ?, ?, ?)",
            [copied.sha256, *values],
        )
        return True

    def _link(self, sha256: str, event_id: str) -> bool:
        sql = "INSERT OR IGNORE INTO evidence_event VALUES (?, ?)"
        return self._connection.execute(sql, [sha256, event_id]).rowcount > 0

    def remove(self, sha256: str, reason: str) -> None:
        """Replace the row of a file by a tombstone, which keeps its hash, what is known about it, and the reason."""
        self._connection.execute("UPDATE evidence SET removed = ? WHERE sha256 = ?", [reason, sha256])
        self._note(sha256, "removed")

    def note_restored(self, sha256: str) -> None:
        """Note that a file was missing or altered, and is back."""
        self._note(sha256, "restored")

    def hand_over(self, sha256: str, to: str) -> None:
        """Note that a file was copied for somebody, or to some place."""
        self._note(sha256, "handed over", to)

    def read_from(self, sha256: str, snapshot: str, pages: "Sequence[int]") -> bool:
        """Note which text was read from a file, and return whether this is new.

        Args:
            sha256: of the file.
            snapshot: the key of the text.
            pages: where each page begins in the text, in characters; empty if the file has no pages.
        """
        sql = "INSERT OR IGNORE INTO evidence_text VALUES (?, ?, ?)"
        values = [sha256, snapshot, json.dumps(list(pages)) if pages else None]
        if not self._connection.execute(sql, values).rowcount:
            return False
        self._note(sha256, "read")
        return True

    def _note(self, sha256: str, action: str, detail: str | None = None) -> None:
        change = self._history.begin()
        sql = "INSERT OR REPLACE INTO custody VALUES (?, ?, ?, ?)"
        self._connection.execute(sql, [sha256, change, action, detail])
        note(self._history, self._connection, sha256)


def note(history: "History", connection: "sqlite3.Connection", sha256: str) -> None:
    """Have the history seal everything that is known about a file now."""
    history.note_contents("evidence", [(sha256, sealed_content.evidence_content(connection, sha256))])


def people_in(connection: "sqlite3.Connection", masker: "Masker", found: dict[str, Any]) -> frozenset[int]:
    """Return the people that a file may show, by its `content`: those of its events, texts, sources and original."""
    ids = [id_ for (id_,) in found["events"]]
    people: frozenset[int] = frozenset()
    for key, _ in found["texts"]:
        (packed,) = connection.execute("SELECT text FROM snapshot WHERE sha256 = ?", [key]).fetchone()
        people |= snapshots.concerned(connection, masker, key, snapshots.unpacked(packed))
    for id_ in ids:
        people |= masker.present(last_record(connection, id_) or {})
    for value in (*chain.from_iterable(found["sources"]), found["removed"]):
        people |= masker.named_in(value or "")
    if found["derived_from"]:
        people |= people_in(connection, masker, sealed_content.evidence_content(connection, found["derived_from"]))
    return people


def of_event(connection: "sqlite3.Connection", event_id: str) -> list[str]:
    """Return the files that are evidence of an event, or of an event that was merged into it."""
    ids = [event_id, *merged_into(connection, "event", event_id)]
    sql = (
        "SELECT evidence FROM evidence_event WHERE event = ?1 UNION SELECT evidence FROM evidence_text"
        " JOIN origin ON origin.snapshot = evidence_text.snapshot WHERE origin.event = ?1"
    )
    found = [sha256 for id_ in ids for (sha256,) in connection.execute(sql, [id_])]
    return sorted(dict.fromkeys(found))
