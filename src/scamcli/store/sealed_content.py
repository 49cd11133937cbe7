"""What a file holds besides records, and which change made it what it is.

A row of ``change_content`` has a salted digest of what a text, a passage, a copy or a setting became. Undo does not use
these rows. They are there so that `info --verify` finds every other way of changing what a file holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.records import canonical
from scamcli.store import settings
from scamcli.store.history import salted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Iterator, Mapping

    from scamcli.store.history import History

_SQL = {
    "snapshot": "SELECT sha256 AS name, at, title, outlet, url, published FROM snapshot",  # the name covers the text
    "origin": 'SELECT event AS name, snapshot, start, "end", reasons, unread, twin FROM origin',
    "backup": "SELECT path AS name, group_concat(at) AS at FROM (SELECT * FROM backup ORDER BY at) GROUP BY path",
    "timestamp": "SELECT sha256 AS name, change, at, authority, hex(reply) AS reply FROM timestamp",
    "mask": "SELECT name, placeholder FROM term WHERE placeholder NOT NULL",  # N of [protected-N]
    "setting": "SELECT name, value FROM setting",
    "redacted": (  # the rows that redactions rewrote, as they are now
        "SELECT l.change || '/' || position AS name, hex(leaf) AS leaf, part, l.type, l.name AS row, CASE part"
        " WHEN 'change' THEN (SELECT json_array(at, author, command, reason, undoes, resealed) FROM change"
        "  WHERE id = l.change)"
        " WHEN 'record' THEN (SELECT json_array(before, after, successor, placeholder) FROM change_record r"
        "  WHERE r.change = l.change AND r.type = l.type AND r.name = l.name)"
        " WHEN 'content' THEN (SELECT json_array(after) FROM change_content c"
        "  WHERE c.change = l.change AND c.type = l.type AND c.name = l.name) END AS became"
        " FROM redacted_leaf l"
    ),
}
"""SQL for what is stored now, by its type. The first column is its name, and the others are its content by name."""


def stored(
    connection: sqlite3.Connection, type_: str, name: str | None = None
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the name and the content of everything of a type that is stored now, or only what has a name."""
    if type_ == "evidence":
        yield from evidence_contents(connection) if name is None else [(name, evidence_content(connection, name))]
        return
    if type_ == "setting" and not settings.has_settings(connection):
        return
    where, values = ("", []) if name is None else (" WHERE name = ?", [name])
    rows = connection.execute(f"SELECT * FROM ({_SQL[type_]}){where}", values)  # noqa: S608 - our words
    keys = [column[0] for column in rows.description][1:]
    yield from ((name, dict(zip(keys, content, strict=True))) for name, *content in rows)


TYPES = (*_SQL, "evidence")
"""The types of what is sealed besides records."""


class Difference(NamedTuple):
    """Something whose content is not the one that its last change made."""

    type: str
    name: str
    reason: str
    is_gone: bool = False


def note(history: History, type_: str, *names: str) -> None:
    """Append to the change what is stored now under a type and some names."""
    found = ((name, next(stored(history.connection, type_, name), None)) for name in names)
    history.note_contents(type_, ((name, one and one[1]) for name, one in found))


def note_all(history: History, type_: str, names: Container[str] | None = None) -> None:
    """Append to the change everything of a type that is stored now, or what has one of some names."""
    found = [one for one in stored(history.connection, type_) if names is None or one[0] in names]
    if found:
        history.note_contents(type_, found)


def differences(connection: sqlite3.Connection) -> Iterator[Difference]:
    """Compare everything that is stored now with what the last change to it made."""
    for type_ in TYPES:
        seen: set[str] = set()
        for name, content in stored(connection, type_):
            if name in seen:
                yield Difference(type_, name, "it is there more than once")
            seen.add(name)
            reason = _reason(connection, type_, name, content)
            if reason:
                yield Difference(type_, name, reason)
        for name, change, after in connection.execute(
            "SELECT name, max(change), after FROM change_content WHERE type = ? GROUP BY name", [type_]
        ):
            if after is not None and name not in seen:
                yield Difference(type_, name, f"change {change} added or changed it, and it is gone", is_gone=True)
    numbered = "SELECT evidence FROM evidence_source GROUP BY evidence HAVING min(n) <> 0 OR max(n) <> count(*) - 1"
    for (name,) in connection.execute(numbered):
        yield Difference("evidence", name, "another program changed the order of its sources")


def _reason(connection: sqlite3.Connection, type_: str, name: str, content: Mapping[str, object]) -> str | None:
    """Return why a content is not the one that its last change made, or ``None`` if it is."""
    sql = "SELECT change, after, salt FROM change_content WHERE type = ? AND name = ? ORDER BY change DESC LIMIT 1"
    row = connection.execute(sql, [type_, name]).fetchone()
    if row is None:
        return "no change brought it in, so another program did"
    change, after, salt = row
    if salt is not None and after == salted(salt, canonical.line(content)):
        return None
    return f"it is not what change {change} made of it; another program changed it, or the file is damaged"


DESCRIPTION = ("name", "source", "url", "collected_by", "collected_at", "method", "tool", "note")
"""The columns that describe how an evidence file was collected."""


def evidence_content(connection: sqlite3.Connection, sha256: str) -> dict[str, Any]:
    """Return everything that the database has about an evidence file, in the form that is sealed and printed."""
    size, media_type, derived_from, removed = connection.execute(
        "SELECT size, media_type, derived_from, removed FROM evidence WHERE sha256 = ?", [sha256]
    ).fetchone()
    found: dict[str, Any] = {
        "sha256": sha256, "size": size, "media_type": media_type, "derived_from": derived_from, "removed": removed,
    }  # fmt: skip
    for key, sql in _PARTS.items():
        found[key] = [list(row) for row in connection.execute(sql, [sha256])]
    return found


_PARTS = {
    "sources": f"SELECT {', '.join(DESCRIPTION)} FROM evidence_source WHERE evidence = ? ORDER BY n",  # noqa: S608 - our words
    "events": "SELECT event FROM evidence_event WHERE evidence = ? ORDER BY event",
    "texts": "SELECT snapshot, pages FROM evidence_text WHERE evidence = ? ORDER BY snapshot",
    "custody": "SELECT change, action, detail FROM custody WHERE evidence = ? ORDER BY change, action",
}
"""The rows of other tables that belong to a file."""


def evidence_contents(connection: sqlite3.Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the SHA-256 of every file, removed ones included, with its `evidence_content`."""
    for (sha256,) in connection.execute("SELECT sha256 FROM evidence ORDER BY sha256").fetchall():
        yield sha256, evidence_content(connection, sha256)
