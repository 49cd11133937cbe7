"""Whole records, key by key."""

from __future__ import annotations

from typing import Any, NamedTuple

from scamcli.merge.threeway.deciding import Choose, Conflict, Record, Side, Since, ours_stays, whose
from scamcli.merge.threeway.parts import KINDS, merged_parts
from scamcli.merge.threeway.sets import merged_sets

FIXED = frozenset({"type", "id", "name"})
"""Keys that say which record it is: they are ours."""

ANYBODYS = frozenset({"protected"})
"""Keys that are true where one side says so: nobody's protection ends because somebody else did not know of it."""


class Merged(NamedTuple):
    """One record out of two, and what both had changed in different ways."""

    record: Record
    conflicts: tuple[Conflict, ...]


def merge(  # noqa: PLR0913 - three versions, and how
    base: Record | None,
    ours: Record,
    theirs: Record,
    choose: Choose = ours_stays,
    since: Since = Since(),  # noqa: B008 - it never changes
    *,
    is_one: bool = True,
) -> Merged:
    """Merge two versions of a record.

    Args:
        base: what both began with; ``None`` where that is not known: then what only one side says is taken, and
            where both say something else there is a conflict.
        ours: the version that is here, whole.
        theirs: the other, whole.
        choose: asked of each conflict.
        since: the versions of both since then.
        is_one: whether both tell of one thing, where the base is not known; what tells of two is not mixed.
    """
    return _Merging(base, choose, since).merged(ours, theirs, mix=base is not None or is_one)


class _Merging:
    """One merge, which gathers its conflicts."""

    def __init__(self, base: Record | None, choose: Choose, since: Since) -> None:
        self._base = base or {}
        self._choose = choose
        self._since = since
        self.conflicts: list[Conflict] = []

    def merged(self, ours: Record, theirs: Record, *, mix: bool) -> Merged:
        found = dict(ours)
        one = self._key if mix else self._apart
        for key in ours:
            if key in theirs and key not in FIXED:
                found[key] = one(key, ours[key], theirs[key])
        return Merged(found, tuple(self.conflicts))

    def chosen(self, conflict: Conflict) -> bool:
        """Whether theirs comes; the conflict is told either way."""
        self.conflicts.append(conflict)
        return self._choose(conflict)

    def _key(self, key: str, ours: Any, theirs: Any) -> Any:
        nothing: Any = [] if isinstance(ours, list) else None
        base: Any = self._base.get(key, nothing)
        if key in ANYBODYS:
            return ours or theirs
        seen = self._since.each(lambda record: record.get(key))
        side = whose(base, ours, theirs, seen)
        if side is not None:
            return ours if side is Side.OURS else theirs
        if key in KINDS:
            return merged_parts(key, (base, ours, theirs), seen, self.chosen)
        if isinstance(ours, list):
            return merged_sets(base, ours, theirs, seen)
        return theirs if self.chosen(Conflict(key, base, ours, theirs)) else ours

    def _apart(self, key: str, ours: Any, theirs: Any) -> Any:
        """A key of two records that are not one: nothing of theirs comes in unless it is chosen."""
        if ours == theirs or key in ANYBODYS:
            return ours or theirs
        nothing: Any = [] if isinstance(ours, list) else None
        return theirs if self.chosen(Conflict(key, nothing, ours, theirs)) else ours
