"""Find the format of the dates in a column from their values. The order of day and month is never guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import quote
from scamcli.exchange.importers.mapped import date_cells
from scamcli.exchange.importers.mapped.cells import UnreadableError
from scamcli.exchange.importers.mapped.date_cells import EXCEL as EXCEL
from scamcli.language.scripts import digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMERIC = re.compile(r"(\d{1,2})([./\- ])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,]+\d\d?:.*)?")
_SERIAL = re.compile(r"[2-6]\d{4}(\.\d+)?")
_COMPACT = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_MONTHS = (
    ("%m/%Y", re.compile(r"(0?[1-9]|1[0-2])/(19|20)\d\d")), ("%m-%Y", re.compile(r"(0?[1-9]|1[0-2])-(19|20)\d\d")),
    ("%b-%y", re.compile(r"[A-Za-z]{3}-\d\d")), ("%b %y", re.compile(r"[A-Za-z]{3} \d\d")),
    ("%Y%m%d", _COMPACT), (EXCEL, _SERIAL),
)  # fmt: skip
"""Forms of dates that need a format, although their parts are in a known order."""

_MOST_SHOWN, _LONGEST_SHOWN = 3, 40
"""How many values that are not dates are shown, and how many characters of each."""

EARLIEST, LATEST = 1900, 2100
"""The years when the events of a table can have happened. Buddhist years are later."""


class DateForms(NamedTuple):
    """How the dates of a column are written.

    Attributes:
        formats: the formats to give for the column; none if its dates are read without one.
        readable: the share of the values that are read with them.
        order: ``day`` or ``month`` if the values show which of the two comes first; ``both`` if they contradict each
            other; empty if they show neither.
        is_ambiguous: whether day and month could change places in some values, and nothing shows their order.
        unread: the values that are not dates.
        example: the first value that is a date.
    """

    formats: tuple[str, ...] = ()
    readable: float = 0
    order: str = ""
    is_ambiguous: bool = False
    unread: tuple[str, ...] = ()
    example: str = ""


def find_order(values: Iterable[str]) -> str:
    """Return which of day and month comes first in dates such as 14/05/2022; see `DateForms`."""
    numeric = [found for value in values if (found := _NUMERIC.fullmatch(digits(value.strip())))]
    first = any(12 < int(one[1]) <= 31 for one in numeric)
    second = any(12 < int(one[3]) <= 31 for one in numeric)
    return "both" if first and second else "day" if first else "month" if second else ""


def find(values: Sequence[str], order_elsewhere: str = "") -> DateForms:
    """Find how the dates among some values are written.

    Args:
        values: the cells of a column that are not empty.
        order_elsewhere: the order of day and month that other columns of the table show.
    """
    own = find_order(values)
    order = own or order_elsewhere
    texts = [digits(value.strip()) for value in values]
    formats = list(dict.fromkeys(form for text in texts if (form := _format(text, order))))
    is_ambiguous = own not in {"day", "month"} and any(_needs_order(text) for text in texts)
    is_ambiguous = is_ambiguous and order not in {"day", "month"}
    given = tuple(formats)
    read = [_is_readable(text, given, is_ambiguous=is_ambiguous) for text in texts]
    unread = tuple(value for value, is_read in zip(values, read, strict=True) if not is_read)
    example = next((value for value, is_read in zip(values, read, strict=True) if is_read), "")
    return DateForms(given, sum(read) / len(read) if read else 0, own, is_ambiguous, unread, example)


def why_no_date(found: DateForms, values: Sequence[str]) -> str:
    """Return why a column with these values is not proposed as a date, as a fragment."""
    is_buddhist = any(re.search(r"(?<!\d)25[4-7]\d(?!\d)", digits(value)) for value in values)
    why = "; years of the Buddhist calendar are not converted" if is_buddhist else ""
    number = f"{len(found.unread):,} of {len(values):,} cells"
    return f"{number} cannot be read as dates, such as {quote(found.unread[0][:_LONGEST_SHOWN])}{why}"


def exceptions(found: DateForms) -> str:
    """Return which values of a column of dates are not dates, and what to do about them, as the end of a fragment."""
    unread = list(dict.fromkeys(found.unread))
    if not unread:
        return ""
    shown = ", ".join(quote(value[:_LONGEST_SHOWN]) for value in unread[:_MOST_SHOWN])
    shown += f" and {len(unread) - _MOST_SHOWN:,} more" if len(unread) > _MOST_SHOWN else ""
    return f", but not {shown}; correct such cells, or skip their rows with --skip-invalid"


def _format(text: str, order: str) -> str | None:
    if found := _NUMERIC.fullmatch(text):
        year = "%Y" if len(found[4]) == 4 else "%y"
        parts = {"day": ("%d", "%m"), "month": ("%m", "%d")}.get(order)
        if parts is None and found[2] == "." and order != "both":
            parts = ("%d", "%m")  # wherever dates are written with points, the day comes first
        return None if parts is None else found[2].join((*parts, year))
    return next((form for form, pattern in _MONTHS if pattern.fullmatch(text)), None)


def _needs_order(text: str) -> bool:
    found = _NUMERIC.fullmatch(text)
    return found is not None and found[2] != "." and found[1] != found[3]


def _is_readable(text: str, formats: tuple[str, ...], *, is_ambiguous: bool) -> bool:
    if is_ambiguous and _NUMERIC.fullmatch(text):
        return True
    try:
        day, _ = date_cells.date(text, formats)
    except UnreadableError:
        return False
    years = [int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", day)]
    return bool(years) and all(EARLIEST <= year <= LATEST for year in years)
