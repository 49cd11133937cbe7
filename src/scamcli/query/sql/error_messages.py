"""What SQLite says of a query, in plain words: the query's fault, or the database's."""

from __future__ import annotations

import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scamcli.errors import ScamcliError, WrongUsageError
from scamcli.language.names import suggest
from scamcli.query.sql.guard import FUNCTIONS
from scamcli.query.sql.views import BY_NAME, VIEWS
from scamcli.store.connection import said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scamcli.query.sql.clock import Clock
    from scamcli.query.sql.guard import Guard

LISTED = "`scamcli sql` lists the views and their columns"

_OF_THE_DATABASE = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOTADB,
})  # fmt: skip

_KNOWN = (
    (r"string or blob too big|query string is too large", "a text of the query is longer than 32 MiB", ""),
    (r"one statement at a time", "one query at a time", "put no second statement behind a semicolon"),
    (r"incomplete input", "the query ends too early", "a bracket, a quote or a word is missing at its end"),
    (r"has no name", "a parameter is written :name, not ?", "--param name=value gives its value"),
    (
        r"MATCH in the requested context|unable to use function",
        "MATCH is for the column text of event_texts",
        "such as `SELECT event FROM event_texts WHERE text MATCH terms('casino')`",
    ),
    (
        r"fts5|unknown special query|no such column: \w+$|unterminated string",
        "the words after MATCH cannot be read",
        "terms('…') takes words as you type them",
    ),
)


CANNOT = "SQLite cannot run the query"


@contextmanager
def translate_sqlite_errors(path: Path, guard: Guard, clock: Clock) -> Iterator[None]:
    """Turn what SQLite raises inside into an error of ours.

    Raises:
        WrongUsageError: the query cannot be read, is not allowed, or took too long.
        DatabaseError: the database is busy, damaged or unreadable.
        KeyboardInterrupt: it was interrupted.
    """
    try:
        yield
    except MemoryError:
        raise WrongUsageError("the query needs more memory than there is", "narrow it, or add LIMIT") from None
    except (sqlite3.Error, sqlite3.Warning) as error:
        if clock.over():
            raise clock.error() from None
        if str(error) == "interrupted":
            raise KeyboardInterrupt from None
        raise _error(error, path, guard) from None


def _error(error: Exception, path: Path, guard: Guard) -> ScamcliError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if isinstance(error, sqlite3.Error) and code in _OF_THE_DATABASE:
        return said(error, path)
    text = str(error)
    if guard.refused:
        return WrongUsageError(f"sql only reads the public views: {guard.refused}", _near_view(guard.refused))
    for pattern, name in (("no such table: (.*)", "view"), ("no such column: (.*)", "column"),
                          ("no such function: (.*)", "function")):  # fmt: skip
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found and not guard.running:
            return WrongUsageError(f"no {name} {found[1][:80]!r}", _near(name, found[1].rpartition(".")[2], guard))
    for pattern, message, hint in _KNOWN:
        if re.search(pattern, text):
            return WrongUsageError(message, hint)
    told = "a text is no UTF-8" if "decode" in text else text[:200]  # SQLite quotes the whole text
    return WrongUsageError(f"{CANNOT}: {told}", LISTED if not guard.running else "")


def _near(what: str, name: str, guard: Guard) -> str:
    read = [BY_NAME[view] for view in sorted(guard.views)] or VIEWS
    candidates = {
        "view": list(BY_NAME),
        "column": [column for view in read for column in view.columns],
        "function": sorted(FUNCTIONS),
    }[what]
    near = suggest(name, candidates)
    return f"did you mean {' or '.join(near)}? {LISTED}" if near else LISTED


def _near_view(refused: str) -> str:
    named = re.match("'(.*)' is none of the views", refused)
    near = suggest(named[1], list(BY_NAME)) if named else []
    return f"did you mean {' or '.join(near)}? {LISTED}" if near else LISTED
