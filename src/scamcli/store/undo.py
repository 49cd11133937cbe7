"""Undoing a change: each of its records as it was before, itself a change; so an undo can be undone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import DataError, NotFoundError
from scamcli.records.normalise import parse
from scamcli.store.history import MADE, user
from scamcli.store.terms import metric

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from scamcli.store.writer import Writer


class Undone(NamedTuple):
    """A change that was undone."""

    number: int
    command: str
    by: str
    undoes: int | None
    records: int


class _Row(NamedTuple):
    type: str
    name: str
    before: str | None
    placeholder: int | None


class _Since(NamedTuple):
    """A later change, and how many of the records in question it touched."""

    number: int
    command: str
    by: str
    undoes: int | None
    records: int
    example: str


def undo(writer: Writer, number: int | None) -> Undone:
    """Undo one change, inside the writer's transaction.

    Args:
        writer: its change undoes the other.
        number: of the change; ``None`` is the last one of whoever this change is by.

    Raises:
        NotFoundError: there is no such change, or none to undo.
        DataError: it cannot be undone: a later change touched, or uses, what it changed.
    """
    connection = writer.connection
    found = _named(connection, number) if number is not None else _own(connection, writer.history.cause.by or user())
    writer.history.cause = writer.history.cause._replace(undoes=found.number)
    _see_untouched(connection, found)
    rows = [
        _Row(*row)
        for row in connection.execute(
            "SELECT type, name, before, placeholder FROM change_record WHERE change = ?", [found.number]
        )
    ]
    _restore(writer, rows, found.undoes)
    _see_whole(writer, found, rows)
    for row in rows:
        if row.type == "event" and row.before is None:
            links = writer.links_to(row.name)
            writer.changes.warnings += [f"{link} links to {row.name}, which is gone" for link in links]
    return found._replace(records=len(rows))


def _named(connection: sqlite3.Connection, number: int) -> Undone:
    row = connection.execute("SELECT id, command, author, undoes FROM change WHERE id = ?", [number]).fetchone()
    if row is None:
        raise NotFoundError(f"no change {number:,}", "`scamcli log` lists them")
    found = Undone(row[0], row[1], row[2], row[3], 0)
    if not connection.execute("SELECT 1 FROM change_record WHERE change = ?", [number]).fetchone():
        raise DataError(f"{_told(found)} cannot be undone: nothing is kept of what was there before")
    if found.command == "upgrade":
        raise DataError(f"{_told(found)} cannot be undone: the history begins with it")
    return found


def _own(connection: sqlite3.Connection, by: str) -> Undone:
    row = connection.execute("SELECT id FROM change WHERE author = ? ORDER BY id DESC LIMIT 1", [by]).fetchone()
    if row is None:
        raise NotFoundError(f"{by!r} has changed nothing here", "`scamcli log` lists the changes; undo takes a number")
    made = _made(connection, row[0])
    if made is not None:
        hint = f"`scamcli undo {row[0]}` undoes it all the same"
        raise NotFoundError(f"your last change, {row[0]} ({made}), is undone only by its number", hint)
    return _named(connection, row[0])


def _made(connection: sqlite3.Connection, number: int) -> str | None:
    """The command, where a change made the timeline, or made it again by undoing an undo."""
    sql = "SELECT command, undoes FROM change WHERE id = ?"
    (command, undoes), steps = connection.execute(sql, [number]).fetchone(), 0
    while undoes is not None:
        (command, undoes), steps = connection.execute(sql, [undoes]).fetchone(), steps + 1
    return command if command in MADE and steps % 2 == 0 else None


def _told(found: Undone) -> str:
    return f"change {found.number} ({found.command}, by {found.by})"


def _see_untouched(connection: sqlite3.Connection, found: Undone) -> None:
    """See that every record is what this change made of it.

    Raises:
        DataError: a later change touched one.
    """
    touched = connection.execute(
        "SELECT c.type, c.name FROM change_record c WHERE c.change = ? AND c.after IS NOT"
        " (SELECT after FROM change_record l WHERE l.type = c.type AND l.name = c.name ORDER BY change DESC LIMIT 1)",
        [found.number],
    ).fetchall()
    if touched:
        since = _in_force(connection, found.number, touched)
        if since and since[0].undoes == found.number:
            raise DataError(f"{_told(found)} is undone already", f"`scamcli undo {since[0].number}` does it again")
        raise _refused(found, since, "changed")


def _in_force(connection: sqlite3.Connection, number: int, touched: list[tuple[str, str]]) -> list[_Since]:
    """The later changes of these records, the last first; none that was undone, and no undo of one of them."""
    found: dict[int, _Since] = {}
    for type_, name in touched:
        rows = connection.execute(
            "SELECT c.id, c.command, c.author, c.undoes FROM change_record r JOIN change c ON c.id = r.change"
            " WHERE r.type = ? AND r.name = ? AND r.change > ?",
            [type_, name, number],
        )
        for id_, command, by, undoes in rows:
            before = found.get(id_, _Since(id_, command, by, undoes, 0, f"{type_} {name}"))
            found[id_] = before._replace(records=before.records + 1)
    undone: set[int] = set()
    for id_ in sorted(found, reverse=True):
        undoes = found[id_].undoes
        if id_ not in undone and undoes is not None:
            undone.add(undoes)
    kept = [one for id_, one in found.items() if id_ not in undone and one.undoes not in found]
    return sorted(kept or found.values(), reverse=True)


def _refused(found: Undone, since: list[_Since], how: str) -> DataError:
    told = [
        f"change {one.number} ({one.command}, by {one.by}) {how} the {one.example}"
        + (f" and {one.records - 1:,} more" if one.records > 1 else "")
        for one in since
    ]
    hint = f"nothing was changed; undo first: `scamcli undo {since[0].number}`"
    return DataError(f"{_told(found)} cannot be undone: {'; '.join(told[:3])}{' …' * (len(told) > 3)} since", hint)


def _restore(writer: Writer, rows: list[_Row], undoes: int | None) -> None:
    """Put back what was there, and take out what was not, but for names, which something may still refer to."""
    for row in rows:
        if row.type != "event" and row.before is not None:
            record = json.loads(row.before)
            term = _term(writer.connection, row)
            if term is not None and term.placeholder is not None and not record.get("protected"):
                writer.changes.warnings.append(f"[protected-{term.placeholder}] is protected no more")
            writer.entities.put(record, row.placeholder)
    for row in rows:
        if row.type == "event" and row.before is None:
            writer.events.delete(row.name, _successor(writer.connection, row, undoes))
    back = [json.loads(row.before) for row in rows if row.type == "event" and row.before is not None]
    for record in back:
        writer.events.put(record)
    for record in back:  # once all are there again: one may have been merged into another by this change
        writer.events.put(writer.following(record))


def _successor(connection: sqlite3.Connection, row: _Row, undoes: int | None) -> str | None:
    """What a record that is taken out again was merged into, by the change that is done again."""
    sql = "SELECT successor FROM change_record WHERE change = ? AND type = ? AND name = ?"
    found = connection.execute(sql, [undoes, row.type, row.name]).fetchone()
    return found[0] if found else None


def _see_whole(writer: Writer, found: Undone, rows: list[_Row]) -> None:
    """Take out the names that were not there, and see that nothing is left without what it refers to.

    Raises:
        DataError: a later change uses one of them, or took one away, or its name, that is needed again.
    """
    connection = writer.connection
    entities = [row for row in rows if row.type != "event"]
    used = list(_used(connection, {(row.type, row.name) for row in entities if row.before is None}))
    if used:
        raise _refused(found, [_in_force(connection, found.number, [one])[0] for one in used[:4]], "uses its names in")
    for row in entities:
        term = _term(connection, row)
        if row.before is None and term is not None:
            writer.entities.remove(term.id, _successor(connection, row, found.undoes))
    _see_names(writer, found, [row for row in entities if row.before is not None])
    missing = list(_missing(connection))
    if missing:
        raise _refused(found, [_in_force(connection, found.number, [one])[0] for one in missing[:4]], "took away")


def _see_names(writer: Writer, found: Undone, restored: list[_Row]) -> None:
    """See that each name names one again, and that each placeholder stands for whom it stood for."""
    for row in restored:
        try:
            term = _term(writer.connection, row)
            writer.naming.check_free(parse(json.loads(row.before or "{}")), term and term.id)
        except DataError as error:
            raise DataError(f"{_told(found)} cannot be undone: {error.message}", "nothing was changed") from None
    sql = "UPDATE term SET placeholder = ? WHERE type = ? AND name = ?"
    numbered = [row for row in restored if row.placeholder is not None]
    for number in (False, True):  # two may have changed numbers: none has one before each gets its own
        for row in numbered:
            writer.connection.execute(sql, [row.placeholder if number else None, row.type, row.name])
    writer.forget_mask()


class _Term(NamedTuple):
    id: int
    placeholder: int | None


def _term(connection: sqlite3.Connection, row: _Row) -> _Term | None:
    sql = "SELECT id, placeholder FROM term WHERE type = ? AND name = ?"
    found = connection.execute(sql, [row.type, row.name]).fetchone()
    return None if found is None else _Term(*found)


def _missing(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """What events refer to, and what has no record."""
    yield from connection.execute("SELECT type, name FROM term WHERE type IN ('actor', 'site') AND record IS NULL")
    for (name,) in connection.execute("SELECT DISTINCT metric FROM figure"):
        if metric(connection, name) is None:
            yield "metric", name


def _used(connection: sqlite3.Connection, names: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The events, actors and sites that refer to one of these names; those that go with them do not count."""
    for type_, name in names:
        yield from (
            ("event", id_)
            for (id_,) in connection.execute(
                "SELECT DISTINCT event.id FROM term JOIN event_term ON event_term.term = term.id"
                " JOIN event ON event.key = event_term.event WHERE term.type = ? AND term.name = ? LIMIT 4",
                [type_, name],
            )
        )
    actors = {name for type_, name in names if type_ == "actor"}
    for type_, name, text in (
        connection.execute("SELECT type, name, record FROM term WHERE record IS NOT NULL") if actors else ()
    ):
        if (type_, name) not in names and not actors.isdisjoint(_named_in(json.loads(text))):
            yield type_, name


def _named_in(record: dict[str, Any]) -> Iterable[str]:
    yield from record.get("member_of") or ()
    for owner in record.get("owners") or ():
        yield from (name for name in (owner["name"], owner["stated_by"], owner["outlet"]) if name)
