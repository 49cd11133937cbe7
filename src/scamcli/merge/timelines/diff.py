"""What differs between two timelines, record by record, without either in memory."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.merge.timelines.other_timeline import ENTITIES
from scamcli.records import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.merge.timelines.other_timeline import Other
    from scamcli.records.masking import Masker

Record = dict[str, Any]


class Differing(NamedTuple):
    """A record that is not the same in both, as it may be printed.

    Attributes:
        type: event, actor, site or metric.
        before: the record in the first; ``None``: it is not there.
        after: the record in the second.
    """

    type: str
    before: Record | None
    after: Record | None


def differing(one: Other, two: Other, *, include_protected: bool = False) -> Iterator[Differing]:
    """The records that differ: metrics, actors and sites by name, then events by id.

    Args:
        one: a timeline.
        two: another.
        include_protected: whether they are given with the names that either protects.
    """
    maskers = [] if include_protected else [other.masker for other in (one, two) if other.masker is not None]
    for type_ in (*ENTITIES, "event"):
        aside: dict[str, list[str | None]] = {}
        ones, twos = (_plain(type_, rows, maskers, aside, at) for at, rows in enumerate(_rows(type_, one, two)))
        for before, after in chain(_both(ones, twos), _aside(aside)):
            if before != after:
                yield from _shown(Differing(type_, _read(before), _read(after)), maskers)


def _rows(type_: str, *timelines: Other) -> list[Iterator[tuple[str, str]]]:
    return [other.records(type_) for other in timelines]


def _plain(
    type_: str,
    rows: Iterator[tuple[str, str]],
    maskers: Sequence[Masker],
    aside: dict[str, list[str | None]],
    at: int,
) -> Iterator[tuple[str, str]]:
    """The records but for those whose name is printed as another: they are put aside, under that one."""
    for name, text in rows:
        printed = name
        for masker in maskers:
            printed = masker.record({"id": printed})["id"] if type_ == "event" else masker.text(printed)
        if printed == name and (not maskers or "protected-" not in name):
            yield name, text
        else:
            while aside.setdefault(printed, [None, None])[at] is not None:  # two whose names are withheld alike
                printed += " "
            aside[printed][at] = text


def _aside(aside: dict[str, list[str | None]]) -> Iterator[tuple[str | None, ...]]:
    """Those that were put aside, once all records were read."""
    for _, pair in sorted(aside.items()):
        yield tuple(pair)


def _both(ones: Iterator[tuple[str, str]], twos: Iterator[tuple[str, str]]) -> Iterator[tuple[str | None, ...]]:
    """The records of both side by side, in the order of their names."""
    one, two = next(ones, None), next(twos, None)
    while one is not None or two is not None:
        if two is None or (one is not None and one[0] < two[0]):
            yield (one or ("", ""))[1], None
            one = next(ones, None)
        elif one is None or two[0] < one[0]:
            yield None, two[1]
            two = next(twos, None)
        else:
            yield one[1], two[1]
            one, two = next(ones, None), next(twos, None)


def _read(text: str | None) -> Record | None:
    return None if text is None else dict(json.loads(text))


def _shown(found: Differing, maskers: Sequence[Masker]) -> Iterator[Differing]:
    """It without the names that either protects; nothing where one is only the other as it is printed."""
    before, after = _masked(found.before, maskers), _masked(found.after, maskers)
    printed = before is not None and before == after
    if not (printed and _line(before) in (_line(found.before), _line(found.after))):
        yield Differing(found.type, before, after)


def _masked(record: Record | None, maskers: Sequence[Masker]) -> Record | None:
    for masker in maskers if record is not None else ():
        record = masker.record(record or {})
    return record


def _line(record: Record | None) -> str:
    return canonical.line(record or {})
