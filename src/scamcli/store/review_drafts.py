"""What a person decides of a draft: it counts from now on, it goes, or another event tells it already."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import DataError, NotFoundError
from scamcli.records import similarity
from scamcli.records.canonical import digest
from scamcli.store import drafts, merge_records, terms
from scamcli.store.snapshots import Reader

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from scamcli.records.masking import Masker
    from scamcli.store.snapshots import Origin
    from scamcli.store.writer import Writer

MAKES = "ingest"
"""The command that makes what goes again with the drafts that name it."""


class Draft(NamedTuple):
    """A draft, as it may be printed.

    Attributes:
        record: of the event.
        origin: where it comes from; ``None`` of one that did not come from a text.
        digest: of the record as it is stored.
        same_as: the id of an event that seems to tell it already.
    """

    record: dict[str, Any]
    origin: Origin | None
    digest: str
    same_as: str | None


def pending(connection: sqlite3.Connection, masker: Masker | None = None) -> Iterator[Draft]:
    """The drafts, text by text in the order of each; those last that come from none."""
    reader = Reader(connection, masker)
    rows = connection.execute(
        "SELECT event.id, record FROM event LEFT JOIN origin ON origin.event = event.id"
        " LEFT JOIN snapshot ON sha256 = origin.snapshot WHERE draft = 1"
        " ORDER BY snapshot.rowid IS NULL, snapshot.rowid, origin.start, event.key"
    ).fetchall()
    for id_, text in rows:
        record = json.loads(text)
        origin = reader.origin(id_)
        same_as = origin.same_as if origin else _printed(twin(connection, record), masker)
        yield Draft(masker.record(record) if masker else record, origin, digest(text), same_as)


def twin(connection: sqlite3.Connection, record: dict[str, Any]) -> str | None:
    """The id of the event that seems to tell what a draft does that did not come from a text."""
    found = drafts.told(connection, record)
    return found.id if found is not None and similarity.is_telling(found.reasons) else None


def _printed(id_: str | None, masker: Masker | None) -> str | None:
    return masker.record({"id": id_})["id"] if masker and id_ else id_


def accept(writer: Writer, event_id: str) -> dict[str, Any]:
    """Let a draft count; its record as it is then.

    Raises:
        NotFoundError: there is no such event.
        DataError: it is no draft, or cannot be taken as it is.
    """
    record = require_draft(writer, event_id)
    return writer.replace_event(event_id, record | {"status": "reviewed"}).model_dump()


def reject(writer: Writer, event_id: str) -> None:
    """Take a draft out, the links of other drafts to it, and those names that came with it and that nothing refers to.

    Raises:
        NotFoundError: there is no such event.
        DataError: it is no draft.
    """
    record = require_draft(writer, event_id)
    _unlink(writer, event_id)
    writer.events.delete(event_id)
    _forget(writer, record)


def merge(writer: Writer, event_id: str, into: str) -> None:
    """Let an event that tells the same take a draft's sources over; the draft's id leads to it.

    Raises:
        NotFoundError: there is no such event.
        DataError: it is no draft, or that event itself.
    """
    record = require_draft(writer, event_id)
    if writer.stored_event(into) is None:
        raise NotFoundError(f"no event with the id {into!r}", "`scamcli search` lists them")
    merge_records.merge_event(writer, event_id, into)
    _forget(writer, record)


def require_draft(writer: Writer, event_id: str) -> dict[str, Any]:
    """Return the record of a draft.

    Raises:
        NotFoundError: there is no such event.
        DataError: it is not a draft.
    """
    stored = writer.stored_event(event_id)
    if stored is None:
        raise NotFoundError(f"no event with the id {event_id!r}", "`scamcli review` lists the drafts")
    record: dict[str, Any] = json.loads(stored)
    if record["status"] != "draft":
        raise DataError(f"{event_id!r} is no draft: it was reviewed", "`scamcli edit` changes it")
    return record


def _unlink(writer: Writer, event_id: str) -> None:
    """Take the links to a draft out of other drafts, and warn of those that reviewed events have."""
    rows = writer.connection.execute(
        "SELECT DISTINCT event.id, record, draft FROM link JOIN event ON event.key = link.event"
        " WHERE target = ? AND event.id <> ?",
        [event_id, event_id],
    ).fetchall()
    for id_, text, is_draft in rows:
        if is_draft:
            record = json.loads(text)
            record["links"] = [link for link in record["links"] if link["event"] != event_id]
            writer.events.put(record)
        else:
            writer.changes.warnings.append(f"{writer.shown(id_)} links to {event_id}, which is gone")


def _forget(writer: Writer, record: dict[str, Any]) -> None:
    """Remove the actors and sites that an ingest made as they are, and that nothing refers to."""
    for type_, name in _named_in(record):
        found = terms.known(writer.connection, type_, name)
        if found is None or found[1] != name or not _is_made(writer.connection, type_, name):
            continue
        if not terms.users(writer.connection, found[0], name if type_ == "actor" else ""):
            writer.entities.remove(found[0])
    writer.naming.forget()
    writer.events.forget()


def _named_in(record: dict[str, Any]) -> Iterable[tuple[str, str]]:
    people = [one["name"] for one in record["actors"]] + [one["stated_by"] for one in record["figures"]]
    outlets = [name for source in record["sources"] for name in (source["outlet"], source["via"])]
    found = [("actor", name) for name in (*people, *outlets) if name]
    return dict.fromkeys([*found, *(("site", name) for name in record["sites"])])


def _is_made(connection: sqlite3.Connection, type_: str, name: str) -> bool:
    """Whether an ingest made it, and it is still what that made of it."""
    rows = connection.execute(
        "SELECT c.command, r.after FROM change_record r JOIN change c ON c.id = r.change"
        " WHERE r.type = ? AND r.name = ? ORDER BY c.id",
        [type_, name],
    ).fetchall()
    return bool(rows) and rows[0][0] == MAKES and len({after for _, after in rows if after is not None}) == 1
