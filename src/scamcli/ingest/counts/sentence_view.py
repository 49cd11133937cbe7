"""A sentence as the rules of counts look at it: its words, and which of them are names and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from scamcli.ingest.counts.amounts import Amount
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence

OF_PEOPLE = ("people", "adjective")
"""Kinds of mentions that are nationalities."""


class Reader:
    """Looks at the words of one sentence.

    Args:
        sentence: its words.
        at: which of the entry's.
        mentions: the names in it.
        given: the amounts in it.
    """

    def __init__(self, sentence: Sentence, at: int, mentions: Sequence[Mention], given: Iterable[Amount]) -> None:
        self.sentence = sentence
        self.at = at
        self.mentions = mentions
        self.lowers = [word.lower for word in sentence]
        self.cores = frozenset(index for amount in given for index in range(amount.core, amount.last))
        """Where its numbers are."""
        self.by_first = {one.first: one for one in mentions}
        self.by_last = {one.last: one for one in mentions}

    def lower(self, at: int) -> str:
        """A word in lower case; empty outside of the sentence."""
        return self.lowers[at] if 0 <= at < len(self.lowers) else ""

    def text(self, at: int) -> str:
        """A word as it stands; empty outside of the sentence."""
        return self.sentence[at].text if 0 <= at < len(self.sentence) else ""

    def pair(self, at: int) -> tuple[str, str]:
        """A word and the next, in lower case."""
        return self.lower(at), self.lower(at + 1)

    def is_glued(self, at: int) -> bool:
        """Whether nothing stands between a word and the one before it."""
        return at > 0 and self.sentence[at - 1].end == self.sentence[at].start

    def between(self, start: int, end: int) -> list[str]:
        """The words of a stretch in lower case, as far as the sentence goes."""
        return self.lowers[max(0, start) : max(0, end)]

    def has(self, words: AbstractSet[str], start: int, end: int) -> bool:
        """Whether one of some words stands in a stretch."""
        return not words.isdisjoint(self.lowers[max(0, start) : max(0, end)])

    def joined(self, start: int, end: int) -> str:
        """The words of a stretch as they stand, a space apart."""
        return " ".join([word.text for word in self.sentence[start:end]])

    def nationality(self, at: int) -> Mention | None:
        """The nationality whose first word this is."""
        found = self.by_first.get(at)
        return found if found is not None and found.kind in OF_PEOPLE else None
