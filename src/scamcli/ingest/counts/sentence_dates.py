"""The dates of a sentence, whose numbers count nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.date_phrases import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.date_phrases import When
    from scamcli.ingest.words import Sentence

ABOUT = lexicon.words("calendar.about")
MONTHS = lexicon.numbers("calendar.months", 1)
BEFORE_YEAR = lexicon.words("measures.before_year")
NAMED_QUARTERS = lexicon.words("measures.named_quarters")

_LONGEST = 4
"""Characters of a day or a year: "19th", "2024"."""


def dates_in(sentence: Sentence) -> list[tuple[int, When]]:
    """The dates in a sentence, and where they begin."""
    found: list[tuple[int, When]] = []
    at = 0
    while at < len(sentence):
        date = read(sentence, at) if _may_begin(sentence, at) else None
        if date is not None:
            found.append((at, date))
        at = at + 1 if date is None else date.end
    return found


def words_of(dates: Sequence[tuple[int, When]]) -> frozenset[int]:
    """The indices of words that are part of a date."""
    return frozenset(index for at, date in dates for index in range(at, date.end))


def _may_begin(sentence: Sentence, at: int) -> bool:
    """Whether a date can begin at a word: most words are only looked at here."""
    word = sentence[at]
    if not word.text[0].isdigit():
        return word.lower in _FIRST_WORDS
    if len(word.text) != _LONGEST or not word.text.isdigit():
        return len(word.text) <= _LONGEST
    after = sentence[at + 1].text if at + 1 < len(sentence) else ""
    return after in ("-", "/", ".") or at == 0 or sentence[at - 1].lower in BEFORE_YEAR


_FIRST_WORDS = ABOUT.union(MONTHS, NAMED_QUARTERS)
