"""Find the date of an entry: which date in a sentence dates it, and the year if the date has none.

A date is completed from year headings, the title, the dates around it or the publication. In the last two cases, EDTF's
mark ``?`` is added. A date that cannot be completed stays undated.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from typing import NamedTuple

from scamcli.ingest import date_phrases
from scamcli.ingest.date_phrases import When
from scamcli.ingest.proposal import Grade, Metadata
from scamcli.ingest.words import words

COMPLETED = "?"
"""EDTF's mark for an uncertain date."""

OF_TEXT = "the day of the text"
"""The rule of a date that only the publication gives, in words for the user."""

CHOSEN = "chosen among the dates of the text"
"""The rule of a date that the model of dates chose, in words for the user."""

_NORMAL_STEP_BACK = 5
"""By how many months a date in a list can precede the previous one without belonging to the next year."""


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

    def enter_heading(self, found: When) -> None:
        """Remember a heading with a year, a month of a year, or a range of these, which dates the text below it."""
        first, last = found.first.year, (found.last or found.first).year
        if first is not None and last is not None:
            self._heading = (first, last)
            self._last = (first, found.first.month or 1) if first != last else None

    def complete(self, found: When) -> EntryDate | None:
        """Return a date with its year, or ``None`` if the year is unknown."""
        if found.has_year:
            self._last = (found.first.year or 0, found.first.month or 1)
            return EntryDate(found.edtf(), "date", Grade.SURE)
        before = (self._years_after_last(), "year of the entry before", COMPLETED, Grade.UNSURE)
        published = (self._years_before_publication(found), "year of the publication", COMPLETED, Grade.UNSURE)
        for years, rule, mark, grade in (
            (self._heading, "year of the heading above", "", Grade.LIKELY),
            (self._title, "year of the title", "", Grade.LIKELY),
            *((before, published) if self._in_order else (published, before)),
        ):
            if years is not None:
                year = self._choose(found.first.month or 1, *years)
                self._last = (year, found.first.month or 1)
                return EntryDate(found.in_year(year).edtf(mark), rule, grade)
        return None

    def _years_after_last(self) -> tuple[int, int] | None:
        if self._last is None:
            return None
        year = self._last[0]
        return year, max(year, min(year + 1, self._published or year + 1))

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
