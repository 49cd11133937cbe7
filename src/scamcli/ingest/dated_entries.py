"""The dated entries of a text, and how others are added: each to the entry with the same days, if there is one.

Tables and sentences with several days add thousands of entries, so nothing here reads all entries for each of them.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from scamcli.ingest.entry_dates import EntryDate
from scamcli.ingest.proposal import Span
from scamcli.ingest.words import Sentence, Source
from scamcli.language.dates import parse_date


class Entry(NamedTuple):
    """A dated entry of a text: its date, the positions of the date and of the entry, and its sentences.

    ``label`` are the words beside the date in the heading of rows of numbers, and `elsewhere` are the stretches of its
    sentences whose numbers belong to entries of other days. `is_row` says whether it is a row of a table with a day of
    its own, and ``caption`` is the caption of that table.
    """

    dated: EntryDate
    heading: Span
    passage: Span
    sentences: tuple[Sentence, ...]
    label: Sentence = ()
    elsewhere: tuple[Span, ...] = ()
    is_row: bool = False
    caption: Sentence = ()


class Entries(NamedTuple):
    """The entries of a text, in the order of the text."""

    dated: tuple[Entry, ...]
    undated: tuple[Span, ...]
    """Dates whose year is unknown."""
    before: tuple[Sentence, ...]
    """Sentences before the first entry, which may introduce names."""
    outside: tuple[Sentence, ...] = ()
    """All sentences and headlines of the article that are in no entry."""
    skipped: tuple[Sentence, ...] = ()
    """Sentences that seem to surround the article: captions, footnotes, and what stands below its end."""
    beside: tuple[Entry, ...] = ()
    """Entries of the prose above and below a list, which are only entries if they count something."""
    is_list: bool = False
    """Whether dates head its entries, as in a timeline or a log."""
    source: Source | None = None
    """The text, so that its words are found only once."""


class EntryMerger:
    """Adds many entries to those of a text. Each goes into the entry with the same days, if there is one.

    Args:
        entries: the entries of the text.
    """

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._dated = sorted(entries.dated, key=_passage)
        self._by_days: dict[tuple[int | None, int | None], Entry] = {}
        for entry in self._dated:
            self._by_days.setdefault(_days(entry), entry)
        self._added: dict[tuple[int | None, int | None], list[Entry]] = {}
        self.starts = {sentence[0].start for entry in entries.dated for sentence in entry.sentences}
        """Where the sentences of all entries start."""
        self._outside = list(entries.outside)
        self._inside = set[int]()

    def add(self, rest: Entry) -> None:
        """Add an entry."""
        days = _days(rest)
        starts = {sentence[0].start for sentence in rest.sentences}
        self.starts |= starts
        self._inside |= starts
        same = self._by_days.get(days)
        if same is not None:
            self._added.setdefault(days, []).append(rest)
            del self._dated[self._dated.index(same, bisect_left(self._dated, same.passage, key=_passage))]
            start, end = min(same.passage.start, rest.passage.start), max(same.passage.end, rest.passage.end)
            rest = same._replace(passage=Span(start, end))
        self._by_days[days] = rest
        insort(self._dated, rest, key=_passage)

    def add_outside(self, sentences: Iterable[Sentence]) -> None:
        """Add sentences that are in no entry."""
        self._outside += sentences

    def before(self, position: int) -> Entry | None:
        """Return the last entry that starts at a position or before it."""
        at = bisect_right(self._dated, position, key=lambda entry: entry.passage.start)
        return self._dated[at - 1] if at else None

    @property
    def entries(self) -> Entries:
        """The entries of the text with those that were added, in the order of the text."""
        if not self._inside and len(self._outside) == len(self._entries.outside):
            return self._entries
        outside = tuple(one for one in self._outside if one[0].start not in self._inside)
        return self._entries._replace(dated=tuple(map(self._whole, self._dated)), outside=outside)

    def _whole(self, entry: Entry) -> Entry:
        """Return an entry with the sentences of those that were added to it."""
        days = _days(entry)
        added = self._added.get(days, ()) if self._by_days[days] is entry else ()
        if not added:
            return entry
        every = dict.fromkeys(chain(entry.sentences, *(one.sentences for one in added)))
        sentences = tuple(sorted(every, key=lambda sentence: sentence[0].start))
        return entry._replace(
            sentences=sentences, elsewhere=tuple(chain(entry.elsewhere, *(one.elsewhere for one in added)))
        )


def _passage(entry: Entry) -> Span:
    return entry.passage


def _days(entry: Entry) -> tuple[int | None, int | None]:
    return parse_date(entry.dated.date)[:2]
