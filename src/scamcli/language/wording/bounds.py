"""The three bounds of a number, and how a plain number is kept tidy.

The shape is that of UCDP's fatality estimates (`low`, `best`, `high`), with one difference: what nobody
said is `None`, never a copy of another bound and never 0.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Number = int | float
"""A count, an amount or a percentage; a whole value is always an `int`."""


class Bounds(NamedTuple):
    """What is said of a number: at least `low`, most likely `best`, at most `high`; `None` is unknown."""

    low: Number | None = None
    best: Number | None = None
    high: Number | None = None


UNKNOWN = Bounds()
"""Nothing was said."""


def tidy(value: Number) -> Number:
    """Return the value without the noise of binary fractions, to a millionth, and as an `int` when whole."""
    if isinstance(value, int):
        return value
    rounded = round(float(f"{value:.15g}"), 6)
    return int(rounded) if rounded.is_integer() else rounded


def total(numbers: Iterable[Number | None]) -> Number | None:
    """Return the sum of the known numbers, which does not depend on their order; `None` if none is known."""
    known = [number for number in numbers if number is not None]
    if not known:
        return None
    return sum(known) if all(type(number) is int for number in known) else tidy(math.fsum(known))
