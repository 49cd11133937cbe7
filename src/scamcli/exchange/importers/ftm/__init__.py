"""FollowTheMoney entities in, from an export of ours, from Aleph, OpenSanctions or elsewhere: JSON lines.

People, companies and other bodies are actors, real estate is sites, events are events. Memberships, ownership, links
and articles say more of them; all else is counted as left out. FollowTheMoney itself is not needed to read them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.exchange.importers import Part
from scamcli.exchange.importers.ftm import records
from scamcli.exchange.importers.ftm.edges import ACTORS, Edges
from scamcli.exchange.importers.ftm.entity import Entity, entities, is_ftm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["is_ftm", "read"]

_MAKERS = {
    **dict.fromkeys([*ACTORS, "LegalEntity"], records.actor),
    "RealEstate": records.site,
    "Event": records.event,
}


def read(path: Path) -> Part:
    """The records of a file, which is read three times: an edge can stand before what it ties.

    Raises:
        DataError: the file cannot be read to its end, once the rows are gone through.
    """
    left_out = Counter[str]()
    return Part(str(path), _rows(path, left_out), left_out=left_out)


def _rows(path: Path, left_out: Counter[str]) -> Iterator[tuple[int, dict[str, Any] | DataError]]:
    edges = Edges(left_out)
    for number, entity in _once(path):
        if isinstance(entity, DataError):
            edges.refuse(number, entity)
        else:
            edges.learn(entity)
    for number, entity in entities(path):
        if isinstance(entity, Entity) and edges.wrong(number) is None:
            edges.tie(entity)
    for number, entity in entities(path):
        wrong = edges.wrong(number)
        if wrong is not None:
            yield number, wrong
        elif isinstance(entity, Entity) and entity.schema in _MAKERS:
            yield number, _made(entity, edges)
    edges.count_unused()


def _once(path: Path) -> Iterator[tuple[int, Entity | DataError]]:
    """The entities; one that comes again is an error: which of its values would count?"""
    lines: dict[str, int] = {}
    for number, entity in entities(path):
        if isinstance(entity, Entity) and lines.setdefault(entity.id, number) != number:
            message = f"the entity {entity.id[:80]!r} stands on line {lines[entity.id]} already"
            yield number, DataError(message, "`ftm aggregate` joins what is said of one entity")
        else:
            yield number, entity


def _made(entity: Entity, edges: Edges) -> dict[str, Any] | DataError:
    try:
        record = _MAKERS[entity.schema](entity, edges)
    except DataError as error:
        return error
    entity.count_left(edges.left_out)
    return record
