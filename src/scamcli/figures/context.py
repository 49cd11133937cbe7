"""What the arithmetic needs besides the figures of a group, and what it computes once for all groups of a table."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures.records import Figure, Key, Link, key_of

if TYPE_CHECKING:
    from scamcli.figures.claims import Claims
    from scamcli.figures.components import Components
    from scamcli.figures.scope import Scopes

RELATING = frozenset({"repeats", "disputes", "corrects", "distinct", "includes"})
"""Types of link that affect totals."""


class _Around(NamedTuple):
    wholes: Mapping[Key, Figure]
    links: Sequence[Link] = ()
    suspected: Collection[tuple[Key, Key]] = ()
    sizes: Mapping[Key, int] | None = None


class Context(_Around):
    """What the arithmetic needs besides the figures of a group. All groups of a table share it.

    Attributes:
        wholes: All figures of the group's events and of the events linked with them, by key.
        links: The links between these events, of any type.
        suspected: Pairs of figures that may count the same incident; see `scamcli.figures.suspicion`.
        sizes: For each figure that is the sum of several plain incidents, how many there are.
    """

    def size(self, figures: Collection[Figure]) -> int:
        """Return how many figures these are, counting the incidents of a sum."""
        sizes = self.sizes
        return len(figures) if sizes is None else sum(sizes.get(key_of(figure), 1) for figure in figures)

    def around(self, group: Sequence[Figure]) -> "Context":
        """Return the part of this context that the total of a group depends on."""
        if not self.links and not self.suspected:
            return self
        part = self._components.around(group)
        found = Context(*part, self.sizes)
        vars(found).update(scopes=self.scopes, alone=self.alone)  # a figure is in several groups of a table
        return found

    @cached_property
    def _components(self) -> "Components":
        from scamcli.figures.components import Components  # here, because many tables have no links

        return Components(self.wholes, self.links, sorted(self.suspected))

    @cached_property
    def scopes(self) -> "Scopes":
        """The scopes of figures that were computed so far."""
        return {}

    @cached_property
    def alone(self) -> "Claims":
        """The claims of single figures that were made so far."""
        return {}

    @cached_property
    def implied(self) -> Mapping[Key, Figure]:
        """The figures whose families narrow their bounds, with the narrower bounds."""
        families: dict[str, list[Figure]] = {one.event: [] for one in self.wholes.values() if one.part_of is not None}
        if not families:
            return {}
        from scamcli.figures.propagation import propagate_event, with_implied  # here, because few groups have families

        for figure in self.wholes.values():
            if figure.event in families:
                families[figure.event].append(figure)
        found: dict[Key, Figure] = {}
        for figures in families.values():
            narrowed = with_implied(figures, propagate_event(figures).intervals)
            found |= {one.key: other for one, other in zip(figures, narrowed, strict=True) if one != other}
        return found

    @cached_property
    def corrected(self) -> frozenset[Key]:
        """The figures that another event corrects."""
        if not any(link.type == "corrects" for link in self.links):
            return frozenset()
        from scamcli.figures.claims import resolve_all, restate  # here, because few timelines have corrections

        return restate(resolve_all(self.wholes, self.wholes), self.links).corrected

    @cached_property
    def linked(self) -> frozenset[str]:
        """The events with a link that affects totals."""
        return frozenset(event for link in self.links if link.type in RELATING for event in (link.event, link.target))

    @cached_property
    def suspected_with(self) -> Mapping[str, set[str]]:
        """For each event with a suspected figure, the events that it may duplicate."""
        found: dict[str, set[str]] = {}
        for (one, _), (other, _) in self.suspected:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return found

    @cached_property
    def suspected_events(self) -> frozenset[str]:
        """The events of the suspected figures."""
        return frozenset(self.suspected_with)

    @cached_property
    def concerned(self) -> frozenset[str]:
        """The events that a link or a suspicion concerns."""
        return self.linked | self.suspected_events
