"""Which database a command or a notebook is about, and opening it: for reading, or for one transaction of writing."""

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
    from scamcli.store.writer import Writer

__all__ = ["default_path", "drafting", "looking", "masking_errors", "named_path", "opened", "withholding", "writing"]

One = TypeVar("One", bound="Transaction")


def named_path(db: str | Path | None) -> Path | None:
    """The database that is named: as given, else by ``$SCAMCLI_DB``; ``None`` for the default one."""
    named = db or os.environ.get("SCAMCLI_DB")
    return Path(named).expanduser() if named else None


def default_path() -> Path:
    """The database of a user who names none: in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("scamcli", appauthor=False) / "timeline.db"


def create_timeline(path: Path, *, empty: bool = False) -> bool:
    """Create a database with the shipped timeline, or an empty one; return whether this call created it.

    Raises:
        DatabaseError: Something else is there, or the file cannot be written.
    """
    from scamcli.store import setup

    return setup.make(path, seed=not empty)


@contextmanager
def writing(
    path: Path | None, new_names: NewNames, cause: Cause, *, create: bool = False, much: bool = False
) -> Iterator[Writer]:
    """A writer in one transaction: all that is done with it, or nothing. Its errors withhold protected names.

    Args:
        path: the database that was named, or ``None`` for the default one.
        new_names: what becomes of names that nobody has.
        cause: what the history says of the change.
        create: whether a named database that is not there is made, empty, and that is told; where the command then
            fails, it is not.
        much: whether very much may be written, and nothing is removed.

    Raises:
        DatabaseError: it is not there, or cannot be written.
    """
    from scamcli.store.writer import Writer

    def made(found: sqlite3.Connection, place: Path, file: int | None) -> Writer:
        return Writer(found, place, new_names, cause, file)

    with _writing(path, made, create=create, much=much) as writer:
        yield writer


@contextmanager
def drafting(path: Path | None, cause: Cause, *, create: bool = False) -> Iterator[Transaction]:
    """The same, for who keeps drafts of a text: without what validates records, which takes longer than they do."""
    from scamcli.store.naming import NewNames
    from scamcli.store.transaction import Transaction

    def made(found: sqlite3.Connection, place: Path, file: int | None) -> Transaction:
        return Transaction(found, place, NewNames.TAKEN, cause, file)

    with _writing(path, made, create=create) as session:
        yield session


@contextmanager
def looking(path: Path | None) -> Iterator[Transaction]:
    """A session that only reads, for who wants to know what would be kept of a text. Its errors withhold names.

    Raises:
        NoTimelineError: a named database is not there.
        DatabaseError: it cannot be opened.
    """
    from scamcli.store.history import Cause
    from scamcli.store.naming import NewNames
    from scamcli.store.transaction import Transaction

    place, notes = path or default_path(), list[str]()
    found = opened(place, notes, write=False, is_default=path is None)
    session = Transaction(found, place, NewNames.TAKEN, Cause("look"), None)
    session.changes.warnings += notes
    try:
        with connection.translate_sqlite_errors(place), masking_errors(session.shown):
            yield session
    finally:
        found.close()


@contextmanager
def _writing(
    path: Path | None, make: Callable[[sqlite3.Connection, Path, int | None], One], *, create: bool, much: bool = False
) -> Iterator[One]:
    place, notes = path or default_path(), list[str]()
    file = connection.inode(place)
    try:
        found, made = opened(place, notes, write=True, is_default=path is None), False
    except NoTimelineError:
        if not create:
            raise
        found, made = connection.create_file(place), True
    writer = make(found, place, file or connection.inode(place))
    writer.changes.warnings += notes
    if much:
        connection.load_fast(found)
    try:
        with _in_transaction(writer, made=made), masking_errors(writer.shown):
            yield writer
        writer.changes.warnings += [f"made {place}, a new timeline"] if made else []
    finally:
        found.close()


@contextmanager
def _in_transaction(writer: Transaction, *, made: bool) -> Iterator[None]:
    """One transaction; of a file that was made for it, the tables as well, and where it fails the file is not left."""
    try:
        with writer.transaction():
            if made:
                from scamcli.store import setup

                setup.make_tables(writer.connection)
            yield
    except BaseException:
        if made:
            connection.remove_if_empty(writer.connection, writer.path)
        raise
    if made:
        connection.share(writer.connection)


@contextmanager
def withholding(path: Path) -> Iterator[Callable[[str], str]]:
    """What withholds the protected names of a database, which is neither made for it nor changed.

    Raises:
        DatabaseError: it is not there, or cannot be read.
    """
    from scamcli.store import terms

    found = connection.open_file(path, write=False)
    try:
        with connection.translate_sqlite_errors(path):
            masker = terms.protected(found, is_older=connection.is_older(found))
        yield masker.text if masker else str
    finally:
        found.close()


def opened(path: Path, notes: list[str], *, write: bool, is_default: bool) -> sqlite3.Connection:
    """An open database, of this version; the default one is made with the shipped timeline when there is none yet.

    Raises:
        NoTimelineError: a named database is not there.
        DatabaseError: it cannot be opened, or an older one not be written.
    """
    try:
        found = connection.open_file(path, write=write)
    except NoTimelineError:
        if not is_default:
            raise
        from scamcli.store import setup

        if setup.make(path, seed=True):
            notes.append(f"made {path} with the shipped timeline")
        found = connection.open_file(path, write=write)
    if connection.is_older(found):
        found.close()
        from scamcli.store import setup

        kept = setup.upgrade(path)
        if kept is not None:
            notes.append(f"brought {path} up to this version; as it was before, it is kept at {kept}")
        found = connection.open_file(path, write=write)
    if connection.is_unfinished(found):
        _finish(path, notes)
    return found


def _finish(path: Path, notes: list[str]) -> None:
    """Finish a redaction that another process began, if nobody is in its way."""
    from scamcli.store import redaction

    try:
        redaction.finish(path, seconds=0.2)
    except DatabaseError as error:
        notes.append(error.message)
