"""Join nodes into disjoint sets (union-find, with path halving)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import KeysView

NodeT = TypeVar("NodeT")


class DisjointSets(Generic[NodeT]):
    """Sets of nodes. One node of each set is its name. A node that was never joined is alone in its set."""

    def __init__(self) -> None:
        self._above: dict[NodeT, NodeT] = {}

    @property
    def nodes(self) -> KeysView[NodeT]:
        """The nodes that were asked for or joined."""
        return self._above.keys()

    def root(self, node: NodeT) -> NodeT:
        """Return the node that names the set of a node."""
        above = self._above
        while (parent := above.setdefault(node, node)) != node:
            above[node] = above[parent]  # so that later searches are shorter
            node = parent
        return node

    def join(self, one: NodeT, other: NodeT) -> None:
        """Make the sets of two nodes one."""
        self._above[self.root(one)] = self.root(other)
