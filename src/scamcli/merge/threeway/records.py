"""The merge of whole records, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.merge.threeway.decision import Conflict, Seen, Side, Since, decide, keep_ours
from scamcli.merge.threeway.parts import KINDS, merge_parts

if TYPE_CHECKING:
    from scamcli.merge.threeway.decision import Choose, Record
    from scamcli.records.types import JsonObject

IDENTITY = frozenset({"type", "id", "name"})
"""Keys that say which record it is: ours stay."""

STICKY = frozenset({"protected"})
"""Keys that are true if either side says so: a protection does not end because the other side did not know of it."""


class Merged(NamedTuple):
    """A merged record, and what both sides had changed in different ways."""

    record: JsonObject
    conflicts: tuple[Conflict, ...]


def merge(  # noqa: PLR0913 - three versions, and how
    base: Record | None,
    ours: Record,
    theirs: Record,
    choose: Choose = keep_ours,
    since: Since = Since(),  # noqa: B008 - immutable
    *,
    is_one: bool = True,
) -> Merged:
    """Merge two versions of a record.

    Args:
        base: the version that both began with. If it is ``None``, because no history tells, what only one side says is
            taken, and where both say different things there is a conflict.
        ours: the whole version here.
        theirs: the whole version in the other timeline.
        choose: called for each conflict.
        since: the versions on each side since the base.
        is_one: whether both describe one thing, if the base is ``None``. Descriptions of two things are not mixed.
    """
    return _RecordMerge(base, choose, since).run(ours, theirs, mix=base is not None or is_one)


class _RecordMerge:
    """One merge; gathers its conflicts."""

    def __init__(self, base: Record | None, choose: Choose, since: Since) -> None:
        self._base = base or {}
        self._choose = choose
        self._since = since
        self._conflicts: list[Conflict] = []

    def run(self, ours: Record, theirs: Record, *, mix: bool) -> Merged:
        merged = dict(ours)
        merge_key = self._merge_key if mix else self._choose_key
        for key in ours:
            if key in STICKY:
                merged[key] = ours[key] or theirs.get(key)
            elif key in theirs and key not in IDENTITY:
                merged[key] = merge_key(key, ours[key], theirs[key])
        return Merged(merged, tuple(self._conflicts))

    def _ask(self, conflict: Conflict) -> bool:
        self._conflicts.append(conflict)
        return self._choose(conflict)

    def _merge_key(self, key: str, ours: object, theirs: object) -> object:
        base = self._base.get(key, [] if isinstance(ours, list) else None)
        seen = self._since.values(lambda record: record.get(key))
        side = decide(base, ours, theirs, seen)
        if side is not None:
            return ours if side is Side.OURS else theirs
        if isinstance(base, list) and isinstance(ours, list) and isinstance(theirs, list):
            if key in KINDS:
                return merge_parts(key, (base, ours, theirs), seen, self._ask)
            return _merge_words(base, ours, theirs, seen)
        return theirs if self._ask(Conflict(key, base, ours, theirs)) else ours

    def _choose_key(self, key: str, ours: object, theirs: object) -> object:
        """Decide a key of two records that are not one: nothing of theirs is taken unless it is chosen."""
        nothing: object = [] if isinstance(ours, list) else None
        return theirs if ours != theirs and self._ask(Conflict(key, nothing, ours, theirs)) else ours


def _merge_words(base: list[str], ours: list[str], theirs: list[str], seen: Seen) -> list[str]:
    """Merge lists of words, such as tags and aliases: ours in its order, then what they added.

    There are no conflicts: each word is there or not, so of two sides that differ one is as the base was.
    """

    def stays(word: str) -> bool:
        had = Seen(*([isinstance(words, list) and word in words for words in side] for side in seen))
        side = decide(word in base, word in ours, word in theirs, had)
        return word in (theirs if side is Side.THEIRS else ours)

    return [word for word in dict.fromkeys([*ours, *theirs]) if stays(word)]
