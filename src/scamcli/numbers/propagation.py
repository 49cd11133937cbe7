"""Let parts and wholes narrow each other's bounds: rule 7 of ``docs/honest-numbers.md``.

Three things are known about a whole and its parts. A part is at most its whole. Parts with different values of a
declared split have nobody in common, so their sum is at most the whole. If the split is complete, its parts cover the
whole, so the whole is at most their sum. These constraints are applied until no bound changes. The method is bounds
consistency of linear constraints (Apt, Principles of Constraint Programming, 2003, section 6.4); its fixed point does
not depend on the order of the steps.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from scamcli.language.wording.bounds import is_ordered
from scamcli.language.wording.numerals import Number, tidy
from scamcli.numbers.ancestry import ancestors, read_with, resolved, split_value
from scamcli.numbers.records import Figure, Key


class Interval(NamedTuple):
    """The interval that a figure must lie in; an end that is ``None`` is open."""

    low: Number | None
    high: Number | None


class Contradiction(NamedTuple):
    """A family whose bounds cannot all be true: ``figure`` would have to be at least ``low`` and at most ``high``."""

    figure: Key
    low: Number
    high: Number
    family: tuple[Key, ...]


class Implied(NamedTuple):
    """What the families of an event imply. A family that contradicts itself implies nothing."""

    intervals: Mapping[Key, Interval]
    contradictions: tuple[Contradiction, ...]


class _Branch(NamedTuple):
    """A whole with all its parts, and with the parts of its declared split grouped by value."""

    whole: Key
    parts: tuple[Key, ...]
    split: Mapping[str, Sequence[Key]]
    complete: bool


def propagate(family: Sequence[Figure]) -> Mapping[Key, Interval] | Contradiction:
    """Return the bounds that the figures of a family imply for each other, if they are narrower than the stated ones.

    Args:
        family: Figures of one event. A whole does not bound a part with another metric or unit, and a figure with the
            count ``none`` is ignored.

    Returns:
        The implied intervals by key. Each has both ends, and at least one of them is narrower than stated. If the
        bounds cannot all be true, the first contradiction found; the family then keeps its stated bounds.
    """
    figures = {figure.key: figure for figure in family}
    stated = {key: Interval(figure.low, figure.high) for key, figure in figures.items()}
    bounds = _Bounds(stated)
    branches = _branches(figures)
    settled = False
    while not settled and bounds.contradiction is None:
        settled = not any(bounds.narrow_branch(branch) for branch in branches)
    if bounds.contradiction is not None:
        key = bounds.contradiction
        low, high = bounds[key]
        return Contradiction(key, low or 0, high or 0, tuple(sorted(figures)))
    return {key: bounds[key] for key in sorted(figures) if bounds[key] != stated[key]}


def propagate_event(figures: Sequence[Figure]) -> Implied:
    """Propagate bounds within each family of an event's figures, so that a contradiction affects only one family."""
    intervals: dict[Key, Interval] = {}
    contradictions: list[Contradiction] = []
    for family in _families(figures):
        result = propagate(family)
        if isinstance(result, Contradiction):
            contradictions.append(result)
        else:
            intervals.update(result)
    return Implied(intervals, tuple(contradictions))


def with_implied(figures: Iterable[Figure], intervals: Mapping[Key, Interval]) -> list[Figure]:
    """Return figures with their implied low and high in place of the stated ones. A best outside these is dropped."""
    return [_narrowed(figure, intervals[figure.key]) if figure.key in intervals else figure for figure in figures]


def _narrowed(figure: Figure, interval: Interval) -> Figure:
    narrowed = figure._replace(low=interval.low, high=interval.high)
    return narrowed if is_ordered(narrowed.bounds) else narrowed._replace(best=None)


class _Bounds:
    """The bounds of a family while they are narrowed; they never widen."""

    def __init__(self, stated: Mapping[Key, Interval]) -> None:
        self._now = dict(stated)
        crossed = (key for key, (low, high) in stated.items() if low is not None and high is not None and low > high)
        self.contradiction: Key | None = min(crossed, default=None)

    def __getitem__(self, key: Key) -> Interval:
        return self._now[key]

    def low(self, key: Key) -> Number:
        """Return the low of a count, which is at least zero."""
        return self._now[key].low or 0

    def narrow_branch(self, branch: _Branch) -> bool:
        """Apply all constraints on one whole and its parts, and say whether any bound became narrower."""
        changed = [self._narrow(branch.whole, low=self.low(part)) for part in branch.parts]
        changed += [self._narrow(part, high=self._now[branch.whole].high) for part in branch.parts]
        changed += self._apply_split(branch)
        if branch.complete:
            changed += self._apply_complete_split(branch)
        return any(changed)

    def _apply_split(self, branch: _Branch) -> list[bool]:
        """Apply the constraint that the sum over the values of a split is at most the whole."""
        least = {value: max(self.low(part) for part in parts) for value, parts in branch.split.items()}
        changed = [self._narrow(branch.whole, low=tidy(sum(least.values())))]
        top = self._now[branch.whole].high
        if top is None:
            return changed
        for value, parts in branch.split.items():
            rest = tidy(top - sum(low for other, low in least.items() if other != value))
            changed += [self._narrow(part, high=rest) for part in parts]
        return changed

    def _apply_complete_split(self, branch: _Branch) -> list[bool]:
        """Apply the constraint that the parts of a complete split add up to at least the whole."""
        parts = [part for group in branch.split.values() for part in group]
        highs = {part: self._now[part].high for part in parts}
        changed = [self._narrow(branch.whole, high=_total(highs.values()))]
        for part in parts:
            others = _total(high for other, high in highs.items() if other != part)
            if others is not None:
                changed.append(self._narrow(part, low=tidy(self.low(branch.whole) - others)))
        return changed

    def _narrow(self, key: Key, *, low: Number | None = None, high: Number | None = None) -> bool:
        now = self._now[key]
        # A low of zero adds no information: every count is at least zero.
        raised = low if low is not None and low > (now.low or 0) else now.low
        lowered = high if high is not None and (now.high is None or high < now.high) else now.high
        self._now[key] = Interval(raised, lowered)
        if lowered is not None and lowered < (raised or 0):
            self.contradiction = self.contradiction or key
        return self._now[key] != now and self.contradiction is None


def _total(numbers: Iterable[Number | None]) -> Number | None:
    known = list(numbers)
    return None if None in known else tidy(sum(number for number in known if number is not None))


def _branches(figures: Mapping[Key, Figure]) -> list[_Branch]:
    parts: dict[Key, list[Figure]] = defaultdict(list)
    for key in sorted(figures):
        above = ancestors(figures[key], figures)
        if above and _comparable(figures[key], above[0]):
            parts[above[0].key].append(figures[key])
    return [_branch(resolved(figures[whole], figures), found) for whole, found in sorted(parts.items())]


def _branch(whole: Figure, parts: Sequence[Figure]) -> _Branch:
    split: dict[str, list[Key]] = defaultdict(list)
    for part in parts:
        value = split_value(part, whole)
        if value is not None:
            split[value].append(part.key)
    of_split = {key for keys in split.values() for key in keys}
    # Parts that cover only some days of the whole cannot make up all of it, whatever the record says.
    as_long = all(read_with(part, [whole]).period == whole.period for part in parts if part.key in of_split)
    is_complete = bool(split and whole.split and whole.split.complete and as_long)
    return _Branch(whole.key, tuple(part.key for part in parts), split, is_complete)


def _comparable(part: Figure, whole: Figure) -> bool:
    """Say whether both count the same thing: 1,590 people can well be a part of 600 requests."""
    return (part.metric, part.unit) == (whole.metric, whole.unit) and "none" not in (part.count, whole.count)


def _families(figures: Sequence[Figure]) -> list[list[Figure]]:
    by_key = {figure.key: figure for figure in figures}
    families: dict[Key, list[Figure]] = defaultdict(list)
    for figure in figures:
        families[[figure, *ancestors(figure, by_key)][-1].key].append(figure)
    return [families[top] for top in sorted(families)]
