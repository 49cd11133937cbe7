"""Split a draft into two, because its passage tells of two events. Both keep the passage and the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from scamcli.errors import NotFoundError, WrongUsageError, quote
from scamcli.store import sealed_content
from scamcli.store.keys import HIDDEN
from scamcli.store.review_drafts import require_draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scamcli.records.types import EventDict
    from scamcli.store.history import StoredRecord
    from scamcli.store.writer import Writer

Entries = list[dict[str, Any]]


def split(writer: Writer, event_id: str, actors: Sequence[str], figures: Sequence[str], title: str | None) -> str:
    """Move actors and figures of a draft to a new draft, and return the id of the new one.

    A figure takes its parts along. Dates, places and sources are in both drafts; links stay with the first one.

    Raises:
        NotFoundError: there is no such draft, or it has no such actor or figure.
        DataError: it is not a draft, or the title is not valid.
        WrongUsageError: nothing would be moved, nothing would stay, or a part would lose its whole.
    """
    record = require_draft(writer, event_id)
    shown = writer.masked(record)
    names = [{stored["name"], one["name"]} for stored, one in zip(record["actors"], shown["actors"], strict=True)]
    moved_actors = {_position(writer, name, names, shown["actors"]) for name in actors}
    moved_figures = _figures_to_move(record["figures"], figures)
    if not moved_actors and not moved_figures:
        raise WrongUsageError("You named nothing to move to the new draft.", "Name figures or actors of the draft.")
    if len(moved_actors) + len(moved_figures) == len(record["actors"]) + len(record["figures"]):
        raise WrongUsageError(
            "This would leave the old draft without figures and actors.", "Keep at least one of them in it."
        )
    moved = {
        **record, "title": title or record["title"], "links": [],
        "actors": [one for at, one in enumerate(record["actors"]) if at in moved_actors],
        "figures": _loose(one for one in record["figures"] if one["id"] in moved_figures),
    }  # fmt: skip
    kept = {
        **record,
        "actors": [one for at, one in enumerate(record["actors"]) if at not in moved_actors],
        "figures": _loose(one for one in record["figures"] if one["id"] not in moved_figures),
    }
    return _store(writer, kept, moved, is_renamed=title is not None)


def _store(writer: Writer, kept: StoredRecord, moved: StoredRecord, *, is_renamed: bool) -> str:
    """Write both drafts. The new one also gets the passage and the reasons of the first one."""
    if is_renamed:
        from scamcli.records import normalise

        moved = writer.restored(moved, kept)
        normalise.parse({**moved, "id": None, "type": "event"})  # raises an error if the title is not valid
    new_id = writer.ids.free(moved, writer.nameless_title(cast("EventDict", moved)), ())
    writer.events.put(cast("EventDict", kept))
    writer.events.insert(cast("EventDict", {**moved, "id": new_id}))
    writer.changes.added += 1
    writer.connection.execute(
        'INSERT OR REPLACE INTO origin SELECT ?, snapshot, start, "end", reasons, unread, twin FROM origin'
        " WHERE event = ?",
        [new_id, kept["id"]],
    )
    sealed_content.note(writer.history, "origin", new_id)
    return new_id


def _position(writer: Writer, name: str, names: Sequence[set[str]], shown: Entries) -> int:
    """Return the position of the actor with a name: the stored one, the printed one, or an alias."""
    for meant in (name, writer.naming.own("actor", name)):
        for at, its in enumerate(names):
            if meant in its:
                return at
    raise _not_there("actor", name, [one["name"] for one in shown])


def _not_there(what: str, name: str, there: Sequence[str]) -> NotFoundError:
    # A spelling that is nearly a protected name would give the name away beside its placeholder.
    given = HIDDEN if any("[protected-" in one for one in there) else quote(name)
    return NotFoundError(f"The draft has no {what} {given}.", f"It has {', '.join(there) or 'none'}.")


def _figures_to_move(figures: Entries, ids: Sequence[str]) -> set[str]:
    """Return the ids of the figures that were named, and of all their parts.

    Raises:
        NotFoundError: there is no such figure.
        WrongUsageError: a part would lose its whole.
    """
    known = [figure["id"] for figure in figures]
    for id_ in ids:
        if id_ not in known:
            raise _not_there("figure", id_, known)
    found = _with_parts(figures, ids)
    for part in figures:
        if part["id"] in found and part["part_of"] and part["part_of"] not in found:
            whole = quote(part["part_of"])
            raise WrongUsageError(
                f"{quote(part['id'])} is a part of {whole}; in two events, both would be counted.",
                f"Move {whole}, which takes its parts along, or first correct the figure.",
            )
    return found


def _with_parts(figures: Entries, ids: Iterable[str]) -> set[str]:
    """Return the ids of figures and of all their parts, at any depth."""
    found = set(ids)
    while more := {one["id"] for one in figures if one["part_of"] in found} - found:
        found |= more
    return found


def _loose(figures: Iterable[dict[str, Any]]) -> Entries:
    """Return figures, without their references to figures that are not in the list."""
    found = list(figures)
    ids = {one["id"] for one in found}
    return [{**one, "of": [id_ for id_ in one["of"] or () if id_ in ids] or None} for one in found]
