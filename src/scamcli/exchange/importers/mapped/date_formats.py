"""Find the format of the dates in a column from their values. The order of day and month is never guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

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
    ("%d-%b-%y", re.compile(r"\d{1,2}-[A-Za-z]{3}-\d\d")), ("%d %b %y", re.compile(r"\d{1,2} [A-Za-z]{3} \d\d")),
    ("%d/%b/%Y", re.compile(r"\d{1,2}/[A-Za-z]{3}/\d{4}")), ("%d.%b.%Y", re.compile(r"\d{1,2}\.[A-Za-z]{3}\.\d{4}")),
    ("%d%b%Y", re.compile(r"\d{1,2}[A-Za-z]{3}\d{4}")), ("%Y%m%d", _COMPACT), (EXCEL, _SERIAL),
)  # fmt: skip
"""Forms of dates that need a format, although their parts are in a known order."""

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
        unread: the first value that is not a date.
        example: the first value that is a date.
    """

    formats: tuple[str, ...] = ()
    readable: float = 0
    order: str = ""
    is_ambiguous: bool = False
    unread: str = ""
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
    unread = next((value for value, is_read in zip(values, read, strict=True) if not is_read), "")
    example = next((value for value, is_read in zip(values, read, strict=True) if is_read), "")
    return DateForms(given, sum(read) / len(read) if read else 0, own, is_ambiguous, unread, example)


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
