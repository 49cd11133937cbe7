"""The same record in two timelines: what both began with, and what became of it on each side."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from scamcli.merge.threeway import Since, merge, parted
from scamcli.merge.timelines.names import Names
from scamcli.merge.timelines.versions import Version, Versions
from scamcli.records import canonical, masking
from scamcli.store.history import current

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.merge.threeway import Choose, Merged
    from scamcli.merge.timelines.other_timeline import Other
    from scamcli.store.writer import Writer

Record = dict[str, Any]


class Pair:
    """A record of both.

    Args:
        ours: its versions here, oldest first, in the names of here.
        theirs: its versions there, likewise.
    """

    def __init__(self, ours: Sequence[Version], theirs: Sequence[Version]) -> None:
        self._ours = _seen(ours, theirs)
        self._theirs = _seen(theirs, ours)

    @cached_property
    def _parted(self) -> tuple[int, int] | None:
        ours, theirs = ([_key(version) for version in versions] for versions in (self._ours, self._theirs))
        return parted(ours, theirs, (_came(self._ours), _came(self._theirs)))

    @property
    def never_here(self) -> bool:
        """Whether it was never here."""
        return not self._ours

    @property
    def have_met(self) -> bool:
        """Whether there is a version that both have had."""
        return self._parted is not None

    @property
    def base(self) -> Record | None:
        """The version with which both began; ``None`` where there is none, or it was absent in it."""
        return None if self._parted is None else _reviewed(self._theirs[self._parted[1]])

    @property
    def ours(self) -> Record | None:
        """What it is here; ``None``: it is not."""
        return self._ours[-1].record if self._ours else None

    @property
    def theirs(self) -> Record | None:
        """What it is there; ``None``: it is not."""
        return _reviewed(self._theirs[-1]) if self._theirs else None

    @property
    def theirs_as_it_is(self) -> Record | None:
        """The same, a draft where it waits there to be looked at."""
        return self._theirs[-1].record if self._theirs else None

    @property
    def ours_is_base(self) -> bool:
        """Whether nothing has become of it here since."""
        return self._parted is not None and self._parted[0] == len(self._ours) - 1

    @property
    def theirs_is_base(self) -> bool:
        """Whether nothing has become of it there since."""
        return self._parted is not None and self._parted[1] == len(self._theirs) - 1

    def before_it_went(self) -> Pair:
        """The same, as it was before it was taken out there."""
        theirs = self._theirs[:-1] if self._theirs and self._theirs[-1].record is None else self._theirs
        return Pair(self._ours, theirs)

    def merged(self, choose: Choose, *, is_one: bool = True) -> Merged:
        """Both in one, where it is there on both sides."""
        since = Since()
        if self._parted is not None:
            here, there = self._parted
            since = Since(_records(self._ours[here + 1 : -1]), _records(self._theirs[there + 1 : -1]))
        return merge(self.base, self.ours or {}, self.theirs or {}, choose, since, is_one=is_one)


def _seen(versions: Sequence[Version], others: Sequence[Version]) -> list[Version]:
    """Versions, of which none waits to be looked at that was a draft on the other side as well."""
    there = [other.record for other in others]
    return [one._replace(proposed=one.proposed and one.record not in there) for one in versions]


def _came(versions: Sequence[Version]) -> set[int]:
    return {at for at, version in enumerate(versions) if version.came}


def _records(versions: Sequence[Version]) -> list[Record]:
    return [record for record in map(_reviewed, versions) if record is not None]


def _reviewed(version: Version) -> Record | None:
    """A version as it was reviewed there, where it waits here, or there, to be looked at beside another event."""
    return version.record | {"status": "reviewed"} if version.proposed and version.record else version.record


def _key(version: Version) -> str | None:
    record = _reviewed(version)
    return None if record is None else canonical.line(record)


class Pairs:
    """Finds the records of two timelines that are one.

    Args:
        writer: of the timeline that is here.
        other: the other one.
        base: what both began with, where that is given.
    """

    def __init__(self, writer: Writer, other: Other, base: Other | None) -> None:
        self.writer = writer
        self.other = other
        self.base = base
        self.names = Names(writer, other)
        self._here = Versions(writer.connection)
        self._there = Versions(other.connection)
        self._root = Versions(base.connection) if base else None

    def had(self, type_: str, name: str) -> bool:
        """Whether a record of this name is or was here."""
        return bool(self._here.of(type_, name))

    def of(
        self,
        type_: str,
        name: str,
        own: str | None = None,
        there: str | None = None,
        now: Record | None = None,
    ) -> Pair:
        """Both histories of a record.

        Args:
            type_: event, actor, site or metric.
            name: its id, or its name there.
            own: what an actor or a site is called here now.
            there: its id there, where that is printed without a protected name.
            now: what it is to become here, before this pair is looked at.
        """
        there = name if there is None else there
        kept = self._here.of(type_, name)
        if own is not None and own != name:
            kept.append(Version(json.loads(current(self.writer.connection, type_, own) or "null")))
        kept += [Version(now)] if now is not None else []
        theirs = [self._restored(version, kept) for version in self._there.of(type_, there)]
        root = [self._restored(one, kept) for one in self._root.of(type_, there)[-1:]] if self._root else []
        shipped = [] if root else self._shipped(kept, theirs)
        if theirs:
            theirs[-1] = self._filled(type_, there, theirs[-1], [*root, *shipped, *kept[-1:]])
        if root:
            kept, theirs = [root[0], *kept], [root[0], *(theirs or [Version(None)])]
        theirs = [*shipped, *theirs]
        return Pair(self._named(type_, kept, own), self._named(type_, theirs, own))

    def _shipped(self, kept: Sequence[Version], theirs: Sequence[Version]) -> list[Version]:
        """The version of the shipped timeline, with which a file without a history began as well, where it has it.

        That a record is not in such a file tells nothing: it may be a part of a timeline.
        """
        if self.other.has_history or not theirs:
            return []
        return [one for one in kept if one.shipped and one.record is not None][:1]

    def _named(self, type_: str, versions: Sequence[Version], own: str | None) -> list[Version]:
        """Versions in the names of here; of those that are then the same, one."""
        found: list[Version] = []
        for version in versions:
            if version.record is not None:
                version = version._replace(record=self.names.record(type_, version.record, own))
            if not found or version[:2] != found[-1][:2]:
                found.append(version)
        return found

    def _restored(self, version: Version, kept: Sequence[Version]) -> Version:
        """A version with the names in it that an export has withheld, as far as it still says what was printed."""
        masker = self.writer.masker()
        if masker is None or version.record is None or "protected-" not in canonical.line(version.record):
            return version
        were = [one.record for one in kept if one.record is not None]
        same = next((one for one in reversed(were) if masker.record(one) == version.record), None)
        restored = same or masking.restored(version.record, were[-1] if were else None, masker)
        return version._replace(record=restored)

    def _filled(self, type_: str, there: str, version: Version, others: Sequence[Version]) -> Version:
        """Their version, whose keys that it does not say are those of another."""
        absent = self.other.absent.get((type_, there))
        said = next((one.record for one in others if one.record is not None), None)
        if not absent or version.record is None or said is None:
            return version
        return version._replace(record=version.record | {key: said[key] for key in absent & said.keys()})
