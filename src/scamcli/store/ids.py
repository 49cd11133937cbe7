"""Ids of events are permanent: one that was given once is never given to another, and one that was merged leads on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scamcli import slugs
from scamcli.errors import DataError
from scamcli.store.history import current, gone, successor

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from scamcli.models import Event, Record


class Ids:
    """The ids of one database: those of events that are there, and those of events that were."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def into(self, event_id: str) -> str:
        """The id itself, or that of the event into which its own was merged."""
        return successor(self._connection, "event", event_id) or event_id

    def give(self, event: Event, title: str, given: dict[str, Any], *, insert_only: bool) -> dict[str, Any] | None:
        """Give an event the first free id of its date and title.

        Args:
            event: whole, but for its id.
            title: its title, without protected names.
            given: the record as it was given.
            insert_only: whether it is a new one, whatever is there.

        Returns:
            The record, where one is this event already; else ``None``.
        """
        wanted = slugs.made_id(event.date, title)
        number, event.id = 1, wanted
        while (before := self._had(event.id)) is not None:
            if not insert_only and not differing(before, event, given):
                is_here = current(self._connection, "event", event.id) or successor(self._connection, "event", event.id)
                return before if is_here else None
            number += 1
            event.id = slugs.numbered(wanted, number)
        return None

    def free(self, record: dict[str, Any], title: str, taken: Collection[str]) -> str:
        """The first id of a record's date and title that is nobody's; what was this very record, and is gone, had it.

        Args:
            record: whole, but for its id.
            title: its title, without protected names.
            taken: ids that are as good as given.
        """
        wanted = slugs.made_id(record["date"], title)
        number, id_ = 1, wanted
        while id_ in taken or not self._is_free(id_, record):
            number += 1
            id_ = slugs.numbered(wanted, number)
        return id_

    def _is_free(self, id_: str, record: dict[str, Any]) -> bool:
        if current(self._connection, "event", id_) is not None:
            return False
        was, beside = gone(self._connection, "event", id_), {"id": id_, "links": []}
        return was is None or (was.successor is None and was.record | beside == record | beside)

    def merged(self, event: Event, given: dict[str, Any], *, insert_only: bool) -> dict[str, Any] | None:
        """The record of an id that is given, where it is that of an event that was merged into another.

        Raises:
            DataError: it was that of another event.
        """
        was = gone(self._connection, "event", event.id or "")
        if was is None:
            return None
        if was.successor is not None:
            if not insert_only and not differing(was.record, event, given):
                return was.record
            hint = "give this one another id"
            raise DataError(f"the id {event.id!r} leads to {was.successor!r}, into which its event was merged", hint)
        if insert_only and differing(was.record, event, given):
            hint = f"`scamcli undo {was.change}` brings that one back; give this one another --id"
            raise DataError(f"the id {event.id!r} was that of another event, until change {was.change}", hint)
        return None

    def _had(self, event_id: str) -> dict[str, Any] | None:
        """The record that has this id, or had it."""
        stored = current(self._connection, "event", event_id)
        if stored is not None:
            return dict(json.loads(stored))
        was = gone(self._connection, "event", event_id)
        return was.record if was else None


def differing(before: dict[str, Any], after: Record, given: dict[str, Any]) -> list[str]:
    """The keys that are given, and that differ."""
    value = after.model_dump()
    return [key for key in given if key in before and not _is_same(key, before[key], value[key])]


def _is_same(key: str, before: Any, after: Any) -> bool:
    """Whether two values say the same: figures do in any order, since each has its id."""
    if key != "figures":
        return bool(before == after)
    return sorted(before, key=_id_of) == sorted(after, key=_id_of)


def _id_of(figure: dict[str, Any]) -> str:
    return str(figure["id"])
