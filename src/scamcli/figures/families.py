"""A group of figures as claims, families and items: what repeats, what is a part, what may be added.

A *claim* is a figure together with those that repeat it. A *family* is a claim whose whole is not in the
group, with its parts there. An *item* is what the lower bound may be built of: a claim, or a declared split
with the sum of its parts.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures.ancestry import ancestors, read_with, split_value
from scamcli.figures.repeats import originals
from scamcli.language.wording.bounds import Number, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scamcli.figures.records import Figure, Key
    from scamcli.language.dates import Period


class Claim(NamedTuple):
    """One statement, made once or repeated: the larger low; best, high and period only where all agree."""

    key: Key
    figures: tuple[Figure, ...]
    low: Number | None
    best: Number | None
    high: Number | None
    period: Period | None


class Item(NamedTuple):
    """What the lower bound may count: one claim, or the parts of the split that `whole` declares."""

    low: Number | None
    period: Period | None
    claims: tuple[Key, ...]
    whole: Key | None


class Family(NamedTuple):
    """A claim that is a part of no other in the group, and the largest low of what belongs to it."""

    top: Claim
    low: Number | None


class Group:
    """The figures of a group, read: `claims` by key, `items`, and the `parents` that contain each claim."""

    def __init__(
        self, figures: Sequence[Figure], wholes: Mapping[Key, Figure], repeated: Iterable[tuple[str, str]]
    ) -> None:
        """Read the figures; `wholes` has all of their events', `repeated` the pairs of linked events.

        A figure that is not in the group still tells that two others, which it repeats, are one.
        """
        linked = list(repeated)
        between = {event for pair in linked for event in pair}
        relevant = {figure.key: figure for figure in figures}
        relevant |= {key: figure for key, figure in wholes.items() if figure.event in between}
        self.chains = {key: ancestors(figure, wholes) for key, figure in relevant.items()}
        for chain in list(self.chains.values()):
            for place, whole in enumerate(chain):
                relevant.setdefault(whole.key, whole)
                self.chains.setdefault(whole.key, chain[place + 1 :])
        self._relevant = {key: read_with(figure, self.chains[key]) for key, figure in relevant.items()}
        self.original = originals(list(self._relevant.values()), linked)
        self._periods = self._agreed_periods()
        self.claims = self._merge(figures)
        self.parents = {key: self._containing(claim) for key, claim in self.claims.items()}
        self.items = [self._alone(claim) for claim in self.claims.values()] + self._splits()

    def families(self) -> list[Family]:
        """Return the families of the group, in order of their keys."""
        descents = self._descents()
        lows: dict[Key, list[Number | None]] = {top: [] for top in descents}
        for item in self.items:
            belonging: set[Key] = set(item.claims) if item.whole is None else {item.whole} & self.claims.keys()
            for top in self._tops_of(belonging or set(item.claims), descents):
                lows[top].append(item.low)
        return [Family(self.claims[top], largest(found)) for top, found in lows.items()]

    def _tops_of(self, belonging: set[Key], descents: Mapping[Key, set[Key]]) -> Iterable[Key]:
        """The families that hold all of these claims; the sum of a split's parts is of no family that has only some."""
        first = next(iter(belonging))
        return [top for top in (first, *self.parents[first]) if top in descents and belonging <= descents[top]]

    def _agreed_periods(self) -> dict[Key, Period | None]:
        """The period of each original: unknown where its repeats disagree, and then for all its parts too.

        Otherwise the parts of one statement, dated differently by two events, would be added to each other.
        """
        said: dict[Key, set[Period | None]] = defaultdict(set)
        above: dict[Key, set[Key]] = defaultdict(set)
        for key, figure in self._relevant.items():
            said[self.original[key]].add(figure.period)
            above[self.original[key]].update(self.original[whole.key] for whole in self.chains[key])
        doubtful = {key for key, periods in said.items() if len(periods) > 1}
        doubtful |= {self.original[key] for key in self._relevant if self._outside_its_whole(key)}
        while more := {key for key in said if key not in doubtful and above[key] & doubtful}:
            doubtful |= more
        return {key: None if key in doubtful else next(iter(periods)) for key, periods in said.items()}

    def _outside_its_whole(self, key: Key) -> bool:
        """Whether a part is dated otherwise than its whole: a mistake of a record, and then its days prove nothing."""
        own = self._relevant[key].period
        above = next((whole.period for whole in self.chains[key] if whole.period is not None), None)
        if own is None or above is None or not own.known or not above.known:
            return False
        return not ((above.start or 0) <= (own.start or 0) and (own.end or 0) <= (above.end or 0))

    def _merge(self, figures: Sequence[Figure]) -> dict[Key, Claim]:
        gathered: dict[Key, list[Figure]] = defaultdict(list)
        for figure in sorted(figures, key=lambda figure: figure.key):
            gathered[self.original[figure.key]].append(figure)
        return {key: self._claim(key, tuple(gathered[key])) for key in sorted(gathered)}

    def _claim(self, key: Key, figures: tuple[Figure, ...]) -> Claim:
        return Claim(
            key=key,
            figures=figures,
            low=largest(figure.low for figure in figures),
            best=_agreed([figure.best for figure in figures]),
            high=_agreed([figure.high for figure in figures]),
            period=self._periods[key],
        )

    def _containing(self, claim: Claim) -> list[Key]:
        """The claims of the group that a claim is a part of, at any depth, the nearest first."""
        found: dict[Key, None] = {}
        for figure in claim.figures:
            found.update(dict.fromkeys(self.original[whole.key] for whole in self.chains[figure.key]))
        return [key for key in found if key in self.claims and key != claim.key]

    def _alone(self, claim: Claim) -> Item:
        return Item(claim.low, claim.period, (claim.key,), None)

    def _splits(self) -> list[Item]:
        """One item a declared split. Of two parts with one value the larger counts: they may be the same."""
        lows: dict[tuple[Key, str], dict[str, tuple[Number, Key]]] = defaultdict(dict)
        for claim in self.claims.values():
            for figure in claim.figures:
                split = self._split_of(figure, claim)
                if split is not None and claim.low is not None:
                    whole, by, value = split
                    known = lows[whole, by].get(value, (claim.low, claim.key))
                    lows[whole, by][value] = max(known, (claim.low, claim.key), key=lambda pair: pair[0])
        return [self._split_item(whole, list(parts.values())) for (whole, _), parts in lows.items()]

    def _split_of(self, figure: Figure, claim: Claim) -> tuple[Key, str, str] | None:
        chain = self.chains[figure.key]
        if not chain or chain[0].split is None:
            return None
        whole = self.original[chain[0].key]
        value = split_value(figure, self._relevant[chain[0].key])
        if value is None or claim.period != self._periods[whole]:
            return None
        return whole, chain[0].split.by, value

    def _split_item(self, whole: Key, parts: list[tuple[Number, Key]]) -> Item:
        total = tidy(sum(low for low, _ in parts))
        return Item(total, self._periods[whole], tuple(key for _, key in parts), whole)

    def _descents(self) -> dict[Key, set[Key]]:
        """The claims of each family by its top. A circle of repeats has none: then its first claim is one."""
        children: dict[Key, list[Key]] = defaultdict(list)
        for key, above in self.parents.items():
            for whole in above:
                children[whole].append(key)
        tops = [key for key in self.claims if not self.parents[key]]
        descents = {top: _reached(top, children) for top in tops}
        left = set(self.claims).difference(*descents.values())
        while left:
            top = min(left)
            descents[top] = _reached(top, children)
            left -= descents[top]
        return dict(sorted(descents.items()))


def largest(numbers: Iterable[Number | None]) -> Number | None:
    """Return the largest of the known numbers, `None` if none is known."""
    return max((number for number in numbers if number is not None), default=None)


def _agreed(numbers: Sequence[Number | None]) -> Number | None:
    return numbers[0] if len(set(numbers)) == 1 else None


def _reached(top: Key, children: Mapping[Key, list[Key]]) -> set[Key]:
    reached, waiting = {top}, [top]
    while waiting:
        found = [key for key in children.get(waiting.pop(), ()) if key not in reached]
        reached.update(found)
        waiting.extend(found)
    return reached
