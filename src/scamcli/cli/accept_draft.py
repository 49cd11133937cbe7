"""Accepting a draft: what ``add`` would refuse of the same record is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scamcli.cli.event_flags import check, find_links, say_unread
from scamcli.cli.output import say
from scamcli.errors import ChangedError, NotFoundError
from scamcli.query import resolve
from scamcli.records import canonical
from scamcli.records.models import Event
from scamcli.store import review_drafts
from scamcli.store.snapshots import Reader

if TYPE_CHECKING:
    from scamcli.cli.options import Care
    from scamcli.store.writer import Writer


def accept(writer: Writer, event_id: str, care: Care) -> None:
    """Accept a draft as it is.

    Raises:
        NotFoundError, DataError: there is no such draft; something looks wrong in it.
    """
    record = Event.model_validate(review_drafts.accept(writer, event_id))
    check(writer, record, care)
    say_unread(writer, record)


def accept_and_tell(writer: Writer, event_id: str, care: Care) -> None:
    """The same, for who was not shown that an event seems to tell the same: then say so.

    Raises:
        NotFoundError, DataError: there is no such draft; something looks wrong in it.
    """
    id_, twin = writer.shown(event_id), _twin(writer, event_id)
    accept(writer, event_id, care)
    if twin is not None:
        say(f"{id_} seems to tell what {twin} tells: `scamcli remove {id_} --same-as {twin}` makes them one")


def _twin(writer: Writer, event_id: str) -> str | None:
    """Another event that a draft was found to be like, as its id is printed; ``None`` where none is there."""
    origin = Reader(writer.connection, None).origin(event_id)
    stored = writer.stored_event(event_id)
    told = origin.same_as if origin else None
    same_as = review_drafts.twin(writer.connection, json.loads(stored)) if stored and origin is None else told
    try:
        found = resolve.event_id(writer.connection, same_as) if same_as else event_id
    except NotFoundError:
        return None
    return None if found == event_id else writer.shown(found)


def unchanged(writer: Writer, id_: str, digest: str) -> str:
    """The whole id of a draft that is still the one that was shown.

    Raises:
        ChangedError: it has changed since, or is no draft any more.
    """
    try:
        event_id = writer.event_id(id_) or resolve.event_id(writer.connection, id_)
    except NotFoundError:
        event_id = ""
    stored = writer.stored_event(event_id)
    if stored is None or json.loads(stored)["status"] != "draft":
        raise ChangedError("somebody else has decided on this draft meanwhile", "nothing was written")
    if canonical.digest(stored) != digest:
        raise ChangedError("the draft has changed since it was shown", "nothing was written; look at it again")
    return event_id


def accept_changed(writer: Writer, event_id: str, value: dict[str, Any], care: Care) -> None:
    """Accept a draft as it was changed; with the status draft it stays one.

    Raises:
        DataError: it cannot be taken; something looks wrong in it.
    """
    find_links(writer, value["links"])
    record = writer.replace_event(event_id, value)
    check(writer, record, care)
    say_unread(writer, record)
