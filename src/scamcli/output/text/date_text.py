"""Write dates as in a sentence: ``on 16 June 2023``, ``in August 2022``, ``from 19 August to 19 September 2022``."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from scamcli.language import dates

if TYPE_CHECKING:
    from scamcli.language.dates import By, Period

_QUARTERS = ("first", "second", "third", "fourth")
_BUCKETS: tuple[By, ...] = ("month", "quarter", "year")


@lru_cache(maxsize=4096)  # a table has the same days many times
def span(period: Period) -> str:
    """Return a period without a preposition: ``16 June 2023``, ``August 2022``, ``the first quarter of 2022``."""
    if period.start is None or period.end is None:
        return when(period)
    words = _bucket(period) or _day(period.start)
    if not _bucket(period) and period.start != period.end:
        words = f"{_first_day(period.start, period.end)} to {_day(period.end)}"
    return words if period.sure else f"about {words}"


@lru_cache(maxsize=4096)
def when(period: Period) -> str:
    """Return a period with its preposition, or an empty text if neither end is known."""
    about = "" if period.sure else "about "
    if period.start is None or period.end is None:
        known = [("since", period.start), ("until", period.end)]
        return "".join(f"{word} {about}{_day(day)}" for word, day in known if day is not None)
    if _bucket(period):
        return f"in {span(period)}" if period.sure else f"around {_bucket(period)}"
    if period.start == period.end:
        return f"on {_day(period.start)}" if period.sure else f"around {_day(period.start)}"
    start = _day(period.start) if about else _first_day(period.start, period.end)
    return f"from {about}{start} to {about}{_day(period.end)}"


def _bucket(period: Period) -> str:
    """Return the words for a whole month, quarter or year, or an empty text for any other period."""
    if period.start == period.end:  # most periods are one day, and the comparison below takes longer
        return ""
    for by in _BUCKETS:
        label = dates.bucket(period, by)
        if label is not None and period.start is not None and dates.bucket_range(period.start, by)[1] == period.end:
            if dates.bucket_range(period.start, by)[0] != period.start:
                continue
            year, _, rest = label.partition("-")
            if by == "quarter":
                return f"the {_QUARTERS[int(rest[1]) - 1]} quarter of {year}"
            return year if by == "year" else f"{dates.MONTHS[int(rest) - 1]} {year}"
    return ""


def _first_day(start: int, end: int) -> str:
    """Return a first day without what the last day says as well: ``20`` of ``20 to 22 August 2024``."""
    first, last = date.fromisoformat(dates.iso(start)), date.fromisoformat(dates.iso(end))
    if first.year != last.year:
        return _day(start)
    return f"{first.day}" if first.month == last.month else f"{first.day} {dates.MONTHS[first.month - 1]}"


def _day(day: int) -> str:
    found = date.fromisoformat(dates.iso(day))
    return f"{found.day} {dates.MONTHS[found.month - 1]} {found.year}"
