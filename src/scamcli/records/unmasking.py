"""Undo the masking of a record that was printed and then edited."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, cast

from scamcli.records.masking import CLOSED_KEYS, PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from scamcli.records.masking import AnyRecord, Masker

_ANYBODY = r"\[protected\]"
"""A pattern for the placeholder of a word that several people share."""


def restored(value: AnyRecord, before: Mapping[str, object] | None, masker: Masker | None) -> AnyRecord:
    """Undo the masking of a record that was printed and then edited.

    Every value that still equals the printed value becomes the stored value again. In a changed text, each placeholder
    becomes the name of its actor, if the name is masked again where it then stands. ``before`` is the stored record, if
    there is one.
    """
    if masker is None:
        return value
    return cast("AnyRecord", _restore(value, masker.record(before) if before else None, before, masker))


def _restore(given: object, printed: object, stored: object, masker: Masker) -> object:
    """Return a value with the stored one in place of what is still as it was printed, and names for placeholders."""
    if printed is not None and given == printed:
        return stored
    if isinstance(given, dict):
        printed_items = printed if isinstance(printed, dict) else {}
        stored_items = stored if isinstance(printed, dict) and isinstance(stored, dict) else {}
        return {
            key: one if key in CLOSED_KEYS else _restore(one, printed_items.get(key), stored_items.get(key), masker)
            for key, one in given.items()
        }
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
            restored_items.append(_restore(one, was_printed, was_stored, masker))
        return restored_items
    if isinstance(given, str) and "[protected" in given:
        words = _without_number(printed, stored)
        everybody = frozenset(masker.names)

        def without_words(text: str) -> str:
            return masker.without(text, everybody)

        given = _with_names(given, _ANYBODY, lambda _: next(words, None), without_words)
        return _with_names(given, PLACEHOLDER, lambda found: masker.names.get(int(found[1])), masker.text)
    return given


def _with_names(
    text: str, placeholder: str, name_of: Callable[[re.Match[str]], str | None], masked: Callable[[str], str]
) -> str:
    """Return a text with the name in place of each placeholder that would be printed again instead of the name.

    Within a word, a name is not recognised: a stranger who writes ``x[protected-1]`` must not make it readable.
    """
    at, pattern = 0, re.compile(placeholder)
    while found := pattern.search(text, at):
        name = name_of(found)
        at = found.end()
        if name is not None:
            named = text[: found.start()] + name + text[found.end() :]
            if all(masked(change(named)) == masked(change(text)) for change in (str, _without_invisible)):
                text, at = named, found.start() + len(name)
    return text


def _without_invisible(text: str) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def _without_number(printed: object, stored: object) -> Iterator[str]:
    """Yield the words of a stored text that were printed without a number, in order."""
    if isinstance(printed, str) and isinstance(stored, str):
        parts = re.split(rf"({_ANYBODY}|{PLACEHOLDER.replace('(', '(?:')})", printed)
        pattern = "".join("(.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
        found = re.fullmatch(pattern, stored, re.DOTALL)
        masks = zip(parts[1::2], found.groups() if found else (), strict=False)
        yield from (word for mask, word in masks if re.fullmatch(_ANYBODY, mask))
