"""Reading the history: who changed what, when and why, and what a record was at a moment.

A change keeps each record as it was before it; what it became is the record of the next change of the same one, or
the one that is there now.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from scamcli.errors import NotFoundError, WrongUsageError
from scamcli.language import dates
from scamcli.query import resolve
from scamcli.records import canonical
from scamcli.store.history import current, gone, placeholder_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scamcli.records.masking import Masker

LISTED = 20
"""How many of a change's records its row names; ``records_of`` gives all."""

KEYS = (
    "change", "at", "by", "command", "reason", "undoes", "undone_by", "added", "changed", "removed", "records",
)  # fmt: skip
"""The keys of a change as it is printed."""

_CHANGE = "SELECT c.id, c.at, c.author, c.command, c.reason, c.undoes FROM change c"


def changes(
    connection: sqlite3.Connection, masker: Masker | None, before: int | None = None
) -> Iterator[dict[str, Any]]:
    """Every change, newest first.

    Args:
        connection: open.
        masker: what withholds protected names.
        before: only the changes before the one of this number.
    """
    at = before if before is not None else 1 << 62
    for row in connection.execute(f"{_CHANGE} WHERE c.id < ? ORDER BY c.id DESC", [at]):
        counted = connection.execute(
            "SELECT count(*) FILTER (WHERE before IS NULL), count(*) FILTER (WHERE after IS NULL), count(*)"
            " FROM change_record WHERE change = ?",
            [row[0]],
        ).fetchone()
        added, removed, every = counted
        records = [one["record"] for one, _ in zip(records_of(connection, row[0], masker), range(LISTED), strict=False)]
        yield _head(connection, row, masker) | {
            "added": added, "changed": every - added - removed, "removed": removed, "records": records,
        }  # fmt: skip


def see_change(connection: sqlite3.Connection, number: int) -> None:
    """See that there is a change of this number.

    Raises:
        NotFoundError: there is none.
    """
    if not connection.execute("SELECT 1 FROM change WHERE id = ?", [number]).fetchone():
        raise NotFoundError(f"no change {number:,}", "`scamcli log` lists them")


def records_of(connection: sqlite3.Connection, number: int, masker: Masker | None) -> Iterator[dict[str, Any]]:
    """Every record that a change touched, and what became of it: added, changed or removed."""
    rows = connection.execute(
        "SELECT type, name, before IS NULL, after IS NULL FROM change_record WHERE change = ? ORDER BY type, name",
        [number],
    )
    for type_, name, is_new, is_gone in rows:
        action = "added" if is_new else "removed" if is_gone else "changed"
        yield {"type": type_, "record": printed_name(connection, type_, name, masker), "action": action}


def versions(connection: sqlite3.Connection, type_: str, name: str, masker: Masker | None) -> list[dict[str, Any]]:
    """The changes of one record, oldest first, each with what it changed: its ``differences``."""
    rows = connection.execute(
        "SELECT c.id, c.at, c.author, c.command, c.reason, c.undoes, r.before, r.after IS NULL, r.successor"
        " FROM change_record r JOIN change c ON c.id = r.change WHERE r.type = ? AND r.name = ? ORDER BY c.id",
        [type_, name],
    ).fetchall()
    texts = [*(row[6] for row in rows), current(connection, type_, name)]
    told = []
    for row, (before, after) in zip(rows, pairwise(texts), strict=True):
        after = None if row[7] else after
        action = "added" if before is None else "removed" if after is None else "changed"
        into = {} if row[8] is None else {"merged_into": printed_name(connection, type_, row[8], masker)}
        found = differences(_shown(before, masker), _shown(after, masker)) if action == "changed" else []
        told.append(_head(connection, row[:6], masker) | {"action": action} | into | {"differences": found})
    return told


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """What differs between two versions of a record: values, what was taken out of lists and what was added.

    A figure that changed is told by its id: ``figures.total.low``.
    """
    found: list[dict[str, Any]] = []
    for key in after:
        old, new = before.get(key), after[key]
        if old == new:
            continue
        if isinstance(old, list) and isinstance(new, list):
            found += _of_lists(key, old, new)
        else:
            found.append({"key": key, "before": old, "after": new})
    return found


def moment(text: str) -> str:
    """The last second of a day, month or year, or the second itself, in UTC: ``2026-11-24T23:59:59Z``.

    Raises:
        WrongUsageError: it is no date.
    """
    if len(text) == 20 and text[10] == "T" and text.endswith("Z"):
        from datetime import datetime

        try:
            return datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M:%SZ")
        except ValueError:
            raise WrongUsageError(f"{text!r} is no time; expected one as `scamcli log` gives it") from None
    try:
        return f"{dates.iso(dates.parse_bound(text, end=True))}T23:59:59Z"
    except ValueError as error:
        raise WrongUsageError(f"{error}, or a time as `scamcli log` gives it: 2026-11-24T18:30:00Z") from None


def record_at(connection: sqlite3.Connection, type_: str, name: str, at: str) -> str:
    """The canonical record as it was at a moment.

    Raises:
        NotFoundError: it was not there at that moment, or the history begins later.
    """
    (begun,) = connection.execute("SELECT min(at) FROM change").fetchone()
    if begun is None or at < begun:
        raise NotFoundError(
            f"the history of this database begins at {begun or 'its first change'}", "ask for a later day"
        )
    row = connection.execute(
        "SELECT r.before, c.id, c.at FROM change_record r JOIN change c ON c.id = r.change"
        " WHERE r.type = ? AND r.name = ? AND c.at > ? ORDER BY c.id LIMIT 1",
        [type_, name, at],
    ).fetchone()
    text: str | None = row[0] if row else current(connection, type_, name)
    if text is None:
        hint = f"change {row[1]} brought it in, at {row[2]}" if row else f"`scamcli show {name} --history` tells why"
        raise NotFoundError(f"{name!r} was not there at {at}", hint)
    return text


def event_id(connection: sqlite3.Connection, text: str, masker: Masker | None) -> str:
    """The id that a text is, or begins, of an event that is there or that was.

    Raises:
        NotFoundError: no event has or had it, or it begins more than one.
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
        found = _printed_so(connection, text, masker)
        if found is None:
            raise
        return found


def is_event(connection: sqlite3.Connection, id_: str) -> bool:
    """Whether an event has this id, or had it."""
    sql = "SELECT 1 FROM event WHERE id = ?1 UNION ALL SELECT 1 FROM change_record WHERE type = 'event' AND name = ?1"
    return connection.execute(sql, [id_]).fetchone() is not None


def entity_name(connection: sqlite3.Connection, names: resolve.Lookup, type_: str, text: str) -> str:
    """The name of an actor, a site or a metric that is there or that was.

    Raises:
        NotFoundError: nobody has or had it, or two have.
    """
    was = connection.execute("SELECT 1 FROM change_record WHERE type = ? AND name = ?", [type_, text]).fetchone()
    protected = placeholder_name(connection, text) if type_ == "actor" and not was else None
    return text if was else protected or names.find(type_, text)[1]


def printed_name(connection: sqlite3.Connection, type_: str, name: str, masker: Masker | None) -> str:
    """An id or a name as it is printed, also of a record that is not there any more."""
    if masker is None:
        return name
    text = current(connection, type_, name)
    was = gone(connection, type_, name) if text is None else None
    record = json.loads(text) if text else was.record if was else None
    shown: str = masker.record(record)["id" if type_ == "event" else "name"] if record else masker.text(name)
    return shown


def _head(connection: sqlite3.Connection, row: tuple[Any, ...], masker: Masker | None) -> dict[str, Any]:
    number, at, by, command, reason, undoes = row
    if masker is not None:  # whom a reason is about is not recorded: each word of a protected name is withheld in it
        words = masker.words_of(frozenset(masker.names))
        by, reason = words.mask(masker.text(by)), reason and words.mask(masker.text(reason))
    undone = _undone_by(connection, number)
    return {
        "change": number, "at": at, "by": by, "command": command, "reason": reason, "undoes": undoes,
        "undone_by": undone,
    }  # fmt: skip


def _undone_by(connection: sqlite3.Connection, number: int) -> int | None:
    """The change that undid this one, where it holds: it may have been undone itself, and that as well."""
    chain: list[int] = [number]
    while chain[-1] is not None:
        (last,) = connection.execute("SELECT max(id) FROM change WHERE undoes = ?", [chain[-1]]).fetchone()
        chain.append(last)
    return chain[1] if len(chain) % 2 else None


def _shown(text: str | None, masker: Masker | None) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(text or "{}")
    return masker.record(record) if masker and record else record


def _printed_so(connection: sqlite3.Connection, text: str, masker: Masker | None) -> str | None:
    if masker is None or "protected-" not in text:
        return None
    rows = connection.execute(
        "SELECT DISTINCT name FROM change_record WHERE type = 'event' AND after IS NULL"
    ).fetchall()
    return next((name for (name,) in rows if printed_name(connection, "event", name, masker) == text), None)


def _of_lists(key: str, old: list[Any], new: list[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    by_id = {one["id"]: one for one in old if isinstance(one, dict) and "id" in one}
    kept = {one["id"] for one in new if isinstance(one, dict) and one.get("id") in by_id}
    for one in new:
        if isinstance(one, dict) and one.get("id") in kept:
            found += [
                inner | {"key": f"{key}.{one['id']}.{inner['key']}"} for inner in differences(by_id[one["id"]], one)
            ]
    removed = [one for one in old if one not in new and not (isinstance(one, dict) and one.get("id") in kept)]
    added = [one for one in new if one not in old and not (isinstance(one, dict) and one.get("id") in kept)]
    if removed or added:
        found.append({"key": key, "removed": removed, "added": added})
    return found or [{"key": key, "before": old, "after": new}]


def read_before(connection: sqlite3.Connection, type_: str, name: str, digest: str) -> tuple[str, str] | None:
    """The record that had this digest, and in words the change that made another of it; ``None`` where none had."""
    rows = connection.execute(
        "SELECT r.before, c.id, c.command, c.author FROM change_record r JOIN change c ON c.id = r.change"
        " WHERE r.type = ? AND r.name = ? AND r.before IS NOT NULL ORDER BY c.id DESC",
        [type_, name],
    )
    for text, number, command, by in rows:
        if canonical.digest(text) == digest:
            return text, f"change {number} ({command}, by {by})"
    return None
