"""Read FollowTheMoney entities as JSON lines, exported by scamcli, Aleph, OpenSanctions or others.

People, companies and other bodies become actors, real estate becomes sites, and events stay events. Memberships,
ownership, links and articles add details to them. Everything else is counted as left out. The FollowTheMoney library is
not needed.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scamcli.errors import DataError, quote
from scamcli.exchange.importers import Part
from scamcli.exchange.importers.ftm import records
from scamcli.exchange.importers.ftm.edges import ACTORS, Edges
from scamcli.exchange.importers.ftm.entity import Entity, entities, is_ftm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scamcli.records.types import JsonObject

__all__ = ["is_ftm", "read"]

_BUILDERS = {
    **dict.fromkeys([*ACTORS, "LegalEntity"], records.actor),
    "RealEstate": records.site,
    "Event": records.event,
}


def read(path: Path) -> Part:
    """Return the records of a file.

    The file is read three times, because an edge can come before the entities that it connects.

    Raises:
        DataError: the file cannot be read to its end. This is raised while the rows are read.
    """
    left_out = Counter[str]()

    def notices() -> list[str]:
        return [f"{path}: Left out: {what} ({number:,})." for what, number in left_out.items()]

    return Part(str(path), _rows(path, left_out), notices=notices)


def _rows(path: Path, left_out: Counter[str]) -> Iterator[tuple[int, JsonObject | DataError]]:
    edges = Edges(left_out)
    _learn(path, edges)
    for number, entity in entities(path):
        if isinstance(entity, Entity) and number not in edges.errors:
            edges.connect(entity)
    for number, entity in entities(path):
        if number in edges.errors:
            yield number, edges.errors[number]
        elif isinstance(entity, Entity) and entity.schema in _BUILDERS:
            yield number, _record(entity, edges)
    edges.count_unused()


def _learn(path: Path, edges: Edges) -> None:
    lines: dict[str, int] = {}
    for number, entity in entities(path):
        if isinstance(entity, DataError):
            edges.errors[number] = entity
        elif lines.setdefault(entity.id, number) == number:
            edges.learn(entity)
        else:  # because it is unclear which of the values would count
            message = f"The entity {quote(entity.id[:80])} is already on line {lines[entity.id]}."
            edges.errors[number] = DataError(message, "`ftm aggregate` joins the statements about one entity.")


def _record(entity: Entity, edges: Edges) -> JsonObject | DataError:
    try:
        record = _BUILDERS[entity.schema](entity, edges)
    except DataError as error:
        return error
    entity.count_left(edges.left_out)
    return record
