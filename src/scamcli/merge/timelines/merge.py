"""Merge two timelines: first match entities, then merge events, then remove entities that are no longer named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scamcli.merge.timelines.diff import RecordDiff
from scamcli.merge.timelines.entities import EntityMerge
from scamcli.merge.timelines.events import EventMerge
from scamcli.merge.timelines.record_pairs import RecordPairs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.merge.timelines.other_timeline import OtherTimeline
    from scamcli.merge.timelines.report import Report
    from scamcli.store.writer import Writer


def merge_timelines(report: Report, base: OtherTimeline | None, progress: Callable[[int, int], None]) -> None:
    """Merge the other timeline of a report into the timeline of its writer, inside the writer's transaction.

    Args:
        report: decides conflicts, and records what happened.
        base: the timeline that both started from, for records whose histories do not show it.
        progress: called with the number of new events that are done, and of all new events.

    Raises:
        DataError: a record cannot be stored.
    """
    pairs = RecordPairs(report.writer, report.other, base)
    entities = EntityMerge(pairs, report)
    entities.bring_in()
    EventMerge(pairs, report).bring_in(progress)
    # Only now is it known which names the events use: some that were removed here come back, others can be removed.
    entities.bring_back()
    entities.take_out()


_CHANGED = (
    "FROM change_record r LEFT JOIN event e ON r.type = 'event' AND e.id = r.name"
    " LEFT JOIN term t ON r.type <> 'event' AND t.type = r.type AND t.name = r.name"
    " WHERE r.change = ? AND coalesce(e.record, t.record) IS NOT r.before"
)


def count_changes(writer: Writer) -> tuple[int, int, int]:
    """Return how many records this change has added, changed and removed."""
    row = writer.connection.execute(
        "SELECT count(*) FILTER (WHERE r.before IS NULL), count(*),"
        f" count(*) FILTER (WHERE coalesce(e.record, t.record) IS NULL) {_CHANGED}",
        [writer.history.number],
    ).fetchone()
    added, every, removed = row
    return added, every - added - removed, removed


def changed_records(writer: Writer, report: Report) -> Iterator[RecordDiff]:
    """Yield the records that this change has added, changed or removed, in printable form."""
    sql = f"SELECT r.type, r.before, coalesce(e.record, t.record) {_CHANGED} ORDER BY r.type, r.name"
    for type_, *texts in writer.connection.execute(sql, [writer.history.number]):
        before, after = (report.shown_record(json.loads(text)) if text else None for text in texts)
        yield RecordDiff(type_, before, after)
