"""Find the rows of a table that a new version of its file no longer has, pair them with new rows, and replace them.

A row without an id becomes a new event if any cell of it was corrected, so the old event would be counted as well. The
file is compared with each earlier import of its table, because a table can have several files, such as one a month. It
is a new version of an import if it has at least half of its rows: as they were, or with the same date and the same
title or place.

This runs after `bulk_import.load` in the same transaction. That leaves the id of every event of the files in the table
``temp.seen``, with the place of its row.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scamcli.records import canonical
from scamcli.records.claims import claims_of
from scamcli.store.history import versions
from scamcli.store.row_pairs import LIKELY_KEYS, SURE_KEYS, MissingRow, NewRow, paired

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from scamcli.store.history import StoredRecord
    from scamcli.store.writer import Writer

MOST_COMPARED = 20_000
"""If more rows than this are missing, only those of imports are compared of which the file can be a new version."""

MOST_ALIKE = 20
"""With how many new rows of one date and title an edited event is compared."""

AUTOMATIC = {"import", "undo", "redo", "names merge", "upgrade", "redact"}
"""Commands that change events without anybody having edited one of them."""

EDITED, LINKED, HAS_EVIDENCE = "edited", "linked", "evidence"
"""Why an event stays although its row is missing: somebody edited it here, another record refers to it, or it has
evidence files."""

_ROWS = """
    SELECT event.id, min(r.change) AS made, s.place, max(r.change = ?2 AND r.before IS NULL) AS is_new
    FROM term JOIN event_term ON event_term.term = term.id JOIN event ON event.key = event_term.event
    JOIN change_record r ON r.type = 'event' AND r.name = event.id
    LEFT JOIN temp.seen s ON s.type = 'event' AND s.name = event.id
    WHERE term.type = 'dataset' AND term.name = ?1 GROUP BY event.key ORDER BY event.key
"""


@dataclass
class Comparison:
    """What a file has of the earlier imports of its table.

    Attributes:
        earlier: how many rows the imports have that the file is a new version of.
        missing: their rows that the file no longer has.
        same: events that somebody edited, with the rows of the file that are as they were when they were imported.
        others: missing rows of other imports, which stay: their ids, and the numbers of the imports.
        alike: missing rows of other imports, with new rows of the same date and the same title or place.
    """

    earlier: int = 0
    missing: list[MissingRow] = field(default_factory=list)
    same: list[tuple[MissingRow, NewRow]] = field(default_factory=list)
    others: list[tuple[str, int]] = field(default_factory=list)
    alike: list[tuple[MissingRow, NewRow]] = field(default_factory=list)


class _Rows:
    """The rows of a table after an import.

    Attributes:
        earlier: how many rows each earlier import has, by its number.
        present: how many of these are in the file.
        missing: the others: ids of events and numbers of imports.
        new: the rows that this import created.
    """

    def __init__(self, writer: Writer, table: str) -> None:
        self.earlier = Counter[int]()
        self.present = Counter[int]()
        self.missing = list[tuple[str, int]]()
        self.new = list[NewRow]()
        imports = {number for (number,) in writer.connection.execute("SELECT id FROM change WHERE command = 'import'")}
        for event_id, made, place, is_new in writer.connection.execute(_ROWS, [table, writer.history.number]):
            if is_new:
                self.new.append(NewRow(event_id, place or ""))
            elif made in imports:  # not added by hand or merged
                self.earlier[made] += 1
                if place is None:
                    self.missing.append((event_id, made))
                else:
                    self.present[made] += 1

    def comparable(self) -> list[tuple[str, int]]:
        """Return the missing rows to compare with the new ones."""
        if len(self.missing) <= MOST_COMPARED:
            return self.missing
        most = {number: self.present[number] + len(self.new) for number in self.earlier}
        return [(id_, made) for id_, made in self.missing if 2 * most[made] >= self.earlier[made]]


def compare(writer: Writer, table: str, *, has_ids: bool, keeps_edits: bool = True) -> Comparison | None:
    """Compare the file that was just imported with the earlier imports of its table; ``None`` if no row is missing.

    Args:
        writer: the writer of the import.
        table: the name of the table.
        has_ids: whether its rows have ids of their own, so that a row with another id is another row.
        keeps_edits: whether an edited event takes precedence over its row if that is as it was when it was imported.
    """
    rows, found = _Rows(writer, table), Comparison()
    if not rows.missing:
        return None
    missing = [_missing_row(writer.connection, event_id, made) for event_id, made in rows.comparable()]
    new = rows.new if missing else []
    if keeps_edits and not has_ids:
        found.same = list(_unchanged_in_file(writer, missing, new))
    same_ids, same_rows = {row.id for row, _ in found.same}, {new_row for _, new_row in found.same}
    missing = [row for row in missing if row.id not in same_ids]
    new = [new_row for new_row in new if new_row not in same_rows]
    pairs = [] if has_ids else paired(writer, missing, new, SURE_KEYS)
    rows.present.update(row.import_ for row, _ in (*found.same, *pairs))
    versions_of = {number for number, count in rows.earlier.items() if 2 * rows.present[number] >= count}
    found.earlier = sum(rows.earlier[number] for number in versions_of)
    found.missing = [row for row in missing if row.import_ in versions_of]
    found.others = [(id_, made) for id_, made in rows.missing if made not in versions_of and id_ not in same_ids]
    found.alike = [(row, new_row) for row, new_row in pairs if row.import_ not in versions_of]
    _find_replacements(writer, found.missing, pairs, new)
    claimed = _claimed_events(writer.connection) if found.missing else set()
    for row in found.missing:
        row.stays = _why_it_stays(writer.connection, row, claimed)
    return found


def _find_replacements(
    writer: Writer, missing: list[MissingRow], pairs: list[tuple[MissingRow, NewRow]], new: list[NewRow]
) -> None:
    """Give missing rows the new rows that they are paired with, and pair those that are left with likely ones."""
    replacements = {row.id: new_row for row, new_row in pairs}
    for row in missing:
        row.replacement = replacements.get(row.id)
    used = {row.replacement for row in missing}
    unused = [new_row for new_row in new if new_row not in used]
    without = [row for row in missing if row.replacement is None]
    for row, new_row in paired(writer, without, unused, (*SURE_KEYS, *LIKELY_KEYS)):
        row.replacement = new_row


def _missing_row(connection: sqlite3.Connection, event_id: str, import_: int) -> MissingRow:
    """Return a missing row, with the values that its file had when it was last imported."""
    as_imported: StoredRecord = {}
    before_edits, now, has_edits = "", "", False
    for _, command, before, after, _ in versions(connection, "event", event_id):
        now = after or ""
        has_edits |= command not in AUTOMATIC
        if not has_edits:
            before_edits = now
        if command == "import" and after is not None:
            earlier, later = json.loads(before or "{}"), json.loads(after)
            as_imported |= {key: value for key, value in later.items() if key not in earlier or value != earlier[key]}
    is_edited = has_edits and now != before_edits  # an edit may have been undone
    return MissingRow(event_id, import_, is_edited, as_imported if is_edited else json.loads(now))


def _unchanged_in_file(
    writer: Writer, missing: list[MissingRow], new: list[NewRow]
) -> Iterator[tuple[MissingRow, NewRow]]:
    """Yield edited events with rows of the file that say what was imported before, or what the event says now."""
    edited = [row for row in missing if row.is_edited]
    if not edited:
        return
    by_text = defaultdict[str, list[NewRow]](list)
    by_day = defaultdict[tuple[str, str], list[NewRow]](list)
    for new_row in new:
        record = json.loads(writer.stored_event(new_row.id) or "")
        by_text[_without_id(record)].append(new_row)
        by_day[record["date"], record["title"]].append(new_row)
    taken = set[NewRow]()
    for row in edited:
        now, old = json.loads(writer.stored_event(row.id) or ""), row.as_imported
        candidates = list(by_text[_without_id(old)])
        for record in (old, now):
            candidates += by_day[record["date"], record["title"]][:MOST_ALIKE]
        for new_row in candidates:
            if new_row not in taken and _says_no_more(writer, new_row, old, now):
                taken.add(new_row)
                yield row, new_row
                break


def _without_id(record: StoredRecord) -> str:
    return canonical.line({**record, "id": ""})


def _says_no_more(writer: Writer, new_row: NewRow, *records: StoredRecord) -> bool:
    """Return whether every value of a new row is in one of the records."""
    new = json.loads(writer.stored_event(new_row.id) or "")
    values = {key: value for key, value in new.items() if key != "id" and value not in (None, [])}
    return any(all(record[key] == value for key, value in values.items()) for record in records)


def _claimed_events(connection: sqlite3.Connection) -> set[str]:
    """Return the ids of the events that claims about sites name."""
    rows = connection.execute("SELECT record FROM term WHERE type = 'site' AND record IS NOT NULL")
    return {claim["event"] for (text,) in rows for claim in claims_of(json.loads(text)) if claim["event"]}


def _why_it_stays(connection: sqlite3.Connection, row: MissingRow, claimed: set[str]) -> str:
    if row.is_edited:
        return EDITED
    if connection.execute("SELECT 1 FROM evidence_event WHERE event = ?", [row.id]).fetchone():
        return HAS_EVIDENCE
    is_linked = row.id in claimed or connection.execute("SELECT 1 FROM link WHERE target = ?", [row.id]).fetchone()
    return LINKED if is_linked and row.replacement is None else ""


def replace(writer: Writer, missing: Iterable[MissingRow], *, updates_edited: bool = False) -> list[str]:
    """Remove missing rows that do not stay, and withdraw the new rows of those that do.

    Args:
        writer: the writer of the import.
        missing: the missing rows.
        updates_edited: take the values that changed in the file into edited events, instead of keeping them.

    Returns:
        The ids of the events and the names of the sites that refer to a replacement from now on.
    """
    writer.ids.forget()
    successors = dict[str, str]()
    for row in missing:
        new_row = row.replacement
        if row.stays and new_row is not None:
            new = json.loads(writer.stored_event(new_row.id) or "")
            _withdraw(writer, new_row)
            if updates_edited:
                _update(writer, row, new)
            else:
                writer.changes.skipped.append(row.id)
        elif not row.stays:
            if new_row is not None:
                successors[row.id] = new_row.id
            else:
                writer.events.delete(row.id)
            writer.changes.removed += 1
    referring = _redirect(writer, successors)
    for event_id in successors:
        writer.events.delete(event_id)
    return referring


def keep_same(writer: Writer, same: Iterable[tuple[MissingRow, NewRow]]) -> None:
    """Keep edited events, and withdraw the rows of the file that are as they were when they were imported."""
    for row, new_row in same:
        _withdraw(writer, new_row)
        writer.changes.skipped.append(row.id)


def _withdraw(writer: Writer, new_row: NewRow) -> None:
    """Remove an event that this import created, also from the history."""
    writer.events.take_out(new_row.id)
    writer.history.take_back("event", new_row.id)
    writer.changes.added -= 1


def _update(writer: Writer, row: MissingRow, new: StoredRecord) -> None:
    """Give an edited event the values that changed in the file since it was imported."""
    changed = {key: value for key, value in new.items() if key != "id" and value != row.as_imported[key]}
    writer.replace_event(row.id, json.loads(writer.stored_event(row.id) or "") | changed)
    writer.changes.updated += 1


def _redirect(writer: Writer, successors: dict[str, str]) -> list[str]:
    """Let the links and claims of other records lead to the events that replace theirs."""
    linking = dict[str, str]()
    for event_id in successors:
        sql = "SELECT event.id, event.record FROM link JOIN event ON event.key = link.event WHERE target = ?"
        linking.update(writer.connection.execute(sql, [event_id]).fetchall())
    for text in linking.values():
        record = json.loads(text)
        for link in record["links"]:
            successor = successors.get(link["event"])
            if successor is not None:
                has_figure = link["figure"] is not None and writer.has_figure(successor, link["figure"])
                link |= {"event": successor, "figure": link["figure"] if has_figure else None}
        writer.events.put(record)
    return [*linking, *_redirect_claims(writer, successors)]


def _redirect_claims(writer: Writer, successors: dict[str, str]) -> Iterator[str]:
    """Let claims about sites lead to the events that replace theirs, and yield the names of the sites."""
    sites = writer.connection.execute("SELECT record FROM term WHERE type = 'site' AND record IS NOT NULL").fetchall()
    for (text,) in sites if successors else ():
        site = json.loads(text)
        for claim in claims_of(site):
            claim["event"] = successors.get(claim["event"], claim["event"])
        if site != json.loads(text):
            writer.entities.put(site)
            yield site["name"]
