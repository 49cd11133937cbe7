"""Divide a context into components that do not depend on each other, so that small groups need only a small context."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

from scamcli.figures.claims import normalise_words
from scamcli.figures.context import Context
from scamcli.figures.records import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scamcli.figures.records import Key, Link

Node = str | tuple[str | None]
"""An event, or a speaker in a tuple."""

_event_of = itemgetter(Figure._fields.index("event"))


class Components:
    """The connected components of a context.

    Links and suspicions connect events. The sums of one speaker are connected, because they may be the same claim or
    the same running total, wherever they were stated.
    """

    def __init__(self, context: Context) -> None:
        self._above: dict[Node, Node] = {}
        for link in context.links:
            self._join(link.event, link.target)
        for one, other in context.suspected:
            self._join(one[0], other[0])
        for figure in context.wholes.values():
            for node in _nodes(figure):
                self._join(figure.event, node)
        wholes: dict[Node, dict[Key, Figure]] = defaultdict(dict)
        links: dict[Node, list[Link]] = defaultdict(list)
        suspected: dict[Node, list[tuple[Key, Key]]] = defaultdict(list)
        for key, figure in context.wholes.items():
            wholes[self._root(key[0])][key] = figure
        for link in context.links:
            links[self._root(link.event)].append(link)
        for pair in context.suspected:
            suspected[self._root(pair[0][0])].append(pair)
        self._contexts = {
            root: Context(wholes[root], links[root], suspected[root])
            for root in dict.fromkeys([*wholes, *links, *suspected])
        }

    def around(self, incidents: Iterable[Figure]) -> Context:
        """Return the part of the context that the total of some incidents depends on: it is the same in both."""
        events = sorted(self._above.keys() & set(map(_event_of, incidents)))
        found = [self._contexts[root] for root in dict.fromkeys(map(self._root, events)) if root in self._contexts]
        if len(found) == 1:
            return found[0]
        wholes = {key: figure for one in found for key, figure in one.wholes.items()}
        links = [link for one in found for link in one.links]
        return Context(wholes, links, [pair for one in found for pair in one.suspected])

    def _root(self, node: Node) -> Node:
        above = self._above
        while (parent := above.setdefault(node, node)) != node:
            above[node] = above[parent]  # so that later searches are shorter
            node = parent
        return node

    def _join(self, one: Node, other: Node) -> None:
        self._above[self._root(one)] = self._root(other)


def _nodes(figure: Figure) -> Iterator[Node]:
    yield figure.event
    if figure.count != "incident" and figure.stated_by is not None:
        yield (normalise_words(figure.stated_by),)
