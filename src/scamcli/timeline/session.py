"""The session that every part of ``Timeline`` builds on: one file, opened for reading when it is needed, and written
to in one transaction per call.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Self, TypedDict

from scamcli.errors import WrongUsageError, masking_errors
from scamcli.query import filters, resolve
from scamcli.store import terms
from scamcli.store.connection import translate_sqlite_errors
from scamcli.store.history import Cause
from scamcli.store.naming import NewNames
from scamcli.timeline.open import default_path, named_path, open_timeline, transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Unpack

    from scamcli.query.filters import Query
    from scamcli.records.masking import Masker
    from scamcli.store.transaction import Transaction
    from scamcli.store.writer import Writer

LISTED_NAMES = 100
"""How many new names the notes list one by one: a data set can bring thousands."""


class ChangeInfo(TypedDict, total=False):
    """What the history records about a change, beside what was changed: the keyword arguments of all write methods.

    Attributes:
        author: who makes it; by default the user's login name.
        reason: why it is made.
    """

    author: str | None
    reason: str | None


class Session:
    """One database file: a connection for reading, and one transaction for each write. Arguments are of ``Timeline``.

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
                return None if self._include_protected else terms.protected(self._connection)
        except BaseException:
            self.close()
            raise

    @cached_property
    def _lookup(self) -> resolve.Lookup:
        return resolve.Lookup(self._connection, self._masker, self.notes)

    def _forget_protected(self) -> None:
        """Read the protected names again when they are needed: they may have changed."""
        vars(self).pop("_masker", None)
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
        self, command: str, *, new_names: NewNames = NewNames.CAREFUL, much: bool = False, **info: Unpack[ChangeInfo]
    ) -> Iterator[Writer]:
        """Open the file for one ``transaction``, which the history calls ``command``.

        Call ``notes_of`` on the writer when the transaction has ended.
        """
        from scamcli.store.writer import Writer

        cause = cause_of(command, **info)
        with transaction(self._named, Writer, new_names, cause, create=self._create, much=much) as writer:
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


def cause_of(command: str, author: str | None = None, reason: str | None = None) -> Cause:
    """Return what the history records about a change.

    Raises:
        WrongUsageError: the author or the reason is empty or too long.
    """
    return Cause(command, _trimmed("author (--as)", author, 200), _trimmed("reason (--reason)", reason, 10_000))


def _trimmed(what: str, text: str | None, longest: int) -> str | None:
    if text is not None and not (text.strip() and len(text) <= longest):
        raise WrongUsageError(f"the {what} must have 1 to {longest:,} characters, not {len(text):,}")
    return text if text is None else text.strip()


def event_id(writer: Transaction, text: str) -> str:
    """Return the id of the event that a text names: a whole id, a masked id, or the beginning of an id.

    Raises:
        NotFoundError: no event has it, or more than one.
    """
    return writer.event_id(text) or resolve.event_id(writer.connection, text)


def notes_of(writer: Transaction, *, is_kept: bool = True) -> tuple[str, ...]:
    """Return the notices about a write that has ended: warnings first, then the names that are new. Masked.

    ``is_kept`` tells whether it was committed, so that the history can list it.
    """
    notes = [writer.shown(warning) for warning in writer.changes.warnings]
    new = writer.changes.new
    notes += [f"new {type_}: {writer.shown(name)}" for type_, name in new[:LISTED_NAMES]]
    if len(new) > LISTED_NAMES:
        more = len(new) - LISTED_NAMES
        hint = f"; `scamcli log --change {writer.history.number}` lists them" if is_kept else ""
        notes.append(f"{more:,} more new name{'s' * (more > 1)}{hint}")
    return tuple(notes)
