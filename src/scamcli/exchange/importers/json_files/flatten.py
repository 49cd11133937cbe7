"""Turn JSON objects into rows: names of columns with texts.

Nested objects become columns with a dot in their names: ``place.name``. The items of a list are separated by ``; ``. In
a list of objects, each key becomes a column with the values of all objects in the same order, so that addresses stay
with their outlets; `ABSENT` replaces missing values. Any other list is kept as JSON, and so is one whose objects each
have keys of their own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scamcli.errors import DataError, quote
from scamcli.exchange.importers import ABSENT, DecimalText
from scamcli.exchange.importers.json_files.stream import RepeatedKeys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Cells = dict[str, str]

SEPARATOR = "; "

MOST_SPARSE = 10_000
"""How many cells, most of them empty, a list of objects may need to become columns."""


def cells(pairs: Iterable[tuple[str, str]]) -> Cells:
    """Return the cells of a row by the names of their columns, without empty ones.

    Raises:
        DataError: two values have the same column, or an object repeats a key.
    """
    found: Cells = {}
    for name, text in pairs:
        if text.strip() and found.setdefault(name, text) != text:
            raise DataError(f"There are two values for the column {quote(name[:80])}.", "Rename one of the keys.")
    return found


def flatten(value: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the columns of an object with their texts."""
    if isinstance(value, RepeatedKeys):
        raise _repeated(value)
    for key, inner in value.items():
        name = prefix + (" ".join(key.split()) or "(no name)")
        if isinstance(inner, dict):
            yield from flatten(inner, f"{name}.")
        elif isinstance(inner, list):
            yield from _flatten_list(name, inner)
        else:
            yield name, scalar(inner)


def _repeated(value: RepeatedKeys) -> DataError:
    return DataError(f"The key {quote(value.repeated[:80])} is given twice in one object.", "Remove one of them.")


def scalar(value: object) -> str:
    """Return the text of a value that is neither a list nor an object; ``null`` is an empty text."""
    if isinstance(value, str):
        return value
    return "" if value is None else "true" if value is True else "false"


def _flatten_list(name: str, items: list[object]) -> Iterator[tuple[str, str]]:
    present = [item for item in items if item is not None and item != {}]
    if all(isinstance(item, str | bool) for item in present):
        texts = list(map(scalar, present))
        yield name, texts[0] if len(texts) == 1 else SEPARATOR.join(texts)
        return
    try:
        rows = [cells(flatten(item)) for item in present if isinstance(item, dict)]
    except DataError:  # keys that would share a column; repeated ones are refused below, too
        rows = []
    if len(rows) < len(present):  # lists in lists, objects mixed with texts, or such keys
        yield name, _as_json(items)
        return
    columns = dict.fromkeys(column for row in rows for column in row)
    if len(columns) * len(rows) > max(MOST_SPARSE, 4 * sum(map(len, rows))):  # each object has keys of its own
        yield name, _as_json(items)
        return
    for column in columns:
        texts = [row.get(column, ABSENT) for row in rows]
        yield f"{name}.{column}", texts[0] if len(texts) == 1 else SEPARATOR.join(texts)


def _as_json(value: object) -> str:
    return json.dumps(with_numbers(value), ensure_ascii=False)


def with_numbers(value: object) -> object:
    """Return a value with each `DecimalText` turned into a number again, unless it has thousands of digits.

    Raises:
        DataError: an object in it repeats a key.
    """
    if isinstance(value, RepeatedKeys):
        raise _repeated(value)
    if isinstance(value, DecimalText):
        try:
            return json.loads(value)
        except ValueError:  # Python reads no integer of more than 4,300 digits
            return str(value)
    if isinstance(value, list):
        return list(map(with_numbers, value))
    return {key: with_numbers(one) for key, one in value.items()} if isinstance(value, dict) else value
