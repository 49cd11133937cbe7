"""Combine the lows, bests and highs of a group in which not all figures are plain incidents."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from scamcli.figures import independent_set, scope
from scamcli.figures.ancestry import resolved
from scamcli.figures.claims import normalise_words
from scamcli.figures.incident_index import IncidentIndex, within
from scamcli.language.wording.bounds import Bounds, Number
from scamcli.language.wording.bounds import total as added

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from scamcli.figures.context import Context
    from scamcli.figures.records import Figure, Key
    from scamcli.figures.relations import Relations
    from scamcli.figures.scope import Scope

Term = tuple["Key", "Number | None"]
"""The key of a claim's first statement, and what the claim contributes to a sum."""

MOST_CLAIMS = 200
"""How many claims, apart from plain incidents, are searched for the best set: those with the largest lows.

Of the others, those that are disjoint from everything counted so far are added afterwards, largest first.
"""

MOST_PAIRS = 2_000
"""With more pairs of a claim and a plain incident than this, the search leaves out claims that incidents outweigh."""


class Combination:
    """A group in which not all figures are plain incidents.

    `largest_disjoint` finds what makes up the low; `best`, `high` and `unadjusted` are the other numbers of its total.
    Each method that ends in ``_terms`` returns the terms behind the number, for ``--explain``.

    Args:
        plain: The plain incidents of the group. They are identified by their positions in this sequence.
        relations: The claims of the other figures, and how they relate.
        context: What the arithmetic needs besides the group.
    """

    def __init__(self, plain: Sequence[Figure], relations: Relations, context: Context) -> None:
        self.plain = [figure if figure.period is not None else resolved(figure, context.wholes) for figure in plain]
        self.size = context.size(plain)
        self._relations = relations

    @cached_property
    def _inner(self) -> dict[Key, list[Key]]:
        """Map each claim to the claims of the group that lie inside it, at any depth."""
        inside: dict[Key, list[Key]] = defaultdict(list)
        for key in self._relations.inside(self._relations.claims.keys()):
            for outer in self._relations.all_outer(key):
                if outer in self._relations.claims:
                    inside[outer].append(key)
        return inside

    @cached_property
    def _plain_inside(self) -> dict[Key, set[int]]:
        """Map each claim to the positions of the plain incidents that lie inside it, at any depth."""
        covered = self._covered()
        inside = defaultdict(set, {key: set(positions) for key, positions in covered.items()})
        for key in self._relations.inside(covered.keys()):
            for outer in self._relations.all_outer(key):
                if outer in self._relations.claims:
                    inside[outer].update(covered[key])
        return inside

    def _covered(self) -> dict[Key, list[int]]:
        """Map each claim to the plain incidents that it covers: they lie within it and have the same speaker."""
        relations = self._relations
        outers = {key: relations.scopes[key] for key in relations.claims if relations.may_cover(key)}
        outers = {key: outer for key, outer in outers.items() if outer.is_exact and len(outer.provinces) < 2}
        speakers = {speaker for outer in outers.values() for speaker in outer.speakers}
        dated = self._by_speaker_and_province(speakers)
        scopes: dict[int, Scope] = {}
        covered: dict[Key, list[int]] = {}
        for key, outer in outers.items():
            (province,) = outer.provinces or (None,)
            positions = {position for speaker in outer.speakers for position in within(dated[speaker, province], outer)}
            found = []
            for position in sorted(positions):
                if position not in scopes:
                    scopes[position] = scope.scope_of([self.plain[position]])
                own = scopes[position]
                if scope.lies_within(own, outer) and not scope.are_different_rows(own, outer):
                    found.append(position)
            if found:
                covered[key] = found
        return covered

    def _by_speaker_and_province(self, speakers: set[str]) -> dict[tuple[str, str | None], list[tuple[int, int]]]:
        """Return the first days and positions of the incidents of these speakers, in each province and (None) in all.

        Speakers and provinces are normalised, and the days are in order.
        """
        found: dict[tuple[str, str | None], list[tuple[int, int]]] = defaultdict(list)
        names = {figure.stated_by for figure in self.plain} if speakers else ()
        spellings = {name: speaker for name in names if (speaker := normalise_words(name)) in speakers}
        for index, figure in enumerate(self.plain if spellings else ()):
            speaker, period = spellings.get(figure.stated_by), figure.period
            if speaker is not None and period is not None and period.known:
                dated = (period.start or 0, index)
                found[speaker, None].append(dated)
                if figure.province is not None:
                    found[speaker, normalise_words(figure.province)].append(dated)
        for days in found.values():
            days.sort()
        return found

    def largest_disjoint(self) -> tuple[list[Key], set[int], bool]:
        """Return the claims that make up the low, and the positions of the plain incidents that do not.

        The third value says whether the search was exhaustive.
        """
        keys, is_exact = self._compared()
        chosen, left_out, is_heaviest = self._heaviest(keys, self._cells(keys))
        if not is_exact:
            chosen += self._also_disjoint(chosen, left_out)
        return chosen, left_out, is_exact and is_heaviest

    @cached_property
    def _indexed(self) -> IncidentIndex:
        scopes = self._relations.scopes
        only_incidents = all(scopes[key].is_incident for key in self._relations.claims)
        return IncidentIndex(() if only_incidents else self.plain)  # one incident cannot include another

    def _heaviest(
        self, keys: Sequence[Key], cells: Mapping[tuple[int, ...], Sequence[int]]
    ) -> tuple[list[Key], set[int], bool]:
        """Return what `largest_disjoint` does, for some claims and the incidents that these may include."""
        neighbours = [*self._overlaps(keys), *(set[int]() for _ in cells)]
        for number, of_keys in enumerate(cells, start=len(keys)):
            neighbours[number].update(of_keys)
            for index in of_keys:
                neighbours[index].add(number)
        weights = [self._relations.lows[key] or 0 for key in keys]
        weights += map(self._sum_of_lows, cells.values())
        heaviest, is_heaviest = independent_set.heaviest(weights, neighbours)
        found = set(heaviest)
        chosen = [key for index, key in enumerate(keys) if index in found]
        left_out = {
            number
            for index, incidents in enumerate(cells.values(), start=len(keys))
            if index not in found
            for number in incidents
        }
        return chosen, left_out, is_heaviest

    def _sum_of_lows(self, positions: Iterable[int]) -> Number:
        return added(self.plain[position].low for position in positions) or 0

    def _overlaps(self, keys: Sequence[Key]) -> list[set[int]]:
        """Return, for each claim, the positions of the others that it may overlap."""
        relations = self._relations
        found: list[set[int]] = [set() for _ in keys]
        scopes = [relations.scopes[key] for key in keys]
        related = [relations.has_relations(key) for key in keys]
        for index, own in enumerate(scopes):
            for earlier in range(index):
                if related[index] or related[earlier]:
                    are_disjoint = relations.are_disjoint(keys[earlier], keys[index])
                else:  # nearly always so
                    are_disjoint = scope.are_disjoint(scopes[earlier], own)
                if not are_disjoint:
                    found[index].add(earlier)
                    found[earlier].add(index)
        return found

    def _also_disjoint(self, chosen: Sequence[Key], left_out: set[int]) -> list[Key]:
        """Return further claims that are disjoint from everything counted and from each other, largest first."""
        from scamcli.figures.counted_scopes import CountedScopes  # here, because only the largest groups need it

        relations, counted = self._relations, CountedScopes(self._indexed, left_out)
        for key in chosen:
            counted.add(relations.scopes[key])
        also: list[Key] = []
        for key in sorted(set(self._candidates) - set(chosen), key=lambda key: (-(relations.lows[key] or 0), key)):
            covered = relations.scopes[key]
            if covered.start is not None and not relations.has_relations(key) and counted.is_disjoint(covered):
                also.append(key)
                counted.add(covered)
        return also

    def _compared(self) -> tuple[list[Key], bool]:
        """Return the claims to search for the largest set, and whether these are all that can matter."""
        relations = self._relations
        candidates = self._candidates
        keys = sorted(candidates, key=lambda key: (-(relations.lows[key] or 0), key))[:MOST_CLAIMS]
        if len(keys) * self.size > MOST_PAIRS:
            keys = [key for key in keys if not self._is_outweighed(key)]
        return keys, len(keys) == len(candidates)

    def _is_outweighed(self, key: Key) -> bool:
        """Say whether the low of a claim is no more than the lows of the plain incidents that it may include."""
        covered = self._relations.scopes[key]
        if self._relations.has_relations(key) or covered.is_incident:
            return False
        return self._indexed.are_at_least(self._relations.lows[key] or 0, covered)

    @cached_property
    def _candidates(self) -> list[Key]:
        """Return the claims that the low may be built from.

        Of several claims that cover the same and have no other relations, only the one with the largest low can count.
        """
        relations = self._relations
        alone: dict[tuple[object, ...], Key] = {}
        found: list[Key] = []
        for key, low in relations.lows.items():
            if not low:
                continue
            covered = relations.scopes[key]
            if relations.has_relations(key) or covered.is_incident or key in self._inner:
                found.append(key)
            else:
                region = covered.region[:5]
                same = alone.setdefault(region, key)
                if low > (relations.lows[same] or 0):
                    alone[region] = key
        return [*found, *alone.values()]

    def _cells(self, keys: Sequence[Key], among: Set[int] | None = None) -> dict[tuple[int, ...], list[int]]:
        """Group plain incidents by the claims that may include them, and return the positions of both.

        The incidents of one cell are one node of the graph. Incidents that no claim may include are in no cell, because
        they always count. ``among`` are the positions of the incidents, if not all of them are wanted.
        """
        claims: dict[int, list[int]] = defaultdict(list)
        for index, key in enumerate(keys):
            for number in self._overlapping(key):
                if among is None or number in among:
                    claims[number].append(index)
        cells: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for number, of_keys in claims.items():
            cells[tuple(of_keys)].append(number)
        return cells

    def _overlapping(self, key: Key) -> Iterable[int]:
        """Return the positions of the plain incidents that a claim may include.

        A claim that is itself an incident, or lies inside one, includes none: a plain incident belongs to another
        event, and no link or suspicion says that the two are the same.
        """
        covered = [self._relations.scopes[one] for one in (key, *self._relations.all_outer(key))]
        return () if any(one.is_incident for one in covered) else self._indexed.overlapping(covered)

    def _are_disjoint(self, key: Key, cell: Scope) -> bool:
        """Say whether a claim, or one that it lies inside, is disjoint from what a scope covers."""
        return any(
            scope.are_disjoint(self._relations.scopes[one], cell) for one in (key, *self._relations.all_outer(key))
        )

    def _value(self, key: Key) -> Bounds:
        """Return the best and high of a claim, or of the claims inside it if they prove more than its high."""
        claim = self._relations.claims[key]
        best, high = claim.bounds.best, claim.bounds.high
        inner, plain = self._inner.get(key, ()), self._plain_inside.get(key, set[int]())
        if high is None or not (inner or plain):
            return Bounds(None, best, high)
        if self._sum_of_lows(plain) + self._low_of(inner) <= high or self._low_of(inner, plain) <= high:
            return Bounds(None, best, high)
        rest = self._sum_of_highs(set(inner), sorted(plain))
        return Bounds(None, None, None if rest is None else max(high, rest))

    def _low_of(self, keys: Sequence[Key], plain: Set[int] = frozenset()) -> Number:
        """Return the largest sum of lows that disjoint claims and incidents among these have."""
        lows = self._relations.lows
        if len(keys) == 1 and not plain:
            return max(lows[keys[0]] or 0, 0)
        chosen, left_out, _ = self._heaviest(keys, self._cells(keys, plain) if plain else {})
        return (added(lows[key] for key in chosen) or 0) + self._sum_of_lows(plain - left_out)

    def high(self) -> Number | None:
        """Return the most that the claims and incidents can count together, or ``None`` if it is unknown."""
        if not self.plain and not self._relations.claims:
            return None  # every figure is corrected, so nothing here limits anything
        return self._sum_of_highs(self._relations.claims.keys(), range(len(self.plain)))

    def high_terms(self) -> list[Term]:
        """Return the terms that add up to `high`."""
        keys = self._relations.claims.keys()
        tops, unbounded = self._unlimited(keys), self._unlimited_plain(keys, range(len(self.plain)))
        return [*((key, self._value(key).high) for key in tops), *((figure.key, figure.high) for figure in unbounded)]

    def _sum_of_highs(self, keys: Set[Key], plain: Iterable[int]) -> Number | None:
        tops = self._unlimited(keys)
        if any(self._relations.claims[key].bounds.high is None for key in tops):
            return None  # before the incidents are compared, which takes long
        unbounded = self._unlimited_plain(keys, plain)
        highs = [*(self._value(key).high for key in tops), *(figure.high for figure in unbounded)]
        return None if None in highs else added(highs) or 0

    def _unlimited(self, keys: Set[Key]) -> list[Key]:
        """Return the claims, in order of their keys, whose number no other of these claims limits."""
        claims = self._relations.claims
        limited = {
            key
            for key in self._relations.inside(keys)
            if any(outer in keys and claims[outer].bounds.high is not None for outer in self._relations.all_outer(key))
        }
        return [key for key in sorted(keys) if key not in limited]

    def _unlimited_plain(self, keys: Set[Key], plain: Iterable[int]) -> list[Figure]:
        """Return the incidents at these positions that no claim limits."""
        bounding = [key for key in keys if self._relations.claims[key].bounds.high is not None]
        bounded = set[int]().union(*(self._plain_inside.get(key, ()) for key in bounding))
        return [self.plain[position] for position in plain if position not in bounded]

    def best(self) -> Number | None:
        """Return the sum of the bests of the claims that lie inside no other, if these are disjoint."""
        outermost = self._outermost()
        if any(self._relations.claims[key].bounds.best is None for key in outermost):
            return None  # before the incidents are compared, which takes long
        bests = [self._value(key).best for key in outermost]
        bests += [figure.best for figure in self._plain_outside()]
        return None if None in bests or self.overlap() else added(bests)

    def best_terms(self) -> list[Term]:
        """Return the bests of the claims and incidents that lie inside no other claim."""
        bests: list[Term] = [(key, self._value(key).best) for key in self._outermost()]
        return bests + [(figure.key, figure.best) for figure in self._plain_outside()]

    def overlap(self) -> tuple[Key, Key] | None:
        """Return two claims or incidents, inside no other claim, that may count the same occurrences."""
        tops = self._outermost()
        for index, key in enumerate(tops):
            for other in tops[:index]:
                if not self._relations.are_disjoint(other, key):
                    return other, key
        cells = {(one.period, one.country, one.province, one.nationality): one for one in self._plain_outside()}
        pairs = ((key, one) for key in tops for one in cells.values())
        return next(((key, one.key) for key, one in pairs if not self._are_disjoint(key, scope.scope_of([one]))), None)

    def _outermost(self) -> list[Key]:
        """Return the claims of the group that lie inside no other claim of it."""
        claims = self._relations.claims
        inner = {
            key
            for key in self._relations.inside(claims.keys())
            if not claims.keys().isdisjoint(self._relations.all_outer(key))
        }
        return [key for key in claims if key not in inner]

    def _plain_outside(self) -> list[Figure]:
        """Return the plain incidents that lie inside no claim."""
        inside = set[int]().union(*self._plain_inside.values())
        return [figure for position, figure in enumerate(self.plain) if position not in inside]

    def unadjusted(self) -> Number | None:
        """Return the plain sum of lows. A whole includes its parts, and a running total its earlier statements."""
        return added([*(number for _, number in self._families()), *(figure.low for figure in self.plain)])

    def unadjusted_terms(self) -> list[Term]:
        """Return the terms that add up to `unadjusted`: one for each whole with its parts and for each incident."""
        return [*self._families(), *((figure.key, figure.low) for figure in self.plain)]

    def _families(self) -> list[Term]:
        """Return what each whole, including its parts, adds to the plain sum."""
        families: dict[Key, list[Key]] = {}
        lows, inside = self._relations.lows, set(self._relations.inside(self._relations.claims.keys()))
        tops = {key: self._top(key) for key in inside}
        joined = inside.union(tops.values())
        for key in lows:
            if key in joined:
                families.setdefault(tops.get(key, key), []).append(key)
            else:
                families[key] = []
        return [(key, self._sum_of(keys) if keys else _at_least_zero(lows[key])) for key, keys in families.items()]

    def _sum_of(self, keys: Sequence[Key]) -> Number | None:
        lows = self._relations.lows
        if len(keys) == 1:
            return _at_least_zero(lows[keys[0]])
        return None if all(lows[key] is None for key in keys) else self._low_of(keys)

    def _top(self, key: Key) -> Key:
        """Return the outermost claim that a claim is a part or an earlier state of."""
        while self._relations.outer(key):
            above = [
                outer
                for outer, reason in self._relations.outer(key).items()
                if reason != "covered" and outer in self._relations.claims
            ]
            if not above:
                break
            key = above[0]
        return key


def _at_least_zero(number: Number | None) -> Number | None:
    return None if number is None else max(number, 0)
