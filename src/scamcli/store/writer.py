"""Taking records in, changing and removing them: whatever is written here was validated first."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from scamcli import figures
from scamcli.errors import DataError, NotFoundError
from scamcli.language import dates
from scamcli.language.vocabulary import METRICS
from scamcli.records import canonical, masking, normalise
from scamcli.records.models import Actor, Event, MetricRecord, Record
from scamcli.store import terms
from scamcli.store.conflict_policy import Choice, Decide, Differing, reworded
from scamcli.store.history import Cause, gone
from scamcli.store.ids import differing
from scamcli.store.naming import Changes, NewNames, Place
from scamcli.store.transaction import Transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Cause", "Changes", "NewNames", "Writer"]


class Writer(Transaction):
    """Writes records into one database."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, new_names: NewNames, cause: Cause, file: int | None
    ) -> None:
        super().__init__(connection, path, new_names, cause, file)
        self.place = Place(0, "", 0)
        """Where the record in hand comes from, for messages."""
        self._unsettled: list[tuple[Place, Record]] = []
        self.decide: Decide | Choice = Choice.FAIL
        """What to do about a record that exists already and differs."""
        self.keeps_ids = False
        """Whether an id is taken that holds a protected name: it was given elsewhere, and is printed withheld."""

    # What checks ask.

    def metric(self, name: str) -> Any:
        """What a metric counts."""
        return self.naming.metric(name)

    def days(self, event_id: str) -> dates.Period | None:
        """The days of an event; ``None`` when there is no such event."""
        text = self.stored_event(event_id)
        return None if text is None else dates.parse_date(json.loads(text)["date"])

    def has_figure(self, event_id: str, figure_id: str) -> bool:
        """Whether an event has a figure of this id."""
        record = json.loads(self.stored_event(event_id) or '{"figures": []}')
        return any(figure["id"] == figure_id for figure in record["figures"])

    # What commands call.

    def take(self, value: dict[str, Any], *, insert_only: bool = False) -> Record:
        """Take a record in: new, or the same as the one that is there on the keys that it gives.

        Raises:
            DataError: it cannot be taken, or differs from the one that is there.
        """
        before = self._before(value)
        given = masking.restored(value, before, self.masker())
        if before is not None and before.get("protected") and given.get("protected") is False:
            # a copy from before the protection says so, too: only an edit of that very actor ends it
            given = {key: one for key, one in given.items() if key != "protected"}
            self.changes.warnings.append(f"{before['name']} stays protected; `scamcli edit` ends a protection")
        record = normalise.parse(given)
        if isinstance(record, Event):
            return self._take_event(record, given, before, insert_only=insert_only)
        if isinstance(record, MetricRecord) and record.name in {*METRICS, "events"}:
            raise DataError(f"the metric {record.name!r} is built in")
        return self._take_entity(record, given, before, insert_only=insert_only)

    def settle(self) -> None:
        """Make the actors that new actors and sites name, once all of the command's own records are there.

        Raises:
            DataError: one of them is refused.
        """
        for _, record in self.unsettled():
            self.settle_one(record)

    def unsettled(self) -> list[tuple[Place, Record]]:
        """The new actors and sites whose names are not made yet, with their places; they are the caller's now."""
        found, self._unsettled = self._unsettled, []
        return found

    def settle_one(self, record: Record) -> None:
        """Make the actors that a new actor or site names.

        Raises:
            DataError: one of them is refused.
        """
        before = record.line()
        self.naming.refer(record, make=True)
        if record.line() != before:
            self._put_entity(record)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What is done inside, or nothing of it: the transaction goes on either way.

        Raises:
            DataError: as it was raised inside.
        """
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

    def replace_event(self, event_id: str, value: dict[str, Any]) -> Event:
        """Change the keys that are given of the event with this id.

        Raises:
            DataError: it cannot be taken, or its id is another.
        """
        before = json.loads(self.stored_event(event_id) or "{}")
        value = masking.restored(value, before, self.masker()) | {"type": "event"}
        normalise.parse(value)  # on its own first: what is left out stays, but what every event needs must be there
        value = before | value
        if value["id"] != event_id:
            raise DataError(f"the record has the id {value['id']!r}; an id is permanent, expected {event_id!r}")
        self.ids.forget()
        event = normalise.parse(value)
        if not isinstance(event, Event):
            raise DataError("expected the record of an event")
        self._check_ids(event)
        normalise.complete(event, self.naming)
        self._follow(event)
        self.events.put(event.model_dump())
        return event

    def replace_entity(self, type_: str, name: str, value: dict[str, Any]) -> Record:
        """Change the keys that are given of the actor, site or metric of this name.

        Raises:
            NotFoundError: there is none.
            DataError: it cannot be taken, or its name is another.
        """
        record = self.put_entity(type_, name, value)
        self.settle()
        return record

    def put_entity(self, type_: str, name: str, value: dict[str, Any]) -> Record:
        """The same, where `settle` is called once others are there that it may name.

        Raises:
            NotFoundError, DataError: as `replace_entity`.
        """
        found = terms.known(self.connection, type_, name)
        before = terms.record_of(self.connection, found[0]) if found else None
        if found is None or before is None:
            raise NotFoundError(f"no {type_} named {name!r}")
        return self._replace(before, masking.restored(value, before, self.masker()))

    def _replace(self, before: dict[str, Any], given: dict[str, Any]) -> Record:
        """Change the keys that are given of what has this record; whom it names is settled later.

        Raises:
            DataError: it cannot be taken, or its name is another.
        """
        value = before | {key: one for key, one in given.items() if key != "digest"}
        if value["name"] != before["name"]:
            raise DataError(f"the record has another name; expected {before['name']!r}", "`names alias` adds a name")
        found = terms.known(self.connection, before["type"], before["name"])
        record = normalise.parse(value)
        self.naming.check_free(record, found[0] if found else None)
        self.naming.refer(record, make=False)
        self._put_protected(record)
        self._unsettled.append((self.place, record))
        return record

    def remove_event(self, event_id: str, *, include_protected: bool = False) -> str:
        """Remove an event and return its record as it may be printed; what it refers to stays.

        Args:
            event_id: of an event that exists.
            include_protected: return the record with the names of protected actors.
        """
        self.ids.forget()
        stored = self.stored_event(event_id) or "{}"
        record = stored if include_protected else self.printed(stored)
        self.events.delete(event_id)
        return record

    def links_to(self, event_id: str) -> list[str]:
        """The ids of the events that link to this one."""
        rows = self.connection.execute(
            "SELECT DISTINCT event.id FROM link JOIN event ON event.key = link.event WHERE target = ?", [event_id]
        )
        return [self.shown(id_) for (id_,) in rows]

    def remove_term(self, type_: str, name: str, *, include_protected: bool = False) -> str:
        """Remove an actor or a site that nothing refers to, and give its record as it may be printed.

        Raises:
            NotFoundError: there is none.
            DataError: an event, an actor or a site refers to it.
        """
        found = terms.known(self.connection, type_, name)
        if found is None:
            raise NotFoundError(f"no {type_} named {name!r}")
        users = terms.users(self.connection, found[0], found[1] if type_ == "actor" else "")
        if users:
            listed = ", ".join(users[:5]) + (" …" if len(users) > 5 else "")
            raise DataError(f"{name!r} is named by {listed}", "take it out of there first")
        record = canonical.line(terms.record_of(self.connection, found[0]) or {})
        if self.printed(record) != record and not include_protected:
            hint = "--include-protected prints it, and `scamcli add -` takes it in again"
            raise DataError(f"{name!r} is protected: its record would be lost unprinted", hint)
        self.entities.remove(found[0])
        return record

    def alias(self, type_: str, name: str, alias: str) -> bool:
        """Give an actor or a site another name; whether it was new.

        Raises:
            NotFoundError: there is none of this name.
            DataError: the alias is taken by another.
        """
        found = terms.known(self.connection, type_, name)
        if found is None:
            raise NotFoundError(f"no {type_} named {name!r}")
        record = terms.record_of(self.connection, found[0]) or {}
        if alias == found[1] or alias in record["aliases"]:
            return False
        entity = normalise.parse(record | {"aliases": [*record["aliases"], alias]})
        self.naming.check_free(entity, found[0])
        self._put_protected(entity)
        return True

    def _follow(self, event: Event) -> None:
        for link in event.links:
            link.event = self.ids.into(link.event)

    def shown_in(self, record: Record, text: str) -> str:
        """A text about a record as it may be printed: the words of its actors' protected names withheld as well."""
        masker = self.masker()
        return masker.text_in(record.model_dump(), text) if masker else text

    # Internal.

    def _before(self, value: dict[str, Any]) -> dict[str, Any] | None:
        """What is stored under the id or the name of a record that comes in."""
        type_, name, id_ = value.get("type"), value.get("name"), value.get("id")
        if type_ == "event" and isinstance(id_, str) and normalise.is_text(id_):
            stored = self.stored_event(id_) or self.stored_event(self.event_id(id_) or "")
            return json.loads(stored) if stored else None
        if isinstance(type_, str) and isinstance(name, str) and normalise.is_text(type_ + name):
            found = terms.known(self.connection, type_, name)
            return terms.record_of(self.connection, found[0]) if found else None
        return None

    def _take_event(
        self, event: Event, given: dict[str, Any], before: dict[str, Any] | None, *, insert_only: bool
    ) -> Event:
        if before is not None and insert_only:
            raise DataError(f"there is an event {event.id!r} already", f"change it with `scamcli edit {event.id}`")
        normalise.complete(event, self.naming if before is None else self.naming.known)
        self._follow(event)
        if before is None and event.id is not None:
            before = self.ids.merged(event, given, insert_only=insert_only)
        if event.id is None:
            before = self.ids.give(event, self.nameless_title(event.model_dump()), given, insert_only=insert_only)
            if before is not None and self.history.has_made("event", before["id"]):
                self.changes.repeated.append(str(self.place))
                return event
        if before is not None:
            if self._is_to_update(before, event, given):
                self._reword(before, given)
                return self.replace_event(before["id"], given | {"id": before["id"]})
            return event
        self._check_ids(event)
        self.events.insert(event.model_dump())
        self.changes.added += 1
        return event

    def _take_entity(
        self, record: Record, given: dict[str, Any], before: dict[str, Any] | None, *, insert_only: bool
    ) -> Record:
        type_, name = given["type"], getattr(record, "name", "")
        if before is None:
            self.naming.check_free(record, None)
            (self._put_protected if insert_only else self._put_entity)(record)
            self._unsettled.append((self.place, record))
            self.changes.added += 1
        elif insert_only:
            raise DataError(f"there is {'an' if type_ == 'actor' else 'a'} {type_} {before['name']!r} already")
        else:
            self.naming.refer(record, make=False)
            was = gone(self.connection, type_, name) if name != before["name"] else None
            if was is not None and was.successor is not None and not differing(was.record, record, given):
                before = was.record  # merged since, and as it was then
            if self._is_to_update(before, record, given):
                return self._replace(before, given)
        return record

    def _is_to_update(self, before: dict[str, Any], after: Record, given: dict[str, Any]) -> bool:
        """Whether what is given differs from what is here, and is to take its place.

        Raises:
            DataError: it differs, and nothing is to be taken in then.
        """
        keys = differing(before, after, given)
        if not keys:
            self.changes.unchanged += 1
            return False
        value = after.model_dump()
        name = before["id" if before["type"] == "event" else "name"]
        found = Differing(before["type"], name, tuple(keys), before, before | {key: value[key] for key in keys})
        choice = self.decide if isinstance(self.decide, Choice) else self.decide(found)
        if choice is Choice.FAIL:
            hint = "nothing was written; --on-conflict update or skip, or `scamcli edit` changes it"
            what = f"{before['type']} {name!r} is here already, with another"
            raise DataError(f"{what} {', '.join(f'`{key}`' for key in keys)}", hint)
        if choice is Choice.SKIP:
            self.changes.skipped.append(name)
            return False
        self.changes.updated += 1
        gone = found.gone()
        self.changes.gone += [f"{name}: {', '.join(gone)}"] if gone else []
        return True

    def _reword(self, before: dict[str, Any], given: dict[str, Any]) -> None:
        """Let the bounds of figures follow a wording that was changed alone."""

        def derived(figure: dict[str, Any]) -> figures.Bounds:
            metric = self.metric(figure["metric"])
            unit = figure.get("unit") or (metric.unit if metric else "")
            return figures.bounds_in(figure["stated"] or "", unit)

        for figure in reworded(given, before, derived):
            self.changes.warnings.append(f"{before['id']}: the bounds of {figure!r} follow its new wording")

    def _put_entity(self, record: Record) -> None:
        self.forget_mask()
        self.entities.put(record.model_dump())

    def _put_protected(self, record: Record) -> None:
        """The same; the drafts that tell of somebody who is protected by that name them from now on.

        Not for who takes in very much at once, which replaces nothing that is there.
        """
        self._put_entity(record)
        if isinstance(record, Actor) and record.protected:
            from scamcli.store import drafts  # not on the way where nobody is protected

            drafts.name_protected(self, record.model_dump())

    def _check_ids(self, event: Event) -> None:
        """An id is printed as it is, so it holds no protected name."""
        masker = self.masker()
        if masker is None or self.keeps_ids:
            return
        record = event.model_dump()
        figures = any(masker.text(figure["id"]) != figure["id"] for figure in record["figures"] if figure["id"])
        if record["id"] != masker.record(record)["id"] or figures:
            stored = self.stored_event(event.id or "")
            if stored is None:
                raise DataError("an id holds the name of a protected actor", "give it another --id")
