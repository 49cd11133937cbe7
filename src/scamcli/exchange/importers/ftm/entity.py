"""A FollowTheMoney entity of a file. Values are taken out one by one, so that the rest can be counted as left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from scamcli.errors import DataError, quote
from scamcli.exchange import ftm_vocabulary
from scamcli.records import limits

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

    from scamcli.records.types import JsonObject

EXPECTED = "Expected one FollowTheMoney entity per line, with `id`, `schema` and `properties`."


class Entity:
    """An entity."""

    def __init__(self, line: int, value: JsonObject) -> None:
        self.line = line
        self.id = str(value["id"])
        self.schema = str(value["schema"])
        self._value = value
        self._properties = cast("JsonObject", value["properties"])

    @property
    def is_ours(self) -> bool:
        """Return whether scamcli exported the entity."""
        return self.id.startswith(ftm_vocabulary.PREFIX)

    @property
    def datasets(self) -> list[str]:
        """Return the data sets of the entity."""
        return _texts(self._value.get("datasets"))

    def take(self, *properties: str) -> list[str]:
        """Take out and return the values of these properties, without repetition."""
        return list(dict.fromkeys(text for key in properties for text in _texts(self._properties.pop(key, ()))))

    def peek(self, property_: str) -> list[str]:
        """Return the values of a property without taking them out."""
        return _texts(self._properties.get(property_, ()))

    def one(self, property_: str) -> str | None:
        """Take out and return the first value of a property."""
        values = _texts(self._properties.pop(property_, ()))
        if not values:
            return None
        self._properties[property_] = values[1:]
        return values[0]

    def leave(self, property_: str, value: str) -> None:
        """Put back a value that no record can hold."""
        self._properties[property_] = [*_texts(self._properties.get(property_, ())), value]

    def text(self, *properties: str) -> str | None:
        """Take out the values of these properties, and return them as one text with a paragraph for each."""
        return "\n\n".join(self.take(*properties)) or None

    def names(self) -> list[str]:
        """Return the names of the entity, its main name first."""
        names, caption = self.take("name"), self._value.get("caption")
        if isinstance(caption, str) and caption in names:
            names.insert(0, caption)
        names = list(dict.fromkeys(names + self.take("alias", "previousName")))
        if not names:
            raise DataError(f"The {self.schema} {quote(self.id[:80])} has no name.", "Give it a `name`.")
        return names

    def count_left(self, left_out: Counter[str]) -> None:
        """Count the values that were not taken out."""
        for key, values in self._properties.items():
            left_out[f"{self.schema}.{key}"] += len(_texts(values))


def is_ftm(value: object) -> bool:
    """Return whether a JSON value is an entity."""
    types = {"id": str, "schema": str, "properties": dict}
    return (
        isinstance(value, dict) and all(isinstance(value.get(key), types[key]) for key in types) and value["id"] != ""
    )


def entities(path: Path) -> Iterator[tuple[int, Entity | DataError]]:
    """Yield line numbers with the entities of a file or errors.

    Raises:
        DataError: the file is not UTF-8, or a line is too long.
    """
    with path.open("rb") as stream:
        number, longest = 0, limits.value("line")
        while line := stream.readline(longest + 1):
            number += 1
            limits.require("line", len(line), f"{path}:{number}: This line")
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            except UnicodeDecodeError:
                raise DataError(f"{path}:{number}: This is not UTF-8 text.", EXPECTED) from None
            if text:
                yield number, _entity(number, text)


def _entity(number: int, text: str) -> Entity | DataError:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return DataError("This is not JSON.", EXPECTED)
    return Entity(number, value) if is_ftm(value) else DataError("This is not an entity.", EXPECTED)


def _texts(values: object) -> list[str]:
    """Return the values of a property as texts. Nested entities, which occur in some exports, become their ids."""
    found = []
    for value in values if isinstance(values, list | tuple) else [values]:
        inner = value.get("id") if isinstance(value, dict) else value
        if isinstance(inner, str | int | float) and not isinstance(inner, bool):
            found.append(str(inner).replace("\x00", ""))
    return [text for text in found if text.strip()]
