"""Answer requests for tables from a lake, with the arithmetic and the captions of all other tables."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from scamcli.errors import DataError, WrongUsageError
from scamcli.figures import RULES_VERSION, Figure, Period
from scamcli.language.vocabulary import FIGURE_GROUPINGS
from scamcli.query import filters
from scamcli.query.filters import OPTIONS, Query
from scamcli.stats import Table, figures
from scamcli.stats.captions import MOST_NAMED
from scamcli.stats.inquiry import (
    Inquiry,
    Request,
    conditions_on_figures,
    read_splits,
    require_one_value,
    sentence,
    without_conditions_on_figures,
)
from scamcli.stats.lake import incidents, manifest, remainder
from scamcli.stats.lake.bundled_incidents import Incidents, Listed
from scamcli.stats.lake.engine import Engine, LakeLookup
from scamcli.stats.lake.incidents import Wanted
from scamcli.stats.lake.manifest import Manifest
from scamcli.stats.lake.remainder import Remainder
from scamcli.stats.read_figures import Entry, Reading

EVENTS_ONLY = frozenset({"site", "source"})
"""Splits that a lake has no columns for."""

TAKEN = frozenset(
    {"country", "province", "nationality", "kind", "metric", "from_", "to", "during", "certain", "match", "drafts"}
)
"""The filters that figures in a lake have columns for."""

_HINT = "Leave out --lake to use the database."


def table(lake: Path, request: Request, asked: Query, notes: list[str]) -> Table:
    """Return the table that `scamcli.stats.table` gives for the timeline of a lake.

    Args:
        lake: The folder.
        request: The request.
        asked: The filters.
        notes: Gets assumptions about names.

    Raises:
        DataError: the lake was written by other rules.
        DatabaseError: the folder is not a lake, or is damaged.
        NotFoundError: a name is unknown.
        WrongUsageError: the request is invalid, or needs what a lake does not have.
    """
    known = manifest.read(lake)
    if known.rules != RULES_VERSION:
        reason = f"The lake follows rules {known.rules}, and this program rules {RULES_VERSION}."
        raise DataError(reason, "Export the lake again.")
    _require_answerable(request, asked, known)
    engine = Engine(lake)
    lookup = LakeLookup(engine, known, notes)
    names = request.metrics
    inquiries = [_inquire(lookup, request._replace(metric=name), asked, len(names) > 1) for name in names]
    return figures(inquiries, request)


def _require_answerable(request: Request, asked: Query, known: Manifest) -> None:
    """Refuse what needs whole events, or single incidents."""
    flags = {one.name: one.flag for one in OPTIONS} | {"text": "TEXT", "drafts": "--drafts", "exact": "--exact"}
    for name, value in asked._asdict().items():
        if value and name not in TAKEN:
            listed = ", ".join(flags[one] for one in flags if one in TAKEN)
            reason = f"{flags[name]} needs whole events, which --lake does not read."
            raise WrongUsageError(reason, f"--lake takes {listed} and --certain.")
    for name in ("explain", "cite"):
        if getattr(request, name):
            raise WrongUsageError(f"--{name} needs each figure, but --lake adds figures up.", _HINT)
    if "events" in map(str.lower, request.metrics):
        raise WrongUsageError("--lake cannot count events, only add up figures.", _HINT)
    min_cell = known.min_cell if request.min_cell is None else request.min_cell
    if min_cell:
        raise WrongUsageError(f"--lake cannot suppress numbers below {min_cell}.", _HINT)


def _inquire(lookup: LakeLookup, request: Request, asked: Query, side_by_side: bool) -> Inquiry:
    metric = lookup.metric_of(lookup.metric_name(request.metric))
    require_one_value(lookup, metric.name, asked)
    splits = read_splits(request.by or metric.split or "none", FIGURE_GROUPINGS)
    for split in EVENTS_ONLY.intersection(splits):
        possible = ", ".join(one for one in FIGURE_GROUPINGS if one not in EVENTS_ONLY)
        raise WrongUsageError(f"--by {split} needs whole events, which --lake does not read.", f"It takes {possible}.")
    compiled = filters.compile_query(without_conditions_on_figures(asked), lambda: lookup)
    conditions = conditions_on_figures(lookup, request, asked)
    kinds = [frozenset(map(str, one.parameters)) for one in compiled.filters if one.sentence]
    of_kinds = " AND ".join(incidents.among("kind", one) for one in kinds) or "true"
    wanted = Wanted(metric, of_kinds, conditions, splits, side_by_side)
    others = remainder.read(lookup.engine, metric, of_kinds)
    read = LakeReading(others, Incidents(lookup.engine, wanted, others))
    drafts = lookup.manifest.drafts.get(metric.name, {})
    in_drafts = sum(number for kind, number in drafts.items() if all(kind in one for one in kinds))
    words = sentence(compiled, conditions, asked, lookup)
    nowhere = sqlite3.connect(":memory:")  # what would be read from the timeline was refused
    nowhere.close()
    return Inquiry(nowhere, lookup, metric, splits, read, conditions, words, in_drafts, 0, {})


class LakeReading(Reading):
    """The remainder of a metric and its bundles. What tables say about single figures is read when it is asked for."""

    def __init__(self, others: Remainder, chosen: Incidents) -> None:
        bundles = list(chosen.bundles())
        placed = [(place, entry) for place, entry in others.entries]
        placed += [((one.first, 0), one.entry) for one in bundles]
        placed.sort(key=lambda one: one[0])
        self._sizes = {one.entry.figure.key: one.size for one in bundles}
        context = others.context._replace(sizes=self._sizes)
        super().__init__([entry for _, entry in placed], context, {}, str)
        self._incidents = chosen
        self._rows = {one.entry.figure.key: one.row for one in bundles}
        self._places = {entry.figure.key: place for place, entry in others.entries}
        self._listed: dict[tuple[object, ...], list[Listed]] | None = None

    def listed(self, figures: Sequence[Figure]) -> tuple[list[str], list[str]]:
        """Return the first wordings and events of a row. Bundles have none themselves."""
        if self._listed is None:
            self._listed = self._incidents.listed()
        rows = {self._rows[figure.key] for figure in figures if figure.key in self._rows}
        single = [((one.key, 0), one.figure) for row in rows for one in self._listed[row]]
        stated = [(self._places[one.key], one) for one in figures if one.key in self._places]
        derived = [one for one in figures if one.key not in self._places and one.key not in self._rows]
        ordered = [figure for _, figure in sorted([*single, *stated], key=lambda one: one[0])]
        return super().listed([*ordered, *derived])

    def speakers(self, figures: Iterable[Figure]) -> Counter[str | None]:
        """Return how many of these figures each speaker stated, in order of their first figures."""
        first: dict[str | None, tuple[int, int]] = {}
        counts: Counter[str | None] = Counter()
        for figure in figures:
            if figure.key not in self._sizes:
                counts[figure.stated_by] += 1
                first.setdefault(figure.stated_by, self._places.get(figure.key, _LAST))
        for key, name, number in self._incidents.speakers() if self._sizes else ():
            counts[name] += number
            first[name] = min(first.get(name, _LAST), (key, 0))
        return Counter({name: counts[name] for name in sorted(counts, key=lambda name: first[name])})

    def left_out(self, found: dict[str, list[Entry]]) -> dict[str, list[Entry]]:
        """Return all figures that are left out, by reason. Of the incidents, only the first are single."""
        single = {reason: [one for one in ones if one.figure.key in self._places] for reason, ones in found.items()}
        placed = {
            reason: [(self._places[one.figure.key], one) for one in ones] for reason, ones in single.items() if ones
        }
        rest: dict[str, Entry] = {}
        for reason, number, first in self._incidents.left_out(MOST_NAMED):
            entries = [((one.key, 0), _entry(one.figure)) for one in first]
            placed[reason] = sorted([*placed.get(reason, ()), *entries], key=lambda one: one[0])
            if number > len(first):
                rest[reason] = _entry(first[0].figure._replace(event=reason, id="", stated=None))
                self._sizes[rest[reason].figure.key] = number - len(first)
        in_order = sorted(placed, key=lambda reason: placed[reason][0][0])
        others = {reason: [rest[reason]] if reason in rest else [] for reason in in_order}
        return {reason: [*(entry for _, entry in placed[reason]), *others[reason]] for reason in in_order}


_LAST = (2**62, 0)
"""A place after those of all figures."""


def _entry(figure: Figure) -> Entry:
    return Entry(figure, 0, Period(None, None, False), "", disputed=False)
