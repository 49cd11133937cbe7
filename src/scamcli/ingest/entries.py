"""An article as its dated entries: by the headings of a timeline, or else by its dated sentences.

What is dated and says nothing (a menu, a list of other headlines), and what is dated later than the publication, is no
entry. A date that lacks its year is completed from what stands around it, and marked; it is never invented.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.dated_sentences import dated_sentences
from scamcli.ingest.headings import Heading, headings
from scamcli.ingest.lines import Line, ends_article, is_prose, is_skipped, lines_of, paragraphs
from scamcli.ingest.proposal import Span
from scamcli.ingest.words import joined, words
from scamcli.ingest.years import Dated, Years

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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

    dated: Dated
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


def split(text: str, about: Metadata) -> Entries:
    """The entries of a text, in its order.

    Args:
        text: plain, without marks of layout.
        about: its publication: its day limits what can be told, and completes days without a year.
    """
    every = words(text)
    lines = lines_of(text, every)
    found = headings(every, lines)
    if found:
        return _by_headings(text, every, lines, found, about)
    return _by_sentences(text, every, lines, about)


def _by_headings(
    text: str, every: Sequence[Word], lines: Sequence[Line], found: Sequence[Heading], about: Metadata
) -> Entries:
    years, dated, undated = Years(about), list[Entry](), list[Span]()
    ends = [line.first for line in lines if ends_article(every, line)]
    found = found[1:] if _is_publication(found, about) else found
    last, is_below = -1, False
    for at, heading in enumerate(found):
        end = found[at + 1].begin if at + 1 < len(found) else len(every)
        kept = list(_body(text, every, lines, heading, end))
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
    opening = [part for part in paragraphs(_lines_in(lines, 0, found[0].begin)) if is_prose(every, part)]
    return Entries(tuple(dated), tuple(undated), tuple(joined(text, every, opening)))


def _is_publication(found: Sequence[Heading], about: Metadata) -> bool:
    """Whether the first heading is the day of the publication, in a line of its own above entries that have none."""
    first, *rest = found
    alone = first.how == "alone" and all(one.how != "alone" for one in rest)
    return bool(rest) and alone and first.when.has_year and first.when.edtf() == about.published


def _is_later(date: str, about: Metadata) -> bool:
    """Whether an event would be later than its publication; a day more is left to time zones."""
    published = about.published
    return published is not None and date[:7] > published[:7] and date[: len(published)] > published


def _body(text: str, every: Sequence[Word], lines: Sequence[Line], heading: Heading, end: int) -> Iterator[Sentence]:
    """The sentences that a heading dates: without captions, labels and what stands below an article."""
    kept: list[Line] = []
    for line in _lines_in(lines, heading.body, end):
        if ends_article(every, line):
            break
        if not is_skipped(every, line):
            kept.append(line)
    parts = paragraphs(kept)
    prose = [part for part in parts if is_prose(every, part)]
    if prose or heading.how != "alone":
        yield from joined(text, every, [part for part in parts if part in prose or part.first == heading.body])


def _lines_in(lines: Sequence[Line], first: int, last: int) -> Iterator[Line]:
    for line in lines:
        if line.last > first and line.first < last:
            yield Line(max(line.first, first), min(line.last, last), line.is_set_off)


def _by_sentences(text: str, every: Sequence[Word], lines: Sequence[Line], about: Metadata) -> Entries:
    kept: list[Line] = []
    for line in lines:
        if ends_article(every, line) and kept:
            break
        if not is_skipped(every, line):
            kept.append(line)
    parts = [part for part in paragraphs(kept) if is_prose(every, part)]
    sentences = joined(text, every, parts)
    groups, undated = dated_sentences(sentences, about)
    entries = [
        Entry(dated, heading, Span(kept[0][0].start, kept[-1][-1].end), tuple(kept))
        for dated, heading, kept in groups
        if not _is_later(dated.date, about) and _tells(kept, heading)
    ]
    first = groups[0][2][0][0].start if groups else 0
    return Entries(tuple(entries), tuple(undated), tuple(one for one in sentences if one[0].start < first))


def _tells(sentences: Sequence[Sentence], heading: Span) -> bool:
    """Whether there is more than the date."""
    return any(
        word.text[0].isalpha() and not heading.start <= word.start < heading.end for one in sentences for word in one
    )
