"""Work out how the claims of a group relate: which lie inside others, and which count different occurrences."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from scamcli.figures import scope, series
from scamcli.figures.ancestry import ancestors, split_value
from scamcli.figures.claims import Claim, gather, resolve_all, restate
from scamcli.figures.records import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from scamcli.figures.claims import Restated
    from scamcli.figures.context import Context
    from scamcli.figures.records import Figure, Key
    from scamcli.figures.scope import Scope
    from scamcli.language.wording.bounds import Number

_day = itemgetter(0)  # of a pair of a first day and a key

SUMS = frozenset({"aggregate", "cumulative"})
"""What a figure counts if it is a sum of occurrences that may be recorded elsewhere."""

Reason = Literal["part", "earlier", "covered"]
"""Why a claim lies inside another one: as a part, as an earlier running total, or by its speaker or a link."""


class Relations:
    """The claims of a group, with their relations to each other and to claims outside it.

    Args:
        group: The figures of the group that are not plain incidents.
        context: The figures and links around them.

    Attributes:
        claims: The claims of the group, by key in order of their keys.
        scopes: What each claim covers, by key, including the claims outside the group that matter.
        lows: The low of each claim of the group. The low of a running total is at most the low of any later statement
            of it.
        corrected: The figures of the group that another one corrects.
    """

    def __init__(self, group: Sequence[Figure], context: Context) -> None:
        own: dict[Key, Figure] = dict(zip(map(key_of, group), group, strict=True))
        inside = own.keys()
        relevant = _relevant(own, context)
        self._figures = resolve_all({key: relevant[key] for key in sorted(relevant)}, context.wholes)
        restated = restate(self._figures, context.links)
        self.corrected = sorted(inside & restated.corrected)
        claims = gather(inside, self._figures, restated, context.implied, context.alone)
        self.claims: dict[Key, Claim] = {claim.key: claim for claim in claims}
        self._claim_of = self._claims_by_statement(restated)
        self._correcting = self._claims_that_correct(restated)
        self._parts = self._claims_of_parts()
        self.lows = {key: claim.bounds.low for key, claim in self.claims.items()}
        self._may_be_same, self._distinct = self._linked(context)
        self.scopes = self._scopes(context)
        self._splits = self._split_memberships()
        # The claims that each claim lies directly inside, with the reasons. If two reasons contradict each other, the
        # one that is added first decides (rule 4): part, earlier, link, same speaker.
        self._above: dict[Key, dict[Key, Reason]] = defaultdict(dict)
        self._known: dict[tuple[Key, Key], bool] = {}  # answers of `are_disjoint` so far
        self._in_series: dict[Key, tuple[int, int]] = {}  # the number of a claim's series, and its day
        self._add_parts()
        self._add_series()
        self._add_included(context)
        self._add_covered_by_speaker()
        self._ancestors = {key: self._reach(key) for key in self._above}
        datasets = {key for key, covered in self.scopes.items() if covered.datasets}
        self._with_relations = {*self._above, *self._splits, *self._related_keys, *datasets}

    def _claims_by_statement(self, restated: Restated) -> dict[Key, Key]:
        """Return the key of the claim of each figure; a claim outside the group has the key of its first figure."""
        found: dict[Key, Key] = {}
        for key, claim in self.claims.items():
            if len(claim.everywhere) == 1:
                found[key] = key
            else:
                found.update((one.key, key) for one in claim.everywhere)
        for key in self._figures if len(found) < len(self._figures) else ():
            if key not in restated.corrected:
                found.setdefault(key, restated.first.get(key, key))
        return found

    def _claims_of_parts(self) -> dict[Key, Key]:
        parts = {key for key, figure in self._figures.items() if figure.part_of is not None}
        return {key: claim for key, claim in self._claim_of.items() if key in parts} if parts else {}

    def _claims_that_correct(self, restated: Restated) -> dict[Key, Key]:
        """Return, for each corrected statement, the claim of the statements that it became one claim with."""
        if not restated.corrected:
            return {}
        claims = {restated.first.get(key, key): claim for key, claim in self._claim_of.items()}
        first_of = {key: restated.first.get(key, key) for key in restated.corrected}
        return {key: claims[first] for key, first in first_of.items() if first in claims}

    def outer(self, key: Key) -> dict[Key, Reason]:
        """Return the claims, in the group or outside it, that a claim lies directly inside, each with the reason."""
        return self._above.get(key, {})

    def all_outer(self, key: Key) -> frozenset[Key]:
        """Return the claims, in the group or outside it, that a claim lies inside at any depth."""
        return self._ancestors.get(key, frozenset())

    def inside(self, keys: Set[Key]) -> list[Key]:
        """Return the given claims that lie inside other claims, in order of their keys."""
        return sorted(self._ancestors.keys() & keys)

    def has_relations(self, key: Key) -> bool:
        """Say whether more than its scope decides which claims a claim is disjoint from."""
        return key in self._with_relations

    def are_suspected(self, one: Key, other: Key) -> bool:
        """Say whether a link or a suspicion makes it possible that two claims are the same, whatever their dates."""
        return _pair(one, other) in self._may_be_same

    def are_disjoint(self, one: Key, other: Key) -> bool:
        """Say whether two claims count different occurrences."""
        if not (self.has_relations(one) or self.has_relations(other)):  # nearly always so, and much faster
            return one != other and scope.are_disjoint(self.scopes[one], self.scopes[other])
        pair = _pair(one, other)
        if pair not in self._known:
            self._known[pair] = one != other and self._find_whether_disjoint(one, other)
        return self._known[pair]

    def _find_whether_disjoint(self, one: Key, other: Key) -> bool:
        ones, others = self.all_outer(one), self.all_outer(other)
        if one in others or other in ones:
            return False
        if self._are_disjoint(one, other):
            return True
        return any(
            first != second and second not in ones and first not in others and self._are_disjoint(first, second)
            for first in (one, *ones)
            for second in (other, *others)
            if (first, second) != (one, other)
        )

    def _are_disjoint(self, one: Key, other: Key) -> bool:
        return self.rule(one, other) is not None

    def rule(self, one: Key, other: Key) -> scope.Rule | None:
        """Return the rule that proves two claims different, ignoring the claims that they lie inside."""
        first, second = self.scopes[one], self.scopes[other]
        found = scope.rule(first, second)
        if found in {"names", "rows", "days"}:
            return found
        pair = _pair(one, other)
        if pair in self._distinct:
            return "distinct"
        if self._are_in_one_split(one, other):
            return "split"
        return None if pair in self._may_be_same else found

    def _are_in_one_split(self, one: Key, other: Key) -> bool:
        values = self._splits.get(one)
        if not values:
            return False
        others = self._splits.get(other, {})
        return any(split in others and others[split] != value for split, value in values.items())

    def _scopes(self, context: Context) -> dict[Key, Scope]:
        statements: dict[Key, list[Figure]] = {claim: [] for key, claim in self._claim_of.items() if key != claim}
        for key, claim in self._claim_of.items() if statements else ():
            if claim in statements:
                statements[claim].append(self._figures[key])
        known = context.scopes
        scopes = {
            claim: scope.scope_of(statements[claim])
            if claim in statements
            else scope.known_scope(self._figures[claim], known)
            for claim in self._claim_of.values()
        }
        # If two claims may be the same, the date of either may be wrong, so each gets the days of both.
        widened = {key: [key] for pair in self._may_be_same for key in pair}
        for one, other in self._may_be_same:
            widened[one].append(other)
            widened[other].append(one)
        return scopes | {
            key: scope.widened(scopes[key], [scopes[one] for one in same]) for key, same in widened.items()
        }

    def _linked(self, context: Context) -> tuple[set[tuple[Key, Key]], set[tuple[Key, Key]]]:
        """Return the pairs of claims that may be the same by a link or a suspicion, and the pairs that are distinct."""
        self._related_keys: set[Key] = set()
        if not (context.links or context.suspected):
            return set(), set()
        from scamcli.figures import same_incident  # here, because most groups have neither

        by_event: dict[str, list[Key]] = defaultdict(list)
        for key in self._claim_of:
            by_event[key[0]].append(key)
        may_be_same = set(self._claim_pairs(same_incident.pairs(self._figures, context)))
        distinct: set[tuple[Key, Key]] = set()
        for link in context.links:
            if link.type == "distinct":
                targets = [key for key in by_event.get(link.target, ()) if link.figure in {None, key[1]}]
                distinct.update(
                    self._claim_pairs((one, other) for one in by_event.get(link.event, ()) for other in targets)
                )
        self._related_keys = {key for pair in may_be_same | distinct for key in pair}
        return may_be_same - distinct, distinct

    def _claim_pairs(self, pairs: Iterable[tuple[Key, Key]]) -> Iterator[tuple[Key, Key]]:
        for one, other in pairs:
            first, second = self._claim_of.get(one), self._claim_of.get(other)
            if first is not None and second is not None and first != second:
                yield _pair(first, second)

    def _split_memberships(self) -> dict[Key, dict[tuple[Key, str], str]]:
        """Return the declared splits that each claim belongs to, with its value in each."""
        found: dict[Key, dict[tuple[Key, str], str]] = defaultdict(dict)
        for key, claim in self._parts.items():
            figure = self._figures[key]
            above = ancestors(figure, self._figures)
            if not above or above[0].split is None or above[0].key not in self._claim_of:
                continue
            value = split_value(figure, above[0])
            if value is not None:
                found[claim][self._claim_of[above[0].key], above[0].split.by] = value
        return found

    def _put_inside(self, inner: Key, outer: Key, reason: Reason) -> None:
        """Record that a claim lies inside another one, unless that one already lies inside it."""
        if inner != outer and inner not in self._reach(outer):
            self._above[inner].setdefault(outer, reason)

    def _reach(self, key: Key) -> frozenset[Key]:
        reached: set[Key] = set()
        waiting = list(self._above.get(key, ()))
        while waiting:
            outer = waiting.pop()
            if outer not in reached:
                reached.add(outer)
                waiting.extend(self._above.get(outer, ()))
        return frozenset(reached)

    def _add_parts(self) -> None:
        for key, claim in self._parts.items():
            figure = self._figures[key]
            for whole in ancestors(figure, self._figures)[:1]:
                outer = self._claim_of.get(whole.key, self._correcting.get(whole.key))
                if outer is not None and (whole.metric, whole.unit) == (figure.metric, figure.unit):
                    self._put_inside(claim, outer, "part")

    def _add_series(self) -> None:
        """Put the earlier statements of a running total inside the later ones, except statements as of the same day."""
        figures = self._figures
        if "cumulative" not in {figure.count for figure in figures.values()}:
            return
        found = series.find([figures[key] for key in self._claim_of if figures[key].count == "cumulative"])
        for number, statements in enumerate(found):
            later: list[Key] = []
            seen: set[Key] = set()
            least: Number | None = None
            for day, of_one_day in groupby(reversed(statements), key=series.as_of):
                keys = [key for one in of_one_day if (key := self._claim_of[one.key]) not in seen]
                self._in_series |= dict.fromkeys(keys, (number, day or 0))
                for key in keys:
                    for outer in later:
                        self._put_inside(key, outer, "earlier")
                    if key in self.lows:
                        self.lows[key] = _capped(self.lows[key], least)
                for key in keys:
                    least = _smaller(least, self.lows.get(key))
                seen.update(keys)
                later = keys or later

    def _add_included(self, context: Context) -> None:
        for link in context.links:
            if link.type != "includes":
                continue
            for outer in self._claims_of_event(link.event, None):
                for inner in self._claims_of_event(link.target, link.figure):
                    if scope.may_include(self.scopes[outer], self.scopes[inner]):
                        self._put_inside(inner, outer, "covered")

    def _claims_of_event(self, event: str, figure: str | None) -> list[Key]:
        return list(
            dict.fromkeys(
                claim for key, claim in self._claim_of.items() if key[0] == event and figure in {None, key[1]}
            )
        )

    def _add_covered_by_speaker(self) -> None:
        by_speaker: dict[str, list[tuple[int, Key]]] = defaultdict(list)
        scopes = self.scopes
        for key in self.claims:
            covered = scopes[key]
            if covered.start is not None:
                for speaker in covered.speakers:
                    by_speaker[speaker].append((covered.start, key))
        for dated in by_speaker.values():
            near = self._with_neighbours(sorted(dated)) if len(dated) > 1 else {}
            for outer in (key for _, key in dated if key in near):
                self._cover(outer, near[outer])

    def _with_neighbours(self, dated: Sequence[tuple[int, Key]]) -> dict[Key, list[Key]]:
        """Return the sums on whose days other claims begin, each with all claims that begin on its days.

        Args:
            dated: The first day and the key of each claim, in order.
        """
        found: dict[Key, list[Key]] = {}
        last = len(dated) - 1
        for at, (start, key) in enumerate(dated):
            end = self.scopes[key].end or 0
            if (at == last or dated[at + 1][0] > end) and (at == 0 or dated[at - 1][0] < start):
                continue  # nearly always so
            if self.may_cover(key):
                first = bisect_left(dated, start, key=_day)
                found[key] = [inner for _, inner in dated[first : bisect_left(dated, end + 1, first, key=_day)]]
        return found

    def _cover(self, outer: Key, among: Iterable[Key]) -> None:
        """Put a speaker's claims inside another claim of the same speaker that covers them."""
        scopes, covering = self.scopes, self.scopes[outer]
        provinces = covering.provinces
        number, day = self._in_series.get(outer, (-1, 0))
        for inner in among:
            if provinces and scopes[inner].provinces != provinces:
                continue  # nearly always so
            own, own_day = self._in_series.get(inner, (-2, 0))
            if own == number and own_day != day:
                continue  # the earlier one lies inside the later one already; in a long series, these are many pairs
            if inner != outer and scope.lies_within(scopes[inner], covering) and not self._are_disjoint(inner, outer):
                self._put_inside(inner, outer, "covered")

    def may_cover(self, key: Key) -> bool:
        """Say whether a claim is a sum, which can cover numbers that its speaker stated elsewhere."""
        first, *others = self.claims[key].statements
        return first.count in SUMS or any(one.count in SUMS for one in others)


def _relevant(group: Mapping[Key, Figure], context: Context) -> dict[Key, Figure]:
    """Return the figures of a group and the figures linked with them, together with the wholes of both."""
    found = dict(group)
    linked = {event for link in context.links for event in (link.event, link.target)}
    if linked and group:
        subject = next((figure.metric, figure.unit) for figure in group.values())
        for key, figure in context.wholes.items():
            if figure.event in linked and (figure.metric, figure.unit) == subject and figure.count != "none":
                found.setdefault(key, figure)
    for figure in list(found.values()):
        for whole in ancestors(figure, context.wholes) if figure.part_of is not None else ():
            found.setdefault(whole.key, whole)
    return found


def _pair(one: Key, other: Key) -> tuple[Key, Key]:
    return (one, other) if one < other else (other, one)


def _smaller(one: Number | None, other: Number | None) -> Number | None:
    known = [number for number in (one, other) if number is not None]
    return min(known) if known else None


def _capped(low: Number | None, most: Number | None) -> Number | None:
    return low if low is None or most is None else min(low, most)
