"""Write records: an event with its index rows, or an actor, site or metric with the forms of its names.

Both record their changes in the history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from scamcli.language import dates
from scamcli.records import canonical, masking
from scamcli.store import derived, terms
from scamcli.store.keys import SEQUENCE_BITS, Level

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from scamcli.records.types import EventDict
    from scamcli.store.derived import Columns, Reference
    from scamcli.store.history import History


class EventWriter:
    """Writes complete events in an open transaction, and caches the numbers of terms."""

    def __init__(self, connection: sqlite3.Connection, history: History) -> None:
        self.connection = connection
        self._history = history
        self._terms = _Terms(connection)
        self._sequence: dict[int, int] = {}

    def put(self, record: EventDict) -> None:
        """Insert an event, or replace the one with its id; on the same date, it keeps its place within the day."""
        row = self.connection.execute("SELECT key, record FROM event WHERE id = ?", [record["id"]]).fetchone()
        old, before = row or (None, None)
        if before == canonical.line(record):
            return
        if old is not None:
            self._clear(old)
        same_day = old is not None and old >> SEQUENCE_BITS == dates.stored_days(record["date"])[0]
        self._insert(record, old if same_day else None, before)

    def rewrite(self, event_id: str, record: EventDict) -> None:
        """Replace an event by a record that may have another id, without recording this in the history."""
        (key,) = self.connection.execute("SELECT key FROM event WHERE id = ?", [event_id]).fetchone()
        self._clear(key)
        self._insert_rows(record, key)

    def take_out(self, event_id: str) -> None:
        """Delete an event and the terms that only it referred to, without recording this in the history."""
        (key,) = self.connection.execute("SELECT key FROM event WHERE id = ?", [event_id]).fetchone()
        self._clear(key)

    def insert(self, record: EventDict) -> None:
        """Insert an event with an unused id."""
        self._insert(record, None, None)

    def insert_all(self, columns: Columns) -> None:
        """Insert events in order whose ids were never used."""
        self._write([self._key(event[1]) for event in columns.events], columns)
        self._history.note_new("event", [(event[0], event[-1]) for event in columns.events])

    def delete(self, event_id: str, successor: str | None = None) -> None:
        """Delete an event and the terms that only it used. ``successor`` is the id of the event it was merged into."""
        row = self.connection.execute("SELECT key, record FROM event WHERE id = ?", [event_id]).fetchone()
        if row is not None:
            self._clear(row[0])
            self._history.note("event", event_id, row[1], None, successor=successor)

    def forget(self) -> None:
        """Empty the caches after a part of the transaction was rolled back."""
        self._terms.clear()
        self._sequence.clear()

    def _clear(self, key: int) -> None:
        found = self.connection.execute("SELECT DISTINCT term FROM event_term WHERE event = ?", [key]).fetchall()
        for table in ("event_term", "figure", "link"):  # a bulk import checks no foreign keys, so nothing cascades
            self.connection.execute(f"DELETE FROM {table} WHERE event = ?", [key])  # noqa: S608 - our words
        self.connection.execute("DELETE FROM event WHERE key = ?", [key])
        self.connection.execute("DELETE FROM event_stem WHERE rowid = ?", [key])  # first, because it reads the other
        self.connection.execute("DELETE FROM event_text WHERE rowid = ?", [key])
        unused = terms.forget_unused(self.connection, [term for (term,) in found])
        self.connection.executemany("DELETE FROM name WHERE term = ?", [(term,) for term in unused])
        if unused:
            self._terms.clear()

    def _insert(self, record: EventDict, key: int | None, before: str | None) -> None:
        text = self._insert_rows(record, self._key(dates.stored_days(record["date"])[0]) if key is None else key)
        self._history.note("event", record["id"], before, text)

    def _insert_rows(self, record: EventDict, key: int) -> str:
        columns, text = derived.columns(), canonical.line(record)
        derived.add(columns, record, text)
        self._write([key], columns)
        return text

    def _write(self, keys: list[int], columns: Columns) -> None:
        many, numbers = self.connection.executemany, self._terms
        many(
            "INSERT INTO event (key, id, start, last, sure, kind, draft, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(key, *event) for key, event in zip(keys, columns.events, strict=True)],
        )
        many(
            "INSERT INTO event_term (term, rel, event, roles) VALUES (?, ?, ?, ?)",
            [
                (numbers[reference], reference[2], key, bits)
                for key, listed in zip(keys, columns.references, strict=True)
                for reference, bits in listed.items()
            ],
        )
        for table, width, rows in (("figure", 29, columns.figures), ("link", 5, columns.links)):
            sql = f"INSERT INTO {table} VALUES ({', '.join('?' * width)})"  # noqa: S608 - constant text
            many(sql, [(key, *row) for key, listed in zip(keys, rows, strict=True) for row in listed])
        texts = [(key, *columns) for key, columns in zip(keys, columns.texts, strict=True)]
        many("INSERT INTO event_text (rowid, title, body, names) VALUES (?, ?, ?, ?)", texts)
        many("INSERT INTO event_stem (rowid, c0, c1, c2) VALUES (?, ?, ?, ?)", texts)

    def _key(self, start: int) -> int:
        first = start << SEQUENCE_BITS
        if start not in self._sequence:
            (top,) = self.connection.execute(
                "SELECT max(key) FROM event WHERE key BETWEEN ? AND ?", [first, first + (1 << SEQUENCE_BITS) - 1]
            ).fetchone()
            self._sequence[start] = first if top is None else top + 1
        else:
            self._sequence[start] += 1
        return self._sequence[start]


class _Terms(dict["Reference", int]):
    """The numbers of the terms that events refer to. A number is looked up when it is first needed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection

    def __missing__(self, reference: Reference) -> int:
        type_, name, _ = reference
        found = terms.by_form(self._connection, type_, Level.NAME, name)
        self[reference] = found[0][0] if found else terms.put(self._connection, type_, name)
        return self[reference]


_WHOLE_INDEXES = (
    "SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND tbl_name IN ('event', 'event_term')"
    " AND sql NOT LIKE '% WHERE %' ORDER BY rowid"
)
"""The indexes that one sort at the end builds faster: not on other tables, and no partial ones with few rows."""


class PostponedIndexes:
    """The indexes of events that an import into an empty timeline builds at its end, in one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._statements: list[str] = []

    def drop(self) -> None:
        """Drop the indexes if the timeline has no events yet."""
        if self._connection.execute("SELECT EXISTS (SELECT 1 FROM event)").fetchone()[0]:
            return
        for name, statement in self._connection.execute(_WHOLE_INDEXES).fetchall():
            self._connection.execute(f'DROP INDEX main."{name}"')
            self._statements.append(statement)

    def build(self) -> None:
        """Build the indexes that were dropped. Without them, everything but inserting new events would be slow."""
        if self._statements:
            self._connection.execute("PRAGMA shrink_memory")  # a sort takes as much again as the page cache
            self._connection.execute("PRAGMA cache_size = -16384")
        for statement in self._statements:
            self._connection.execute(statement)
        self._statements.clear()


class StoredEntity(NamedTuple):
    """A stored name: its number, N of ``[protected-N]`` if it is protected, and its JSON if it has a record."""

    id: int
    placeholder: int | None
    record: str | None


def find_entity(connection: sqlite3.Connection, type_: str, name: str) -> StoredEntity | None:
    """Return the stored term with a name; aliases are not considered."""
    sql = "SELECT id, placeholder, record FROM term WHERE type = ? AND name = ?"
    row = connection.execute(sql, [type_, name]).fetchone()
    return StoredEntity(*row) if row else None


class EntityWriter:
    """Writes actors, sites and metrics in an open transaction."""

    def __init__(self, connection: sqlite3.Connection, history: History) -> None:
        self.connection = connection
        self._history = history

    def put(self, record: Mapping[str, object], placeholder: int | None = None) -> None:
        """Insert or replace the record with a type and name.

        Args:
            record: the complete record, as its model returns it.
            placeholder: the number that masks its name if it is protected; by default, one is chosen.
        """
        type_, name = str(record["type"]), str(record["name"])
        if record.get("protected"):
            masking.check_names([name, *cast("list[str]", record["aliases"])])
        before = find_entity(self.connection, type_, name) or StoredEntity(0, None, None)
        terms.put(self.connection, type_, name, record, placeholder)
        self._history.note(type_, name, before.record, canonical.line(record), placeholder=before.placeholder)
        if before.placeholder is not None or record.get("protected"):
            self.note_number(name, before.placeholder)

    def note_number(self, name: str, before: int | None) -> None:
        """Append the number that masks a name to the change, if it is not the one before."""
        from scamcli.store import sealed_content  # not at the top, because most records are not protected

        now = find_entity(self.connection, "actor", name)
        if (now and now.placeholder) != before:
            sealed_content.note(self._history, "mask", name)

    def take_back(self, record: Mapping[str, object]) -> None:
        """Delete a record that this change created and nothing refers to, also from the history."""
        type_, name = str(record["type"]), str(record["name"])
        where = "(SELECT id FROM term WHERE type = ? AND name = ?)"
        self.connection.execute(f"DELETE FROM name WHERE term IN {where}", [type_, name])  # noqa: S608 - constant text
        self.connection.execute("DELETE FROM term WHERE type = ? AND name = ?", [type_, name])
        self._history.take_back(type_, name)
        if record.get("protected"):
            self.note_number(name, 0)

    def remove(self, term: int, successor: str | None = None) -> None:
        """Remove the record of a term that nothing refers to."""
        type_, name, before, number = self.connection.execute(
            "SELECT type, name, record, placeholder FROM term WHERE id = ?", [term]
        ).fetchone()
        self.connection.execute("DELETE FROM term WHERE id = ?", [term])
        self._history.note(type_, name, before, None, successor=successor, placeholder=number)
        if number is not None:
            self.note_number(name, number)
