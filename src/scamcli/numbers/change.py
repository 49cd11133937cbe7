"""The change between two numbers in percent, and whether a claimed change agrees with the numbers."""

from __future__ import annotations

import math

from scamcli.language.wording.bounds import Bounds, Number
from scamcli.language.wording.numerals import fold, mark, tidy


def change(before: Bounds, after: Bounds) -> Bounds:
    """Return the signed change from one count to another, in percent of the first.

    This is interval arithmetic (Moore, Interval Analysis, 1966): the smallest change is the one from the highest number
    before to the lowest number after. A bound of the change is ``None`` if a number that it needs is unknown, or if the
    number before is zero.
    """
    pairs = ((before.high, after.low), (before.best, after.best), (before.low, after.high))
    return Bounds(*(_percent(first, second) for first, second in pairs))


def claim_agrees(claimed: Number, stated: str | None, computed: Bounds) -> bool:
    """Say whether a claimed number differs from the computed one by less than one unit of its last digit.

    Args:
        claimed: The claimed number, signed: -78 for a fall of 78 percent.
        stated: Its wording, which shows how precise it is. Without a wording, the digits of ``claimed`` show that.
        computed: The number that the figures give. An unknown end is open. If both ends are unknown, its best is
            compared; if that is unknown too, nothing contradicts the claim.
    """
    low, best, high = computed
    if low is None and high is None:
        low = high = best
    above = -math.inf if low is None else low - claimed
    below = -math.inf if high is None else claimed - high
    return tidy(max(0, above, below)) < _last_digit(claimed, stated)


def _percent(before: Number | None, after: Number | None) -> Number | None:
    if before is None or after is None or before <= 0:
        return None
    return tidy(100 * (after - before) / before)


def _last_digit(claimed: Number, stated: str | None) -> Number:
    """Return the value of one unit of the last digit that was written: 1 for 78, 0.1 for 78.5."""
    for text in (stated or "", repr(claimed)):
        for numeral in mark(fold(text))[1]:
            if abs(numeral.value) == abs(claimed):
                return numeral.digit
    return 1
