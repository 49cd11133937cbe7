"""Which entry lies inside which, and which cannot overlap (rules 7 to 9 of ``docs/honest-numbers.md``).

Sets of entries are whole numbers here: bit *i* stands for entry *i*. Python adds and compares such sets faster than
others, and a table has hundreds of entries at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scamcli.numbers.entries import Entry, Facts
from scamcli.numbers.scope import Scope, have_no_common_day, lies_within, name_different_things, names_lie_within
from scamcli.numbers.scope_sets import ScopeSets


@dataclass(frozen=True)
class Relations:
    """How entries of one metric relate to each other.

    Attributes:
        entries: The entries.
        outside: For each entry, the entries inside which it lies.
        inside: For each entry, the entries that lie inside it.
        may_overlap: For each entry, the entries that may count some of what it counts: all that it is not known to be
            apart from, those inside it and around it included.
    """

    entries: Sequence[Entry]
    outside: Sequence[int]
    inside: Sequence[int]
    may_overlap: Sequence[int]


UNRELATED = Relations((), (), (), ())
"""The relations of no entries."""


def relate(entries: Sequence[Entry], facts: Facts) -> Relations:
    """Return how entries relate to each other."""
    linked = _LinkedEvents(facts)
    outside, apart = _by_scope(entries)
    for i, near in enumerate(_near(entries, linked)):
        outside[i] &= ~near
        apart[i] &= ~near
        for j in members(near & ((1 << i) - 1)):
            one, other = entries[i], entries[j]
            if _lies_inside(one, other, linked):
                outside[i] |= 1 << j
            elif _lies_inside(other, one, linked):
                outside[j] |= 1 << i
            elif _cannot_overlap(one, other, linked):
                apart[i] |= 1 << j
                apart[j] |= 1 << i
    _close(outside)
    _inherit(apart, outside)
    everything = (1 << len(entries)) - 1
    may_overlap = [everything & ~apart[i] & ~(1 << i) for i in range(len(entries))]
    return Relations(entries, outside, _reversed(outside), may_overlap)


def _by_scope(entries: Sequence[Entry]) -> tuple[list[int], list[int]]:
    """Return inside which entries each lies and from which it is apart, by days, place and people alone."""
    scopes = ScopeSets([(1 << i, entry.scope) for i, entry in enumerate(entries)])
    totals = sum(1 << i for i, entry in enumerate(entries) if entry.kind == "total")
    moments = sum(1 << i for i, entry in enumerate(entries) if entry.kind == "moment")
    incidents = ((1 << len(entries)) - 1) & ~totals & ~moments
    alike: dict[object, int] = defaultdict(int)
    for i, entry in enumerate(entries):
        alike[_what_is_stated(entry.scope)] |= 1 << i
    around = [
        0 if moments >> i & 1 else scopes.around(entry.scope) & totals & ~alike[_what_is_stated(entry.scope)]
        for i, entry in enumerate(entries)
    ]
    for i, inner in enumerate(_reversed(around)):  # of two that would lie in each other, the later lies in the earlier
        around[i] &= ~(inner & -1 << i)
    inside, everything = _reversed(around), (1 << len(entries)) - 1
    apart = [
        (everything & ~scopes.overlapping(entry.scope) | (incidents if incidents >> i & 1 else 0))
        & ~(around[i] | inside[i] | 1 << i)
        for i, entry in enumerate(entries)
    ]
    return around, apart


def _near(entries: Sequence[Entry], linked: _LinkedEvents) -> list[int]:
    """Return for each entry those that share an event, a story or a data set with it, or that a link ties to it."""
    of: dict[tuple[str, str | None], int] = defaultdict(int)
    for i, entry in enumerate(entries):
        for what in _belongs_to(entry):
            of[what] |= 1 << i
    near = []
    for i, entry in enumerate(entries):
        found = 0
        for what in [*_belongs_to(entry), *(("event", event) for event in linked.with_(entry))]:
            found |= of.get(what, 0)
        near.append(found & ~(1 << i))
    return near


def _belongs_to(entry: Entry) -> list[tuple[str, str | None]]:
    events, stories = (("event", event) for event in entry.events), (("story", story) for story in entry.stories)
    return [*events, *stories, *([("data set", entry.dataset)] if entry.dataset is not None else [])]


def without_those_inside(entries: Sequence[Entry], totals: Sequence[Entry], facts: Facts) -> list[Entry]:
    """Return entries without those that lie inside one of some totals."""
    linked = _LinkedEvents(facts)
    return [entry for entry in entries if not any(_lies_inside(entry, total, linked) for total in totals)]


def _close(outside: list[int]) -> None:
    """Let what lies inside a part lie inside its whole, too."""
    is_changed = True
    while is_changed:
        is_changed = False
        for i, around in enumerate(outside):
            wider = around
            for j in members(around):
                wider |= outside[j]
            wider &= ~(1 << i)
            if wider != around:
                outside[i] = wider
                is_changed = True


def _inherit(apart: list[int], outside: Sequence[int]) -> None:
    """Let what lies inside an entry be apart from everything that the entry is apart from."""
    own = list(apart)
    for i, around in enumerate(outside):
        for j in members(around):
            apart[i] |= own[j]
    for i, others in enumerate(list(apart)):
        for j in members(others):
            apart[j] |= 1 << i
    for i, around in enumerate(outside):
        apart[i] &= ~around
        for j in members(around):
            apart[j] &= ~(1 << i)


def _reversed(outside: Sequence[int]) -> list[int]:
    inside = [0] * len(outside)
    for i, around in enumerate(outside):
        for j in members(around):
            inside[j] |= 1 << i
    return inside


def members(of: int) -> Iterator[int]:
    """Yield the positions in a set, the lowest first."""
    digits = bin(of)[:1:-1]  # from the lowest bit on; to take bits from the number itself would copy it for each
    position = digits.find("1")
    while position >= 0:
        yield position
        position = digits.find("1", position + 1)


class _LinkedEvents:
    """What links of the types ``distinct`` and ``includes`` say about events."""

    def __init__(self, facts: Facts) -> None:
        self._distinct: dict[str, set[str]] = defaultdict(set)
        self._included: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
        self._tied: dict[str, set[str]] = defaultdict(set)
        for link in facts.links:
            if link.type in {"distinct", "includes"}:
                self._tied[link.event].add(link.target)
                self._tied[link.target].add(link.event)
            if link.type == "distinct":
                self._distinct[link.event].add(link.target)
                self._distinct[link.target].add(link.event)
            elif link.type == "includes" and link.event != link.target:
                self._included[link.event].add((link.target, link.figure))

    def with_(self, entry: Entry) -> set[str]:
        """Return the events that such a link ties to the events of an entry, in either direction."""
        return {other for event in entry.events for other in self._tied.get(event, ())}

    def are_distinct(self, one: Entry, other: Entry) -> bool:
        """Say whether a link says that two entries are about different things."""
        return any(self._distinct.get(event, set()) & other.events for event in one.events)

    def includes(self, total: Entry, part: Entry) -> bool:
        """Say whether a link says that an entry includes another one."""
        targets = {target for event in total.events for target in self._included.get(event, ())}
        return bool(targets) and any((event, None) in targets or (event, id_) in targets for event, id_ in part.keys)


def _lies_inside(inner: Entry, total: Entry, linked: _LinkedEvents) -> bool:
    """Say whether an entry lies inside another one (rule 7)."""
    if inner.kind == "moment" or total.kind == "moment" or linked.are_distinct(inner, total):
        return False
    if _are_rows_of_one_data_set(inner, total):
        return False
    if inner.wholes and inner.wholes & total.keys:
        return True
    if (total.wholes and total.wholes & inner.keys) or inner.split_values & total.split_values:
        return False
    if linked.includes(total, inner):
        return not name_different_things(inner.scope, total.scope)
    if are_in_different_parts(inner, total) or _have_equal_scopes(inner, total):
        return False
    if total.kind == "total":
        return lies_within(inner.scope, total.scope)
    return _is_total_of_its_event(total, inner)


def _are_rows_of_one_data_set(one: Entry, other: Entry) -> bool:
    """Say whether two entries are of different rows of a data set that is declared to have different incidents."""
    return one.dataset is not None and one.dataset == other.dataset and one.stories.isdisjoint(other.stories)


def _is_total_of_its_event(total: Entry, inner: Entry) -> bool:
    """Say whether a number has a wider scope than another number of the same event, so that it is their total."""
    return (
        inner.kind == "incident"
        and bool(total.events & inner.events)
        and not total.wholes
        and not inner.wholes
        and names_lie_within(inner.scope, total.scope)
        and _is_on_days_of(inner.scope, total.scope)
    )


def _is_on_days_of(inner: Scope, total: Scope) -> bool:
    if (inner.days, inner.start, inner.end) == (total.days, total.start, total.end):
        return True
    return lies_within(inner, total)


def _have_equal_scopes(one: Entry, other: Entry) -> bool:
    return _what_is_stated(one.scope) == _what_is_stated(other.scope)


def _what_is_stated(scope: Scope) -> tuple[object, ...]:
    names = scope.countries, scope.places, scope.nationalities, scope.groups
    return scope.start, scope.end, scope.days, names


def are_in_different_parts(one: Entry, other: Entry) -> bool:
    """Say whether two entries have different values in the declared split of one whole."""
    values = dict(one.split_values)
    return any(whole in values and values[whole] != value for whole, value in other.split_values)


def _cannot_overlap(one: Entry, other: Entry, linked: _LinkedEvents) -> bool:
    """Say whether two entries cannot count the same (rules 8 and 9)."""
    if have_no_common_day(one.scope, other.scope) or name_different_things(one.scope, other.scope):
        return True
    if are_in_different_parts(one, other) or linked.are_distinct(one, other):
        return True
    if _are_rows_of_one_data_set(one, other):
        return True
    is_included = linked.includes(one, other) or linked.includes(other, one)
    return one.kind == other.kind == "incident" and one.stories.isdisjoint(other.stories) and not is_included
