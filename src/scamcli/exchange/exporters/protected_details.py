"""What exports that are made to be published leave out of protected actors, besides their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scamcli.exchange.exporters.dump import Record


def bodies_of_protected(actors: Iterable[Record]) -> set[str]:
    """The bodies that protected actors belong to: one that nothing else names would tell who they are."""
    return {body for actor in actors if actor["protected"] for body in actor["member_of"]}
