"""Pseudonyms for one export: random numbers that replace the numbers of placeholders.

Placeholders have the same number in every export. A pseudonym is the same only within one export. It is drawn at random
when it is first needed, so it reveals nothing about the person, the placeholder, or the order in which people were
recorded.
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
    """Replaces the placeholders in one export."""

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
        from secrets import randbelow  # not at the top, because most commands do not need it

        while placeholder not in self._numbers:
            number = randbelow(900_000_000) + 100_000_000
            if number not in self._numbers.values():
                self._numbers[placeholder] = number
        return self._numbers[placeholder]


def without_any(text: str) -> str:
    """Remove pseudonyms and placeholders from an id."""
    return _PLACEHOLDER.sub(" ", _PSEUDONYM.sub(" ", text))


def require_none_new(record: Mapping[str, object], stored: Mapping[str, object]) -> None:
    """Refuse to replace a stored record by one with pseudonyms, because it is unknown whose names they replace.

    Raises:
        DataError: The record has a pseudonym that the stored one does not have.
    """
    found, known = (set(_PSEUDONYM.findall(canonical.line(one))) for one in (record, stored))
    if found - known:
        hint = "It comes from an export with --pseudonyms. Import an export without them."
        raise DataError(f"The record has the pseudonym {quote(min(found - known))} in place of a protected name.", hint)
