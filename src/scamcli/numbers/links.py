"""Which statements links make one entry, and what else links and suspicions say about events (rule 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from scamcli.language.wording.bounds import Bounds
from scamcli.numbers.records import Figure, Key, Link
from scamcli.numbers.scope import normalise_words, people

REPLACING = ("corrects", "updates")
"""Types of link by which a later statement replaces an earlier one."""

JOINING = ("repeats", "disputes", *REPLACING)
"""Types of link that say that two events are about the same."""

RELATING = frozenset({*JOINING, "distinct", "includes"})
"""Types of link that affect numbers."""

Node = TypeVar("Node", bound=Hashable)


class DisjointSets(Generic[Node]):
    """Sets that are joined one pair at a time, each with a representative."""

    def __init__(self) -> None:
        self._above: dict[Node, Node] = {}

    def root(self, node: Node) -> Node:
        """Return the representative of the set of a node."""
        above = self._above
        while (parent := above.get(node, node)) != node:
            above[node] = above.get(parent, parent)  # halves the path for the next search
            node = above[node]
        return node

    def join(self, one: Node, other: Node) -> None:
        """Join the sets of two nodes."""
        self._above.setdefault(one, one)
        self._above.setdefault(other, other)
        self._above[self.root(other)] = self.root(one)

    @property
    def nodes(self) -> Iterable[Node]:
        """The nodes that were joined with others."""
        return tuple(self._above)


class Joined:
    """Which statements are about the same, by links.

    Args:
        figures: Resolved figures of one metric and unit by key.
        links: The links between their events.

    Attributes:
        statements: The sets of statements that links join.
        stories: The sets of events that links join.
        replaces: The statements that each statement corrects or updates.
        updates: Pairs of a statement and an earlier one that it updates.
        replaced: The statements that another one corrects or updates.
        disputed: The statements that another event disputes, whether or not it gives a number of its own.
    """

    def __init__(self, figures: Mapping[Key, Figure], links: Sequence[Link]) -> None:
        self._of_event: dict[str, list[Figure]] = defaultdict(list)
        for figure in figures.values():
            self._of_event[figure.event].append(figure)
        self.statements = DisjointSets[Key]()
        self.stories = DisjointSets[str]()
        self.replaces: dict[Key, list[Key]] = defaultdict(list)
        self.updates: set[tuple[Key, Key]] = set()
        self.replaced: set[Key] = set()
        self.disputed: set[Key] = set()
        self._events_of: dict[Key, set[str]] = {}
        for link in links:
            if link.type in JOINING and link.event != link.target:
                self._follow(link)

    def _follow(self, link: Link) -> None:
        self.stories.join(link.target, link.event)
        pairs = pairs_of_link(link, self._of_event.get(link.event, ()), self._of_event.get(link.target, ()))
        for own, other in pairs:
            if not self._join(own.key, other.key):
                continue
            if link.type in REPLACING:
                self.replaces[own.key].append(other.key)
                if link.type == "updates":
                    self.updates.add((own.key, other.key))
                self.replaced.add(other.key)
            if link.type == "disputes":
                self.disputed.add(other.key)
        if link.type == "disputes" and not pairs:
            self.disputed.update(self._disputed_without_number(link))

    def _join(self, one: Key, other: Key) -> bool:
        """Join two statements, unless that would make two numbers of one event the same."""
        first, second = (self._events_of.setdefault(self.statements.root(key), {key[0]}) for key in (one, other))
        if self.statements.root(one) == self.statements.root(other):
            return True
        if first & second:
            return False
        self.statements.join(one, other)
        self._events_of[self.statements.root(one)] = first | second
        return True

    def _disputed_without_number(self, link: Link) -> list[Key]:
        """Return the numbers that an event disputes without a number of its own that would be joined to them."""
        if link.figure is not None:
            return [figure.key for figure in self._of_event.get(link.target, ()) if figure.id == link.figure]
        if self._of_event.get(link.event):
            return []
        return [figure.key for figure in self._of_event.get(link.target, ())]


def pairs_of_link(link: Link, own: Sequence[Figure], others: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Return the pairs of numbers of one metric and unit that a link between two events joins.

    Numbers of equal scope are joined first, then the only one that is left on each side; parts of other numbers are
    left out if there is one that is not a part. Numbers of different nationalities are joined only by a link that
    names the figure, or by a correction: the nationality may be what it corrects. If several are left, nothing says
    which of them are meant.

    Args:
        link: The link. It may name a figure of its target.
        own: The numbers of the event that has the link.
        others: The numbers of its target.
    """
    targets = [figure for figure in others if link.figure in {None, figure.id}]
    left = list(own)
    found: list[tuple[Figure, Figure]] = []
    for what_is_equal in (_place_people_and_days, _place_and_people, _people_only):
        found += _take_pairs(left, targets, what_is_equal)
    left, targets = _without_parts(left), _without_parts(targets)
    if len(left) == len(targets) == 1:
        is_named = link.figure is not None or link.type == "corrects"
        if is_named or _may_be_one_people(left[0], targets[0]):
            found.append((left[0], targets[0]))
    return found


def _without_parts(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that are not parts of another one, or all of them if all are parts."""
    return [figure for figure in figures if figure.part_of is None] or list(figures)


def _take_pairs(
    own: list[Figure], others: list[Figure], what_is_equal: Callable[[Figure], object]
) -> list[tuple[Figure, Figure]]:
    """Remove pairs of figures from two lists, and return them.

    Only figures that are equal in something are paired: first those with equal numbers, and then, if one is left on
    each side, these two.
    """
    found: list[tuple[Figure, Figure]] = []
    for value in dict.fromkeys(what_is_equal(figure) for figure in own):
        mine = [figure for figure in own if what_is_equal(figure) == value]
        theirs = [figure for figure in others if what_is_equal(figure) == value]
        pairs = _equal_numbers(mine, theirs)
        rest_of_mine = [figure for figure in mine if all(figure is not one for one, _ in pairs)]
        rest_of_theirs = [figure for figure in theirs if all(figure is not other for _, other in pairs)]
        if len(rest_of_mine) == len(rest_of_theirs) == 1:
            pairs.append((rest_of_mine[0], rest_of_theirs[0]))
        for one, other in pairs:
            own.remove(one)
            others.remove(other)
        found += pairs
    return found


def _equal_numbers(mine: Sequence[Figure], theirs: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    by_number: dict[Bounds, list[Figure]] = defaultdict(list)
    for other in theirs:
        by_number[other.bounds].append(other)
    return [(one, by_number[one.bounds].pop(0)) for one in mine if by_number[one.bounds]]


def _place_people_and_days(figure: Figure) -> object:
    return figure.period, _place_and_people(figure)


def _place_and_people(figure: Figure) -> object:
    return figure.country, figure.province, _people_only(figure)


def _people_only(figure: Figure) -> object:
    nationality = None if figure.nationality is None else people(figure.nationality)
    group = None if figure.group is None else normalise_words(figure.group)
    return nationality, group


def _may_be_one_people(one: Figure, other: Figure) -> bool:
    if one.nationality is None or other.nationality is None:
        return True
    return people(one.nationality) == people(other.nationality)
