"""The merge itself, in its order: who is who, then the events, then who is named by none any more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from scamcli.merge.timelines.diff import Differing
from scamcli.merge.timelines.entities import EntityUnion
from scamcli.merge.timelines.events import EventUnion
from scamcli.merge.timelines.record_pairs import Pairs
from scamcli.merge.timelines.report import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.merge.timelines.other_timeline import Other
    from scamcli.merge.timelines.report import Decide
    from scamcli.store.writer import Writer


class How(NamedTuple):
    """How to merge.

    Attributes:
        base: what both began with, where no history tells.
        decide: who decides conflicts, given as they may be printed; ``None``: nobody, and ours stays.
        include_protected: whether they are given with the names of protected actors.
        progress: told how much of what is new was taken in.
    """

    base: Other | None = None
    decide: Decide | None = None
    include_protected: bool = False
    progress: Callable[[int, int], None] = lambda done, whole: None


def unite(writer: Writer, other: Other, how: How = How()) -> Told:  # noqa: B008 - it never changes
    """Bring another timeline into this one, inside the writer's transaction.

    Returns:
        What there is to tell.

    Raises:
        DataError: something in it cannot be taken.
    """
    pairs = Pairs(writer, other, how.base)
    told = Told(writer, other, how.decide, plain=how.include_protected)
    entities = EntityUnion(pairs, told)
    entities.bring_in()
    EventUnion(pairs, told).bring_in(how.progress)
    entities.bring_back()
    entities.take_out()
    return told


_TOUCHED = (
    "FROM change_record r LEFT JOIN event e ON r.type = 'event' AND e.id = r.name"
    " LEFT JOIN term t ON r.type <> 'event' AND t.type = r.type AND t.name = r.name"
    " WHERE r.change = ? AND coalesce(e.record, t.record) IS NOT r.before"
)


def counted(writer: Writer) -> dict[str, int]:
    """How many records this change has added, changed and removed."""
    row = writer.connection.execute(
        "SELECT count(*) FILTER (WHERE r.before IS NULL), count(*),"
        f" count(*) FILTER (WHERE coalesce(e.record, t.record) IS NULL) {_TOUCHED}",
        [writer.history.number],
    ).fetchone()
    added, every, removed = row
    return {"added": added, "changed": every - added - removed, "removed": removed}


def touched(writer: Writer, told: Told) -> Iterator[Differing]:
    """The records that this change has added, changed or removed, as they may be printed."""
    sql = f"SELECT r.type, r.before, coalesce(e.record, t.record) {_TOUCHED} ORDER BY r.type, r.name"
    for type_, before, after in writer.connection.execute(sql, [writer.history.number]):
        yield Differing(type_, *(told.shown_record(json.loads(text)) if text else None for text in (before, after)))
