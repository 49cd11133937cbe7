"""The total of a group the plain, slow way: every incident is a claim of its own, and every pair is compared.

What is one claim, and which claims lie inside others or are disjoint, is the program's (`Relations`), which
`tests/figures/test_worlds.py` compares with every small world. This adds up without the index of places and days,
without leaving out claims that cannot matter, and without counting like incidents together.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures import independent_set, resolved, scope
from scamcli.figures.relations import Relations
from scamcli.language.wording.bounds import is_ordered
from scamcli.language.wording.bounds import total as added

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scamcli.figures import Context, Figure, Key, Number

One = tuple["Key", "Number | None", "Number | None", "Number | None"]


class SlowTotal(NamedTuple):
    """The numbers of a total."""

    low: Number | None
    best: Number | None
    high: Number | None
    unadjusted: Number | None
    claims: int
    contested: int


def total(group: Sequence[Figure], context: Context) -> SlowTotal:
    """Add up the figures of a group, like `scamcli.figures.total`."""
    events = [figure.event for figure in group]
    suspected = {event for pair in context.suspected for event, _ in pair}
    linked = {event for link in context.links for event in (link.event, link.target)}
    plain = [
        resolved(one, context.wholes)
        for one in group
        if one.count == "incident" and one.part_of is None and one.event not in linked
        and events.count(one.event) == 1 and one.event not in suspected
        and is_ordered(one.bounds)
    ]  # fmt: skip
    keys = {one.key for one in plain}
    others = [one for one in group if one.key not in keys]
    if others and others[0].count == "stock":
        return _of_stocks(Relations(others, context))
    found = _Slow(plain, Relations(others, context)).total()
    is_alone = len(group) == 1 and not plain and events[0] not in linked and group[0].part_of is None
    is_alone = is_alone and is_ordered(group[0].bounds)
    return found._replace(contested=0) if is_alone and found[:3] == group[0].bounds else found


def _of_stocks(relations: Relations) -> SlowTotal:
    claims = relations.claims.values()
    lows = [relations.lows[claim.key] for claim in claims]
    known = [low for low in lows if low is not None]
    alone = claims and len(claims) == 1
    best, high = next((claim.bounds.best, claim.bounds.high) for claim in claims) if alone else (None, None)
    low = max(known, default=None)
    return SlowTotal(low, best, high, low, len(claims), sum(claim.contested for claim in claims))


class _Slow:
    def __init__(self, plain: list[Figure], relations: Relations) -> None:
        self.plain = {one.key: one for one in plain}
        self.scopes = {one.key: scope.scope_of([one]) for one in plain}
        self.relations = relations
        self.keys = [*relations.claims, *self.plain]
        covered = {key: {one for one in self.plain if self._is_covered(one, key)} for key in relations.claims}
        self.inside: dict[Key, set[Key]] = {}
        for key in relations.claims:
            claims = {other for other in relations.claims if key in relations.all_outer(other)}
            self.inside[key] = claims.union(covered[key], *(covered[claim] for claim in claims))

    def _is_covered(self, incident: Key, key: Key) -> bool:
        """Whether a claim covers an incident: it is a sum of the same speaker, and the incident lies within it."""
        outer, own = self.relations.scopes[key], self.scopes[incident]
        speaks = not outer.speakers.isdisjoint(own.speakers)
        may = speaks and self.relations.may_cover(key) and not scope.are_different_rows(own, outer)
        return may and scope.lies_within(own, outer)

    def _are_disjoint(self, one: Key, other: Key) -> bool:
        relations = self.relations
        if one in self.plain and other in self.plain:
            return True
        if one in self.plain or other in self.plain:
            claim, incident = (other, one) if one in self.plain else (one, other)
            around = [relations.scopes[key] for key in (claim, *relations.all_outer(claim))]
            return any(key.is_incident or scope.are_disjoint(key, self.scopes[incident]) for key in around)
        return relations.are_disjoint(one, other)

    def _low(self, key: Key) -> Number | None:
        return self.plain[key].low if key in self.plain else self.relations.lows[key]

    def largest(self, keys: Iterable[Key]) -> Number:
        """The largest sum of lows of claims and incidents that are disjoint."""
        nodes = [key for key in keys if self._low(key)]
        neighbours: list[set[int]] = [set() for _ in nodes]
        for one, other in combinations(range(len(nodes)), 2):
            if not self._are_disjoint(nodes[one], nodes[other]):
                neighbours[one].add(other)
                neighbours[other].add(one)
        found, is_exact = independent_set.heaviest([self._low(key) or 0 for key in nodes], neighbours)
        assert is_exact
        return sum(self._low(nodes[place]) or 0 for place in found)

    def _ends(self, key: Key) -> tuple[Number | None, Number | None]:
        """The best and high of a claim or incident; those of what lies inside a claim, if it proves more."""
        if key in self.plain:
            return self.plain[key].best, self.plain[key].high
        bounds, inner = self.relations.claims[key].bounds, self.inside[key]
        if bounds.high is None or not inner:
            return bounds.best, bounds.high
        if self.largest(inner) <= bounds.high:
            return bounds.best, bounds.high
        rest = self._sum_of_highs(inner)
        return None, None if rest is None else max(bounds.high, rest)

    def _sum_of_highs(self, keys: set[Key]) -> Number | None:
        limits = [
            key for key in keys if key in self.relations.claims and self.relations.claims[key].bounds.high is not None
        ]
        tops = [key for key in keys if not any(key in self.inside[outer] for outer in limits)]
        highs = [self._ends(key)[1] for key in tops]
        return None if None in highs else added(highs) or 0

    def _best(self) -> Number | None:
        tops = [key for key in self.keys if not any(key in inner for inner in self.inside.values())]
        bests = [self._ends(key)[0] for key in tops]
        are_disjoint = all(self._are_disjoint(one, other) for one, other in combinations(tops, 2))
        return added(bests) if are_disjoint and None not in bests else None

    def _unadjusted(self) -> Number | None:
        """The plain sum of lows, where a whole includes its parts and a running total its earlier statements."""
        relations = self.relations
        families: dict[Key, list[Key]] = {}
        for key in relations.claims:
            top = key
            while above := [
                outer for outer, why in relations.outer(top).items() if why != "covered" and outer in relations.claims
            ]:
                top = above[0]
            families.setdefault(top, []).append(key)
        lows = [one.low for one in self.plain.values()]
        for keys in families.values():
            known = [low for key in keys if (low := relations.lows[key]) is not None]
            lows.append(self.largest(keys) if known else None)
        return added(lows)

    def total(self) -> SlowTotal:
        lows = [self._low(key) for key in self.keys]
        low = self.largest(self.keys) if any(one is not None for one in lows) else None
        high, best = self._sum_of_highs(set(self.keys)) if self.keys else None, self._best()
        high = high if high is None or low is None else max(high, low)
        best = None if best is not None and low is not None and best < low else best
        contested = sum(claim.contested for claim in self.relations.claims.values())
        return SlowTotal(low, best, high, self._unadjusted(), len(self.keys), contested)
