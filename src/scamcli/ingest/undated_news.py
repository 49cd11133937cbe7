"""Make an entry of what a text says without a date: it is dated by the text, or by the period of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.date_phrases import read
from scamcli.ingest.entries import Entries, Entry
from scamcli.ingest.entry_dates import COMPLETED, FULL_STOPS, EntryDate
from scamcli.ingest.proposal import Grade, Span
from scamcli.ingest.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scamcli.ingest.date_phrases import When
    from scamcli.ingest.proposal import Document
    from scamcli.ingest.words import Sentence, Word

_HEAD = 400
"""How many characters at the start of a text can state its date or its period."""


def with_undated_news(entries: Entries, document: Document, counts: Callable[[Sentence], bool]) -> Entries:
    """Return entries with one more for sentences without a date, if the date of the text is known.

    A text that has no date at all becomes one entry.

    "Some 7,000 people are waiting" is a statement of the day on which it is said. If another entry has that date, it
    gets the sentences.

    Args:
        counts: whether a sentence has a number of people or cases. Beside dated entries, others are left out.
    """
    for entry in entries.beside:
        if any(map(counts, entry.sentences)):
            entries = _with_entry(entries, entry)
    published = document.about.published
    is_undated = not (entries.dated or entries.undated)
    prose = (sentence for sentence in entries.outside if sentence[-1].text in FULL_STOPS)
    news = [sentence for sentence in prose if is_undated or counts(sentence)]
    if published is None or not news:
        return entries
    first, last = news[0], news[-1]
    dated = _date_of_text(document, published)
    rest = Entry(dated, Span(first[0].start, first[-1].end), Span(first[0].start, last[-1].end), tuple(news))
    return _with_entry(entries, rest)


def _date_of_text(document: Document, published: str) -> EntryDate:
    head = words(document.text[:_HEAD])
    dated = _period_of_text(document.about.title or "", head)
    if dated is None:
        stated = any(found.edtf() == published for found in _dates(head))
        dated = EntryDate(published + ("" if stated else COMPLETED), "the day of the text", Grade.UNSURE)
    return dated


def _with_entry(entries: Entries, rest: Entry) -> Entries:
    """Return entries with one more, or with its sentences in the entry that has the same date."""
    inside = {sentence[0].start for sentence in rest.sentences}
    outside = tuple(sentence for sentence in entries.outside if sentence[0].start not in inside)
    same = next((entry for entry in entries.dated if entry.dated.date == rest.dated.date), None)
    others = [entry for entry in entries.dated if entry is not same]
    if same is not None:
        start, end = min(same.passage.start, rest.passage.start), max(same.passage.end, rest.passage.end)
        sentences = tuple(sorted((*same.sentences, *rest.sentences), key=lambda sentence: sentence[0].start))
        rest = same._replace(passage=Span(start, end), sentences=sentences)
    return entries._replace(dated=tuple(sorted((*others, rest), key=lambda entry: entry.passage)), outside=outside)


def _period_of_text(title: str, head: Sequence[Word]) -> EntryDate | None:
    """Return the period that a report covers, by its title or the quarter or the months that its head names."""
    in_title = [found for found in _dates(words(title)) if found.has_year and found.first.day is None]
    in_head = [found for found in _dates(head) if found.has_year and found.last is not None]
    found = next(iter([*in_title, *in_head]), None)
    return None if found is None else EntryDate(found.edtf(), "the period of the report", Grade.UNSURE)


def _dates(every: Sequence[Word]) -> Iterator[When]:
    at = 0
    while at < len(every):
        found = read(every, at)
        if found is not None:
            yield found
        at = at + 1 if found is None else found.end
