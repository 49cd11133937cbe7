"""Run SQL queries over public views in which protected names are masked.

Every query gets its own connection, which can only read the views that are created on it. The connection is to the
timeline itself if nobody is protected, and otherwise to a masked copy.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import WrongUsageError
from scamcli.query.sql import error_messages, guard, masked_copy, views
from scamcli.query.sql.guard import Clock
from scamcli.query.sql.views import VIEWS, View
from scamcli.store.connection import open_file

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from scamcli.records.masking import Masker
    from scamcli.records.types import JsonObject

__all__ = ["VIEWS", "Answer", "Clock", "Question", "View", "answer"]


class Question(NamedTuple):
    """A SELECT statement, the values of its parameters, its time limit, and whether the views show drafts."""

    text: str
    parameters: Mapping[str, str]
    clock: Clock
    drafts: bool


class Answer(NamedTuple):
    """The distinct names of the columns, and the rows, which are streamed."""

    columns: tuple[str, ...]
    rows: Iterator[JsonObject]


def answer(
    source: sqlite3.Connection,
    path: Path,
    masker: Masker | None,
    question: Question,
    is_damaged: Callable[[], bool],
) -> Answer:
    """Answer a question. The first row is read at once, and the others as the caller takes them.

    Args:
        source: the connection to the timeline.
        path: the file of the timeline.
        masker: masks protected names; ``None`` to show the timeline as it is.
        question: the query.
        is_damaged: checks the file for damage; called if SQLite fails for a reason that the query does not explain.

    Raises:
        WrongUsageError: the query cannot be parsed, does more than read the views, or takes too long. The last can also
            happen while rows are taken.
        DatabaseError: the database is busy, damaged or unreadable.
    """
    _check_length(question.text)
    connection = open_file(path, write=False) if masker is None else masked_copy.create_empty()
    try:
        query = _Query(connection, path, question, masker, is_damaged)
        query.check()
        if masker is not None:
            query.fill(source, masker)
        return query.run()
    except BaseException:
        connection.close()
        raise


class _Query:
    """One query on a connection of its own, from its check to its last row."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, question: Question, masker: Masker | None,
        is_damaged: Callable[[], bool],
    ) -> None:  # fmt: skip
        self._connection, self._path, self._is_damaged = connection, path, is_damaged
        self._mask = masker.text if masker else str
        typed = (question.text, *question.parameters.values())
        self._is_naming = any(self._mask(text) != text for text in typed)
        self._text, self._clock = question.text, question.clock
        self._values = {name.lstrip(":@$"): value for name, value in question.parameters.items()}
        connection.execute("PRAGMA query_only = OFF")  # it is on for readers, but the views must still be created
        inner = views.create(connection, drafts=question.drafts)
        connection.execute("PRAGMA query_only = ON")
        self._guard = guard.seal(connection, inner, self._clock.is_over)

    def check(self) -> None:
        """Let SQLite parse the whole query under the guard without running it."""
        parameters = _ParameterNames()
        with self._translating_errors():
            self._clock.run(lambda: self._connection.execute(f"EXPLAIN {self._text}", parameters))
        if not self._guard.selects:
            raise WrongUsageError("The query must be a SELECT over the public views.", error_messages.LIST_VIEWS)
        for name in sorted(parameters.names - self._values.keys()):
            raise WrongUsageError(f"No value for the parameter :{name}.", f"Add --param {name}=VALUE.")
        for name in sorted(self._values.keys() - parameters.names):
            raise WrongUsageError(f"The query has no parameter :{name[:80]}.", "Remove the --param, or use it.")
        self._guard.running = True

    def fill(self, source: sqlite3.Connection, masker: Masker) -> None:
        """Fill the masked copy with the tables that the query reads."""
        self._connection.set_authorizer(None)
        self._connection.execute("PRAGMA query_only = OFF")
        copy = masked_copy.MaskedCopy(self._connection, masker, self._guard.tables)
        with self._translating_errors():
            self._clock.run(lambda: copy.fill(source, self._clock.is_over))
        if self._clock.is_over():
            raise self._clock.error()
        self._connection.execute("PRAGMA query_only = ON")
        self._connection.set_authorizer(self._guard)

    def run(self) -> Answer:
        """Run the query, up to its first row."""
        with self._translating_errors():
            cursor = self._clock.run(lambda: self._connection.execute(self._text, self._values))
        columns = _distinct(self._mask(name) for name, *_ in cursor.description)
        rows = self._rows(cursor, columns)
        first = next(rows, None)
        return Answer(columns, rows if first is None else chain([first], rows))

    def _as_typed(self, value: str) -> str:
        """Return a text of the answer, masked because the query itself may name somebody."""
        return self._mask(value) if self._is_naming else value

    def _rows(self, cursor: sqlite3.Cursor, columns: tuple[str, ...]) -> Iterator[JsonObject]:
        try:
            while True:
                with self._translating_errors():
                    row = self._clock.run(cursor.fetchone)
                if row is None:
                    return
                values = (self._as_typed(value) if isinstance(value, str) else _json_value(value) for value in row)
                yield dict(zip(columns, values, strict=True))
        finally:
            self._connection.close()

    def _translating_errors(self) -> AbstractContextManager[None]:
        return error_messages.translate_sqlite_errors(self._path, self._guard, self._clock, self._is_damaged)


class _ParameterNames(dict[str, None]):
    """A stand-in for a query's parameters that records their names."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> None:
        """Record the name."""
        self.names.add(name)


def _check_length(text: str) -> None:
    if not text.strip():
        raise WrongUsageError("The query is empty.", error_messages.LIST_VIEWS)
    if len(text.encode("utf-8", "replace")) > guard.LONGEST_QUERY:
        raise WrongUsageError("The query is longer than 1 MB.", "Pass long values with --param.")
    if "\0" in text:
        raise WrongUsageError("The query contains a NUL character.")


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return printable, distinct names for columns: a second ``id`` becomes ``id_2``."""
    found: dict[str, None] = {}
    for given in names:
        name = distinct = "".join(char if char.isprintable() else " " for char in given)
        number = 1
        while distinct in found:
            number += 1
            distinct = f"{name}_{number}"
        found[distinct] = None
    return tuple(found)


def _json_value(value: object) -> object:
    """Return a value that JSON can represent: bytes become hexadecimal digits, and infinity its name."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and value in {float("inf"), float("-inf")}:
        return "Infinity" if value > 0 else "-Infinity"
    return value
