"""Undo and redo changes: restore the records of a change to their earlier state.

An undo is itself a change, so it can be undone too, which redoes the original change.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError, NotFoundError, WrongUsageError, quote, sentence
from scamcli.language.vocabulary import ACTOR_KEYS
from scamcli.records.claims import claims_of
from scamcli.records.normalise import parse
from scamcli.store import sealed_content
from scamcli.store.history import MADE, user
from scamcli.store.keys import ONLY_PROTECTED
from scamcli.store.record_writers import find_entity
from scamcli.store.terms import metric

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from scamcli.store.history import StoredRecord
    from scamcli.store.writer import Writer


class Change(NamedTuple):
    """A change to undo, or one that prevents an undo.

    Attributes:
        number: the number of the change.
        command: the command that made it.
        by: its author.
        undoes: the number of the change that it undid, if it is an undo.
        records: how many records are restored, or prevent the undo.
        example: one of these records.
    """

    number: int
    command: str
    by: str
    undoes: int | None
    records: int = 0
    example: str = ""

    def __str__(self) -> str:
        """Return the change in the form used in messages."""
        return f"change {self.number} ({self.command}, by {self.by})"


def choose_undo(connection: sqlite3.Connection, author: str | None = None) -> int:
    """Return the number of the change that ``undo`` without a number undoes.

    This is the newest change of records that is in force and is not itself an undo, by this author if one is given, so
    that repeated undos step back. A change that was undone and then redone is in force again.

    Raises:
        NotFoundError: there is no such change, or it is the change that created or upgraded the timeline.
    """
    latest = _latest_steps(connection)
    sql = (
        "SELECT id, command FROM change WHERE undoes IS NULL AND (?1 IS NULL OR author = ?1) AND (command = 'redact'"
        " OR EXISTS (SELECT 1 FROM change_record WHERE change = change.id)) ORDER BY id DESC"
    )
    for number, command in connection.execute(sql, [author]):
        if number in latest and latest[number].is_undo:
            continue
        if command in MADE:
            hint = f"`scamcli undo {number}` undoes it anyway."
            raise NotFoundError(f"Only change {number} ({command}), which made the timeline, is left to undo.", hint)
        return int(number)
    raise NotFoundError(
        f"{quote(author)} has no change to undo." if author else "There is no change to undo.",
        "`scamcli log` lists all changes, and `scamcli undo NUMBER` undoes any of them.",
    )


def choose_redo(connection: sqlite3.Connection, author: str | None = None) -> int:
    """Return the number of the undo that ``redo`` without a number reverts.

    This is the newest undo that is in force, by this author if one is given, so that redos step forward in the reverse
    order of the undos. Undoing it redoes the original change. An undo of an undo is a redo and is not considered.

    Raises:
        NotFoundError: nothing is undone.
    """
    undos = [step for step in _latest_steps(connection).values() if step.is_undo and author in {None, step.author}]
    if undos:
        return max(undos).number
    raise NotFoundError(
        f"{quote(author)} has no undo to redo." if author else "There is no undo to redo.",
        "`scamcli log` lists all changes, and `scamcli undo NUMBER` of an undo redoes what it undid.",
    )


class _Step(NamedTuple):
    """An undo or a redo, which is a change that undoes another change or an undo."""

    number: int
    author: str
    is_undo: bool


def _latest_steps(connection: sqlite3.Connection) -> dict[int, _Step]:
    """Return the latest undo or redo of each change that has any, by the number of the original change."""
    began: dict[int, tuple[int, bool]] = {}
    latest: dict[int, _Step] = {}
    sql = "SELECT id, undoes, author FROM change WHERE undoes < id ORDER BY id"
    for number, undoes, author in connection.execute(sql):
        first, was_undo = began.get(undoes, (undoes, False))
        began[number] = first, not was_undo
        latest[first] = _Step(number, author, not was_undo)
    return latest


class _Row(NamedTuple):
    type: str
    name: str
    before: str | None
    placeholder: int | None


def undo(writer: Writer, number: int | None) -> Change:
    """Undo one change, by default the one that `choose_undo` picks for the author of the writer's own change.

    Raises:
        NotFoundError: there is no such change, or none to undo.
        DataError: a later change touched or uses what the change changed.
        WrongUsageError: the change protected somebody, and there is no reason to end that.
    """
    connection = writer.connection
    if number is None:
        number = choose_undo(connection, writer.history.cause.by or user())
    found = _change(connection, number)
    writer.history.cause.undoes = found.number
    _require_untouched(connection, found)
    sql = "SELECT type, name, before, placeholder FROM change_record WHERE change = ?"
    rows = [_Row(*row) for row in connection.execute(sql, [found.number])]
    _end_protections(writer, found, rows)
    _restore(writer, rows, found.undoes)
    _require_complete(writer, found, rows)
    for row in rows:
        if row.type == "event" and row.before is None:
            links = writer.links_to(row.name)
            writer.changes.warnings += [f"{link} links to {row.name}, which was removed." for link in links]
    return found._replace(records=len(rows))


def _change(connection: sqlite3.Connection, number: int) -> Change:
    row = connection.execute("SELECT id, command, author, undoes FROM change WHERE id = ?", [number]).fetchone()
    if row is None:
        raise NotFoundError(f"No change {number:,}.", "`scamcli log` lists the changes.")
    found = Change(*row)
    if found.command.startswith("evidence "):
        hint = "`scamcli evidence remove` removes a file. A file that was removed can be added again."
        raise DataError(sentence(f"{found} cannot be undone: it changed no records"), hint)
    if not connection.execute("SELECT 1 FROM change_record WHERE change = ?", [number]).fetchone():
        raise DataError(sentence(f"{found} cannot be undone: what was there before was not kept"))
    if found.command == "upgrade":
        raise DataError(sentence(f"{found} cannot be undone: the history begins with it"))
    return found


def _require_untouched(connection: sqlite3.Connection, found: Change) -> None:
    """Refuse an undo if a later change touched one of the records."""
    touched = connection.execute(
        "SELECT c.type, c.name FROM change_record c WHERE c.change = ? AND c.after IS NOT"
        " (SELECT after FROM change_record l WHERE l.type = c.type AND l.name = c.name ORDER BY change DESC LIMIT 1)",
        [found.number],
    ).fetchall()
    if touched:
        since = _in_force(connection, found.number, touched)
        if since and since[0].undoes == found.number:
            raise DataError(sentence(f"{found} was already undone"), f"`scamcli undo {since[0].number}` redoes it.")
        raise _refused(found, since, "changed")


def _in_force(connection: sqlite3.Connection, number: int, touched: list[tuple[str, str]]) -> list[Change]:
    """Return the later changes of these records, newest first, without undone changes and their undos."""
    found: dict[int, Change] = {}
    for type_, name in touched:
        rows = connection.execute(
            "SELECT c.id, c.command, c.author, c.undoes FROM change_record r JOIN change c ON c.id = r.change"
            " WHERE r.type = ? AND r.name = ? AND r.change > ?",
            [type_, name, number],
        )
        for id_, command, by, undoes in rows:
            before = found.get(id_, Change(id_, command, by, undoes, 0, f"{type_} {name}"))
            found[id_] = before._replace(records=before.records + 1)
    undone: set[int | None] = set()
    for id_ in sorted(found, reverse=True):
        if id_ not in undone:
            undone.add(found[id_].undoes)
    kept = [one for id_, one in found.items() if id_ not in undone and one.undoes not in found]
    return sorted(kept or found.values(), reverse=True)


def _refused(found: Change, since: list[Change], how: str) -> DataError:
    reasons = [
        f"{one} {how} the {one.example}" + (f" and {one.records - 1:,} more" if one.records > 1 else "")
        for one in since
    ]
    listed = "; ".join(reasons[:3]) + (" …" if len(reasons) > 3 else "")
    hint = f"Nothing was changed. First run `scamcli undo {since[0].number}`."
    return DataError(sentence(f"{found} cannot be undone: {listed} since"), hint)


def _end_protections(writer: Writer, found: Change, rows: list[_Row]) -> None:
    """Say whose protection the undo ends, which needs a reason as every other way to end one does."""
    ended, moved = [], {row.placeholder for row in rows}  # a merge of two actors had moved the number of one
    for row in rows:
        term = find_entity(writer.connection, row.type, row.name) if row.type == "actor" else None
        number = term and term.placeholder
        if number is None or number in moved:
            continue
        if json.loads(row.before).get("protected") if row.before else not _is_only_protected(writer, row.name):
            continue
        ended.append(f"[protected-{number}]")
    if ended and not (writer.history.cause.reason or "").strip():
        listed = ", ".join(ended[:3]) + (" …" if len(ended) > 3 else "")
        raise WrongUsageError(
            f"Undoing {found} ends the protection of {listed} and shows the name everywhere, so it needs a reason.",
            "Give the reason: --reason TEXT.",
        )
    writer.changes.warnings += [
        f"{one} is no longer protected: the name is printed from now on. `scamcli protect` masks it again."
        for one in ended
    ]


def _is_only_protected(writer: Writer, name: str) -> bool:
    """Return whether only `protect` made an actor, so that the name is no longer masked without the record."""
    sql = f"SELECT {ONLY_PROTECTED.format('?')}"
    return bool(writer.connection.execute(sql, [name]).fetchone()[0])


def _restore(writer: Writer, rows: list[_Row], undoes: int | None) -> None:
    """Restore earlier records and remove new events. New names are removed later, because they may still be in use."""
    for row in rows:
        if row.type != "event" and row.before is not None:
            record = json.loads(row.before)
            writer.entities.put(record, row.placeholder)
    for row in rows:
        if row.type == "event" and row.before is None:
            writer.events.delete(row.name, _successor(writer.connection, row, undoes))
    back = [json.loads(row.before) for row in rows if row.type == "event" and row.before is not None]
    for record in back:
        writer.events.put(record)
    for record in back:  # after all are restored, because this change may have merged one of them into another
        writer.events.put(writer.following(record))


def _successor(connection: sqlite3.Connection, row: _Row, undoes: int | None) -> str | None:
    """Return the record that the redone change had merged this one into, if it is removed again."""
    sql = "SELECT successor FROM change_record WHERE change = ? AND type = ? AND name = ?"
    found = connection.execute(sql, [undoes, row.type, row.name]).fetchone()
    return found[0] if found else None


def _require_complete(writer: Writer, found: Change, rows: list[_Row]) -> None:
    """Remove the names that the change had created; refuse the undo if any of them is still in use."""
    connection = writer.connection
    entities = [row for row in rows if row.type != "event"]
    used = list(_used(connection, {(row.type, row.name) for row in entities if row.before is None}))
    if used:
        raise _refused(found, [_in_force(connection, found.number, [one])[0] for one in used[:4]], "uses its names in")
    for row in entities:
        term = find_entity(connection, row.type, row.name)
        if row.before is None and term is not None:
            writer.entities.remove(term.id, _successor(connection, row, found.undoes))
    _restore_names(writer, found, [row for row in entities if row.before is not None])
    missing = list(_missing(connection))
    if missing:
        raise _refused(found, [_in_force(connection, found.number, [one])[0] for one in missing[:4]], "took away")


def _restore_names(writer: Writer, found: Change, restored: list[_Row]) -> None:
    """Check that each name belongs to only one record again, and restore the numbers that mask protected names."""
    for row in restored:
        try:
            term = find_entity(writer.connection, row.type, row.name)
            writer.naming.check_free(parse(json.loads(row.before or "{}")), term and term.id)
        except DataError as error:
            raise DataError(sentence(f"{found} cannot be undone: {error.message}"), "Nothing was changed.") from None
    sql = "UPDATE term SET placeholder = ? WHERE type = ? AND name = ?"
    numbered = [row for row in restored if row.placeholder is not None]
    for number in (False, True):  # first clear all numbers, then set each, because two actors may have swapped theirs
        for row in numbered:
            writer.connection.execute(sql, [row.placeholder if number else None, row.type, row.name])
    for row in numbered:
        sealed_content.note(writer.history, "mask", row.name)
    writer.forget_mask()


def _missing(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Return names without a record that events refer to."""
    yield from connection.execute("SELECT type, name FROM term WHERE type IN ('actor', 'site') AND record IS NULL")
    for (name,) in connection.execute("SELECT name FROM term WHERE type = 'metric' AND record IS NULL"):
        if metric(connection, name) is None:
            yield "metric", name


def _used(connection: sqlite3.Connection, names: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Return the events, actors and sites that refer to one of these names, except records removed with them."""
    for type_, name in names:
        yield from connection.execute(
            "SELECT DISTINCT 'event', event.id FROM term JOIN event_term ON event_term.term = term.id"
            " JOIN event ON event.key = event_term.event WHERE term.type = ? AND term.name = ? LIMIT 4",
            [type_, name],
        )
    actors = {name for type_, name in names if type_ == "actor"}
    rows = connection.execute("SELECT type, name, record FROM term WHERE record IS NOT NULL") if actors else ()
    for type_, name, text in rows:
        if (type_, name) not in names and not actors.isdisjoint(_names_in(json.loads(text))):
            yield type_, name


def _names_in(record: StoredRecord) -> Iterable[str]:
    yield from record.get("member_of") or ()
    for claim in claims_of(record):
        yield from (name for key in ACTOR_KEYS if (name := claim.get(key)))
