"""The only writer: one transaction a command, and what the command may say afterwards."""

from __future__ import annotations

import json
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Any

from scamcli import dates, intake, privacy
from scamcli.errors import DataError, NotFoundError
from scamcli.keys import Level
from scamcli.models import Actor, Event, MetricRecord, Record, Site
from scamcli.store import terms
from scamcli.store.connection import plainly
from scamcli.store.events import EventWriter
from scamcli.vocabulary import METRICS, Metric

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


_UNREAD = object()


class NewNames(Enum):
    """What a name becomes that is neither a name nor an alias."""

    CAREFUL = "careful"
    """A new actor, but an error where it is spelt like one that is known."""
    TAKEN = "taken"
    """A new actor, with a warning where it is spelt like one that is known."""
    REFUSED = "refused"
    """An error."""


class Changes:
    """What a command did, for the command line to tell."""

    def __init__(self) -> None:
        self.added: list[str] = []
        self.unchanged = 0
        self.new: list[tuple[str, str]] = []
        """Type and name of what was not known before."""
        self.warnings: list[str] = []


class Writer:
    """Writes records into one database; it is the ``Known`` that intake asks."""

    def __init__(self, connection: sqlite3.Connection, path: Path, new_names: NewNames = NewNames.CAREFUL) -> None:
        self.connection = connection
        self.path = path
        self.new_names = new_names
        self.changes = Changes()
        self._events = EventWriter(connection)
        self._names: dict[tuple[str, str], str] = {}
        self._mask: object = _UNREAD
        self._unsettled: list[Record] = []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing."""
        with plainly(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    # What intake asks.

    def actor(self, name: str, *, outlet: bool = False) -> str:
        """The actor's own name; a new one is made as the policy says."""
        return self._resolve("actor", name, {"kind": "media"} if outlet else {})

    def site(self, name: str) -> str:
        """The site's own name, likewise."""
        return self._resolve("site", name, {})

    def metric(self, name: str) -> Metric | None:
        """A built-in metric, or one of this timeline's own."""
        return terms.metric(self.connection, name)

    def days(self, event_id: str) -> dates.Period | None:
        """The days of an event; ``None`` when there is no such event."""
        text = self.stored_event(event_id)
        return None if text is None else dates.parse_date(json.loads(text)["date"])

    def has_figure(self, event_id: str, figure_id: str) -> bool:
        """Whether an event has a figure of this id."""
        record = json.loads(self.stored_event(event_id) or '{"figures": []}')
        return any(figure["id"] == figure_id for figure in record["figures"])

    def free_id(self, wanted: str) -> str:
        """The id that is wanted, or the first numbered one that is free."""
        number, tried = 1, wanted
        while self.stored_event(tried) is not None:
            number += 1
            tried = f"{wanted}-{number}"
        return tried

    # What commands call.

    def take(self, value: dict[str, Any], *, insert_only: bool = False) -> Record:
        """Take a record in: new, or the same as the one that is there on the keys that it gives.

        Raises:
            DataError: it cannot be taken, or differs from the one that is there.
        """
        record = intake.parse(value)
        if isinstance(record, Event):
            return self._take_event(record, value, insert_only=insert_only)
        if isinstance(record, MetricRecord) and record.name in METRICS:
            raise DataError(f"the metric {record.name!r} is built in")
        return self._take_entity(record, value, insert_only=insert_only)

    def replace_event(self, event_id: str, value: dict[str, Any]) -> Event:
        """Put a whole record in the place of the event with this id.

        Raises:
            DataError: it cannot be taken, or its id is another.
        """
        before = json.loads(self.stored_event(event_id) or "{}")
        value = privacy.restored(value, before, self._masker())
        event = intake.parse({**value, "type": "event", "id": value.get("id") or event_id})
        if not isinstance(event, Event) or event.id != event_id:
            raise DataError(f"the record has the id {value.get('id')!r}; an id is permanent, expected {event_id!r}")
        self._events.put(intake.complete(event, self))
        self._unchanged_ids(event)
        return event

    def replace_entity(self, type_: str, name: str, value: dict[str, Any]) -> Record:
        """Put a whole record in the place of the actor, site or metric of this name.

        Raises:
            DataError: it cannot be taken, or its name is another.
        """
        found = terms.known(self.connection, type_, name)
        before = terms.record_of(self.connection, found[0]) if found else None
        value = privacy.restored(value, before or {}, self._masker())
        record = intake.parse({"type": type_, "name": name, **value})
        if getattr(record, "name", None) != name:
            raise DataError(f"the record has another name; expected {name!r}", "`names alias` adds a name")
        self._check_forms(record, found[0] if found else None)
        self._put_entity(record)
        self._unsettled.append(record)
        self.settle()
        return record

    def remove_event(self, event_id: str) -> str:
        """Remove an event, and give its record as it may be printed; what it referred to stays."""
        record = self.printed(self.stored_event(event_id) or "{}")
        self._events.delete(event_id)
        return record

    def links_to(self, event_id: str) -> list[str]:
        """The ids of the events that link to this one."""
        rows = self.connection.execute(
            "SELECT DISTINCT event.id FROM link JOIN event ON event.key = link.event WHERE target = ?",
            [event_id],
        )
        return [self.shown(id_) for (id_,) in rows]

    def remove_term(self, type_: str, name: str) -> str:
        """Remove an actor or a site that nothing refers to, and give its record as it may be printed.

        Raises:
            NotFoundError: there is none.
            DataError: an event refers to it.
        """
        found = terms.known(self.connection, type_, name)
        if found is None:
            raise NotFoundError(f"no {type_} named {name!r}")
        (used,) = self.connection.execute(
            "SELECT count(DISTINCT event) FROM event_term WHERE term = ?", [found[0]]
        ).fetchone()
        if used:
            raise DataError(f"{name!r} stands in {used} event{'s' * (used > 1)}", "take it out of them first")
        record = self.printed(json.dumps(terms.record_of(self.connection, found[0]), ensure_ascii=False))
        terms.remove(self.connection, found[0])
        return record

    def alias(self, type_: str, name: str, alias: str) -> bool:
        """Give an actor or a site another name; whether it was new.

        Raises:
            DataError: the alias is taken by another.
        """
        found = terms.known(self.connection, type_, name)
        if found is None:
            raise NotFoundError(f"no {type_} named {name!r}")
        record = terms.record_of(self.connection, found[0]) or {}
        if alias == found[1] or alias in record["aliases"]:
            return False
        record["aliases"] = [*record["aliases"], alias]
        entity = intake.parse(record)
        self._check_forms(entity, found[0])
        self._put_entity(entity)
        return True

    def stored_event(self, event_id: str) -> str | None:
        """An event's canonical JSON."""
        row = self.connection.execute("SELECT record FROM event WHERE id = ?", [event_id]).fetchone()
        return row[0] if row else None

    def settle(self) -> None:
        """Make the actors that new actors and sites name, once all of a file's own records are there."""
        records, self._unsettled = self._unsettled, []
        for record in records:
            if isinstance(record, Actor):
                record.member_of = [self.actor(name) for name in record.member_of]
            elif isinstance(record, Site):
                for owner in record.owners:
                    owner.name = self.actor(owner.name)
                    owner.stated_by = self.actor(owner.stated_by) if owner.stated_by else None
                    owner.outlet = self.actor(owner.outlet, outlet=True) if owner.outlet else None
            else:
                continue
            self._put_entity(record)

    def shown(self, text: str) -> str:
        """A text as it may be printed: protected names withheld."""
        masker = self._masker()
        return masker.text(text) if masker else text

    def printed(self, record: str) -> str:
        """A record as it may be printed."""
        masker = self._masker()
        return json.dumps(masker.record(json.loads(record)), ensure_ascii=False) if masker else record

    # Internal.

    def _take_event(self, event: Event, given: dict[str, Any], *, insert_only: bool) -> Event:
        stored = self.stored_event(event.id) if event.id else None
        if stored is None:
            self._events.insert(intake.complete(event, self))
            self.changes.added.append(event.id or "")
            self._unchanged_ids(event)
            return event
        if insert_only:
            raise DataError(f"there is an event {event.id!r} already", f"change it with `scamcli edit {event.id}`")
        before = json.loads(stored)
        whole = intake.complete(event, self).model_dump()
        self._compare(f"event {event.id!r}", before, whole, given)
        return event

    def _take_entity(self, record: Record, given: dict[str, Any], *, insert_only: bool) -> Record:
        type_, name = given["type"], getattr(record, "name", "")
        found = terms.known(self.connection, type_, name)
        before = terms.record_of(self.connection, found[0]) if found else None
        if found is None or before is None:
            self._check_forms(record, None)
            self._put_entity(record)
            self._unsettled.append(record)
            self.changes.added.append(name)
        elif insert_only:
            raise DataError(f"there is {'an' if type_ == 'actor' else 'a'} {type_} {found[1]!r} already")
        else:
            self._compare(f"{type_} {found[1]!r}", before, record.model_dump(), given)
        return record

    def _compare(self, what: str, before: dict[str, Any], after: dict[str, Any], given: dict[str, Any]) -> None:
        after = privacy.restored(after, before, self._masker())
        differs = [key for key in given if key in before and before[key] != after[key]]
        if differs:
            keys = ", ".join(f"`{key}`" for key in differs)
            raise DataError(
                f"{what} is here already, with another {keys}",
                "nothing was written; `scamcli edit` changes it",
            )
        self.changes.unchanged += 1

    def _put_entity(self, record: Record) -> None:
        value = record.model_dump()
        if value.get("protected"):
            privacy.check_names([value["name"], *value["aliases"]])
        self._mask = _UNREAD
        terms.put(self.connection, value["type"], value["name"], value)

    def _check_forms(self, record: Record, term: int | None) -> None:
        """A name or an alias names one actor: never two."""
        for form in [getattr(record, "name", ""), *getattr(record, "aliases", [])]:
            for level in (Level.NAME, Level.ALIAS):
                for other, name in terms.by_form(self.connection, getattr(record, "type", ""), level, form):
                    if other != term:
                        raise DataError(f"{form!r} is a name of {name!r} already", "a name names one, never two")

    def _resolve(self, type_: str, name: str, defaults: dict[str, str]) -> str:
        cached = self._names.get((type_, name))
        if cached is None:
            found = terms.known(self.connection, type_, name)
            cached = found[1] if found else self._make(type_, name, defaults)
            self._names[type_, name] = cached
        return cached

    def _make(self, type_: str, name: str, defaults: dict[str, str]) -> str:
        similar = terms.similar(self.connection, type_, name)
        like = " or ".join(repr(other) for other in similar)
        if self.new_names is NewNames.REFUSED:
            hint = f"did you mean {like}?" if similar else "add it first, or leave out --strict-names"
            raise DataError(f"no {type_} named {name[:120]!r}", hint)
        if similar and self.new_names is NewNames.CAREFUL:
            hint = f"write it so, add the spelling with `scamcli names alias`, or make a new one with --new-{type_}"
            raise DataError(f"{name[:120]!r} is spelt like the {type_} {like}", hint)
        if similar:
            self.changes.warnings.append(f"{name!r} is a new {type_}, though it is spelt like {like}")
        model = Actor if type_ == "actor" else Site
        record = model.model_validate({"name": name, **defaults})
        terms.put(self.connection, type_, name, record.model_dump())
        self.changes.new.append((type_, name))
        return name

    def _masker(self) -> privacy.Masker | None:
        if self._mask is _UNREAD:
            self._mask = terms.protected(self.connection)
        return self._mask if isinstance(self._mask, privacy.Masker) else None

    def _unchanged_ids(self, event: Event) -> None:
        masker = self._masker()
        if masker and masker.text(event.id or "") != event.id:
            raise DataError("the event's id holds the name of a protected actor", "give it another --id")
