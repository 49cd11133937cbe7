"""Names on the way in: which actor, site or metric a record means, and what becomes of a name that nobody has.

When writing, only an exact name or an alias is somebody. A spelling that is only like one never is: it is an error, or
a new actor with a warning.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.keys import Level
from scamcli.models import Actor, Record, Site
from scamcli.store import terms
from scamcli.store.history import gone

if TYPE_CHECKING:
    import sqlite3

    from scamcli.store.entities import EntityWriter
    from scamcli.vocabulary import Metric


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
        self.added = 0
        self.unchanged = 0
        self.new: list[tuple[str, str]] = []
        """Type and name of what was not known before."""
        self.warnings: list[str] = []
        self.left_out = 0
        """Records that could not be taken, where that was asked for."""
        self.told_out: list[str] = []
        """The first of them, and why."""

    def mark(self) -> tuple[int, ...]:
        """Where it stands, to go back to."""
        return self.added, self.unchanged, len(self.new), len(self.warnings)

    def back_to(self, mark: tuple[int, ...]) -> None:
        """As it was at a mark."""
        self.added, self.unchanged, new, warnings = mark
        del self.new[new:], self.warnings[warnings:]


class Naming:
    """Resolves the names of one command's records."""

    def __init__(self, entities: EntityWriter, policy: NewNames, changes: Changes) -> None:
        self._connection: sqlite3.Connection = entities.connection
        self._entities = entities
        self._policy = policy
        self._changes = changes
        self._met: dict[tuple[str, str], str] = {}

    def forget(self) -> None:
        """Forget who was met: what was made may have been taken back."""
        self._met.clear()

    def actor(self, name: str, *, outlet: bool = False) -> str:
        """The actor's own name; a new one is made as the policy says.

        Raises:
            DataError: the policy refuses it.
        """
        return self._resolve("actor", name, {"kind": "media"} if outlet else {})

    def site(self, name: str) -> str:
        """The site's own name, likewise."""
        return self._resolve("site", name, {})

    def metric(self, name: str) -> Metric | None:
        """A built-in metric, or one of this timeline's own."""
        return terms.metric(self._connection, name)

    def own(self, type_: str, name: str) -> str:
        """The own name of what is known; the name itself where nothing is, and nothing is made."""
        found = terms.known(self._connection, type_, name)
        return found[1] if found else name

    def refer(self, record: Record, *, make: bool) -> None:
        """Put own names for those that an actor or a site refers to, and make those that are new."""
        if isinstance(record, Actor):
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

    def _resolve(self, type_: str, name: str, defaults: dict[str, Any]) -> str:
        met = self._met.get((type_, name))
        if met is None:
            found = terms.known(self._connection, type_, name)
            met = found[1] if found else self._make(type_, name, defaults)
            self._met[type_, name] = met
        return met

    def _make(self, type_: str, name: str, defaults: dict[str, Any]) -> str:
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
        if type_ == "actor" and (was := gone(self._connection, type_, name)) and was.record["protected"]:
            defaults = {"protected": True}  # as it was when its record was removed
        record = (Actor if type_ == "actor" else Site).model_validate({"name": name, **defaults})
        self._entities.put(record.model_dump())
        self._changes.new.append((type_, name))
        return name
