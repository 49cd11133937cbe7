"""Read dates that people write in other forms than ISO's, such as ``13-Jan-20``, ``Sep 2022`` and ``2021/03/04``.

Only dates that can mean one thing are read: ``14/05/2022`` is one of them, and ``04/05/2022`` is not.
"""

from __future__ import annotations

import re

from scamcli.language import dates, months

_MONTHS = tuple(month[:3].lower() for month in dates.MONTHS)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})"
_FORMS = (
    rf"{_DAY}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -]{_YEAR}",
    rf"{_DAY}(?P<separator>[ /.-]?){_MONTH}(?P=separator)(?P<year>\d{{4}}|\d\d)",
    rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
    rf"{_MONTH}[ -]{_YEAR}",
    rf"{_YEAR} ?年 ?(?P<month>\d{{1,2}}) ?月 ?{_DAY} ?[日号號]",
    rf"{_YEAR} ?年 ?(?P<month>\d{{1,2}}) ?月",
    rf"{_YEAR}[./-](?P<month>\d{{1,2}})[./-]{_DAY}",
)
_FIRST_OF_THE_CENTURY = 69
"""Two digits from here on are a year after 1900, and lower ones a year after 2000, as in POSIX."""


def month_number(name: str) -> int | None:
    """Return the number of a month, given its English name or abbreviation."""
    return _MONTHS.index(name[:3].casefold()) + 1 if re.fullmatch(rf"(?i:{_MONTH})", name) else None


def read(text: str) -> str | None:
    """Return a date with the month in words, or in digits whose day and month cannot be confused, in EDTF.

    The year is as it is written: one after 2400 is of the Buddhist calendar. Digits must be those of ASCII.

    Returns:
        a day or a month; ``None`` for any other text.
    """
    text = text.strip()
    for form in _FORMS:
        if found := re.fullmatch(form, text.casefold()):
            parts = found.groupdict()
            return edtf(parts["year"], parts["month"], parts.get("day"))
    if named := months.find(text):
        return edtf(str(named.year), str(named.month), None if named.day is None else str(named.day))
    numbers = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text)
    if numbers is None:
        return None
    one, other, year = numbers.groups()
    if int(one) > 12 >= int(other) or int(one) == int(other):
        return edtf(year, other, one)
    return edtf(year, one, other) if int(other) > 12 >= int(one) else None


def edtf(year: str, month: str, day: str | None = None) -> str | None:
    """Return a date in EDTF from its parts as they are written, or ``None`` if there is no such date."""
    if len(year) == 2:
        year = f"{'19' if int(year) >= _FIRST_OF_THE_CENTURY else '20'}{year}"
    number = int(month) if month.isdecimal() else month_number(month)
    made = f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")
    try:
        dates.parse_date(made)
    except ValueError:
        return None
    return made
