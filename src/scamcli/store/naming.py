"""Resolve the names in incoming records, and decide what happens to unknown names.

When writing, only an exact name or alias identifies somebody. A name that is only spelt similarly does not: it is an
error, or becomes a new actor with a warning.
"""

from __future__ import annotations

import json
from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING

from scamcli.errors import DataError, quote
from scamcli.language.vocabulary import LATER_METRICS, METRICS
from scamcli.records import canonical
from scamcli.store import terms
from scamcli.store.history import current, find_removed
from scamcli.store.keys import HIDDEN, PROTECTED, Level

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sized

    from scamcli.language.vocabulary import Metric
    from scamcli.records.derivations import Choice
    from scamcli.records.models import MetricRecord, Owner, Record, SiteStatus
    from scamcli.records.types import JsonObject
    from scamcli.store.record_writers import EntityWriter


NOTHING_ELSE: dict[str, JsonObject] = {
    "actor": {"aliases": [], "positions": [], "member_of": [], "topics": [], "protected": False, "note": None},
    "site": {
        "country": None,
        "province": None,
        "place": None,
        "lat": None,
        "lon": None,
        "precision": None,
        "aliases": [],
        "owners": [],
        "operators": [],
        "statuses": [],
        "note": None,
    },
}
"""The keys of a new actor or site after its kind, in canonical order, because it is written without the models."""


class NewNames(Enum):
    """What to do with a name that is neither the name nor an alias of an existing record."""

    CAREFUL = "careful"
    """Create a new actor or site, but refuse a name that is spelt like an existing one."""
    TAKEN = "taken"
    """Create a new actor or site, with a warning if its name is spelt like an existing one."""
    REFUSED = "refused"
    """Refuse it."""
    KEPT = "kept"
    """Report the name as new, but create nothing."""


class Changes:
    """The changes that a command made, for its caller to report."""

    def __init__(self) -> None:
        self.added = 0
        self.unchanged = 0
        self.updated = 0
        self.removed = 0
        """The number of events that were removed because a new version of their table lacks them."""
        self.skipped: list[str] = []
        """Ids and names of records that were kept although the input differs."""
        self.lost_entries: list[str] = []
        """Entries that lists of updated records lost because the input lacks them: ``ID: sources.BBC``."""
        self.repeated: list[str] = []
        """Places of events without an id that equal an earlier event in every key, with the place of that event."""
        self.made_at: dict[str, str] = {}
        """Places of new events without an id, by the id that they got."""
        self.new: list[tuple[str, str]] = []
        """Types and names of the actors and sites that were created."""
        self.near: list[tuple[str, str, str]] = []
        """Types and quoted names of those that are spelt nearly like others, with these."""
        self.warnings: list[str] = []
        self.counts: Counter[Choice] = Counter()
        """The counts that were chosen for figures without one, with the number of figures."""
        self.left_out = 0
        """The number of invalid records that were skipped on request."""
        self.left_out_messages: list[str] = []
        """Messages about the first of them."""

    def repeat(self, place: object, id_: str) -> None:
        """Note that the event at a place is the same as one that this change has made."""
        first = self.made_at.get(id_, "")
        self.repeated.append(f"{place}" + (f" (as {first.rpartition(':')[2]})" if first else ""))

    def mark(self) -> tuple[tuple[int, ...], Counter[Choice]]:
        """Return the current state, for `back_to`."""
        lists: tuple[Sized, ...] = (self.skipped, self.lost_entries, self.repeated, self.new, self.near, self.warnings)
        return (self.added, self.unchanged, self.updated, *map(len, lists)), self.counts.copy()

    def back_to(self, mark: tuple[tuple[int, ...], Counter[Choice]]) -> None:
        """Restore the state of a mark."""
        numbers, self.counts = mark
        self.added, self.unchanged, self.updated, skipped, gone, repeated, new, near, warnings = numbers
        del self.skipped[skipped:], self.lost_entries[gone:], self.repeated[repeated:], self.new[new:]
        del self.near[near:], self.warnings[warnings:]


class Naming:
    """Resolves the names in one command's records."""

    def __init__(self, entities: EntityWriter, policy: NewNames, changes: Changes) -> None:
        self._connection: sqlite3.Connection = entities.connection
        self._entities = entities
        self._policy = policy
        self._changes = changes
        self._resolved: dict[tuple[str, str], str] = {}
        self._kindless: set[str] = set()
        """Actors that this command created without a kind. If one turns out to be an outlet, its kind becomes media."""

    def forget(self) -> None:
        """Forget all resolved names, because created records may have been withdrawn."""
        self._resolved.clear()
        self._kindless.clear()

    def actor(self, name: str, *, outlet: bool = False, kind: str | None = None) -> str:
        """Return the main name of an actor.

        If there is no actor with this name and the policy allows it, a new one is created, with the given kind or, if
        it is an outlet, the kind media.

        Raises:
            DataError: the policy refuses the name.
        """
        own = self._resolve("actor", name, "media" if outlet else kind)
        if outlet and own in self._kindless:
            self._kindless.discard(own)
            if current(self._connection, "actor", own) == canonical.line(_new("actor", own, None)):
                self._entities.put(_new("actor", own, "media"))  # unless it has got a record since
        return own

    def site(self, name: str, *, kind: str | None = None) -> str:
        """Return the main name of a site in the same way."""
        return self._resolve("site", name, kind)

    def metric(self, name: str) -> Metric | None:
        """Return a built-in metric, or one that this timeline defines."""
        return terms.metric(self._connection, name)

    def check_metric(self, record: MetricRecord, *, is_new: bool) -> None:
        """Refuse the record of a built-in metric, unless earlier versions allowed it and no figure changes its unit."""
        name, built_in = record.name, METRICS.get(record.name)
        if name == "events" or (built_in is not None and name not in LATER_METRICS):
            raise DataError(f"The metric {quote(name)} is built in.")
        if built_in is None or not is_new:
            return
        unit = record.unit or name
        if unit != built_in.unit and terms.has_default_unit(self._connection, name):
            what = f"The built-in metric {quote(name)} counts {built_in.unit}, and figures here use it"
            raise DataError(f"{what}; this record counts {quote(unit)}.", "Give the metric of the record another name.")
        self._changes.warnings.append(f"The metric {quote(name)} is now built in; this timeline keeps its definition.")

    @property
    def known(self) -> Naming:
        """The same lookups for callers that only compare, so nothing is created."""
        return Naming(self._entities, NewNames.KEPT, Changes())

    def own(self, type_: str, name: str) -> str:
        """Return the main name of an existing actor or site, and any other name unchanged."""
        found = terms.known(self._connection, type_, name)
        return found[1] if found else name

    def refer(self, record: Record, *, make: bool) -> None:
        """Replace in place the names in a record by main names; with `make`, create unknown actors."""
        from scamcli.records.models import (
            Actor,
            Site,
        )  # not at the top, because ingest resolves names without the models

        names = self if make else self.known
        if isinstance(record, Actor):
            self._kindless.discard(record.name)  # its record says what kind it is
            record.member_of = [names.actor(name) for name in record.member_of]
        elif isinstance(record, Site):
            for claim in (*record.owners, *record.operators):
                claim.name = names.actor(claim.name)
            said: list[Owner | SiteStatus] = [*record.owners, *record.operators, *record.statuses]
            for one in said:
                one.stated_by = names.actor(one.stated_by) if one.stated_by else None
                one.outlet = names.actor(one.outlet, outlet=True) if one.outlet else None

    def check_free(self, record: Record, term: int | None) -> None:
        """Refuse a record if a name or alias of it belongs to another; ``term`` is its own number, if it has one."""
        type_ = getattr(record, "type", "")
        for form in [getattr(record, "name", ""), *getattr(record, "aliases", [])]:
            for level in (Level.NAME, Level.ALIAS):
                for other, name in terms.by_form(self._connection, type_, level, form):
                    if other != term and type_ != "metric":  # figures may name a metric before its record
                        raise DataError(
                            f"{quote(form)} is already a name of {quote(name)}.", "A name belongs to one record only."
                        )

    def _resolve(self, type_: str, name: str, kind: str | None) -> str:
        own = self._resolved.get((type_, name))
        if own is None:
            found = terms.known(self._connection, type_, name)
            own = found[1] if found else self._make(type_, name, kind)
            self._resolved[type_, name] = own
        return own

    def _make(self, type_: str, name: str, kind: str | None) -> str:
        """Create the record of an unknown name, or refuse the name, as the policy for new names says."""
        if self._policy is NewNames.KEPT:
            self._changes.new.append((type_, name))
            return name
        similar = terms.similar(self._connection, type_, name)
        like = " or ".join(map(quote, similar))
        shown = beside(self._connection, name, similar)
        if self._policy is NewNames.REFUSED:
            hint = f"Did you mean {like}?" if similar else "Add it first, or leave out --strict-names."
            raise DataError(f"No {type_} named {shown}.", hint)
        if similar and self._policy is NewNames.CAREFUL:
            hint = "Use that name, add this spelling with `scamcli names alias`, or create a new one with --new-actor."
            raise DataError(f"{shown} is spelt nearly like the {type_} {like}.", hint)
        if similar:
            self._changes.near.append((type_, shown, like))
        record = _new(type_, name, kind)
        if type_ == "actor" and (was := find_removed(self._connection, type_, name)) and was.record["protected"]:
            record |= {"kind": None, "protected": True}  # as it was when the record was removed
        self._entities.put(record)
        if type_ == "actor" and record["kind"] is None and not record["protected"]:
            self._kindless.add(name)
        self._changes.new.append((type_, name))
        return name


def beside(connection: sqlite3.Connection, name: str, similar: list[str]) -> str:
    """Return a name as a message may print it beside similar names: not at all if one of them is protected.

    A spelling that is nearly a protected name is not masked, and would give the name away beside its placeholder.
    """
    sql = f"SELECT 1 FROM json_each(?) one JOIN term ON term.name = one.value WHERE {PROTECTED}"  # noqa: S608 - ours
    is_protected = connection.execute(sql, [json.dumps(similar)]).fetchone() is not None
    return HIDDEN if is_protected else quote(name[:120])


def _new(type_: str, name: str, kind: str | None) -> JsonObject:
    """Return the record of a name if only its kind is known."""
    return {"type": type_, "name": name, "kind": kind} | NOTHING_ELSE[type_]
