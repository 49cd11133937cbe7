"""Split an article into dated entries, by the headings of a timeline or else by the sentences with dates.

Dated lines without a report (menus, lists of other headlines) and dates after the publication are not entries. What a
text says without a date becomes an entry, too, if the date of the text is known.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from scamcli.ingest import date_phrases
from scamcli.ingest.date_phrases import When
from scamcli.ingest.dated_entries import Entries, Entry, EntryMerger
from scamcli.ingest.entry_dates import COMPLETED, OF_TEXT, EntryDate, YearResolver, is_later, nearest
from scamcli.ingest.headings import Heading, find_headings
from scamcli.ingest.proposal import Document, Grade, Metadata, Span
from scamcli.ingest.stories import dated_sentences, without_doubt
from scamcli.ingest.story_dates import dated_stretches, reports
from scamcli.ingest.words import (
    FULL_STOPS,
    Line,
    Sentence,
    Source,
    Word,
    ends_article,
    is_boilerplate,
    is_prose,
    paragraphs,
    sentences_in,
    source_of,
    words,
)

_FEWEST_STATED = 2
"""How many entries after the date of publication show that this date is wrong."""
_HEAD = 400
"""How many characters at the start of a text can state its date or its period."""


def split_entries(text: str, about: Metadata) -> Entries:
    """Return the entries of a text without markup. The day of publication completes dates, and excludes later dates."""
    source = source_of(text)
    headings = find_headings(source.words, source.lines)
    found = _by_headings(source, headings, about) if headings else _by_sentences(source, about)
    lines = list(_article_lines(source.words, source.lines, stop_at_first=False))
    kept = {line.first for line in lines}
    others = [line for line in source.lines if line.first not in kept]
    outside, skipped = (tuple(_outside(source, found.dated, part)) for part in (lines, others))
    skipped = tuple(sentence for sentence in skipped if sentence[-1].text in FULL_STOPS)
    return found._replace(outside=outside, skipped=skipped, is_list=bool(headings), source=source)


def without_wrong_date(text: str, document: Document) -> tuple[Entries, Document]:
    """Return the entries of a text without markup, and the document, without its date of publication if that is wrong.

    It is wrong if all days that the text states are later. It would leave nothing of a digest but its own day. Whoever
    divides a text into parts decides this for all of them.
    """
    entries, about = split_entries(text, document.about), document.about
    if entries.dated or entries.undated or about.published is None or document.part:
        return entries, document
    others = split_entries(text, about._replace(published=None))
    if sum(entry.dated.grade is Grade.SURE for entry in others.dated) < _FEWEST_STATED:
        return entries, document
    return others, document._replace(about=about._replace(published=None))


def _outside(source: Source, entries: Sequence[Entry], lines: Iterable[Line]) -> Iterator[Sentence]:
    """Yield the sentences of lines that are in no entry."""
    inside = {word.start for entry in entries for sentence in entry.sentences for word in sentence}
    for sentence in sentences_in(source.text, source.words, paragraphs(lines, source.words)):
        if inside.isdisjoint(word.start for word in sentence):
            yield sentence


def _by_headings(source: Source, found: Sequence[Heading], about: Metadata) -> Entries:
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
        elif not is_later(when.date, about):
            label = tuple(every[heading.begin : heading.first]) if heading.how == "section" else ()
            dated.append(Entry(when, span, Span(span.start, kept[-1][-1].end), tuple(kept), label))
    opening = _prose(
        source, _article_lines(every, _lines_between(source.lines, 0, found[0].begin), stop_at_first=False)
    )
    beside, _ = _dated_entries(source, [*opening, *_below_list(source, found[-1])], about)
    beside = [one for one in beside if one.dated.date != about.published and any(map(reports, one.sentences))]
    return Entries(tuple(dated), tuple(undated), tuple(opening), beside=tuple(beside))


def _prose(source: Source, lines: Iterable[Line]) -> list[Sentence]:
    parts = [part for part in paragraphs(lines, source.words) if part.is_row or is_prose(source.words, part)]
    return sentences_in(source.text, source.words, parts)


def _below_list(source: Source, last: Heading) -> list[Sentence]:
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


def _sentences_under(source: Source, heading: Heading, end: int, *, is_last: bool) -> Iterator[Sentence]:
    """Yield the sentences that a heading dates, without captions, labels and the lines after the article."""
    lines = list(_article_lines(source.words, _lines_between(source.lines, heading.body, end), stop_at_first=True))
    if is_last and heading.how != "alone":
        lines = lines[: next((at for at, line in enumerate(lines) if at and line.is_label and line.is_set_off), None)]
    parts = paragraphs(lines, source.words)
    prose = {part.first for part in parts if is_prose(source.words, part)}
    if prose or heading.how != "alone" or any(part.is_row for part in parts):
        starts = {heading.body, *prose, *(part.first for part, after in pairwise(parts) if after.is_row)}
        kept = [part for part in parts if part.is_row or part.first in starts]
        yield from sentences_in(source.text, source.words, kept)


def _article_lines(every: Sequence[Word], lines: Iterable[Line], *, stop_at_first: bool) -> Iterator[Line]:
    """Yield the lines of an article without boilerplate. Unless `stop_at_first`, its end comes after some prose."""
    is_begun = stop_at_first
    for line in lines:
        if ends_article(every, line) and is_begun:
            return
        if not is_boilerplate(every, line):
            is_begun = is_begun or is_prose(every, line)
            yield line


def _lines_between(lines: Sequence[Line], first: int, last: int) -> Iterator[Line]:
    for at in range(bisect_right(lines, first, key=lambda line: line.last), len(lines)):
        line = lines[at]
        if line.first >= last:
            return
        yield line._replace(first=max(line.first, first), last=min(line.last, last))


def _by_sentences(source: Source, about: Metadata) -> Entries:
    sentences = _prose(source, _article_lines(source.words, source.lines, stop_at_first=False))
    entries, undated = _dated_entries(source, sentences, about)
    first = entries[0].sentences[0][0].start if entries else 0
    return Entries(tuple(entries), tuple(undated), tuple(one for one in sentences if one[0].start < first))


def _dated_entries(source: Source, sentences: Sequence[Sentence], about: Metadata) -> tuple[list[Entry], list[Span]]:
    """Return the entries that begin with a date in a sentence, and the dates whose year is unknown."""
    begins = {source.words[line.first].start for line in source.lines if line.is_first and line.first < line.last}
    groups, undated = dated_sentences(
        sentences,
        about,
        lambda sentence: sentence[0].start in begins,
        is_stated=_states(words(source.text[:_HEAD]), about.published),
    )
    entries = [
        Entry(dated, heading, Span(kept[0][0].start, kept[-1][-1].end), tuple(kept))
        for dated, heading, kept in groups
        if not is_later(dated.date, about)
        and any(  # it says more than the date
            word.text[0].isalpha() and not heading.start <= word.start < heading.end
            for sentence in kept
            for word in sentence
        )
    ]
    return sorted(entries, key=lambda entry: entry.passage), undated


def with_undated_news(entries: Entries, document: Document, counts: Callable[[Sentence], bool]) -> Entries:
    """Return entries with one more for sentences without a date, if the date of the text is known.

    A text that has no date at all becomes one entry.

    "Some 7,000 people are waiting" is a statement of the day on which it is said. If another entry has that date, it
    gets the sentences.

    Args:
        counts: whether a sentence has a number of people or cases. If the text has dates, others are left out.
    """
    entries = _with_entries(entries, [entry for entry in entries.beside if any(map(counts, entry.sentences))])
    published = document.about.published
    if published is None:
        return entries
    is_undated = not (entries.dated or entries.undated)
    kept = (one for one in entries.outside if one[-1].text in FULL_STOPS or (is_undated and _is_row(one)))
    news = [sentence for sentence in kept if is_undated or counts(sentence)]
    if not news:
        return entries
    first, last = news[0], news[-1]
    dated = date_of_text(document, published)
    rest = Entry(dated, Span(first[0].start, first[-1].end), Span(first[0].start, last[-1].end), tuple(news))
    return _with_entries(entries, [rest])


def _is_row(sentence: Sentence) -> bool:
    """Return whether a sentence is a row of statistics: "Survivors assisted: 1,142"."""
    return sentence[-1].text[0].isdigit() and len(sentence) > _FEWEST_STATED and sentence[-2].text == ":"


def date_of_text(document: Document, published: str) -> EntryDate:
    """Return the date of the news of a text: the period that its title or its head names, else its publication."""
    head = words(document.text[:_HEAD])
    dated = _period_of_text(document.about.title or "", head)
    if dated is None:
        mark = "" if _states(head, published) else COMPLETED
        dated = EntryDate(published + mark, OF_TEXT, Grade.UNSURE)
    return dated


def _states(head: Sequence[Word], published: str | None) -> bool:
    """Return whether the beginning of a text states its date of publication in full."""
    return any(found.has_year and found.edtf() == published for found in _dates(head))


def with_other_days(entries: Entries, about: Metadata) -> Entries:
    """Return entries with one more for each further day of a sentence that has numbers of several days.

    "Police freed 12 on 1 March and 20 on 4 March": the sentence is in the entry of 1 March, and also in one of 4 March.
    """
    added: list[Entry] = []
    for entry in entries.dated:
        for sentence in entry.sentences:
            found = [(nearest(day, entry.dated.date), first, last) for first, last, day in dated_stretches(sentence)]
            days = [(date, Span(sentence[first].start, sentence[last - 1].end)) for date, first, last in found]
            if without_doubt(entry.dated.date) not in {without_doubt(date) for date, _ in days}:
                continue
            for day in dict.fromkeys(date for date, _ in days if not is_later(date, about)):
                span = next(span for date, span in days if date == day)
                elsewhere = tuple(span for date, span in days if without_doubt(date) != without_doubt(day))
                whole = Span(sentence[0].start, sentence[-1].end)
                dated = EntryDate(day, "a further day of its sentence", Grade.UNSURE)
                added.append(Entry(dated, span, whole, (sentence,), elsewhere=elsewhere))
    return _with_entries(entries, added)


def _with_entries(entries: Entries, added: Sequence[Entry]) -> Entries:
    """Return entries with others, or with their sentences in the entries that have the same days."""
    if not added:
        return entries
    merger = EntryMerger(entries)
    for one in added:
        merger.add(one)
    return merger.entries


def left_out(entries: Entries, end: int) -> int:
    """Return how many sentences of a text, which ends at `end`, precede its first entry. Titles do not count."""
    first = min((entry.passage.start for entry in entries.dated), default=end)
    return sum(one[-1].text in FULL_STOPS for one in entries.before if one[0].start < first)


def _period_of_text(title: str, head: Sequence[Word]) -> EntryDate | None:
    """Return the period that a report covers, by its title or the quarter or the months that its head names."""
    in_title = [found for found in _dates(words(title)) if found.has_year and found.first.day is None]
    in_head = [found for found in _dates(head) if found.has_year and found.last is not None]
    found = next(iter([*in_title, *in_head]), None)
    return None if found is None else EntryDate(found.edtf(), "the period of the report", Grade.UNSURE)


def with_years_of_head(entries: Entries, text: str) -> Entries:
    """Return entries without marks of doubt where a period at the head, such as "14–20 July 2025", settles them.

    It settles the year of a date that lacks only the year. If the period begins and ends with a day, it also settles
    "Tuesday".
    """
    lines = [line.strip() for line in text[:_HEAD].split("\n")[:-1]]
    labels = (words(line) for line in lines if line and line[-1] not in FULL_STOPS - {")"})
    dates = (found for label in labels for found in _dates(label) if found.has_year and found.first.month)
    periods = [found.edtf().split("/") for found in dates if found.last is not None or found.first.day is None]
    settled = (
        entry._replace(dated=entry.dated._replace(date=without_doubt(entry.dated.date)))
        if entry.dated.rule != OF_TEXT and any(_is_settled(entry, period, text) for period in periods)
        else entry
        for entry in entries.dated
    )
    return entries._replace(dated=tuple(settled))


def _is_settled(entry: Entry, period: Sequence[str], text: str) -> bool:
    first, last = period[0], period[-1]
    is_written = any(character.isdigit() for character in text[slice(*entry.heading)])
    size = 4 if is_written else len("YYYY-MM-DD")
    days = without_doubt(entry.dated.date).split("/")
    return len(first) >= size and all(first[:size] <= day[:size] <= last[:size] for day in days)


def _dates(every: Sequence[Word]) -> Iterator[When]:
    at = 0
    while at < len(every):
        found = date_phrases.read(every, at)
        if found is not None:
            yield found
        at = at + 1 if found is None else found.end
