"""Everything that the database has about an evidence file, in the form that is sealed and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

DESCRIPTION = ("name", "source", "url", "collected_by", "collected_at", "method", "tool", "note")
"""The columns that describe how a file was collected."""


def content(connection: sqlite3.Connection, sha256: str) -> dict[str, Any]:
    """Return everything that the database has about a file, in one form that is sealed."""
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


def contents(connection: sqlite3.Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the SHA-256 of every file, removed ones included, with its `content`."""
    for (sha256,) in connection.execute("SELECT sha256 FROM evidence ORDER BY sha256").fetchall():
        yield sha256, content(connection, sha256)
