"""The change between two numbers, in percent, and whether a claim of it agrees with the numbers."""

from __future__ import annotations

import math

from scamcli.language.wording.bounds import Bounds, Number, tidy
from scamcli.language.wording.numerals import fold, mark


def change(before: Bounds, after: Bounds) -> Bounds:
    """Return the signed change from one count to another, in percent of the first.

    Interval arithmetic (Moore, Interval Analysis, 1966): the least change is from the highest before to the
    lowest after. An end that rests on an unknown bound, or on a base of zero, is `None`; so is a best
    without two bests.
    """
    return Bounds(
        low=_percent(before.high, after.low),
        best=_percent(before.best, after.best),
        high=_percent(before.low, after.high),
    )


def claim_agrees(claimed: Number, stated: str | None, computed: Bounds) -> bool:
    """Say whether a claimed number differs from the one computed by less than one of its last digit.

    Args:
        claimed: the number claimed, signed: -78 for a fall of 78 percent.
        stated: its wording, which shows its last digit; unless it is there, that of `claimed` counts.
        computed: the number that the figures give. Unknown ends are open; with neither end, its best is
            taken, and with nothing at all nothing contradicts the claim.
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
    """The worth of one of the last digit that was written."""
    for text in (stated or "", repr(claimed)):
        for numeral in mark(fold(text)).numerals:
            if abs(numeral.value) == abs(claimed):
                return numeral.digit
    return 1
