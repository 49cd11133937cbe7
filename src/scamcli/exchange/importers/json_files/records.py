"""Read records of a timeline in a JSON array, as ``search --json`` prints them, and in GeoJSON that scamcli wrote.

Each feature of the GeoJSON has a whole event in its properties. Actors, sites and metrics are not in it.
"""

from __future__ import annotations

from contextlib import closing, suppress
from itertools import islice
from typing import TYPE_CHECKING, TypeGuard

from scamcli.errors import DataError
from scamcli.exchange.importers import Part
from scamcli.exchange.importers.json_files import EVENT_KEYS, NAMED_KEYS, RECORD_TYPES, stream
from scamcli.exchange.importers.json_files.flatten import with_numbers
from scamcli.exchange.importers.json_files.geojson import is_feature
from scamcli.records.row_names import RowNames

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scamcli.records.types import JsonObject

_EXAMINED = 100
"""How many values are examined to find the first array."""

_OWN_PROPERTIES = frozenset({"date", "kind", "title", "figures", "sources", "feature", "of"})


def first_item(path: Path) -> object:
    """Return the first item of the first array in a file, or ``None`` if it has no array or is not JSON."""
    with suppress(DataError, OSError), closing(stream.values(path)) as values:
        return next((value.value for value in islice(values, _EXAMINED) if value.number), None)
    return None


def is_ours(item: object) -> bool:
    """Return whether the first item of an array is a record, or a feature of GeoJSON that scamcli wrote."""
    return _is_record(item) or _is_own_feature(item)


def read(path: Path) -> Part:
    """Return the records of a file.

    Raises:
        DataError: the file is not JSON or is cut off. This is raised while the rows are read.
    """
    notices: list[str] = []
    return Part(RowNames(str(path), "item"), _rows(path, notices), notices=lambda: notices)


def _rows(path: Path, notices: list[str]) -> Iterator[tuple[int, JsonObject | DataError]]:
    with closing(stream.values(path)) as values:
        for value in values:
            if value.number and _is_own_feature(value.value):
                if not notices:
                    notices.append(
                        f"{path}: GeoJSON has the events of a timeline, without its actors, sites and metrics."
                    )
                properties = _dict(value.value["properties"])
                if str(properties["feature"]) == "1":  # the others are other places of the same event
                    event = {key: one for key, one in properties.items() if key in EVENT_KEYS - {"start", "end"}}
                    yield value.number, _record({"type": "event"} | event)
            elif value.number:
                yield value.number, _record(value.value)


def _record(value: object) -> JsonObject | DataError:
    if not isinstance(value, dict):
        return DataError("This is not an object; expected a record.")
    try:
        return _dict(with_numbers(value))
    except DataError as error:
        return error


def _is_record(value: object) -> bool:
    """Return whether an object is a record. Its keys are checked, because other programs may use the same ``type``."""
    if not isinstance(value, dict) or str(value.get("type")) not in RECORD_TYPES:
        return False
    keys = {"date", "kind", "title"} if value["type"] == "event" else {"name"}
    return keys <= value.keys() and (value["type"] == "event" or value.keys() <= NAMED_KEYS)


def _is_own_feature(value: object) -> TypeGuard[JsonObject]:
    return is_feature(value) and _dict(value["properties"]).keys() >= _OWN_PROPERTIES


def _dict(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}
