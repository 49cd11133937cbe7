"""Checking a whole database: every event and every actor, one after the other."""

from __future__ import annotations

import json
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from scamcli import checks
from scamcli.language import dates
from scamcli.store import terms
from scamcli.store.keys import OPEN_END

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scamcli.language.vocabulary import Metric
    from scamcli.records.masking import Masker
    from scamcli.records.models import Event
    from scamcli.store.writer import Writer


class Known:
    """What checks ask of a database: its metrics, and the days of its events."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.metric = lru_cache(maxsize=None)(self._metric)

    def _metric(self, name: str) -> Metric | None:
        return terms.metric(self._connection, name)

    def has_figure(self, event_id: str, figure_id: str) -> bool:
        """Whether an event has a figure of this id."""
        sql = "SELECT 1 FROM figure JOIN event ON event.key = figure.event WHERE event.id = ? AND figure.id = ?"
        return self._connection.execute(sql, [event_id, figure_id]).fetchone() is not None

    def days(self, event_id: str) -> dates.Period | None:
        """The days of an event; ``None`` when there is no such event."""
        row = self._connection.execute("SELECT start, last, sure FROM event WHERE id = ?", [event_id]).fetchone()
        return None if row is None else dates.Period(row[0], None if row[1] >= OPEN_END else row[1], bool(row[2]))


def findings(connection: sqlite3.Connection, masker: Masker | None) -> Iterator[checks.Finding]:
    """Every finding as it may be printed, oldest event first, then the actors.

    A protected actor is compared with nobody: that a name is nearly one that is withheld would give it away.
    """
    known = Known(connection)
    for record, event in _events(connection):
        found = checks.check_event(event, known)
        yield from found if masker is None else (_masked(one, record, masker) for one in found)
    hidden = "" if masker is None else " AND placeholder IS NULL"
    sql = f"SELECT name FROM term WHERE type = 'actor'{hidden} ORDER BY name"  # noqa: S608 - our own words
    actors = connection.execute(sql)
    yield from checks.near_duplicates(name for (name,) in actors)


def _masked(found: checks.Finding, record: dict[str, Any], masker: Masker) -> checks.Finding:
    printed = masker.record(record)["id"]
    return checks.Finding(
        found.code, printed, masker.text_in(record, found.place), masker.text_in(record, found.reason)
    )


def derive_bounds(writer: Writer) -> list[str]:
    """Derive bounds from wording again wherever they differ, and change nothing else.

    Returns:
        The ids of the events that were changed.
    """
    known = Known(writer.connection)
    changed = []
    for value, event in list(_events(writer.connection)):
        wrong = {found.place for found in checks.check_event(event, known) if found.code == "F02"}
        if not wrong:
            continue
        for figure, record in zip(value["figures"], event.figures, strict=True):
            if f"figure {record.id}" in wrong:
                figure |= checks.bounds_of_wording(record, known)._asdict()
        writer.replace_event(event.id or "", value)
        changed.append(event.id or "")
    return changed


def _events(connection: sqlite3.Connection) -> Iterator[tuple[dict[str, Any], Event]]:
    """The record of each event, and what reads like one: it was validated on its way in."""
    for (text,) in connection.execute("SELECT record FROM event ORDER BY start, id"):
        event: Any = json.loads(text, object_hook=lambda part: SimpleNamespace(**part))
        yield json.loads(text), event
