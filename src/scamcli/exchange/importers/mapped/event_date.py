"""The date of an event from what tables say: a day, or its first and last, and how exactly that is known."""

from __future__ import annotations

import re

from scamcli.language import dates

PRECISIONS = ("day", "days", "week", "month", "year", "about")
"""How exactly a date is known. ``day`` is as it stands. All others keep the interval where there is one; else ``days``
and ``about`` are about that day, ``week`` about the seven days around it, ``month`` and ``year`` that month or year."""


def dated(start: str, end: str | None, precision: str | None) -> str:
    """A date of the records.

    Args:
        start: a date.
        end: the last day, not before it; ``None`` or the same where there is one date only.
        precision: one of ``PRECISIONS``; ``None`` is ``day``.
    """
    if end is not None and end != start:
        return _rounded(start, end)
    if precision in {"days", "about"}:
        return start if start[-1] in "~?%" or "/" in start else f"{start}~"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", start):
        return start
    if precision == "week":
        day = dates.day(start)
        return f"{dates.iso(day - 3)}~/{dates.iso(day + 3)}~"
    return start[: {"month": 7, "year": 4}.get(precision or "", 10)]


def _rounded(start: str, end: str) -> str:
    """An interval, which is a month or a year if it is all of it."""
    made = f"{start}/{end}"
    period = dates.parse_date(made)
    for width in (4, 7):
        whole = start[:width]
        if end[:width] == whole and dates.parse_date(whole) == period:
            return whole
    return made


def is_reversed(start: str, end: str) -> bool:
    """Whether the last day is before the first."""
    one, other = dates.parse_date(start), dates.parse_date(end)
    return one.start is not None and other.end is not None and other.end < one.start
