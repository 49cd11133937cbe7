"""Parse dates in the forms that people use.

The order of day and month is never guessed. Every function raises `UnreadableError` for a text that it cannot read.
"""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from scamcli.errors import WrongUsageError, quote
from scamcli.exchange.importers.mapped import date_periods
from scamcli.exchange.importers.mapped.cells import UnreadableError, strip_fraction
from scamcli.language import dates, written_dates
from scamcli.language.scripts import digits
from scamcli.language.written_dates import BUDDHIST

_WEEKDAY = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\.?,? +(?P<date>\S.*)"
EXCEL = "excel"
"""The format of a date that a spreadsheet stored as a count of days."""

_EXCEL_EPOCH = datetime(1899, 12, 30)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

PRECISIONS = ("day", "days", "week", "month", "year", "about", "about_day", "hour", "minute")
"""How exactly a date is known.

``day`` is the date as it is, and so are ``hour`` and ``minute``, because records have no times. The others keep an
interval if there is one. Without one, ``days`` and ``about`` mean about that day, ``week`` the seven days around it,
``month`` and ``year`` all of it. ``about_day`` means about that day, but a month or a year stays as it is.
"""

DAY_FIRST = "day, month and year in an order that is known"
"""What is expected of a date whose day and month can be confused. A format says which of them is first."""

_TIME = r"[T ](\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?: ?(?:Z|UTC|[-+]\d\d:?\d\d))?"
_LONGEST_WRITTEN = 60
_MAY_BE_WRITTEN = re.compile(r"(?i)^(?!(?:mon|tue|wed|thu|fri|sat|sun)).*[a-z].*(?<!\d)(?:19|20)\d\d(?!\d)")
_SEVERAL_DATES = frozenset({"and", "&", "or"})
_GREGORIAN = "a year of the Gregorian calendar, such as 2022; the Buddhist one is 543 or 544 ahead"


@lru_cache(maxsize=16_384)
def date(text: str, formats: tuple[str, ...] = ()) -> tuple[str, bool]:
    """Return a date in EDTF, and whether a time of day was dropped.

    Args:
        text: an EDTF day, month, year or interval, a day with a time, or a date with the name of the month. Its digits
            may be those of another script, such as Khmer.
        formats: ``strptime`` formats to try in this order instead. A format without a day gives a month. In addition,
            only dates that begin with the year and a dash are read.
    """
    bare = text.strip() if text.isascii() else digits(text.strip())
    if bare != text.strip() and any(int(year) > BUDDHIST for year in re.findall(r"\d{4}", bare)):
        raise UnreadableError(_GREGORIAN)
    if about := re.fullmatch(r"(?i)(?:c\.|ca\.?|circa|about|around|approx\.?) ?(\S.*)", bare):
        found, _ = date(about[1], formats)
        return (found if "/" in found or found[-1] in "~?%" else f"{found}~"), False
    if (period := date_periods.read(bare, formats, date)) is not None:
        return period, False
    return _formatted(bare, formats) if formats else _clear(bare)


def _clear(bare: str) -> tuple[str, bool]:
    """Return a date that needs no format."""
    if ":" in bare and (timed := _with_time(bare)):
        return timed
    try:
        dates.parse_date(bare)
    except ValueError as error:
        found = _in_other_forms(bare) or _without_unknown_parts(bare) or _with_weekday(bare) or _written(bare)
        if found is None:
            raise UnreadableError(_expected(bare, str(error))) from None
        return found
    return bare, False


def _expected(text: str, reason: str) -> str:
    if re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-](\d{2}|\d{4})", text.partition(" ")[0]):
        return DAY_FIRST
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return "a date; a spreadsheet shows a count of days if a cell has no date format"
    return reason.rpartition("; expected ")[2] or "a date such as 2022-09-19"


def _formatted(text: str, formats: tuple[str, ...]) -> tuple[str, bool]:
    for one in formats:
        if found := _of_format(text, one):
            return found
    # Dates with only one meaning need no format: those that begin with the year, and those with a month in words.
    is_clear = re.match(r"\d{4}-|(19|20)\d\d$", text) and not any("%Y-%d" in one for one in formats)
    if is_clear or re.search(r"[^\W\d_]{3}|[^\W\d_\x00-\x7f]", text):
        with suppress(UnreadableError):
            return date(text)
    if timed := re.fullmatch(rf"(.+?){_TIME}", text):
        with suppress(UnreadableError):
            return _formatted(timed[1], formats)[0], any(part and int(part) for part in timed.groups()[1:])
    raise UnreadableError(f"a date of the form {' or '.join(formats)}")


def _of_format(text: str, form: str) -> tuple[str, bool] | None:
    if form == EXCEL:
        if not re.fullmatch(r"\d{1,6}(\.\d+)?", text):
            return None
        found = _EXCEL_EPOCH + timedelta(days=float(text))
        return found.date().isoformat(), found.time() != datetime.min.time()
    try:
        found = datetime.strptime(text, form)
    except ValueError:
        return _without_unknown_parts_of(text, form)
    if found.year > BUDDHIST:
        raise UnreadableError(_GREGORIAN)
    width = 10 if re.search("%[djxcG]", form) else 7 if re.search("%[mbB]", form) else 4
    return found.date().isoformat()[:width], bool(found.hour or found.minute or found.second)


def _without_unknown_parts_of(text: str, form: str) -> tuple[str, bool] | None:
    """Return the month or year of a date whose unknown day, or day and month, are written as 0 or 00."""
    separator = next((one for one in "/.-" if one in form), "")
    parts, directives = text.split(separator or None), form.split(separator or None)
    if len(parts) != len(directives) or not all(part.isdecimal() for part in parts):
        return None
    known = [(part, one) for part, one in zip(parts, directives, strict=True) if int(part) or one in {"%y", "%Y"}]
    wanted = [one for _, one in known]
    if len(known) == len(parts) or not {*wanted} & {"%y", "%Y"} or {*wanted} & {"%d"}:
        return None
    with suppress(ValueError):
        found = datetime.strptime(" ".join(part for part, _ in known), " ".join(wanted))
        return found.date().isoformat()[: 7 if "%m" in wanted else 4], False
    return None


def _without_unknown_parts(text: str) -> tuple[str, bool] | None:
    """Return the month or year of a date such as ``2022-05-00``, ``2022-05-XX``, ``2022-00-00`` or ``00/05/2022``."""
    text = re.sub(r"(?i)(?<![a-z\d])xx(?![a-z\d])", "00", text)
    found = re.fullmatch(r"(?P<year>\d{4})[-/.](?P<month>\d\d?)[-/.]00?", text)
    found = found or re.fullmatch(r"00?[-/.](?P<month>\d\d?)[-/.](?P<year>\d{4})", text)
    if found is None:
        return None
    month = written_dates.edtf(found["year"], found["month"]) if int(found["month"]) else found["year"]
    return None if month is None else (month, False)


def _with_weekday(text: str) -> tuple[str, bool] | None:
    """Return a date after its day of the week, which must agree with it."""
    found = re.fullmatch(_WEEKDAY, text.casefold())
    if found is None:
        return None
    with suppress(UnreadableError):
        day, has_time = date(found["date"])
        if re.fullmatch(r"\d{4}-\d\d-\d\d", day) and datetime.fromisoformat(day).weekday() == _WEEKDAYS.index(
            found["weekday"]
        ):
            return day, has_time
    return None


def _written(text: str) -> tuple[str, bool] | None:
    """Return a date that is written as in a report but can mean only one thing, such as "early July 2024".

    `ingest` guesses more from a story than a cell allows: the order of day and month, the year in which "Dec-Jan 2024"
    begins, that "8 and 10 May" is one period, and that a day of the week fits its date.
    """
    if len(text) > _LONGEST_WRITTEN or not _MAY_BE_WRITTEN.search(text):
        return None
    from scamcli.ingest import date_phrases, words  # here, because few cells need it

    every = words.words(text.title() if text.islower() else text)
    lead = every[0].lower if every[0].lower in {"between", "from"} else ""
    found = date_phrases.read(every, 1 if lead else 0)
    if found is None or found.end != len(every) or not found.has_year or found.form.startswith("numeric"):
        return None
    is_several = lead != "between" and any(word.lower in _SEVERAL_DATES for word in every)
    years = {day.year for day in (found.first, found.last or found.first)}
    if is_several or (lead and found.last is None) or any(str(year) not in text for year in years):
        return None
    return found.edtf(), False


def checked_format(form: str) -> str:
    """Return a ``strptime`` format after checking that it is a format for dates.

    Raises:
        WrongUsageError: a directive is unknown or repeated, or the year is missing.
    """
    if form == EXCEL:
        return form
    day = datetime(2022, 12, 28)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python warns about a format without a year, which is refused below
        try:
            is_one = datetime.strptime(day.strftime(form), form).year == day.year
        except (ValueError, re.error):
            is_one = False
    if not is_one:
        hint = (
            "For example: %d/%m/%Y or %d %B %Y, or `excel` for the day numbers of a spreadsheet. It must have the"
            " year, and each part only once."
        )
        raise WrongUsageError(f"{quote(form[:80])} is not a date format.", hint)
    return form


def _with_time(text: str) -> tuple[str, bool] | None:
    found = re.fullmatch(rf"(.+?){_TIME}", text)
    if found is None:
        return None
    try:
        day, _ = date(found[1])
    except UnreadableError:
        return None
    return day, any(part and int(part) for part in found.groups()[1:])


def _in_other_forms(text: str) -> tuple[str, bool] | None:
    """Return a date with the month in words, or in digits whose day and month cannot be confused."""
    found = written_dates.read(text)
    if found is not None and int(found[:4]) > BUDDHIST:
        raise UnreadableError(_GREGORIAN)
    return None if found is None else (found, False)


def day_of_time(text: str) -> str:
    """Return the day of a date or of a Unix time (seconds since 1970)."""
    bare = strip_fraction(text.strip())
    if re.fullmatch(r"\d{9,10}", bare):
        return datetime.fromtimestamp(int(bare), UTC).date().isoformat()
    return date(bare)[0]


def year(text: str) -> str:
    """Parse a year of the Gregorian calendar."""
    bare = strip_fraction(digits(text.strip()))
    if not re.fullmatch(r"1\d{3}|2[0-3]\d\d", bare):
        raise UnreadableError("a year, such as 2022")
    return bare


def month(text: str) -> int:
    """Parse a month: a number, or its name in one of several languages. 0 means that it is unknown."""
    bare = strip_fraction(digits(text.strip()))
    if named := written_dates.month_of(bare):
        return named
    if not re.fullmatch(r"0?\d|1[0-2]", bare):
        raise UnreadableError("a month: 1 to 12, or its name")
    return int(bare)


def day_of_month(text: str) -> int:
    """Parse the day in a month. 0 means that it is unknown."""
    bare = strip_fraction(digits(text.strip()))
    if not re.fullmatch(r"[0-2]?\d|3[01]", bare):
        raise UnreadableError("a day of a month, 1 to 31")
    return int(bare)


def event_date(start: str, end: str | None, precision: str | None) -> str:
    """Return the EDTF date of an event from its first day, its last day if that is different, and a precision."""
    if end is not None and end != start:
        return _interval(start, end)
    if precision in {"days", "about"}:
        return start if start[-1] in "~?%" or "/" in start else f"{start}~"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", start):
        return start
    if precision == "about_day":
        return f"{start}~"
    if precision == "week":
        day = dates.day(start)
        return f"{dates.iso(day - 3)}/{dates.iso(day + 3)}"  # the week is known, but not the day
    return start[: {"month": 7, "year": 4}.get(precision or "", 10)]


def _interval(start: str, end: str) -> str:
    """Return an interval, or a month or year if the interval covers exactly that."""
    interval = f"{start}/{end}"
    period = dates.parse_date(interval)
    for width in (4, 7):
        whole = start[:width]
        if end[:width] == whole and dates.parse_date(whole) == period:
            return whole
    return interval
