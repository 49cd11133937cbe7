"""Withholding the names of victims and witnesses from everything that is printed or written.

A protected name is found after folding case, diacritics and zero-width characters: by whole word, and anywhere in
scripts that are written without spaces. In a record that has the actor, each word of the name is masked too. Only the
database holds the name. It knows no database: who is protected is given to it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli import scripts
from scamcli.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Protected(NamedTuple):
    """A protected actor: the number of its placeholder, its name, and all of its names."""

    number: int
    name: str
    forms: tuple[str, ...]


CLOSED = frozenset({
    "type", "kind", "role", "status", "count", "split", "precision", "country", "countries", "province", "provinces",
    "date", "period", "published", "accessed", "metric", "match", "start", "end",
})  # fmt: skip
"""Keys whose words come from a closed list, or are dates: they name nobody, and a masked one could not be taken in."""

IDS = frozenset({"id", "part_of", "of", "event", "figure"})
"""Keys that hold ids: their placeholder has no brackets, so that it is an id as well."""

_PLACEHOLDER = re.compile(r"\[?protected-(\d{1,9})\]?")


class Masker:
    """Masks the names of the protected actors of one timeline."""

    def __init__(self, protected: Sequence[Protected]) -> None:
        self.names = {person.number: person.name for person in protected}
        self._people = [
            (person, _pattern(person.forms), _pattern([word for form in person.forms for word in _words(form)]))
            for person in protected
        ]

    def text(self, text: str) -> str:
        """The text with every protected name as ``[protected-N]``."""
        for person, whole, _ in self._people:
            text = _replace(text, whole, f"[protected-{person.number}]")
        return text

    def record(self, record: dict[str, Any]) -> dict[str, Any]:
        """A record, masked in every text that it holds."""
        present = {name for name in _actors_of(record) if isinstance(name, str)}
        whole = [(person.number, pattern) for person, pattern, _ in self._people]
        words = [(person.number, each) for person, _, each in self._people if present.intersection(person.forms)]
        masked: dict[str, Any] = _walk(record, [*whole, *words], "")
        for part, stored in zip(masked.get("figures") or [], record.get("figures") or [], strict=True):
            # The id of a figure is a word for what it counts or where; only a whole name is one there.
            part |= {key: _walk(stored[key], whole, key) for key in ("id", "part_of", "of")}
        return masked


def check_names(forms: Iterable[str]) -> None:
    """Refuse to protect a name that is too short to be told from other words.

    Raises:
        DataError: a name has fewer than two letters.
    """
    for form in forms:
        if len(re.sub(r"\s", "", scripts.plain(form))) < 2:
            raise DataError(f"the name {form!r} is too short to be protected: it would mask every such letter")


def restored(value: dict[str, Any], before: dict[str, Any], masker: Masker | None) -> dict[str, Any]:
    """A record that was printed masked, with what is stored wherever it says what was printed.

    Where a text was changed around a placeholder, the placeholder becomes the actor's name again.
    """
    if masker is None:
        return value
    found: dict[str, Any] = _restore(value, masker.record(before), before, masker.names)
    return found


def without_placeholders(text: str) -> str:
    """A masked text without its placeholders: of it an id can be made."""
    return _PLACEHOLDER.sub(" ", text)


def bare_id(text: str) -> str:
    """An id as it is printed in a record, from one as it is printed in a sentence."""
    return _PLACEHOLDER.sub(r"protected-\1", text)


def _restore(given: Any, printed: Any, stored: Any, known: dict[int, str]) -> Any:
    if given == printed:
        return stored
    if isinstance(given, dict):
        alike = isinstance(printed, dict)
        return {
            key: _restore(one, printed.get(key) if alike else None, stored.get(key) if alike else None, known)
            for key, one in given.items()
        }
    if isinstance(given, list):
        pairs = list(zip(printed, stored, strict=True)) if isinstance(printed, list) else []
        return [
            _restore(one, *next((pair for pair in pairs if pair[0] == one), _beside(pairs, at)), known)
            for at, one in enumerate(given)
        ]
    if isinstance(given, str) and "[protected-" in given:
        return _PLACEHOLDER.sub(lambda found: known.get(int(found[1]), found[0]), given)
    return given


def _beside(pairs: list[tuple[Any, Any]], at: int) -> tuple[Any, Any]:
    return pairs[at] if at < len(pairs) else (None, None)


def _words(form: str) -> list[str]:
    return [word for word in scripts.plain(form).split() if len(word) > 1]


def _actors_of(record: dict[str, Any]) -> list[str | None]:
    named = [person["name"] for person in record.get("actors") or []]
    for owner in record.get("owners") or []:
        named += [owner["name"], owner["stated_by"]]
    return [*named, record.get("name"), *(record.get("aliases") or [])]


def _walk(value: Any, patterns: list[tuple[int, re.Pattern[str]]], key: str) -> Any:
    if isinstance(value, str) and key not in CLOSED:
        for number, pattern in patterns:
            value = _replace(value, pattern, f"protected-{number}" if key in IDS else f"[protected-{number}]")
        return value
    if isinstance(value, list):
        return [_walk(one, patterns, key) for one in value]
    if isinstance(value, dict):
        return {name: _walk(one, patterns, name) for name, one in value.items()}
    return value


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Over folded text, in which a single space stands for all that is no letter, mark or digit."""
    written = sorted({_folded(form)[0].strip() for form in forms} - {""}, key=len, reverse=True)
    return re.compile("|".join(_bounded(form) for form in written) or r"(?!)")


def _bounded(form: str) -> str:
    inside = "".join(
        " ?"
        if char == " " and scripts.is_unspaced(form[at - 1]) and scripts.is_unspaced(form[at + 1])
        else re.escape(char)
        for at, char in enumerate(form)
    )
    before = "" if scripts.is_unspaced(form[0]) else rf"(?:(?<={scripts.UNSPACED})|(?<![^\W_]))"
    after = "" if scripts.is_unspaced(form[-1]) else rf"(?!(?!{scripts.UNSPACED})[^\W_])"
    return before + inside + after


def _replace(text: str, pattern: re.Pattern[str], placeholder: str) -> str:
    folded, places = _folded(text)
    found = list(pattern.finditer(folded))
    for match in reversed(found):
        start, end = places[match.start()], places[match.end() - 1] + 1
        while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Cf"}:
            end += 1
        text = f"{text[:start]}{placeholder}{text[end:]}"
    return text


@lru_cache(maxsize=4096)
def _folded(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its characters the place in the text that it came from."""
    out: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for folded in char.lower() if char.isascii() else scripts.plain(char) or _mark(char):
            plain = folded if folded.isalnum() or unicodedata.category(folded)[0] == "M" else " "
            if plain == " " and out and out[-1] == " ":
                continue
            out.append("\u178a" if plain == "\u178f" and out and out[-1] == "\u17d2" else plain)
            places.append(place)
    return "".join(out), places


def _mark(char: str) -> str:
    """Nothing for what is invisible or a diacritic, else a space."""
    return "" if not scripts.clean(char) or unicodedata.category(char) in {"Mn", "Cf"} else " "
