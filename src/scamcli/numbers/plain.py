"""Relate the entries of a row, with plain incidents added up before anything is compared with them.

A timeline may have a million incidents that nothing links, suspects or divides, and a few hundred other entries. These
incidents cannot overlap each other, so all that matters is inside which totals each of them lies, and which totals it
may overlap. One entry stands for all of them that agree in that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scamcli.language.wording.bounds import Bounds, Number
from scamcli.language.wording.numerals import tidy
from scamcli.numbers.combining import added
from scamcli.numbers.entries import Entry, Facts
from scamcli.numbers.relations import Relations, members, relate
from scamcli.numbers.scope_sets import ScopeSets

Signature = tuple[int, int]
"""Inside which of the other entries an incident lies, and which of them it may overlap."""


class RowRelations:
    """Relates the entries of the rows of one table.

    What is known of the entries that are no plain incidents is kept, since several rows have the same of them.

    Args:
        facts: Links between events.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[tuple[Entry, ...], _Signatures] = {}

    def of(self, in_row: Sequence[Entry], partly: Sequence[Entry]) -> tuple[Relations, int, int]:
        """Return how the entries of a row relate, and the positions of those in it and of those partly in it.

        Sets of positions are whole numbers, as in `scamcli.numbers.relations`.

        Args:
            in_row: The entries that lie wholly in the row.
            partly: The entries that lie partly in it, and partly outside.
        """
        others_in_row = [entry for entry in in_row if not entry.is_isolated]
        others_partly = [entry for entry in partly if not entry.is_isolated]
        others = (*others_in_row, *others_partly)
        if others not in self._known:
            self._known[others] = _Signatures(relate(others, self._facts))
        signatures = self._known[others]
        sums_in_row = _sums_by_signature(in_row, signatures)
        sums_partly = _sums_by_signature(partly, signatures)
        whole_set = partly_set = 0
        kinds = [*((True,) * len(others_in_row)), *((False,) * len(others_partly))]
        kinds += [*((True,) * len(sums_in_row)), *((False,) * len(sums_partly))]
        for i, is_in_row in enumerate(kinds):
            if is_in_row:
                whole_set |= 1 << i
            else:
                partly_set |= 1 << i
        return _with(signatures.related, [*sums_in_row, *sums_partly]), whole_set, partly_set


def _sums_by_signature(entries: Sequence[Entry], signatures: _Signatures) -> list[tuple[Entry, Signature]]:
    """Return one entry for all isolated incidents with the same signature, and the signature."""
    alike: dict[Signature, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.is_isolated:
            alike[signatures.of(entry)].append(entry)
    return [(_sum(incidents), signature) for signature, incidents in alike.items()]


class _Signatures:
    """The signatures of incidents, given how all other entries relate."""

    def __init__(self, related: Relations) -> None:
        self.related = related
        totals = [(1 << i, entry.scope) for i, entry in enumerate(related.entries) if entry.kind == "total"]
        self._totals = ScopeSets(totals)
        self._of_data_set: dict[str, int] = defaultdict(int)
        self._inside_data_set: dict[str, int] = defaultdict(int)
        for i, entry in enumerate(related.entries):
            if entry.dataset is not None:
                self._of_data_set[entry.dataset] |= 1 << i
                self._inside_data_set[entry.dataset] |= related.inside[i]
        self._known: dict[Entry, Signature] = {}
        self._closed: dict[Signature, Signature] = {}

    def of(self, entry: Entry) -> Signature:
        """Return the signature of an incident."""
        if entry not in self._known:
            self._known[entry] = self._work_out(entry)
        return self._known[entry]

    def _work_out(self, entry: Entry) -> Signature:
        rows = inside_rows = 0
        if entry.dataset is not None:  # its rows are different incidents, with what lies inside them
            rows, inside_rows = self._of_data_set[entry.dataset], self._inside_data_set[entry.dataset]
        inside = self._totals.around(entry.scope) & ~rows
        return self._close((inside, self._totals.overlapping(entry.scope) & ~rows & ~inside_rows))

    def _close(self, signature: Signature) -> Signature:
        """Return a signature with what follows: what lies inside a part lies inside its whole, and nowhere else."""
        if signature not in self._closed:
            inside, overlapping = signature
            outer = inside
            for i in members(inside):
                outer |= self.related.outside[i]
            for i in members(outer):
                overlapping &= self.related.may_overlap[i] | 1 << i
            self._closed[signature] = outer, overlapping | outer
        return self._closed[signature]


def _with(related: Relations, sums: Sequence[tuple[Entry, Signature]]) -> Relations:
    """Return relations with more entries that cannot overlap each other, given their signatures."""
    inside, may_overlap = list(related.inside), list(related.may_overlap)
    for at, (_, (inner, overlapping)) in enumerate(sums):
        bit = 1 << (len(related.entries) + at)
        for i in members(inner):
            inside[i] |= bit
        for i in members(overlapping):
            may_overlap[i] |= bit
    return Relations(
        entries=[*related.entries, *(entry for entry, _ in sums)],
        outside=[*related.outside, *(inner for _, (inner, _) in sums)],
        inside=[*inside, *(0 for _ in sums)],
        may_overlap=[*may_overlap, *(overlapping for _, (_, overlapping) in sums)],
    )


def _sum(entries: Sequence[Entry]) -> Entry:
    """Return one entry for incidents that relate to all other entries in the same way."""
    first = entries[0]
    if len(entries) == 1:
        return first
    starts, ends = [entry.scope.start for entry in entries], [entry.scope.end for entry in entries]
    end = None if None in ends else max(day for day in ends if day is not None)
    scope = replace(
        first.scope,
        start=None if None in starts else min(day for day in starts if day is not None),
        end=end,
        stated_end=end,
    )
    return Entry(
        statements=tuple(figure for entry in entries for figure in entry.statements),
        bounds=Bounds(
            _sum_of_known(entry.bounds.low for entry in entries),
            added(entry.bounds.best for entry in entries),
            added(entry.bounds.high for entry in entries),
        ),
        kind="incident",
        scope=scope,
        is_isolated=True,
        size=sum(entry.size for entry in entries),
    )


def _sum_of_known(numbers: Iterable[Number | None]) -> Number | None:
    known = [number for number in numbers if number is not None]
    return tidy(sum(known)) if known else None
