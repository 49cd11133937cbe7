"""Pair the same record in two timelines: its versions on each side, and the version that both started from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from scamcli.merge.threeway import Since, last_common, merge
from scamcli.merge.timelines.local_names import LocalNames
from scamcli.records import canonical, unmasking
from scamcli.store import history
from scamcli.store.history import current

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from scamcli.merge.threeway import Choose
    from scamcli.merge.timelines.other_timeline import OtherTimeline
    from scamcli.records.types import JsonObject
    from scamcli.store.writer import Writer

MERGE = "merge"
"""The command whose changes do not count after they are undone, so that the same can be merged again."""

INIT = "init"
"""The command that makes a database with the shipped timeline."""


class Version(NamedTuple):
    """A version of a record.

    Attributes:
        record: ``None`` if it did not exist.
        is_proposed: whether a merge added it as a draft, because another event seemed to be the same, and it is still a
            draft. In the other timeline it was reviewed.
        is_merged: whether a merge added or changed it.
        is_shipped: whether it is the version in the shipped timeline.
    """

    record: JsonObject | None
    is_proposed: bool = False
    is_merged: bool = False
    is_shipped: bool = False

    @property
    def reviewed(self) -> JsonObject | None:
        """The record as reviewed in the other timeline, if it is still a draft here."""
        return self.record | {"status": "reviewed"} if self.is_proposed and self.record else self.record


class RecordPair:
    """A record of both timelines with its versions on each side, oldest first, under local names.

    Attributes:
        base: the version that both started from; ``None`` if there is none, or if the record did not exist then.
        ours: the record here; ``None`` if it does not exist.
        theirs: the record in the other timeline; ``None`` if it does not exist.
        theirs_unreviewed: the same, but as a draft if it is waiting for review there.
        never_here: whether the record never existed here.
        have_met: whether there is a version that both have had.
        ours_is_base: whether the record has not changed here since the base.
        theirs_is_base: whether the record has not changed in the other timeline since the base.
    """

    def __init__(self, ours: Sequence[Version], theirs: Sequence[Version]) -> None:
        self._ours = _without_own_drafts(ours, theirs)
        self._theirs = _without_own_drafts(theirs, ours)
        self._common = self._last_common()
        here, there = self._common or (None, None)
        self.base = None if there is None else self._theirs[there].reviewed
        self.ours = self._ours[-1].record if self._ours else None
        self.theirs = self._theirs[-1].reviewed if self._theirs else None
        self.theirs_unreviewed = self._theirs[-1].record if self._theirs else None
        self.never_here = not self._ours
        self.have_met = self._common is not None
        self.ours_is_base = here == len(self._ours) - 1
        self.theirs_is_base = there == len(self._theirs) - 1

    def _last_common(self) -> tuple[int, int] | None:
        """Return the position on each side of the last version that both have had."""
        if not self._ours or not self._theirs:
            return None
        ours, theirs = (
            [None if (record := version.reviewed) is None else canonical.line(record) for version in versions]
            for versions in (self._ours, self._theirs)
        )
        merged = ({i for i, version in enumerate(side) if version.is_merged} for side in (self._ours, self._theirs))
        return last_common(ours, theirs, (next(merged), next(merged)))

    def before_removal(self) -> RecordPair:
        """Return the pair as it was before the other timeline removed the record."""
        theirs = self._theirs[:-1] if self._theirs and self._theirs[-1].record is None else self._theirs
        return RecordPair(self._ours, theirs)

    def merge(self, choose: Choose, *, is_one: bool = True) -> JsonObject:
        """Merge the two versions of a record that exists on both sides."""
        since = Since()
        if self._common is not None:
            here, there = self._common
            since = Since(_records(self._ours[here + 1 : -1]), _records(self._theirs[there + 1 : -1]))
        return merge(self.base, self.ours or {}, self.theirs or {}, choose, since, is_one=is_one)


def _without_own_drafts(versions: Sequence[Version], others: Sequence[Version]) -> list[Version]:
    """Return the versions, where those that were also drafts on the other side are not marked as proposed."""
    there = [other.record for other in others]
    return [one._replace(is_proposed=one.is_proposed and one.record not in there) for one in versions]


def _records(versions: Sequence[Version]) -> list[JsonObject]:
    return [record for version in versions if (record := version.reviewed) is not None]


class _Histories:
    """The histories of the records of one database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._skipped = _undone_merges(connection)

    def versions(self, type_: str, name: str) -> list[Version]:
        """Return every version of a record, oldest first, up to the present one; empty if it never existed."""
        changes = history.versions(self._connection, type_, name)
        first = changes[0][2] if changes else current(self._connection, type_, name)
        found = [] if first is None else [Version(json.loads(first))]
        for number, command, _, after, _ in changes:
            if number not in self._skipped:
                record = None if after is None else json.loads(after)
                is_proposed = _is_proposed(record, command, found)
                found.append(Version(record, is_proposed, command == MERGE, command == INIT))
        return found


def _is_proposed(record: JsonObject | None, command: str, before: list[Version]) -> bool:
    if record is None or record.get("status") != "draft":
        return False
    last = before[-1] if before else Version(None)
    return last.is_proposed or (last.record is None and command == MERGE)


def _undone_merges(connection: sqlite3.Connection) -> set[int]:
    """Return the merges that were undone, and the changes that undid or redid them."""
    rows = connection.execute("SELECT id, undoes FROM change WHERE undoes < id ORDER BY id").fetchall()
    if not rows:
        return set()
    merges = {id_ for (id_,) in connection.execute("SELECT id FROM change WHERE command = ?", [MERGE])}
    first = dict[int, int]()  # the change at the start of a chain, such as an undo of an undo of a merge
    for id_, target in rows:
        first[id_] = first.get(target, target)
    undone = history.undone(connection).keys()
    return (undone & merges) | {id_ for id_, target in first.items() if target in merges}


class RecordPairs:
    """Finds the same records in two timelines; `base` is the timeline that both started from, if it was given."""

    def __init__(self, writer: Writer, other: OtherTimeline, base: OtherTimeline | None) -> None:
        self.writer = writer
        self.other = other
        self.base = base
        self.names = LocalNames(writer, other)
        self._here = _Histories(writer.connection)
        self._there = _Histories(other.connection)
        self._base = _Histories(base.connection) if base else None

    def existed_here(self, type_: str, name: str) -> bool:
        """Return whether a record with this name exists or has existed here."""
        return bool(self._here.versions(type_, name))

    def pair(
        self,
        type_: str,
        name: str,
        name_here: str | None = None,
        name_there: str | None = None,
        pending: JsonObject | None = None,
    ) -> RecordPair:
        """Return a record with its histories in both timelines.

        Args:
            type_: event, actor, site or metric.
            name: the id of the event, or the name in the other timeline.
            name_here: the present local name of an actor or a site.
            name_there: the id of an event in the other timeline, if it is printed without a protected name.
            pending: the record that is about to be written here.
        """
        name_there = name if name_there is None else name_there
        ours = self._here.versions(type_, name)
        if name_here is not None and name_here != name:
            ours.append(Version(json.loads(current(self.writer.connection, type_, name_here) or "null")))
        ours += [Version(pending)] if pending is not None else []
        theirs = [self._unmask(version, ours) for version in self._there.versions(type_, name_there)]
        base = self._base.versions(type_, name_there)[-1:] if self._base else []
        base = [self._unmask(version, ours) for version in base]
        shipped = [] if base else self._shipped(ours, theirs)
        if theirs:
            theirs[-1] = self._complete(type_, name_there, theirs[-1], [*base, *shipped, *ours[-1:]])
        if base:
            ours, theirs = [base[0], *ours], [base[0], *(theirs or [Version(None)])]
        theirs = [*shipped, *theirs]
        return RecordPair(self._translate(type_, ours, name_here), self._translate(type_, theirs, name_here))

    def _shipped(self, ours: Sequence[Version], theirs: Sequence[Version]) -> list[Version]:
        """Return the version in the shipped timeline, where a file without a history also started.

        A record that is missing from such a file may still exist, because the file may be only a part of a timeline.
        """
        if self.other.has_history or not theirs:
            return []
        return [version for version in ours if version.is_shipped and version.record is not None][:1]

    def _translate(self, type_: str, versions: Sequence[Version], name_here: str | None) -> list[Version]:
        """Return versions under local names, deduplicated."""
        found: list[Version] = []
        for version in versions:
            if version.record is not None:
                version = version._replace(record=self.names.record(type_, version.record, name_here))
            if not found or version[:2] != found[-1][:2]:
                found.append(version)
        return found

    def _unmask(self, version: Version, ours: Sequence[Version]) -> Version:
        """Return a version with names that an export has masked restored, where its values are still as printed."""
        masker = self.writer.masker()
        if masker is None or version.record is None or "protected-" not in canonical.line(version.record):
            return version
        records = [one.record for one in ours if one.record is not None]
        same = next((one for one in reversed(records) if masker.record(one) == version.record), None)
        return version._replace(
            record=same or unmasking.restored(version.record, records[-1] if records else None, masker)
        )

    def _complete(self, type_: str, name: str, version: Version, others: Sequence[Version]) -> Version:
        """Return their version, completed with keys from the first other version if a JSON line left them out."""
        missing = self.other.missing_keys.get((type_, name))
        known = next((one.record for one in others if one.record is not None), None)
        if not missing or version.record is None or known is None:
            return version
        return version._replace(record=version.record | {key: known[key] for key in missing & known.keys()})
