"""Read dates that are counted back from the day of writing: "yesterday", "over the weekend", "last month"."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from scamcli.ingest import date_phrases, lexicon
from scamcli.ingest.lexicon import CALENDAR
from scamcli.ingest.proposal import Grade
from scamcli.ingest.words import Word, lower_at
from scamcli.language.wording.parsing import parse_wording

_PHRASES = {
    tuple(phrase.split()): (unit, int(back))
    for heading, phrases in lexicon.table("calendar.relative").items()
    for unit, back in [heading.split()]
    for phrase in phrases
}
"""Units of time and how many of them lie between the phrase and the day of writing, by the words of the phrase."""

_LONGEST = max(map(len, _PHRASES))
_FIRST_WORDS = frozenset(phrase[0] for phrase in _PHRASES)
_UNITS = {name: unit for unit in ("day", "week", "month", "year") for name in (unit, f"{unit}s")}
_SATURDAY = 5


class Relative(NamedTuple):
    """A phrase for a time before the day of writing.

    Attributes:
        unit: ``day``, ``weekend``, ``week``, ``month`` or ``year``.
        back: how many units before the one of the day of writing.
        end: index after its last word.
        weekday: the day of the week that it names, from 0 for Monday.
    """

    unit: str
    back: int
    end: int
    weekday: int | None = None

    @property
    def grade(self) -> Grade:
        """How reliable it is. Reporters rarely mean anything else by a day; weeks and months are only the context."""
        return Grade.LIKELY if self.unit == "day" else Grade.UNSURE

    def edtf(self, written: date, mark: str) -> str:
        """Return the date in EDTF for a text that was written on a day, with a mark of uncertainty on each end."""
        if self.weekday is not None:
            return f"{date_phrases.last_weekday(self.weekday, written) - timedelta(weeks=self.back)}{mark}"
        match self.unit:
            case "day":
                return f"{written - timedelta(days=self.back)}{mark}"
            case "weekend":
                first = date_phrases.last_weekday(_SATURDAY, written) - timedelta(weeks=self.back)
                return f"{first}{mark}/{min(first + timedelta(days=1), written)}{mark}"
            case "week":
                first = written - timedelta(days=written.weekday(), weeks=self.back)
                return f"{first}{mark}/{min(first + timedelta(days=6), written)}{mark}"
            case "month":
                months = written.year * 12 + written.month - 1 - self.back
                return f"{months // 12:04}-{months % 12 + 1:02}{mark}"
        return f"{written.year - self.back:04}{mark}"


def read(words: Sequence[Word], at: int) -> Relative | None:
    """Return the phrase that begins at a word, or ``None``."""
    lower = lower_at(words, at)
    if lower in _FIRST_WORDS:
        for size in range(_LONGEST, 0, -1):
            found = _PHRASES.get(tuple(word.lower for word in words[at : at + size]))
            if found is not None and len(words) >= at + size:
                return Relative(*found, at + size)
    number = date_phrases.weekday(words, at)
    if number is not None:
        return Relative("day", 0, at + 1, number)
    return _ago(words, at)


def _ago(words: Sequence[Word], at: int) -> Relative | None:
    """Read "two days ago", "a month ago" or "three weeks earlier"."""
    unit = _UNITS.get(lower_at(words, at + 1))
    if unit is None or lower_at(words, at + 2) not in CALENDAR.ago:
        return None
    number = 1 if lower_at(words, at) in {"a", "an"} else parse_wording(words[at].text).best
    return Relative(unit, int(number), at + 3) if number is not None and number < 100 else None
