"""The questions and results of a merge: masked conflicts, events that became drafts, and entities that stayed.

`Step` is the base class of the steps that merge entities and events.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict, cast

from scamcli.merge.threeway import STATEMENT, Conflict
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
    """A conflict in printable form.

    ``key`` is the place in the record, such as ``figures.total.low``. It is ``None`` if one side removed the record
    that the other changed. ``base`` is the value that both started from, ``ours`` the value here, and ``theirs`` the
    value there.
    """

    type: str
    record: str
    key: str | None
    base: object
    ours: object
    theirs: object


BOTH = "both"

Decide = Callable[[ConflictDict], bool | Literal["both"]]
"""A function that takes a conflict in printable form and returns whether their value replaces ours.

``"both"`` keeps the numbers of both as statements of two events about one incident, if `can_keep_both` says so.
"""


def can_keep_both(conflict: ConflictDict) -> bool:
    """Return whether a conflict is about statements of numbers, so that those of both sides can be kept."""
    listed, dot, rest = (conflict["key"] or "").partition(".")
    if not dot:
        return listed == "figures" and bool(conflict["ours"] and conflict["theirs"])
    differ = conflict["ours"].keys() if isinstance(conflict["ours"], dict) else {rest.rpartition(".")[2]}
    is_changed = conflict["ours"] is not None and conflict["theirs"] is not None
    return listed == "figures" and is_changed and not differ.isdisjoint(STATEMENT)


class About(NamedTuple):
    """The record that a conflict is about, with its versions, some of which may be absent."""

    type: str
    name: str
    versions: tuple[JsonObject | None, ...]


class Report:
    """Decides conflicts and records what happened.

    If `decide` is ``None``, conflicts are left open, and our values stay.

    Attributes:
        open: the number of conflicts that were not decided.
        proposed: ids of events that became drafts, each with the event here that may be the same.
        still_named: types and names of actors and sites that were removed there but are still named here.
        kept_beside: for ids of events, the keys of the conflicts of which both sides are kept.
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
        self.kept_beside: dict[str, list[str]] = {}

    def choose(self, about: About, conflict: Conflict) -> bool:
        """Decide a conflict in a record and record the decision; return whether their value replaces ours."""
        if self._decide is None:
            self.leave_open(about, conflict)
            return False
        self._conflicts.append((about, conflict))
        answer = self._decide(self._row(about, conflict))
        if answer == BOTH and can_keep_both(self._row(about, conflict)):
            self.kept_beside.setdefault(about.name, []).append(str(conflict.key))
        return answer is True

    def leave_open(self, about: About, conflict: Conflict) -> None:
        """Record a conflict without asking, for example because no single value could decide it."""
        self._conflicts.append((about, conflict))
        self.open += 1

    def conflicts(self) -> tuple[ConflictDict, ...]:
        """Return the conflicts in printable form, record by record."""
        return tuple(self._row(about, conflict) for about, conflict in self._conflicts)

    def shown(self, text: str) -> str:
        """Return a text with the protected names of both timelines masked."""
        return text if self._include_protected else self.other.shown(self.writer.shown(text))

    def shown_id(self, id_: str) -> str:
        """Return the id of an event with protected names masked by placeholders without brackets."""
        return str(self.shown_record({"id": id_})["id"])

    def shown_record(self, record: JsonObject) -> JsonObject:
        """Return a record with protected names masked."""
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
    """The common base of merging entities and merging events."""

    def __init__(self, pairs: RecordPairs, report: Report) -> None:
        self._pairs = pairs
        self._report = report
        self._writer = pairs.writer
        self._here = pairs.writer.connection
        self._there = pairs.other.connection

    def _chooser(self, type_: str, name: str, pair: RecordPair) -> Choose:
        """Return the function that decides the conflicts of a record and records them."""
        return partial(self._report.choose, About(type_, name, (pair.base, pair.ours, pair.theirs)))

    def _replaces_ours(self, type_: str, name: str, pair: RecordPair) -> bool:
        """Return whether their state of the whole record replaces ours, where one side does not have it."""
        conflict = Conflict(None, pair.base, pair.ours, pair.theirs)
        return pair.ours_is_base or self._chooser(type_, name, pair)(conflict)

    def _removed_there(self, *types: str) -> Iterator[tuple[str, str]]:
        """Yield the type and name of records that exist here but no longer there, except names that were merged."""
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
