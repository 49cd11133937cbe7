"""What an export is made of: the records of one moment of a timeline; and what a format could not hold of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Record = dict[str, Any]

SAYS_NOTHING = ("type", "status")
"""Keys that are not missed: what a record is, one sees, and drafts are only exported where they are asked for."""


class Dump(Protocol):
    """The records to export, whole, with the keys of section "keys" of the docs; each may be gone through again.

    Protected names are withheld in them already. Events come by first day, then id; all else by name.
    """

    @property
    def sentence(self) -> str:
        """What was asked for, in words; empty for all."""

    def metrics(self) -> Iterator[Record]:
        """The metrics that are not built in."""

    def actors(self) -> Iterator[Record]:
        """The actors."""

    def sites(self) -> Iterator[Record]:
        """The sites."""

    def events(self) -> Iterator[Record]:
        """The events."""

    def lines(self) -> Iterator[str]:
        """All of them as canonical lines of JSON, without newlines: metrics, actors, sites, events."""


class Losses:
    """What a format could not hold, by what it is."""

    def __init__(self) -> None:
        self._met: Counter[str] = Counter()

    def __bool__(self) -> bool:
        """Whether anything was lost."""
        return bool(self._met)

    def add(self, what: str, number: int = 1) -> None:
        """Note so many of something: ``events without a place``."""
        if number:
            self._met[what] += number

    def told(self) -> list[str]:
        """What was lost, and how often, in the order in which it was met."""
        return [f"{what} ({number:,})" for what, number in self._met.items()]


class Watched:
    """A dump that notes what a format does not hold, as the format goes through it.

    Args:
        dump: the records.
        holds: the keys that the format holds, with their type: ``event.title``, ``event.figures`` for all of a
            figure, ``event.figures.low`` for a part of it. A type of which it holds nothing is lost as a whole.
        losses: to note in.
        counted: gives back the events that it is given, to show how far it is.
    """

    def __init__(
        self,
        dump: Dump,
        holds: frozenset[str],
        losses: Losses,
        counted: Callable[[Iterable[Any]], Iterator[Any]] = iter,
    ) -> None:
        self._dump = dump
        self._holds = holds
        self._losses = losses
        self._counted = counted
        self._partly = {path.rpartition(".")[0] for path in holds}
        self._met: set[str] = set()

    @property
    def sentence(self) -> str:
        """What was asked for, in words."""
        return self._dump.sentence

    def metrics(self) -> Iterator[Record]:
        """The metrics that are not built in."""
        return self._watched("metric", self._dump.metrics())

    def actors(self) -> Iterator[Record]:
        """The actors."""
        return self._watched("actor", self._dump.actors())

    def sites(self) -> Iterator[Record]:
        """The sites."""
        return self._watched("site", self._dump.sites())

    def events(self) -> Iterator[Record]:
        """The events."""
        return self._watched("event", self._counted(self._dump.events()))

    def lines(self) -> Iterator[str]:
        """Canonical lines of JSON: a format that takes them holds everything."""
        self._met |= {"metric", "actor", "site", "event"}
        return self._counted(self._dump.lines())

    def finish(self) -> None:
        """Note what was never gone through."""
        for records in (self.metrics, self.actors, self.sites):
            for _ in records():
                pass

    def _watched(self, type_: str, records: Iterable[Record]) -> Iterator[Record]:
        if type_ in self._met or type_ in self._holds:
            yield from records
            return
        self._met.add(type_)
        for record in records:
            if type_ in self._partly:
                self._note(type_, record)
            else:
                self._losses.add(f"records of {type_}s")
            yield record

    def _note(self, path: str, record: Record) -> None:
        for key, value in record.items():
            inner = f"{path}.{key}"
            if value is None or value is False or value in ([], "") or key in SAYS_NOTHING or inner in self._holds:
                continue
            if inner in self._partly:
                for part in value if isinstance(value, list) else [value]:
                    self._note(inner, part)
            else:
                number = len(value) if isinstance(value, list) and isinstance(value[0], dict) else 1
                self._losses.add(inner.removeprefix("event."), number)
