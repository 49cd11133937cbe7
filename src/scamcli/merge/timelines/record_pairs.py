"""The same record in two timelines: its versions on each side, and the one that both started from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from scamcli.merge.threeway import Since, last_common, merge
from scamcli.merge.timelines.local_names import LocalNames
from scamcli.records import canonical, masking
from scamcli.store.history import current

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from scamcli.merge.threeway import Choose
    from scamcli.merge.timelines.other_timeline import OtherTimeline
    from scamcli.records.types import JsonObject
    from scamcli.store.writer import Writer

MERGE = "merge"
"""The command whose changes do not count once they are undone: what was merged and undone can be merged again."""

INIT = "init"
"""The command that makes a database with the shipped timeline."""


class Version(NamedTuple):
    """What a record was for a while.

    Attributes:
        record: ``None`` if it did not exist.
        is_proposed: whether a merge brought it as a draft, because another event seemed to be the same, and it still is
            one; in the other timeline it was reviewed.
        is_merged: whether a merge brought or made it.
        is_shipped: whether it is the version of the shipped timeline.
    """

    record: JsonObject | None
    is_proposed: bool = False
    is_merged: bool = False
    is_shipped: bool = False

    @property
    def reviewed(self) -> JsonObject | None:
        """The record as it was reviewed in the other timeline, if it waits as a draft here."""
        return self.record | {"status": "reviewed"} if self.is_proposed and self.record else self.record


class RecordPair:
    """A record of both timelines, made from its versions on each side, oldest first, in the names that are used here.

    Attributes:
        base: the version that both started from; ``None`` if there is none, or the record did not exist in it.
        ours: the record here; ``None`` if it does not exist.
        theirs: the record in the other timeline; ``None`` if it does not exist.
        theirs_unreviewed: the same, but still a draft if it waits there for review.
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
        """Return where the last version that both have had stands on each side."""
        if not self._ours or not self._theirs:
            return None
        ours, theirs = (
            [None if (record := version.reviewed) is None else canonical.line(record) for version in versions]
            for versions in (self._ours, self._theirs)
        )
        merged = ({i for i, version in enumerate(side) if version.is_merged} for side in (self._ours, self._theirs))
        return last_common(ours, theirs, (next(merged), next(merged)))

    def before_removal(self) -> RecordPair:
        """Return the pair as it was before the record was removed in the other timeline."""
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
    """Return the versions, without the mark of a proposal on those that were drafts on the other side too."""
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
        """Return every version of a record, oldest first, to the present one; none of a record that never existed."""
        rows = self._connection.execute(
            "SELECT c.id, r.before, r.after IS NULL, c.command FROM change_record r JOIN change c ON c.id = r.change"
            " WHERE r.type = ? AND r.name = ? ORDER BY r.change",
            [type_, name],
        ).fetchall()
        now = current(self._connection, type_, name)
        if not rows:
            return [] if now is None else [Version(json.loads(now))]
        # The history keeps what a record was before each change, so what it became is in the row of the next change.
        became = [*(before for _, before, _, _ in rows[1:]), now]
        found = [] if rows[0][1] is None else [Version(json.loads(rows[0][1]))]
        for (change, _, is_removed, command), text in zip(rows, became, strict=True):
            if change not in self._skipped:
                record = None if is_removed or text is None else json.loads(text)
                is_proposed = _is_proposed(record, command, found)
                found.append(Version(record, is_proposed, command == MERGE, command == INIT))
        return found


def _is_proposed(record: JsonObject | None, command: str, before: list[Version]) -> bool:
    if record is None or record.get("status") != "draft":
        return False
    last = before[-1] if before else Version(None)
    return last.is_proposed or (last.record is None and command == MERGE)


def _undone_merges(connection: sqlite3.Connection) -> set[int]:
    """Return the changes that are merges which were undone, and those that undid them or redid them."""
    # Only a later change can undo one. In an altered file, changes may undo themselves or each other.
    rows = connection.execute("SELECT id, undoes FROM change WHERE undoes < id ORDER BY id").fetchall()
    if not rows:
        return set()
    merges = {id_ for (id_,) in connection.execute("SELECT id FROM change WHERE command = ?", [MERGE])}
    first = dict[int, int]()  # what a change undid, if need be through others: an undo of an undo of a merge
    for id_, target in rows:
        first[id_] = first.get(target, target)
    undone = set[int]()
    for id_, target in reversed(rows):
        if id_ not in undone:
            undone.add(target)
    return (undone & merges) | {id_ for id_, target in first.items() if target in merges}


class RecordPairs:
    """Finds the records of two timelines that are the same; `base` is the one that both began with, if it was given."""

    def __init__(self, writer: Writer, other: OtherTimeline, base: OtherTimeline | None) -> None:
        self.writer = writer
        self.other = other
        self.base = base
        self.names = LocalNames(writer, other)
        self._here = _Histories(writer.connection)
        self._there = _Histories(other.connection)
        self._base = _Histories(base.connection) if base else None

    def existed_here(self, type_: str, name: str) -> bool:
        """Return whether a record of this name exists or existed here."""
        return bool(self._here.versions(type_, name))

    def pair(
        self,
        type_: str,
        name: str,
        name_here: str | None = None,
        name_there: str | None = None,
        pending: JsonObject | None = None,
    ) -> RecordPair:
        """Return both histories of a record.

        Args:
            type_: event, actor, site or metric.
            name: its id, or its name in the other timeline.
            name_here: what an actor or a site is called here now.
            name_there: the id of an event in the other timeline, if that is printed without a protected name.
            pending: what the record is about to become here.
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
        """Return the version of the shipped timeline, with which a file without a history began as well.

        A record that is not in such a file may still exist: the file may be a part of a timeline.
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
        """Return a version with the names that an export has masked, as far as it still says what was printed."""
        masker = self.writer.masker()
        if masker is None or version.record is None or "protected-" not in canonical.line(version.record):
            return version
        records = [one.record for one in ours if one.record is not None]
        same = next((one for one in reversed(records) if masker.record(one) == version.record), None)
        return version._replace(
            record=same or masking.restored(version.record, records[-1] if records else None, masker)
        )

    def _complete(self, type_: str, name: str, version: Version, others: Sequence[Version]) -> Version:
        """Return their version, with the keys that a JSON line left out taken from the first other version."""
        missing = self.other.missing_keys.get((type_, name))
        known = next((one.record for one in others if one.record is not None), None)
        if not missing or version.record is None or known is None:
            return version
        return version._replace(record=version.record | {key: known[key] for key in missing & known.keys()})
