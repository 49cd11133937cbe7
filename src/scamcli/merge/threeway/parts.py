"""Merge lists of parts, such as figures and sources: match the parts of both sides, and merge each by key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from scamcli.merge.threeway.decision import Choose, Conflict, Seen, decide
from scamcli.records.types import JsonObject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Part = JsonObject
MaybePart = Part | None

STATEMENT = ("stated", "low", "best", "high", "unit", "stated_by")
"""The keys of a number and its speaker. The wording of one side with the bounds or the speaker of the other would be a
statement that nobody made."""

BOUNDS = ("low", "best", "high")

CERTAIN = 8
"""Two parts with at least this similarity are the same, even if they are not known to come from the same base."""


class Kind(NamedTuple):
    """A kind of list.

    Attributes:
        name_key: the key whose value names a part in the key of a conflict; parts with different names are different.
        similarity: how certain it is that two parts with one name are the same, from 0 (they are not) upwards.
        groups: keys with related values.
        is_one_question: whether everything that differs in a part is one conflict, which takes one side for it all.
    """

    name_key: str
    similarity: Callable[[Part, Part], int]
    groups: tuple[tuple[str, ...], ...] = ()
    is_one_question: bool = False


def _agree(one: Part, other: Part, *keys: str) -> bool:
    """Return whether two parts agree in all of these keys that both have a value for."""
    return all(None in (one[key], other[key]) or one[key] == other[key] for key in keys)


def _equal_keys(one: Part, other: Part, *keys: str) -> int:
    return sum(one[key] is not None and one[key] == other[key] for key in keys)


def _one_if_they_agree(*keys: str) -> Callable[[Part, Part], int]:
    """Return a similarity for parts that are certainly the same if these keys agree."""
    return lambda one, other: CERTAIN if _agree(one, other, *keys) else 1


def _similar_sources(one: Part, other: Part) -> int:
    """Compare two sources, which may be one page even if one side knows more or has corrected the title."""
    if one["via"] != other["via"]:
        return 0
    described = ("url", "title", "published", "passage", "archived", "accessed", "author")
    equal = _equal_keys(one, other, *described)
    if _agree(one, other, *described[:4]):
        return CERTAIN + equal
    return 1 + equal if _equal_keys(one, other, "url", "title") else 0


def _similar_links(one: Part, other: Part) -> int:
    return CERTAIN if (one["type"], one["figure"]) == (other["type"], other["figure"]) else 1


def _similar_claims(*more: str) -> Callable[[Part, Part], int]:
    """Return a similarity for claims about a site: who makes it, where, and the values of some more keys."""
    keys = (*more, "stated_by", "outlet", "event")
    return lambda one, other: (CERTAIN if _agree(one, other, *keys) else 0) + _equal_keys(one, other, *keys)


KINDS = {
    "figures": Kind("id", _one_if_they_agree(), (STATEMENT,), is_one_question=True),
    "actors": Kind("name", _one_if_they_agree("role")),
    "places": Kind(
        "name", _one_if_they_agree("country", "admin1", "province", "lat", "lon"), (("lat", "lon", "precision"),)
    ),
    "sources": Kind("outlet", _similar_sources),
    "links": Kind("event", _similar_links),
    "owners": Kind("name", _similar_claims()),
    "operators": Kind("name", _similar_claims()),
    "statuses": Kind("status", _similar_claims("date")),
}
"""The lists of parts, by key."""


Lists = tuple[list[Part], list[Part], list[Part]]
"""Three versions of a list: the base, ours, theirs."""


def merge_parts(key: str, lists: Lists, seen: Seen, choose: Choose) -> list[Part]:
    """Merge three versions of a list: our parts in their order, then the parts that they added.

    `seen` has the values of the list on each side since the base. If our list is the result of an earlier merge with
    theirs, that merge is repeated instead of merging its result again. Parts that can be matched in several ways, such
    as two sources of one outlet without an address, may otherwise be matched differently the second time.
    """
    base, ours, theirs = lists
    before = next((n for n in reversed(range(len(seen.ours))) if seen.ours[n] != ours), None)
    if before is not None and isinstance(were := seen.ours[before], list):
        first = (base, were, theirs), seen._replace(ours=seen.ours[:before])
        for answer in (False, True):
            if _merge_lists(key, *first, _always(answer)) == ours:
                return ours if answer else _merge_lists(key, *first, choose)
    return _merge_lists(key, lists, seen, choose)


def _always(answer: bool) -> Choose:
    return lambda _: answer


def _merge_lists(key: str, lists: Lists, seen: Seen, choose: Choose) -> list[Part]:
    kind = KINDS[key]
    merged = []
    for base, ours, theirs in _align(kind, *lists):
        named = next(part for part in (ours, theirs, base) if part is not None)
        path = f"{key}.{named[kind.name_key]}"
        merged.append(_PartMerge(kind, path, choose).run(base, ours, theirs, seen))
    return [part for part in merged if part is not None]


def _align(
    kind: Kind, base: list[Part], ours: list[Part], theirs: list[Part]
) -> Iterator[tuple[MaybePart, MaybePart, MaybePart]]:
    """Yield the three versions of each part: in the base, here, and there.

    Parts that are equal on both sides are matched first, so that none of them is mistaken for a changed form of
    another. The other parts are known by their index: ``i`` in ``here``, ``b`` in ``was`` and ``t`` in ``there``.
    """
    equal = {_text(part) for part in ours} & {_text(part) for part in theirs}
    here, there, was = ([part for part in parts if _text(part) not in equal] for parts in (ours, theirs, base))
    base_of_ours, base_of_theirs = _match(kind, here, was, 1), _match(kind, there, was, 1)
    theirs_of_base = {b: t for t, b in base_of_theirs.items()}
    new_ours = [i for i in range(len(here)) if i not in base_of_ours]
    new_theirs = [i for i in range(len(there)) if i not in base_of_theirs]
    matched = _match(kind, [here[i] for i in new_ours], [there[i] for i in new_theirs], CERTAIN)
    twins = {new_ours[n]: new_theirs[m] for n, m in matched.items()}
    used: set[int] = set()
    positions = iter(range(len(here)))
    for part in ours:
        if _text(part) in equal:
            yield None, part, part
            continue
        i = next(positions)
        b = base_of_ours.get(i)
        t = twins.get(i) if b is None else theirs_of_base.get(b)
        if t is not None:
            used.add(t)
        yield (None if b is None else was[b]), part, (None if t is None else there[t])
    for t, part in enumerate(there):
        if t not in used:
            b = base_of_theirs.get(t)
            yield (None if b is None else was[b]), None, part


def _text(part: Part) -> str:
    return json.dumps(part, sort_keys=True)


def _match(kind: Kind, ones: Sequence[Part], others: Sequence[Part], least: int) -> dict[int, int]:
    """Match the parts of two lists one to one, most similar first.

    Args:
        kind: the kind of the parts, which says how similar two parts of one name are. Equal parts always match.
        ones: the first list.
        others: the second list.
        least: the least similarity of parts that match.

    Returns:
        The index in the second list by the index in the first list.
    """
    by_name: dict[object, list[int]] = {}
    for j, other in enumerate(others):
        by_name.setdefault(other[kind.name_key], []).append(j)
    scored = [
        (-(1000 if one == others[j] else kind.similarity(one, others[j])), i, j)
        for i, one in enumerate(ones)
        for j in by_name.get(one[kind.name_key], ())
    ]
    matched, taken = dict[int, int](), set[int]()
    for score, i, j in sorted(scored):
        if -score >= least and i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
    return matched


class _PartMerge(NamedTuple):
    """The merge of one part: the kind of its list, its key in conflicts, and the function to call for each conflict."""

    kind: Kind
    path: str
    choose: Choose

    def run(self, base: MaybePart, ours: MaybePart, theirs: MaybePart, seen: Seen) -> MaybePart:
        """Return the merged part, or ``None`` if it is removed."""
        side = decide(base, ours, theirs, self._part_seen(ours, theirs, seen))
        if side is not None:
            return ours if side == "ours" else theirs
        if ours is None or theirs is None:
            return theirs if self.choose(Conflict(self.path, base, ours, theirs)) else ours
        return self._merge_keys(base, ours, theirs)

    def _part_seen(self, ours: MaybePart, theirs: MaybePart, seen: Seen) -> Seen:
        """Return the states of this part on each side: equal to the other side's, absent, or something else (...)."""
        part = ours or theirs or {}

        def was(parts: object, wanted: MaybePart) -> object:
            parts = parts if isinstance(parts, list) else []
            if wanted is not None:
                return wanted if wanted in parts else ...
            name = self.kind.name_key
            same_name = (one for one in parts if one[name] == part[name])
            return ... if any(self.kind.similarity(part, one) for one in same_name) else None

        return Seen([was(parts, theirs) for parts in seen.ours], [was(parts, ours) for parts in seen.theirs])

    def _merge_keys(self, base: MaybePart, ours: Part, theirs: Part) -> Part:
        grouped = {key for group in self.kind.groups for key in group}
        units = [*self.kind.groups, *((key,) for key in ours if key not in grouped)]
        mix = base is not None or _agree(ours, theirs, *(key for key in ours if key != "split"))
        merged, open_keys = dict(ours), list[str]()
        for unit in units:
            was, here, there = ({key: one.get(key) for key in unit} for one in (base or {}, ours, theirs))
            found = _merge_unit(was, here, there, mix=mix)
            merged |= found or {}
            differ = [] if found else [key for key in unit if here[key] != there[key]]
            if differ and not self.kind.is_one_question:
                merged |= self._chosen(differ, base, ours, theirs)
            else:
                open_keys += differ
        return merged | self._chosen(open_keys, base, ours, theirs) if open_keys else merged

    def _chosen(self, keys: list[str], base: MaybePart, ours: Part, theirs: Part) -> Part:
        """Return the values of some keys of one side, which is chosen."""
        was, here, there = (one and {key: one.get(key) for key in keys} for one in (base, ours, theirs))
        conflict = Conflict(self.path, was, here, there)
        if len(keys) == 1:
            (key,) = keys
            conflict = Conflict(f"{self.path}.{key}", was and was[key], ours[key], theirs[key])
        side = theirs if self.choose(conflict) else ours
        return {key: side[key] for key in keys}


def _merge_unit(was: Part, here: Part, there: Part, *, mix: bool) -> Part | None:
    """Merge keys with related values, or return ``None`` if one side must be chosen."""
    side = decide(was, here, there)
    if side is not None and (mix or here == there):
        return here if side == "ours" else there
    return _merge_bounds(was, here, there) if mix else None


def _merge_bounds(was: Part, here: Part, there: Part) -> Part | None:
    """Merge bounds if each side changed different ones, they stay in order and the wording is the same.

    A speaker whom only one side gives is taken if all else is the same.
    """
    merged = {}
    differ = [key for key in was if here[key] != there[key]]
    for key in was:
        side = decide(was[key], here[key], there[key])
        if side is None or (key in differ and key not in BOUNDS and differ != ["stated_by"]):
            return None
        merged[key] = here[key] if side == "ours" else there[key]
    known = [value for key in BOUNDS if isinstance(value := merged.get(key), int | float)]
    return merged if known == sorted(known) else None
