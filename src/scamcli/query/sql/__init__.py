"""Questions in SQL, over public views that withhold protected names.

Every question has a connection of its own, on which the views are made and which can do nothing but read them: of the
timeline itself where nobody is protected, else of a masked copy.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import WrongUsageError
from scamcli.query.sql import error_messages, guard, masked_copy, views
from scamcli.query.sql.clock import Clock
from scamcli.query.sql.views import VIEWS, View
from scamcli.store.connection import open_file

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from scamcli.records.masking import Masker

__all__ = ["VIEWS", "Answer", "Clock", "Question", "View", "answer"]


class Question(NamedTuple):
    """A query, and how it is asked.

    Attributes:
        text: one SELECT.
        parameters: the values of ``:name`` in it.
        clock: how long it may take.
        drafts: whether the views show drafts.
    """

    text: str
    parameters: Mapping[str, str]
    clock: Clock
    drafts: bool


class Answer(NamedTuple):
    """The names of the columns, no two alike, and the rows, streamed."""

    columns: tuple[str, ...]
    rows: Iterator[dict[str, Any]]


def answer(source: sqlite3.Connection, path: Path, masker: Masker | None, asked: Question) -> Answer:
    """Answer a question; the first row is read already, the others as they are taken.

    Args:
        source: the open timeline.
        path: its file.
        masker: what masks it, or ``None`` to show it as it is.
        asked: the question.

    Raises:
        WrongUsageError: the query cannot be read, does more than read the views, or takes too long; this also while
            its rows are taken.
        DatabaseError: the database is busy, damaged or unreadable.
    """
    _check_text(asked.text)
    connection = open_file(path, write=False) if masker is None else masked_copy.empty()
    try:
        asking = _Asking(connection, path, asked)
        asking.let_through()
        if masker is not None:
            asking.fill(source, masker)
        return asking.answer()
    except BaseException:
        connection.close()
        raise


class _Asking:
    """One question on a connection of its own, from the check of its query to its last row."""

    def __init__(self, connection: sqlite3.Connection, path: Path, asked: Question) -> None:
        self._connection, self._path, self._asked, self._clock = connection, path, asked, asked.clock
        connection.execute("PRAGMA query_only = OFF")  # of a reader it is on, and the views are still to be made
        inner = views.create(connection, drafts=asked.drafts)
        connection.execute("PRAGMA query_only = ON")
        self._guard = guard.seal(connection, inner, self._clock.over)

    def let_through(self) -> None:
        """Have SQLite read the whole query without running it, under the guard.

        Raises:
            WrongUsageError: it cannot be read, is not allowed, or its parameters are not those that are given.
        """
        named = _Named()
        with self._plainly():
            self._clock.run(lambda: self._connection.execute(f"EXPLAIN {self._asked.text}", named))
        if not self._guard.selects:
            raise WrongUsageError("sql only reads the public views: expected a SELECT", error_messages.LISTED)
        given = {name.lstrip(":@$") for name in self._asked.parameters}
        for name in sorted(named.names - given):
            raise WrongUsageError(f"no value for the parameter :{name}", f"--param {name}=VALUE gives it one")
        for name in sorted(given - named.names):
            raise WrongUsageError(f"no parameter :{name[:80]} in the query", "every --param must be used")
        self._guard.running = True

    def fill(self, source: sqlite3.Connection, masker: Masker) -> None:
        """Copy what the query reads, masked."""
        self._connection.set_authorizer(None)
        self._connection.execute("PRAGMA query_only = OFF")
        with self._plainly():
            self._clock.run(
                lambda: masked_copy.fill(self._connection, source, masker, self._guard.tables, self._clock.over)
            )
        if self._clock.over():
            raise self._clock.error()
        self._connection.execute("PRAGMA query_only = ON")
        self._connection.set_authorizer(self._guard)

    def answer(self) -> Answer:
        """Run it, up to its first row."""
        values = {name.lstrip(":@$"): value for name, value in self._asked.parameters.items()}
        with self._plainly():
            cursor = self._clock.run(lambda: self._connection.execute(self._asked.text, values))
        columns = _unlike(name for name, *_ in cursor.description)
        rows = self._rows(cursor, columns)
        first = next(rows, None)
        return Answer(columns, rows if first is None else chain([first], rows))

    def _rows(self, cursor: sqlite3.Cursor, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        try:
            while True:
                with self._plainly():
                    row = self._clock.run(cursor.fetchone)
                if row is None:
                    return
                yield dict(zip(columns, map(_plain, row), strict=True))
        finally:
            self._connection.close()

    def _plainly(self) -> AbstractContextManager[None]:
        return error_messages.translate_sqlite_errors(self._path, self._guard, self._clock)


class _Named(dict[str, None]):
    """Takes the place of a query's parameters, and remembers what they are called."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> None:
        """Remember the name."""
        self.names.add(name)


def _check_text(text: str) -> None:
    if not text.strip():
        raise WrongUsageError("the query is empty; expected a SELECT", error_messages.LISTED)
    if len(text.encode("utf-8", "replace")) > guard.LONGEST_QUERY:
        raise WrongUsageError("the query is longer than 1 MB", "--param gives it long values")
    if "\0" in text:
        raise WrongUsageError("the query holds a NUL character; expected text")


def _unlike(names: Iterable[str]) -> tuple[str, ...]:
    """The names of columns, harmless and no two alike: the second ``id`` is ``id_2``."""
    found: dict[str, None] = {}
    for given in names:
        name = unlike = "".join(char if char.isprintable() else " " for char in given)
        number = 1
        while unlike in found:
            number += 1
            unlike = f"{name}_{number}"
        found[unlike] = None
    return tuple(found)


def _plain(value: object) -> object:
    """A value as JSON can hold it: bytes as hexadecimal digits, what is no finite number by its name."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and value in {float("inf"), float("-inf")}:
        return "Infinity" if value > 0 else "-Infinity"
    return value
