"""Parse the dates of records, which are EDTF days, months, years and intervals, into first and last days.

EDTF is the Extended Date/Time Format of the Library of Congress (ISO 8601-2:2019), levels 0 and 1. Times, seasons and
unspecified digits (X) are left out on purpose, because no record needs them; the error for each says so. A day is an
int: the number of days since 1970-01-01 in the proleptic Gregorian calendar, negative for earlier days.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from scamcli.errors import quote

By = Literal["month", "quarter", "year"]

EXPECTED: Final = "expected a date such as 2022-09-19, 2022-09 or 2022"
EXPECTED_INTERVAL: Final = "expected an interval such as 2022-09-19/2022-09-22, 2022-08-18/.. or ../2022-09"
EXPECTED_DURING: Final = "expected a time such as 2022-09-19, 2022-09, 2022-Q3, 2022 or 2022-08-18/2022-09-19"

OPEN_END: Final = 2_932_896
"""The day that represents an open end in databases and in ranges: 9999-12-31."""

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
"""The names of the months in English, as dates in words have them."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
_QUALIFIERS: Final = "~?%"
_LENGTHS: Final = ([4], [4, 2], [4, 2, 2])
"""The numbers of digits of a year, of a year and a month, and of a day."""
_QUARTER: Final = r"([0-9]{4})-[Qq]([0-9]+)"
_SHOWN: Final = 60
_FIRST_SEASON, _LAST_SEASON = 21, 41

# Common mistakes and their descriptions, tried in this order after a text could not be parsed.
_MISTAKES: Final = (
    (r"\s*\Z", "is empty"),
    (r"\s|.*\s\Z", "has spaces around it"),
    (r".*[0-9][Tt ][0-9]{1,2}(:|\Z)|.*[0-9]:[0-9]", "has a time, which dates cannot have"),
    (r".*(?![0-9])\d", "has digits other than 0 to 9"),
    (r"[0-9Xx]{4}(-[0-9Xx]{2}){0,2}[~?%]?\Z", "has an unspecified digit X, which is not accepted"),
    (r"[0-9]{8}\Z", "needs its dashes"),
    (r"[-+][0-9]|Y-?[0-9]|[0-9]{5,}(-|\Z)", "has a year outside 0001 to 9999"),
    (r"[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?[~?%]?\Z", "needs two digits for the month and for the day"),
    (r"[0-9]{4}-[Qq][0-9]", "is a quarter; write its months, as in 2022-07/2022-09"),
    (r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}\Z", "has the year last"),
    (r"\.\.\Z", "is an open end without its interval"),
    (r".*[~?%]", "has a ~ ? or % that is not at the end"),
)


class Period(NamedTuple):
    """The first and last day of a date or interval. None is an open end; `sure` means that there is no ~, ? or %."""

    start: int | None
    end: int | None
    sure: bool

    @property
    def known(self) -> bool:
        """Say whether both ends are given and certain, so that overlaps can be determined."""
        return self.sure and self.start is not None and self.end is not None


def day(text: str) -> int:
    """Return the day of an ISO date such as 2022-09-19; raises ValueError for anything else."""
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text).toordinal() - _EPOCH
        except ValueError:
            pass
    period = _parse_single(text)
    if period.start is None or period.start != period.end or not period.sure:
        raise ValueError(f"{_shown(text)} is not one day; expected a day such as 2022-09-19")
    return period.start


def iso(day: int) -> str:
    """Return the ISO date of a day, 2022-09-19; raises ValueError outside the years 0001 to 9999."""
    return date.fromordinal(day + _EPOCH).isoformat()


@lru_cache(maxsize=16_384)
def parse_date(text: str) -> Period:
    """Read an EDTF day, month, year or interval; raises ValueError, which says what was wrong and what was expected."""
    if len(text) == 10 and text[4] == text[7] == "-":  # most dates are plain days, and imports read a million
        try:
            found = date.fromisoformat(text).toordinal() - _EPOCH
        except ValueError:
            return _parse_single(text)
        return Period(found, found, True)
    if "/" in text:
        return _parse_interval(text)
    return _parse_single(text)


def stored_days(text: str) -> tuple[int, int, bool]:
    """Return the first and last day of a date as databases store them, without open ends, and whether it is certain."""
    when = parse_date(text)
    return when.start or 0, OPEN_END if when.end is None else when.end, when.sure


def parse_during(text: str) -> Period:
    """Read a period to search in: a text for `parse_date`, or a quarter such as 2022-Q3; raises ValueError."""
    quarter = re.fullmatch(_QUARTER, text)
    if quarter is None:
        return parse_date(text)
    year, number = int(quarter[1]), quarter[2]
    if number not in ("1", "2", "3", "4"):
        raise ValueError(f"{_shown(text)} has no quarter {number}; {EXPECTED_DURING}")
    _check_year(text, year)
    last = 3 * int(number)
    return Period(_first(year, last - 2), _last(year, last), True)


def parse_bound(text: str, *, end: bool) -> int:
    """Return the first day, or with `end` the last day, of a day, month, quarter or year; raises ValueError."""
    if "/" in text:
        complaint = "has the year last" if _year_last(text) else "is an interval"
        raise ValueError(f"{_shown(text)} {complaint}; {EXPECTED}")
    period = parse_during(text)
    if period.start is None or period.end is None or not period.sure:
        raise ValueError(f"{_shown(text)} has a ~ ? or %, which a range cannot have; {EXPECTED}")
    return period.end if end else period.start


@lru_cache(maxsize=4096)
def bucket(period: Period, by: By) -> str | None:
    """Return the month (2022-09), quarter (2022-Q3) or year (2022) that contains the whole period, or None.

    The caller decides what to do with an uncertain period, which may still lie inside one bucket.
    """
    if period.start is None or period.end is None:
        return None
    label = _label(period.start, by)
    return label if period.start == period.end or _label(period.end, by) == label else None


def bucket_range(day: int, by: By) -> tuple[int, int]:
    """Return the first and last day of the month, quarter or year that contains a day."""
    period = parse_during(_label(day, by))
    return period.start or 0, period.end or 0


def _label(day: int, by: By) -> str:
    text = iso(day)
    if by == "quarter":
        return f"{text[:4]}-Q{(int(text[5:7]) + 2) // 3}"
    return text[:7] if by == "month" else text[:4]


def _parse_interval(text: str) -> Period:
    parts = text.split("/")
    if len(parts) != 2:
        if _year_last(text):
            raise ValueError(f"{_shown(text)} has the year last; {EXPECTED}")
        raise ValueError(f"{_shown(text)} has more than one /; {EXPECTED_INTERVAL}")
    if "" in parts:
        raise ValueError(f"{_shown(text)} has an empty end, but an open end is written ..; {EXPECTED_INTERVAL}")
    if parts == ["..", ".."]:
        raise ValueError(f"{_shown(text)} is open at both ends and says nothing; {EXPECTED_INTERVAL}")
    first, last = (Period(None, None, True) if part == ".." else _parse_single(part) for part in parts)
    if first.start is not None and last.end is not None and first.start > last.end:
        raise ValueError(f"{_shown(text)} ends before it begins; {EXPECTED_INTERVAL}")
    return Period(first.start, last.end, first.sure and last.sure)


def _year_last(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}", text) is not None


def _parse_single(text: str) -> Period:
    sure = not text or text[-1] not in _QUALIFIERS
    parts = _parts(text if sure else text[:-1])
    if not parts:
        complaint = next((complaint for pattern, complaint in _MISTAKES if re.match(pattern, text)), "is not a date")
        raise ValueError(f"{_shown(text)} {complaint}; {EXPECTED}")
    year = int(parts[0])
    _check_year(text, year)
    if len(parts) == 1:
        return Period(_first(year, 1), _last(year, 12), sure)
    month = parts[1]
    _check_month(text, month)
    first, last = _first(year, int(month)), _last(year, int(month))
    if len(parts) == 2:
        return Period(first, last, sure)
    day, length = parts[2], last - first + 1
    if not 1 <= int(day) <= length:
        raise ValueError(f"{_shown(text)} has no day {day}: the month ends on day {length}; {EXPECTED}")
    return Period(first + int(day) - 1, first + int(day) - 1, sure)


def _parts(text: str) -> list[str]:
    """Return the digits of a date: its year, and its month and day if given. Empty for a text of another form.

    This is no pattern, because compiling one takes longer than reading all dates of most commands.
    """
    parts = text.split("-")
    is_date = list(map(len, parts)) in _LENGTHS and all(part.isascii() and part.isdigit() for part in parts)
    return parts if is_date else []


def _first(year: int, month: int) -> int:
    return date(year, month, 1).toordinal() - _EPOCH


def _last(year: int, month: int) -> int:
    if month == 12:  # not the day before the next year, because there is no year 10000
        return date(year, 12, 31).toordinal() - _EPOCH
    return _first(year, month + 1) - 1


def _check_year(text: str, year: int) -> None:
    if year == 0:
        raise ValueError(f"{_shown(text)} has a year outside 0001 to 9999; {EXPECTED}")


def _check_month(text: str, month: str) -> None:
    if _FIRST_SEASON <= int(month) <= _LAST_SEASON:
        raise ValueError(f"{_shown(text)} is a season or part of a year, which is not accepted; {EXPECTED}")
    if not 1 <= int(month) <= 12:
        raise ValueError(f"{_shown(text)} has no month {month}; {EXPECTED}")


def _shown(text: str) -> str:
    return quote(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
