"""Limit a query to reading the public views, calling functions that only compute, and a maximum time.

SQLite asks the guard about every table, column and function of a query before the query runs. SQLite names the view
through which a column is read, but a query can give any name to its own common table expressions. Only inner views are
therefore trusted, because their names are drawn at random for each query. Once the query as a whole has been accepted,
full-text search may read its own tables.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from scamcli.errors import WrongUsageError, quote
from scamcli.language import scripts
from scamcli.query.sql.views import BY_NAME
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

LONGEST_QUERY = 1_000_000
"""Bytes."""

LIMITS = {
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: LONGEST_QUERY + 100,
    sqlite3.SQLITE_LIMIT_COLUMN: 500,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 500,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 200,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 250_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 100,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1000,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 1000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}

FUNCTIONS = frozenset(Path(__file__).with_name("functions.txt").read_text(encoding="utf-8").split())
"""SQLite's functions that only compute, and ``terms``."""

_JSON_TABLES = frozenset({"json_each", "json_tree"})
_INTERNAL_PREFIXES = ("pragma_", "sqlite_")
_OPS_BETWEEN_CHECKS = 1000


class Guard:
    """A callback that tells SQLite what one query may do, and records what the query reads and what was refused.

    Only the `inner` views may read the `closed` tables and modules of the database, which are in lower case.

    Attributes:
        running: whether the query was accepted; later requests then come from full-text search itself.
        selects: whether the query selects anything.
        views: the views that it reads.
        tables: the tables that these views read.
        refused: why the query was refused; empty if it was not.
    """

    def __init__(self, inner: frozenset[str], closed: frozenset[str]) -> None:
        self._inner = inner
        self._closed = closed
        self.running = False
        self.selects = False
        self.views: set[str] = set()
        self.tables: set[str] = set()
        self.refused = ""

    def __call__(
        self, action: int, first: str | None, second: str | None, _database: str | None, source: str | None
    ) -> int:
        """Return SQLite's verdict on an action."""
        if self._allows(action, first or "", second or "", source or ""):
            return sqlite3.SQLITE_OK
        self.refused = self.refused or self._reason(action, first or "", second or "")
        return sqlite3.SQLITE_DENY

    def _allows(self, action: int, first: str, second: str, source: str) -> bool:
        if action == sqlite3.SQLITE_SELECT:
            self.selects = True
            return True
        if action == sqlite3.SQLITE_READ:
            return self._may_read(first, second, source)
        if action == sqlite3.SQLITE_FUNCTION:
            return second.lower() in FUNCTIONS or (self.running and second.lower() == "bm25")
        if action == sqlite3.SQLITE_PRAGMA:
            return self.running and first == "data_version"
        return action == sqlite3.SQLITE_RECURSIVE

    def _may_read(self, table: str, column: str, source: str) -> bool:
        name = table.lower()
        if source in self._inner:
            self.tables.add(name)
            return True
        if table in self._inner or name in _JSON_TABLES:
            return True
        if name in BY_NAME:
            self.views.add(name)
            return not column or column in BY_NAME[name].columns
        if not column and name not in self._closed and not name.startswith(_INTERNAL_PREFIXES):
            return True  # a table that the query itself defines: WITH n AS (…) SELECT count(*) FROM n
        return self.running and (name == "event_text" or name.startswith("event_text_"))

    def _reason(self, action: int, first: str, second: str) -> str:
        if action == sqlite3.SQLITE_READ:
            return (
                f"{quote(first)} is not one"
                if first.lower() not in BY_NAME
                else f"{first} has no column {quote(second)}"
            )
        if action == sqlite3.SQLITE_FUNCTION:
            return f"the function {quote(second)} is not allowed"
        return "it would do something else"


class Clock:
    """Counts the processor time of a query in seconds. Waiting for the reader of its rows does not count.

    Raises:
        WrongUsageError: the time limit is not positive.
    """

    def __init__(self, seconds: float | None = None) -> None:
        seconds = limits.value("query-seconds") if seconds is None else seconds
        if not seconds > 0:
            raise WrongUsageError(f"The timeout must be more than 0 seconds, not {seconds:g}.")
        self.seconds = seconds
        self._spent = 0.0
        self._began: float | None = None
        self._process_began: float | None = None

    def run(self, work: Callable[[], T]) -> T:
        """Do some of the work with the clock running."""
        self._began, self._process_began = time.thread_time(), time.process_time()
        try:
            return work()
        finally:
            self._spent += time.thread_time() - self._began
            self._began = self._process_began = None

    def is_over(self) -> bool:
        """Return whether the time is over. SQLite calls this while it works, and stops if it is."""
        running = 0.0 if self._began is None else time.thread_time() - self._began
        return self._spent + running > self.seconds

    def is_stuck(self) -> bool:
        """Return whether the query is still running long after its time was over. Called from another thread."""
        began = self._process_began
        return began is not None and time.process_time() - began > 2 * self.seconds + 2

    def error(self) -> WrongUsageError:
        """Return the error for a query that took too long."""
        return WrongUsageError(
            f"The query was stopped after {self.seconds:g} seconds.", "Narrow it, or allow more with --timeout."
        )


def seal(connection: sqlite3.Connection, inner: frozenset[str], is_over: Callable[[], bool]) -> Guard:
    """Restrict a connection to reading the public views, after views and tables have been created.

    The caller sets ``PRAGMA query_only`` when nothing is left to write. A query is stopped as soon as `is_over` says
    so.
    """
    # Full-text search looks up its own tables when it is first used, which has to happen before the guard is set.
    connection.execute("SELECT rowid FROM main.event_text LIMIT 0")
    found = connection.execute("SELECT name FROM main.sqlite_schema UNION ALL SELECT name FROM pragma_module_list")
    guard = Guard(inner, frozenset(name.lower() for (name,) in found))
    connection.create_function("terms", 1, _terms, deterministic=True)
    # A query can build a text from bytes that are not UTF-8.
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    for limit, value in LIMITS.items():
        connection.setlimit(limit, value)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, min(limits.value("value"), 2**31 - 1))
    # SQLite keeps the smallest heap limit that a process ever set.
    connection.execute(f"PRAGMA hard_heap_limit = {limits.value('sqlite-memory')}")
    connection.set_progress_handler(is_over, _OPS_BETWEEN_CHECKS)
    connection.set_authorizer(guard)
    return guard


def _terms(text: object) -> str:
    """Return an FTS5 query for words as a user types them, in any script; without words, it finds nothing."""
    return (scripts.match_query(str(text)) if text is not None else None) or '""'
