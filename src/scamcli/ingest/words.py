"""DOC words"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


LONGEST = 250
"""Words after which a sentence ends in any case: what has more is a list or no prose, and rules compare its words."""


class Word(NamedTuple):
    """One word, number or sign.

    Attributes:
        text: as it stands.
        lower: in lower case.
        start: its first character in the text.
        end: the character after its last.
    """

    text: str
    lower: str
    start: int
    end: int


Sentence = tuple[Word, ...]

_WORD = (
    r"(?:[A-Za-z]\.){2,}"  # U.S.  a.m.
    r"|(?:RM|Rs|Rp|PHP|KSh|Sh|Dh|NT|HK|US|USD|THB|P)(?=\d[\d,]*[.,]\d)"  # RM4.5
    r"|\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<!\d\.)\d+\.\d+(?![\d.])"  # 1,480  2.5
    r"|(?:19|20)\d\d(?=[A-Z][a-z])|\d+[^\W\d_]+|\d+"  # 19th  600k
    r"|['’]s\b|n['’]t\b|[^\W\d_]+?(?=n['’]t\b)"
    r"|[^\W\d_](?:[^\W_]|['’](?=[^\W\d_]{2}))*"  # O'Brien  K99
    r"|\.{3}|\S"
)
_ENDS = frozenset(".?!…។。")
_CLOSING = frozenset("\"'”’»)]")
_CLOSED = _ENDS | _CLOSING | {":", ";"}
ABBREVIATIONS = listed(
    "mr mrs ms dr prof gen maj lt col capt sgt brig st no co ltd inc corp sen rep gov sr jr hon rev pvt vs etc "
    "e.g i.e jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun approx dept "
    "pol adm cpl cmdr insp supt atty asst p pp art fig ft mt"
)
"""Words whose dot ends no sentence."""


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a stretch of text."""
    found = re.compile(_WORD).finditer(text, start, len(text) if end is None else end)
    return [Word(given, given.lower(), *one.span()) for one in found for given in (one[0],)]


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Sentence]:
    """The sentences of a stretch of text; a blank line ends one as well, and so does the item of a list."""
    every = words(text, start, end)
    return sentences_in(text, every, [(0, len(every))])


def sentences_in(text: str, every: Sequence[Word], parts: Iterable[tuple[int, ...]]) -> list[Sentence]:
    """The sentences of some stretches of the words of a text; one that breaks off goes on in the next."""
    found: list[Sentence] = []
    for first, last, *_ in parts:
        for sentence in _split_sentences(text, every[first:last]):
            goes_on = sentence[0].text[0].islower() and found and found[-1][-1].text not in _CLOSED
            if goes_on and len(found[-1]) + len(sentence) <= LONGEST:
                found[-1] = (*found[-1], *sentence)
            else:
                found.append(sentence)
    return found


def _split_sentences(text: str, every: Sequence[Word]) -> Iterator[Sentence]:
    first = at = 0
    while at < len(every):
        if at > first and (at - first == LONGEST or _breaks(text, every[at - 1].end, every[at].start)):
            yield tuple(every[first:at])
            first = at
        if every[at].text in _ENDS and _is_end(every, at):
            while at + 1 < len(every) and every[at + 1].text in _CLOSING and every[at + 1].start == every[at].end:
                at += 1
            yield tuple(every[first : at + 1])
            first = at + 1
        at += 1
    if first < len(every):
        yield tuple(every[first:])


def _breaks(text: str, start: int, end: int) -> bool:
    """Whether what lies between two words parts them: a blank line, or a line that is set in, as an item is."""
    if end - start < 2:
        return False
    gap = text[start:end]
    line = gap.find("\n")
    return line >= 0 and ("\n" in gap[line + 1 :] or gap[line + 1 :].startswith("  "))


def _is_end(every: Sequence[Word], at: int) -> bool:
    word = every[at]
    if at + 1 == len(every) or word.text not in ".…":
        return True
    before, after = every[at - 1] if at else word, every[at + 1]
    if word.text == "." and before.end == word.start:
        initial = len(before.text) == 1 and before.text.isupper()
        if before.lower in ABBREVIATIONS or initial:
            return False
    opens = after.text[:1].isupper() or not after.text[:1].isalpha()
    return opens if after.start > word.end else after.text[:1].isupper() or after.text in _CLOSING


BYLINE = lexicon.phrases("boilerplate.byline")
COUNTED = lexicon.words("boilerplate.counted")
ENDS = lexicon.phrases("boilerplate.ends")
SKIPPED = lexicon.phrases("boilerplate.skipped")

_PROSE_ENDS = frozenset(".?!…”\"'’:;។。")
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


def line_start(every: Sequence[Word], line: Line, length: int = 40) -> str:
    """How a line begins, in lower case, its words one space apart."""
    return (
        " ".join(word.lower for word in every[line.first : line.first + 6])[:length]
        .replace(" '", "'")
        .replace(" ’", "'")
    )


def is_prose(every: Sequence[Word], line: Line) -> bool:
    """Whether a line says something: it ends as a sentence does, or most of its words are in lower case."""
    if every[line.last - 1].text in _PROSE_ENDS:
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
    begins = line_start(every, line)
    end = every[line.last - 1].text
    return end not in {".", "?", "!"} and any(
        begins == one or (begins.startswith(one) and begins[len(one)] in " :|") for one in ENDS
    )


def is_boilerplate(every: Sequence[Word], line: Line) -> bool:
    """Whether a line stands in an article and is none of its text: a caption, a byline."""
    begins = line_start(every, line).replace(" :", ":").replace("( ", "(")
    if begins.startswith("[ ") and begins[2:3].isdigit() and line.is_set_off:
        return True  # [12] Interview, 3 March: a footnote
    if begins.startswith("by "):
        return line.last - line.first < SHORT and every[line.first + 1].text[0].isupper()
    return begins.startswith(SKIPPED) or (
        begins.startswith(BYLINE) and line.last - line.first < 4 * SHORT and every[line.first + 1].text[0].isdigit()
    )
