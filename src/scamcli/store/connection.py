"""Open a database, and report problems with it in plain words.

Readers open the file read-write with ``query_only``, because ``mode=ro`` leaves files beside a WAL database and fails
on read-only media. On such media, ``immutable`` is correct as long as nobody writes.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.errors import DatabaseError, NoTimelineError, WrongUsageError
from scamcli.records import limits
from scamcli.store import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUSY_SECONDS = 10.0
LOADING_CACHE = 32 * 1024
"""The page cache during a bulk import, in KiB."""

UNFINISHED = 1
"""``user_version`` of a file whose free pages or journal may still contain redacted text."""

OPS_BETWEEN_SIGNALS = 1_000_000
"""Steps of SQLite's virtual machine between two checks for signals, which take some hundredths of a second."""

OLDEST_SQLITE = (3, 37, 0)  # STRICT tables

JOURNAL_MAGIC = b"\xd9\xd5\x05\xf9 \xa1c\xd7"
"""What a journal begins with, and ends with if it names another file."""

MAGIC = b"SQLite format 3\x00"
"""The first bytes of every SQLite database."""

AGE = b"age-encryption.org/"
"""The first bytes of a file that is encrypted with age."""

JOURNALS = ("-wal", "-shm", "-journal")
"""The suffixes that SQLite adds to the name of a database for its journal files."""

_BUSY = "is busy: another process has been writing to it for too long", "Try again when it has finished."

_TRIES, _WAIT_SECONDS = 10, 0.05
"""How often and how long to wait until a file has only one name."""

_MESSAGES = (
    ("locked", *_BUSY),
    ("busy", *_BUSY),
    (
        "not a database",
        "is not a SQLite database",
        "Name another file with --db, or make one with `scamcli init PATH`.",
    ),
    ("decode", "is damaged: a text in it is not UTF-8", "Restore a backup; the file was left as it is."),
    ("malformed", "is damaged", "Restore a backup; the file was left as it is."),
    ("disk is full", "could not be written: the disk is full", "Nothing was changed; free some space and try again."),
    ("readonly", "cannot be written: the file or its folder is read-only", "Nothing was changed; copy it elsewhere."),
    ("unable to open", "cannot be opened", "Check that the folder exists and that you may write to it."),
    (
        "disk i/o",
        "could not be read or written: the disk is full, or reported an error",
        "Free some space and try again, or check the disk. `scamcli info --verify` says whether the file is whole.",
    ),
)


def database_error(error: sqlite3.Error, path: Path) -> DatabaseError:
    """Translate an error of SQLite into one that a user can act on."""
    text = str(error)
    if "not a database" in text and _begins_with(path, AGE):
        hint = f"Decrypt it first: age -d -i KEY-FILE {path} > COPY.db"
        return DatabaseError(f"{path} is encrypted with age.", hint)
    if "too big" in text:
        return DatabaseError(f"A value in {path} has more than {limits.amount('value')}.", limits.hint("value"))
    for word, message, hint in _MESSAGES:
        if word in text.lower():
            return DatabaseError(f"{path} {message}.", hint)
    return DatabaseError(f"{path}: SQLite says: {text}.")


@contextmanager
def translate_sqlite_errors(path: Path) -> Iterator[None]:
    """Translate errors of SQLite raised inside the block into a `DatabaseError`."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise DatabaseError(f"{path} is damaged.", "Restore a backup; the file was left as it is.") from error
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        if str(error) == "interrupted":
            raise _interruption() from error
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.InterfaceError):
            raise
        raise database_error(error, path) from error


def _interruption() -> BaseException:
    """Return the exception that a signal handler raised while SQLite worked, which `sqlite3` does not pass on."""
    is_over = time.process_time() >= limits.value("seconds")
    return limits.TimeIsOverError() if is_over else KeyboardInterrupt()


@contextmanager
def closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    """Close a connection if the block raises an error."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def open_file(path: Path, *, write: bool) -> sqlite3.Connection:
    """Open an existing database and check that it is a timeline.

    Raises:
        DatabaseError: the file does not exist, is not a timeline, was made by a newer version, or is damaged, busy or
            unreadable.
    """
    _check_file(path)
    if write:
        _require_one_name(path)
    with translate_sqlite_errors(path):
        connection = _connect(path, write=write)
        with closed_on_error(connection):
            _check_version(connection, path)
        if write:
            enable_wal(connection)
        else:
            connection.execute("PRAGMA query_only = ON")
        return connection


def create_file(path: Path) -> sqlite3.Connection:
    """Open a new or empty file for writing, which only its owner can read. The caller creates the tables.

    Raises:
        DatabaseError: the folder cannot be written, or the path is not a regular file.
    """
    require_no_journal(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        hint = "Name another file with --db."
        raise DatabaseError(f"{path} cannot be made: {error.strerror}.", hint) from error
    _check_file(path)
    with translate_sqlite_errors(path):
        connection = _connect(path, write=True)
        with closed_on_error(connection):
            connection.execute("SELECT 1 FROM main.sqlite_master LIMIT 1").fetchone()
        return connection


def enable_wal(connection: sqlite3.Connection) -> None:
    """Switch a database to WAL mode, so that others can read while one writes (sqlite.org/wal.html).

    This is done after the tables exist, so that the initial content is not written to a log as well.
    """
    with suppress(sqlite3.OperationalError):  # another process already uses the file; the next writer will do it
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")


def tune_for_bulk_import(connection: sqlite3.Connection) -> None:
    """Prepare a connection for a bulk import that removes nothing: a larger cache, and no foreign key checks."""
    connection.execute("PRAGMA foreign_keys = OFF")
    enlarge_cache(connection)


def enlarge_cache(connection: sqlite3.Connection) -> None:
    """Keep more pages in memory, for many events in no order."""
    connection.execute(f"PRAGMA cache_size = -{LOADING_CACHE}")


def begin_writing(connection: sqlite3.Connection) -> None:
    """Begin a write transaction, waiting while another process is in one.

    SQLite's own busy handler sleeps longer after every attempt, so one of many writers could lose every time.

    Raises:
        sqlite3.OperationalError: another process has been writing for too long.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    end = time.monotonic() + BUSY_SECONDS
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > end:
                    raise
                # 1 to 10 ms, so that two waiting processes do not always try at the same time
                time.sleep((1 + os.urandom(1)[0] / 28) / 1000)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


@contextmanager
def same_file(connection: sqlite3.Connection, path: Path, file: int | None) -> Iterator[Callable[[], None]]:
    """Refuse a write if another file replaces the database meanwhile, and keep the journal away from that file.

    SQLite finds a journal by its name. A process that opens the new file would apply the journal of the old one to it,
    and lose its content (sqlite.org/howtocorrupt.html, section 4).

    Args:
        connection: a connection for writing, without an open transaction when the block ends.
        path: the path of the file.
        file: the inode number at the path before it was opened.

    Yields:
        A function to call before each commit, which raises the error if the file was replaced.

    Raises:
        DatabaseError: the file was replaced.
    """
    journal = Path(f"{path}-wal")
    own = inode(journal) if inode(path) == file else None

    def require(hint: str = "Nothing was written; try again.") -> None:
        if inode(path) != file:
            raise DatabaseError(f"{path} was replaced in the meantime.", hint)

    try:
        yield require
        require("What was written is in the file that was there before.")
    finally:
        if inode(path) != file:
            with suppress(sqlite3.Error, OSError):
                connection.execute(
                    "PRAGMA wal_checkpoint(PASSIVE)"
                )  # changes that are still in the log belong to the old file
            for left in (journal, Path(f"{path}-shm")) if own is not None and inode(journal) == own else ():
                with suppress(OSError):
                    left.unlink()


def remove_if_empty(connection: sqlite3.Connection, path: Path) -> None:
    """Delete a file that was created for a command which then failed, unless it has content by now."""
    try:
        connection.execute("BEGIN EXCLUSIVE")
        if not has_tables(connection):
            for suffix in ("", *JOURNALS):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
        connection.execute("ROLLBACK")
    except (sqlite3.Error, OSError):
        return  # an empty file does no harm


def database_of_journal(path: Path) -> Path | None:
    """Return the database whose journal is or will be at a path, or ``None`` if there is none."""
    for suffix in JOURNALS:
        if path.name.lower().endswith(suffix):  # some file systems ignore case
            database = path.with_name(path.name[: -len(suffix)])
            return database if is_database(database) else None
    return None


def require_no_journal(path: Path) -> None:
    """Raise `WrongUsageError` if a path is for the journal of a database, or in the folder of its evidence.

    SQLite would delete or read a file there, and `info --verify` would report a file among the evidence as a stranger.
    """
    real = Path(os.path.realpath(path))  # `resolve` fails at a circle of links
    database = database_of_journal(real)
    if database is not None:
        raise WrongUsageError(f"{path} is for the journal of the database {database}.", "Name another file.")
    for folder in (one for one in (real, *real.parents) if one.suffix == ".evidence"):
        if any(map(is_database, (folder.with_suffix(".db"), folder.with_suffix("")))):
            raise WrongUsageError(f"{path} is in the folder of the evidence of a timeline.", "Name another place.")


def is_database(path: Path) -> bool:
    """Return whether a file is a SQLite database of any program."""
    return _begins_with(path, MAGIC)


def _begins_with(path: Path, first: bytes) -> bool:
    try:
        if not path.is_file():  # opening a pipe would wait
            return False
        with path.open("rb") as stream:
            return stream.read(len(first)) == first
    except OSError:
        return False


def inode(path: Path) -> int | None:
    """Return the inode number of the file at a path, or ``None`` if there is no file."""
    try:
        return path.stat().st_ino
    except OSError:
        return None


def has_tables(connection: sqlite3.Connection) -> bool:
    """Return whether the database has any tables."""
    return connection.execute("SELECT 1 FROM main.sqlite_master LIMIT 1").fetchone() is not None


def _check_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        hint = f"Make it with `scamcli init {path}`, or name another with --db."
        raise NoTimelineError(f"There is no database at {path}.", hint) from None
    except OSError as error:
        raise DatabaseError(f"{path} cannot be opened: {error.strerror}.", "Name another file with --db.") from error
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
        raise DatabaseError(f"{path} is {what}; expected a database.", "Name a file with --db.")


def _require_one_name(path: Path) -> None:
    """Refuse to write a file that has another name (a hard link).

    SQLite keeps a journal for each name (sqlite.org/howtocorrupt.html, section 2.5), so processes that use two names
    would lose each other's changes. A file that another process is just making has two names for a moment.
    """
    for _ in range(_TRIES):
        if path.stat().st_nlink == 1:
            return
        time.sleep(_WAIT_SECONDS)
    raise DatabaseError(
        f"{path} has another name (a hard link), so changes could be lost.",
        "Nothing was changed. Make a copy with `scamcli backup`, and use it instead, or delete the other name.",
    )


def _require_own_journal(path: Path) -> None:
    """Refuse a database whose journal names another file: SQLite would delete that file, whatever it is.

    This is what a transaction over several databases leaves behind (sqlite.org/fileformat2.html, section 3). This
    program has none, so somebody else has made the journal.
    """
    journal = Path(f"{os.path.realpath(path)}-journal")
    with suppress(OSError), journal.open("rb") as stream:
        stream.seek(-len(JOURNAL_MAGIC), os.SEEK_END)
        if stream.read() == JOURNAL_MAGIC:
            message = f"{journal} names another file, which SQLite would delete."
            raise DatabaseError(
                message, "Nothing was read. If the database is your own, delete the journal; if not, do not use it."
            )


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise DatabaseError(f"SQLite {sqlite3.sqlite_version} is too old; expected 3.37 or later.")
    _require_own_journal(path)
    # the form of a path in a SQLite URI (sqlite.org/uri.html, section 3.1)
    address = "file:" + str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    read_only = (not write and not os.access(path, os.W_OK)) or not os.access(path.absolute().parent, os.W_OK)
    mode = "?mode=ro&immutable=1" if read_only and not write and not _has_log(path) else "?mode=rw"
    connection = sqlite3.connect(address + mode, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    _harden(connection)
    return connection


def _harden(connection: sqlite3.Connection) -> None:
    """Keep a file from elsewhere from doing harm: limit what SQLite does with it, and make it interruptible."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, min(limits.value("value"), 2**31 - 1))
    connection.execute(f"PRAGMA hard_heap_limit = {limits.value('sqlite-memory')}")
    # Signals, such as the one at the end of a time limit, are handled only while Python runs.
    connection.set_progress_handler(lambda: False, OPS_BETWEEN_SIGNALS)


def _has_log(path: Path) -> bool:
    logs = (Path(f"{path}-wal"), Path(f"{path}-journal"))
    return any(log.exists() and log.stat().st_size > 0 for log in logs)


def is_unfinished(connection: sqlite3.Connection) -> bool:
    """Return whether the file may still contain redacted text."""
    (mark,) = connection.execute("PRAGMA user_version").fetchone()
    return bool(mark == UNFINISHED)


def is_older(connection: sqlite3.Connection) -> bool:
    """Return whether the file was made by an older version, so that migrations are pending."""
    return bool(schema.pending(connection))


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("BEGIN")  # a consistent view, because another process may be creating the file
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    if mark != schema.APPLICATION_ID:
        if not has_tables(connection):
            raise NoTimelineError(f"{path} is empty; expected a timeline.", f"Make one with `scamcli init {path}`.")
        raise DatabaseError(f"{path} is the SQLite database of another program.", "Name another file with --db.")
    if not schema.is_unaltered(connection):
        from scamcli.store import altered_schema  # a closer examination, which hardly any file needs

        altered_schema.check(connection, path)
    connection.execute("COMMIT")
