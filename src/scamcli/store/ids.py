"""Assign ids to events, which are permanent.

An id is never given to a second event, and the id of a merged event redirects to the event that it was merged into.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from scamcli.errors import DataError, quote
from scamcli.records import derivations
from scamcli.store.history import current, find_removed, last_record, successor

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection

    from scamcli.records.models import Event, Record
    from scamcli.records.types import FigureDict
    from scamcli.store.history import StoredRecord


MANY = 16
"""From how many events with one date and title they are cached, because each new one is compared with all."""


class Ids:
    """The ids of existing and removed events in one database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._many: dict[tuple[str, frozenset[str]], Alike] = {}

    def into(self, event_id: str) -> str:
        """Return an id, or the id of the event that its event was merged into."""
        return successor(self._connection, "event", event_id) or event_id

    def give(
        self, event: Event, title: str, given: StoredRecord, is_new: Callable[[str], bool], *, insert_only: bool
    ) -> StoredRecord | None:
        """Give an event the first free id for its date and for its title without protected names.

        If another record is equal, the event gets the id of that record instead, and the record is returned if it
        exists. A record of the same change is equal if all keys are, so that the order of two records does not matter;
        an older record is equal if the given keys are, because somebody may have added to it. With ``insert_only``,
        the event is new even then.

        Args:
            event: the event, complete except for its id.
            title: its title without protected names.
            given: the event as it was given.
            is_new: whether the event with an id was made by the current change.
            insert_only: whether the event is new even if another one is equal.
        """
        wanted, value = derivations.make_event_id(event.date, title), event.model_dump()
        alike = self.alike(wanted, frozenset(given) - {"id"})
        event.id = alike.free()
        if insert_only:
            return None
        found = self.alike(wanted, frozenset(value) - {"id"}).find(value)
        found = found or alike.find(value, lambda id_: not is_new(id_))
        if found is None:
            return None
        event.id = found
        is_here = current(self._connection, "event", found) or successor(self._connection, "event", found)
        return last_record(self._connection, found) if is_here else None

    def alike(self, wanted: str, keys: frozenset[str]) -> Alike:
        """Return the records that have or had the ids for one date and title, to be found by some keys.

        Args:
            wanted: the first id for the date and title.
            keys: the keys.
        """
        alike = self._many.get((wanted, keys)) or Alike(self._connection, wanted, keys)
        alike.read()
        if alike.number > MANY:
            self._many[wanted, keys] = alike
        return alike

    def forget(self) -> None:
        """Empty the cache after a record was changed."""
        self._many.clear()

    def free(self, record: StoredRecord, title: str, taken: Collection[str]) -> str:
        """Return the first free id for a record's date and title, or the id that exactly this record had before.

        The title has no protected names, and the ids in ``taken`` are about to be used.
        """
        wanted = derivations.make_event_id(record["date"], title)
        number, id_ = 1, wanted
        while id_ in taken or not self._is_free(id_, record):
            number += 1
            id_ = derivations.with_number(wanted, number)
        return id_

    def _is_free(self, id_: str, record: StoredRecord) -> bool:
        if current(self._connection, "event", id_) is not None:
            return False
        was, beside = find_removed(self._connection, "event", id_), {"id": id_, "links": []}
        return was is None or (was.successor is None and was.record | beside == record | beside)

    def merged(self, event: Event, given: StoredRecord, *, insert_only: bool) -> StoredRecord | None:
        """Return the former record of a given id, if its event was merged into another.

        Raises:
            DataError: the id belonged to another event.
        """
        was = find_removed(self._connection, "event", event.id or "")
        if was is None:
            return None
        if was.successor is not None:
            if not insert_only and not differing(was.record, event, given):
                return was.record
            hint = "Give this one another id."
            raise DataError(
                f"The id {quote(str(event.id))} leads to {quote(was.successor)}, into which its event was merged.", hint
            )
        if insert_only and differing(was.record, event, given):
            hint = f"`scamcli undo {was.change}` brings that one back; give this one another --id."
            raise DataError(f"The id {quote(str(event.id))} belonged to another event until change {was.change}.", hint)
        return None


class Alike:
    """The records that have or had the ids for one date and title, found by the values of some keys."""

    def __init__(self, connection: sqlite3.Connection, wanted: str, keys: frozenset[str]) -> None:
        self.number = 1
        self._connection = connection
        self._wanted = wanted
        self._keys = sorted(keys)
        self._ids: dict[int, list[str]] = {}

    def read(self) -> None:
        """Read records that were added since the last call."""
        while (before := last_record(self._connection, self.free())) is not None:
            self._ids.setdefault(self.hash(before), []).append(self.free())
            self.number += 1

    def free(self) -> str:
        """Return the first id that was never used."""
        return derivations.with_number(self._wanted, self.number)

    def find(self, value: StoredRecord, accepts: Callable[[str], bool] | None = None) -> str | None:
        """Return the id of the first record that equals a given one, among those that are accepted."""
        for found in self._ids.get(self.hash(value), ()):
            before = last_record(self._connection, found)
            is_equal = before and all(_is_same(key, before[key], value[key]) for key in self._keys if key in before)
            if is_equal and (accepts is None or accepts(found)):
                return found
        return None

    def has(self, hash_: int) -> bool:
        """Say whether a record has this hash, and so equals the record that it was made from, almost certainly."""
        return hash_ in self._ids

    def hash(self, record: StoredRecord) -> int:
        """Return a hash of the values of the keys."""
        values = [_in_order(key, record[key]) for key in self._keys if key in record]
        return hash(json.dumps(values, sort_keys=True))


def differing(before: StoredRecord, after: Record, given: StoredRecord) -> list[str]:
    """Return the given keys whose values differ."""
    value = after.model_dump()
    return [key for key in given if key in before and not _is_same(key, before[key], value[key])]


def _is_same(key: str, before: object, after: object) -> bool:
    return _in_order(key, before) == _in_order(key, after)


def _in_order(key: str, value: object) -> object:
    """Return figures sorted by id, because their order has no meaning, and any other value unchanged."""
    return sorted(cast("list[FigureDict]", value), key=lambda figure: str(figure["id"])) if key == "figures" else value
