"""Divide a context into independent components, so that a group needs only those that concern it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scamcli.figures import series
from scamcli.figures.claims import resolve_all, statement
from scamcli.figures.disjoint_sets import DisjointSets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scamcli.figures.records import Figure, Key, Link

Node = str | tuple[object, ...]
"""An event, or what is equal in figures that may be the same claim or statements of the same running total."""

Part = tuple[dict["Key", "Figure"], list["Link"], list[tuple["Key", "Key"]]]
"""Figures, links and suspected pairs."""


class Components:
    """The connected components of the figures, links and suspected pairs around groups of figures.

    Links and suspicions connect events. Figures that state the same thing and statements of one running total connect
    theirs, too, wherever they are.
    """

    def __init__(
        self, wholes: Mapping[Key, Figure], links: Sequence[Link], suspected: Sequence[tuple[Key, Key]]
    ) -> None:
        self._wholes = wholes
        self._joined = DisjointSets[Node]()
        for link in links:
            self._joined.join(link.event, link.target)
        for one, other in suspected:
            self._joined.join(one[0], other[0])
        for figure in resolve_all(wholes, wholes).values():
            for node in (figure.event, *_alike(figure)):
                self._joined.join(figure.event, node)
        self._parts: dict[Node, Part] = defaultdict(lambda: ({}, [], []))
        for key, figure in wholes.items():
            self._parts[self._joined.root(key[0])][0][key] = figure
        for link in links:
            self._parts[self._joined.root(link.event)][1].append(link)
        for pair in suspected:
            self._parts[self._joined.root(pair[0][0])][2].append(pair)

    def around(self, group: Sequence[Figure]) -> Part:
        """Return the figures, links and suspected pairs that the total of a group depends on."""
        known = self._joined.nodes
        sums = {figure.key: figure for figure in group if figure.count != "incident"}
        nodes = known & {figure.event for figure in group}
        nodes |= known & {node for one in resolve_all(sums, self._wholes).values() for node in _alike(one)}
        parts = [self._parts[root] for root in dict.fromkeys(map(self._joined.root, sorted(nodes, key=str)))]
        wholes = {key: figure for part in parts for key, figure in part[0].items()}
        return wholes, [link for part in parts for link in part[1]], [pair for part in parts for pair in part[2]]


def _alike(figure: Figure) -> Iterator[Node]:
    """Yield what connects a figure with figures of other events without a link; nothing connects an incident so."""
    stated = statement(figure)
    if stated is not None:
        yield "statement", *stated
    if figure.count == "cumulative":
        yield "series", *series.subject(figure)
