"""Whether a file is whole: its pages, its references, its full text, what is derived from its records, its history.

SQLite keeps no checksum of a page, so a bit that flips inside a text is a valid database with another text. The
history has the digest of every record, by which that is found, and also what another program has changed.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import DatabaseError, ScamcliError
from scamcli.records import canonical
from scamcli.store import derived, schema, snapshots, terms
from scamcli.store.connection import begin_writing, open_file
from scamcli.store.history import seal_of
from scamcli.store.keys import SEQUENCE_BITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scamcli.records.masking import Masker

_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError, ScamcliError)
"""What reading a record raises that is not as it was written."""


SAMPLED = 300
"""How many events are looked for in full text."""


class Problem(NamedTuple):
    """Something that is not as it was written.

    Attributes:
        part: file, reference, text, record, name, history, snapshot or origin.
        record: the id or name of the record; ``None`` where it is the file's.
        reason: what is wrong.
    """

    part: str
    record: str | None
    reason: str


def problems(connection: sqlite3.Connection, masker: Masker | None, *, text: bool = True) -> Iterator[Problem]:
    """Everything that is wrong with a database, of one moment of it.

    Args:
        connection: open for reading.
        masker: what withholds protected names.
        text: whether full text is checked by SQLite as well, which takes the lock of a writer for a moment.

    Raises:
        DatabaseError: another process has been writing for too long.
    """
    shown = (lambda found: found) if masker is None else lambda found: _masked(found, masker)
    try:
        if text:
            yield from _full_text(connection)
        connection.execute("BEGIN")
        for check in (_file, _tables, _references, _events, _found, _entities, _texts, _history, _seals, _lost):
            for found in check(connection):
                yield shown(found)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if "locked" in str(error):
            raise DatabaseError("the database is busy: another process has been writing for too long") from error
        told = "a text in it is no UTF-8" if "decode" in str(error) else f"SQLite says: {error}"  # it quotes the text
        yield Problem("file", None, told)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def damage_of(path: Path) -> DatabaseError | None:
    """Return an error that says that a database is damaged, or ``None`` if it is not.

    Raises:
        DatabaseError: It cannot be read.
    """
    with closing(open_file(path, write=False)) as connection:
        damaged = next(problems(connection, None, text=False), None) is not None
    hint = "`scamcli info --verify` says where; restore a backup"
    return DatabaseError(f"{path} is damaged", hint) if damaged else None


def _masked(found: Problem, masker: Masker) -> Problem:
    return Problem(found.part, found.record and masker.text(found.record), masker.text(found.reason))


def _full_text(connection: sqlite3.Connection) -> Iterator[Problem]:
    """FTS5's own check, which is written as an insertion (SQLite's FTS5 documentation, section 6.4)."""
    (was,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only = OFF")
    try:
        begin_writing(connection)
        connection.execute("INSERT INTO event_text (event_text, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise
        if "readonly" not in str(error):  # on read-only media the comparison with the records must do
            yield Problem("text", None, f"the full-text index is damaged: {error}")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute(f"PRAGMA query_only = {was}")


def _file(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (said,) in connection.execute("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield Problem("file", None, said)


def _references(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Problem("reference", None, f"row {row} of {table} refers to a row of {parent} that is not there")


def _events(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Each event's tables against what its record gives."""
    names = {term: (type_, name) for term, type_, name in connection.execute("SELECT id, type, name FROM term")}
    rows = connection.execute("SELECT key, id, start, last, sure, kind, draft, record FROM event ORDER BY key")
    for key, id_, *columns, text in rows:
        try:
            record = json.loads(text)
            given = [*derived.days(record), record["kind"], record["status"] == "draft"]
            if key >> SEQUENCE_BITS != columns[0]:
                yield Problem("record", id_, "its place in time is not that of its date")
            if record["id"] != id_ or given != columns or canonical.line(record) != text:
                yield Problem("record", id_, "its columns are not those of its record")
            yield from (
                Problem("record", id_, f"{what} differ from its record")
                for what in _derived(connection, key, record, names)
            )
        except _UNREADABLE as error:
            yield Problem("record", id_, f"its record cannot be read: {type(error).__name__}: {error}")


def _derived(
    connection: sqlite3.Connection, key: int, record: dict[str, Any], names: dict[int, tuple[str, str]]
) -> Iterator[str]:
    run = connection.execute
    stored: Any = {
        (*names.get(term, ("", "")), rel): roles
        for term, rel, roles in run("SELECT term, rel, roles FROM event_term WHERE event = ?", [key])
    }
    if stored != derived.references(record):
        yield "its references"
    stored = run("SELECT * FROM figure WHERE event = ? ORDER BY n", [key]).fetchall()
    if [row[1:] for row in stored] != derived.figures(record):
        yield "its figures"
    if run("SELECT n, type, target, figure FROM link WHERE event = ? ORDER BY n", [key]).fetchall() != derived.links(
        record
    ):
        yield "its links"
    if run("SELECT title, body, names FROM event_text WHERE rowid = ?", [key]).fetchall() != [derived.texts(record)]:
        yield "its full texts"


def _entities(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Each actor's, site's and metric's forms against its record."""
    for term, type_, name, text, placeholder in connection.execute(
        "SELECT id, type, name, record, placeholder FROM term"
    ):
        try:
            record = json.loads(text) if text else None
            forms = connection.execute("SELECT level, form FROM name WHERE term = ?", [term]).fetchall()
            if set(forms) != terms.forms_of(type_, name, record):
                yield Problem("name", name, f"the forms by which this {type_} is found differ from its record")
            if record and (record["type"], record["name"]) != (type_, name):
                yield Problem("record", name, "its columns are not those of its record")
            if bool((record or {}).get("protected")) != (placeholder is not None):
                reason = "an actor's protection is not that of its record"
                yield Problem("record", None, reason)  # not by its name: it may be one to withhold
        except _UNREADABLE as error:
            yield Problem("record", name, f"its record cannot be read: {type(error).__name__}: {error}")
    orphans = "SELECT count(*) FROM event_text WHERE rowid NOT IN (SELECT key FROM event)"
    (left,) = connection.execute(orphans).fetchone()
    if left:
        yield Problem("text", None, f"{left} texts belong to no event")


def _texts(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Each text that was read against its key, and each passage that an event comes from against its text."""
    for (key,) in connection.execute("SELECT sha256 FROM snapshot").fetchall():
        (packed,) = connection.execute("SELECT text FROM snapshot WHERE sha256 = ?", [key]).fetchone()
        try:
            text = snapshots.unpacked(packed)
        except DatabaseError:
            text = None
        if text is None or snapshots.key_of(text) != key:
            yield Problem("snapshot", None, f"the text {key[:12]} is not as it was read")
        else:
            yield from _origins(connection, key, len(text))


def _origins(connection: sqlite3.Connection, key: str, length: int) -> Iterator[Problem]:
    rows = connection.execute('SELECT event, start, "end", reasons, unread FROM origin WHERE snapshot = ?', [key])
    for event_id, start, end, reasons, unread in rows.fetchall():
        try:
            spans = [one.span for one in snapshots.reasons_of(reasons)] + list(snapshots.unread_of(unread))
            if not all(0 <= first <= last <= length for first, last in [(start, end), *spans]):
                yield Problem("origin", event_id, "it comes from a passage that its text has not")
            if snapshots.told(connection, event_id) is None:
                yield Problem("origin", event_id, "a passage is kept of an event that never was")
        except _UNREADABLE as error:
            yield Problem("origin", event_id, f"where it comes from cannot be read: {type(error).__name__}")


def _tables(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Every table, index and trigger against those of a new database."""
    sql = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE '%sqlite_%'"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as new:
        for statement in schema.MADE_NOW:
            new.execute(statement)
        wanted = set(new.execute(sql))
    there = set(connection.execute(sql))
    for type_, name, _ in sorted(wanted - there):
        yield Problem("file", None, f"the {type_} {name} is not there, or is another")
    for type_, name, _ in sorted(there - wanted, key=lambda row: row[:2]):
        if name not in {other for _, other, _ in wanted}:
            yield Problem("file", None, f"the {type_} {name} is another program's")


def _found(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Whether full text finds events by what it holds of them, at up to a few hundred places over the whole file."""
    (count,) = connection.execute("SELECT count(*) FROM event").fetchone()
    step = max(1, count // SAMPLED)
    rows = connection.execute("SELECT rowid, title FROM event_text WHERE title <> ''").fetchall()[::step]
    for key, title in rows:
        word = re.search(r"(?<![^ ])[A-Za-z]{2,}(?![^ ])", title)  # a part of a longer word is not found by itself
        sql = "SELECT 1 FROM event_text WHERE event_text MATCH ? AND rowid = ?"
        if word and not connection.execute(sql, [f'"{word[0]}"', key]).fetchone():
            yield Problem("text", None, "the full-text index does not find what it holds")
            return


def _seals(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Each change, by whom, when, how and why, and all that it touched, against its seal."""
    for number, seal in connection.execute("SELECT id, seal FROM change ORDER BY id").fetchall():
        if seal_of(connection, number) != seal:
            yield Problem("history", None, f"change {number} is not as it was written")
            return  # the seals after it rest on it


def _history(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Each record against what its history says that it became, change by change."""
    rows = connection.execute(
        "SELECT type, name, change, before, after, CASE type"
        "  WHEN 'event' THEN (SELECT record FROM event WHERE id = r.name)"
        "  ELSE (SELECT record FROM term WHERE term.type = r.type AND term.name = r.name) END"
        " FROM change_record r ORDER BY type, name, change"
    )
    last: tuple[Any, ...] | None = None
    for row in rows:
        if last is not None:
            same = last[:2] == row[:2]
            yield from _became(last, row[3] if same else last[5])
        last = row
    if last is not None:
        yield from _became(last, last[5])


def _became(row: tuple[Any, ...], text: str | None) -> Iterable[Problem]:
    """What a change made of a record, against what was there next."""
    _, name, change, _, after, _ = row
    found = None if text is None else canonical.digest(text)
    if found != after:
        reason = f"it is not what change {change} made of it; another program changed it, or the file is damaged"
        yield Problem("history", name, reason)


def _lost(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Records of which the history knows nothing."""
    for (name,) in connection.execute(
        "SELECT id FROM event WHERE NOT EXISTS"
        "  (SELECT 1 FROM change_record r WHERE r.type = 'event' AND r.name = event.id)"
        " UNION ALL SELECT name FROM term WHERE record IS NOT NULL AND NOT EXISTS"
        "  (SELECT 1 FROM change_record r WHERE r.type = term.type AND r.name = term.name)"
    ):
        yield Problem("history", name, "no change brought it in; another program did")
