"""The session that is the base of every part of ``Timeline``.

It finds the database, opens it for reading when it is needed, and writes to it in one transaction per call.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from scamcli.errors import DatabaseError, NoTimelineError, WrongUsageError, masking_errors, quote
from scamcli.query import filters, resolve
from scamcli.store import connection, terms
from scamcli.store.connection import translate_sqlite_errors
from scamcli.store.history import Cause
from scamcli.store.history import ChangeInfo as ChangeInfo

if TYPE_CHECKING:
    import sqlite3
    from collections import Counter
    from collections.abc import Iterator
    from typing import Unpack

    from scamcli.query.filters import Query
    from scamcli.records.derivations import Choice
    from scamcli.records.masking import Masker
    from scamcli.store.naming import NewNames
    from scamcli.store.transaction import Transaction
    from scamcli.store.writer import Writer

    Opened = TypeVar("Opened", bound=Transaction)


def named_path(path: str | Path | None) -> Path | None:
    """Return the database that the user named, as an argument or in ``$SCAMCLI_DB``; ``None`` for the default one."""
    named = path or os.environ.get("SCAMCLI_DB")
    return Path(os.path.expanduser(named)) if named else None  # noqa: PTH111 - Path's raises RuntimeError


def default_path() -> Path:
    """Return the default database, in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("scamcli", appauthor=False) / "timeline.db"


def create_timeline(path: Path, *, empty: bool = False) -> bool:
    """Create a database with the shipped timeline, or an empty one; return whether this call created it.

    Raises:
        DatabaseError: a different file has that path, or the file cannot be written.
    """
    from scamcli.store import setup

    return setup.make(path, seed=not empty)


@contextmanager
def reading(path: Path | None) -> Iterator[Transaction]:
    """Open a database for a dry run: like a transaction, but only for reading. Errors are masked.

    Raises:
        NoTimelineError: a named database does not exist.
        DatabaseError: it cannot be opened.
    """
    from scamcli.store.naming import NewNames
    from scamcli.store.transaction import Transaction

    file, notes = path or default_path(), list[str]()
    opened = open_timeline(file, notes, write=False, is_default=path is None)
    reader = Transaction(opened, file, NewNames.TAKEN, Cause("look"), None)
    reader.changes.warnings += notes
    try:
        with connection.translate_sqlite_errors(file), masking_errors(reader.shown):
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
    """Open a database for one transaction: either everything written in it is kept, or nothing. Errors are masked.

    Args:
        path: the database that was named; ``None`` for the default one.
        kind: ``Writer``; or ``Transaction``, which writes drafts only. It does not validate records, because loading
            pydantic takes longer than storing the drafts of an article.
        new_names: what to do with unknown names.
        cause: what the history records about the change.
        create: create a named database that does not exist. If the transaction fails, it is not left behind.
        much: optimize for large writes that remove nothing.

    Raises:
        DatabaseError: the database does not exist or cannot be written.
    """
    file, notes = path or default_path(), list[str]()
    inode = connection.inode(file)
    try:
        opened, is_new = open_timeline(file, notes, write=True, is_default=path is None), False
    except NoTimelineError:
        if not create:
            raise
        opened, is_new = connection.create_file(file), True
    writer = kind(opened, file, new_names, cause, inode or connection.inode(file))
    writer.changes.warnings += notes
    if much:
        connection.tune_for_bulk_import(opened)
    try:
        with _committed(writer, is_new=is_new), masking_errors(writer.shown):
            yield writer
        writer.changes.warnings += [f"Created {file}, a new timeline."] if is_new else []
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


_MASKERS: dict[Path, tuple[object, Masker | None]] = {}
"""The masker of each file that was read, and the state of the file at that time."""


def masker_of(path: Path) -> Masker | None:
    """Return the masker for the protected names of a database. The database is neither created nor changed.

    Raises:
        DatabaseError: the database does not exist or cannot be read.
    """
    state = _state(path)
    if path in _MASKERS and _MASKERS[path][0] == state:
        return _MASKERS[path][1]
    opened = connection.open_file(path, write=False)
    try:
        with connection.translate_sqlite_errors(path):
            masker = terms.protected(opened, is_older=connection.is_older(opened))
            if masker is not None:
                _read_ids(masker)
    finally:
        opened.close()
    _MASKERS[path] = state, masker
    return masker


def _read_ids(masker: Masker) -> None:
    """Read the ids that differ in print now, because the file is closed before they are needed."""
    try:
        masker.read_ids()
    except terms.UNREADABLE:  # the file is damaged, but names are masked all the same
        masker.ids = {}


def _state(path: Path) -> object:
    """Return a state that changes whenever somebody writes to the database."""
    found = []
    for file in (path, Path(f"{path}-wal")):
        with suppress(FileNotFoundError):
            found.append(file.stat())
    return [(one.st_ino, one.st_size, one.st_mtime_ns) for one in found if one.st_size]


def open_timeline(path: Path, notes: list[str], *, write: bool, is_default: bool) -> sqlite3.Connection:
    """Open a database, and migrate it to this version.

    Args:
        path: of the file.
        notes: receives notices about what was done to the file.
        write: open it for writing.
        is_default: the file is the user's default one, which is created with the shipped timeline if it is missing.

    Raises:
        NoTimelineError: a named database does not exist.
        DatabaseError: the file cannot be opened, or needs a migration and cannot be written.
    """
    try:
        opened = connection.open_file(path, write=write)
    except NoTimelineError:
        if not is_default:
            raise
        from scamcli.store import setup

        if setup.make(path, seed=True):
            notes.append(f"Created {path} with the shipped timeline.")
        opened = connection.open_file(path, write=write)
    if connection.is_older(opened):
        opened.close()
        from scamcli.store import setup

        backup = setup.upgrade(path)
        if backup is not None:
            notes.append(f"Upgraded {path} to this version. The file as it was before: {backup}")
        opened = connection.open_file(path, write=write)
    if connection.is_unfinished(opened):
        _finish_redaction(path, notes)
    return opened


def _finish_redaction(path: Path, notes: list[str]) -> None:
    from scamcli.store import redaction

    try:
        if redaction.finish(path, seconds=0.2):  # another process began it; one may still be reading the old text
            notes.append(f"Finished an earlier redaction: {path} was rebuilt.")
    except DatabaseError as error:
        notes.append(error.message)


LISTED_NAMES = 10
"""How many new names the notes list; a data set can contain thousands."""


class Session:
    """One database file: a connection for reading, and one transaction for each write. Arguments as in ``Timeline``.

    Attributes:
        path: the database file.
        notes: notices about the last calls, such as which name was assumed. Masked.
    """

    def __init__(
        self, path: str | Path | None = None, *, include_protected: bool = False, create: bool = False
    ) -> None:
        self.notes: list[str] = []
        self._include_protected = include_protected
        self._create = create
        self._named = named_path(path)
        self.path = self._named or default_path()
        if not create:  # otherwise the file is opened, and errors are raised, on first use
            _ = self._masker

    def __enter__(self) -> Self:
        """Return the timeline itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file. A later call opens it again."""
        connection = vars(self).pop("_connection", None)
        self._forget_protected()
        if connection is not None:
            connection.close()

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        return open_timeline(self.path, self.notes, write=False, is_default=self._named is None)

    @cached_property
    def _masker(self) -> Masker | None:
        try:
            with translate_sqlite_errors(self.path):
                if self._include_protected:
                    return None
                opened = self._connection  # which may create the file, or migrate it to this version
                state = _state(self.path)
                _MASKERS[self.path] = state, terms.protected(opened)
                return _MASKERS[self.path][1]
        except BaseException:
            self.close()
            raise

    @cached_property
    def _lookup(self) -> resolve.Lookup:
        return resolve.Lookup(self._connection, self._masker, self.notes)

    def _forget_protected(self) -> None:
        """Read the protected names again when they are needed: they may have changed."""
        vars(self).pop("_masker", None)
        _MASKERS.pop(self.path, None)
        vars(self).pop("_lookup", None)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        with translate_sqlite_errors(self.path):
            if self._masker is None:
                yield
                return
            with masking_errors(self.shown):
                yield

    @contextmanager
    def _writing(
        self, command: str, *, new_names: NewNames | None = None, much: bool = False, **info: Unpack[ChangeInfo]
    ) -> Iterator[Writer]:
        """Open the file for one ``transaction``, which the history records as ``command``.

        By default, it accepts new names. Call ``notes_of`` with the writer after the transaction has ended.
        """
        from scamcli.store.writer import NewNames, Writer

        policy, cause = new_names or NewNames.TAKEN, cause_of(command, **info)
        with transaction(self._named, Writer, policy, cause, create=self._create, much=much) as writer:
            yield writer
        self._forget_protected()

    def _result_name(self, writer: Transaction, name: str) -> str:
        """Return an id or a name as the caller may see it."""
        return name if self._include_protected else writer.shown(name)

    def compiled(self, asked: Query) -> filters.CompiledQuery:
        """Return the query with its names resolved. Its ``sentence`` puts it in words."""
        before = len(self.notes)
        found = filters.compile_query(asked, lambda: self._lookup)
        self.notes[before:] = [note for note in dict.fromkeys(self.notes[before:]) if note not in self.notes[:before]]
        return found

    def shown(self, text: str) -> str:
        """Return a text with the names of protected actors masked."""
        return self._masker.text(text) if self._masker else text

    def has_protected(self) -> bool:
        """Return whether names are masked because somebody is protected, or was when they were removed."""
        return self._masker is not None


def cause_of(command: str, author: str | None = None, reason: str | None = None) -> Cause:
    """Return what the history records about a change.

    Raises:
        WrongUsageError: the author or the reason is empty or too long.
    """
    return Cause(command, _trimmed("author (--as)", author, 200), _trimmed("reason (--reason)", reason, 10_000))


def _trimmed(what: str, text: str | None, longest: int) -> str | None:
    if text is not None and not (text.strip() and len(text) <= longest):
        raise WrongUsageError(f"The {what} must have 1 to {longest:,} characters, not {len(text):,}.")
    return text if text is None else text.strip()


def event_id(writer: Transaction, text: str) -> str:
    """Return the id of the event that a text names: a whole id, a masked id, or the beginning of an id.

    Raises:
        NotFoundError: the text matches no event, or more than one.
    """
    return writer.event_id(text) or resolve.event_id(writer.connection, text)


def notes_of(writer: Transaction, *, is_kept: bool = True, event: str = "") -> tuple[str, ...]:
    """Return the notices about a write that has ended: warnings, counts that were chosen, and new names. Masked.

    ``is_kept`` says whether the write was committed, so that the history can list it. ``event`` is the printable id of
    the event, if only one was written.
    """
    notes = [writer.shown(warning) for warning in writer.changes.warnings]
    notes += map(writer.shown, _near_notes(writer.changes.near))
    notes += map(writer.shown, _count_notes(writer.changes.counts, event))
    new = writer.changes.new
    if len(new) > LISTED_NAMES:
        types = {type_: sum(one == type_ for one, _ in new) for type_ in dict.fromkeys(type_ for type_, _ in new)}
        listed = " and ".join(f"`scamcli {type_}s --new`" for type_ in types)
        hint = f"; {listed} list{'s' * (len(types) == 1)} them" if is_kept else ""
        counts = " and ".join(f"{number:,} new {type_}{'s' * (number > 1)}" for type_, number in types.items())
        notes.append(f"{counts}{hint}.")
    else:
        notes += [f"New {type_}: {quote(writer.shown(name))}." for type_, name in new]
    return tuple(notes)


def _near_notes(near: list[tuple[str, str, str]]) -> Iterator[str]:
    """Yield a notice for each new name that is spelt nearly like another; for many, one notice with three examples."""
    if len(near) <= LISTED_NAMES:
        for type_, name, like in near:
            yield f"{name} is a new {type_}, although it is spelt nearly like {like}."
        return
    examples = ", ".join(f"{name} (like {like})" for _, name, like in near[:3])
    yield f"{len(near):,} new names are spelt nearly like others, such as {examples}. `scamcli check` lists them."


def _count_notes(counts: Counter[Choice], event: str) -> Iterator[str]:
    """Yield notices about counts that were chosen: for one event, each with its reason; for several, only how many."""
    if not counts:
        return iter(())
    from scamcli.records.derivations import sentences, summary  # here, because most commands choose none

    return sentences(counts, f"`scamcli edit {event}`") if event else summary(counts)
