"""Pseudonyms of one export: random numbers in place of those of the placeholders, which are the same in every export.

Within an export a person has one pseudonym. It is drawn at random when it is first needed, so it says nothing about the
person, about the placeholder, or about the order in which people were recorded, and no other export has the same.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from scamcli.errors import DataError, quote
from scamcli.records import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD = "pseudonym"

_PLACEHOLDER = re.compile(r"protected-(\d{1,9})(?!\d)")
_PSEUDONYM = re.compile(rf"{WORD}-\d{{9}}(?!\d)")


class Pseudonyms:
    """Replaces placeholders in what one export writes."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def text(self, text: str) -> str:
        """Return a text with a pseudonym in place of each placeholder, with or without brackets."""
        return _PLACEHOLDER.sub(lambda found: f"{WORD}-{self._number(found[1])}", text)

    def record(self, record: Mapping[str, object]) -> Mapping[str, object]:
        """Return a record with its placeholders replaced."""
        found: Mapping[str, object] = json.loads(self.text(canonical.line(record)))
        return found

    def _number(self, placeholder: str) -> int:
        from secrets import randbelow  # here, because most commands need none

        while placeholder not in self._numbers:
            number = randbelow(900_000_000) + 100_000_000
            if number not in self._numbers.values():
                self._numbers[placeholder] = number
        return self._numbers[placeholder]


def without_any(text: str) -> str:
    """Remove pseudonyms and placeholders from an id."""
    return _PLACEHOLDER.sub(" ", _PSEUDONYM.sub(" ", text))


def require_none_new(record: Mapping[str, object], stored: Mapping[str, object]) -> None:
    """Refuse a record of an export with pseudonyms in place of a stored one: nothing tells whose name each stands for.

    Raises:
        DataError: The record has a pseudonym that the stored one does not have.
    """
    found, known = (set(_PSEUDONYM.findall(canonical.line(one))) for one in (record, stored))
    if found - known:
        hint = "It comes from an export with --pseudonyms. Import an export without them."
        raise DataError(f"The record has the pseudonym {quote(min(found - known))} in place of a protected name.", hint)
