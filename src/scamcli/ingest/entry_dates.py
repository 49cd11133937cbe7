"""Complete the dates of entries with their years, and find the periods of counts that differ from the entry's date.

A date is completed from year headings, the title, the dates around it or the publication. In the last case, EDTF's mark
``?`` is added, also to the dates of a list that follow such a date, and to the first one of a new year. A date that
cannot be completed stays undated.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import date_phrases
from scamcli.ingest.date_phrases import When
from scamcli.ingest.lexicon import CALENDAR, GRAMMAR
from scamcli.ingest.proposal import Grade, Metadata
from scamcli.ingest.words import lower_at, text_at, words
from scamcli.language.dates import day as day_of
from scamcli.language.dates import iso

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count

COMPLETED = "?"
"""EDTF's mark for an uncertain date."""

OF_TEXT = "the day of the text"
"""The rule of a date that only the publication gives, in words for the user."""

OF_ENTRY_BEFORE = "year of the entry before"
"""The rule of a date whose year is that of the date before it in the text, in words for the user."""

CHOSEN = "chosen among the dates of the text"
"""The rule of a date that the model of dates chose, in words for the user."""

_NORMAL_STEP_BACK = 5
"""By how many months a date in a list can precede the previous one without belonging to the next year."""


LENGTHS = {"week": 7, "month": 31, "year": 365}
"""How many days a period has, by its name."""
_FAR = 14
"""How many words can be between a count and the date that is its period."""
_COMPARED_NEAR = 8
"""How many words after a count are searched for "a year earlier"."""
_LABEL_NEAR = 5
"""How many words before a date are searched for its preposition or bracket: "in the whole of 2021, 630"."""

Period = tuple[str | None, bool]
"""The days that a count covers (EDTF, or ``None``), and whether it is a running total since the first of them."""


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


def period_of(count: "Count", counts: "Sequence[Count]", date: str) -> Period:
    """Return the period that a count covers, if its clause gives one. ``date`` is the date of the entry."""
    day = date.rstrip("~?%")
    clause = _clause(count, counts)
    past = _past_period(count, clause[1], day)
    if past is not None:
        return past, False
    if (count.is_comparison or _label(count)) and (compared := _compared_period(count, clause[1], date)) is not None:
        return compared, False
    for at, found in count.dates:
        back = [word.lower for word in count.sentence[max(0, at - 2) : at] if word.lower not in {"the", "all"}]
        before = back[-1] if back else ""
        if before == "since" and len(day) == 10:
            return _period_since(found, day), True
        if before in CALENDAR.periods and _belongs_to((at, found), count, clause) and _is_past(found, day):
            dated = found if found.has_year else found.in_year(int(day[:4]))
            return dated.edtf(), False
    return None, False


def _compared_period(count: "Count", until: int, date: str) -> str | None:
    """Return the time of a number that another is compared with: "up from 180 in April", "and 90 a year earlier"."""
    if (label := _label(count)) is not None:
        near = [word.lower for word in count.sentence[max(0, count.amount.first - _LABEL_NEAR) : count.amount.first]]
        same = _shifted(date, int(date[:4]) - (label.first.year or 0), "year") if "same" in near else None
        dated = same or nearest(label, date)
        return None if dated.rstrip(COMPLETED) == date.rstrip(COMPLETED) else dated
    stop = min(until, count.end + _COMPARED_NEAR)
    after = [word.lower for word in count.sentence[count.end : stop]]
    is_same = "same" in after
    found = next((found for at, found in count.dates if count.end <= at < stop), None)
    if found is not None:
        if is_same:
            return _shifted(date, int(date[:4]) - (found.first.year or 0), "year") if found.has_year else None
        if found.has_year or found.first.day:
            return nearest(found, date)
        year = int(date[:4]) - ((found.first.month or 0) >= int(date[5:7] or 12))  # the last one before
        return found.in_year(year).edtf(COMPLETED if COMPLETED in date else "")
    for before, unit, later in zip(["", *after], after, [*after[1:], ""], strict=False):
        if unit in LENGTHS and before != "same" and (before in CALENDAR.last or later in CALENDAR.before_that):
            is_whole = unit == "year" and before in CALENDAR.last and not is_same  # "last year" is all of it
            return _shifted(date[:4] + (COMPLETED if COMPLETED in date else "") if is_whole else date, 1, unit)
    return None


def _label(count: "Count") -> When | None:
    """Return the date that is the label of a number: "54,205 (2022: 21,884)", "and from 16 to 31 March, 40"."""
    sign = count.amount.first - 1
    at, found = next(((at, found) for at, found in count.dates if found.end == sign), (0, None))
    if text_at(count.sentence, sign) == ":":
        return found if any(word.text == "(" for word in count.sentence[max(0, at - _LABEL_NEAR) : at]) else None
    begin = at - 1
    while lower_at(count.sentence, begin) in CALENDAR.whole:
        begin -= 1
    is_label = lower_at(count.sentence, begin) in CALENDAR.labelling and text_at(count.sentence, sign) == ","
    return found if is_label and lower_at(count.sentence, begin - 1) in GRAMMAR.opening_clause | {""} else None


def nearest(found: When, date: str) -> str:
    """Return a date in EDTF, by default with the year in which it is nearest to another date, and with its doubt."""
    month = int(date[5:7] or 6)
    year = int(date[:4]) + round((month - (found.first.month or month)) / 12)
    return found.in_year(year).edtf(COMPLETED if COMPLETED in date and not found.has_year else "")


def _shifted(date: str, back: int, unit: str) -> str | None:
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


def _period_since(found: When, day: str) -> str:
    start = found if found.has_year else found.in_year(int(day[:4]))
    if start.first.edtf() > day:
        start = found.in_year(int(day[:4]) - 1)
    return f"{start.first.edtf()}/{day}"


def _clause(count: "Count", counts: "Sequence[Count]") -> tuple[int, int]:
    """Return the stretch of a count's sentence between the counts before and after it."""
    before, after = counts[count.id - 1 : count.id], counts[count.id + 1 : count.id + 2]
    since = before[0].end if before and before[0].at == count.at else 0
    return since, after[0].amount.first if after and after[0].at == count.at else len(count.sentence)


def _belongs_to(dated: "tuple[int, When]", count: "Count", clause: tuple[int, int]) -> bool:
    """Return whether a date belongs to a count: the next date after it, or the last before it.

    In "54,205 (2022: 21,884)", it belongs to the second.
    """
    at, found = dated
    since, until = clause
    is_label = text_at(count.sentence, found.end) == ":" and until == found.end + 1
    is_after = 0 <= at - count.end < min(_FAR, until - count.end) and not is_label
    return is_after or (0 < count.amount.first - at < _FAR and at >= since)


def _is_past(found: When, day: str) -> bool:
    """Return whether a date is a period that was over by then, and not just the day of the entry."""
    dated = found if found.has_year else found.in_year(int(day[:4]))
    last = (dated.last or dated.first).edtf()
    is_stretch = found.first.day is None and (found.has_year or found.last is not None)
    return is_stretch and last <= day[: len(last)] and last != day


def _past_period(count: "Count", until: int, day: str) -> str | None:
    """Return the period before the entry that "in the past month" covers. Its beginning is approximate."""
    words = [word.lower for word in count.sentence]
    for at in range(count.end, min(len(words) - 2, until)):
        if words[at : at + 2] == ["in", "the"] and words[at + 2] in {"past", "last"} and len(day) == 10:
            days = LENGTHS.get(words[at + 3]) if at + 3 < len(words) else None
            if days is not None:
                return f"{iso(day_of(day) - days)}~/{day}"
    return None
