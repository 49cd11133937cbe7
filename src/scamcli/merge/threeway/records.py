"""Merge whole records, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scamcli.merge.threeway.decision import Conflict, Seen, decide
from scamcli.merge.threeway.parts import KINDS, merge_parts

if TYPE_CHECKING:
    from scamcli.merge.threeway.decision import Choose, Record, Since
    from scamcli.records.types import JsonObject

IDENTITY = frozenset({"type", "id", "name"})
"""Keys that identify the record; our values for them stay."""

TOGETHER = ("figures", "actors", "sources")
"""Keys that one answer decides if two events are not mixed: numbers, with who stated and who published them."""

STICKY = frozenset({"protected"})
"""Keys that are true if either side says so: protection does not end because the other side did not know about it."""


def merge(  # noqa: PLR0913 - three versions, and how
    base: Record | None, ours: Record, theirs: Record, choose: Choose, since: Since, *, is_one: bool
) -> JsonObject:
    """Merge two versions of a record.

    Args:
        base: the version that both sides started from. If it is ``None``, because no history shows it, a value that
            only one side has is taken, and different values are a conflict.
        ours: our version, with all keys.
        theirs: the version in the other timeline, with all keys.
        choose: the function to call for each conflict.
        since: the versions on each side since the base.
        is_one: whether both describe the same thing, if the base is ``None``. Otherwise they are not mixed: no value of
            theirs is taken unless it is chosen.
    """
    merged = dict(ours)
    are_parted = base is None and not is_one
    together = TOGETHER if are_parted and ours.get("figures") != theirs.get("figures", ours.get("figures")) else ()
    for key, value in ours.items():
        empty: object = [] if isinstance(value, list) else None
        if key in STICKY:
            merged[key] = value or theirs.get(key)
        elif key in IDENTITY or key not in theirs or value == theirs[key]:
            continue
        elif base is not None or is_one:
            versions = ((base or {}).get(key, empty), value, theirs[key])
            merged[key] = _merge_values(key, versions, since.values(key), choose)
        elif key in together and key != "figures":
            continue
        elif choose(Conflict(key, empty, value, theirs[key])):
            merged |= {one: theirs[one] for one in (together if key == "figures" else (key,)) if one in theirs}
    if ours.get("protected") and "aliases" in ours:
        # A name that it has no more may be somebody else's, and would be shown.
        merged["aliases"] = _once([*cast("list[str]", ours["aliases"]), *cast("list[str]", merged["aliases"])])
    return merged


def _once(words: list[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _merge_values(key: str, versions: tuple[object, object, object], seen: Seen, choose: Choose) -> object:
    base, ours, theirs = versions
    side = decide(base, ours, theirs, seen)
    if side is not None:
        return ours if side == "ours" else theirs
    if isinstance(base, list) and isinstance(ours, list) and isinstance(theirs, list):
        if key in KINDS:
            return merge_parts(key, (base, ours, theirs), seen, choose)
        return _merge_words(base, ours, theirs, seen)
    return theirs if choose(Conflict(key, base, ours, theirs)) else ours


def _merge_words(base: list[str], ours: list[str], theirs: list[str], seen: Seen) -> list[str]:
    """Merge lists of words, such as tags and aliases: our words in their order, then the words that they added.

    There are no conflicts: each word is present or absent, so if the two sides differ, one of them equals the base.
    """

    def stays(word: str) -> bool:
        had = Seen(*([isinstance(words, list) and word in words for words in side] for side in seen))
        side = decide(word in base, word in ours, word in theirs, had)
        return word in (theirs if side == "theirs" else ours)

    return [word for word in dict.fromkeys([*ours, *theirs]) if stays(word)]
