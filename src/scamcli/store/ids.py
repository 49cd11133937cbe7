"""Ids of events are permanent: one that was given once is never given to another, and one that was merged leads on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.records import slugs
from scamcli.store.history import current, gone, successor

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection

    from scamcli.records.models import Event, Record


MANY = 16
"""Events of one date and title from which on they are kept, since each new one is held against all of them."""


class Ids:
    """The ids of one database: those of events that are there, and those of events that were."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._many: dict[tuple[str, frozenset[str]], _Alike] = {}

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
        alike = self._alike(slugs.make_event_id(event.date, title), frozenset(given) - {"id"})
        event.id = alike.free()
        found = None if insert_only else alike.find(event.model_dump())
        if found is None:
            return None
        event.id = found
        is_here = current(self._connection, "event", found) or successor(self._connection, "event", found)
        return self._had(found) if is_here else None

    def _alike(self, wanted: str, keys: frozenset[str]) -> _Alike:
        """Those that have an id of one date and title; where they are many, they are read once for a command."""
        alike = self._many.get((wanted, keys)) or _Alike(self._had, wanted, keys)
        alike.read()
        if alike.number > MANY:
            self._many[wanted, keys] = alike
        return alike

    def forget(self) -> None:
        """Forget what was read: a record that is here was changed."""
        self._many.clear()

    def free(self, record: dict[str, Any], title: str, taken: Collection[str]) -> str:
        """The first id of a record's date and title that is nobody's; what was this very record, and is gone, had it.

        Args:
            record: whole, but for its id.
            title: its title, without protected names.
            taken: ids that are as good as given.
        """
        wanted = slugs.make_event_id(record["date"], title)
        number, id_ = 1, wanted
        while id_ in taken or not self._is_free(id_, record):
            number += 1
            id_ = slugs.with_number(wanted, number)
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


class _Alike:
    """The records that have, or had, the ids of one date and title, found by what they say.

    Args:
        had: gives the record of an id.
        wanted: the first of the ids.
        keys: which say whether two are alike.
    """

    def __init__(self, had: Callable[[str], dict[str, Any] | None], wanted: str, keys: frozenset[str]) -> None:
        self.number = 1
        self._had = had
        self._wanted = wanted
        self._keys = sorted(keys)
        self._ids: dict[int, str] = {}

    def read(self) -> None:
        """Read those that came since."""
        while (before := self._had(self.free())) is not None:
            self._ids.setdefault(self._said(before), self.free())
            self.number += 1

    def free(self) -> str:
        """The first id that nobody had."""
        return slugs.with_number(self._wanted, self.number)

    def find(self, value: dict[str, Any]) -> str | None:
        """The id of the first record that says the same."""
        found = self._ids.get(self._said(value))
        before = self._had(found) if found else None
        return (
            found
            if before and all(_is_same(key, before[key], value[key]) for key in self._keys if key in before)
            else None
        )

    def _said(self, record: dict[str, Any]) -> int:
        return hash(_frozen([_in_order(key, record[key]) for key in self._keys if key in record]))


def _frozen(value: Any) -> Any:
    """A value that has a hash, which is the same for values that are equal."""
    if isinstance(value, dict):
        return frozenset((key, _frozen(one)) for key, one in value.items())
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def differing(before: dict[str, Any], after: Record, given: dict[str, Any]) -> list[str]:
    """The keys that are given, and that differ."""
    value = after.model_dump()
    return [key for key in given if key in before and not _is_same(key, before[key], value[key])]


def _is_same(key: str, before: Any, after: Any) -> bool:
    return bool(_in_order(key, before) == _in_order(key, after))


def _in_order(key: str, value: Any) -> Any:
    """Figures by their ids, since in any order they say the same."""
    return sorted(value, key=_id_of) if key == "figures" else value


def _id_of(figure: dict[str, Any]) -> str:
    return str(figure["id"])
