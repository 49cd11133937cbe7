"""Merge two records of the same thing.

The remaining record gets the values of both, and the name or id of the other redirects to it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar, cast

from scamcli.errors import DataError, quote
from scamcli.language.vocabulary import ACTOR_KEYS
from scamcli.output.text import figure_text
from scamcli.records import canonical, normalise
from scamcli.records.claims import CLAIMS, claims_of
from scamcli.store import merge_figures, terms
from scamcli.store.record_writers import find_entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.records.types import EventDict
    from scamcli.store.history import StoredRecord
    from scamcli.store.record_writers import StoredEntity
    from scamcli.store.writer import Writer

T = TypeVar("T")


def merge_names(writer: Writer, type_: str, name: str, into: str) -> int:
    """Merge an actor or a site into another in every record that names it, except in free text.

    The name of the removed record becomes an alias of the remaining one.

    Returns:
        The number of events where the name was replaced.

    Raises:
        NotFoundError: one of them does not exist.
        DataError: both names already belong to the same record.
    """
    (gone, gone_record), (kept, kept_record) = _stored(writer, type_, name), _stored(writer, type_, into)
    if gone.id == kept.id:
        raise DataError(f"{quote(name)} and {quote(into)} are names of one {type_} already.")
    old, new = gone_record["name"], kept_record["name"]
    rows = writer.connection.execute(
        "SELECT DISTINCT event.id, record FROM event_term JOIN event ON event.key = event WHERE term = ?", [gone.id]
    ).fetchall()
    for _, text in rows:
        writer.events.put(cast("EventDict", _renamed(json.loads(text), type_, old, new)))
    if type_ == "actor":
        _rename_in_entities(writer, old, new)
    (gone, gone_record), (kept, kept_record) = _stored(writer, type_, old), _stored(writer, type_, new)
    joined = _joined(kept_record, gone_record, writer.changes.warnings)
    writer.entities.remove(gone.id, successor=new)
    record = normalise.parse(joined)
    writer.naming.check_free(record, kept.id)
    writer.entities.put(record.model_dump(), kept.placeholder or gone.placeholder)
    if joined.get("protected") and not kept_record["protected"]:
        writer.changes.warnings.append(f"{quote(new)} is protected from now on, as {quote(old)} was.")
    writer.forget_mask()
    return len(rows)


def merge_event(writer: Writer, event_id: str, into: str, *, include_protected: bool = False) -> str:
    """Merge an event into another that describes the same thing, and return its former record in printable form.

    The other event gets its sources and the links to it, and its id redirects to the other event from then on.
    """
    if event_id == into:
        raise DataError(f"{quote(event_id)} cannot be merged into itself.")
    writer.ids.forget()
    stored = writer.stored_event(event_id) or "{}"
    record = stored if include_protected else writer.printed(stored)
    _take_over(writer, event_id, into, json.loads(stored))
    writer.events.delete(event_id, successor=into)
    return record


def _take_over(writer: Writer, event_id: str, into: str, gone: StoredRecord) -> None:
    """Let an event take over the links, claims and sources of an event that was merged into it."""
    rows = writer.connection.execute(
        "SELECT DISTINCT record FROM link JOIN event ON event.key = link.event WHERE target = ?", [event_id]
    ).fetchall()
    for (text,) in rows:
        record = json.loads(text)
        for link in record["links"]:
            link["event"] = into if link["event"] == event_id else link["event"]
        record["links"] = _once([link for link in record["links"] if link["event"] != record["id"]])
        writer.events.put(record)
    sites = writer.connection.execute("SELECT record FROM term WHERE type = 'site' AND record IS NOT NULL").fetchall()
    for (text,) in sites:
        site = json.loads(text)
        for claim in claims_of(site):
            claim["event"] = into if claim["event"] == event_id else claim["event"]
        writer.entities.put(site)
    kept = json.loads(writer.stored_event(into) or "{}")
    if gone["figures"]:
        writer.changes.warnings += _on_figures(writer, gone, kept)
    theirs = gone["sources"]
    if gone["status"] == "draft":
        # Copy only pages that the event does not cite yet: the draft's origin keeps the passage.
        pages = [(one["outlet"], one["via"], one["url"]) for one in kept["sources"]]
        theirs = [one for one in theirs if one["url"] is None or (one["outlet"], one["via"], one["url"]) not in pages]
    kept["sources"] = _once([*kept["sources"], *theirs])
    if gone["status"] == "draft" and any(merge_figures.lacking(gone, kept)):
        kept["figures"] = merge_figures.merged_figures(gone, kept, _printed_figures(writer, gone))
        writer.replace_event(into, kept)
    else:
        writer.events.put(kept)


def _printed_figures(writer: Writer, record: StoredRecord) -> list[StoredRecord]:
    printed: StoredRecord = json.loads(writer.printed(canonical.line(record)))
    figures: list[StoredRecord] = printed["figures"]
    return figures


def _on_figures(writer: Writer, gone: StoredRecord, kept: StoredRecord) -> Iterator[str]:
    """Yield what becomes of the figures of an event that was merged into another: only those of a draft are copied."""
    listed: dict[bool, list[str]] = {True: [], False: []}
    for is_lacking, printed in zip(merge_figures.lacking(gone, kept), _printed_figures(writer, gone), strict=True):
        listed[is_lacking].append(figure_text.short(printed))
    if listed[False]:
        yield f"The kept event already has these figures, so they count once: {'; '.join(listed[False])}."
    if listed[True]:
        what = (
            "were added to the kept event, with a note"
            if gone["status"] == "draft"
            else "were not copied, and are no longer counted"
        )
        yield f"These figures {what}: {'; '.join(listed[True])}."


def _stored(writer: Writer, type_: str, name: str) -> tuple[StoredEntity, StoredRecord]:
    found = terms.known(writer.connection, type_, name)
    entity = find_entity(writer.connection, type_, found[1]) if found else None
    if entity is None:
        raise terms.not_found(writer.connection, type_, name)
    return entity, json.loads(entity.record or "{}")


def _rename_in_entities(writer: Writer, old: str, new: str) -> None:
    rows = writer.connection.execute("SELECT record FROM term WHERE type IN ('actor', 'site') AND record IS NOT NULL")
    for (text,) in rows.fetchall():
        record = json.loads(text)
        renamed = _renamed(record, "actor", old, new)
        if renamed != record:
            writer.entities.put(renamed)


def _renamed(record: StoredRecord, type_: str, old: str, new: str) -> StoredRecord:
    """Return the record with every reference to a name replaced by another."""
    if type_ == "site":
        lists = {
            key: _once([new if site == old else site for site in record[key]]) for key in ("sites", "linked_sites")
        }
        lists["linked_sites"] = [site for site in lists["linked_sites"] if site not in lists["sites"]]
        return {**record, **lists}
    named = {"actors", "figures", "sources", *CLAIMS} & record.keys()
    found = dict(record)
    for key in named:
        found[key] = _once([part | {own: new for own in ACTOR_KEYS if part.get(own) == old} for part in record[key]])
    if "member_of" in found:
        members = [new if body == old else body for body in found["member_of"]]
        found["member_of"] = _once([body for body in members if body != found["name"]])
    return found


def _joined(kept: StoredRecord, gone: StoredRecord, warnings: list[str]) -> StoredRecord:
    """Return the merged record: lists are joined, gaps are filled, and the remaining record wins if values differ."""
    own = {kept["name"], gone["name"]}
    joined = kept | {key: _one_of(kept, gone, key, warnings) for key in kept if key != "name"}
    names = [*kept["aliases"], gone["name"], *gone["aliases"]]
    joined["aliases"] = _once([name for name in names if name != kept["name"]])
    if kept.get("lat") is not None:
        joined["precision"] = kept["precision"]  # the other record's precision describes another point
    if "member_of" in joined:
        joined["member_of"] = [body for body in joined["member_of"] if body not in own]
    return joined


def _one_of(kept: StoredRecord, gone: StoredRecord, key: str, warnings: list[str]) -> object:
    ours, theirs = kept[key], gone[key]
    if isinstance(ours, list):
        return _once([*ours, *theirs])
    if key == "protected":
        return ours or theirs
    if None in (ours, theirs) or ours == theirs:
        return theirs if ours is None else ours
    if key == "note":
        return f"{ours}\n{theirs}"
    warnings.append(f"`{key}` remains {quote(str(ours))}; {quote(gone['name'])} had {quote(str(theirs))}.")
    return ours


def _once(values: list[T]) -> list[T]:
    """Return the values without repetition; they need not be hashable."""
    return [value for at, value in enumerate(values) if value not in values[:at]]
