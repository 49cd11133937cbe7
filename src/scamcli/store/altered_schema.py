"""Examine a database with a schema of neither this version nor an earlier one. Refuse definitions that can act.

A file from elsewhere can contain triggers that change what a command writes, views in place of tables, and computed
columns. SQLite keeps the text of every definition, so an unaltered file is recognised by comparing texts, and only
differences are examined more closely. Tables and indexes that others have added are accepted if they only hold data,
because nothing in them runs while scamcli reads and writes its own tables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DatabaseError, quote
from scamcli.store import schema

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_CREATES = r"""CREATE (?:(?:VIRTUAL|UNIQUE) )?(?:TABLE|INDEX) ['"]?(\w+)"""
_NO_WORDS = r"""(?s)--[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]"""
"""Comments, texts and quoted names, as SQLite's tokenizer reads them from left to right."""

_COMPUTES = r"(?i)\b(?:check|as)\b"
"""Every CHECK constraint and every generated column has one of these words."""

_COLLATIONS = frozenset({"BINARY", "NOCASE", "RTRIM"})
_RESERVED = ("sqlite_", "pragma_", "json_", "event_text_", "event_stem_")
"""Prefixes of names that have a meaning for SQLite or for the full-text search of events."""

_HINT = "It was left as it is. Restore a backup."
_HINT_ADDED = "It was left as it is. Other tables and indexes are allowed if they only hold data; remove this one."


class _Object(NamedTuple):
    """A row of the schema: a table, an index, or anything else that a database can define."""

    type: str
    name: str
    table: str
    sql: str

    def __str__(self) -> str:
        """Return the object in the form used in messages."""
        on = f" on {quote(self.table[:80])}" if self.type in {"index", "trigger"} else ""
        return f"the {self.type[:80]} {quote(self.name[:80])}{on}"


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a database with an altered schema. Call this before anything else is read from it.

    Args:
        connection: a connection to a file that is marked as a timeline.
        path: the path of the file, for messages.

    Raises:
        DatabaseError: the file was made by a newer version; or a definition was changed, is missing, or was added and
            does more than hold data.
    """
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM main.sqlite_master WHERE sql NOT NULL")
    objects = [_Object(*row) for row in rows]
    _check_versions(connection, objects, path)
    expected = {*schema.SHADOW_TABLES, *schema.statements()}
    missing = expected - {one.sql for one in objects}
    if missing:
        name = min(map(_name_in, missing))
        state = "different" if any(one.name.lower() == name for one in objects) else "missing"
        raise DatabaseError(f"{path} was altered by another program: {quote(name)} is {state}.", _HINT)
    added = [one for one in objects if one.sql not in expected and one.sql not in schema.BY_LIBRARIES]
    shared = "SELECT 1 FROM main.sqlite_master WHERE rootpage > 0 GROUP BY rootpage HAVING count(*) > 1"
    if added and connection.execute(shared).fetchone():
        raise DatabaseError(f"{path} is damaged: two of its tables have the same pages.", _HINT)
    ours = set(map(_name_in, expected)) if added else set()
    for one in added:
        reason = _objection(connection, one, ours)
        if reason:
            raise DatabaseError(f"{path} was altered by another program: {one} {reason}.", _HINT_ADDED)


def _check_versions(connection: sqlite3.Connection, objects: list[_Object], path: Path) -> None:
    """Refuse a file of a newer version, one that is too old, and one whose list of versions is not a table."""
    table = next((one for one in objects if (one.type, one.name) == ("table", "_sqlite_migrations")), None)
    if table is None or _objection_to_table(connection, table, set()):
        raise DatabaseError(f"{path} was altered by another program: its list of versions is not a table.", _HINT)
    done = schema.applied(connection)
    if done - {step.__name__ for step in schema.STEPS}:
        raise DatabaseError(f"{path} was made by a newer version of scamcli.", "Upgrade scamcli, then try again.")
    if schema.FIRST not in done:
        raise DatabaseError(
            f"{path} was made by an early development version of scamcli.",
            f"Open it once with commit {schema.LAST_TO_UPGRADE_OLDER_FILES}, which upgrades it; then try again.",
        )


def _name_in(statement: str) -> str:
    """Return the name of the table or index that one of our statements creates."""
    found = re.match(_CREATES, statement)
    return found[1] if found else statement


def _objection(connection: sqlite3.Connection, one: _Object, ours: set[str]) -> str:
    """Return why an added object is refused, or an empty text if it only holds data."""
    if one.name.lower() in ours or one.name.lower().startswith(_RESERVED):
        return "has a name that is reserved"
    if one.type == "table":
        return _objection_to_table(connection, one, ours)
    if one.type == "index":
        return _objection_to_index(connection, one, ours)
    return "can change or hide what scamcli reads and writes"


def _objection_to_table(connection: sqlite3.Connection, one: _Object, ours: set[str]) -> str:
    if not one.sql.startswith("CREATE TABLE "):
        return "is not an ordinary table"
    if re.search(_COMPUTES, re.sub(_NO_WORDS, " ", one.sql)):
        return "has a constraint or a column that computes"
    parents = connection.execute(f"PRAGMA main.foreign_key_list({_quoted(one.name)})").fetchall()
    return "refers to a table of scamcli" if any(parent.lower() in ours for _, _, parent, *_ in parents) else ""


def _objection_to_index(connection: sqlite3.Connection, one: _Object, ours: set[str]) -> str:
    columns = connection.execute(f"PRAGMA main.index_xinfo({_quoted(one.name)})").fetchall()
    if re.search(r"(?i)\bwhere\b", re.sub(_NO_WORDS, " ", one.sql)) or any(number == -2 for _, number, *_ in columns):
        return "computes a condition or an expression"
    if any(collation.upper() not in _COLLATIONS for *_, collation, _ in columns):
        return "has an order of its own"
    is_unique = not one.sql.startswith("CREATE INDEX ")
    return "refuses what scamcli may write" if is_unique and one.table.lower() in ours else ""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
