"""All counts of an entry: the stages of this package in order, one sentence after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.amounts import amounts
from scamcli.ingest.counts.classify import describe
from scamcli.ingest.counts.count import SentenceView
from scamcli.ingest.counts.relations import REMEMBERED, relate
from scamcli.ingest.counts.resolve import resolve
from scamcli.ingest.date_phrases import read
from scamcli.ingest.lexicon import CALENDAR, MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.date_phrases import When
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence

MONTHS = lexicon.numbers("calendar.months", 1)

_FIRST_WORDS = CALENDAR.about.union(MONTHS, MEASURES.named_quarters)
_LONGEST = 4
"""Characters of a day or a year: "19th", "2024"."""


def counts_of(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], text: str) -> list[Count]:
    """Return the counts of an entry, including those that give no figure and those that no rule explains.

    Args:
        sentences: the sentences of the entry.
        mentions: the names in each of them.
        text: the text that the sentences are from.
    """
    entry: list[Count] = []
    for at, sentence in enumerate(sentences):
        dates = list(_dates_in(sentence))
        dated = frozenset(index for first, date in dates for index in range(first, date.end))
        found = amounts(sentence, text, dated)
        if not found:
            continue
        view, start = SentenceView(sentence, at, mentions[at], dates, found), len(entry)
        described = [describe(view, amount, start + place) for place, amount in enumerate(found)]
        entry = relate(view, entry, resolve(view, described, entry[-REMEMBERED:]))
    return entry


def _dates_in(sentence: Sentence) -> Iterator[tuple[int, When]]:
    """Yield the dates in a sentence, whose numbers count nothing, each with the index of its first word."""
    at = 0
    while at < len(sentence):
        date = read(sentence, at) if _can_begin_date(sentence, at) else None
        if date is not None:
            yield at, date
        at = at + 1 if date is None else date.end


def _can_begin_date(sentence: Sentence, at: int) -> bool:
    """Return whether a date can begin at a word. It spares most words the full test."""
    word = sentence[at]
    if not word.text[0].isdigit():
        return word.lower in _FIRST_WORDS
    if len(word.text) != _LONGEST or not word.text.isdigit():
        return len(word.text) <= _LONGEST
    after = sentence[at + 1].text if at + 1 < len(sentence) else ""
    return after in ("-", "/", ".") or at == 0 or sentence[at - 1].lower in MEASURES.before_year
