"""Opening a database, and what can be wrong with it.

A reader is opened read-write with ``query_only``: ``mode=ro`` on a WAL database leaves files behind and fails on
read-only media, where ``immutable`` is right if nobody is writing.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.errors import DatabaseError, NoTimelineError
from scamcli.store import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY_SECONDS = 10.0
LOADING_CACHE = 64 * 1024
"""KiB of pages that are held in memory while very much is written."""

UNFINISHED = 1
"""``user_version`` of a file whose free pages or journal still hold what was redacted."""

OLDEST_SQLITE = (3, 37, 0)  # STRICT tables

MAGIC = b"SQLite format 3\x00"
"""How the file of a database begins."""

_REASONS = (
    (
        "locked",
        "is busy: another process has been writing to it for too long",
        "try again when it has finished",
    ),
    (
        "busy",
        "is busy: another process has been writing to it for too long",
        "try again when it has finished",
    ),
    (
        "not a database",
        "is not a SQLite database",
        "name another file with --db, or make one with `scamcli init PATH`",
    ),
    ("decode", "is damaged: a text in it is no UTF-8", "restore a backup; the file was left as it is"),
    ("malformed", "is damaged", "restore a backup; the file was left as it is"),
    (
        "disk is full",
        "could not be written: the disk is full",
        "nothing was changed; free some space and try again",
    ),
    (
        "readonly",
        "cannot be written: the file or its folder is read-only",
        "nothing was changed; copy it elsewhere",
    ),
    ("unable to open", "cannot be opened", "check that the folder exists and that you may write to it"),
    (
        "disk i/o",
        "could not be read or written: the disk reported an error",
        "check the disk, or restore a backup",
    ),
)


def said(error: sqlite3.Error, path: Path) -> DatabaseError:
    """SQLite's failure in plain words."""
    text = str(error)
    for word, what, hint in _REASONS:
        if word in text.lower():
            return DatabaseError(f"{path} {what}", hint)
    return DatabaseError(f"{path}: SQLite says: {text}")


@contextmanager
def translate_sqlite_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite raises inside into a ``DatabaseError``."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise DatabaseError(f"{path} is damaged", "restore a backup; the file was left as it is") from error
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.InterfaceError):
            raise
        raise said(error, path) from error


@contextmanager
def closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    """Close a connection where what is done inside fails."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def open_file(path: Path, *, write: bool) -> sqlite3.Connection:
    """Open the database that is there, and check that it is one of ours.

    Raises:
        DatabaseError: it is absent, not ours, of a newer version, damaged, busy or unreadable.
    """
    _check_file(path)
    with translate_sqlite_errors(path):
        connection = _connect(path, write=write)
        with closed_on_error(connection):
            _check_version(connection, path)
        if write:
            share(connection)
        else:
            connection.execute("PRAGMA query_only = ON")
        return connection


def create_file(path: Path) -> sqlite3.Connection:
    """Open a new or empty file for writing, readable by its owner alone; its tables are the caller's to make.

    Raises:
        DatabaseError: the folder cannot be written, or the path is no regular file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        hint = "name another file with --db"
        raise DatabaseError(f"{path} cannot be made: {error.strerror}", hint) from error
    _check_file(path)
    with translate_sqlite_errors(path):
        connection = _connect(path, write=True)
        with closed_on_error(connection):
            connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        return connection


def share(connection: sqlite3.Connection) -> None:
    """Let others read while one writes (sqlite.org/wal.html), once the tables are there.

    A file is made without that: what fills it is then written once, and not to a log first.
    """
    with suppress(sqlite3.OperationalError):  # somebody is in it already: the next who writes does it
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")


def load_fast(connection: sqlite3.Connection) -> None:
    """For who writes very much that is new, and removes nothing: what refers to what is not checked again."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(f"PRAGMA cache_size = -{LOADING_CACHE}")


def begin_writing(connection: sqlite3.Connection) -> None:
    """Begin a transaction that writes, once no other process is in one.

    SQLite's own waiting sleeps longer with every try, so that among many writers one can lose every time.

    Raises:
        sqlite3.OperationalError: another process has been writing for too long.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        _insist(connection, "BEGIN IMMEDIATE")
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


def _insist(connection: sqlite3.Connection, sql: str) -> None:
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute(sql).fetchone()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep((1 + os.urandom(1)[0] / 28) / 1000)  # 1 to 10 ms: two that wait do not try together
        else:
            return


def remove_if_empty(connection: sqlite3.Connection, path: Path) -> None:
    """Take back a file that was made for something that then failed; not if anything was made in it meanwhile."""
    try:
        connection.execute("BEGIN EXCLUSIVE")
        if not has_tables(connection):
            for suffix in ("", "-wal", "-shm", "-journal"):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
        connection.execute("ROLLBACK")
    except (sqlite3.Error, OSError):
        return  # an empty file is no harm


def inode(path: Path) -> int | None:
    """Which file is at the path; ``None`` for none."""
    try:
        return path.stat().st_ino
    except OSError:
        return None


def has_tables(connection: sqlite3.Connection) -> bool:
    """Whether anything was made in this database."""
    return connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is not None


def _check_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        hint = f"make it with `scamcli init {path}`, or name another with --db"
        raise NoTimelineError(f"there is no database at {path}", hint) from None
    except OSError as error:
        raise DatabaseError(f"{path} cannot be opened: {error.strerror}", "name another file with --db") from error
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "no regular file"
        raise DatabaseError(f"{path} is {what}; expected a database", "name a file with --db")


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise DatabaseError(f"SQLite {sqlite3.sqlite_version} is too old; expected 3.37 or later")
    address = f"file:{_in_address(path.absolute())}"
    sealed = (not write and not os.access(path, os.W_OK)) or not os.access(path.absolute().parent, os.W_OK)
    mode = "?mode=ro&immutable=1" if sealed and not write and not _wal(path) else "?mode=rw"
    connection = sqlite3.connect(address + mode, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")  # a file from elsewhere may hold views and triggers
    return connection


def _in_address(path: Path) -> str:
    """A path as SQLite reads it in an address (sqlite.org/uri.html, section 3.1)."""
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _wal(path: Path) -> bool:
    logs = (Path(f"{path}-wal"), Path(f"{path}-journal"))
    return any(log.exists() and log.stat().st_size > 0 for log in logs)


def is_unfinished(connection: sqlite3.Connection) -> bool:
    """Whether the file still holds what was redacted."""
    (mark,) = connection.execute("PRAGMA user_version").fetchone()
    return bool(mark == UNFINISHED)


def is_older(connection: sqlite3.Connection) -> bool:
    """Whether the file was made by an older version: a migration is pending."""
    return not _known_migrations() <= applied(connection)


def _known_migrations() -> set[str]:
    return {step.__name__ for step in schema.STEPS}


def applied(connection: sqlite3.Connection) -> set[str]:
    """The migrations that a file has had."""
    sql = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
    return {name for (name,) in connection.execute(sql, [schema.MIGRATION_SET])}


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("BEGIN")  # one view of the file: another process may be making it
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    if mark != schema.APPLICATION_ID:
        if not has_tables(connection):
            raise NoTimelineError(f"{path} is empty; expected a timeline", f"make one with `scamcli init {path}`")
        raise DatabaseError(f"{path} is the SQLite database of another program", "name another file with --db")
    if applied(connection) - _known_migrations():
        raise DatabaseError(f"{path} was made by a newer version of scamcli", "upgrade scamcli, then try again")
    connection.execute("COMMIT")
