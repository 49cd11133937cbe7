"""Decide on drafts: accept one, reject it, or merge it into an event that describes the same thing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError, NotFoundError, quote
from scamcli.records import similarity
from scamcli.records.canonical import digest
from scamcli.store import drafts, terms
from scamcli.store.snapshots import Reader

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scamcli.records.masking import Masker
    from scamcli.store.history import StoredRecord
    from scamcli.store.snapshots import Origin
    from scamcli.store.writer import Writer

INGEST = "ingest"
"""The command that creates actors and sites which are removed again with the drafts that name them."""


class Draft(NamedTuple):
    """A draft in printable form.

    Attributes:
        record: the record of the event.
        origin: the text and passage that the draft comes from; ``None`` if it does not come from a text.
        digest: the digest of the stored record.
        same_as: the id of an event that seems to describe the same thing.
    """

    record: StoredRecord
    origin: Origin | None
    digest: str
    same_as: str | None


def pending(connection: sqlite3.Connection, masker: Masker | None = None) -> Iterator[Draft]:
    """Return the drafts text by text in the order of each text, and last the drafts that do not come from a text."""
    reader = Reader(connection, masker)
    rows = connection.execute(
        "SELECT event.id, record FROM event LEFT JOIN origin ON origin.event = event.id"
        " LEFT JOIN snapshot ON sha256 = origin.snapshot WHERE draft = 1"
        " ORDER BY snapshot.rowid IS NULL, snapshot.rowid, origin.start, event.key"
    ).fetchall()
    for id_, text in rows:
        record = json.loads(text)
        origin = reader.origin(id_)
        same_as = origin.same_as if origin else twin(connection, record)
        if same_as and not origin and masker:
            same_as = masker.record({"id": same_as})["id"]
        yield Draft(masker.record(record) if masker else record, origin, digest(text), same_as)


def twin(connection: sqlite3.Connection, record: StoredRecord) -> str | None:
    """Return the id of the event that seems to be the same as a draft that does not come from a text."""
    found = drafts.find_twin(connection, record)
    return found.id if found is not None and similarity.is_telling(found.reasons) else None


def accept(writer: Writer, event_id: str) -> StoredRecord:
    """Turn a draft into a reviewed event, and return its record.

    Raises:
        NotFoundError: there is no such event.
        DataError: it is not a draft, or is invalid.
    """
    record = require_draft(writer, event_id)
    return writer.replace_event(event_id, record | {"status": "reviewed"}).model_dump()


def reject(writer: Writer, event_id: str) -> None:
    """Remove a draft, the links to it from other drafts, and the names added with it that are no longer used."""
    record = require_draft(writer, event_id)
    _unlink(writer, event_id)
    writer.events.delete(event_id)
    _remove_unused_names(writer, record)


def merge(writer: Writer, event_id: str, into: str) -> None:
    """Merge a draft into an event, which gets its sources; the draft's id redirects to that event."""
    record = require_draft(writer, event_id)
    if writer.stored_event(into) is None:
        raise NotFoundError(f"No event with the id {quote(into)}.", "`scamcli search` lists them.")
    from scamcli.store import merge_records  # not at the top, because listing drafts must not load the models

    merge_records.merge_event(writer, event_id, into)
    _remove_unused_names(writer, record)


def require_draft(writer: Writer, event_id: str) -> StoredRecord:
    """Return the record of a draft.

    Raises:
        NotFoundError: there is no such event.
        DataError: it is not a draft.
    """
    stored = writer.stored_event(event_id)
    if stored is None:
        raise NotFoundError(f"No event with the id {quote(event_id)}.", "`scamcli review` lists the drafts.")
    record: StoredRecord = json.loads(stored)
    if record["status"] != "draft":
        raise DataError(f"{quote(event_id)} is not a draft: it has been reviewed.", "`scamcli edit` changes it.")
    return record


def _unlink(writer: Writer, event_id: str) -> None:
    """Remove the links to a draft from other drafts, and warn about links from reviewed events."""
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
            writer.changes.warnings.append(f"{writer.shown(id_)} links to {event_id}, which was removed.")


def _remove_unused_names(writer: Writer, record: StoredRecord) -> None:
    """Remove unused actors and sites that an ingest created and nobody has changed since."""
    for type_, name in drafts.names_in(record):
        found = terms.known(writer.connection, type_, name)
        if found is None or found[1] != name or not _was_ingested(writer.connection, type_, name):
            continue
        if not terms.users(writer.connection, found[0], name if type_ == "actor" else ""):
            writer.entities.remove(found[0])
    writer.naming.forget()
    writer.events.forget()


def _was_ingested(connection: sqlite3.Connection, type_: str, name: str) -> bool:
    """Return whether an ingest created an actor or a site that has not changed since."""
    rows = connection.execute(
        "SELECT c.command, r.after FROM change_record r JOIN change c ON c.id = r.change"
        " WHERE r.type = ? AND r.name = ? ORDER BY c.id",
        [type_, name],
    ).fetchall()
    return bool(rows) and rows[0][0] == INGEST and len({after for _, after in rows if after is not None}) == 1
