"""Convert every record of a database, and every version in the history, to the current form.

The history keeps old texts, but undo, the versions of a record and merges must work the same whenever the texts were
written. So an upgrade rewrites all of them, as a redaction does, instead of leaving two forms for every reader to
handle. Digests and seals that were correct are recomputed. Those that were wrong stay wrong, so that ``info --verify``
still reports earlier damage to the file. The copy that is made first has the original history.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scamcli.records import canonical
from scamcli.records.upgrade import upgraded
from scamcli.store import short_seals

if TYPE_CHECKING:
    import sqlite3

BECAME = """
    SELECT * FROM (
        SELECT before FROM change_record AS n
        WHERE n.type = change_record.type AND n.name = change_record.name AND n.change > change_record.change
        ORDER BY n.change LIMIT 1
    ) UNION ALL SELECT record FROM event WHERE change_record.type = 'event' AND event.id = change_record.name
    UNION ALL SELECT record FROM term WHERE term.type = change_record.type AND term.name = change_record.name
    LIMIT 1
"""
"""The result of a change for a record: the one that the next change to the record found, or else the present record."""

_STATEMENTS = (
    # The digests come first, because they are computed from the old texts.
    f"UPDATE change_record SET after = digest_after(after, ({BECAME})) WHERE after NOT NULL",  # noqa: S608 - our words
    "UPDATE change_record SET before = upgraded(before) WHERE before <> upgraded(before)",
    "UPDATE event SET record = upgraded(record) WHERE record <> upgraded(record)",
    "UPDATE term SET record = upgraded(record) WHERE type IN ('metric', 'site') AND record <> upgraded(record)",
    "UPDATE figure SET count = 'aggregate' WHERE count = 'new'",
)


def upgrade(connection: sqlite3.Connection) -> bool:
    """Rewrite all records and their histories, and return whether any was in an earlier form."""
    connection.create_function("upgraded", 1, _upgraded, deterministic=True)
    connection.create_function("digest_after", 2, _digest_after, deterministic=True)
    sealed = short_seals.correct(connection)
    changed = [connection.execute(statement).rowcount for statement in _STATEMENTS]
    if not any(changed[1:]):
        return False
    for number in sealed:
        short_seals.seal(connection, number)
    return True


def _upgraded(text: str) -> str:
    """Return the text of a record in the current form, or the text itself if it cannot be read."""
    try:
        return canonical.line(upgraded(json.loads(text)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return text


def _digest_after(digest: str, text: str | None) -> str:
    """Return the digest of the upgraded text, if the given digest of the text was correct."""
    return short_seals.digest(_upgraded(text)) if text and short_seals.digest(text) == digest else digest
