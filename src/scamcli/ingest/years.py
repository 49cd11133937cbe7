"""Completing dates that lack their year, from year lines, the title, the dates around them, or the publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.proposal import Grade
from scamcli.ingest.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.date_phrases import When
    from scamcli.ingest.proposal import Metadata

COMPLETED = "?"
"""EDTF's mark of what is uncertain."""


class Dated(NamedTuple):
    """A date that is complete.

    Attributes:
        date: as EDTF.
        rule: how its year is known.
        grade: how far that can be relied on.
    """

    date: str
    rule: str
    grade: Grade


class Years:
    """What is known of years while the dates of a text are read in order.

    Args:
        about: the publication.
        in_order: whether the dates are those of a list, each after the one before.
    """

    def __init__(self, about: Metadata, *, in_order: bool = True) -> None:
        self._in_order = in_order
        self._title = _years_of(about.title or "")
        self._published = int(about.published[:4]) if about.published else None
        self._published_month = int(about.published[5:7]) if about.published and len(about.published) > 6 else 12
        self._line: tuple[int, int] | None = None
        self._before: tuple[int, int] | None = None

    def line(self, found: When) -> None:
        """A line that names a year, a month of a year, or a range of them: what follows lies in it."""
        first, last = found.first.year, (found.last or found.first).year
        if first is not None and last is not None:
            self._line, self._before = (first, last), None if first != last else self._before
            self._before = (first, found.first.month or 1) if first != last else None

    def dated(self, found: When) -> Dated | None:
        """The complete date; ``None`` where no year is known."""
        if found.has_year:
            self._before = (found.first.year or 0, found.first.month or 1)
            return Dated(found.edtf(), "date", Grade.SURE)
        before = (self._around(), "year of the entry before", COMPLETED, Grade.UNSURE)
        published = (self._last(found), "year of the publication", COMPLETED, Grade.UNSURE)
        for years, rule, mark, grade in (
            (self._line, "year of the heading above", "", Grade.LIKELY),
            (self._title, "year of the title", "", Grade.LIKELY),
            *((before, published) if self._in_order else (published, before)),
        ):
            if years is not None:
                year = self._fitting(found.first.month or 1, *years)
                self._before = (year, found.first.month or 1)
                return Dated(found.in_year(year).edtf(mark), rule, grade)
        return None

    def _around(self) -> tuple[int, int] | None:
        if self._before is None:
            return None
        year = self._before[0]
        return year, max(year, min(year + 1, self._published or year + 1))

    def _last(self, found: When) -> tuple[int, int] | None:
        if self._published is None:
            return None
        year = self._published - ((found.first.month or 1) > self._published_month)
        return year, year

    def _fitting(self, month: int, first: int, last: int) -> int:
        """Of the years of a range, that in which the month follows the date before; most months do not go back far."""
        if first == last or self._before is None:
            return first
        year, before = self._before
        year = max(first, min(last, year))
        return min(last, year + 1) if before - month > 5 else year


def _years_of(title: str) -> tuple[int, int] | None:
    found = [int(word.text) for word in words(title) if len(word.text) == 4 and word.text.isdigit()]
    years = [year for year in found if 1900 <= year <= 2099]
    return (min(years), max(years)) if years and max(years) - min(years) < 3 else None


def complete(years: Years, found: Sequence[When]) -> list[Dated | None]:
    """Each of the dates, complete where it can be."""
    return [years.dated(one) for one in found]
