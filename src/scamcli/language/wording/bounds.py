"""The three bounds of a number, and their canonical wording, which the parser reads back.

The bounds have the same form as UCDP's fatality estimates (`low`, `best`, `high`), with one difference: a bound that
nobody stated is `None`, never a copy of another bound and never 0.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import math
from collections.abc import Iterable
from typing import NamedTuple

from scamcli.language.wording import numerals
from scamcli.language.wording.numerals import tidy

Number = numerals.Number


class Bounds(NamedTuple):
    """The bounds of a number: at least `low`, most likely `best`, at most `high`; `None` is unknown."""

    low: Number | None = None
    best: Number | None = None
    high: Number | None = None


UNKNOWN = Bounds()
"""The bounds of a number about which nothing is known."""


def is_ordered(bounds: Bounds) -> bool:
    """Return whether bounds do not contradict each other."""
    low, best, high = bounds
    if best is None:
        return low is None or high is None or low <= high
    return (low is None or low <= best) and (high is None or best <= high)


def total(numbers: Iterable[Number | None]) -> Number | None:
    """Return the sum of the known numbers, whatever their order, or `None` if none is known."""
    known = [number for number in numbers if number is not None]
    if not known:
        return None
    return sum(known) if set(map(type, known)) == {int} else tidy(math.fsum(known))


def render_bounds(bounds: Bounds) -> str:
    """Write bounds in the shortest canonical wording that `parse_wording` reads as the same bounds.

    The table of forms is in `scamcli.language.wording.parsing`. If all bounds are unknown, the wording is `unknown`.
    Bounds that are out of order are written as they are, but the parser reads no bounds from the result.
    """
    low, best, high = bounds
    if best is None:
        return _ends(low, high) or "unknown"
    if low == best == high:
        return render_number(best)
    if low is None and best == high:
        return f"nearly {render_number(best)}"
    ends = _ends(low, high)
    return f"about {render_number(best)}" + (f" ({ends})" if ends else "")


def _ends(low: Number | None, high: Number | None) -> str:
    if low is not None and high is not None:
        return f"{render_number(low)} to {render_number(high)}"
    if low is not None:
        return f"≥ {render_number(low)}"
    return "" if high is None else f"≤ {render_number(high)}"


def render_number(number: Number) -> str:
    """Write a number with commas and a point: `1,480`, `2.5`.

    A number with three decimals gets a fourth, as in `1.4800`, because `1.480` could be read as one thousand four
    hundred and eighty.
    """
    whole, _, decimals = f"{number:,}".partition(".")
    if not decimals:
        return whole
    return f"{whole}.{decimals}0" if len(decimals) == 3 else f"{whole}.{decimals}"
