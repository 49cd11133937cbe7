"""Translate SQLite's errors into plain words, as errors of the query or of the database."""

from __future__ import annotations

import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scamcli.errors import DatabaseError, ScamcliError, WrongUsageError, quote
from scamcli.language.names import did_you_mean, suggest
from scamcli.query.sql.guard import FUNCTIONS
from scamcli.query.sql.views import BY_NAME, VIEWS
from scamcli.records import limits
from scamcli.store.connection import database_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scamcli.query.sql.guard import Clock, Guard

LIST_VIEWS = "`scamcli sql` lists the views and their columns."

_DATABASE_ERRORS = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOTADB,
})  # fmt: skip

_MATCH_EXAMPLE = "Write `SELECT event FROM event_texts WHERE text MATCH terms('casino')`."

_EXPLAINED = (
    (r"one statement at a time", "Only one query can be run at a time.", "Remove what follows the semicolon."),
    (r"incomplete input", "The query is incomplete.", "A bracket, a quote or a word is missing at its end."),
    (r"has no name", "Parameters are written :name, not ?.", "Give the value with --param name=value."),
    (r"MATCH in the requested context|unable to use function", "MATCH only works on event_texts.text.", _MATCH_EXAMPLE),
    (
        r"fts5|unknown special query|no such column: \w+$|unterminated string",
        "The search terms after MATCH cannot be parsed.",
        "terms('…') accepts words as you would type them.",
    ),
)
"""Patterns of SQLite's messages, each with our message and hint."""


@contextmanager
def translate_sqlite_errors(path: Path, guard: Guard, clock: Clock, is_damaged: Callable[[], bool]) -> Iterator[None]:
    """Translate errors that SQLite raises inside the context into our own errors.

    Raises:
        WrongUsageError: the query cannot be parsed, is not allowed, or took too long.
        DatabaseError: the database is busy, damaged or unreadable.
        KeyboardInterrupt: the query was interrupted.
    """
    try:
        yield
    except MemoryError:
        raise limits.exceeded("sqlite-memory", "The query needs", WrongUsageError) from None
    except (sqlite3.Error, sqlite3.Warning) as error:
        if clock.is_over():
            raise clock.error() from None
        if str(error) == "interrupted":
            raise KeyboardInterrupt from None
        raise _explain(error, path, guard, is_damaged) from None


def _explain(error: Exception, path: Path, guard: Guard, is_damaged: Callable[[], bool]) -> ScamcliError:
    """Return the error to raise for an error of SQLite: a mistake in the query, or a problem with the database."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if isinstance(error, sqlite3.Error) and code in _DATABASE_ERRORS:
        return database_error(error, path)
    text = str(error)
    if guard.refused:
        unknown = re.match('"(.*)" is not one', guard.refused)
        hint = _suggestion(unknown[1], list(BY_NAME)) if unknown else LIST_VIEWS
        return WrongUsageError(f"The query can only read the public views: {guard.refused}.", hint)
    found = re.fullmatch("no such (table|column|function): (.*)", text, re.DOTALL)
    if found and not guard.running:
        views = [BY_NAME[view] for view in sorted(guard.views)] or VIEWS
        name, candidates = {
            "table": ("view", list(BY_NAME)),
            "column": ("column", [column for view in views for column in view.columns]),
            "function": ("function", sorted(FUNCTIONS)),
        }[found[1]]
        return WrongUsageError(
            f"No {name} {quote(found[2][:80])}.", _suggestion(found[2].rpartition(".")[2], candidates)
        )
    if re.search("string or blob too big|query string is too large", text):
        return limits.exceeded("value", "A text in the query has", WrongUsageError)
    for pattern, message, hint in _EXPLAINED:
        if re.search(pattern, text):
            return WrongUsageError(message, hint)
    if is_damaged():
        return DatabaseError(f"{path} is damaged.", "`scamcli info --verify` says where; restore a backup.")
    reason = "a text is not UTF-8" if "decode" in text else text[:200]  # SQLite quotes the whole text
    return WrongUsageError(f"SQLite cannot run the query: {reason}.", LIST_VIEWS if not guard.running else "")


def _suggestion(name: str, candidates: list[str]) -> str:
    return f"{did_you_mean(suggest(name, candidates))} {LIST_VIEWS}".lstrip()
