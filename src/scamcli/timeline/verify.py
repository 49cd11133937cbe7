"""Verify that a database is intact: pages, references, full-text index, derived tables, and history.

SQLite keeps no checksums of pages, so a flipped bit in a text leaves a valid database with a different text. The
history has the digest of each record, which reveals such damage, and also changes made by other programs.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DatabaseError, ScamcliError
from scamcli.language import dates
from scamcli.records import canonical
from scamcli.records.normalise import parse
from scamcli.store import derived, heads, sealed_content, snapshots, terms
from scamcli.store.connection import begin_writing, is_database, open_file
from scamcli.store.history import last_record, seal_of
from scamcli.store.keys import PROTECTED, SEQUENCE_BITS
from scamcli.timeline import timestamp_check

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scamcli.records.masking import Masker
    from scamcli.records.types import EventDict
    from scamcli.store.heads import Head

_UNREADABLE = (*terms.UNREADABLE, ScamcliError)
"""The exceptions that reading and validating a damaged record can raise."""

SAMPLE_SIZE = 300
"""How many events are looked up in the full-text index."""


class Problem(NamedTuple):
    """Something in a database that was altered, and the record that it belongs to, if any.

    ``part`` is ``file``, ``reference``, ``text``, ``record``, ``name``, ``history``, a type of what is no record
    (``snapshot``, ``origin``, ``backup``, ``timestamp``, ``setting`` or ``redacted``), or ``head`` if the history does
    not continue a given head, which does not mean that the file is damaged.
    """

    part: str
    record: str | None
    reason: str


def problems(
    connection: sqlite3.Connection, masker: Masker | None, *, text: bool = True, against: Head | None = None
) -> Iterator[Problem]:
    """Yield everything that is wrong with a database. All checks see its state at one moment.

    Args:
        connection: The database, open for reading.
        masker: Masks protected names.
        text: Whether SQLite checks the full-text index as well, which locks out writers for a moment.
        against: A head that the history must continue.

    Raises:
        DatabaseError: Another process has been writing for too long.
    """
    try:
        if text:
            yield from _full_text(connection)
        connection.execute("BEGIN")
        found = chain.from_iterable(check(connection) for check in CHECKS)
        for part, record, reason in chain(_against(connection, against), found):
            mask = str if masker is None else masker.text
            yield Problem(part, record and mask(record), mask(reason))
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if "locked" in str(error):
            raise DatabaseError("The database is busy: another process has been writing for too long.") from error
        # The message of a decoding error quotes the text, which may hold a protected name.
        reason = "a text in it is not UTF-8" if "decode" in str(error) else f"SQLite says: {error}"
        yield Problem("file", None, reason)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def damage_of(path: Path) -> DatabaseError | None:
    """Return an error if a database is damaged; ``None`` if it is intact, or if the file is not a database.

    Raises:
        DatabaseError: It cannot be read.
    """
    if not is_database(path):
        return None
    with closing(open_file(path, write=False)) as connection:
        if next(problems(connection, None, text=False), None) is None:
            return None
    return DatabaseError(f"{path} is damaged.", "`scamcli info --verify` says where; restore a backup.")


def _full_text(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Run FTS5's own check, which SQL writes as an insertion (SQLite's FTS5 documentation, section 6.4)."""
    (was,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only = OFF")
    try:
        begin_writing(connection)
        connection.execute("INSERT INTO event_text (event_text, rank) VALUES ('integrity-check', 1)")
        connection.execute("INSERT INTO event_stem (event_stem, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise
        if "readonly" not in str(error):  # on read-only media, the comparison with the records has to suffice
            yield Problem("text", None, f"the full-text index is damaged: {error}")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute(f"PRAGMA query_only = {was}")


def _against(connection: sqlite3.Connection, head: Head | None) -> Iterator[Problem]:
    """Compare the history with a head that was kept elsewhere."""
    reason = None if head is None else heads.reason_against(connection, head)
    if reason is not None:
        yield Problem("head", None, reason)


def _file(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (message,) in connection.execute("PRAGMA integrity_check(20)"):
        if message != "ok":
            yield Problem("file", None, message)


def _references(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Problem("reference", None, f"row {row} of {table} refers to a row of {parent} that does not exist")


def _events(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Compare the rows stored for each event with those that its record gives."""
    names = {term: (type_, name) for term, type_, name in connection.execute("SELECT id, type, name FROM term")}
    rows = connection.execute("SELECT key, id, start, last, sure, kind, draft, record FROM event ORDER BY key")
    for key, id_, *columns, text in rows:
        try:
            record = json.loads(text)
            expected = [*dates.stored_days(record["date"]), record["kind"], record["status"] == "draft"]
            if key >> SEQUENCE_BITS != columns[0]:
                yield Problem("record", id_, "its key does not fit its date")
            if record["id"] != id_ or expected != columns or canonical.line(record) != text:
                yield Problem("record", id_, "its columns differ from its record")
            for what in _derived(connection, key, record, names):
                yield Problem("record", id_, f"{what} differ from its record")
        except _UNREADABLE as error:
            yield Problem("record", id_, f"its record cannot be read: {type(error).__name__}: {error}")


def _forms(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Validate every record, and every earlier version in the history, as if it were added now."""
    for part, sql in (
        ("record", "SELECT id, record FROM event UNION ALL SELECT name, record FROM term WHERE record IS NOT NULL"),
        ("history", "SELECT name, before FROM change_record WHERE before IS NOT NULL"),
    ):
        for name, text in connection.execute(sql):
            try:
                found = parse(json.loads(text))
                if found.model_dump(exclude_unset=True) != found.model_dump():
                    yield Problem(part, name, "a version of it lacks a key")
            except _UNREADABLE as error:
                yield Problem(part, name, f"a version of it is not a valid record: {error}")


def _derived(
    connection: sqlite3.Connection, key: int, record: EventDict, names: dict[int, tuple[str, str]]
) -> Iterator[str]:
    run = connection.execute
    references = {
        (*names.get(term, ("", "")), rel): roles
        for term, rel, roles in run("SELECT term, rel, roles FROM event_term WHERE event = ?", [key])
    }
    if references != derived.references(record):
        yield "its references"
    stored = run("SELECT * FROM figure WHERE event = ? ORDER BY n", [key]).fetchall()
    if [row[1:] for row in stored] != derived.figures(record, dates.stored_days(record["date"])):
        yield "its figures"
    links = run("SELECT n, type, target, figure FROM link WHERE event = ? ORDER BY n", [key]).fetchall()
    if links != derived.links(record):
        yield "its links"
    if run("SELECT title, body, names FROM event_text WHERE rowid = ?", [key]).fetchall() != [derived.texts(record)]:
        yield "its full texts"


def _entities(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Compare the names of each actor, site and metric with its record."""
    for term, type_, name, text in connection.execute("SELECT id, type, name, record FROM term"):
        try:
            record = json.loads(text) if text else None
            forms = connection.execute("SELECT type, level, form FROM name WHERE term = ?", [term]).fetchall()
            if set(forms) != {(type_, *form) for form in terms.forms_of(type_, name, record)}:
                yield Problem("name", name, f"the forms by which this {type_} is found differ from its record")
            if record and (record["type"], record["name"]) != (type_, name):
                yield Problem("record", name, "its columns differ from its record")
        except _UNREADABLE as error:
            yield Problem("record", name, f"its record cannot be read: {type(error).__name__}: {error}")
    orphans = "SELECT count(*) FROM event_text WHERE rowid NOT IN (SELECT key FROM event)"
    (left,) = connection.execute(orphans).fetchone()
    if left:
        yield Problem("text", None, f"{left} texts belong to no event")


def _placeholders(connection: sqlite3.Connection) -> Iterator[Problem]:
    for reason in _wrong_numbers(connection):
        yield Problem("record", None, reason)  # without the name, which may be a protected one


def _wrong_numbers(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the problems with the numbers that mask the names of protected actors."""
    rows = connection.execute(
        f"SELECT placeholder, coalesce({PROTECTED}, 0) FROM term WHERE type = 'actor' OR placeholder NOT NULL"  # noqa: S608 - our words
    )
    for placeholder, protects in rows:
        if protects and placeholder is None:
            yield "the number that masks a protected actor is missing"
        elif protects and not terms.is_number(placeholder):
            most = terms.SPARE - 1
            yield f"the number that masks a protected actor is {placeholder}, which is not between 1 and {most}"
        elif placeholder is not None and not protects:
            yield "a name that is not protected has a number that masks it"
    same = (
        "SELECT placeholder FROM (SELECT placeholder FROM term UNION ALL"  # noqa: S608 - our words
        f" SELECT placeholder FROM ({terms.REMOVED} AND r.successor IS NULL))"
        " WHERE placeholder IS NOT NULL GROUP BY placeholder HAVING count(*) > 1"
    )
    for (placeholder,) in connection.execute(same):
        yield f"two protected actors have the number {placeholder}"


def _texts(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Compare each ingested text with its key, and each passage of an event with its text."""
    for (key,) in connection.execute("SELECT sha256 FROM snapshot").fetchall():
        (packed,) = connection.execute("SELECT text FROM snapshot WHERE sha256 = ?", [key]).fetchone()
        try:
            text = snapshots.unpacked(packed)
        except DatabaseError:
            text = None
        if text is None or snapshots.key_of(text) != key:
            yield Problem("snapshot", None, f"the text {key[:12]} was altered after it was read")
        else:
            yield from _origins(connection, key, len(text))


def _origins(connection: sqlite3.Connection, key: str, length: int) -> Iterator[Problem]:
    rows = connection.execute('SELECT event, start, "end", reasons, unread FROM origin WHERE snapshot = ?', [key])
    for event_id, start, end, reasons, unread in rows.fetchall():
        try:
            spans = [one.span for one in snapshots.reasons_of(reasons)] + list(snapshots.unread_of(unread))
            if not all(0 <= first <= last <= length for first, last in [(start, end), *spans]):
                yield Problem("origin", event_id, "it comes from a passage that its text does not have")
            if last_record(connection, event_id) is None:
                yield Problem("origin", event_id, "a passage is kept for an event that never existed")
        except _UNREADABLE as error:
            yield Problem("origin", event_id, f"where it comes from cannot be read: {type(error).__name__}")


def _searchable(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Look up a sample of events, spread over the whole file, in the full-text index."""
    (count,) = connection.execute("SELECT count(*) FROM event").fetchone()
    step = max(1, count // SAMPLE_SIZE)
    rows = connection.execute("SELECT rowid, title FROM event_text WHERE title <> ''")
    for key, title in islice(rows, 0, None, step):
        word = re.search(r"(?<![^ ])[A-Za-z]{2,}(?![^ ])", title)  # the index does not find parts of longer words
        sql = (
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM event_text WHERE event_text MATCH ?1 AND rowid = ?2)"
            " AND EXISTS (SELECT 1 FROM event_stem WHERE event_stem MATCH ?1 AND rowid = ?2)"
        )
        if word and not connection.execute(sql, [f'"{word[0]}"', key]).fetchone():
            yield Problem("text", None, "the full-text index does not find what it contains")
            return


def _seals(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Compare each change, with its author, time, reason and records, with its seal."""
    for number, seal in connection.execute("SELECT id, seal FROM change ORDER BY id"):
        if seal_of(connection, number) != seal:
            yield Problem("history", None, f"change {number} was altered after it was written")
            return  # all later seals depend on this one


def _unsealed(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Find rows of the history that no seal covers: without a salt, and not those whose leaf a redaction kept."""
    for part, sql in _WITHOUT_SALT.items():
        for number, type_, name in connection.execute(
            f"SELECT * FROM ({sql}) AS r WHERE NOT EXISTS (SELECT 1 FROM redacted_leaf l WHERE l.change = r.change"  # noqa: S608 - our words
            " AND l.part = ? AND l.type = r.type AND l.name = r.name)",
            [part],
        ):
            what = f"the {type_} {name}" if name else "its author or reason"
            yield Problem("history", name or None, f"change {number} has a row about {what} that no seal covers")


_WITHOUT_SALT = {
    "change": "SELECT id AS change, '' AS type, '' AS name FROM change WHERE salt IS NULL",
    "record": "SELECT change, type, name FROM change_record WHERE salt IS NULL",
    "content": "SELECT change, type, name FROM change_content WHERE salt IS NULL",
}
"""The rows of the history without a salt, by their part of a change."""


def _history(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Compare each record with the versions that its history gives."""
    rows = connection.execute(
        "SELECT type, name, change, before, after, CASE type"
        "  WHEN 'event' THEN (SELECT record FROM event WHERE id = r.name)"
        "  ELSE (SELECT record FROM term WHERE term.type = r.type AND term.name = r.name) END"
        " FROM change_record r ORDER BY type, name, change"
    )
    last = None
    for (type_, name, change, before, after, present), following in pairwise(chain(rows, [None])):
        if before is not None and (type_, name) != last:  # only the row that made a version seals it
            yield Problem(
                "history", name, f"change {change} found a version that no earlier change made; another program did"
            )
        last = type_, name
        # The version after a change is the one before the next change to the same record, or else the present record.
        is_same_record = following is not None and following[:2] == last
        text = following[3] if is_same_record else present
        if (None if text is None else canonical.digest(text)) != after:
            reason = f"it is not what change {change} made of it; another program changed it, or the file is damaged"
            yield Problem("history", name, reason)


def _content(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Compare what is stored besides records with what the history says that it became."""
    for found in sealed_content.differences(connection):
        yield Problem(found.type, found.name, found.reason)


def _timestamps(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Check kept timestamps again."""
    for name, reason in timestamp_check.problems(connection):
        yield Problem("timestamp", name, reason)


def _without_history(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Find records that no change in the history added."""
    for (name,) in connection.execute(
        "SELECT id FROM event WHERE NOT EXISTS"
        "  (SELECT 1 FROM change_record r WHERE r.type = 'event' AND r.name = event.id)"
        " UNION ALL SELECT name FROM term WHERE record IS NOT NULL AND NOT EXISTS"
        "  (SELECT 1 FROM change_record r WHERE r.type = term.type AND r.name = term.name)"
    ):
        yield Problem("history", name, "no change brought it in, so another program did")


CHECKS = (
    _file, _references, _forms, _events, _searchable, _entities, _placeholders, _texts, _history, _seals, _unsealed,
    _content, _timestamps, _without_history,
)  # fmt: skip
"""The checks that read the database at one moment, in the order in which their problems are listed."""
