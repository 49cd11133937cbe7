"""Bounds of several statements about the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scamcli.language.wording.bounds import Bounds, Number, is_ordered
from scamcli.language.wording.numerals import tidy


def together(statements: Sequence[Bounds], *, is_disputed: bool = False) -> tuple[Bounds, bool]:
    """Return the bounds of statements about the same, and whether they contradict each other (rule 4).

    If all of them can be true, the low is their largest low and the high their smallest high. Otherwise, or if one of
    them disputes another that gives a different number, the low is the smallest low, the high is the largest high, and
    the best is unknown; a bound that one of them leaves open is then unknown. "About 800" can be true of 792.
    Statements that agree with all others ("at least 100" beside 137 and 287) say nothing about who is right, so they do
    not count then.
    """
    statements = [in_order(one) for one in statements]
    both = _if_all_are_true(statements)
    is_contradicted = is_disputed and len(set(statements)) > 1
    if both is not None and not is_contradicted:
        return _exact(both), False
    return widest([statements[at] for at in rivals(statements)]), True


def rivals(statements: Sequence[Bounds]) -> list[int]:
    """Return the positions of the statements that another one contradicts, or all if none does."""
    everything = range(len(statements))
    found = [at for at in everything if any(_if_all_are_true([statements[at], other]) is None for other in statements)]
    return found or list(everything)


def _if_all_are_true(statements: Sequence[Bounds]) -> Bounds | None:
    """Return the bounds of statements if all of them are true, or ``None`` if that cannot be."""
    low = max((one.low for one in statements if one.low is not None), default=None)
    high = min((one.high for one in statements if one.high is not None), default=None)
    if low is not None and high is not None and low > high:
        return None
    exact = {one.best for one in statements if one.best is not None and one.low == one.best == one.high}
    estimates = {one.best for one in statements if one.best is not None} - exact
    likely = exact or estimates
    if not likely:
        return Bounds(low, None, high)
    best = min(likely)
    is_in_bounds = (low is None or low <= best) and (high is None or best <= high)
    is_rounded = all(_rounds_to(best, estimate) for estimate in estimates) if exact else True
    return Bounds(low, best, high) if len(likely) == 1 and is_in_bounds and is_rounded else None


def _rounds_to(number: Number, rounded: Number) -> bool:
    """Say whether "about 800" can be said of a number, as of 792: it rounds to it, and is within a tenth of it."""
    zeros = len(str(rounded)) - len(str(rounded).rstrip("0"))
    most: float = min(int("1" + "0" * zeros) / 2, abs(rounded) / 10)
    return abs(number - rounded) <= most


def widest(statements: Iterable[Bounds]) -> Bounds:
    """Return the smallest low and the largest high of statements, if each has one. The best is unknown."""
    lows, _, highs = zip(*statements, strict=True)
    return Bounds(
        None if None in lows else min(lows),
        None,
        None if None in highs else max(highs),
    )


def in_order(bounds: Bounds) -> Bounds:
    """Return bounds that do not contradict each other: if the recorded ones do, from their smallest to their largest.

    The best is kept, so that one such row does not erase the best of a whole table.
    """
    if is_ordered(bounds):
        return bounds
    known = [number for number in bounds if number is not None]
    return Bounds(
        None if bounds.low is None else min(known),
        bounds.best,
        None if bounds.high is None else max(known),
    )


def _exact(bounds: Bounds) -> Bounds:
    """Return bounds with their best, if low and high are equal."""
    return bounds if bounds.low is None or bounds.low != bounds.high else Bounds(bounds.low, bounds.low, bounds.high)


def added(numbers: Iterable[Number | None]) -> Number | None:
    """Return a sum, or ``None`` if one of the numbers is unknown."""
    known = list(numbers)
    if None in known:
        return None
    return tidy(sum(number for number in known if number is not None))
