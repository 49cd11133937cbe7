"""A sentence as the rules of ``counts`` look at it: its words, and which of them are names and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from scamcli.ingest.counts.count import Amount
    from scamcli.ingest.date_phrases import When
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence

OF_PEOPLE = ("people", "adjective")
"""Kinds of mentions that are nationalities."""
PLACES = ("country", "province", "town", "place")
"""Kinds of mentions that are places."""


class SentenceView:
    """Read access to one sentence. Every index may lie outside the sentence, where words are empty.

    Args:
        sentence: its words.
        at: its index among the sentences of the entry.
        mentions: the names in it.
        dates: the dates in it, each with the index of its first word.
        amounts: the numbers in it.
    """

    def __init__(
        self,
        sentence: Sentence,
        at: int,
        mentions: Sequence[Mention],
        dates: Sequence[tuple[int, When]],
        amounts: Iterable[Amount],
    ) -> None:
        self.sentence = sentence
        self.at = at
        self.mentions = mentions
        self.dates = dates
        self.lowers = [word.lower for word in sentence]
        self.cores = frozenset(index for amount in amounts for index in range(amount.core, amount.last))
        """Indices of the words of its numbers."""
        self.by_first = {mention.first: mention for mention in mentions}
        self.by_last = {mention.last: mention for mention in mentions}

    def lower(self, at: int) -> str:
        """Return a word in lower case."""
        return self.lowers[at] if 0 <= at < len(self.lowers) else ""

    def text(self, at: int) -> str:
        """Return a word as written."""
        return self.sentence[at].text if 0 <= at < len(self.sentence) else ""

    def pair(self, at: int) -> tuple[str, str]:
        """Return a word and the next one in lower case."""
        return self.lower(at), self.lower(at + 1)

    def is_glued(self, at: int) -> bool:
        """Return whether a word follows the one before it without a space."""
        return at > 0 and self.sentence[at - 1].end == self.sentence[at].start

    def between(self, start: int, end: int) -> list[str]:
        """Return the words of a stretch in lower case."""
        return self.lowers[max(0, start) : max(0, end)]

    def has(self, words: AbstractSet[str], start: int, end: int) -> bool:
        """Return whether a stretch contains one of some words."""
        return not words.isdisjoint(self.lowers[max(0, start) : max(0, end)])

    def joined(self, start: int, end: int) -> str:
        """Return the words of a stretch as written, separated by spaces."""
        return " ".join([word.text for word in self.sentence[start:end]])

    def nationality(self, at: int) -> Mention | None:
        """Return the nationality whose first word is at an index."""
        found = self.by_first.get(at)
        return found if found is not None and found.kind in OF_PEOPLE else None
