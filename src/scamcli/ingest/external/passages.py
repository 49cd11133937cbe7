"""Where the quotes of a reader are in a text.

A reader gets the text with protected names masked, so its quotes can contain ``[protected-1]``. They are looked up in
the text and in the masked text, and their places are always those in the text itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.external.quotes import Quotes, UnverifiedError, is_bounded
from scamcli.ingest.proposal import Span
from scamcli.ingest.words import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scamcli.ingest.external.protocol import Quoted
    from scamcli.records.text_edits import Rewriting

_FAR = 1000
"""How many characters around a quote are searched for the beginning and end of its sentences."""


class Masked(NamedTuple):
    """A text with its protected names masked, and the name behind each placeholder."""

    rewriting: Rewriting
    names: Mapping[str, str]


class Passages:
    """Finds quotes in a text without markup, and in its masked form if there is one."""

    def __init__(self, text: str, masked: Masked | None = None) -> None:
        self.text = text
        self._quotes = Quotes(text)
        self._masked = masked if masked and masked.rewriting.text != text else None
        self._masked_quotes = Quotes(masked.rewriting.text) if masked else self._quotes

    def find(self, quoted: Quoted, within: Span | None = None) -> Span:
        """Return where a quote is, preferably within a span.

        Raises:
            UnverifiedError: it is nowhere in the text.
        """
        found = self._quotes.find(quoted.quote, quoted.start, within)
        if found is None and self._masked is not None:
            found = self._masked_quotes.find(quoted.quote, quoted.start)
            found = None if found is None else _unmasked(self._masked.rewriting, len(self.text), found)
        if found is None:
            raise UnverifiedError("the quote is not in the text")
        return found

    def words_in(self, words: str, span: Span, quote: str) -> Span:
        """Return where words are within the quote at a span. They must not begin or end inside a word or a number.

        Raises:
            UnverifiedError: they are not in it.
        """
        found = self._quotes.find_within(words, span)
        if found is None or Quotes(quote).find(words) is None:
            raise UnverifiedError("it is not in its quote")
        if not is_bounded(self.text, found):
            raise UnverifiedError("it cuts a word or a number")
        return found

    def name_in(self, name: str, span: Span, quote: str) -> str:
        """Return a name as the text writes it, or the actor's name for a placeholder that the quote contains.

        Raises:
            UnverifiedError: the quote does not have the name.
        """
        if self._masked is not None and name in self._masked.names and name in quote:
            if name not in self.text[span.start : span.end]:  # otherwise, the text itself contains the placeholder
                return self._masked.names[name]
            raise UnverifiedError("it is a placeholder, not a name")
        return self.words_at(self.words_in(name, span, quote))

    def words_at(self, span: Span) -> str:
        """Return the text of a span on one line."""
        return " ".join(self.text[span.start : span.end].split())

    def whole_sentences(self, span: Span) -> Span:
        """Return the sentences that a span touches."""
        first, last = max(span.start - _FAR, 0), min(span.end + _FAR, len(self.text))
        touched = [
            one for one in sentences(self.text, first, last) if one[0].start < span.end and span.start < one[-1].end
        ]
        if not touched:
            return span
        return Span(min(touched[0][0].start, span.start), max(touched[-1][-1].end, span.end))


def _unmasked(rewriting: Rewriting, length: int, span: Span) -> Span:
    """Map a span of the masked text to the text. A placeholder becomes the whole name."""
    every = range(length)
    first = bisect_right(every, span.start, key=lambda at: rewriting.span(at, at + 1)[1])
    last = bisect_left(every, span.end, key=lambda at: rewriting.span(at, at + 1)[0])
    return Span(first, last)
