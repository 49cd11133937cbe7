"""Lists of parts, such as figures and sources: each part is found on both sides, and merged key by key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.merge.threeway.deciding import Choose, Conflict, Record, Seen, Side, whose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

NUMBER = ("stated", "low", "best", "high", "unit")
"""One statement of a number: a wording of one side with the bounds of the other would be a number nobody said."""


class Kind(NamedTuple):
    """What a list holds.

    Attributes:
        named: the key whose value names a part in the key of a conflict.
        alike: how surely two parts are one, from 0, never, up.
        groups: keys that belong together.
    """

    named: str
    alike: Callable[[Record, Record], int]
    groups: tuple[tuple[str, ...], ...] = ()


CERTAIN = 8
"""From here on two parts are one though nothing says that one came from the other."""


def _agree(one: Record, other: Record, *keys: str) -> bool:
    """Whether no key says something else, where both say something."""
    return all(None in (one[key], other[key]) or one[key] == other[key] for key in keys)


def _same(one: Record, other: Record, *keys: str) -> int:
    return sum(one[key] is not None and one[key] == other[key] for key in keys)


def _figures(one: Record, other: Record) -> int:
    return CERTAIN if one["id"] == other["id"] else 0


def _actors(one: Record, other: Record) -> int:
    return (CERTAIN if one["role"] == other["role"] else 1) if one["name"] == other["name"] else 0


def _places(one: Record, other: Record) -> int:
    if one["name"] != other["name"]:
        return 0
    return CERTAIN if _agree(one, other, "country", "admin1", "province", "lat", "lon") else 1


def _sources(one: Record, other: Record) -> int:
    """The same page of the same outlet: what is not known yet may be added, one of two names of it be mended."""
    if (one["outlet"], one["via"]) != (other["outlet"], other["via"]):
        return 0
    told = ("url", "title", "published", "passage", "archived", "accessed")
    same = _same(one, other, *told)
    if _agree(one, other, *told[:4]):
        return CERTAIN + same
    return 1 + same if _same(one, other, "url", "title") else 0


def _links(one: Record, other: Record) -> int:
    if one["event"] != other["event"]:
        return 0
    return CERTAIN if (one["type"], one["figure"]) == (other["type"], other["figure"]) else 1


def _owners(one: Record, other: Record) -> int:
    if one["name"] != other["name"]:
        return 0
    same = _same(one, other, "stated_by", "outlet", "event")
    return (CERTAIN if _agree(one, other, "stated_by", "outlet", "event") else 0) + same


KINDS = {
    "figures": Kind("id", _figures, (NUMBER,)),
    "actors": Kind("name", _actors),
    "places": Kind("name", _places, (("lat", "lon", "precision"),)),
    "sources": Kind("outlet", _sources),
    "links": Kind("event", _links),
    "owners": Kind("name", _owners),
}
"""The lists that hold parts."""

_Part = Record | None


def merged_parts(key: str, lists: tuple[list[Record], ...], seen: Seen, choose: Choose) -> list[Record]:
    """Ours in its order, then what they added in theirs.

    Args:
        key: of the list.
        lists: what both began with, ours, and theirs.
        seen: what the list has been since.
        choose: asked of each conflict.
    """
    kind = KINDS[key]
    found = [_Merge(kind, f"{key}.{_name(kind, row)}", choose).part(row, seen) for row in _rows(kind, *lists)]
    return [part for part in found if part is not None]


def _name(kind: Kind, row: Sequence[_Part]) -> str:
    return str(next(part[kind.named] for part in (row[1], row[2], row[0]) if part is not None))


def _rows(
    kind: Kind, base: list[Record], ours: list[Record], theirs: list[Record]
) -> Iterator[tuple[_Part, _Part, _Part]]:
    """What each part was, is here, and is there; what is the same here and there is no other's new form."""
    both = {_line(part) for part in ours} & {_line(part) for part in theirs}
    here, there, was = ([part for part in parts if _line(part) not in both] for parts in (ours, theirs, base))
    from_ours, from_theirs = _pairs(kind, here, was, 1), _pairs(kind, there, was, 1)
    now = {at: number for number, at in from_theirs.items()}
    new_ours = [at for at in range(len(here)) if at not in from_ours]
    new_theirs = [at for at in range(len(there)) if at not in from_theirs]
    met = _pairs(kind, [here[at] for at in new_ours], [there[at] for at in new_theirs], CERTAIN)
    twin = {new_ours[one]: new_theirs[other] for one, other in met.items()}
    numbers = iter(range(len(here)))
    for part in ours:
        if _line(part) in both:
            yield None, part, part
            continue
        at = next(numbers)
        began = from_ours.get(at)
        number = twin.get(at) if began is None else now.get(began)
        yield (None if began is None else was[began]), part, (None if number is None else there[number])
    told = {*twin.values(), *(now[began] for began in from_ours.values() if began in now)}
    for number, part in enumerate(there):
        if number not in told:
            began = from_theirs.get(number)
            yield (None if began is None else was[began]), None, part


def _line(part: Record) -> str:
    return json.dumps(part, sort_keys=True)


def _pairs(kind: Kind, ones: list[Record], others: list[Record], least: int) -> dict[int, int]:
    """Of which part in others each of these is the same, the surest first; each of them once."""
    named: dict[str, list[int]] = {}
    for number, other in enumerate(others):
        named.setdefault(other[kind.named], []).append(number)
    scored = [
        (-(1000 if one == others[number] else kind.alike(one, others[number])), at, number)
        for at, one in enumerate(ones)
        for number in named.get(one[kind.named], ())  # what has another name is another
    ]
    found, taken = dict[int, int](), set[int]()
    for score, at, number in sorted(scored):
        if -score >= least and at not in found and number not in taken:
            found[at] = number
            taken.add(number)
    return found


class _Merge:
    """The merge of one part."""

    def __init__(self, kind: Kind, path: str, choose: Choose) -> None:
        self._kind = kind
        self._path = path
        self._choose = choose

    def part(self, row: tuple[_Part, _Part, _Part], seen: Seen) -> _Part:
        """What becomes of it; ``None``: it goes."""
        base, ours, theirs = row
        side = whose(base, ours, theirs, self._had(ours or theirs or {}, ours, theirs, seen))
        if side is not None:
            return ours if side is Side.OURS else theirs
        if ours is None or theirs is None:
            return theirs if self._choose(Conflict(self._path, base, ours, theirs)) else ours
        return self._merged(base, ours, theirs)

    def _had(self, part: Record, ours: _Part, theirs: _Part, seen: Seen) -> Seen:
        """What this part has been: as it is on the other side, absent, or something else."""

        def was(parts: list[Record], wanted: _Part) -> Any:
            if wanted is not None:
                return wanted if wanted in parts else ...
            return ... if any(self._kind.alike(part, one) for one in parts) else None

        return Seen([was(parts, theirs) for parts in seen.ours], [was(parts, ours) for parts in seen.theirs])

    def _merged(self, base: _Part, ours: Record, theirs: Record) -> Record:
        grouped = {key for group in self._kind.groups for key in group}
        units = [*self._kind.groups, *((key,) for key in ours if key not in grouped)]
        mix = base is not None or _agree(ours, theirs, *(key for key in ours if key != "split"))
        found = dict(ours)
        for unit in units:
            found |= self._unit(unit, base or {}, ours, theirs, mix=mix)
        return found

    def _unit(self, unit: tuple[str, ...], base: Record, ours: Record, theirs: Record, *, mix: bool) -> Record:
        """What becomes of keys that belong together."""
        was, here, there = ({key: one.get(key) for key in unit} for one in (base, ours, theirs))
        side = whose(was, here, there)
        if side is not None and (mix or here == there):
            return here if side is Side.OURS else there
        if mix and (both := _both(was, here, there)):
            return both
        differ = [key for key in unit if here[key] != there[key]]
        if len(differ) == 1:
            key = differ[0]
            conflict = Conflict(f"{self._path}.{key}", was[key], here[key], there[key])
        else:
            conflict = Conflict(self._path, *({key: one[key] for key in differ} for one in (was, here, there)))
        return there if self._choose(conflict) else here


def _both(was: Record, here: Record, there: Record) -> Record | None:
    """Bounds of which each side changed others, where they stay in order and the wording stays what it was."""
    found = {}
    for key in was:
        side = whose(was[key], here[key], there[key])
        if side is None or (key not in {"low", "best", "high"} and here[key] != there[key]):
            return None
        found[key] = here[key] if side is Side.OURS else there[key]
    known = [found[key] for key in ("low", "best", "high") if found.get(key) is not None]
    return found if known == sorted(known) else None
