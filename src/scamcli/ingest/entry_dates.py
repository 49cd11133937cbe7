"""Complete the dates of entries with their years, read dates that are counted back, and find all written dates.

A date is completed from year headings, the title, the dates around it or the publication. In the last case, EDTF's mark
``?`` is added, also to the dates of a list that follow such a date, and to the first one of a new year. A date that
cannot be completed stays undated.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from scamcli.ingest import date_phrases, lexicon
from scamcli.ingest.date_phrases import When
from scamcli.ingest.lexicon import CALENDAR, GRAMMAR, MEASURES
from scamcli.ingest.proposal import Grade, Metadata
from scamcli.ingest.words import Sentence, Word, lower_at, text_at, words
from scamcli.language.wording.parsing import parse_wording

COMPLETED = "?"
"""EDTF's mark for an uncertain date."""

OF_ITEM = "the date of the text or the list, for an item"
"""The rule of the date of a numbered item that has none of its own, in words for the user."""

OF_TEXT = "the day of the text"
"""The rule of a date that only the publication gives, in words for the user."""

OF_ENTRY_BEFORE = "year of the entry before"
"""The rule of a date whose year is that of the date before it in the text, in words for the user."""

CHOSEN = "chosen among the dates of the text"
"""The rule of a date that the model of dates chose, in words for the user."""

_SINCE_NEAR = 8
"""How many words before a date are searched for "since": "since they set up the unit in July 2022"."""
_NORMAL_STEP_BACK = 5
"""By how many months a date in a list can precede the previous one without belonging to the next year."""
_PHRASES = {
    tuple(phrase.split()): (unit, int(back))
    for heading, phrases in lexicon.table("calendar.relative").items()
    for unit, back in [heading.split()]
    for phrase in phrases
}
"""Units of time and how many of them lie between the phrase and the day of writing, by the words of the phrase."""

FULL_WEEKDAYS = frozenset(names.split()[0] for names in lexicon.phrases("calendar.weekdays"))
_LONGEST = max(map(len, _PHRASES))
FIRST_WORDS = frozenset(phrase[0] for phrase in _PHRASES)
"""The first words of these phrases."""
UNITS = {name: unit for unit in ("day", "week", "month", "year") for name in (unit, f"{unit}s")}
"""Units of time, by the second word of "two days ago"."""
_SATURDAY = 5
_MONTHS = lexicon.numbers("calendar.months", 1)
_OF_YEAR = {"last": 1, "this": 0}
"""How many years to count back from the year of writing: one for "May last year", none for "May this year"."""
_AFTER_DAY = GRAMMAR.stops | GRAMMAR.clause_ends | CALENDAR.after_day | {""}
"""What can follow "on the 14th", but not the noun of "on the 14th floor"."""
_FIRST_OF_DATES = CALENDAR.about.union(_MONTHS, MEASURES.named_quarters)
_LONGEST_NUMBER = 4
"""The most characters of a day or a year: "19th", "2024"."""
_LONGEST_GAP = 62
"""The most days between two days with the same number, such as the 31st."""


class EntryDate(NamedTuple):
    """The date of an entry in EDTF, the rule by which its year is known, and how reliable that is.

    `chance` is how probable the model of dates finds an entry with this date, from 0 to 1.
    """

    date: str
    rule: str
    grade: Grade
    chance: float | None = None


class YearResolver:
    """Completes dates while a text is read. If `in_order`, each date is expected to be later than the one before."""

    def __init__(self, about: Metadata, *, in_order: bool = True) -> None:
        self._in_order = in_order
        self._title = years_of_title(about.title or "")
        self._published = int(about.published[:4]) if about.published else None
        self._published_month = int(about.published[5:7]) if about.published and len(about.published) > 6 else 12
        self._heading: tuple[int, int] | None = None
        """First and last year of the last heading with a year."""
        self._last: tuple[int, int] | None = None
        """Year and month of the last date."""
        self._mark = ""
        """The mark of that date, if the text does not state its year."""

    def enter_heading(self, found: When) -> None:
        """Remember a heading with a year, a month of a year, or a range of these, which dates the text below it."""
        first, last = found.first.year, (found.last or found.first).year
        if first is not None and last is not None:
            self._heading = (first, last)
            self._last = (first, found.first.month or 1) if first != last else None

    def complete(self, found: When) -> EntryDate | None:
        """Return a date with its year, or ``None`` if the year is unknown."""
        if found.has_year:
            self._last, self._mark = (found.first.year or 0, found.first.month or 1), ""
            return EntryDate(found.edtf(), "date", Grade.SURE)
        years = self._years_after_last() if self._in_order or found.first.day else self._years_before_last(found)
        before = (years, OF_ENTRY_BEFORE, self._mark if self._in_order else COMPLETED, Grade.UNSURE)
        published = (self._years_before_publication(found), "year of the publication", COMPLETED, Grade.UNSURE)
        for years, rule, mark, grade in (
            (self._heading, "year of the heading above", "", Grade.LIKELY),
            (self._title, "year of the title", "", Grade.LIKELY),
            *((before, published) if self._in_order else (published, before)),
        ):
            if years is not None:
                year = self._choose(found.first.month or 1, *years)
                if rule == OF_ENTRY_BEFORE and self._last is not None and year != self._last[0]:
                    mark = COMPLETED  # the text states only the year before
                self._last, self._mark = (year, found.first.month or 1), mark
                return EntryDate(found.in_year(year).edtf(mark), rule, grade)
        return None

    def _years_after_last(self) -> tuple[int, int] | None:
        if self._last is None:
            return None
        year = self._last[0]
        return year, max(year, min(year + 1, self._published or year + 1))

    def _years_before_last(self, found: When) -> tuple[int, int] | None:
        """Return the year of a month that a story mentions, which is in the past of the date before."""
        if self._last is None:
            return None
        year = self._last[0] - ((found.first.month or 1) > self._last[1])
        return year, year

    def _years_before_publication(self, found: When) -> tuple[int, int] | None:
        if self._published is None:
            return None
        year = self._published - ((found.first.month or 1) > self._published_month)
        return year, year

    def _choose(self, month: int, first: int, last: int) -> int:
        """Return the year of a range in which a month best follows the last date. Most dates do not go far back."""
        if first == last or self._last is None:
            return first
        year, before = self._last
        year = max(first, min(last, year))
        return min(last, year + 1) if before - month > _NORMAL_STEP_BACK else year


def years_of_title(title: str) -> tuple[int, int] | None:
    """Return the first and the last year that a title names, if they are close together."""
    found = [int(word.text) for word in words(title) if len(word.text) == 4 and word.text.isdigit()]
    years = [year for year in found if date_phrases.EARLIEST <= year <= date_phrases.LATEST]
    return (min(years), max(years)) if years and max(years) - min(years) < 3 else None


def is_later(date: str, about: Metadata) -> bool:
    """Return whether a date is after the publication. Days of the same month are not, because time zones differ."""
    published, date = about.published, date.rstrip("?~%")
    return published is not None and date[:7] > published[:7] and date[: len(published)] > published


def nearest(found: When, date: str) -> str:
    """Return a date in EDTF, by default with the year in which it is nearest to another date, and with its doubt."""
    month = int(date[5:7] or 6)
    year = int(date[:4]) + round((month - (found.first.month or month)) / 12)
    return found.in_year(year).edtf(COMPLETED if COMPLETED in date and not found.has_year else "")


class Relative(NamedTuple):
    """A phrase for a time before the day of writing.

    Attributes:
        unit: ``day``, ``weekend``, ``week``, ``month`` or ``year``.
        back: how many units before the one of the day of writing; -1 for the last month of its name: "last August".
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
            back = self.back if self.back >= 0 else int(self.month >= written.month)
            return f"{written.year - back:04}-{self.month:02}{mark}"
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


def read_relative(words: Sequence[Word], at: int) -> Relative | None:
    """Return the phrase that begins at a word, or ``None``."""
    lower = words[at].lower
    if lower in FIRST_WORDS:
        for size in range(_LONGEST, 0, -1):
            found = _PHRASES.get(tuple(word.lower for word in words[at : at + size]))
            if found is not None and len(words) >= at + size:
                return Relative(*found, at + size)
    if lower in date_phrases.WEEKDAYS and (number := _weekday(words, at)) is not None:
        return Relative("day", 0, at + 1, number)
    if lower in _MONTHS or lower[:1].isdigit() or lower == "last":
        return _month_of_year(words, at) or _day_of_month(words, at) or _ago(words, at)
    return _ago(words, at) if lower_at(words, at + 1) in UNITS else None


def _weekday(words: Sequence[Word], at: int) -> int | None:
    if at == 0 and lower_at(words, 1) in (":", "–", "-"):
        return date_phrases.WEEKDAYS[words[at].lower]  # Sat: a raid in Kampot
    return weekday(words, at)


def _month_of_year(words: Sequence[Word], at: int) -> Relative | None:
    """Read "May last year", "May of last year", "May this year" or "last May"."""
    if words[at].lower == "last":
        month = _MONTHS.get(lower_at(words, at + 1)) if text_at(words, at + 1)[:1].isupper() else None
        has_day = text_at(words, at + 2)[:1].isdigit()
        return None if month is None or has_day else Relative("month", -1, at + 2, month=month)
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
    unit = UNITS.get(lower_at(words, at + 1))
    if unit is None or lower_at(words, at + 2) not in CALENDAR.ago:
        return None
    number = 1 if lower_at(words, at) in {"a", "an"} else parse_wording(words[at].text).best
    return Relative(unit, int(number), at + 3) if number is not None and number < 100 else None


def shifted(date: str, back: int, unit: str) -> str | None:
    """Return a month, a year, or a range of them, some years or one month earlier."""
    ends = date.split("/")
    if "~" in date:
        return None
    if unit == "year" and all(len(end.rstrip("~?%")) < 10 for end in ends):
        return "/".join(f"{int(end[:4]) - back:04}{end[4:]}" for end in ends)
    if unit == "month" and len(ends) == 1 and len(date.rstrip("~?%")) == 7:
        months = int(date[:4]) * 12 + int(date[5:7]) - 1 - back
        return f"{months // 12:04}-{months % 12 + 1:02}{date[7:]}"
    return None


def start_since(found: When, day: str) -> str | None:
    """Return the start (EDTF) of what was counted since a date, in the year before a day (ISO 8601) by default.

    There is none if the date is later than the day.
    """
    start = found if found.has_year else found.in_year(int(day[:4]))
    if start.first.edtf() > day:
        start = found.in_year(int(day[:4]) - 1)
    return None if start.first.edtf() > day else start.first.edtf()


def is_past(found: When, day: str) -> bool:
    """Return whether a date is a period that was over by then, and not just the day of the entry."""
    dated = found if found.has_year else found.in_year(int(day[:4]))
    last = (dated.last or dated.first).edtf()
    is_stretch = found.first.day is None and (found.has_year or found.last is not None)
    return is_stretch and last <= day[: len(last)] and last != day


def start_of_total(found: When, day: str, before: str) -> str | None:
    """Return the start of a running total with a date in its clause: "since 4 March", or the current "in 2024"."""
    if before in ("since", "from"):
        return start_since(found, day)
    if found.first.day is not None or found.last is not None:
        return None
    dated = (found if found.has_year else found.in_year(int(day[:4]))).first.edtf()
    return start_of("year" if len(dated) == 4 else "month", day) if day.startswith(dated) else None


def start_of(unit: str, day: str) -> str | None:
    """Return the start of the year, month or week with a day. Where a week begins differs, so it is approximate."""
    if unit == "week":
        return f"{date.fromisoformat(day) - timedelta(days=6)}~"
    return {"year": f"{day[:4]}-01", "month": f"{day[:7]}-01"}.get(unit)


def weekday(words: Sequence[Word], at: int) -> int | None:
    """Return the weekday, from 0 for Monday, that a word names in full, or ``None``."""
    lower = lower_at(words, at)
    return date_phrases.WEEKDAYS[lower] if lower in FULL_WEEKDAYS and words[at].text[0].isupper() else None


def last_weekday(number: int, published: date) -> date:
    """Return the last day with a given weekday on or before the day of publication."""
    return published - timedelta(days=(published.weekday() - number) % 7)


def follows_since(words: Sequence[Word], at: int) -> bool:
    """Return whether a date says since when something is counted: "since we began in July"."""
    near = [word.lower for word in words[max(0, at - _SINCE_NEAR) : at]]
    return "since" in near and CALENDAR.breaks.isdisjoint(near[near.index("since") :])


def written_dates(sentence: Sentence) -> Iterator[tuple[int, When]]:
    """Yield the dates in a sentence, each with the index of its first word. The numbers in dates count nothing."""
    at = 0
    while at < len(sentence):
        date = date_phrases.read(sentence, at) if _can_begin_date(sentence, at) else None
        if date is not None:
            yield at, date
        at = at + 1 if date is None else date.end


def words_of_dates(dates: Iterable[tuple[int, When]]) -> frozenset[int]:
    """Return the indices of the words of dates, which are given as `written_dates` yields them."""
    return frozenset(at for first, date in dates for at in range(first, date.end))


def _can_begin_date(sentence: Sentence, at: int) -> bool:
    """Return whether a date can begin at a word. This quick test makes the full one unnecessary for most words."""
    word = sentence[at]
    if not word.text[0].isdigit():
        return word.lower in _FIRST_OF_DATES
    if len(word.text) != _LONGEST_NUMBER or not word.text.isdigit():
        return len(word.text) <= _LONGEST_NUMBER
    after = sentence[at + 1].text if at + 1 < len(sentence) else ""
    is_seen_in = after == "," and lower_at(sentence, at + 2) in ("which", "when")  # compared with 2015, which saw 48
    return is_seen_in or after in ("-", "/", ".") or at == 0 or sentence[at - 1].lower in MEASURES.before_year
