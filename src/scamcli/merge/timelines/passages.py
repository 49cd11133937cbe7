"""The texts from which events were read: they come along with new events, so that a claim leads to its words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scamcli.merge.timelines.record_pairs import Pairs

_NAMED = {"actors": "actor", "sources": "actor", "sites": "site"}


def bring_passages(pairs: Pairs, ids: Iterable[tuple[str, str]]) -> None:
    """Bring in the passages of events, and the texts that they stand in.

    Args:
        pairs: the two timelines.
        ids: of events that came in, here and there.
    """
    here, there = pairs.writer.connection, pairs.other.connection
    if there.execute("SELECT 1 FROM origin").fetchone() is None:
        return
    for id_, other in ids:
        row = there.execute(
            'SELECT snapshot, start, "end", reasons, unread, twin FROM origin WHERE event = ?', [other]
        ).fetchone()
        if row is not None:
            text = there.execute("SELECT * FROM snapshot WHERE sha256 = ?", [row[0]]).fetchone()
            here.execute("INSERT OR IGNORE INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?)", text)
            reasons = json.dumps([one | {"field": _field(pairs, one["field"])} for one in json.loads(row[3])])
            here.execute(
                "INSERT OR IGNORE INTO origin VALUES (?, ?, ?, ?, ?, ?, ?)", [id_, *row[:3], reasons, *row[4:]]
            )


def _field(pairs: Pairs, path: str) -> str:
    """The path of a field, in the names of here."""
    first, dot, rest = path.partition(".")
    return first + dot + (pairs.names.own(_NAMED[first], rest) if first in _NAMED else rest)
