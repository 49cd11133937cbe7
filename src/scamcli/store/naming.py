"""Names on the way in: which actor, site or metric a record means, and what becomes of a name that nobody has.

When writing, only an exact name or an alias is somebody. A spelling that is only like one never is: it is an error, or
a new actor with a warning.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import DataError
from scamcli.records import canonical
from scamcli.store import terms
from scamcli.store.history import current, gone
from scamcli.store.keys import Level

if TYPE_CHECKING:
    import sqlite3

    from scamcli.language.vocabulary import Metric
    from scamcli.records.models import Record
    from scamcli.store.record_writers import EntityWriter


NOTHING_ELSE: dict[str, dict[str, Any]] = {
    "actor": {"aliases": [], "positions": [], "member_of": [], "topics": [], "protected": False, "note": None},
    "site": {"province": None, "place": None, "aliases": [], "owners": [], "note": None},
}
"""What the record of a new name says beside its kind, in the order of its keys: it is written without the models."""


class NewNames(Enum):
    """What a name becomes that is neither a name nor an alias."""

    CAREFUL = "careful"
    """A new actor, but an error where it is spelt like one that is known."""
    TAKEN = "taken"
    """A new actor, with a warning where it is spelt like one that is known."""
    REFUSED = "refused"
    """An error."""


class Place(NamedTuple):
    """Where a record comes from: the number of an input, its name, and the number of the line or row in it."""

    input: int
    name: str
    number: int

    def __str__(self) -> str:
        """Return the place as messages give it."""
        return f"{self.name}:{self.number}"


class Changes:
    """What a command did, for the command line to tell."""

    def __init__(self) -> None:
        self.added = 0
        self.unchanged = 0
        self.updated = 0
        self.skipped: list[str] = []
        """The ids and names of those that stay as they are here, though what came in says something else."""
        self.gone: list[str] = []
        """What lists of updated records have no more, since what came in has it not: ``ID: sources.BBC``."""
        self.repeated: list[str] = []
        """Where events without ids came in that say the same as one before them did, and are taken for it."""
        self.new: list[tuple[str, str]] = []
        """Type and name of what was not known before."""
        self.warnings: list[str] = []
        self.left_out = 0
        """Records that could not be taken, where that was asked for."""
        self.told_out: list[str] = []
        """The first of them, and why."""

    def mark(self) -> tuple[int, ...]:
        """Where it stands, to go back to."""
        lists: tuple[list[Any], ...] = (self.skipped, self.gone, self.repeated, self.new, self.warnings)
        return self.added, self.unchanged, self.updated, *map(len, lists)

    def back_to(self, mark: tuple[int, ...]) -> None:
        """As it was at a mark."""
        self.added, self.unchanged, self.updated, skipped, gone, repeated, new, warnings = mark
        del self.skipped[skipped:], self.gone[gone:], self.repeated[repeated:], self.new[new:]
        del self.warnings[warnings:]


class Naming:
    """Resolves the names of one command's records."""

    def __init__(self, entities: EntityWriter, policy: NewNames, changes: Changes) -> None:
        self._connection: sqlite3.Connection = entities.connection
        self._entities = entities
        self._policy = policy
        self._changes = changes
        self._met: dict[tuple[str, str], str] = {}
        self._kindless: set[str] = set()
        """The actors that this command made without a kind: who turns out to publish is media, in whatever order."""

    def forget(self) -> None:
        """Forget who was met: what was made may have been taken back."""
        self._met.clear()
        self._kindless.clear()

    def actor(self, name: str, *, outlet: bool = False, kind: str | None = None) -> str:
        """The actor's own name; a new one is made as the policy says.

        Raises:
            DataError: the policy refuses it.
        """
        own = self._resolve("actor", name, "media" if outlet else kind)
        if outlet and own in self._kindless:
            self._publishes(own)
        return own

    def site(self, name: str, *, kind: str | None = None) -> str:
        """The site's own name, likewise."""
        return self._resolve("site", name, kind)

    def metric(self, name: str) -> Metric | None:
        """A built-in metric, or one of this timeline's own."""
        return terms.metric(self._connection, name)

    @property
    def known(self) -> Known:
        """The same for who only compares: nothing is made."""
        return Known(self)

    def own(self, type_: str, name: str) -> str:
        """The own name of what is known; the name itself where nothing is, and nothing is made."""
        found = terms.known(self._connection, type_, name)
        return found[1] if found else name

    def refer(self, record: Record, *, make: bool) -> None:
        """Put own names for those that an actor or a site refers to, and make those that are new."""
        from scamcli.records.models import Actor, Site  # who has a record has loaded them

        if isinstance(record, Actor):
            self._kindless.discard(record.name)  # its record says what it is
            record.member_of = [self._named(name, make=make) for name in record.member_of]
        elif isinstance(record, Site):
            for owner in record.owners:
                owner.name = self._named(owner.name, make=make)
                owner.stated_by = self._named(owner.stated_by, make=make) if owner.stated_by else None
                owner.outlet = self._named(owner.outlet, make=make, outlet=True) if owner.outlet else None

    def check_free(self, record: Record, term: int | None) -> None:
        """See that no name or alias of a record names another.

        Raises:
            DataError: one does.
        """
        for form in [getattr(record, "name", ""), *getattr(record, "aliases", [])]:
            for level in (Level.NAME, Level.ALIAS):
                for other, name in terms.by_form(self._connection, getattr(record, "type", ""), level, form):
                    if other != term:
                        raise DataError(f"{form!r} is a name of {name!r} already", "a name names one, never two")

    def _named(self, name: str, *, make: bool, outlet: bool = False) -> str:
        return self.actor(name, outlet=outlet) if make else self.own("actor", name)

    def _resolve(self, type_: str, name: str, kind: str | None) -> str:
        met = self._met.get((type_, name))
        if met is None:
            found = terms.known(self._connection, type_, name)
            met = found[1] if found else self._make(type_, name, kind)
            self._met[type_, name] = met
        return met

    def _publishes(self, name: str) -> None:
        """Take that an actor whom this command made is media, unless it has been given a record since."""
        self._kindless.discard(name)
        if current(self._connection, "actor", name) == canonical.line(_new("actor", name, None)):
            self._entities.put(_new("actor", name, "media"))

    def _make(self, type_: str, name: str, kind: str | None) -> str:
        similar = terms.similar(self._connection, type_, name)
        like = " or ".join(repr(other) for other in similar)
        if self._policy is NewNames.REFUSED:
            hint = f"did you mean {like}?" if similar else "add it first, or leave out --strict-names"
            raise DataError(f"no {type_} named {name[:120]!r}", hint)
        if similar and self._policy is NewNames.CAREFUL:
            hint = "write it so, add the spelling with `scamcli names alias`, or make a new one with --new-actor"
            raise DataError(f"{name[:120]!r} is spelt like the {type_} {like}", hint)
        if similar:
            self._changes.warnings.append(f"{name!r} is a new {type_}, though it is spelt like {like}")
        record = _new(type_, name, kind)
        if type_ == "actor" and (was := gone(self._connection, type_, name)) and was.record["protected"]:
            record |= {"kind": None, "protected": True}  # as it was when its record was removed
        self._entities.put(record)
        if type_ == "actor" and record["kind"] is None and not record["protected"]:
            self._kindless.add(name)
        self._changes.new.append((type_, name))
        return name


class Known:
    """Resolves names, and leaves one that nobody has as it is."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming
        self.metric = naming.metric

    def actor(self, name: str, *, outlet: bool = False) -> str:
        """The actor's own name, or the name itself."""
        del outlet
        return self._naming.own("actor", name)

    def site(self, name: str) -> str:
        """The site's own name, or the name itself."""
        return self._naming.own("site", name)


def _new(type_: str, name: str, kind: str | None) -> dict[str, Any]:
    """The record of a name of which nothing is known but its kind."""
    return {"type": type_, "name": name, "kind": kind} | NOTHING_ELSE[type_]
