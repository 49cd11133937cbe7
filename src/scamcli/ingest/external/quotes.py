"""Find a quote in a text, exactly or after both were normalised, and return where it is in the text as written.

Normalised are the forms of Unicode (NFKD), runs of spaces, kinds of quotation marks and dashes, and invisible
characters, such as the spaces of zero width between Khmer words. In scripts without spaces, spaces and line breaks
do not count, not even beside digits. Letters, digits, case and other signs do count, so a quote that is merely similar
is not found.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from scamcli.ingest.proposal import Span
from scamcli.language import scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PLACES = 1000
"""How many places of a quote are compared with the one that its reader gave."""

_MARKS = {
    '"': "“”„‟«»″〝〞〟＂",
    "'": "‘’‚‛′`´ʼ＇",
    "-": "‐‑‒–—―−﹘﹣－",
}
_TABLE = {ord(mark): plain for plain, marks in _MARKS.items() for mark in marks}

_KEPT = ("<super>", "<sub>", "<fraction>", "<circle>")
"""Kinds of compatibility characters that are kept, such as superscripts."""

_TONE_AND_VOWEL = "([\u0e48-\u0e4b])(\u0e4d)|([\u0ec8-\u0ecb])(\u0ecd)"
"""A tone mark before the first half of sara am. People and programs write the two in either order."""
_COENG_TA = "\u17d2\u178f"
"""Khmer coeng TA, which looks like coeng DA."""


class UnverifiedError(Exception):
    """A part of a draft that its text does not confirm. The message is a fragment that says why."""


class Normalised:
    """A text in normal form, and the position of each of its characters in the original."""

    def __init__(self, text: str) -> None:
        chars, places = _decomposed(text)
        _reorder(chars, places)
        self.text, self.places = _without_needless_spaces(chars, places)


class Quotes:
    """Finds quotes in a text."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _normal(self) -> Normalised:
        return Normalised(self.text)

    def find(self, quote: str, start: int | None = None, within: Span | None = None) -> Span | None:
        """Return where a quote is: the place nearest to ``start``, or else the first within a span, or the first.

        If a span is given and ``start`` is not, places within it are preferred.
        """
        if not any(map(str.isalnum, quote)):
            return None
        exact = self._nearest(self.text, quote, start, within and within.start, within and within.end)
        if exact is not None:
            return Span(exact, exact + len(quote))
        wanted = Normalised(quote).text.strip()
        normal = self._normal
        bounds = [None if at is None else bisect_left(normal.places, at) for at in (start, *(within or (None, None)))]
        found = self._nearest(normal.text, wanted, *bounds)
        if found is None:
            return None
        covered = normal.places[found : found + len(wanted)]
        return Span(min(covered), max(covered) + 1)

    def find_within(self, words: str, span: Span) -> Span | None:
        """Return where words are within a span, as `find` does, or ``None`` if they are not in it."""
        found = Quotes(self.text[span.start : span.end]).find(words)
        return None if found is None else Span(span.start + found.start, span.start + found.end)

    @staticmethod
    def _nearest(text: str, words: str, start: int | None, first: int | None, last: int | None) -> int | None:
        if start is not None:
            places = islice(_places(text, words), _MOST_PLACES)
            return min(places, key=lambda at: abs(at - start), default=None)
        inside = next(_places(text, words, first, last), None) if first is not None else None
        return next(_places(text, words), None) if inside is None else inside


def is_bounded(text: str, span: Span) -> bool:
    """Say whether no end of a span is inside a word or a number. Words in scripts without spaces do not count."""
    return not (_joins(text, span.start) or _joins(text, span.end))


def _joins(text: str, at: int) -> bool:
    before, after = text[max(at - 2, 0) : at], text[at : at + 2]
    if not before or not after:
        return False
    left, right = before[-1], after[0]
    if left.isdigit() and right.isdigit():
        return True
    if left in ".," and right.isdigit() and before[0].isdigit() and len(before) > 1:
        return True  # 1,|000
    if right in ".," and left.isdigit() and after[1:].isdigit():
        return True  # 1|,000
    return all(one.isalnum() and not scripts.is_unspaced(one) for one in (left, right))


def _places(text: str, words: str, first: int | None = 0, last: int | None = None) -> Iterator[int]:
    """Yield where words are in a text. They do not end between a letter and its marks: "cafe" is not in "café"."""
    at = text.find(words, first, last)
    while at >= 0:
        end = at + len(words)
        if unicodedata.category(text[end : end + 1] or " ")[0] != "M":
            yield at
        at = text.find(words, at + 1, last)


def _decomposed(text: str) -> tuple[list[str], list[int]]:
    chars: list[str] = []
    places: list[int] = []
    for index, char in enumerate(text):
        plain = char if char.isascii() else _plain(char)
        chars += plain
        places += [index] * len(plain)
    return chars, places


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if not scripts.clean(char):
        return ""  # invisible
    is_digit_by_shape = unicodedata.decomposition(char).startswith(_KEPT)  # 45² is not 452
    return unicodedata.normalize("NFD" if is_digit_by_shape else "NFKD", char.translate(_TABLE)).translate(_TABLE)


def _reorder(chars: list[str], places: list[int]) -> None:
    """Put consecutive combining marks into the order of Unicode, in place."""
    text = "".join(chars)
    if text.isascii():
        return
    at = 0
    while at < len(chars):
        end = at
        while end < len(chars) and unicodedata.combining(chars[end]):
            end += 1
        if end - at > 1:
            order = sorted(range(at, end), key=lambda one: unicodedata.combining(chars[one]))
            chars[at:end], places[at:end] = [chars[one] for one in order], [places[one] for one in order]
        at = end + 1
    text = "".join(chars)
    for match in re.finditer(_TONE_AND_VOWEL, text):
        first = match.start()
        chars[first : first + 2] = reversed(chars[first : first + 2])
        places[first : first + 2] = reversed(places[first : first + 2])
    for match in re.finditer(_COENG_TA, text):
        chars[match.start() + 1] = "\u178a"


def _without_needless_spaces(chars: list[str], places: list[int]) -> tuple[str, list[int]]:
    """Reduce each run of spaces to one space, or to none in a script without spaces."""
    kept: list[str] = []
    at: list[int] = []
    waiting: int | None = None
    for char, place in zip(chars, places, strict=True):
        if char.isspace():
            waiting = place if waiting is None else waiting
            continue
        if waiting is not None:
            if not (kept and _runs_on(kept[-1], char)):
                kept.append(" ")
                at.append(waiting)
            waiting = None
        kept.append(char)
        at.append(place)
    return "".join(kept), at


def _runs_on(before: str, after: str) -> bool:
    """Say whether a space between two characters means nothing: each is a digit or in a script without spaces."""
    if before.isascii() and after.isascii():
        return False
    return all(one.isdigit() or (one > "\u0e00" and scripts.is_unspaced(one)) for one in (before, after))
