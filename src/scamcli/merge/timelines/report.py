"""What a merge has to ask and to report: conflicts, masked; events that came in as drafts; and what stayed.

`Step` is the base of what merges entities and events, and reports.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypedDict, cast

from scamcli.merge.threeway import Conflict
from scamcli.store.history import current, successor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.merge.threeway import Choose
    from scamcli.merge.timelines.other_timeline import OtherTimeline
    from scamcli.merge.timelines.record_pairs import RecordPair, RecordPairs
    from scamcli.records.masking import Masker
    from scamcli.records.types import JsonObject
    from scamcli.store.writer import Writer


class ConflictDict(TypedDict):
    """A conflict as it is printed.

    ``key`` says where in the record, such as ``figures.total.low``; it is ``None`` if one side removed the record that
    the other changed. ``base`` is the value that both began with, ``ours`` the value here, ``theirs`` the other one.
    """

    type: str
    record: str
    key: str | None
    base: object
    ours: object
    theirs: object


Decide = Callable[[ConflictDict], bool]
"""Decides a conflict, given as it may be printed: returns whether theirs replaces ours."""


class About(NamedTuple):
    """The record that a conflict is about, with its versions, any of which may be absent."""

    type: str
    name: str
    versions: tuple[JsonObject | None, ...]


class Report:
    """Decides conflicts and remembers what happened.

    If `decide` is ``None``, conflicts are left open, and ours stays.

    Attributes:
        open: the number of conflicts that were not decided.
        proposed: ids of events that came in as drafts, each with the event here that may be the same.
        still_named: type and name of actors and sites that were removed there and are still named here.
    """

    def __init__(self, writer: Writer, other: OtherTimeline, decide: Decide | None, *, include_protected: bool) -> None:
        self.writer = writer
        self.other = other
        self._decide = decide
        self._include_protected = include_protected
        self._conflicts: list[tuple[About, Conflict]] = []
        self.open = 0
        self.proposed: list[tuple[str, str]] = []
        self.still_named: list[tuple[str, str]] = []

    def choose(self, about: About, conflict: Conflict) -> bool:
        """Decide a conflict in a record, and remember it: return whether theirs replaces ours."""
        if self._decide is None:
            self.leave_open(about, conflict)
            return False
        self._conflicts.append((about, conflict))
        return self._decide(self._row(about, conflict))

    def leave_open(self, about: About, conflict: Conflict) -> None:
        """Remember a conflict without asking, for example because no single value could decide it."""
        self._conflicts.append((about, conflict))
        self.open += 1

    def conflicts(self) -> tuple[ConflictDict, ...]:
        """Return the conflicts as they may be printed, record by record."""
        return tuple(self._row(about, conflict) for about, conflict in self._conflicts)

    def shown(self, text: str) -> str:
        """Return a text without the names that either timeline protects."""
        return text if self._include_protected else self.other.shown(self.writer.shown(text))

    def shown_id(self, id_: str) -> str:
        """Return the id of an event without protected names; a placeholder in it has no brackets."""
        return str(self.shown_record({"id": id_})["id"])

    def shown_record(self, record: JsonObject) -> JsonObject:
        """Return a record without protected names."""
        for masker in self._maskers():
            record = masker.record(record)
        return record

    def _maskers(self) -> list[Masker]:
        maskers = () if self._include_protected else (self.writer.masker(), self.other.masker)
        return [masker for masker in maskers if masker is not None]

    def _row(self, about: About, conflict: Conflict) -> ConflictDict:
        row = cast("ConflictDict", {"type": about.type, "record": about.name, **conflict._asdict()})
        for masker in self._maskers():
            row = _masked(row, about, masker)
        return row


def _masked(row: ConflictDict, about: About, masker: Masker) -> ConflictDict:
    """Mask a conflict for one timeline, including the words of the actors that any version of the record names."""
    versions = [version for version in about.versions if version is not None]
    numbers = frozenset[int]().union(*(masker.present(version) for version in versions))
    words = masker.words_of(numbers)
    path = row["key"] or ""
    key = path.rpartition(".")[2] if not path.startswith("aliases") else "aliases"
    if about.type == "event":
        name = words.mask(masker.record({"id": row["record"]})["id"], bare=True)
    else:
        name = masker.text(row["record"])
    values = {side: masker.part(row[side], key, numbers) for side in ("base", "ours", "theirs")}
    masked_key = row["key"] and words.mask(masker.text(path))
    return cast("ConflictDict", row | values | {"record": name, "key": masked_key})


class Step:
    """What merging entities and merging events have in common."""

    def __init__(self, pairs: RecordPairs, report: Report) -> None:
        self._pairs = pairs
        self._report = report
        self._writer = pairs.writer
        self._here = pairs.writer.connection
        self._there = pairs.other.connection

    def _chooser(self, type_: str, name: str, pair: RecordPair) -> Choose:
        """Return what decides the conflicts of a record, and remembers them."""
        return partial(self._report.choose, About(type_, name, (pair.base, pair.ours, pair.theirs)))

    def _replaces_ours(self, type_: str, name: str, pair: RecordPair) -> bool:
        """Return whether the whole record is to be as it is there, where one of the two sides does not have it."""
        conflict = Conflict(None, pair.base, pair.ours, pair.theirs)
        return pair.ours_is_base or self._chooser(type_, name, pair)(conflict)

    def _removed_there(self, *types: str) -> Iterator[tuple[str, str]]:
        """Yield type and name of the records that exist here, and no longer there, except names that were merged."""
        rows = self._there.execute(
            "SELECT DISTINCT type, name FROM change_record WHERE after IS NULL ORDER BY type, name"
        ).fetchall()
        found = dict.fromkeys(
            (type_, name)
            for type_, name in rows
            if type_ in types and (type_ == "event" or successor(self._there, type_, name) is None)
        )
        if (base := self._pairs.base) is not None:
            found |= dict.fromkeys((type_, name) for type_ in types for name, _ in base.records(type_))
        for type_, name in found:
            if current(self._there, type_, name) is None and current(self._here, type_, name) is not None:
                yield type_, name
