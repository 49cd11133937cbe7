"""All counts of an entry, sentence by sentence: what they count, what became of it, and what is part of what."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scamcli.ingest.counts.amounts import amounts
from scamcli.ingest.counts.classify import describe
from scamcli.ingest.counts.relations import relate
from scamcli.ingest.counts.resolve import resolve
from scamcli.ingest.counts.sentence_dates import dates_in, words_of
from scamcli.ingest.counts.sentence_view import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence

_REMEMBERED = 40
"""Counts of the sentences before that a sentence can speak of: an entry of thousands is read in proportion."""


def counts_of(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], text: str) -> list[Count]:
    """The counts of an entry, also those that are explained and no figures, and those that no rule explains.

    Args:
        sentences: of the entry.
        mentions: the names in each of them.
        text: the text that they are from.
    """
    found: list[Count] = []
    for at, sentence in enumerate(sentences):
        dates = dates_in(sentence)
        given = amounts(sentence, text, words_of(dates))
        if not given:
            continue
        reader = Reader(sentence, at, mentions[at], given)
        counts = [describe(reader, amount) for amount in given]
        before = found[-_REMEMBERED:]
        resolve(reader, counts, before)
        relate(reader, counts, before)
        for one, other in pairwise(counts):
            one.until, other.since = other.amount.first, one.end
        for count in counts:
            count.dates = dates
        found += counts
    return found
