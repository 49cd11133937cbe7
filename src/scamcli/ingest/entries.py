"""DOC entries"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import date_phrases, lexicon
from scamcli.ingest.entry_dates import EntryDate, YearResolver, dated_sentences
from scamcli.ingest.proposal import Span
from scamcli.ingest.words import (
    Line,
    ends_article,
    is_boilerplate,
    is_prose,
    line_start,
    lines_of,
    paragraphs,
    sentences_in,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.date_phrases import When
    from scamcli.ingest.proposal import Metadata
    from scamcli.ingest.words import Sentence, Word


FULL_STOPS = frozenset('.!?…”"’)')
"""How a sentence ends, and a headline does not."""


class Entry(NamedTuple):
    """A dated entry of a text.

    Attributes:
        dated: its date, and how it is known.
        heading: the words of the date.
        passage: all of the entry, the date included.
        sentences: what it says.
    """

    dated: EntryDate
    heading: Span
    passage: Span
    sentences: tuple[Sentence, ...]


class Entries(NamedTuple):
    """The entries of a text.

    Attributes:
        dated: in the order of the text.
        undated: dates whose year nothing tells.
        before: what stands before the first, which names who and what the entries are about.
    """

    dated: tuple[Entry, ...]
    undated: tuple[Span, ...]
    before: tuple[Sentence, ...]


def split_entries(text: str, about: Metadata) -> Entries:
    """The entries of a text, in its order.

    Args:
        text: plain, without marks of layout.
        about: its publication: its day limits what can be told, and completes days without a year.
    """
    every = words(text)
    lines = lines_of(text, every)
    found = find_headings(every, lines)
    if found:
        return _by_headings(text, every, lines, found, about)
    return _by_sentences(text, every, lines, about)


def _by_headings(
    text: str, every: Sequence[Word], lines: Sequence[Line], found: Sequence[Heading], about: Metadata
) -> Entries:
    years, dated, undated = YearResolver(about), list[Entry](), list[Span]()
    ends = [line.first for line in lines if ends_article(every, line)]
    found = found[1:] if _is_publication(found, about) else found
    last, is_below = -1, False
    for at, heading in enumerate(found):
        end = found[at + 1].begin if at + 1 < len(found) else len(every)
        kept = list(_sentences_under(text, every, lines, heading, end))
        is_below = is_below or bisect_left(ends, heading.begin) > bisect_left(ends, max(last, 0))
        last = heading.body
        if is_below and not any(sentence[-1].text in FULL_STOPS for sentence in kept):
            continue  # other headlines with their days
        is_below = False
        if not kept or (heading.when.form == "year" and heading.how == "alone" and not heading.when.about):
            years.line(heading.when)
            continue
        span = Span(every[heading.first].start, every[heading.when.end - 1].end)
        when = years.dated(heading.when)
        if when is None:
            undated.append(span)
        elif not _is_later(when.date, about):
            passage = Span(span.start, kept[-1][-1].end)
            dated.append(Entry(when, span, passage, tuple(kept)))
    opening = [part for part in paragraphs(_lines_between(lines, 0, found[0].begin)) if is_prose(every, part)]
    return Entries(tuple(dated), tuple(undated), tuple(sentences_in(text, every, opening)))


def _is_publication(found: Sequence[Heading], about: Metadata) -> bool:
    """Whether the first heading is the day of the publication, in a line of its own above entries that have none."""
    first, *rest = found
    alone = first.how == "alone" and all(one.how != "alone" for one in rest)
    return bool(rest) and alone and first.when.has_year and first.when.edtf() == about.published


def _is_later(date: str, about: Metadata) -> bool:
    """Whether an event would be later than its publication; a day more is left to time zones."""
    published = about.published
    return published is not None and date[:7] > published[:7] and date[: len(published)] > published


def _sentences_under(
    text: str, every: Sequence[Word], lines: Sequence[Line], heading: Heading, end: int
) -> Iterator[Sentence]:
    """The sentences that a heading dates: without captions, labels and what stands below an article."""
    kept: list[Line] = []
    for line in _lines_between(lines, heading.body, end):
        if ends_article(every, line):
            break
        if not is_boilerplate(every, line):
            kept.append(line)
    parts = paragraphs(kept)
    prose = [part for part in parts if is_prose(every, part)]
    if prose or heading.how != "alone":
        yield from sentences_in(text, every, [part for part in parts if part in prose or part.first == heading.body])


def _lines_between(lines: Sequence[Line], first: int, last: int) -> Iterator[Line]:
    for line in lines:
        if line.last > first and line.first < last:
            yield Line(max(line.first, first), min(line.last, last), line.is_set_off)


def _by_sentences(text: str, every: Sequence[Word], lines: Sequence[Line], about: Metadata) -> Entries:
    kept: list[Line] = []
    for line in lines:
        if ends_article(every, line) and kept:
            break
        if not is_boilerplate(every, line):
            kept.append(line)
    parts = [part for part in paragraphs(kept) if is_prose(every, part)]
    sentences = sentences_in(text, every, parts)
    groups, undated = dated_sentences(sentences, about)
    entries = [
        Entry(dated, heading, Span(kept[0][0].start, kept[-1][-1].end), tuple(kept))
        for dated, heading, kept in groups
        if not _is_later(dated.date, about) and _says_more_than_date(kept, heading)
    ]
    first = groups[0][2][0][0].start if groups else 0
    return Entries(tuple(entries), tuple(undated), tuple(one for one in sentences if one[0].start < first))


def _says_more_than_date(sentences: Sequence[Sentence], heading: Span) -> bool:
    """Whether there is more than the date."""
    return any(
        word.text[0].isalpha() and not heading.start <= word.start < heading.end for one in sentences for word in one
    )


BYLINE = lexicon.phrases("boilerplate.byline")
WEEKDAYS = lexicon.numbers("calendar.weekdays", 0)

_SIGNS = frozenset(":–—-|")
_MARKS = frozenset("-–—•*·>|#▪◦●‣[(“\"'")
_ENDS = frozenset('.?!”")]’')
OPENING = frozenset("“\"'‘$")
"""Signs with which a text may begin."""

FEWEST = 2
"""Headings that make a timeline; one may as well be the day of publication."""


class Heading(NamedTuple):
    """A date at the head of something.

    Attributes:
        begin: the index of the first word of its line, such as the mark of an item.
        first: the index of its first word.
        body: the index of the first word that it dates.
        when: the date.
        how: ``alone``, ``run in`` (before a sign) or ``glued`` (before text).
    """

    begin: int
    first: int
    body: int
    when: When
    how: str


def find_headings(every: Sequence[Word], lines: Sequence[Line]) -> list[Heading]:
    """The headings of a text, in order; none where they make no timeline."""
    found = [heading for line in lines if (heading := _heading_of_line(every, line))]
    forms = Counter(one.when.form for one in found if one.how != "alone" or one.when.has_year)
    found = sorted([*found, *_headings_in_text(every, {one.first for one in found}, forms)])
    dated = [one for one in found if one.when.form != "year"]
    if sum(1 for one in dated if one.when.first.day or one.how == "alone") >= FEWEST:
        return found
    return found if len(found) > FEWEST and any(one.how != "alone" for one in found) else []


def _heading_of_line(every: Sequence[Word], line: Line) -> Heading | None:
    at = _after_marks(every, line)
    if line_start(every, line).startswith(BYLINE):
        return None
    found = date_phrases.read(every, at)
    if found is None or found.end > line.last:
        return None
    end = _after_remark(every, found.end, line.last)
    if end >= line.last:
        return Heading(line.first, at, line.last, found, "alone")
    return _heading_before_text(every, line, at, end, found)


def _heading_before_text(every: Sequence[Word], line: Line, at: int, end: int, found: When) -> Heading | None:
    word = every[end]
    if (
        "." in {every[end - 1].text, every[found.end - 1].text}
        and not found.has_year
        and (word.text[0].isupper() or word.text in OPENING)
    ):
        return Heading(line.first, at, end, found, "run in")  # 14 March. Police …
    if at > line.first and every[at - 1].text in "([" and every[end - 1].text in ")]":
        return Heading(line.first, at, end, found, "run in")  # (November 2022) Police …
    if word.text in _SIGNS and not _is_clock(every, end):
        return None if _is_byline(every, line, end) else Heading(line.first, at, end + 1, found, "run in")
    is_whole = found.has_year and (found.first.day is not None or found.form.startswith(("quarter", "day")))
    opens = word.text[0].isupper() or word.text in OPENING
    if is_whole and opens and line.last - end > 3:
        return Heading(line.first, at, end, found, "glued")
    return None


def _is_clock(every: Sequence[Word], at: int) -> bool:
    """Whether a colon parts hours from minutes."""
    return (
        every[at].text == ":"
        and every[at - 1].end == every[at].start
        and every[at - 1].text.isdigit()
        and (at + 1 < len(every) and every[at + 1].text[:1].isdigit() and every[at + 1].start == every[at].end)
    )


def _is_byline(every: Sequence[Word], line: Line, at: int) -> bool:
    """Whether what follows is somebody's name and no more: "16 June 2023 | Eung Sea"."""
    rest = every[at + 1 : line.last]
    return every[at].text == "|" and 0 < len(rest) <= 4 and all(word.text[0].isupper() for word in rest)


def _after_marks(every: Sequence[Word], line: Line) -> int:
    """The first word after the marks and the number of an item."""
    at = line.first
    while at < line.last - 1 and every[at].text in _MARKS:
        at += 1
    if at + 2 < line.last and every[at].text.isdigit() and every[at + 1].text in ".)" and len(every[at].text) < 4:
        after = at + 2
        if every[at].end == every[at + 1].start < every[at + 1].end < every[after].start:
            return after
    return at


def _after_remark(every: Sequence[Word], at: int, last: int) -> int:
    """What may follow a date and belongs to it: a dot, a weekday, a bracket that closes."""
    while at < last:
        lower = every[at].lower
        if (
            lower in WEEKDAYS
            or lower in {".", ")", "]", "”"}
            or (lower in {",", "("} and _is_weekday(every, at + 1, last))
        ):
            at += 1
        else:
            break
    return at


def _is_weekday(every: Sequence[Word], at: int, last: int) -> bool:
    return at < last and every[at].lower in WEEKDAYS


def _headings_in_text(every: Sequence[Word], known: set[int], forms: Counter[str]) -> Iterator[Heading]:
    """Headings that are glued to the end of the text before: whole dates in the form of the others."""
    for at in range(1, len(every)):
        if at in known or every[at - 1].text[-1] not in _ENDS or not _opens(every[at]):
            continue
        found = date_phrases.read(every, at)
        if found is None or found.first.day is None or found.end >= len(every) or not forms[found.form]:
            continue
        follows = every[found.end].text
        if follows in _SIGNS and not _is_clock(every, found.end) and (found.has_year or forms[found.form] >= FEWEST):
            yield Heading(at, at, found.end + 1, found, "run in")
        elif found.has_year and follows[0].isupper():
            yield Heading(at, at, found.end, found, "glued")


def _opens(word: Word) -> bool:
    return word.text[0].isupper() or word.text[0].isdigit()
