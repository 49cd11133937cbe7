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


class Masker:
    """Masks the names of the protected actors of one timeline."""

    def __init__(self, protected: Sequence[Protected]) -> None:
        self._people = [
            (
                person,
                _pattern(person.forms),
                _pattern([word for form in person.forms for word in _words(form)]),
            )
            for person in protected
        ]

    def text(self, text: str) -> str:
        """The text with every protected name as ``[protected-N]``."""
        for person, whole, _ in self._people:
            text = _replace(text, whole, person.number)
        return text

    def record(self, record: dict[str, Any]) -> dict[str, Any]:
        """A record, masked in every text that it holds."""
        present = {name for name in _actors_of(record) if isinstance(name, str)}
        patterns = [
            (person.number, pattern)
            for person, whole, words in self._people
            for pattern in ((whole, words) if present.intersection(person.forms) else (whole,))
        ]
        masked: dict[str, Any] = _walk(record, patterns)
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
    """A record that was printed masked, with the stored value wherever it says what was printed."""
    if masker is None:
        return value
    printed = masker.record(before)
    return {key: before[key] if key in before and printed[key] == given else given for key, given in value.items()}


def _words(form: str) -> list[str]:
    return [word for word in scripts.plain(form).split() if len(word) > 1]


def _actors_of(record: dict[str, Any]) -> list[str | None]:
    named = [person["name"] for person in record.get("actors") or []]
    for owner in record.get("owners") or []:
        named += [owner["name"], owner["stated_by"]]
    return [*named, record.get("name"), *(record.get("aliases") or [])]


def _walk(value: Any, patterns: list[tuple[int, re.Pattern[str]]]) -> Any:
    if isinstance(value, str):
        for number, pattern in patterns:
            value = _replace(value, pattern, number)
        return value
    if isinstance(value, list):
        return [_walk(one, patterns) for one in value]
    if isinstance(value, dict):
        return {key: _walk(one, patterns) for key, one in value.items()}
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


def _replace(text: str, pattern: re.Pattern[str], number: int) -> str:
    folded, places = _folded(text)
    found = list(pattern.finditer(folded))
    for match in reversed(found):
        start, end = places[match.start()], places[match.end() - 1] + 1
        while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Cf"}:
            end += 1
        text = f"{text[:start]}[protected-{number}]{text[end:]}"
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
