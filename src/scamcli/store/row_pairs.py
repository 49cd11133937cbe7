"""Pair rows of an earlier import with the new rows that correct them, by what the two have in common."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

from scamcli.output import phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from scamcli.records.types import EventDict
    from scamcli.store.history import StoredRecord
    from scamcli.store.writer import Writer

    Key = Callable[[StoredRecord], Hashable]


class NewRow(NamedTuple):
    """An event that this import created, and the place of its row, such as ``raids.csv:3``."""

    id: str
    place: str


@dataclass
class MissingRow:
    """An event of an earlier import whose row is not in the file.

    Attributes:
        id: the id of the event.
        import_: the number of the change that imported it.
        is_edited: whether somebody edited it since.
        as_imported: its record with the values that the file had when it was last imported.
        replacement: the new row that replaces it.
        stays: why the event stays all the same: ``EDITED``, ``LINKED`` or ``HAS_EVIDENCE``; empty if it is removed.
    """

    id: str
    import_: int
    is_edited: bool
    as_imported: StoredRecord
    replacement: NewRow | None = None
    stays: str = ""


def _numbers(record: StoredRecord) -> Hashable:
    keys = ("metric", "stated", "low", "best", "high")
    return tuple(tuple(figure[key] for key in keys) for figure in record["figures"])


def _title(record: StoredRecord) -> str:
    return " ".join(str(record["title"]).casefold().split())


def _location(record: StoredRecord) -> str:
    return phrases.location(cast("EventDict", record)).casefold()


def _date_and_location(record: StoredRecord) -> Hashable:
    location = _location(record)
    return (record["date"], location) if location else None


SURE_KEYS: tuple[Key, ...] = (
    lambda record: (record["date"], _title(record), _location(record), _numbers(record)),
    lambda record: (record["date"], _title(record), _location(record)),
    lambda record: (record["date"], _title(record)),
    _date_and_location,
)
"""What two rows have in common if one is certainly the correction of the other, most alike first. ``None`` is not equal
to anything."""

LIKELY_KEYS: tuple[Key, ...] = (
    lambda record: (_title(record), _location(record), _numbers(record)),
    lambda record: (record["date"], _numbers(record)),
)
"""What two rows have in common if one is probably the correction of the other, because the other rows are the same."""


def paired(
    writer: Writer, missing: list[MissingRow], new: list[NewRow], keys: tuple[Key, ...]
) -> list[tuple[MissingRow, NewRow]]:
    """Pair missing and new rows that have a key in common. This takes linear time."""
    if not missing or not new:
        return []
    hashes = {row.id: _hashes(json.loads(writer.stored_event(row.id) or ""), keys) for row in new}
    old_hashes = {row.id: _hashes(row.as_imported, keys) for row in missing}
    pairs = list[tuple[MissingRow, NewRow]]()
    for at in range(len(keys)):
        waiting = defaultdict[int, deque[NewRow]](deque)
        for new_row in new:
            value = hashes[new_row.id][at]
            if value is not None:
                waiting[value].append(new_row)
        unpaired = list[MissingRow]()
        for row in missing:
            value = old_hashes[row.id][at]
            if value is not None and waiting.get(value):
                pairs.append((row, waiting[value].popleft()))
            else:
                unpaired.append(row)
        taken = {new_row for _, new_row in pairs}
        missing, new = unpaired, [new_row for new_row in new if new_row not in taken]
    return pairs


def _hashes(record: StoredRecord, keys: tuple[Key, ...]) -> tuple[int | None, ...]:
    values = (key(record) for key in keys)
    return tuple(None if value is None else hash(value) for value in values)
