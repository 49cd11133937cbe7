"""Undo the masking of a record that was printed and then edited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from scamcli.records.masking import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scamcli.records.masking import AnyRecord, Masker

_ANYBODY = r"\[protected\]"
"""A pattern for the placeholder of a word that several people share."""


def restored(value: AnyRecord, before: Mapping[str, object] | None, masker: Masker | None) -> AnyRecord:
    """Undo the masking of a record that was printed and then edited.

    Every value that still equals the printed value becomes the stored value again. In a changed text, each placeholder
    becomes the name of its actor. ``before`` is the stored record, if there is one.
    """
    if masker is None:
        return value
    return cast("AnyRecord", _restore(value, masker.record(before) if before else None, before, masker.names))


def _restore(given: object, printed: object, stored: object, names: dict[int, str]) -> object:
    """Return a value with the stored one in place of what is still as it was printed, and names for placeholders."""
    if printed is not None and given == printed:
        return stored
    if isinstance(given, dict):
        printed_items = printed if isinstance(printed, dict) else {}
        stored_items = stored if isinstance(printed, dict) and isinstance(stored, dict) else {}
        return {key: _restore(one, printed_items.get(key), stored_items.get(key), names) for key, one in given.items()}
    if isinstance(given, list):
        pairs: list[tuple[object, object]] = []
        if isinstance(printed, list) and isinstance(stored, list):
            pairs = list(zip(printed, stored, strict=True))
        restored_items = []
        for at, one in enumerate(given):
            # An item corresponds to the one with the same printed form, wherever it is now, or else to the one at its
            # position.
            in_place = pairs[at] if at < len(pairs) else (None, None)
            was_printed, was_stored = next((pair for pair in pairs if pair[0] == one), in_place)
            restored_items.append(_restore(one, was_printed, was_stored, names))
        return restored_items
    if isinstance(given, str) and "[protected" in given:
        words = _without_number(printed, stored)
        given = re.sub(_ANYBODY, lambda match: next(words, match[0]), given)
        return re.sub(PLACEHOLDER, lambda match: names.get(int(match[1]), match[0]), given)
    return given


def _without_number(printed: object, stored: object) -> Iterator[str]:
    """Yield the words of a stored text that were printed without a number, in order."""
    if isinstance(printed, str) and isinstance(stored, str):
        parts = re.split(rf"({_ANYBODY}|{PLACEHOLDER.replace('(', '(?:')})", printed)
        pattern = "".join("(.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
        found = re.fullmatch(pattern, stored, re.DOTALL)
        masks = zip(parts[1::2], found.groups() if found else (), strict=False)
        yield from (word for mask, word in masks if re.fullmatch(_ANYBODY, mask))
