"""Turn the dates in a query into ranges of days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.errors import WrongUsageError, quote
from scamcli.language import dates, written_dates
from scamcli.store.keys import OPEN_END

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Range = tuple[int, int]
"""A first and a last day, both included, in days since 1970-01-01."""


def date_ranges(from_: Sequence[str], to: Sequence[str], during: Sequence[str], *, every: bool) -> tuple[Range, ...]:
    """Return the ranges of days of a query: an event must lie in any of them, or in every one. Empty for all time.

    Raises:
        WrongUsageError: a range is invalid or reversed.
    """
    firsts = [_bound(value, "--from", end=False) for value in from_]
    lasts = [_bound(value, "--to", end=True) for value in to]
    first = (max if every else min)(firsts, default=-OPEN_END)
    last = (min if every else max)(lasts, default=OPEN_END)
    if first > last:
        raise WrongUsageError(f"The range ends before it begins: --from {from_[0]} --to {to[0]}.")
    spans = [period_range(value) for value in during]
    if not spans:
        return ((first, last),) if firsts or lasts else ()
    inside = tuple((max(low, first), min(high, last)) for low, high in spans if max(low, first) <= min(high, last))
    if not inside or (every and len(inside) < len(spans)):
        raise WrongUsageError("The dates do not overlap: --during lies outside --from and --to.")
    return inside if every else _joined(inside)


def period_range(text: str, flag: str = "--during") -> Range:
    """Return the first and last day of the day, month, quarter, year or interval in the value of an option.

    Raises:
        WrongUsageError: the text is not a period.
    """
    try:
        period = dates.parse_during(text)
    except ValueError as error:
        period = dates.parse_during(_in_iso_form(text, flag, str(error)))
    if not period.sure:
        raise WrongUsageError(f"{flag}: {quote(text)} is uncertain (~ ? %); a range needs certain dates.")
    start = -OPEN_END if period.start is None else period.start
    return start, OPEN_END if period.end is None else period.end


def is_open(day: int) -> bool:
    """Say whether the first or last day of a range means that there is no limit."""
    return abs(day) >= OPEN_END


def _bound(text: str, flag: str, *, end: bool) -> int:
    try:
        return dates.parse_bound(text, end=end)
    except ValueError as error:
        return dates.parse_bound(_in_iso_form(text, flag, str(error)), end=end)


def _in_iso_form(text: str, flag: str, problem: str) -> str:
    """Return a date in the form of ISO, given in a form such as ``Sep 2022``.

    Raises:
        WrongUsageError: the text is no date, can be read in two ways, or has a Buddhist year.
    """
    written = written_dates.read(text)
    if written is not None and int(written[:4]) <= written_dates.BUDDHIST:
        return written
    written_dates.require_one_reading(flag, text)
    raise WrongUsageError(f"{flag}: {problem}.")


def _joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Join adjacent ranges: an event from January to February lies inside the two months together."""
    joined: list[Range] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)
