"""Find the differences between two timelines record by record, without loading either into memory."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from scamcli.exchange.exporters.dump import ENTITIES
from scamcli.records import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.merge.timelines.other_timeline import OtherTimeline
    from scamcli.records.masking import Masker
    from scamcli.records.types import JsonObject

Texts = tuple[str | None, str | None]
"""The canonical JSON of a record in the first timeline and in the second; ``None`` where it does not exist."""


class RecordDiff(NamedTuple):
    """A record that differs between two timelines, in printable form.

    Attributes:
        type: event, actor, site or metric.
        before: the record in the first timeline; ``None`` if it does not exist there.
        after: the record in the second timeline; ``None`` if it does not exist there.
    """

    type: str
    before: JsonObject | None
    after: JsonObject | None


def diff(one: OtherTimeline, two: OtherTimeline, *, include_protected: bool = False) -> Iterator[RecordDiff]:
    """Yield the records that differ: metrics, actors and sites by name, then events by id.

    With `include_protected`, names that either timeline protects are shown.
    """
    maskers = [] if include_protected else [other.masker for other in (one, two) if other.masker is not None]
    for type_ in (*ENTITIES, "event"):
        masked = _MaskedNames(type_, maskers)
        ones, twos = masked.others(one.records(type_), 0), masked.others(two.records(type_), 1)
        for before, after in chain(_side_by_side(ones, twos), masked.pairs()):
            if before != after:
                yield from _printed(type_, (before, after), maskers)


class _MaskedNames:
    """Collects the records of one type whose names are masked, and pairs them by their printed names.

    The two timelines may mask the same actor with different numbers, so these records cannot be compared in the order
    of names.
    """

    def __init__(self, type_: str, maskers: Sequence[Masker]) -> None:
        self._type = type_
        self._maskers = maskers
        self._by_printed: dict[str, list[str | None]] = {}

    def others(self, rows: Iterator[tuple[str, str]], side: int) -> Iterator[tuple[str, str]]:
        """Yield the records whose names are not masked, and collect the others."""
        for name, text in rows:
            printed = name
            for masker in self._maskers:
                printed = masker.record({"id": printed})["id"] if self._type == "event" else masker.text(printed)
            if printed == name and (not self._maskers or "protected-" not in name):
                yield name, text
                continue
            while self._by_printed.setdefault(printed, [None, None])[side] is not None:
                printed += " "  # two names of one timeline with the same masked form
            self._by_printed[printed][side] = text

    def pairs(self) -> Iterator[Texts]:
        """Yield pairs of the collected records, after both timelines have been read."""
        for _, (before, after) in sorted(self._by_printed.items()):
            yield before, after


def _side_by_side(ones: Iterator[tuple[str, str]], twos: Iterator[tuple[str, str]]) -> Iterator[Texts]:
    """Join two sorted lists of records by name."""
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


def _printed(type_: str, texts: Texts, maskers: Sequence[Masker]) -> Iterator[RecordDiff]:
    """Yield a masked difference, or nothing if one record is just the printed form of the other."""
    before, after = (_masked(text, maskers) for text in texts)
    if before is None or before != after or canonical.line(before) not in texts:
        yield RecordDiff(type_, before, after)


def _masked(text: str | None, maskers: Sequence[Masker]) -> JsonObject | None:
    if text is None:
        return None
    record: JsonObject = json.loads(text)
    for masker in maskers:
        record = masker.record(record)
    return record
