"""The three bounds of a number, and their canonical wording, which the parser reads back.

The shape is that of UCDP's fatality estimates (`low`, `best`, `high`), with one difference: what nobody
said is `None`, never a copy of another bound and never 0.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language.wording import numerals
from scamcli.language.wording.numerals import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

Number = numerals.Number


class Bounds(NamedTuple):
    """What is said of a number: at least `low`, most likely `best`, at most `high`; `None` is unknown."""

    low: Number | None = None
    best: Number | None = None
    high: Number | None = None


UNKNOWN = Bounds()
"""Nothing was said."""


def total(numbers: Iterable[Number | None]) -> Number | None:
    """Return the sum of the known numbers, which does not depend on their order; `None` if none is known."""
    known = [number for number in numbers if number is not None]
    if not known:
        return None
    return sum(known) if all(type(number) is int for number in known) else tidy(math.fsum(known))


def render_bounds(bounds: Bounds) -> str:
    """Write bounds in the shortest canonical wording, so that `parse_wording` reads the same bounds from it.

    The table of forms is in `scamcli.language.wording.parsing`. All unknown is `unknown`. Bounds out of order are
    written too, as they are, but the parser takes nothing from them.
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

    Three decimals get a fourth, `1.4800`: `1.480` may be read as one thousand four hundred and eighty.
    """
    whole, _, decimals = f"{number:,}".partition(".")
    if not decimals:
        return whole
    return f"{whole}.{decimals}0" if len(decimals) == 3 else f"{whole}.{decimals}"
