"""What a record was, version by version, as the history of a database tells it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.store.history import current

if TYPE_CHECKING:
    import sqlite3

MERGE = "merge"
"""The command whose changes do not count once they are undone: what was merged and taken back can be merged again."""


SHIPS = "init"
"""The command that makes a database with the shipped timeline."""


class Version(NamedTuple):
    """What a record was for a while.

    Attributes:
        record: ``None``: it was not there.
        proposed: whether it came by a merge as a draft, because another event seemed to tell the same, and is one
            still: there it was reviewed.
        came: whether a merge brought it, or made it.
        shipped: whether it is that of the shipped timeline.
    """

    record: dict[str, Any] | None
    proposed: bool = False
    came: bool = False
    shipped: bool = False


class Versions:
    """The histories of the records of one database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._skipped = _undone(connection)

    def of(self, type_: str, name: str) -> list[Version]:
        """Every version of a record, the first one first, to the present one; none of what never was."""
        rows = self._connection.execute(
            "SELECT c.id, r.before, r.after IS NULL, c.command FROM change_record r JOIN change c ON c.id = r.change"
            " WHERE r.type = ? AND r.name = ? ORDER BY r.change",
            [type_, name],
        ).fetchall()
        now = current(self._connection, type_, name)
        if not rows:
            return [] if now is None else [Version(json.loads(now))]
        texts = [*(row[1] for row in rows[1:]), now]
        found = [] if rows[0][1] is None else [Version(json.loads(rows[0][1]))]
        for (change, _, is_gone, command), text in zip(rows, texts, strict=True):
            if change not in self._skipped:
                record = None if is_gone or text is None else json.loads(text)
                is_proposed = _is_proposed(record, command, found)
                found.append(Version(record, is_proposed, command == MERGE, command == SHIPS))
        return found


def _is_proposed(record: dict[str, Any] | None, command: str, before: list[Version]) -> bool:
    if record is None or record.get("status") != "draft":
        return False
    last = before[-1] if before else Version(None)
    return last.proposed or (last.record is None and command == MERGE)


def _undone(connection: sqlite3.Connection) -> set[int]:
    """The merges that were undone, and what undid them or did them again."""
    rows = connection.execute("SELECT id, undoes FROM change WHERE undoes IS NOT NULL ORDER BY id DESC").fetchall()
    if not rows:
        return set()
    merges = {id_ for (id_,) in connection.execute("SELECT id FROM change WHERE command = ?", [MERGE])}
    undone, undoes = set[int](), dict(rows)
    for id_, other in rows:
        if id_ not in undone:
            undone.add(other)
    return (undone & merges) | {id_ for id_ in undoes if _root(undoes, id_) in merges}


def _root(undoes: dict[int, int], change: int) -> int:
    while change in undoes:
        change = undoes[change]
    return change
