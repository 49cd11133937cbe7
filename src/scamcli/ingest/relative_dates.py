"""Read dates that are counted back from the day of writing: "yesterday", "on the 14th", "in May last year"."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from scamcli.ingest import date_phrases, lexicon
from scamcli.ingest.lexicon import CALENDAR, GRAMMAR
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

FULL_WEEKDAYS = frozenset(names.split()[0] for names in lexicon.phrases("calendar.weekdays"))
_LONGEST = max(map(len, _PHRASES))
_FIRST_WORDS = frozenset(phrase[0] for phrase in _PHRASES)
_UNITS = {name: unit for unit in ("day", "week", "month", "year") for name in (unit, f"{unit}s")}
_SATURDAY = 5
_MONTHS = lexicon.numbers("calendar.months", 1)
_OF_YEAR = {"last": 1, "this": 0}
"""How many years to count back from the year of writing: one for "May last year", none for "May this year"."""
_AFTER_DAY = GRAMMAR.stops | GRAMMAR.clause_ends | CALENDAR.after_day | {""}
"""What can follow "on the 14th", but not the noun of "on the 14th floor"."""
_LONGEST_GAP = 62
"""The most days between two days with the same number, such as the 31st."""


class Relative(NamedTuple):
    """A phrase for a time before the day of writing.

    Attributes:
        unit: ``day``, ``weekend``, ``week``, ``month`` or ``year``.
        back: how many units before the one of the day of writing.
        end: index after its last word.
        weekday: the day of the week that it names, from 0 for Monday.
        month: the month of the year that it names, from 1.
        day: the day of the month that it names.
    """

    unit: str
    back: int
    end: int
    weekday: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def grade(self) -> Grade:
        """How reliable it is. Reporters rarely mean anything else by a day; weeks and months are only the context."""
        return Grade.LIKELY if self.unit == "day" else Grade.UNSURE

    def edtf(self, written: date, mark: str) -> str:
        """Return the date in EDTF for a text that was written on a day, with a mark of uncertainty on each end."""
        if self.weekday is not None:
            return f"{last_weekday(self.weekday, written) - timedelta(weeks=self.back)}{mark}"
        if self.month is not None:
            return f"{written.year - self.back:04}-{self.month:02}{mark}"
        match self.unit:
            case "day" if self.day is not None:
                return f"{_last(self.day, written)}{mark}"
            case "day":
                return f"{written - timedelta(days=self.back)}{mark}"
            case "weekend":
                first = last_weekday(_SATURDAY, written) - timedelta(weeks=self.back)
                return f"{first}{mark}/{min(first + timedelta(days=1), written)}{mark}"
            case "week":
                first = written - timedelta(days=written.weekday(), weeks=self.back)
                return f"{first}{mark}/{min(first + timedelta(days=6), written)}{mark}"
            case "month":
                months = written.year * 12 + written.month - 1 - self.back
                return f"{months // 12:04}-{months % 12 + 1:02}{mark}"
        return f"{written.year - self.back:04}{mark}"


def _last(day: int, written: date) -> date:
    """Return the last day with a given number in its month, on or before the day of writing."""
    return next(one for back in range(_LONGEST_GAP) if (one := written - timedelta(days=back)).day == day)


def read(words: Sequence[Word], at: int) -> Relative | None:
    """Return the phrase that begins at a word, or ``None``."""
    lower = lower_at(words, at)
    if lower in _FIRST_WORDS:
        for size in range(_LONGEST, 0, -1):
            found = _PHRASES.get(tuple(word.lower for word in words[at : at + size]))
            if found is not None and len(words) >= at + size:
                return Relative(*found, at + size)
    if lower in date_phrases.WEEKDAYS and (number := _weekday(words, at)) is not None:
        return Relative("day", 0, at + 1, number)
    if lower in _MONTHS or lower[:1].isdigit():
        return _month_of_year(words, at) or _day_of_month(words, at) or _ago(words, at)
    return _ago(words, at) if lower_at(words, at + 1) in _UNITS else None


def _weekday(words: Sequence[Word], at: int) -> int | None:
    if at == 0 and lower_at(words, 1) in (":", "–", "-"):
        return date_phrases.WEEKDAYS[words[at].lower]  # Sat: a raid in Kampot
    return weekday(words, at)


def _month_of_year(words: Sequence[Word], at: int) -> Relative | None:
    """Read "May last year", "May of last year" or "May this year"."""
    month = _MONTHS.get(lower_at(words, at)) if words[at].text[0].isupper() else None
    begin = at + 1 + (lower_at(words, at + 1) == "of")
    back = _OF_YEAR.get(lower_at(words, begin))
    if month is None or back is None or lower_at(words, begin + 1) != "year":
        return None
    return Relative("month", back, begin + 2, month=month)


def _day_of_month(words: Sequence[Word], at: int) -> Relative | None:
    """Read the last two words of "on the 14th", which is the last 14th of a month."""
    text = lower_at(words, at)
    if lower_at(words, at - 1) != "the" or lower_at(words, at - 2) not in CALENDAR.before_day:
        return None
    day = int(text[:-2]) if text[:-2].isdecimal() and text[-2:] in ("st", "nd", "rd", "th") else 0
    is_day = 0 < day <= 31 and lower_at(words, at + 1) in _AFTER_DAY
    return Relative("day", 0, at + 1, day=day) if is_day else None


def _ago(words: Sequence[Word], at: int) -> Relative | None:
    """Read "two days ago", "a month ago" or "three weeks earlier"."""
    unit = _UNITS.get(lower_at(words, at + 1))
    if unit is None or lower_at(words, at + 2) not in CALENDAR.ago:
        return None
    number = 1 if lower_at(words, at) in {"a", "an"} else parse_wording(words[at].text).best
    return Relative(unit, int(number), at + 3) if number is not None and number < 100 else None


def weekday(words: Sequence[Word], at: int) -> int | None:
    """Return the weekday, from 0 for Monday, that a word names in full, or ``None``."""
    lower = lower_at(words, at)
    return date_phrases.WEEKDAYS[lower] if lower in FULL_WEEKDAYS and words[at].text[0].isupper() else None


def last_weekday(number: int, published: date) -> date:
    """Return the last day with a given weekday on or before the day of publication."""
    return published - timedelta(days=(published.weekday() - number) % 7)
