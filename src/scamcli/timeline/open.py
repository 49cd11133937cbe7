"""Finding the database of a command or a notebook, and opening it to read or for one transaction."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from scamcli.errors import DatabaseError, NoTimelineError, masking_errors
from scamcli.store import connection

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from scamcli.store.history import Cause
    from scamcli.store.naming import NewNames
    from scamcli.store.transaction import Transaction

    Opened = TypeVar("Opened", bound=Transaction)


def named_path(path: str | Path | None) -> Path | None:
    """Return the database that the user named, as an argument or in ``$SCAMCLI_DB``; ``None`` for the default one."""
    named = path or os.environ.get("SCAMCLI_DB")
    return Path(named).expanduser() if named else None


def default_path() -> Path:
    """Return the database of a user who names none, in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("scamcli", appauthor=False) / "timeline.db"


def create_timeline(path: Path, *, empty: bool = False) -> bool:
    """Create a database with the shipped timeline, or an empty one; return whether this call created it.

    Raises:
        DatabaseError: something else is there, or the file cannot be written.
    """
    from scamcli.store import setup

    return setup.make(path, seed=not empty)


@contextmanager
def reading(path: Path | None) -> Iterator[Transaction]:
    """Open a database for a dry run: what a transaction offers, but only to read. Errors are masked.

    Raises:
        NoTimelineError: a named database does not exist.
        DatabaseError: it cannot be opened.
    """
    from scamcli.store.history import Cause
    from scamcli.store.naming import NewNames
    from scamcli.store.transaction import Transaction

    place, notes = path or default_path(), list[str]()
    opened = open_timeline(place, notes, write=False, is_default=path is None)
    reader = Transaction(opened, place, NewNames.TAKEN, Cause("look"), None)
    reader.changes.warnings += notes
    try:
        with connection.translate_sqlite_errors(place), masking_errors(reader.shown):
            yield reader
    finally:
        opened.close()


@contextmanager
def transaction(
    path: Path | None,
    kind: type[Opened],
    new_names: NewNames,
    cause: Cause,
    *,
    create: bool = False,
    much: bool = False,
) -> Iterator[Opened]:
    """Open a database for one transaction: everything that is written in it is kept, or nothing. Errors are masked.

    Args:
        path: the database that was named; ``None`` for the default one.
        kind: ``Writer``; or ``Transaction``, which writes drafts only. It does not validate records, because loading
            pydantic takes longer than storing the drafts of an article.
        new_names: what becomes of names that nobody has yet.
        cause: what the history records about the change.
        create: create a named database that does not exist. If the transaction fails, it is not left behind.
        much: a great deal may be written, and nothing is removed (faster).

    Raises:
        DatabaseError: the database does not exist or cannot be written.
    """
    place, notes = path or default_path(), list[str]()
    inode = connection.inode(place)
    try:
        opened, is_new = open_timeline(place, notes, write=True, is_default=path is None), False
    except NoTimelineError:
        if not create:
            raise
        opened, is_new = connection.create_file(place), True
    writer = kind(opened, place, new_names, cause, inode or connection.inode(place))
    writer.changes.warnings += notes
    if much:
        connection.tune_for_bulk_import(opened)
    try:
        with _committed(writer, is_new=is_new), masking_errors(writer.shown):
            yield writer
        writer.changes.warnings += [f"created {place}, a new timeline"] if is_new else []
    finally:
        opened.close()


@contextmanager
def _committed(transaction: Transaction, *, is_new: bool) -> Iterator[None]:
    """Run one transaction. In a new file it also creates the tables; if it fails, the file is deleted."""
    try:
        with transaction.transaction():
            if is_new:
                from scamcli.store import setup

                setup.make_tables(transaction.connection)
            yield
    except BaseException:
        if is_new:
            connection.remove_if_empty(transaction.connection, transaction.path)
        raise
    if is_new:
        connection.enable_wal(transaction.connection)


@contextmanager
def mask_of(path: Path) -> Iterator[Callable[[str], str]]:
    """Give a function that masks the protected names of a database, which is neither created nor changed.

    Raises:
        DatabaseError: the database does not exist or cannot be read.
    """
    from scamcli.store import terms

    opened = connection.open_file(path, write=False)
    try:
        with connection.translate_sqlite_errors(path):
            masker = terms.protected(opened, is_older=connection.is_older(opened))
        yield masker.text if masker else str
    finally:
        opened.close()


def open_timeline(path: Path, notes: list[str], *, write: bool, is_default: bool) -> sqlite3.Connection:
    """Open a database, and bring it up to this version.

    Args:
        path: of the file.
        notes: receives notices about what was done to the file.
        write: open it for writing.
        is_default: the file is the user's default one, which is created with the shipped timeline if it is missing.

    Raises:
        NoTimelineError: a named database does not exist.
        DatabaseError: the file cannot be opened, or is older and cannot be written.
    """
    try:
        opened = connection.open_file(path, write=write)
    except NoTimelineError:
        if not is_default:
            raise
        from scamcli.store import setup

        if setup.make(path, seed=True):
            notes.append(f"created {path} with the shipped timeline")
        opened = connection.open_file(path, write=write)
    if connection.is_older(opened):
        opened.close()
        from scamcli.store import setup

        backup = setup.upgrade(path)
        if backup is not None:
            notes.append(f"upgraded {path} to this version; the file as it was before is {backup}")
        opened = connection.open_file(path, write=write)
    if connection.is_unfinished(opened):
        from scamcli.store import redaction

        try:
            redaction.finish(path, seconds=0.2)  # another process began it; one may still be reading the old text
        except DatabaseError as error:
            notes.append(error.message)
    return opened
