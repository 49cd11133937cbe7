"""Split an article into dated entries, by the headings of a timeline or else by the sentences with dates.

Dated lines without a report (menus, lists of other headlines) and dates after the publication are not entries.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from scamcli.ingest import date_phrases, lexicon
from scamcli.ingest.date_phrases import When
from scamcli.ingest.entry_dates import FULL_STOPS, EntryDate, YearResolver, dated_sentences, reports
from scamcli.ingest.proposal import Metadata, Span
from scamcli.ingest.words import (
    BYLINE,
    Line,
    Sentence,
    Word,
    ends_article,
    is_boilerplate,
    is_prose,
    line_start,
    lines_of,
    paragraphs,
    sentences_in,
    words,
)

WEEKDAYS = lexicon.numbers("calendar.weekdays", 0)

FEWEST = 2
"""How many headings make a timeline. A single one may be the day of publication."""

_SIGNS = frozenset(":–—-|")
_MARKS = frozenset("-–—•*·>|#▪◦●‣[(“\"'")
_LONGEST_PLACES = 8
"""How many words can be between a date and the colon after its places: "13 March, Bamban, Tarlac: …"."""
_LONGEST_SECTION = 20
"""How many words of the heading of rows of numbers are searched for a period."""
_TEXT_ENDS = frozenset('.?!”")]’')
_OPENING = frozenset("“\"'‘$")


class Entry(NamedTuple):
    """A dated entry of a text: its date, the positions of the date and of the entry, and its sentences.

    ``label`` are the words beside the date in the heading of rows of numbers.
    """

    dated: EntryDate
    heading: Span
    passage: Span
    sentences: tuple[Sentence, ...]
    label: Sentence = ()


class Entries(NamedTuple):
    """The entries of a text, in the order of the text."""

    dated: tuple[Entry, ...]
    undated: tuple[Span, ...]
    """Dates whose year is unknown."""
    before: tuple[Sentence, ...]
    """Sentences before the first entry, which may introduce names."""
    outside: tuple[Sentence, ...] = ()
    """All sentences and headlines of the article that are in no entry."""
    beside: tuple[Entry, ...] = ()
    """Entries of the prose above and below a list, which are only entries if they count something."""
    is_list: bool = False
    """Whether dates head its entries, as in a timeline or a log."""


class Heading(NamedTuple):
    """A date that heads an entry.

    Attributes:
        begin: index of the first word of its line, such as the mark of a list item; `first` is that of the date.
        body: index of the first word that it dates.
        how: ``alone`` on its line, ``run in`` (before a sign), ``glued`` (directly before text), or ``section``: in the
            heading of rows of numbers.
    """

    begin: int
    first: int
    body: int
    when: When
    how: str


class _Text(NamedTuple):
    text: str
    words: list[Word]
    lines: list[Line]


def split_entries(text: str, about: Metadata) -> Entries:
    """Return the entries of a text without markup. The day of publication completes dates, and excludes later dates."""
    every = words(text)
    source = _Text(text, every, lines_of(text, every))
    headings = _find_headings(source.words, source.lines)
    found = _by_headings(source, headings, about) if headings else _by_sentences(source, about)
    return found._replace(outside=tuple(_outside(source, found.dated)), is_list=bool(headings))


def _outside(source: _Text, entries: Sequence[Entry]) -> Iterator[Sentence]:
    inside = {word.start for entry in entries for sentence in entry.sentences for word in sentence}
    parts = paragraphs(_article_lines(source.words, source.lines, stop_at_first=False), source.words)
    for sentence in sentences_in(source.text, source.words, parts):
        if inside.isdisjoint(word.start for word in sentence):
            yield sentence


def _by_headings(source: _Text, found: Sequence[Heading], about: Metadata) -> Entries:
    every = source.words
    years, dated, undated = YearResolver(about), list[Entry](), list[Span]()
    ends = [line.first for line in source.lines if ends_article(every, line)]
    found = found[1:] if _is_publication(found, about) else found
    last, is_below_article = -1, False
    for at, heading in enumerate(found):
        end = found[at + 1].begin if at + 1 < len(found) else len(every)
        kept = list(_sentences_under(source, heading, end, is_last=at + 1 == len(found)))
        is_below_article |= bisect_left(ends, heading.begin) > bisect_left(ends, max(last, 0))
        last = heading.body
        if is_below_article and not any(sentence[-1].text in FULL_STOPS for sentence in kept):
            continue  # other headlines with their dates
        is_below_article = False
        if not kept or (heading.when.form == "year" and heading.how == "alone" and not heading.when.about):
            years.enter_heading(heading.when)
            continue
        span = Span(every[heading.first].start, every[heading.when.end - 1].end)
        when = years.complete(heading.when)
        if when is None:
            undated.append(span)
        elif not _is_later(when.date, about):
            label = tuple(every[heading.begin : heading.first]) if heading.how == "section" else ()
            dated.append(Entry(when, span, Span(span.start, kept[-1][-1].end), tuple(kept), label))
    opening = _prose(
        source, _article_lines(every, _lines_between(source.lines, 0, found[0].begin), stop_at_first=False)
    )
    beside, _ = _dated_entries([*opening, *_below_list(source, found[-1])], about)
    beside = [one for one in beside if one.dated.date != about.published and any(map(reports, one.sentences))]
    return Entries(tuple(dated), tuple(undated), tuple(opening), beside=tuple(beside))


def _prose(source: _Text, lines: Iterable[Line]) -> list[Sentence]:
    parts = [part for part in paragraphs(lines, source.words) if part.is_row or is_prose(source.words, part)]
    return sentences_in(source.text, source.words, parts)


def _below_list(source: _Text, last: Heading) -> list[Sentence]:
    """Return the prose below the last item of a list, if a headline separates them."""
    lines = list(
        _article_lines(source.words, _lines_between(source.lines, last.body, len(source.words)), stop_at_first=True)
    )
    at = next((at for at, line in enumerate(lines) if at and line.is_label and line.is_set_off), len(lines))
    return [] if last.how == "alone" else _prose(source, lines[at:])


def _is_publication(found: Sequence[Heading], about: Metadata) -> bool:
    """Return whether the first heading is the date of publication: alone on its line, unlike the others."""
    first, *rest = found
    alone = first.how == "alone" and all(one.how != "alone" for one in rest)
    return bool(rest) and alone and first.when.has_year and first.when.edtf() == about.published


def _is_later(date: str, about: Metadata) -> bool:
    """Return whether a date is after the publication. Days of the same month are not, because time zones differ."""
    published, date = about.published, date.rstrip("?~%")
    return published is not None and date[:7] > published[:7] and date[: len(published)] > published


def _sentences_under(source: _Text, heading: Heading, end: int, *, is_last: bool) -> Iterator[Sentence]:
    """Yield the sentences that a heading dates, without captions, labels and the lines after the article."""
    lines = list(_article_lines(source.words, _lines_between(source.lines, heading.body, end), stop_at_first=True))
    if is_last and heading.how != "alone":
        lines = lines[: next((at for at, line in enumerate(lines) if at and line.is_label and line.is_set_off), None)]
    parts = paragraphs(lines, source.words)
    prose = [part for part in parts if is_prose(source.words, part)]
    if prose or heading.how != "alone" or any(part.is_row for part in parts):
        labels = {part.first for part, after in pairwise(parts) if after.is_row}
        kept = [part for part in parts if part in prose or part.is_row or part.first in {heading.body, *labels}]
        yield from sentences_in(source.text, source.words, kept)


def _article_lines(every: Sequence[Word], lines: Iterable[Line], *, stop_at_first: bool) -> Iterator[Line]:
    """Yield the lines of an article without boilerplate. If `stop_at_first`, its end may come before the first line."""
    is_begun = stop_at_first
    for line in lines:
        if ends_article(every, line) and is_begun:
            return
        if not is_boilerplate(every, line):
            is_begun = True
            yield line


def _lines_between(lines: Sequence[Line], first: int, last: int) -> Iterator[Line]:
    for at in range(bisect_right(lines, first, key=lambda line: line.last), len(lines)):
        line = lines[at]
        if line.first >= last:
            return
        yield line._replace(first=max(line.first, first), last=min(line.last, last))


def _by_sentences(source: _Text, about: Metadata) -> Entries:
    sentences = _prose(source, _article_lines(source.words, source.lines, stop_at_first=False))
    entries, undated = _dated_entries(sentences, about)
    first = entries[0].sentences[0][0].start if entries else 0
    return Entries(tuple(entries), tuple(undated), tuple(one for one in sentences if one[0].start < first))


def _dated_entries(sentences: Sequence[Sentence], about: Metadata) -> tuple[list[Entry], list[Span]]:
    """Return the entries that begin with a date in a sentence, and the dates whose year is unknown."""
    groups, undated = dated_sentences(sentences, about)
    entries = [
        Entry(dated, heading, Span(kept[0][0].start, kept[-1][-1].end), tuple(kept))
        for dated, heading, kept in groups
        if not _is_later(dated.date, about)
        and any(  # it says more than the date
            word.text[0].isalpha() and not heading.start <= word.start < heading.end
            for sentence in kept
            for word in sentence
        )
    ]
    return entries, undated


def _find_headings(every: Sequence[Word], lines: Sequence[Line]) -> list[Heading]:
    """Return the headings of a text in order, or none if they do not make a timeline."""
    found = [heading for line in lines if (heading := _heading_of_line(every, line))]
    found += _sections(every, lines, {one.begin for one in found})
    forms = Counter(one.when.form for one in found if one.how != "alone" or one.when.has_year)
    found = sorted([*found, *_headings_in_text(every, {one.first for one in found}, forms)])
    dated = [one for one in found if one.when.form != "year"]
    if sum(1 for one in dated if one.when.first.day or one.how == "alone") >= FEWEST:
        return found
    if any(one.how == "section" for one in found):
        return found
    return found if len(found) > FEWEST and any(one.how != "alone" for one in found) else []


def _sections(every: Sequence[Word], lines: Sequence[Line], known: set[int]) -> Iterator[Heading]:
    """Yield the headings of rows of numbers that name a period: "A. Operations, January to June"."""
    for line, following in pairwise(lines):
        if line.first in known or line.is_row or every[line.last - 1].text in FULL_STOPS - {")"}:
            continue
        if not (following.is_row or _is_listing(every, following)):
            continue
        for at in range(line.first + 1, min(line.last, line.first + _LONGEST_SECTION)):
            found = date_phrases.read(every, at)
            is_period = found is not None and (found.last or found.first.day is None or every[at - 1].lower == "of")
            if found is not None and is_period and found.end <= line.last:
                yield Heading(line.first, at, line.last, found, "section")
                break


def _is_listing(every: Sequence[Word], line: Line) -> bool:
    """Return whether a line lists numbers in brackets: "Thailand (41), Cambodia (33)"."""
    bracketed = (
        every[at].text == "(" and every[at + 1].text.isdigit() and every[at + 2].text == ")"
        for at in range(line.first, line.last - 2)
    )
    return sum(bracketed) >= FEWEST


def _heading_of_line(every: Sequence[Word], line: Line) -> Heading | None:
    at = _after_marks(every, line)
    if line_start(every, line).startswith(BYLINE):
        return None
    at += every[at].lower == "year" and at + 1 < line.last
    found = date_phrases.read(every, at) or _compact_date(every, at, line)
    if found is None and (place_end := _after_opening_place(every, at, line.last)) != at:
        at, found = place_end, date_phrases.read(every, place_end)
    if found is None or found.end > line.last:
        return None
    end = _after_date(every, found.end, line.last)
    if end >= line.last:
        return Heading(line.first, at, line.last, found, "alone")
    return _heading_before_text(every, line, at, end, found)


def _heading_before_text(every: Sequence[Word], line: Line, at: int, end: int, found: When) -> Heading | None:
    word = every[end]
    opens = word.text[0].isupper() or word.text in _OPENING
    if (
        (opens or word.text[0].isdigit())
        and "." in {every[end - 1].text, every[found.end - 1].text}
        and not found.has_year
    ):
        return Heading(line.first, at, end, found, "run in")  # 14 March. Police …
    if at > line.first and every[at - 1].text in "([" and every[end - 1].text in ")]":
        return Heading(line.first, at, end, found, "run in")  # (November 2022) Police …
    if at != _after_marks(every, line) and word.text not in _SIGNS - {"|"} and every[line.first].lower != "year":
        return None  # only a sign shows that a place and a date are a heading
    if word.text in _SIGNS and not _is_clock(every, end):
        rest = every[end + 1 : line.last]  # 16 June 2023 | Eung Sea: only a name follows
        is_byline = word.text == "|" and 0 < len(rest) <= 4 and all(one.text[0].isupper() for one in rest)
        return None if is_byline else Heading(line.first, at, end + 1, found, "run in")
    colon = _after_places(every, end, line.last)
    if colon is not None:
        return Heading(line.first, at, end, found, "run in")  # 13 March, Bamban, Tarlac: 864 people …
    is_whole = found.has_year and (found.first.day is not None or found.form.startswith(("quarter", "day")))
    if is_whole and opens and line.last - end > 3:
        return Heading(line.first, at, end, found, "glued")
    return None


def _after_opening_place(every: Sequence[Word], at: int, last: int) -> int:
    """Return the index of a date after the name of a place: Kinney County, Nov. 17, 2022 - …; else the given index."""
    if every[at].text.isupper() or not every[at].text.istitle():
        return at  # PHNOM PENH, June 1 - is where and when a report was sent
    for end in range(at + 1, min(last - 1, at + _LONGEST_PLACES)):
        if every[end].text == ",":
            found = date_phrases.read(every, end + 1)
            if found is not None and found.first.day is not None and found.has_year:
                return end + 1
        elif not every[end].text[0].isupper():
            break
    return at


def _compact_date(every: Sequence[Word], at: int, line: Line) -> When | None:
    """Read a line that is only a day in six or eight digits: 190609 or 20190609."""
    text = every[at].text
    if at + 1 != line.last or not (text.isascii() and text.isdigit()) or len(text) not in (6, 8):
        return None
    return date_phrases.compact(text, at + 1)


def _after_places(every: Sequence[Word], at: int, last: int) -> int | None:
    """Return the index after the colon behind one to three names in commas after a date, or ``None``."""
    if every[at].text != ",":
        return None
    for end in range(at + 2, min(last, at + _LONGEST_PLACES)):
        if every[end].text == ":":
            return end + 1 if every[at + 1].text[0].isupper() else None
        if every[end].text != "," and not every[end].text[0].isupper():
            return None
    return None


def _is_clock(every: Sequence[Word], at: int) -> bool:
    """Return whether a colon separates hours from minutes."""
    return (
        every[at].text == ":"
        and every[at - 1].end == every[at].start
        and every[at - 1].text.isdigit()
        and (at + 1 < len(every) and every[at + 1].text[:1].isdigit() and every[at + 1].start == every[at].end)
    )


def _after_marks(every: Sequence[Word], line: Line) -> int:
    """Return the index of the first word after the mark or number of a list item."""
    at = line.first
    while at < line.last - 1 and every[at].text in _MARKS:
        at += 1
    if at + 2 < line.last and every[at].text.isdigit() and every[at + 1].text in ".)" and len(every[at].text) < 4:
        after = at + 2
        if every[at].end == every[at + 1].start < every[at + 1].end < every[after].start:
            return after
    return at


def _after_date(every: Sequence[Word], at: int, last: int) -> int:
    """Return the index after a date's dot, weekday or closing bracket."""
    while at < last:
        lower = every[at].lower
        is_weekday_next = at + 1 < last and every[at + 1].lower in WEEKDAYS
        if not (lower in WEEKDAYS or lower in {".", ")", "]", "”"} or (lower in {",", "("} and is_weekday_next)):
            break
        at += 1
    return at


def _headings_in_text(every: Sequence[Word], known: set[int], forms: Counter[str]) -> Iterator[Heading]:
    """Yield headings that directly follow the preceding text: whole dates in the form of the other headings."""
    for at in range(1, len(every)):
        first = every[at].text[0]
        if at in known or every[at - 1].text[-1] not in _TEXT_ENDS or not (first.isupper() or first.isdigit()):
            continue
        found = date_phrases.read(every, at)
        if found is None or found.first.day is None or found.end >= len(every) or not forms[found.form]:
            continue
        follows = every[found.end].text
        if follows in _SIGNS and not _is_clock(every, found.end) and (found.has_year or forms[found.form] >= FEWEST):
            yield Heading(at, at, found.end + 1, found, "run in")
        elif found.has_year and follows[0].isupper():
            yield Heading(at, at, found.end, found, "glued")
