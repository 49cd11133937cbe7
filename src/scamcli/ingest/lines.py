"""The lines of a text, as the places of their words."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scamcli.ingest.words import Word

BYLINE = lexicon.phrases("boilerplate.byline")
COUNTED = lexicon.words("boilerplate.counted")
ENDS = lexicon.phrases("boilerplate.ends")
SKIPPED = lexicon.phrases("boilerplate.skipped")

_TERMINAL = frozenset(".?!…”\"'’:;។。")
SHORT = 9
"""Words of a line that may be a heading or a label."""


class Line(NamedTuple):
    """A line that has words.

    Attributes:
        first: the index of its first word.
        last: the index after its last word.
        is_set_off: whether a blank line stands before it.
    """

    first: int
    last: int
    is_set_off: bool


def lines_of(text: str, every: Sequence[Word]) -> list[Line]:
    """The lines of a text that have words."""
    starts = [word.start for word in every]
    found: list[Line] = []
    at, first, blank = 0, 0, True
    for line in text.split("\n"):
        at += len(line) + 1
        last = bisect_left(starts, at, lo=first)
        if last > first:
            found.append(Line(first, last, blank))
        blank = last == first
        first = last
    return found


def paragraphs(lines: Iterable[Line]) -> list[Line]:
    """Lines that no blank line parts, as one: most texts are wrapped."""
    found: list[Line] = []
    for line in lines:
        if found and not line.is_set_off and found[-1].last == line.first:
            found[-1] = found[-1]._replace(last=line.last)
        else:
            found.append(line)
    return found


def label(every: Sequence[Word], line: Line, length: int = 40) -> str:
    """How a line begins, in lower case, its words one space apart."""
    return (
        " ".join(word.lower for word in every[line.first : line.first + 6])[:length]
        .replace(" '", "'")
        .replace(" ’", "'")
    )


def is_prose(every: Sequence[Word], line: Line) -> bool:
    """Whether a line says something: it ends as a sentence does, or most of its words are in lower case."""
    if every[line.last - 1].text in _TERMINAL:
        return line.last - line.first > 2
    letters = [word.text for word in every[line.first : line.last] if word.text[0].isalpha()]
    small = sum(1 for word in letters if word[0].islower())
    return len(letters) > 3 and small * 2 >= len(letters)


def ends_article(every: Sequence[Word], line: Line) -> bool:
    """Whether a line begins what follows an article: a count of views, "You may also like"."""
    if line.last - line.first == 2 and every[line.first + 1].lower in COUNTED and every[line.first].text[0].isdigit():
        return True
    if line.last - line.first > SHORT:
        return False
    begins = label(every, line)
    end = every[line.last - 1].text
    return end not in {".", "?", "!"} and any(
        begins == one or (begins.startswith(one) and begins[len(one)] in " :|") for one in ENDS
    )


def is_skipped(every: Sequence[Word], line: Line) -> bool:
    """Whether a line stands in an article and is none of its text: a caption, a byline."""
    begins = label(every, line).replace(" :", ":").replace("( ", "(")
    if begins.startswith("[ ") and begins[2:3].isdigit() and line.is_set_off:
        return True  # [12] Interview, 3 March: a footnote
    if begins.startswith("by "):
        return line.last - line.first < SHORT and every[line.first + 1].text[0].isupper()
    return begins.startswith(SKIPPED) or (
        begins.startswith(BYLINE) and line.last - line.first < 4 * SHORT and every[line.first + 1].text[0].isdigit()
    )
