"""Store the texts that were read, each once and in full, and the passage that each event comes from.

Both remain when their event is removed, because the event can be restored from the history; only a redaction removes
anything from them. A text is masked as a whole before it leaves this module, and all offsets refer to the masked text,
so that no offset reveals the length of a masked name.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import json
import sqlite3
import zlib
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DatabaseError, DataError
from scamcli.ingest.proposal import Document, Grade, Metadata, Proposal, Reason, Span
from scamcli.records.text_edits import Rewriting
from scamcli.store.history import current, last_record, merged_into, now, successor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scamcli.records.masking import Masker
    from scamcli.store.history import History


MOST = 160 * 1024 * 1024
"""The longest text in bytes: twice the longest article in characters, at four bytes each, because masks lengthen it."""


class OriginalFile(NamedTuple):
    """The evidence file that a text was read from, and where each page begins in the text."""

    sha256: str
    name: str
    pages: tuple[int, ...]

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page that a place in the text is on, or ``None`` if the file has no pages."""
        return max(bisect_right(self.pages, offset), 1) if self.pages else None


class Snapshot(NamedTuple):
    """A text that was read, in printable form.

    Attributes:
        sha256: the SHA-256 of the stored text.
        at: when the text was first read.
        about: metadata of its publication.
        text: the full text.
        files: the files that it was read from, as far as they are kept.
    """

    sha256: str
    at: str
    about: Metadata
    text: str
    files: tuple[OriginalFile, ...] = ()


class Origin(NamedTuple):
    """Where a draft comes from. All offsets refer to the text of the given snapshot.

    Attributes:
        event: the printed id of the draft.
        snapshot: the text.
        passage: the span of the entry within the text.
        reasons: the reasons for every field that has a value.
        unread: the numbers that are in no figure.
        same_as: the id of an event that seemed to describe the same thing.
    """

    event: str
    snapshot: Snapshot
    passage: Span
    reasons: tuple[Reason, ...]
    unread: tuple[Span, ...]
    same_as: str | None

    @property
    def text(self) -> str:
        """The passage."""
        return self.words(self.passage)

    def words(self, span: Span) -> str:
        """Return the text of a span."""
        return self.snapshot.text[span.start : span.end]


def key_of(text: str) -> str:
    """Return the SHA-256 under which a text is stored.

    Raises:
        DataError: the text cannot be encoded in UTF-8.
    """
    from hashlib import sha256

    try:
        return sha256(text.encode()).hexdigest()
    except UnicodeEncodeError:
        raise DataError("The text has half of a surrogate pair; expected valid Unicode.") from None


def put(history: "History", document: Document, *, anew: bool = False) -> str:
    """Store a text if it is new, and return its key. With ``anew``, replace the stored metadata of its publication."""
    from scamcli.store import sealed_content  # not at the top, because readers do not need it

    key, connection = key_of(document.text), history.connection
    if anew:
        sql = "UPDATE snapshot SET title = ?, outlet = ?, url = ?, published = ? WHERE sha256 = ?"
        connection.execute(sql, [*document.about, key])
    connection.execute(
        "INSERT OR IGNORE INTO snapshot (sha256, at, title, outlet, url, published, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [key, now(), *document.about, zlib.compress(document.text.encode())],
    )
    sealed_content.note(history, "snapshot", key)
    return key


def put_origins(history: "History", key: str, drafts: "Iterable[Proposal]", same_as: "Mapping[str, str]") -> None:
    """Store where new drafts come from: the text with a key; ``same_as`` is by id, as in `drafts.Kept`."""
    from scamcli.store import sealed_content

    rows = [
        (id_, key, *draft.passage, reasons_line(draft.reasons), json.dumps(draft.unread), same_as.get(id_))
        for draft in drafts
        for id_ in [draft.record["id"]]
    ]
    history.connection.executemany("INSERT OR REPLACE INTO origin VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    sealed_content.note(history, "origin", *(row[0] for row in rows))


def reasons_line(reasons: tuple[Reason, ...]) -> str:
    """Return reasons in their stored form."""
    kept = [
        {
            "field": one.field,
            "start": one.span.start,
            "end": one.span.end,
            "rule": one.rule,
            "grade": str(one.grade),
            **({"reader": one.reader} if one.reader else {}),
        }
        for one in reasons
    ]
    return json.dumps(kept, ensure_ascii=False)


def reasons_of(line: str) -> tuple[Reason, ...]:
    """Parse stored reasons."""
    return tuple(
        Reason(one["field"], Span(one["start"], one["end"]), one["rule"], Grade(one["grade"]), one.get("reader", ""))
        for one in json.loads(line)
    )


def masked_reason(reason: Reason, record: "Mapping[str, object]", masker: "Masker", moved: Rewriting) -> Reason:
    """Return a reason of a field of a record with names masked, and with its place in the masked text."""
    field, rule, reader = masker.field(record, reason.field), masker.text(reason.rule), masker.text(reason.reader)
    return Reason(field, Span(*moved.span(*reason.span)), rule, reason.grade, reader)


def unread_of(line: str) -> tuple[Span, ...]:
    """Parse the stored spans of numbers that are in no figure."""
    return tuple(Span(start, end) for start, end in json.loads(line))


_FILES = (
    "SELECT sha256, (SELECT name FROM evidence_source WHERE evidence = sha256 ORDER BY n LIMIT 1), pages"
    " FROM evidence_text JOIN evidence ON sha256 = evidence_text.evidence"
    " WHERE snapshot = ? AND removed IS NULL ORDER BY sha256"
)


class Reader:
    """Reads the snapshots of one database, each only once, with protected names masked."""

    def __init__(self, connection: sqlite3.Connection, masker: "Masker | None") -> None:
        self._connection = connection
        self._masker = masker
        self._read_texts: dict[str, tuple[Snapshot, Rewriting]] = {}

    def snapshot(self, key: str) -> Snapshot:
        """Return the snapshot with a key.

        Raises:
            DatabaseError: the text cannot be read.
        """
        return self._read(key)[0]

    def origin(self, event_id: str) -> Origin | None:
        """Return where an event comes from, or ``None`` if it does not come from a text."""
        row = self._connection.execute(
            'SELECT snapshot, start, "end", reasons, unread, twin FROM origin WHERE event = ?', [event_id]
        ).fetchone()
        if row is None:
            return None
        key, start, end, reasons, unread, same_as = row
        snapshot, moved = self._read(key)
        return Origin(
            self._id(event_id), snapshot, Span(*moved.span(start, end)), self._reasons(event_id, reasons, moved),
            tuple(Span(*moved.span(*span)) for span in unread_of(unread)), self._existing_twin(event_id, same_as),
        )  # fmt: skip

    def _existing_twin(self, event_id: str, same_as: str | None) -> str | None:
        """Return the existing event that seems to be the same as a draft, unless it was merged into the draft."""
        if same_as is None:
            return None
        led = successor(self._connection, "event", same_as) or same_as
        is_there = led != event_id and current(self._connection, "event", led) is not None
        return self._id(led) if is_there else None

    def _reasons(self, event_id: str, line: str, moved: Rewriting) -> tuple[Reason, ...]:
        found = reasons_of(line)
        if self._masker is None:
            return found
        record = last_record(self._connection, event_id) or {}
        return tuple(masked_reason(one, record, self._masker, moved) for one in found)

    def _read(self, key: str) -> tuple[Snapshot, Rewriting]:
        if key in self._read_texts:
            return self._read_texts[key]
        at, *about, text = self._connection.execute(
            "SELECT at, title, outlet, url, published, text FROM snapshot WHERE sha256 = ?", [key]
        ).fetchone()
        plain = unpacked(text)
        moved = Rewriting(plain)
        numbers: frozenset[int] = frozenset()
        if self._masker is not None:
            numbers = concerned(self._connection, self._masker, key, plain)
            about[:3] = (one and self._masker.without(one, numbers) for one in about[:3])
            self._masker.rewrite(moved, numbers)
        files = tuple(self._file(row, moved, numbers) for row in self._connection.execute(_FILES, [key]))
        self._read_texts[key] = Snapshot(key, at, Metadata(*about), moved.text, files), moved
        return self._read_texts[key]

    def _file(self, row: tuple[str, str, str | None], moved: Rewriting, numbers: frozenset[int]) -> OriginalFile:
        sha256, name, pages = row
        shown = self._masker.without(name, numbers) if self._masker else name
        return OriginalFile(sha256, shown, tuple(moved.span(at, at)[0] for at in json.loads(pages or "[]")))

    def _id(self, event_id: str) -> str:
        if self._masker is None:
            return event_id
        record = last_record(self._connection, event_id)
        return str(self._masker.record(record)["id"]) if record else self._masker.text(event_id)


def unpacked(text: bytes) -> str:
    """Unpack a stored text.

    Raises:
        DatabaseError: the text is damaged.
    """
    inflating = zlib.decompressobj()
    try:
        plain = inflating.decompress(text, MOST)
        if inflating.eof and not inflating.unused_data:
            return plain.decode()
    except (zlib.error, UnicodeDecodeError):
        pass
    raise DatabaseError("The database is damaged: a text in it cannot be read.", "Restore a backup.")


def concerned(connection: sqlite3.Connection, masker: "Masker", key: str, text: str) -> frozenset[int]:
    """Return the people named in a text or in one of its events: every word of their names is masked in the text."""
    found = masker.named_in(text)
    for (event_id,) in connection.execute("SELECT event FROM origin WHERE snapshot = ?", [key]).fetchall():
        found |= masker.present(last_record(connection, event_id) or {})
    return found


def origins_of(connection: sqlite3.Connection, event_id: str, masker: "Masker | None" = None) -> list[Origin]:
    """Return the origin of an event, then the origins of events that were merged into it."""
    reader = Reader(connection, masker)
    origins = (reader.origin(one) for one in (event_id, *merged_into(connection, "event", event_id)))
    return [origin for origin in origins if origin is not None]


def read(connection: sqlite3.Connection, key: str, masker: "Masker | None" = None) -> Snapshot | None:
    """Return the snapshot with a key, or ``None`` if there is none."""
    there = connection.execute("SELECT 1 FROM snapshot WHERE sha256 = ?", [key]).fetchone()
    return Reader(connection, masker).snapshot(key) if there else None
