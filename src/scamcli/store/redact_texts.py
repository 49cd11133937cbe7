"""Remove a name, or the passage of an event, from stored texts and from the origins of events.

A changed text is stored under its new SHA-256, because the hash of the old text would confirm a guess at the name.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

from scamcli.records.text_edits import Edit, Rewriting
from scamcli.store import snapshots
from scamcli.store.history import last_record

if TYPE_CHECKING:
    import sqlite3

    from scamcli.records.masking import Masker


def redact(connection: sqlite3.Connection, masker: Masker, out: frozenset[str]) -> int:
    """Rewrite every text and every origin. Call this before the records lose the names that are redacted.

    The events with ids in ``out`` are removed together with their passages.

    Returns:
        The number of texts that changed.
    """
    keys = connection.execute("SELECT sha256 FROM snapshot ORDER BY rowid").fetchall()
    return sum(_Text(connection, masker, key, out).redact() for (key,) in keys)


def people_by_event(connection: sqlite3.Connection, masker: Masker) -> dict[str, frozenset[int]]:
    """Return, for each event that was read from a text, the people that the text names.

    A text often names somebody once in full and then by one word, and records need not say which of its events are
    about that person.
    """
    found: dict[str, frozenset[int]] = {}
    for key, packed in connection.execute("SELECT sha256, text FROM snapshot").fetchall():
        numbers = snapshots.concerned(connection, masker, key, snapshots.unpacked(packed))
        events = connection.execute("SELECT event FROM origin WHERE snapshot = ?", [key])
        found |= dict.fromkeys((event_id for (event_id,) in events), numbers)
    return found


_OriginRow = tuple[str, int, int, str, str, "str | None"]


class _Text:
    """One text, and the origins that point into it."""

    def __init__(self, connection: sqlite3.Connection, masker: Masker, key: str, out: frozenset[str]) -> None:
        self._connection = connection
        self._masker = masker
        self._key = key
        self._out = out

    def redact(self) -> bool:
        """Rewrite the text, and return whether anything changed."""
        *about, packed = self._connection.execute(
            "SELECT title, outlet, url, text FROM snapshot WHERE sha256 = ?", [self._key]
        ).fetchone()
        before = snapshots.unpacked(packed)
        numbers = snapshots.concerned(self._connection, self._masker, self._key, before)
        moved = Rewriting(before)
        changed = self._take_out(moved)
        self._masker.rewrite(moved, numbers)
        found = [one and self._masker.without(one, numbers) for one in about]
        changed = self._origins(moved) or changed
        if found != about:
            sql = "UPDATE snapshot SET title = ?, outlet = ?, url = ? WHERE sha256 = ?"
            self._connection.execute(sql, [*found, self._key])
        if moved.text != before:
            self._move_pages(moved)
            self._put(moved.text)
        return changed or found != about or moved.text != before

    def _take_out(self, moved: Rewriting) -> bool:
        """Replace the passages of removed events by placeholders."""
        rows = self._connection.execute(
            'SELECT event, start, "end" FROM origin WHERE snapshot = ? ORDER BY start', [self._key]
        ).fetchall()
        found = [row for row in rows if row[0] in self._out]
        for event_id, start, end in found:
            moved.replace([Edit(*moved.span(start, end), f"[{self._masker.ids[event_id]}]")])
            self._connection.execute("DELETE FROM origin WHERE event = ?", [event_id])
        return bool(found)

    def _move_pages(self, moved: Rewriting) -> None:
        """Adjust where pages begin in the text."""
        sql = "SELECT evidence, pages FROM evidence_text WHERE snapshot = ? AND pages IS NOT NULL"
        for evidence, pages in self._connection.execute(sql, [self._key]).fetchall():
            starts = json.dumps([moved.span(at, at)[0] for at in json.loads(pages)])
            sql = "UPDATE evidence_text SET pages = ? WHERE evidence = ? AND snapshot = ?"
            self._connection.execute(sql, [starts, evidence, self._key])

    def _put(self, text: str) -> None:
        """Store the new text under its own key; if that key is in use, merge the two texts."""
        key = snapshots.key_of(text)
        if self._connection.execute("SELECT 1 FROM snapshot WHERE sha256 = ?", [key]).fetchone():
            self._connection.execute("UPDATE origin SET snapshot = ? WHERE snapshot = ?", [key, self._key])
            self._connection.execute(
                "UPDATE OR IGNORE evidence_text SET snapshot = ? WHERE snapshot = ?", [key, self._key]
            )
            self._connection.execute("DELETE FROM snapshot WHERE sha256 = ?", [self._key])
            return
        sql = "UPDATE snapshot SET sha256 = ?, text = ? WHERE sha256 = ?"  # the foreign keys of its origins follow
        self._connection.execute(sql, [key, zlib.compress(text.encode()), self._key])

    def _origins(self, moved: Rewriting) -> bool:
        rows = self._connection.execute(
            'SELECT event, start, "end", reasons, unread, twin FROM origin WHERE snapshot = ?', [self._key]
        ).fetchall()
        changed = [(*new, row[0]) for row in rows if (new := self._origin(row, moved)) != row]
        sql = 'UPDATE origin SET event = ?, start = ?, "end" = ?, reasons = ?, unread = ?, twin = ? WHERE event = ?'
        self._connection.executemany(sql, changed)
        return bool(changed)

    def _origin(self, row: _OriginRow, moved: Rewriting) -> _OriginRow:
        event_id, start, end, reasons, unread, same_as = row
        ids, record = self._masker.ids, last_record(self._connection, event_id) or {}
        masked = tuple(
            snapshots.masked_reason(one, record, self._masker, moved) for one in snapshots.reasons_of(reasons)
        )
        spans = [moved.span(*span) for span in snapshots.unread_of(unread)]
        led = None if same_as is None or same_as in self._out else ids.get(same_as, same_as)
        kept = snapshots.reasons_line(masked), json.dumps(spans), led
        return ids.get(event_id, event_id), *moved.span(start, end), *kept
