"""The input of every export format: the records of a timeline, and a counter of what the format cannot hold."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol, TextIO, TypeVar, cast

from scamcli.records import canonical

if TYPE_CHECKING:
    from scamcli.records.types import ActorDict, DataSetDict, EventDict, MetricDict, SiteDict

T = TypeVar("T")

ENTITIES = ("metric", "actor", "site")
"""Types of the records that precede the events, in order."""

NEVER_LOST = ("type", "status")
"""Keys whose absence is not a loss: the type is evident, and drafts are exported only on request."""


class Shape(Enum):
    """What a format writes, and therefore what its ``write`` function gets."""

    TEXT = "text"
    """A text stream: stdout, or a file."""
    FILE = "a file"
    """The path of an empty file to write to."""
    FOLDER = "a folder"
    """The path of an empty folder to create files in."""


SLIDES = 100
"""How many slides readers can be expected to go through in TimelineJS, which draws all of them at once."""


class ExportOptions(NamedTuple):
    """Choices that some formats leave open.

    Attributes:
        rows: what a row of CSV and TSV represents: ``events`` or ``figures``.
        include_protected: whether the names of protected actors are written.
        slides: the most slides of TimelineJS, apart from its title.
    """

    rows: str = "events"
    include_protected: bool = False
    slides: int = SLIDES


class Dump(ABC):
    """The records to export, complete and already masked. Each method can be called more than once.

    Events are in order of the first day and then the id, all other records in order of the name.

    Attributes:
        sentence: the query in words; empty for the whole timeline.
    """

    sentence: str

    @abstractmethod
    def records(self, type_: str) -> Iterator[Mapping[str, object]]:
        """Yield the records of a type; for metrics, only those that are not built in."""

    @abstractmethod
    def lines(self) -> Iterator[str]:
        """Yield every record as a line of canonical JSON without a newline: metrics, actors, sites, events."""

    def metrics(self) -> "Iterator[MetricDict]":
        """Yield the metrics that are not built in."""
        return cast("Iterator[MetricDict]", self.records("metric"))

    def actors(self) -> "Iterator[ActorDict]":
        """Yield the actors."""
        return cast("Iterator[ActorDict]", self.records("actor"))

    def sites(self) -> "Iterator[SiteDict]":
        """Yield the sites."""
        return cast("Iterator[SiteDict]", self.records("site"))

    def events(self) -> "Iterator[EventDict]":
        """Yield the events."""
        return cast("Iterator[EventDict]", self.records("event"))

    def terms(self) -> list[str]:
        """Return the titles and the terms of use of the data sets whose events have been read so far."""
        return []


class KeptDump(Dump):
    """The records of a dump in memory, so that several formats need not read them again.

    Args:
        dump: The dump.
        read: Records by type that were read from it already; others are read now.
    """

    def __init__(self, dump: Dump, read: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
        self.sentence = dump.sentence
        self._kept = {type_: read.get(type_) or list(dump.records(type_)) for type_ in (*ENTITIES, "event")}

    def records(self, type_: str) -> Iterator[Mapping[str, object]]:
        """Yield the records of a type."""
        return iter(self._kept[type_])

    def lines(self) -> Iterator[str]:
        """Yield every record as a line of canonical JSON."""
        return (canonical.line(record) for records in self._kept.values() for record in records)


def write_array(out: TextIO, items: Iterable[Mapping[str, object]]) -> None:
    """Write a JSON array with one item per line, each as soon as it is available."""
    out.write("[")
    separator = "\n"
    for item in items:
        out.write(separator + canonical.line(item))
        separator = ",\n"
    out.write("\n]")


class Progress(Protocol):
    """A function that passes items through, and may show how many there were."""

    def __call__(self, items: Iterable[T], /) -> Iterator[T]:
        """Yield the same items."""


class Losses(Counter[str]):
    """A counter of what a format could not hold."""

    def __str__(self) -> str:
        """Return a list of the losses with their numbers, in the order in which they first occurred."""
        return ", ".join(f"{what} ({count:,})" for what, count in self.items())

    def add(self, what: str, count: int = 1) -> None:
        """Count a loss, such as ``events without a place``."""
        if count:
            self[what] += count


class LossRecorder(Dump):
    """A dump that counts what a format does not support while the format reads it.

    Args:
        supported: the record keys that the format can hold. Records of a type without any such key are lost entirely.
        progress: gets the events, to show how far the export has got.
    """

    def __init__(self, dump: Dump, supported: frozenset[str], losses: Losses, progress: Progress | None = None) -> None:
        self._dump = dump
        self.sentence = dump.sentence
        self._supported = supported
        self._losses = losses
        self._progress: Progress = progress or iter
        self._partly = {path.rpartition(".")[0] for path in supported}
        self._read: set[str] = set()
        self._datasets: set[str] = set()

    def lines(self) -> Iterator[str]:
        """Yield lines of canonical JSON. A format that uses them can hold everything."""
        self._read |= {*ENTITIES, "event"}
        for line in self._progress(self._dump.lines()):
            if '"dataset": {' in line:
                self._note_dataset(json.loads(line))
            yield line

    def terms(self) -> list[str]:
        """Return the titles and the terms of use of the data sets whose events have been read so far."""
        if not self._datasets:
            return []
        from scamcli.exchange import data_set_terms  # here, because few timelines have rows of data sets

        known = data_set_terms.known()
        return [known[name] for name in sorted(self._datasets) if name in known]

    def finish(self) -> None:
        """Count the records that the format never asked for."""
        for type_ in ENTITIES:
            for _ in self.records(type_):
                pass

    def records(self, type_: str) -> Iterator[Mapping[str, object]]:
        """Yield the records of a type."""
        records = self._dump.records(type_)
        if type_ == "event":
            records = self._noting_datasets(self._progress(records))
        if type_ in self._read or type_ in self._supported:
            yield from records
            return
        self._read.add(type_)  # a format may read records twice, but their losses count once
        for record in records:
            if type_ in self._partly:
                self._count(type_, record)
            else:
                self._losses.add(f"records of {type_}s")
            yield record

    def _noting_datasets(self, events: Iterable[Mapping[str, object]]) -> Iterator[Mapping[str, object]]:
        for event in events:
            self._note_dataset(event)
            yield event

    def _note_dataset(self, record: Mapping[str, object]) -> None:
        if dataset := record.get("dataset"):
            self._datasets.add(cast("DataSetDict", dataset)["name"])

    def _count(self, path: str, record: Mapping[str, object]) -> None:
        for key, value in record.items():
            inner = f"{path}.{key}"
            if value is None or value is False or value in ([], "") or key in NEVER_LOST or inner in self._supported:
                continue
            parts = value if isinstance(value, list) else [value]
            if inner in self._partly:
                for part in parts:
                    if isinstance(part, dict):
                        self._count(inner, part)
            else:
                self._losses.add(inner.removeprefix("event."), len(parts) if isinstance(parts[0], dict) else 1)


def affiliations_of_protected(actors: "Iterable[ActorDict]") -> set[str]:
    """Return the organisations that protected actors belong to.

    An export for publication leaves out those that nothing else names, because they could give the actor away.
    """
    return {body for actor in actors if actor["protected"] for body in actor["member_of"]}
