"""Print the history: who changed what, when and why, and what a record was at a given time."""

from __future__ import annotations

import json
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from scamcli.errors import NotFoundError, WrongUsageError, quote, sentence
from scamcli.language import dates
from scamcli.query import resolve
from scamcli.records import canonical
from scamcli.store import history, terms
from scamcli.store.history import current, find_removed
from scamcli.timeline.change_times import last_change

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from scamcli.records.masking import Masker

MAX_NAMED = 20
"""How many records the row of a change names; ``records_of`` yields all of them."""

KEYS = (
    "change", "at", "by", "command", "reason", "undoes", "undone_by", "added", "changed", "removed", "records",
    "timestamps",
)  # fmt: skip
"""The keys of a printed change."""

_CHANGE = "SELECT c.id, c.at, c.author, c.command, c.reason, c.undoes"


class Difference(TypedDict):
    """The difference at one key of a record: two values, or the entries removed from a list and added to it."""

    key: str
    before: NotRequired[object]
    after: NotRequired[object]
    removed: NotRequired[list[object]]
    added: NotRequired[list[object]]


class TimestampRow(TypedDict):
    """A timestamp of the head of a change: when, according to which authority."""

    at: str
    authority: str


class ChangeRow(TypedDict):
    """A change: who made it, when, with which command, and why; which change it undoes, and which one undoes it.

    ``log`` adds how many records it has, the names of the first ones, and the timestamps of its head.
    ``show --history`` adds what it did to one record.
    """

    change: int
    at: str
    by: str
    command: str
    reason: str | None
    undoes: int | None
    undone_by: int | None
    added: NotRequired[int]
    changed: NotRequired[int]
    removed: NotRequired[int]
    records: NotRequired[list[str]]
    timestamps: NotRequired[list[TimestampRow]]
    action: NotRequired[str]
    merged_into: NotRequired[str]
    differences: NotRequired[list[Difference]]


def changes(connection: sqlite3.Connection, masker: Masker | None, before: int | None = None) -> Iterator[ChangeRow]:
    """Yield the changes, newest first: all of them, or those before the change with a given number."""
    upper, undone = before if before is not None else 1 << 62, history.undone(connection)
    for change in connection.execute(f"{_CHANGE} FROM change c WHERE c.id < ? ORDER BY c.id DESC", [upper]):
        added, removed, total = connection.execute(
            "SELECT count(*) FILTER (WHERE before IS NULL), count(*) FILTER (WHERE after IS NULL), count(*)"
            " FROM change_record WHERE change = ?",
            [change[0]],
        ).fetchone()
        named = [one["record"] for one in islice(records_of(connection, change[0], masker), MAX_NAMED)]
        yield {
            **_row(change, masker, undone), "added": added, "changed": total - added - removed,
            "removed": removed, "records": named, "timestamps": _timestamps(connection, change[0], masker),
        }  # fmt: skip


def _timestamps(connection: sqlite3.Connection, number: int, masker: Masker | None) -> list[TimestampRow]:
    mask = str if masker is None else masker.text
    rows = connection.execute("SELECT at, authority FROM timestamp WHERE change = ? ORDER BY at, sha256", [number])
    return [{"at": at, "authority": mask(authority)} for at, authority in rows]


def records_of(connection: sqlite3.Connection, number: int, masker: Masker | None) -> Iterator[dict[str, str]]:
    """Return an iterator over the records and the evidence files of a change: type, record and action.

    Raises:
        NotFoundError: no change has this number. This is checked immediately, before the first record is read.
    """
    if not connection.execute("SELECT 1 FROM change WHERE id = ?", [number]).fetchone():
        raise NotFoundError(f"There is no change {number:,}.", "`scamcli log` lists the changes.")
    rows = connection.execute(
        "SELECT type, name, before IS NULL, after IS NULL FROM change_record WHERE change = ? ORDER BY type, name",
        [number],
    )
    files = connection.execute(
        "SELECT evidence, action FROM custody WHERE change = ? ORDER BY evidence, action", [number]
    )
    return chain(
        (
            {
                "type": type_,
                "record": printed_name(connection, type_, name, masker),
                "action": _action(is_new=new, is_gone=gone),
            }
            for type_, name, new, gone in rows
        ),
        ({"type": "evidence", "record": sha256, "action": action} for sha256, action in files),
    )


def versions(connection: sqlite3.Connection, type_: str, name: str, masker: Masker | None) -> list[ChangeRow]:
    """Return the changes of one record, oldest first, each with its ``differences``."""
    found, undone = list[ChangeRow](), history.undone(connection)
    for number, _, before, after, successor in history.versions(connection, type_, name):
        change = connection.execute(f"{_CHANGE} FROM change c WHERE c.id = ?", [number]).fetchone()
        version = _row(change, masker, undone)
        version["action"] = _action(is_new=before is None, is_gone=after is None)
        if successor is not None:
            version["merged_into"] = printed_name(connection, type_, successor, masker)
        is_changed = version["action"] == "changed"
        version["differences"] = differences(_printed(before, masker), _printed(after, masker)) if is_changed else []
        found.append(version)
    return found


def _action(*, is_new: bool, is_gone: bool) -> str:
    return "added" if is_new else "removed" if is_gone else "changed"


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> list[Difference]:
    """Return the differences between two versions of a record: values, and entries removed from or added to lists.

    List entries that have an id are compared key by key: ``figures.total.low``.
    """
    found: list[Difference] = []
    for key, new in after.items():
        old = before.get(key)
        if old == new:
            continue
        if isinstance(old, list) and isinstance(new, list):
            found += _list_differences(key, old, new)
        else:
            found.append({"key": key, "before": old, "after": new})
    return found


def _list_differences(key: str, old: list[object], new: list[object]) -> list[Difference]:
    found: list[Difference] = []
    old_by_id = {entry["id"]: entry for entry in old if isinstance(entry, dict) and "id" in entry}
    kept = {entry["id"]: entry for entry in new if isinstance(entry, dict) and entry.get("id") in old_by_id}
    for id_, entry in kept.items():
        inner = differences(old_by_id[id_], entry)
        found += [{**one, "key": f"{key}.{id_}.{one['key']}"} for one in inner]

    def missing(entries: list[object], others: list[object]) -> list[object]:
        return [one for one in entries if one not in others and not (isinstance(one, dict) and one.get("id") in kept)]

    removed, added = missing(old, new), missing(new, old)
    if removed or added:
        found.append({"key": key, "removed": removed, "added": added})
    return found or [{"key": key, "before": old, "after": new}]


def parse_moment(text: str) -> str:
    """Return the last second of a day, month or year in UTC: ``2026-11-24T23:59:59Z``. A time is returned as it is.

    Raises:
        WrongUsageError: the text is neither a date nor a time in the format of ``log``.
    """
    if len(text) == 20 and text[10] == "T" and text.endswith("Z"):
        from datetime import datetime

        try:
            return datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M:%SZ")
        except ValueError:
            raise WrongUsageError(f"{quote(text)} is not a time; expected one as `scamcli log` prints it.") from None
    try:
        return f"{dates.iso(dates.parse_bound(text, end=True))}T23:59:59Z"
    except ValueError as error:
        hint = "A time as `scamcli log` prints it works as well: 2026-11-24T18:30:00Z."
        raise WrongUsageError(sentence(str(error)), hint) from None


def event_at(connection: sqlite3.Connection, id_: str, at: str) -> str:
    """Return the canonical JSON of an event as it was at a given time.

    Raises:
        NotFoundError: the event did not exist then, or the history begins later.
    """
    number, start = last_change(connection, at)
    if number is None:
        begins = f"begins at {start}" if start else "is empty"
        raise NotFoundError(f"The history of this database {begins}.", "Ask for a later day.")
    row = connection.execute(
        "SELECT r.before, c.id, c.at FROM change_record r JOIN change c ON c.id = r.change"
        " WHERE r.type = 'event' AND r.name = ? AND c.id > ? ORDER BY c.id LIMIT 1",
        [id_, number],
    ).fetchone()
    text: str | None = row[0] if row else current(connection, "event", id_)
    if text is None:
        hint = f"Change {row[1]} added it at {row[2]}." if row else f"`scamcli show {id_} --history` says why."
        raise NotFoundError(f"{quote(id_)} did not exist at {at}.", hint)
    return text


def event_id(connection: sqlite3.Connection, text: str, masker: Masker | None) -> str:
    """Return the id of an existing or removed event, given its id or the beginning of it.

    Raises:
        NotFoundError: no event has or had the id, or more than one id begins with the text.
    """
    if is_event(connection, text):
        return text
    try:
        return resolve.event_id(connection, text, masker)
    except NotFoundError:
        names = connection.execute(
            "SELECT DISTINCT name FROM change_record WHERE type = 'event' AND name >= ? AND name < ? AND after IS NULL"
            " ORDER BY name LIMIT 2",
            [text, text + "\U0010ffff"],
        ).fetchall()
        if text and names and (len(names) == 1 or names[0][0] == text):
            return str(names[0][0])
        found = _removed_event_printed_as(connection, text, masker)
        if found is None:
            raise
        return found


def is_event(connection: sqlite3.Connection, id_: str) -> bool:
    """Return whether an event has or had this id."""
    sql = "SELECT 1 FROM event WHERE id = ?1 UNION ALL SELECT 1 FROM change_record WHERE type = 'event' AND name = ?1"
    return connection.execute(sql, [id_]).fetchone() is not None


def entity_name(connection: sqlite3.Connection, lookup: resolve.Lookup, type_: str, text: str) -> str:
    """Return the name of an existing or removed actor, site or metric.

    Raises:
        NotFoundError: no record has or had the name, or two records have it.
    """
    existed = connection.execute("SELECT 1 FROM change_record WHERE type = ? AND name = ?", [type_, text]).fetchone()
    if existed:
        return text
    protected = terms.name_of(connection, text) if type_ == "actor" else None
    return protected or lookup.find(type_, text)[1]


def printed_name(connection: sqlite3.Connection, type_: str, name: str, masker: Masker | None) -> str:
    """Return an id or a name in its printable form, even if the record no longer exists."""
    if masker is None:
        return name
    text = current(connection, type_, name)
    removed = find_removed(connection, type_, name) if text is None else None
    record = json.loads(text) if text else removed.record if removed else None
    if record:
        return str(masker.record(record)["id" if type_ == "event" else "name"])
    return masker.metric(name) if type_ == "metric" else masker.text(name)


def read_before(connection: sqlite3.Connection, type_: str, name: str, digest: str) -> tuple[str, str] | None:
    """Return the version of a record that had a digest, and a description of the change that replaced it."""
    rows = connection.execute(
        "SELECT r.before, c.id, c.command, c.author FROM change_record r JOIN change c ON c.id = r.change"
        " WHERE r.type = ? AND r.name = ? AND r.before IS NOT NULL ORDER BY c.id DESC",
        [type_, name],
    )
    for text, number, command, by in rows:
        if canonical.digest(text) == digest:
            return text, f"change {number} ({command}, by {by})"
    return None


def _row(change: Sequence[Any], masker: Masker | None, undone: Mapping[int, int]) -> ChangeRow:
    """Return the keys that all rows of a change share, from the columns of ``_CHANGE``."""
    number, at, by, command, reason, undoes = change
    if masker is not None:
        # A reason may mention anybody, so every word of every protected name is masked in it.
        words = masker.words_of(frozenset(masker.names))
        by, reason = words.mask(masker.text(by)), reason and words.mask(masker.text(reason))
    return {
        "change": number, "at": at, "by": by, "command": command, "reason": reason, "undoes": undoes,
        "undone_by": undone.get(number),
    }  # fmt: skip


def _printed(text: str | None, masker: Masker | None) -> Mapping[str, object]:
    record: dict[str, object] = json.loads(text or "{}")
    return masker.record(record) if masker and record else record


def _removed_event_printed_as(connection: sqlite3.Connection, text: str, masker: Masker | None) -> str | None:
    """Return the id of a removed event from its printed form, in which a protected name is masked."""
    if masker is None or "protected-" not in text:
        return None
    rows = connection.execute("SELECT DISTINCT name FROM change_record WHERE type = 'event' AND after IS NULL")
    return next((name for (name,) in rows if printed_name(connection, "event", name, masker) == text), None)
