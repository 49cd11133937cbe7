"""Read the first and the last day of a period from one cell: ``24-26/07/2023``, ``06/11/2022 - 08/11/2022``."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from scamcli.language import dates, written_dates

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[str, tuple[str, ...]], tuple[str, bool]]

_LONGEST = 60
_DASH = r" ?[-\u2013\u2014] ?"
_YEAR = r"(?:\d{4}|\d\d)"

_UWAZI = re.compile(r"(\d{1,4}[-/.]\d\d?[-/.]\d{1,4})\s*[~:]\s*(\d{1,4}[-/.]\d\d?[-/.]\d{1,4})")
"""Two days, as Uwazi exports (``~``) and imports (``:``) them."""

_BETWEEN = re.compile(
    r"(?P<first>.*\d.*?)(?: +[-\u2013\u2014] +| *[\u2013\u2014] *| +(?:to|until|au|al|bis|hasta|até) +)(?P<last>.*\d.*)"
)
"""Two dates: ``06/11/2022 - 08/11/2022``, ``2022-11-06 to 2022-11-08``."""

_OF_A_MONTH = re.compile(
    rf"(?P<first>\d{{1,2}})\.?{_DASH}(?P<last>\d{{1,2}})(?P<mark>[./])(?P<month>\d{{1,2}})(?P=mark)(?P<year>{_YEAR})"
)
"""Days of one month: ``24-26/07/2023``, ``29.–30.6.2023``."""

_OF_A_YEAR = re.compile(
    rf"(?P<first>\d{{1,2}}(?P<mark>[./])\d{{1,2}})\.?{_DASH}(?P<last>\d{{1,2}}(?P=mark)\d{{1,2}})(?P<year>(?P=mark){_YEAR})"
)
"""Days of two months of one year: ``29/07-02/08/2023``."""

_IN_MONTHS = re.compile(
    r"(?i)in (?P<first>[a-z]{3,9})(?: (?P<begun>(?:19|20)?\d\d))?/(?P<last>[a-z]{3,9}) (?P<year>(?:19|20)?\d\d)"
)
_IN_YEAR = re.compile(r"(?i)in (?P<year>(?:19|20)\d\d)")
"""Dates that are only known to the month or the year, as UNITED writes them.

``in Aug/Sep 22``, ``in Dec 22/Jan 23``, ``in 2022``.
"""


def read(text: str, formats: tuple[str, ...], date: Reader) -> str | None:
    """Return the interval that a cell says in EDTF, or a year after "in"; ``None`` for any other text.

    Args:
        text: the cell.
        formats: the formats of dates in its column.
        date: reads a date by formats, and raises a ``ValueError`` if it cannot.

    Raises:
        UnreadableError: a date in the Uwazi form cannot be read, or its year is of the Buddhist calendar.
    """
    if len(text) > _LONGEST:
        return None
    if between := _UWAZI.fullmatch(text):
        start, end = (date(part, formats)[0] for part in between.groups())
        return start if start == end else f"{start}/{end}"
    if year := _IN_YEAR.fullmatch(text):
        return year["year"]
    return _interval(*ends) if (ends := _ends(text, formats, date)) else None


def _ends(text: str, formats: tuple[str, ...], date: Reader) -> tuple[str, str] | None:
    is_month_first = any(form.startswith("%m") and "%d" in form for form in formats)
    if (days := _OF_A_MONTH.fullmatch(text)) and not is_month_first:
        first, last = (written_dates.edtf(days["year"], days["month"], days[end]) or "" for end in ("first", "last"))
        return first, last
    if months := _IN_MONTHS.fullmatch(text):
        first_month = written_dates.edtf(months["begun"] or months["year"], months["first"])
        last_month = written_dates.edtf(months["year"], months["last"])
        return first_month or "", last_month or ""
    found, year = _OF_A_YEAR.fullmatch(text), ""
    if found:
        year = found["year"]
    elif not (found := _BETWEEN.fullmatch(text)):
        return None
    with suppress(ValueError):
        return date(found["first"] + year, formats)[0], date(found["last"] + year, formats)[0]
    return None


def _interval(start: str, end: str) -> str | None:
    """Return an interval between two days, two months or two years; ``None`` if it ends before it begins."""
    is_plain = all(re.fullmatch(r"\d{4}(-\d\d){0,2}", one) for one in (start, end))
    if not is_plain or len(start) != len(end) or start > end or int(end[:4]) > written_dates.BUDDHIST:
        return None
    interval = start if start == end else f"{start}/{end}"
    dates.parse_date(interval)
    return interval
