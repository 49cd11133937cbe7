"""Dates inside a wording: "more than 600 since August 18".

A date there is no count, so the parser of wordings takes it out first; the day after "since" begins a period.
This knows only how reporters write days in English, and calls no calendar: `scamcli.language.dates` completes and
checks.
"""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:\d{1,2})(?:st|nd|rd|th)?(?![\d]|[,.]\d)"
_YEAR = r"(?:19|20)\d\d(?![\d]|[,.]\d)"
_PREPOSITION = r"(?:since|in|on|during|by|until|till|to|from|of|after|before|between|and|for)"
_START_OF = r"(?:(?:the )?(?:start|beginning) of |early |mid[- ]|late |the end of )?"

_DATE = (
    rf"\b(?:{_PREPOSITION} )?(?:"
    r"\d{4}-\d\d-\d\d"
    rf"|{_MONTH} {_DAY}(?:,? {_YEAR})?"
    rf"|(?<![\d,.]){_DAY} (?:of )?{_MONTH},? {_YEAR}"
    rf"|{_START_OF}{_MONTH},? {_YEAR}"
    rf"|q[1-4],? {_YEAR}"
    r")"
    rf"|\b{_PREPOSITION} (?:{_DAY} (?:of )?{_MONTH}"
    rf"|(?:the )?(?:first |second |third |last |fourth )?(?:quarter|half|\w+ months) of {_YEAR}"
    rf"|(?:the )?year {_YEAR})"
    # Of a bare year only these are sure: "up to 2000" and "by 2000" are counts.
    rf"|\b(?:since|in|during|until|before|after) {_START_OF}{_YEAR}(?= ?(?:$|[,;.)]))"
)
_SINCE = (
    r"\bsince (?:(?:the )?(?:start|beginning) of )?(?:"
    r"(?P<iso>\d{4}-\d\d(?:-\d\d)?)(?![\d-])"
    rf"|(?P<month>{_MONTH}) (?P<day>{_DAY})(?:,? (?P<year>{_YEAR}))?"
    rf"|(?P<day2>{_DAY}) (?:of )?(?P<month2>{_MONTH})(?:,? (?P<year2>{_YEAR}))?"
    rf"|(?P<month3>{_MONTH})(?:,? (?P<year3>{_YEAR}))?"
    rf"|(?P<year4>{_YEAR}))"
)


def without_dates(text: str) -> str:
    """Return a folded wording with its dates taken out, so that no day or year is read as a count."""
    return re.sub(_DATE, " ", text)


def since_in(text: str) -> str | None:
    """Return the date after "since" in a folded wording; see `scamcli.language.wording.since`."""
    found = re.search(_SINCE, text)
    if found is None:
        return None
    if found["iso"]:
        _, *month_and_day = map(int, found["iso"].split("-"))
        return found["iso"] if _exists(*month_and_day) else None
    month = found["month"] or found["month2"] or found["month3"]
    day = found["day"] or found["day2"]
    year = found["year"] or found["year2"] or found["year3"] or found["year4"]
    return _written(year, month, day)


def _written(year: str | None, month: str | None, day: str | None) -> str | None:
    if month is None:
        return year
    number = _MONTHS.index(month[:3]) + 1
    date = f"{year or '-'}-{number:02}"
    if day is None:
        return date
    in_month = int(day.rstrip("stndrh"))
    return f"{date}-{in_month:02}" if _exists(number, in_month) else None


def _exists(month: int, day: int = 1) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _LENGTHS[month - 1]
