"""Split a text into words, sentences and lines, each with its offsets: the input of every rule.

Hyphens, possessives and signs are separate words ("Chinese-led", "Cambodia's", "$2"), so that rules can look words up
in tables and need few patterns. Nothing here knows what a word means, apart from abbreviations, which do not end a
sentence, and the labels that surround an article.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import BOILERPLATE, GRAMMAR

BYLINE = lexicon.phrases("boilerplate.byline")
ENDS = lexicon.phrases("boilerplate.ends")
SKIPPED = lexicon.phrases("boilerplate.skipped")

MAX_SENTENCE = 250
"""The most words of a sentence. Longer ones are lists and are split, because rules compare all words of a sentence."""

FULL_STOPS = frozenset('.!?…”"’)')
"""Signs that end a sentence. A headline has none."""

_LONGEST_LABEL = 6
_LONGEST_WRAPPED = 160
"""The most characters of a line in a text that is wrapped."""
_LONGEST_ROW = 24
"""The most words of a row: its label, its number, and a remark in brackets."""

_LONGEST_CREDIT = 9
"""The most words of a bracket with the source of a picture."""

MAX_LABEL = 9
"""The most words of a line that can be a heading or a label."""


class Word(NamedTuple):
    """A word, a number or a sign, as it is written and in lower case; `start` is its offset in the text."""

    text: str
    lower: str
    start: int

    @property
    def end(self) -> int:
        """The offset after its last character. It is not stored, because a long text has a million words."""
        return self.start + len(self.text)


Sentence = tuple[Word, ...]


def text_at(words: Sequence[Word], at: int) -> str:
    """Return a word as it is written, or ``""`` outside the sentence."""
    return words[at].text if 0 <= at < len(words) else ""


def lower_at(words: Sequence[Word], at: int) -> str:
    """Return a word in lower case, or ``""`` outside the sentence."""
    return words[at].lower if 0 <= at < len(words) else ""


def is_past_form(word: str) -> bool:
    """Return whether a word in lower case is probably a verb: it ends in "ed", and is longer than "need"."""
    return word.endswith("ed") and len(word) > len("need")


class Line(NamedTuple):
    """A line with the words from `first` up to but not including `last`.

    Attributes:
        is_set_off: whether a blank line precedes it.
        is_row: whether it is the row of a table: a label, a colon and a number.
        is_label: whether it is so short that it can only be a headline or the end of a paragraph, and no sentence ends.
        is_first: whether it begins a paragraph: a blank line precedes it, or it is one of the headlines and bylines at
            the top of a text that is not wrapped.
    """

    first: int
    last: int
    is_set_off: bool
    is_row: bool = False
    is_label: bool = False
    is_first: bool = False


class Source(NamedTuple):
    """A text with all its words and its lines."""

    text: str
    words: list[Word]
    lines: list[Line]


_CODES = (
    "AED|AUD|BDT|BRL|CAD|CHF|CNY|ETB|EUR|GBP|GHS|HKD|IDR|INR|JPY|KES|KHR|KRW|KWD|LAK|LKR|MMK|MXN|MYR|NGN|NPR|NTD|NZD|PEN"
    "|PHP|PKR|QAR|RMB|SAR|SGD|THB|TWD|TZS|UGX|USDT?|VND|ZAR"
)
_SCALE = r"(?i:k|m|mn|mln|bn|b|tn|trn|mil)\b"
_WORD = (
    r"(?:[A-Za-z]\.){2,}"  # U.S.  a.m.
    rf"|(?:RM|N?Rs|Rp|Php|K[Ss]hs?|Tk|Bt|{_CODES})(?=\d)"  # RM20
    rf"|(?:Sh|Dhs?|NT|HK|US|P|R|N)(?=\d[\d,]*[.,]\d|\d+ ?(?:million|billion|thousand|lakh|crore)|\d+{_SCALE})"  # P4.5
    r"|[1-9]\d?(?:,\d\d)+,\d{3}(?:\.\d+)?(?!\d|,\d)"  # 1,46,00,000
    r"|[1-9]\d{0,2}(?:(?:\.\d{3}){2,}|(?:['’]\d{3})+)(?!\d|[.'’]\d)"  # 1.234.567  1'234
    rf"|\d+(?:,\d{{3}})+(?:\.\d+)?(?!\d)|(?<!\d\.)\d+\.\d+(?:{_SCALE}|(?![\d.]))"  # 1,480  2.5  2.5m
    r"|(?:19|20)\d\d(?=[A-Z][a-z])|\d+[A-Za-z½¼¾]+|\d+"  # 19th  600k, but not 91คน
    r"|['’]s\b|n['’]t\b|[^\W\d_]+?(?=n['’]t\b)"
    r"|[A-Za-zÀ-ɏḀ-ỿ](?:[^\W_]|['’](?=[^\W\d_]{2}|[aeiou]\b))*|[^\W\d_]+"  # O'Brien  Ng'ang'a  K99
    r"|\.{3}|\S"
)
_ENDS = frozenset(".?!…។。")
_CLOSING = frozenset("\"'”’»)]")
_CLOSED = _ENDS | _CLOSING | {":", ";"}
_PROSE_ENDS = frozenset(".?!…”\"'’:;។。")


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words in a stretch of text."""
    found = re.compile(_WORD).finditer(text, start, len(text) if end is None else end)
    forms = _Forms()  # a long text uses the same words again and again
    return [Word(*forms[match[0]], match.start()) for match in found]


class _Forms(dict[str, tuple[str, str]]):
    """Words as they are written and in lower case, each kept once."""

    def __missing__(self, word: str) -> tuple[str, str]:
        lower = word.lower()
        self[word] = found = (word, word if lower == word else lower)
        return found


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Sentence]:
    """Return the sentences in a stretch of text. A blank line and a new list item end a sentence too."""
    every = words(text, start, end)
    return sentences_in(text, every, [(0, len(every))])


def sentences_in(text: str, every: Sequence[Word], stretches: Iterable[tuple[int, ...]]) -> list[Sentence]:
    """Return the sentences in several stretches of a text. A sentence that breaks off continues in the next stretch.

    Args:
        text, every: the whole text, and all its words.
        stretches: for each, the index of its first word and the index after its last word. A `Line` that is a row of a
            table never continues a sentence.
    """
    found: list[Sentence] = []
    for stretch in stretches:
        first, last = stretch[:2]
        is_row = isinstance(stretch, Line) and stretch.is_row
        for sentence in _split_sentences(text, every[first:last]):
            goes_on = sentence[0].text[0].islower() and found and found[-1][-1].text not in _CLOSED and not is_row
            if goes_on and len(found[-1]) + len(sentence) <= MAX_SENTENCE:
                found[-1] = (*found[-1], *sentence)
            else:
                found.append(sentence)
    return found


def _split_sentences(text: str, every: Sequence[Word]) -> Iterator[Sentence]:
    first = at = 0
    end = every[0].start if every else 0  # where the word before ends
    while at < len(every):
        word = every[at]
        if at > first and (at - first == MAX_SENTENCE or (word.start - end > 1 and _is_break(text, end, word.start))):
            yield tuple(every[first:at])
            first = at
        if word.text in _ENDS and _is_end(every, at):
            while at + 1 < len(every) and every[at + 1].text in _CLOSING and every[at + 1].start == every[at].end:
                at += 1
            yield tuple(every[first : at + 1])
            first = at + 1
        end = every[at].end
        at += 1
    if first < len(every):
        yield tuple(every[first:])


def _is_break(text: str, start: int, end: int) -> bool:
    """Return whether a blank line, or the start of an indented line, separates two words."""
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
        if before.lower in GRAMMAR.abbreviations or initial:
            return False
    opens = after.text[:1].isupper() or not after.text[:1].isalpha()
    return opens if after.start > word.end else after.text[:1].isupper() or after.text in _CLOSING


def cell_starts(sentence: Sentence, text: str) -> frozenset[int]:
    """Return the indices of the words of a sentence that begin a line or a cell of a table, apart from the first."""
    gaps = ((at, text[one.end : other.start]) for at, (one, other) in enumerate(pairwise(sentence), 1))
    return frozenset(at for at, gap in gaps if len(gap) > 1 or gap in ("\n", "\t"))


def lines_of(text: str, every: Sequence[Word]) -> list[Line]:
    """Return the lines of a text that have words."""
    starts = [word.start for word in every]
    found: list[Line] = []
    at, first, blank = 0, 0, True
    written = text.split("\n")
    in_head = max(map(len, written)) > _LONGEST_WRAPPED
    for line in written:
        at += len(line) + 1
        last = bisect_left(starts, at, lo=first)
        if last > first:
            is_label = last - first <= _LONGEST_LABEL and every[last - 1].text not in _CLOSED | {",", "-", "–", "—"}
            found.append(Line(first, last, blank, _is_row(every, first, last), is_label, blank or in_head))
            in_head = in_head and every[last - 1].text not in FULL_STOPS - {")"}
        blank = last == first
        first = last
    return found


def source_of(text: str) -> Source:
    """Return a text with all its words and its lines."""
    every = words(text)
    return Source(text, every, lines_of(text, every))


def paragraphs(lines: Iterable[Line], every: Sequence[Word] = ()) -> list[Line]:
    """Join the lines of each paragraph.

    If the words are given, a short line before a long one that begins with a capital is a headline of its own.
    """
    found: list[Line] = []
    for line in lines:
        if every and found and found[-1].is_label and _is_below_label(every, found[-1], line):
            found.append(line)
            continue
        joins = not (line.is_first or line.is_row or (found and found[-1].is_row))
        if found and joins and found[-1].last == line.first:
            found[-1] = found[-1]._replace(last=line.last)
        else:
            found.append(line)
    return found


def _is_below_label(every: Sequence[Word], label: Line, line: Line) -> bool:
    """Return whether a line begins a paragraph below a headline, because it is much longer than the line before."""
    lengths = [every[one.last - 1].end - every[one.first].start for one in (label, line)]
    return every[line.first].text[0].isupper() and lengths[1] >= 2 * lengths[0]


def _is_row(every: Sequence[Word], first: int, last: int) -> bool:
    """Return whether a line is a row of a table: "Suspects arrested: 203", "of these women: 16"."""
    if last - first > _LONGEST_ROW or every[last - 1].text in {".", "?", "!", ",", ";"}:
        return False
    colon = next((at for at in range(first + 1, min(last - 1, first + MAX_LABEL)) if every[at].text == ":"), None)
    if colon is None or not every[colon - 1].text[0].isalpha():
        return False
    return every[colon + 1].text[0].isdigit() and every[colon + 1].start > every[colon].end


def line_start(every: Sequence[Word], line: Line) -> str:
    """Return the first words of a line in lower case, with one space between them."""
    first = " ".join(word.lower for word in every[line.first : line.first + 6])[:40]
    return first.replace(" '", "'").replace(" ’", "'")


def is_prose(every: Sequence[Word], line: Line) -> bool:
    """Return whether a line is prose: it ends as a sentence does, or most of its words are in lower case."""
    if every[line.last - 1].text in _PROSE_ENDS:
        return line.last - line.first > 2
    letters = [word.text for word in every[line.first : line.last] if word.text[0].isalpha()]
    small = sum(1 for word in letters if word[0].islower())
    return len(letters) > 3 and small * 2 >= len(letters)


def ends_article(every: Sequence[Word], line: Line) -> bool:
    """Return whether a line is the first after an article: a count of views, "You may also like"."""
    if (
        line.last - line.first == 2
        and every[line.first + 1].lower in BOILERPLATE.counted
        and every[line.first].text[0].isdigit()
    ):
        return True
    if line.last - line.first > MAX_LABEL or every[line.last - 1].text in {".", "?", "!"}:
        return False
    start = line_start(every, line)
    return start.startswith(ENDS) and any(
        start == one or (start.startswith(one) and start[len(one)] in " :|") for one in ENDS
    )


def _ends_with_credit(every: Sequence[Word], line: Line) -> bool:
    """Return whether a line is a caption: … on January 8. (Photo: supplied), (AFP pic), (Ann Example/Reuters)."""
    for at in range(max(line.first, line.last - _LONGEST_CREDIT), line.last - 2):
        if every[at].text not in "([":
            continue
        inside = every[at + 1 : line.last - 1]
        is_closed = every[line.last - 1].text in ")]"
        if inside[0].lower in BOILERPLATE.credits or (is_closed and inside[-1].lower in BOILERPLATE.credits):
            return True
        names = [word.text[0].isupper() for word in inside if word.text[0].isalnum()]
        if is_closed and len(names) > 1 and all(names) and any(word.text == "/" for word in inside[1:-1]):
            return True
    return False


def is_boilerplate(every: Sequence[Word], line: Line) -> bool:
    """Return whether a line inside an article is not part of its text, such as a caption or a byline."""
    start, length = line_start(every, line).replace(" :", ":").replace("( ", "("), line.last - line.first
    if line.is_set_off and length > 2 and every[line.first].text == "[" and every[line.first + 2].text == "]":
        return every[line.first + 1].text.isdigit()  # a footnote: [12] Interview, 3 March
    if _ends_with_credit(every, line):
        return True
    if start.startswith("by "):
        return length < MAX_LABEL and every[line.first + 1].text[0].isupper()
    if start.startswith(SKIPPED):
        return True
    return start.startswith(BYLINE) and 1 < length < 4 * MAX_LABEL and every[line.first + 1].text[0].isdigit()
