"""Find figures that may count the same occurrences because links or suspicions connect their events.

A link or a suspicion about one figure concerns the others of its event, too. Say one event has 45 people freed, 12 of
them women, and another event corrects the 12. Then both are about one raid, and their numbers must not be added up.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING

from scamcli.figures.ancestry import ancestors
from scamcli.figures.claims import RESTATING
from scamcli.figures.disjoint_sets import DisjointSets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scamcli.figures.context import Context
    from scamcli.figures.records import Figure, Key

MAY_BE_SAME = (*RESTATING, "includes")
"""Types of link between events whose numbers may be the same even though their dates differ."""


def pairs(figures: Mapping[Key, Figure], context: Context) -> Iterator[tuple[Key, Key]]:
    """Yield pairs of figures of different events that may count the same occurrences, some of them more than once.

    Args:
        figures: Resolved figures by key.
        context: The links and suspicions between their events, and their wholes.
    """
    of_event: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures.values():
        of_event[figure.event].append(figure)
    for one, other in context.suspected:
        if one[0] in of_event and other[0] in of_event:
            yield from _incidents(of_event[one[0]], of_event[other[0]])
            yield from product(_family(one, of_event[one[0]], context), _family(other, of_event[other[0]], context))
    for link in context.links:
        if link.type in MAY_BE_SAME and link.event in of_event and link.target in of_event:
            own, others = of_event[link.event], of_event[link.target]
            named = _keys(others) if link.figure is None else _family((link.target, link.figure), others, context)
            yield from product(_keys(own), named)
            yield from _incidents(own, others)
    for events in _of_one_incident(context):
        for one_event, other_event in combinations(sorted(events & of_event.keys()), 2):
            yield from _incidents(of_event[one_event], of_event[other_event])


def _keys(figures: Sequence[Figure]) -> list[Key]:
    return [figure.key for figure in figures]


def _incidents(some: Sequence[Figure], others: Sequence[Figure]) -> Iterator[tuple[Key, Key]]:
    own, theirs = (_keys([one for one in figures if one.count == "incident"]) for figures in (some, others))
    return product(own, theirs)


def _family(key: Key, figures: Sequence[Figure], context: Context) -> list[Key]:
    """Return those figures of an event that have the same topmost whole as one of its figures."""
    own = context.wholes.get(key)
    if own is None or (own.part_of is None and all(figure.part_of is None for figure in figures)):
        return [key]
    top = _top(own, context)
    return [figure.key for figure in figures if _top(figure, context) == top]


def _top(figure: Figure, context: Context) -> Key:
    return (ancestors(figure, context.wholes) or [figure])[-1].key


def _of_one_incident(context: Context) -> list[set[str]]:
    """Return the sets of events that links between whole events say to restate each other, directly or not."""
    joined = DisjointSets[str]()
    for link in context.links:
        if link.type in RESTATING and link.figure is None:
            joined.join(link.event, link.target)
    classes: dict[str, set[str]] = defaultdict(set)
    for event in joined.nodes:
        classes[joined.root(event)].add(event)
    return [events for events in classes.values() if len(events) > 2]
