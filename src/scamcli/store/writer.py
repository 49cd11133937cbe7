"""Add, change and remove records, which are validated first."""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from scamcli.errors import DataError, WrongUsageError, quote
from scamcli.language import dates
from scamcli.language.vocabulary import RENAMED_COUNTS
from scamcli.language.wording.parsing import bounds_in
from scamcli.records import canonical, derivations, normalise, pseudonyms
from scamcli.records.models import Actor, Event, MetricRecord, Record
from scamcli.records.row_names import RowNames
from scamcli.store import printed_ids, terms
from scamcli.store.conflict_policy import Choice, Decide, RecordConflict, drop_stale_bounds, settle_derived
from scamcli.store.history import Cause, find_removed
from scamcli.store.ids import differing
from scamcli.store.naming import Changes, NewNames
from scamcli.store.transaction import Transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from scamcli.language.vocabulary import Metric
    from scamcli.language.wording.bounds import Bounds
    from scamcli.records.types import EventDict
    from scamcli.store.history import StoredRecord

__all__ = ["Cause", "Changes", "NewNames", "Place", "Writer", "event_dict"]


def event_dict(event: Event) -> EventDict:
    """Return an event as a plain dictionary."""
    return cast("EventDict", event.model_dump())


class Place(NamedTuple):
    """The place of a record in the input: number and name of the input, and number of the line or row."""

    input: int
    name: str
    number: int

    def __str__(self) -> str:
        """Return the place in the form used in messages."""
        if isinstance(self.name, RowNames):
            return self.name.row(self.number)
        return f"{self.name}:{self.number}"


class Writer(Transaction):
    """Writes records into one database."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, new_names: NewNames, cause: Cause, file: int | None
    ) -> None:
        super().__init__(connection, path, new_names, cause, file)
        self.place = Place(0, "", 0)
        """The place of the current record, for messages."""
        self._unsettled: list[tuple[Place, Record]] = []
        self.decide: Decide | Choice = Choice.FAIL
        """What to do if a record exists already and differs."""
        self.keeps_ids = False
        """Whether to accept ids with a protected name, because they were made elsewhere; they are printed masked."""

    # Lookups for the checks

    def metric(self, name: str) -> Metric | None:
        """Return a metric, or ``None`` if it is unknown."""
        return self.naming.metric(name)

    def days(self, event_id: str) -> dates.Period | None:
        """Return the days of an event, or ``None`` if it does not exist."""
        text = self.stored_event(event_id)
        return None if text is None else dates.parse_date(json.loads(text)["date"])

    def has_figure(self, event_id: str, figure_id: str) -> bool:
        """Return whether an event has a figure with this id."""
        record = json.loads(self.stored_event(event_id) or '{"figures": []}')
        return figure_id in [figure["id"] for figure in record["figures"]]

    # Methods for commands

    def take(self, value: StoredRecord, *, insert_only: bool = False) -> Record:
        """Store a record that is new, or that agrees with the existing record in the given keys.

        Args:
            value: the record, which may lack keys.
            insert_only: refuse a record that exists already.

        Raises:
            DataError: the record is invalid, or differs from the existing one and `decide` does not settle the
                conflict.
        """
        before = self._before(value)
        if before is not None and self.masker() is not None:
            pseudonyms.require_none_new(value, before)
        given = self.restored(value, before)
        if before is not None and before.get("protected") and given.get("protected") is False:
            # A copy from before the protection would also say this, so only an edit of the actor ends it.
            given = {key: one for key, one in given.items() if key != "protected"}
            self.changes.warnings.append(f"{before['name']} stays protected; `scamcli edit` ends the protection.")
        if before is not None and before.get("protected") and isinstance(given.get("aliases"), list):
            lacking = [alias for alias in before["aliases"] if alias not in given["aliases"]]
            if lacking:  # a name that it has no more may be somebody else's, and would be shown
                given = {**given, "aliases": [*given["aliases"], *lacking]}
                self.changes.warnings.append(f"{before['name']} keeps its other names; `scamcli edit` removes them.")
        record = normalise.parse(given)
        if isinstance(record, Event):
            return self._take_event(record, given, before, insert_only=insert_only)
        if isinstance(record, MetricRecord):
            self.naming.check_metric(record, is_new=before is None)
            if given.get("count") in RENAMED_COUNTS:
                self.changes.counts[derivations.Choice(record.name, record.count, derivations.RENAMED)] += 1
        return self._take_entity(record, given, before, insert_only=insert_only)

    def settle(self) -> None:
        """Create the actors that new actors and sites name, after all of the command's own records exist."""
        for _, record in self.unsettled():
            self.settle_one(record)

    def unsettled(self) -> list[tuple[Place, Record]]:
        """Return and clear the list of new actors and sites, with their places, whose names are not created yet."""
        found, self._unsettled = self._unsettled, []
        return found

    def settle_one(self, record: Record) -> None:
        """Create the actors that a new actor or site names."""
        before = record.line()
        self.naming.refer(record, make=True)
        if record.line() != before:
            self._put_entity(record)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Roll back the changes made in the block if a `DataError` is raised. The transaction continues either way."""
        mark, number, unsettled = self.changes.mark(), self.history.number, len(self._unsettled)
        self.connection.execute("SAVEPOINT attempt")
        try:
            yield
        except DataError:
            self.connection.execute("ROLLBACK TO attempt")
            self.changes.back_to(mark)
            self.history.number = number
            del self._unsettled[unsettled:]
            self.naming.forget()
            self.events.forget()
            self.forget_mask()
            raise
        finally:
            self.connection.execute("RELEASE attempt")

    def replace_event(self, event_id: str, value: StoredRecord) -> Event:
        """Change the given keys of an event.

        Raises:
            DataError: the result is invalid or has another id.
        """
        before = json.loads(self.stored_event(event_id) or "{}")
        value = self.restored(value, before) | {"type": "event"}
        normalise.parse(value)  # first on its own, because the keys that every event needs must be given
        value = before | value
        if value["id"] != event_id:
            raise DataError(
                f"The record has the id {quote(value['id'])}; ids are permanent, so expected {quote(event_id)}.",
                "If the id has a name that nobody must read, `scamcli redact NAME` erases the name and changes the id.",
            )
        self.ids.forget()
        event = normalise.parse(value)
        if not isinstance(event, Event):
            raise DataError("Expected the record of an event.")
        self._check_ids(event)
        self.changes.counts.update(normalise.complete(event, self.naming))
        self._follow(event)
        self.events.put(event_dict(event))
        return event

    def replace_entity(self, type_: str, name: str, value: StoredRecord) -> Record:
        """Change the given keys of an actor, site or metric as in `put_entity`, and run `settle`."""
        record = self.put_entity(type_, name, value)
        self.settle()
        return record

    def put_entity(self, type_: str, name: str, value: StoredRecord) -> Record:
        """Change the given keys of an actor, site or metric, but leave it to the caller to run `settle`.

        Raises:
            NotFoundError: there is no record with this name.
            DataError: the result is invalid or has another name.
            WrongUsageError: it ends a protection, and the change has no reason.
        """
        found = terms.known(self.connection, type_, name)
        before = terms.record_of(self.connection, found[0]) if found else None
        if found is None or before is None:
            raise terms.not_found(self.connection, type_, name)
        return self._replace(before, self.restored(value, before))

    def _replace(self, before: StoredRecord, given: StoredRecord) -> Record:
        """Change the given keys of an existing actor, site or metric, whose names are settled later."""
        value = before | {key: one for key, one in given.items() if key != "digest"}
        ends_protection = before.get("protected") and not value.get("protected")
        if ends_protection and not (self.history.cause.reason or "").strip():
            reason = "Ending a protection shows the name everywhere, so it needs a reason."
            raise WrongUsageError(reason, "Give the reason: --reason TEXT.")
        if value["name"] != before["name"]:
            raise DataError(
                f"The record has another name; expected {quote(before['name'])}.", "`names alias` adds a name."
            )
        found = terms.known(self.connection, before["type"], before["name"])
        record = normalise.parse(value)
        self.naming.check_free(record, found[0] if found else None)
        self.naming.refer(record, make=False)
        self._put_protected(record)
        self._unsettled.append((self.place, record))
        return record

    def remove_event(self, event_id: str, *, include_protected: bool = False) -> str:
        """Remove an existing event, but not what it refers to, and return its record in printable form."""
        self.ids.forget()
        stored = self.stored_event(event_id) or "{}"
        record = stored if include_protected else self.printed(stored)
        self.events.delete(event_id)
        return record

    def links_to(self, event_id: str) -> list[str]:
        """Return the ids of the events that link to this one, in printable form."""
        rows = self.connection.execute(
            "SELECT DISTINCT event.id FROM link JOIN event ON event.key = link.event WHERE target = ?", [event_id]
        )
        return [self.shown(id_) for (id_,) in rows]

    def remove_term(self, type_: str, name: str, *, include_protected: bool = False) -> str:
        """Remove an actor or a site that nothing refers to, and return its record in printable form.

        Raises:
            NotFoundError: there is no record with this name.
            DataError: an event, an actor or a site refers to the record.
        """
        found = terms.known(self.connection, type_, name)
        if found is None:
            raise terms.not_found(self.connection, type_, name)
        users = terms.users(self.connection, found[0], found[1] if type_ == "actor" else "")
        if users:
            listed = ", ".join(users[:5]) + (" …" if len(users) > 5 else "")
            raise DataError(f"{quote(name)} is named by {listed}.", "Remove it there first.")
        record = canonical.line(terms.record_of(self.connection, found[0]) or {})
        if self.printed(record) != record and not include_protected:
            hint = "Use --include-protected to print it; `scamcli add -` adds it again."
            raise DataError(f"{quote(name)} is protected, so its record would be lost without being printed.", hint)
        self.entities.remove(found[0])
        return record

    def alias(self, type_: str, name: str, alias: str) -> bool:
        """Give an actor or a site another name, and return whether the name is new.

        Raises:
            NotFoundError: there is no record with this name.
            DataError: the alias belongs to another record.
        """
        found = terms.known(self.connection, type_, name)
        if found is None:
            raise terms.not_found(self.connection, type_, name)
        record = terms.record_of(self.connection, found[0]) or {}
        if alias == found[1] or alias in record["aliases"]:
            return False
        entity = normalise.parse(record | {"aliases": [*record["aliases"], alias]})
        self.naming.check_free(entity, found[0])
        self._put_protected(entity)
        return True

    def _follow(self, event: Event) -> None:
        for link in event.links:
            # The id may be a printed one, with a placeholder for a protected name.
            if "protected-" in link.event and not self.stored_event(link.event):
                link.event = self.event_id(link.event) or link.event
            link.event = self.ids.into(link.event)

    def shown_in(self, record: Record, text: str) -> str:
        """Return a text about a record with protected names masked, even single words of the record's own ones."""
        masker = self.masker()
        return masker.text_in(record.model_dump(), text) if masker else text

    # Internal

    def _before(self, value: StoredRecord) -> StoredRecord | None:
        """Return the stored record with the id or name of an incoming one."""
        type_, name, id_ = value.get("type"), value.get("name"), value.get("id")
        if type_ == "event" and isinstance(id_, str) and normalise.is_text(id_):
            stored = self.stored_event(id_) or self.stored_event(self.event_id(id_) or "")
            return json.loads(stored) if stored else None
        if isinstance(type_, str) and isinstance(name, str) and normalise.is_text(type_ + name):
            found = terms.known(self.connection, type_, name)
            if found is None:
                printed = printed_ids.name_printed_as(self.connection, type_, name, self.masker())
                found = terms.known(self.connection, type_, printed) if printed is not None else None
            return terms.record_of(self.connection, found[0]) if found else None
        return None

    def _take_event(
        self, event: Event, given: StoredRecord, before: StoredRecord | None, *, insert_only: bool
    ) -> Event:
        if before is not None and insert_only:
            raise DataError(
                f"There is already an event {quote(str(event.id))}.", f"Change it with `scamcli edit {event.id}`."
            )
        choices = normalise.complete(event, self.naming if before is None else self.naming.known)
        self._follow(event)
        if before is None and event.id is not None:
            before = self.ids.merged(event, given, insert_only=insert_only)
        if event.id is None:
            title, is_new = self.nameless_title(event_dict(event)), partial(self.history.has_made, "event")
            before = self.ids.give(event, title, given, is_new, insert_only=insert_only)
            if before is not None and self.history.has_made("event", before["id"]):
                self.changes.repeat(self.place, before["id"])
                return event
            if before is None:
                self.changes.made_at[str(event.id)] = str(self.place)
        if before is not None:
            self.changes.warnings += settle_derived(given, before, event.countries, self.naming.known.actor)
            if self._is_to_update(before, event, given):
                self._reword(before, given)
                return self.replace_event(before["id"], given | {"id": before["id"]})
            return event
        self._check_ids(event)
        self.events.insert(event_dict(event))
        self.changes.added += 1
        self.changes.counts.update(choices)
        return event

    def _take_entity(
        self, record: Record, given: StoredRecord, before: StoredRecord | None, *, insert_only: bool
    ) -> Record:
        type_, name = given["type"], getattr(record, "name", "")
        if before is None:
            self.naming.check_free(record, None)
            (self._put_protected if insert_only else self._put_entity)(record)
            self._unsettled.append((self.place, record))
            self.changes.added += 1
        elif insert_only:
            raise DataError(f"There is {'an' if type_ == 'actor' else 'a'} {type_} {quote(before['name'])} already.")
        else:
            self.naming.refer(record, make=False)
            was = find_removed(self.connection, type_, name) if name != before["name"] else None
            if was is not None and was.successor is not None and not differing(was.record, record, given):
                before = was.record  # merged since, and given as it was before that
            if self._is_to_update(before, record, given):
                return self._replace(before, given)
        return record

    def _is_to_update(self, before: StoredRecord, after: Record, given: StoredRecord) -> bool:
        """Return whether the given keys differ from the existing record and should replace its values."""
        keys = differing(before, after, given)
        if not keys:
            self.changes.unchanged += 1
            return False
        value = after.model_dump()
        name = before["id" if before["type"] == "event" else "name"]
        conflict = RecordConflict(before["type"], name, tuple(keys), before, before | {key: value[key] for key in keys})
        choice = self.decide if isinstance(self.decide, Choice) else self.decide(conflict)
        if choice is Choice.FAIL:
            hint = "Nothing was written. Use --on-conflict update or skip, or change it with `scamcli edit`."
            what = f"The {before['type']} {quote(name)} already exists with a different"
            raise DataError(f"{what} {', '.join(f'`{key}`' for key in keys)}.", hint)
        if choice is Choice.SKIP:
            self.changes.skipped.append(name)
            return False
        self.changes.updated += 1
        lost = conflict.lost_entries()
        self.changes.lost_entries += [f"{name}: {', '.join(lost)}"] if lost else []
        return True

    def _reword(self, before: StoredRecord, given: StoredRecord) -> None:
        """Derive the bounds of figures again if only their wording was changed."""

        def derived(figure: StoredRecord) -> Bounds:
            metric = self.metric(figure["metric"])
            unit = figure.get("unit") or (metric.unit if metric else "")
            return bounds_in(figure["stated"] or "", unit)

        for figure in drop_stale_bounds(given, before, derived):
            self.changes.warnings.append(f"{before['id']}: The bounds of {quote(figure)} follow its new wording.")

    def _put_entity(self, record: Record) -> None:
        written = record.model_dump()
        self.entities.put(written)
        self.refresh_mask(written)

    def _put_protected(self, record: Record) -> None:
        """Write a record, and add a protected actor to the drafts whose text mentions that actor.

        Bulk imports do not use this, because it reads every draft.
        """
        self._put_entity(record)
        if isinstance(record, Actor) and record.protected:
            from scamcli.store import drafts  # not at the top, because most commands protect nobody

            drafts.name_protected(self, record.model_dump())

    def _check_ids(self, event: Event) -> None:
        """Refuse an id that contains a protected name, because ids are public. Placeholders are allowed."""
        masker = self.masker()
        if masker is None or self.keeps_ids:
            return
        record = event.model_dump()
        id_, *figures = (pseudonyms.without_any(one["id"]) for one in (record, *record["figures"]) if one["id"])
        is_named = masker.own_id(record | {"id": id_}) != id_ or any(map(masker.named_in, figures))
        if is_named and self.stored_event(event.id or "") is None:
            raise DataError("An id contains the name of a protected actor.", "Choose another --id.")
