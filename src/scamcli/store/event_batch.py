"""The fast path into the database: complete new events, written many at a time.

An event takes this path if nothing about it has to be decided: its id is new, every name in it is the main name of an
existing actor or site, and none of its links may have to be redirected. All other events are written one by one.
`Writer.take` would do the same for these events, but for 100,000 of them it takes about ten times as long.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, cast

from pydantic import ValidationError

from scamcli.errors import DataError
from scamcli.language.vocabulary import METRICS
from scamcli.records import canonical, canonical_events, derivations, normalise
from scamcli.records.models import Event
from scamcli.store import derived, terms

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from scamcli.language.vocabulary import Metric
    from scamcli.records.derivations import Choice
    from scamcli.records.types import EventDict, JsonObject
    from scamcli.store.derived import Reference
    from scamcli.store.writer import Place, Writer

    FreshId = Callable[[Event, JsonObject | str], str | None]

BATCH = 500
"""How many events are written at once: enough for SQLite to be fast, and few enough to hold in memory."""

HELD = 4 * 1024 * 1024
"""A batch with this many characters of JSON is full, however few events it has."""


class NamesAsWritten:
    """Resolves names without a database: each is assumed to be a main name, which is checked before writing.

    Args:
        own: the names of the metrics that the timeline defines.
    """

    def __init__(self, own: Container[str] = ()) -> None:
        self._own = own

    def actor(self, name: str, *, outlet: bool = False) -> str:
        """Return the name."""
        del outlet
        return name

    def site(self, name: str) -> str:
        """Return the name."""
        return name

    def metric(self, name: str) -> Metric | None:
        """Return a built-in metric, unless the timeline defines it differently."""
        return None if name in self._own else METRICS.get(name)


class EventBatch:
    """Events that are ready to be written, for one import."""

    def __init__(self, writer: Writer) -> None:
        self.places: list[Place] = []
        self.values: list[JsonObject | str] = []
        """The input for each event: the record, or its JSON."""
        self._columns = derived.columns()
        self._choices: list[list[Choice]] = []
        self._fresh: dict[str, str] = {}
        """Places in the file of events that got their id from this batch, by that id."""
        self._wanted: dict[str, str] = {}
        """The ids for their date and title alone, by the ids that they got: a second such event gets a number."""
        self._hashes: dict[str, list[int]] = {}
        """Hashes of these events, by the id for their date and title alone."""
        self._held = 0
        self._writer = writer
        self._connection = writer.connection
        self._names: NamesAsWritten | None = None
        self._known: set[Reference] = set()
        """References to terms that are known to need no decision: main names of actors and sites, and other terms."""
        removed = "EXISTS (SELECT 1 FROM change_record WHERE type = 'event' AND after IS NULL"
        sql = f"SELECT {removed}), {removed} AND successor IS NOT NULL)"
        self._has_removals, self._has_merges = self._connection.execute(sql).fetchone()

    @property
    def is_full(self) -> bool:
        """Whether the batch must be written before the next event is added."""
        return len(self.places) >= BATCH or self._held > HELD

    def ids(self) -> list[str]:
        """Return the ids of the events, in order."""
        return [event[0] for event in self._columns.events]

    def add(self, place: Place, value: JsonObject | str, *, gives_ids: bool = False) -> bool:
        """Add an event, unless it is invalid or incomplete; return whether it was added.

        An event without an id is added only with ``gives_ids``, and only if no other event equals it.
        """
        if self._names is None:  # not earlier, because the metrics of an import are stored before its events
            self._names = NamesAsWritten(terms.own_metrics(self._connection))
        validated = _validated(value, self._names, self._fresh_id if gives_ids else None)
        if validated is None:
            return False
        event, line, choices = validated
        self.places.append(place)
        self.values.append(value)
        if gives_ids:
            self._fresh[event["id"] or ""] = str(place)
        derived.add(self._columns, event, line)
        self._choices.append(choices)
        self._held += len(line)
        return True

    def _fresh_id(self, event: Event, value: JsonObject | str) -> str | None:
        """Return the first free id for an event without one, or ``None`` if another event may equal it.

        They are compared by the keys that were given, as by `scamcli.store.ids.Ids.give`.
        """
        if self._writer.masker() is not None:
            return None  # the title may contain a protected name
        wanted = derivations.make_event_id(event.date, event.title)
        given = json.loads(value) if isinstance(value, str) else value
        alike = self._writer.ids.alike(wanted, frozenset(given) - {"id"})
        waiting = self._hashes.get(wanted, [])
        own = alike.hash(event.model_dump())
        if alike.has(own) or own in waiting:
            return None
        id_ = derivations.with_number(wanted, alike.number + len(waiting))
        self._wanted[id_] = wanted
        self._hashes[wanted] = [*waiting, own]
        return id_

    def exceptions(self) -> list[int]:
        """Return the positions of events that must be written one by one after all.

        These are events with an id that is or was in use, a name that is new or an alias, a link that may have to be
        redirected, an id that contains a protected name, or a placeholder. With an event that got its id here, those
        with its date and title are among them, because their numbers follow.
        """
        ids, masked = self.ids(), self._masked()
        used, unknown = self._used(ids), self._unknown()
        if not used and not unknown and not masked and not self._has_merges and len(set(ids)) == len(ids):
            return []
        found = []
        renumbered: set[str | None] = set()
        for at, id_ in enumerate(ids):
            has_unknown = unknown and not unknown.isdisjoint(self._columns.references[at])
            is_redirected = self._has_merges and self._columns.links[at]
            wanted = self._wanted.get(id_)
            if at in masked or id_ in used or has_unknown or is_redirected or wanted in renumbered:
                found.append(at)
                renumbered |= {wanted} - {None}
            used.add(id_)
        return found

    def write(self, start: int, end: int) -> None:
        """Write the events from position ``start`` up to but not including ``end``."""
        if start < end:
            self._writer.events.insert_all(self._columns.part(start, end))
            self._writer.changes.added += end - start
            if self._fresh:
                fresh = {id_: self._fresh[id_] for id_ in self.ids()[start:end] if id_ in self._fresh}
                self._writer.changes.made_at |= fresh
            self._writer.changes.counts.update(chain.from_iterable(self._choices[start:end]))

    def clear(self) -> None:
        """Empty the batch."""
        self.places, self.values, self._choices, self._columns, self._held = [], [], [], derived.columns(), 0
        self._fresh, self._wanted, self._hashes = {}, {}, {}

    def _masked(self) -> set[int]:
        """Return the positions of events with a placeholder, or with an id that is printed differently."""
        masker = self._writer.masker()
        if masker is None:
            return set()
        found = {at for at, event in enumerate(self._columns.events) if "protected-" in event[-1]}
        for at, (id_, *_, line) in enumerate(self._columns.events):
            figure_ids = [str(figure[1]) for figure in self._columns.figures[at] if figure[1]]
            if any(map(masker.touches, (id_, *figure_ids))):
                is_named = masker.own_id(json.loads(line)) != id_
                found |= {at} if is_named or any(masker.text(one) != one for one in figure_ids) else set()
        return found

    def _used(self, ids: list[str]) -> set[str]:
        """Return the ids that are or were in use by an event."""
        marks = ", ".join("?" * len(ids))
        sql = f"SELECT id FROM event WHERE id IN ({marks})"  # noqa: S608 - question marks only
        used = {id_ for (id_,) in self._connection.execute(sql, ids)}
        if self._has_removals:
            sql = f"SELECT name FROM change_record WHERE type = 'event' AND after IS NULL AND name IN ({marks})"  # noqa: S608 - the same
            used |= {id_ for (id_,) in self._connection.execute(sql, ids)}
        return used

    def _unknown(self) -> set[Reference]:
        """Return the references to names that are not main names of actors or sites."""
        unknown: set[Reference] = set()
        used: set[Reference] = set()
        for reference in used.union(*self._columns.references) - self._known:
            type_, name, _ = reference
            found = terms.known(self._connection, type_, name) if type_ in terms.NAMED else (0, name)
            if found is None or found[1] != name:
                unknown.add(reference)
            else:
                self._known.add(reference)
        return unknown


def _validated(
    value: JsonObject | str, names: NamesAsWritten, fresh_id: FreshId | None
) -> tuple[EventDict, str, list[Choice]] | None:
    """Return an event's complete record, its canonical JSON and chosen counts, or ``None`` for the slow path.

    ``fresh_id`` gives an id to an event that has none.
    """
    if isinstance(value, str) and (whole := canonical_events.read(value)) is not None:
        return whole, value, []
    try:
        event = Event.model_validate_json(value) if isinstance(value, str) else Event.model_validate(value)
        if "type" not in event.model_fields_set:
            return None
        if event.id is None:
            return None if fresh_id is None else _with_id(event, value, names, fresh_id)
        choices = normalise.complete(event, names)
        record, line = _written(event)
        if isinstance(value, str) and line != value:
            normalise.read_json(value)  # pydantic accepts repeated keys, and some invalid JSON
    except (ValidationError, DataError):
        return None
    return record, line, choices


def _with_id(
    event: Event, value: JsonObject | str, names: NamesAsWritten, fresh_id: FreshId
) -> tuple[EventDict, str, list[Choice]] | None:
    choices = normalise.complete(event, names)
    event.id = fresh_id(event, value)
    return None if event.id is None else (*_written(event), choices)


def _written(event: Event) -> tuple[EventDict, str]:
    """Return the record of an event and its canonical JSON."""
    record = cast("EventDict", event.model_dump())
    return record, canonical.line(record)
