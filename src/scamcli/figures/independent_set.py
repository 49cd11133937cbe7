"""Find the heaviest set of nodes in a graph that contains no two neighbours.

A node is a claim, its weight is the claim's low, and neighbours are claims that may count the same occurrences. The
result is a maximum weight independent set. Each connected part of the graph is reduced by steps that keep the answer
exact, and what remains is searched by branch and bound. The reductions alone solve every chordal graph, such as periods
that overlap, or one total that covers many incidents:

- Nodes that are not neighbours but have the same neighbours are joined into one node, whose weight is their sum.
- Neighbours that share all their other neighbours are reduced to the heaviest of them.
- If all neighbours of a node are neighbours of each other, the set can contain only one of these nodes. The node is
  taken, and its weight is subtracted from each neighbour's weight, so that a neighbour replaces it only if that adds
  something (Frank, "Some polynomial algorithms for certain graphs and hypergraphs", 1975).

The search stops after `MOST_STEPS` steps. The answer is then the best set found so far: it still contains no two
neighbours, but it may not be the heaviest. A graph with n nodes and m edges takes O(n + m) memory.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scamcli.language.wording.bounds import Number

MOST_STEPS = 20_000
"""Steps of a search. On random groups of up to 40 claims, 99 of 100 searches need fewer than a tenth of them."""

LARGEST_CLIQUE = 60
"""The largest number of neighbours that are compared with each other to see whether all of them are neighbours."""


def heaviest(weights: Sequence[Number], neighbours: Sequence[set[int]]) -> tuple[list[int], bool]:
    """Return the heaviest set of nodes that contains no two neighbours, or the best one found within the limit.

    The nodes are in ascending order, and with them is whether the set is proved to be the heaviest.

    Args:
        weights: The weight of each node. A node without a positive weight is never taken.
        neighbours: The neighbours of each node. The relation is symmetric, and no node is its own neighbour.
    """
    nodes = {node for node, weight in enumerate(weights) if weight > 0}
    around = dict(enumerate(neighbours))
    chosen: set[int] = set()
    is_exact = True
    for part in _connected(nodes, around):
        if len(part) > 1:
            reduced = _Part({node: weights[node] for node in part}, {node: around[node] & part for node in part})
            part = reduced.solve()
            is_exact &= reduced.is_exact
        chosen |= part
    return sorted(chosen), is_exact


def _connected(nodes: set[int], neighbours: Mapping[int, set[int]]) -> Iterator[set[int]]:
    left = set(nodes)
    for first in sorted(nodes):
        if first not in left:
            continue
        left.discard(first)
        part, waiting = {first}, [first]
        while waiting:
            reached = neighbours[waiting.pop()] & left
            left -= reached
            part |= reached
            waiting.extend(reached)
        yield part


class _Part:
    """A connected part of the graph while it is reduced.

    ``_members`` has the original nodes of each joined node. ``_transfers`` has the nodes whose weight was subtracted
    from their neighbours' weights, each with these neighbours: such a node is in the set if none of them is.
    ``is_exact`` says whether the search was completed.
    """

    def __init__(self, weights: dict[int, Number], neighbours: dict[int, set[int]]) -> None:
        self.is_exact = True
        self._weights = weights
        self._neighbours = neighbours
        self._members: dict[int, list[int]] = {node: [node] for node in weights}
        self._transfers: list[tuple[int, set[int]]] = []

    def solve(self) -> set[int]:
        """Return the heaviest set of the original nodes."""
        self._join_twins()
        self._take_simplicial()
        chosen: set[int] = set()
        for part in _connected(set(self._weights), self._neighbours):
            found, is_exact = _search(part, self._weights, self._neighbours)
            chosen |= found
            self.is_exact &= is_exact
        for node, around in reversed(self._transfers):
            if chosen.isdisjoint(around):
                chosen.add(node)
        return {member for node in chosen for member in self._members[node]}

    def _join_twins(self) -> None:
        """Join nodes with the same neighbours repeatedly, because joins can give other nodes the same neighbours."""
        before = len(self._weights) + 1
        while len(self._weights) < before:
            before = len(self._weights)
            for same in self._alike(is_closed=False):
                first, *others = same
                self._weights[first] += sum(self._weights[other] for other in others)
                for other in others:
                    self._members[first] += self._members[other]
                    self._remove(other)
            for same in self._alike(is_closed=True):
                heaviest_one = max(same, key=lambda node: (self._weights[node], -node))
                for other in same:
                    if other != heaviest_one:
                        self._remove(other)

    def _alike(self, *, is_closed: bool) -> list[list[int]]:
        alike: dict[frozenset[int], list[int]] = defaultdict(list)
        for node in sorted(self._weights):
            around = self._neighbours[node]
            alike[frozenset(around | {node} if is_closed else around)].append(node)
        return [nodes for nodes in alike.values() if len(nodes) > 1]

    def _take_simplicial(self) -> None:
        waiting = sorted(self._weights, key=lambda node: (len(self._neighbours[node]), node), reverse=True)
        while waiting:
            node = waiting.pop()
            if node not in self._weights or not self._is_simplicial(node):
                continue
            around, weight = set(self._neighbours[node]), self._weights[node]
            self._transfers.append((node, around))
            self._remove(node)
            changed: set[int] = set()
            for other in around:
                if self._weights[other] > weight:
                    self._weights[other] -= weight
                else:
                    changed |= self._neighbours[other]
                    self._remove(other)
            waiting.extend(sorted(changed | around))

    def _is_simplicial(self, node: int) -> bool:
        around = self._neighbours[node]
        return len(around) <= LARGEST_CLIQUE and all(
            len(around & self._neighbours[other]) == len(around) - 1 for other in around
        )

    def _remove(self, node: int) -> None:
        del self._weights[node]
        for other in self._neighbours.pop(node):
            self._neighbours[other].discard(node)


def _search(part: set[int], weights: Mapping[int, Number], neighbours: Mapping[int, set[int]]) -> tuple[set[int], bool]:
    """Search a part by branch and bound, starting from a greedy set; return the best set and whether it is proved."""
    order = sorted(part, key=lambda node: (-weights[node], node))
    best = _greedy(order, weights, neighbours)
    most = sum(weights[node] for node in best)
    stack: list[tuple[set[int], set[int], Number]] = [(set(), set(part), 0)]
    for _ in range(MOST_STEPS):
        if not stack:
            break
        taken, left, value = stack.pop()
        if not left:
            if value > most:
                best, most = taken, value
            continue
        if value + _bound(left, weights, neighbours) <= most:
            continue
        node = max(left, key=lambda one: (len(neighbours[one] & left), weights[one], -one))
        stack.append((taken, left - {node}, value))
        stack.append((taken | {node}, left - {node} - neighbours[node], value + weights[node]))
    return best, not stack


def _greedy(order: Sequence[int], weights: Mapping[int, Number], neighbours: Mapping[int, set[int]]) -> set[int]:
    by_share = sorted(order, key=lambda node: (-weights[node] / (len(neighbours[node]) + 1), node))
    found: list[set[int]] = []
    for sequence in (order, by_share):
        taken: set[int] = set()
        for node in sequence:
            if taken.isdisjoint(neighbours[node]):
                taken.add(node)
        found.append(taken)
    return max(found, key=lambda taken: sum(weights[node] for node in taken))


def _bound(left: set[int], weights: Mapping[int, Number], neighbours: Mapping[int, set[int]]) -> Number:
    """Return an upper bound for any set: the sum of the heaviest node of each clique in a cover of the nodes left."""
    bound: Number = 0
    uncovered = set(left)
    for node in sorted(left, key=lambda one: (-weights[one], one)):
        if node not in uncovered:
            continue
        bound += weights[node]
        clique_with = neighbours[node] & uncovered
        uncovered.discard(node)
        while clique_with:
            other = min(clique_with)
            uncovered.discard(other)
            clique_with = clique_with & neighbours[other]
    return bound
