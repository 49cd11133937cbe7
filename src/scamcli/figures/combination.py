"""A group in which not all figures are plain incidents: its lows, bests and highs put together."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from scamcli.figures import packing, scope
from scamcli.figures.ancestry import resolved
from scamcli.figures.by_day import Cell, Dated, Place, Taken, by_place, within
from scamcli.figures.claims import normalise_words
from scamcli.language.wording.bounds import Bounds, Number
from scamcli.language.wording.bounds import total as added

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scamcli.figures.records import Context, Figure, Key
    from scamcli.figures.relations import Relations
    from scamcli.figures.scope import Scope

Term = tuple["Key", "Number | None"]
"""What a claim, known by its first statement, contributes to a sum."""

MOST_CLAIMS = 200
"""Of how many claims that are not plain incidents the best set is searched: those with the largest lows.

The others are added afterwards, the largest first, where they are disjoint from all that is counted.
"""

MOST_PAIRS = 2_000
"""With more pairs of a claim and a plain incident, a claim that its incidents outweigh is left out of the search."""


class Combination:
    """A group in which not all figures are plain incidents."""

    def __init__(self, plain: Sequence[Figure], relations: Relations, context: Context) -> None:
        self.plain = [resolved(figure, context.wholes) for figure in plain]
        self._relations = relations
        self._inner = self._claims_inside()
        self._plain_inside = self._plain_covered()

    def _claims_inside(self) -> dict[Key, list[Key]]:
        """Return the claims of the group that lie inside each, at any depth."""
        inside: dict[Key, list[Key]] = defaultdict(list)
        for key in self._relations.claims:
            for outer in self._relations.all_outer(key):
                if outer in self._relations.claims:
                    inside[outer].append(key)
        return inside

    def _plain_covered(self) -> dict[Key, list[Figure]]:
        """Return the plain incidents that each claim covers: its speaker stated them, and they lie within it."""
        relations = self._relations
        outers = [key for key in relations.claims if relations.may_cover(key)]
        speakers = {speaker for key in outers for speaker in relations.scopes[key].speakers}
        by_speaker: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, figure in enumerate(self.plain if speakers else ()):
            speaker, period = normalise_words(figure.stated_by), figure.period
            if speaker in speakers and period is not None and period.known:
                by_speaker[speaker or ""].append((period.start or 0, place))
        for dated in by_speaker.values():
            dated.sort()
        covered: dict[Key, list[Figure]] = {}
        for key in outers:
            outer = relations.scopes[key]
            places = {place for speaker in outer.speakers for place in within(by_speaker[speaker], outer)}
            found = [self.plain[place] for place in sorted(places)]
            found = [figure for figure in found if scope.lies_within(scope.scope_of([figure]), outer)]
            if found:
                covered[key] = found
        return covered

    def largest_disjoint(self) -> tuple[list[Key], set[Key] | None, bool]:
        """Return the claims and plain incidents whose lows make up the low; ``None`` stands for all plain incidents."""
        relations = self._relations
        keys, is_exact = self._compared()
        cells = self._cells([relations.scopes[key] for key in keys])
        places = by_place(cells)
        neighbours: list[set[int]] = [set() for _ in range(len(keys) + len(cells))]
        for place, key in enumerate(keys):
            for earlier in range(place):
                if not relations.are_disjoint(keys[earlier], key):
                    neighbours[place].add(earlier)
                    neighbours[earlier].add(place)
            for number in self._overlapping(key, cells, places):
                neighbours[place].add(len(keys) + number)
                neighbours[len(keys) + number].add(place)
        weights = [relations.lows[key] or 0 for key in keys] + [cell.low for cell in cells]
        found = packing.heaviest(weights, neighbours)
        chosen = [keys[place] for place in found if place < len(keys)]
        taken = [cells[place - len(keys)] for place in found if place >= len(keys)]
        counted = None if len(taken) == len(cells) else {key for cell in taken for key in cell.keys}
        if not is_exact:
            chosen += self._also_disjoint(chosen, counted)
        return chosen, counted, is_exact

    def _also_disjoint(self, chosen: Sequence[Key], counted: set[Key] | None) -> list[Key]:
        """Return the claims that are disjoint from all that is counted, and from each other; the largest come first."""
        relations, taken = self._relations, Taken()
        for key in chosen:
            taken.add(relations.scopes[key])
        for figure in self.plain:
            if figure.low and (counted is None or figure.key in counted):
                taken.add(scope.scope_of([figure]))
        also: list[Key] = []
        for key in sorted(set(self._candidates()) - set(chosen), key=lambda key: (-(relations.lows[key] or 0), key)):
            covered = relations.scopes[key]
            if not relations.has_relations(key) and covered.start is not None and taken.is_disjoint(covered):
                also.append(key)
                taken.add(covered)
        return also

    def _compared(self) -> tuple[list[Key], bool]:
        """Return the claims among which the largest set is searched, and whether these are all that can matter."""
        relations = self._relations
        candidates = self._candidates()
        keys = sorted(candidates, key=lambda key: (-(relations.lows[key] or 0), key))[:MOST_CLAIMS]
        if len(keys) * len(self.plain) > MOST_PAIRS:
            outweighed = self._outweighed(keys)
            keys = [key for key in keys if key not in outweighed]
        return keys, len(keys) == len(candidates)

    def _outweighed(self, keys: Sequence[Key]) -> set[Key]:
        """Return the claims whose low is no more than the lows of the plain incidents that they may include."""
        places: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
        for figure in self.plain:
            places[figure.country, figure.province, figure.nationality, figure.dataset].append(figure)
        sums = [Dated(figures) for figures in places.values()]
        return {
            key
            for key in keys
            if not self._relations.has_relations(key)
            and not self._relations.scopes[key].is_incident
            and (self._relations.lows[key] or 0) <= sum(one.least_within(self._relations.scopes[key]) for one in sums)
        }

    def _candidates(self) -> list[Key]:
        """Return the claims that the low may be built from.

        Of claims that cover the same, and that nothing else relates to others, only the largest can count.
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
                same = alone.setdefault(covered.region[:5], key)
                if low > (relations.lows[same] or 0):
                    alone[covered.region[:5]] = key
        return [*found, *alone.values()]

    def _cells(self, scopes: Sequence[Scope]) -> list[Cell]:
        """Join the plain incidents that are disjoint from the same claims, so that each cell is one node."""
        bounds = sorted({day for one in scopes if one.start is not None for day in (one.start, (one.end or 0) + 1)})
        cells: dict[tuple[object, ...], Cell] = {}
        for figure in self.plain:
            if not figure.low:
                continue
            period = figure.period
            days: tuple[int, int] | None = None
            if period is not None and period.known:
                days = bisect_right(bounds, period.start or 0), bisect_right(bounds, period.end or 0)
            place = (days, figure.country, figure.province, figure.nationality, figure.dataset)
            cell = cells.get(place)
            if cell is None:
                cell = cells[place] = Cell(scope.scope_of([figure]))
            cell.low += figure.low
            cell.keys.append(figure.key)
        return list(cells.values())

    def _overlapping(self, key: Key, cells: Sequence[Cell], places: Sequence[Place]) -> Iterator[int]:
        """Yield the cells, by their position, whose incidents may be among what a claim counts."""
        covered = self._relations.scopes[key]
        if covered.is_incident or self._relations.all_outer(key):
            for number, cell in enumerate(cells):
                if not self._are_disjoint_from_cell(key, cell.scope):
                    yield number
        else:
            for place in places:
                yield from place.overlapping(covered)

    def _are_disjoint_from_cell(self, key: Key, cell: Scope) -> bool:
        return any(
            scope.are_disjoint(self._relations.scopes[one], cell) for one in (key, *self._relations.all_outer(key))
        )

    def _value(self, key: Key) -> Bounds:
        """Return best and high of a claim, or what it covers if that contradicts it and is more."""
        claim = self._relations.claims[key]
        best, high = claim.bounds.best, claim.bounds.high
        inner, plain = self._inner.get(key, ()), self._plain_inside.get(key, ())
        if high is None or not (inner or plain):
            return Bounds(None, best, high)
        least = self._low_of(inner) + (added(figure.low for figure in plain) or 0)
        if least <= high:
            return Bounds(None, best, high)
        rest = self._sum_of_highs(set(inner), plain)
        return Bounds(None, None, None if rest is None else max(high, rest))

    def _low_of(self, keys: Sequence[Key]) -> Number:
        """Return the largest sum of lows over disjoint claims among these."""
        neighbours = [
            {
                other
                for other, second in enumerate(keys)
                if other != place and not self._relations.are_disjoint(first, second)
            }
            for place, first in enumerate(keys)
        ]
        weights = [self._relations.lows[key] or 0 for key in keys]
        return added(weights[place] for place in packing.heaviest(weights, neighbours)) or 0

    def high(self) -> Number | None:
        """Return the most that the claims and incidents count together; ``None`` if it is unknown."""
        return self._sum_of_highs(set(self._relations.claims), self.plain)

    def high_terms(self) -> list[Term]:
        """Return what `high` is the sum of."""
        return self._highs(set(self._relations.claims), self.plain)

    def _sum_of_highs(self, keys: set[Key], plain: Iterable[Figure]) -> Number | None:
        highs = [number for _, number in self._highs(keys, plain)]
        return None if None in highs else added(highs) or 0

    def _highs(self, keys: set[Key], plain: Iterable[Figure]) -> list[Term]:
        """Return the highs of the claims and incidents that no other claim among these bounds."""
        bounding = {key for key in keys if self._relations.claims[key].bounds.high is not None}
        tops = [key for key in sorted(keys) if bounding.isdisjoint(self._relations.all_outer(key))]
        bounded = {figure.key for key in bounding for figure in self._plain_inside.get(key, ())}
        highs: list[Term] = [(key, self._value(key).high) for key in tops]
        return highs + [(figure.key, figure.high) for figure in plain if figure.key not in bounded]

    def best(self) -> Number | None:
        """Return the sum of the bests of the claims that lie inside no other, if these are disjoint."""
        bests = [number for _, number in self.best_terms()]
        return None if None in bests or self.overlap() else added(bests)

    def best_terms(self) -> list[Term]:
        """Return the bests of the claims and incidents that lie inside no other claim."""
        bests: list[Term] = [(key, self._value(key).best) for key in self._outermost()]
        return bests + [(figure.key, figure.best) for figure in self._plain_outside()]

    def overlap(self) -> tuple[Key, Key] | None:
        """Return two claims or incidents, inside no other claim, that may count the same occurrences."""
        tops = self._outermost()
        for place, key in enumerate(tops):
            for other in tops[:place]:
                if not self._relations.are_disjoint(other, key):
                    return other, key
        cells = {(one.period, one.country, one.province, one.nationality): one for one in self._plain_outside()}
        pairs = ((key, one) for key in tops for one in cells.values())
        return next(
            ((key, one.key) for key, one in pairs if not self._are_disjoint_from_cell(key, scope.scope_of([one]))), None
        )

    def _outermost(self) -> list[Key]:
        claims = self._relations.claims
        return [key for key in claims if claims.keys().isdisjoint(self._relations.all_outer(key))]

    def _plain_outside(self) -> list[Figure]:
        inside = {figure.key for found in self._plain_inside.values() for figure in found}
        return [figure for figure in self.plain if figure.key not in inside]

    def unadjusted(self) -> Number | None:
        """Return the plain sum of lows, in which a whole includes its parts, and a running total its earlier states."""
        return added(number for _, number in self.unadjusted_terms())

    def unadjusted_terms(self) -> list[Term]:
        """Return what `unadjusted` is the sum of: a term for each whole with its parts, and for each incident."""
        families: dict[Key, list[Key]] = defaultdict(list)
        for key in self._relations.claims:
            families[self._top(key)].append(key)
        sums: list[Term] = [
            (top, None if all(self._relations.lows[key] is None for key in keys) else self._low_of(keys))
            for top, keys in families.items()
        ]
        return sums + [(figure.key, figure.low) for figure in self.plain]

    def _top(self, key: Key) -> Key:
        """Return the claim that a claim is a part or an earlier state of, at the top."""
        while True:
            above = [
                outer
                for outer, reason in self._relations.outer(key).items()
                if reason != "covered" and outer in self._relations.claims
            ]
            if not above:
                return key
            key = above[0]
