"""Open another timeline read-only: a database, or JSON lines imported into a temporary database."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

from scamcli.errors import DatabaseError, masking_errors
from scamcli.store import schema, terms
from scamcli.store.connection import (
    create_file,
    inode,
    is_database,
    is_older,
    open_file,
    translate_sqlite_errors,
    tune_for_bulk_import,
)
from scamcli.store.temporary import temporary_folder

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from contextlib import ExitStack

    from scamcli.records.derivations import Choice
    from scamcli.records.masking import Masker
    from scamcli.records.types import JsonObject
    from scamcli.store.jsonl_input import JsonLines

    RecordName = tuple[str, str]
    """The type and id of an event, or the type and name of an actor, a site or a metric."""

_EVENT_WITHOUT_ID = ("event", "")


class OtherTimeline:
    """A snapshot of a timeline that is only read.

    `missing_keys` are the keys that JSON lines leave out, by record, about which the file says nothing. They are
    ``None`` for a database, which has a history. `counts` are the counts that were chosen for figures of JSON lines
    without one.
    """

    def __init__(
        self,
        name: str,
        connection: sqlite3.Connection,
        missing_keys: dict[RecordName, frozenset[str]] | None = None,
        counts: Counter[Choice] | None = None,
    ) -> None:
        self.name = name
        self.connection = connection
        self.missing_keys = missing_keys or {}
        self.counts = counts or Counter()
        self.has_history = missing_keys is None
        self.masker: Masker | None = terms.protected(connection)

    def shown(self, text: str) -> str:
        """Return a text with the protected names of the other timeline masked."""
        return self.masker.text(text) if self.masker else text

    def records(self, type_: str) -> Iterator[tuple[str, str]]:
        """Yield the events by id, or the actors, sites or metrics by name, each with its canonical JSON."""
        if type_ == "event":
            return self.connection.execute("SELECT id, record FROM event ORDER BY id")
        sql = "SELECT name, record FROM term WHERE type = ? AND record IS NOT NULL ORDER BY name"
        return self.connection.execute(sql, [type_])


def open_other(path: str, stack: ExitStack, progress: Callable[[int, int], None] | None = None) -> OtherTimeline:
    """Open another timeline for reading: a database or a file of JSON lines, where ``-`` is stdin.

    `progress` is called with the number of bytes of JSON lines that were read, and the total.

    Raises:
        DataError: the file does not exist or cannot be read, or one of its lines cannot be imported.
        DatabaseError: the database is damaged, locked, from another program, or from a newer version.
    """
    missing_keys: dict[RecordName, frozenset[str]] | None = None
    counts: Counter[Choice] = Counter()
    if path != "-" and is_database(Path(path)):
        connection = stack.enter_context(closing(open_database(Path(path), stack)))
    else:
        from scamcli.store.jsonl_input import open_lines  # this loads the models, which databases do not need

        lines = open_lines(path, sys.stdin.buffer, stack)
        place = stack.enter_context(temporary_folder()) / "lines.db"
        connection, counts = _import_lines(lines, place, progress)
        stack.enter_context(closing(connection))
        with translate_sqlite_errors(place):
            missing_keys = _missing_keys(lines, connection)
    stack.enter_context(translate_sqlite_errors(Path(path)))
    connection.execute("BEGIN")  # a snapshot, even while others write
    return OtherTimeline(path, connection, missing_keys, counts)


def open_database(path: Path, stack: ExitStack) -> sqlite3.Connection:
    """Open a database for reading. If its version is older, it is copied, and the copy is upgraded.

    Raises:
        DatabaseError: the file is not a timeline, or is damaged, locked, or from a newer version.
    """
    if Path(f"{os.path.realpath(path)}-journal").exists():
        raise DatabaseError(f"{path} has a journal beside it, so it is not whole.", "Ask for `scamcli export jsonl`.")
    try:
        found = open_file(path, write=False)
    except DatabaseError as error:
        error.hint = "Give a database made by scamcli." if "--db" in error.hint else error.hint
        raise
    with translate_sqlite_errors(path):
        if not is_older(found):
            return found
        from scamcli.store import backup, setup  # only needed for old files

        with closing(found):
            copy = stack.enter_context(temporary_folder()) / "copy.db"
            backup.copy(found, copy)
    setup.upgrade(copy)
    return open_file(copy, write=False)


def _import_lines(
    lines: JsonLines, place: Path, progress: Callable[[int, int], None] | None
) -> tuple[sqlite3.Connection, Counter[Choice]]:
    """Import JSON lines into a temporary database, as into an empty timeline, and make it read-only.

    Returns:
        The database, and the counts that were chosen for figures without one.
    """
    from scamcli.store.bulk_import import load  # not at the top, because reading a database needs no validation
    from scamcli.store.writer import Cause, NewNames, Writer

    found = create_file(place)
    try:
        writer = Writer(found, place, NewNames.TAKEN, Cause("import"), inode(place))
        tune_for_bulk_import(found)
        found.execute("PRAGMA journal_mode = MEMORY")  # nothing has to survive a crash
        found.execute("PRAGMA synchronous = OFF")
        with writer.transaction(), masking_errors(writer.shown):
            for statement in schema.statements():
                found.execute(statement)
            load(writer, [lines.records()], progress=progress)
        found.execute("DELETE FROM change_record")  # the import is not part of the records' history
        found.execute("PRAGMA query_only = ON")
    except BaseException:
        found.close()
        raise
    return found, writer.changes.counts


def _missing_keys(lines: JsonLines, connection: sqlite3.Connection) -> dict[RecordName, frozenset[str]]:
    """Return the keys that each line leaves out, except for lines with all keys."""
    found: dict[RecordName, frozenset[str]] = {}
    has_events_without_id = False
    for name, record in _named_records(lines):
        if name == _EVENT_WITHOUT_ID:
            has_events_without_id = True
        elif missing := _stored(connection, *name).keys() - record.keys():
            found[name] = frozenset(missing)
    if has_events_without_id:
        ids = {name for (type_, name), _ in _named_records(lines) if type_ == "event"}
        for (id_,) in connection.execute("SELECT id FROM event"):
            if id_ not in ids:  # the import made this id, so the line is unknown, and empty keys count as missing
                stored = _stored(connection, "event", id_)
                found["event", id_] = frozenset(key for key, value in stored.items() if value in (None, []))
    return found


def _named_records(lines: JsonLines) -> Iterator[tuple[RecordName, JsonObject]]:
    for _, text in lines.lines():
        record = json.loads(text)
        yield (record["type"], record.get("id" if record["type"] == "event" else "name") or ""), record


def _stored(connection: sqlite3.Connection, type_: str, name: str) -> JsonObject:
    term = terms.known(connection, type_, name) if type_ != "event" else None
    if term:
        return cast("JsonObject", terms.record_of(connection, term[0]) or {})
    row = connection.execute("SELECT record FROM event WHERE id = ?", [name]).fetchone()
    return dict(json.loads(row[0])) if row else {}
