"""Another timeline, to read: a database, or JSON lines taken into one of their own. It is never changed."""

from __future__ import annotations

import json
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from scamcli.errors import DatabaseError, masking_errors
from scamcli.store import schema, terms
from scamcli.store.connection import MAGIC, create_file, inode, is_older, load_fast, open_file, plainly
from scamcli.store.jsonl_input import open_lines

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from contextlib import ExitStack

    from scamcli.records.masking import Masker
    from scamcli.store.jsonl_input import JsonLines

ENTITIES = ("metric", "actor", "site")

_WITHOUT_ID = ("event", "")


class Other:
    """A timeline that is only read, as it is at one moment.

    Args:
        name: of its file, for messages.
        connection: open, of this version.
        absent: of records that say only some of their keys: the others. They say nothing of those. ``None`` of a
            database, which has a history.
    """

    def __init__(
        self, name: str, connection: sqlite3.Connection, absent: dict[tuple[str, str], frozenset[str]] | None = None
    ) -> None:
        self.name = name
        self.connection = connection
        self.absent = absent or {}
        self.has_history = absent is None
        self.masker: Masker | None = terms.protected(connection)

    def shown(self, text: str) -> str:
        """A text as it may be printed: the names that are protected there withheld."""
        return self.masker.text(text) if self.masker else text

    def entities(self, type_: str) -> Iterator[tuple[str, str]]:
        """The actors, sites or metrics by name, each with its record."""
        sql = "SELECT name, record FROM term WHERE type = ? AND record IS NOT NULL ORDER BY name"
        return self.connection.execute(sql, [type_])

    def events(self) -> Iterator[tuple[str, str]]:
        """The events by id, each with its record."""
        return self.connection.execute("SELECT id, record FROM event ORDER BY id")

    def records(self, type_: str) -> Iterator[tuple[str, str]]:
        """Those of a type by id or by name."""
        return self.events() if type_ == "event" else self.entities(type_)


def open_other(path: str, stack: ExitStack, progress: Callable[[int, int], None] | None = None) -> Other:
    """Open another timeline to read.

    Args:
        path: of a database or a file of JSON lines; ``-`` is JSON lines on stdin.
        stack: closes what is opened.
        progress: told how much of a file of JSON lines was read.

    Raises:
        DataError: it is not there, cannot be read, or a line of it cannot be taken.
        DatabaseError: it is a database, and damaged, locked, of another program, or of a newer version.
    """
    if path != "-" and _begins(Path(path)) == MAGIC:
        found, absent = stack.enter_context(closing(open_database(Path(path), stack))), None
    else:
        given = open_lines(path, sys.stdin.buffer, stack)
        place = _folder(stack) / "lines.db"
        found = stack.enter_context(closing(_taken_in(given, place, progress)))
        with plainly(place):
            absent = _absent(given, found)
    stack.enter_context(plainly(Path(path)))
    found.execute("BEGIN")
    return Other(path, found, absent)


def _begins(path: Path) -> bytes:
    """The first bytes of a file; none of what is no file."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(MAGIC)) if path.is_file() else b""
    except OSError:
        return b""  # who opens it says why


def _folder(stack: ExitStack) -> Path:
    """A folder for this command alone, gone when it ends."""
    return Path(stack.enter_context(TemporaryDirectory(prefix="scamcli-")))


def open_database(path: Path, stack: ExitStack) -> sqlite3.Connection:
    """A database as it is, to read; of an older version a copy is brought up to this one.

    Raises:
        DatabaseError: it is no timeline, damaged, locked, or of a newer version.
    """
    try:
        found = open_file(path, write=False)
    except DatabaseError as error:
        error.hint = "expected a database that scamcli made" if "--db" in error.hint else error.hint
        raise
    with plainly(path):
        if not is_older(found):
            return found
        from scamcli.store import backup, setup  # on the way of old files alone

        with closing(found):
            copy = _folder(stack) / "copy.db"
            backup.copy(found, copy)
    setup.upgrade(copy)
    return open_file(copy, write=False)


def _taken_in(given: JsonLines, place: Path, progress: Callable[[int, int], None] | None) -> sqlite3.Connection:
    """A database of its own with the records of JSON lines, as an import into an empty one would make it."""
    from scamcli.store.bulk_import import ImportOptions, load  # who reads a database validates nothing
    from scamcli.store.writer import Cause, NewNames, Writer

    found = create_file(place)
    writer = Writer(found, place, NewNames.TAKEN, Cause("import"), inode(place))
    load_fast(found)
    with _only_read(found), writer.transaction(), masking_errors(writer.shown):
        for statement in schema.MADE_NOW:
            found.execute(statement)
        load(writer, [given.records()], ImportOptions(progress=progress))
    return found


@contextmanager
def _only_read(connection: sqlite3.Connection) -> Iterator[None]:
    """Written once, inside, with nothing kept for a machine that fails; and then only read."""
    try:
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")
        yield
        connection.execute("DELETE FROM change_record")  # nobody knows what became of it before
        # what stands for a name that was withheld is no name to withhold
        connection.execute("UPDATE term SET placeholder = NULL WHERE type = 'actor' AND name GLOB '[[]protected-*]'")
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise


def _absent(given: JsonLines, connection: sqlite3.Connection) -> dict[tuple[str, str], frozenset[str]]:
    """Which keys records do not say, where they do not say all of them."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for named, record in _named(given):
        stored = _stored(connection, *named)
        if stored.keys() - record.keys() or named == _WITHOUT_ID:
            found[named] = frozenset(stored.keys() - record.keys())
    if found.pop(_WITHOUT_ID, None) is not None:
        ids = {name for (type_, name), _ in _named(given) if type_ == "event"}
        for (id_,) in connection.execute("SELECT id FROM event"):
            if id_ not in ids:  # it was given one, and says what it does not leave empty
                stored = _stored(connection, "event", id_)
                found["event", id_] = frozenset(key for key, value in stored.items() if value in (None, []))
    return found


def _named(given: JsonLines) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """The records of JSON lines, each with its type and its id or name."""
    for _, text in given.lines():
        record = json.loads(text)
        yield (record["type"], record.get("id" if record["type"] == "event" else "name") or ""), record


def _stored(connection: sqlite3.Connection, type_: str, name: str) -> dict[str, Any]:
    found = terms.known(connection, type_, name) if type_ != "event" else None
    if found:
        return terms.record_of(connection, found[0]) or {}
    row = connection.execute("SELECT record FROM event WHERE id = ?", [name]).fetchone()
    return dict(json.loads(row[0])) if row else {}


def same_file(one: Path, other: str) -> bool:
    """Whether a path is that of a database."""
    try:
        return other != "-" and one.exists() and one.samefile(other)
    except OSError:
        return False
