"""Tables: which entries each row holds, and what they come to (rules 10 and 11 of ``docs/honest-numbers.md``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scamcli.language import dates
from scamcli.language.wording.bounds import Bounds
from scamcli.language.wording.numerals import tidy
from scamcli.numbers.combining import added, together
from scamcli.numbers.entries import Entry, Facts, make_entries, running_totals
from scamcli.numbers.heaviest import heaviest, weight
from scamcli.numbers.plain import RowRelations
from scamcli.numbers.records import Figure, Key
from scamcli.numbers.regions import Region
from scamcli.numbers.relations import UNRELATED, Relations, relate, without_those_inside
from scamcli.numbers.rises import one_question, part_within
from scamcli.numbers.scope import ANYBODY, divisions_of, last_day_said, normalise_words
from scamcli.numbers.totals import EMPTY, Total, total

Label = tuple[str | None, ...]
"""The values of the splits of a table that a row is about. ``None`` is the row of what does not state the split."""

SCOPE_SPLITS = ("country", "province", "nationality", "group")
BUCKETS: tuple[dates.By, ...] = ("month", "quarter", "year")

PARTS = ("province", "nationality", "group")
"""Splits by which a whole can be divided."""

Values = Callable[[Figure], Sequence[str | None]]
"""Returns the values of a figure for a split that is about its event or its speaker, such as its sites."""


@dataclass(frozen=True)
class Split:
    """How a table is split: by something that entries are about, by days, or by values of events and speakers.

    Attributes:
        name: Such as ``province`` or ``month``.
        values_of: For a split by events or speakers, returns the values of a figure.
        is_of_speakers: Whether a row holds only what one speaker stated.
        is_of_outlets: Whether a row holds only what one outlet reported, though others replaced it.
    """

    name: str
    values_of: Values | None = None
    is_of_speakers: bool = False
    is_of_outlets: bool = False


@dataclass(frozen=True)
class RisesWithin:
    """A running total, and the days of a row that holds what it rose by on these days."""

    series: tuple[Entry, ...]
    first: int
    last: int


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        label: Its values of the splits.
        entries: The entries that lie wholly in it.
        partly: The entries that lie partly in it, and partly outside.
        total: What they come to.
        implied: What the row is if the parts and wholes of each event narrow each other's bounds.
        related: How all entries of the row relate. Plain incidents are added up in them.
        rises: The running totals of which the row holds a part.
    """

    label: Label
    entries: Sequence[Entry]
    partly: Sequence[Entry]
    total: Total
    implied: Bounds | None
    related: Relations
    rises: Sequence[RisesWithin] = ()

    def of(self, positions: int) -> list[Entry]:
        """Return the entries at some positions."""
        return [entry for i, entry in enumerate(self.related.entries) if positions >> i & 1]


@dataclass(frozen=True)
class Table:
    """The rows of a table, the row for everything, and the entries that are in no row.

    Attributes:
        rows: The rows in no particular order.
        everything: What all entries come to that the filter finds, or ``None`` if it finds none.
        in_no_row: Entries that the filter finds, but that lie wholly in no row.
        straddling: Entries that lie partly within the filter, and partly outside.
        not_stated: Entries that do not state what the filter is about.
    """

    rows: Sequence[Row]
    everything: Row | None
    in_no_row: Sequence[Entry]
    straddling: Sequence[Entry]
    not_stated: Sequence[Entry]


@dataclass(frozen=True)
class Question:
    """What a table is about.

    Attributes:
        wanted: Which entries it is about, by their scope.
        splits: How it is split.
        is_chosen: Says whether the filters by event choose a figure. An entry is chosen if one of its statements is.
        implied: Figures with the bounds that their parts and wholes imply, by key.
    """

    wanted: Region
    splits: Sequence[Split]
    is_chosen: Callable[[Figure], bool]
    implied: Mapping[Key, Figure]


def make_table(figures: Iterable[Figure], facts: Facts, question: Question) -> Table:
    """Return a table of figures of one metric and unit, all of them numbers at one moment or none of them.

    Args:
        figures: The figures, also those that the filters do not choose but that links connect with chosen ones.
        facts: Wholes, links and suspicions.
        question: What the table is about.
    """
    entries = [
        entry
        for entry in make_entries(figures, facts)
        if any(map(question.is_chosen, (*entry.statements, *entry.replaced)))
    ]
    return _Tables(entries, facts, question).table()


def total_of(figures: Iterable[Figure], facts: Facts) -> Bounds:
    """Return what figures of one metric and unit come to, all of them numbers at one moment or none of them."""
    everything = make_table(figures, facts, Question(Region(), (), lambda _: True, {})).everything
    return Bounds() if everything is None else everything.total.bounds


class _Tables:
    """Makes one table."""

    def __init__(self, entries: Sequence[Entry], facts: Facts, question: Question) -> None:
        self._question = question
        self._facts = facts
        self._relations = RowRelations(facts)
        self._series = running_totals(entries, facts)
        self._spellings = _spellings(entries, [split.name for split in question.splits])
        found: dict[str, list[Entry]] = {"inside": [], "partly": [], "outside": [], "not stated": []}
        for entry in entries:
            found[question.wanted.position(entry)].append(entry)
        self._inside = found["inside"]
        self._partly = [entry for entry in found["partly"] if not _is_incident_of_nobody(entry)]
        self._not_stated = found["not stated"]

    def table(self) -> Table:
        """Return the table."""
        everything = self._everything()
        if self._question.splits:
            rows, in_no_row = self._rows()
        else:
            rows, in_no_row = [everything] if everything is not None else [], []
        return Table(rows, everything, in_no_row, self._partly, self._not_stated)

    def _everything(self) -> Row | None:
        return self._row((), self._question.wanted, self._inside, self._partly)

    def _rows(self) -> tuple[list[Row], list[Entry]]:
        splits = self._question.splits
        members: dict[Label, list[Entry]] = {}
        in_no_row: list[Entry] = []
        for entry in self._inside:
            labelled = _labelled(entry, splits)
            if not labelled and not _is_incident_of_nobody(entry):
                in_no_row.append(entry)
            for label, part in labelled:
                members.setdefault(self._spelled(label), []).append(part)
        for label in self._labels_of_rises():
            members.setdefault(label, [])
        rows = []
        for label, entries in members.items():
            row = self._labelled_row(label, entries, [*in_no_row, *self._partly], members)
            if row is not None:
                rows.append(row)
        return rows, in_no_row

    def _spelled(self, label: Label) -> Label:
        names = [split.name for split in self._question.splits]
        return tuple(self._spellings.get((name, value or ""), value) for name, value in zip(names, label, strict=True))

    def _labelled_row(
        self, label: Label, entries: Sequence[Entry], elsewhere: Sequence[Entry], members: Mapping[Label, list[Entry]]
    ) -> Row | None:
        region = _region(label, self._question.splits, self._question.wanted)
        partly = [entry for entry in elsewhere if region.position(entry) == "partly"]
        entries = list(entries)
        if _has_regions_abroad(label, self._question.splits):
            for other, others in members.items():
                if other != label:
                    entries += [entry for entry in others if region.position(entry) == "inside"]
                    partly += [entry for entry in others if region.position(entry) == "partly"]
        if len(label) == 1 and label[0] is None:
            entries = self._without_divided_wholes(entries, members)
        return self._row(label, region, entries, partly)

    def _one_or_several(self, as_one: Bounds, row: Row, region: Region) -> Bounds:
        """Return the bounds of a row whether suspected incidents are one or several (rule 8).

        If they are several, those that do not state what the row is about may lie outside it, so they count only in
        the high.
        """
        several = [part for entry in row.entries for part in (entry.components or (entry,))]
        most = total(*self._relations.of(several, row.partly)).bounds
        certain = [entry for entry in several if region.position(entry) in {"inside", "partly"}]
        least = most.low or 0
        if len(certain) < len(several):
            least = (total(*self._relations.of(certain, row.partly)).bounds.low or 0) if certain else 0
        is_open = as_one.high is None or most.high is None
        return Bounds(
            low=None if as_one.low is None else min(as_one.low, least),
            best=as_one.best if as_one.best == most.best else None,
            high=None if is_open else max(as_one.high or 0, most.high or 0),
        )

    def _labels_of_rises(self) -> list[Label]:
        """Return the months, quarters or years in which a running total certainly rose."""
        splits = self._question.splits
        bucket = next((by for by in BUCKETS if len(splits) == 1 and splits[0].name == by), None)
        if bucket is None:
            return []
        labels: list[Label] = []
        for series in self._series:
            for entry in series:
                first, last = dates.bucket_range(entry.scope.end or 0, bucket)
                within = part_within(series, first, last)
                if within is not None and within.bounds.low and self._is_wanted(first, last, series):
                    labels.append((dates.bucket(dates.Period(first, last, sure=True), bucket),))
        return labels

    def _is_wanted(self, first: int, last: int, series: Sequence[Entry]) -> bool:
        wanted = self._question.wanted
        is_in_range = not wanted.ranges or any(start <= first and last <= end for start, end in wanted.ranges)
        return is_in_range and replace(wanted, ranges=()).position(series[-1]) == "inside"

    def _row(self, label: Label, region: Region, entries: Sequence[Entry], partly: Sequence[Entry]) -> Row | None:
        """Return a row with these entries, or ``None`` if nothing is left in it."""
        row = Row(label, entries, partly, EMPTY, None, UNRELATED)
        if len(region.ranges) == 1:
            row = self._with_rises(row, region)
        return self._added_up(row, region) if row.entries else None

    def _added_up(self, row: Row, region: Region) -> Row:
        """Return a row with what its entries come to."""
        related, in_row, in_part = self._relations.of(row.entries, row.partly)
        covering = sum(1 << i for i, entry in enumerate(related.entries) if region.is_covered_by(entry))
        found = total(related, in_row, in_part, covering)
        if any(entry.is_suspected for entry in row.entries):
            found = replace(found, bounds=self._one_or_several(found.bounds, row, region))
        implied = _implied(related, found, self._question.implied, (in_row, in_part, covering))
        return replace(row, total=found, implied=implied, related=related)

    def _with_rises(self, row: Row, region: Region) -> Row:
        """Return a row about some days, with what running totals say about these days in place of their statements."""
        ((first, last),) = region.ranges
        parts: list[Entry] = []
        of_series: set[int] = set()
        rises = []
        for series in self._series:
            if replace(region, ranges=()).position(series[-1]) != "inside":
                continue
            within = part_within(series, first, last)
            if within is not None:
                parts.append(within)
                of_series |= set(map(id, series))
                rises.append(RisesWithin(tuple(series), first, last))
        return replace(
            row,
            entries=[*(entry for entry in row.entries if id(entry) not in of_series), *one_question(parts)],
            partly=[entry for entry in row.partly if id(entry) not in of_series],
            rises=rises,
        )

    def _without_divided_wholes(self, entries: Sequence[Entry], members: Mapping[Label, list[Entry]]) -> list[Entry]:
        """Return the entries that do not state the split, with what its parts leave in place of a divided whole.

        What lies inside such a whole is left out, too: it is in the rows of the parts.
        """
        (split,) = self._question.splits
        if split.name not in PARTS:
            return list(entries)
        parts_of = _parts_by_whole([entry for label, found in members.items() if label != (None,) for entry in found])
        divided = {id(entry): parts for entry in entries if (parts := _parts_of(entry, parts_of))}
        if not divided:
            return list(entries)
        wholes = [entry for entry in entries if id(entry) in divided]
        others = [entry for entry in entries if id(entry) not in divided]
        outermost = without_those_inside(wholes, wholes, self._facts)
        rests = [_rest(whole, divided[id(whole)], split.name, self._facts) for whole in outermost]
        left = without_those_inside(others, wholes, self._facts)
        left += [rest for rest in rests if rest is not None]
        return left


def _is_incident_of_nobody(entry: Entry) -> bool:
    """Say whether nobody was counted in an incident, so that it takes nothing from a row that it may lie in."""
    return entry.kind == "incident" and entry.bounds.low == entry.bounds.high == 0


def _implied(
    related: Relations, found: Total, implied: Mapping[Key, Figure], positions: tuple[int, int, int]
) -> Bounds | None:
    """Return what the row is at least and at most if parts and wholes narrow each other, if that says more."""
    if not any(figure.key in implied for entry in related.entries for figure in entry.statements):
        return None
    low, high = found.bounds.low, found.bounds.high
    narrowed = replace(related, entries=[_narrowed(entry, implied) for entry in related.entries])
    other = total(narrowed, *positions).bounds
    if (other.low or 0) >= (low or 0):
        low = other.low
    if other.high is not None and (high is None or other.high <= high):
        high = other.high
    is_narrower = (low, high) != (found.bounds.low, found.bounds.high)
    return Bounds(low, None, high) if is_narrower else None


def _narrowed(entry: Entry, implied: Mapping[Key, Figure]) -> Entry:
    if entry.is_contested or entry.is_suspected or not any(figure.key in implied for figure in entry.statements):
        return entry
    bounds, contradicts = together([implied.get(figure.key, figure).bounds for figure in entry.statements])
    return entry if contradicts else replace(entry, bounds=bounds)


def _parts_by_whole(entries: Iterable[Entry]) -> dict[Key, list[Entry]]:
    """Return the parts among some entries, by the figure that they are parts of."""
    found: dict[Key, list[Entry]] = {}
    for entry in entries:
        for whole in entry.wholes:
            found.setdefault(whole, []).append(entry)
    return found


def _parts_of(whole: Entry, parts_of: Mapping[Key, Sequence[Entry]]) -> list[Entry]:
    """Return the parts of a whole, given the parts of each figure that state what the table is split by."""
    if whole.label or not parts_of:
        return []
    return list({id(part): part for key in whole.keys for part in parts_of.get(key, ())}.values())


def _rest(whole: Entry, parts: Sequence[Entry], split: str, facts: Facts) -> Entry | None:
    """Return what the parts of a whole leave of it, or ``None`` if that is nothing."""
    is_complete = any(
        figure.split is not None and figure.split.by == split and figure.split.complete for figure in whole.statements
    )
    if is_complete:
        return None
    parts = without_those_inside(parts, parts, facts)
    related = relate(parts, facts)
    lows = [part.bounds.low or 0 for part in parts]
    chosen, _ = heaviest(lows, related.may_overlap, (1 << len(parts)) - 1)
    most_parts = added(part.bounds.high for part in parts)
    low: int | float | None = 0
    if whole.bounds.low is not None and most_parts is not None:
        low = max(0, tidy(whole.bounds.low - most_parts))
    high = None if whole.bounds.high is None else max(0, tidy(whole.bounds.high - weight(chosen, lows)))
    if high == 0 or (high is None and not low):
        return None
    best = low if low == high else None
    of_whole = frozenset((key, "") for key in whole.keys)
    return replace(
        whole,
        bounds=Bounds(low, best, high),
        wholes=whole.wholes | whole.keys,
        split_values=whole.split_values | of_whole,
        label="rest",
    )


def _labelled(entry: Entry, splits: Sequence[Split]) -> list[tuple[Label, Entry]]:
    """Return the rows that an entry is in, each with the part of it that is there; no row if it is in none wholly."""
    found: list[tuple[Label, Entry]] = [((), entry)]
    for split in splits:
        values = _values(entry, split)
        if split.is_of_speakers or split.is_of_outlets:
            found = [((*label, value), _of_speaker(part, value, split)) for label, part in found for value in values]
        else:
            found = [((*label, value), part) for label, part in found for value in values]
    return found


def _values(entry: Entry, split: Split) -> Sequence[str | None]:
    """Return the values of an entry for a split: none if it lies in no row wholly, and ``None`` if it states none."""
    if split.values_of is not None:
        # The event of a statement that was replaced is about the same.
        figures = entry.statements if split.is_of_speakers else (*entry.statements, *entry.replaced)
        values = (value for figure in figures for value in split.values_of(figure))
        return list(dict.fromkeys(values)) or [None]
    if split.name in SCOPE_SPLITS:
        return _scope_values(entry, split.name)
    scope = entry.scope
    if scope.days == "not stated" or (scope.start is None and scope.end is None):
        return [None]
    if scope.start is None or scope.end is None or scope.days == "approximate":
        return []
    bucket = next(by for by in BUCKETS if by == split.name)
    label = dates.bucket(dates.Period(scope.start, scope.end, sure=True), bucket)
    return [] if label is None else [label]


def _scope_values(entry: Entry, name: str) -> Sequence[str | None]:
    """Return the value of an entry for a split by what it is about.

    Args:
        entry: The entry.
        name: One of `SCOPE_SPLITS`.

    Returns:
        The only value, ``None`` as the only one if it states none, or nothing if it has several, and so is in no row.
    """
    scope = entry.scope
    if name == "country":
        names = scope.countries
    elif name == "province":
        names = scope.provinces
    elif name == "nationality":
        names = scope.nationalities
    else:
        names = frozenset(normalise_words(figure.group) for figure in entry.statements if figure.group is not None)
    if not names:
        return [None]
    if len(names) > 1:
        return []
    if name != "nationality":
        return list(names)
    # Statements may have several words for one people. The first in the alphabet does not depend on their order.
    return [min(normalise_words(figure.nationality) for figure in entry.statements if figure.nationality is not None)]


def _spellings(entries: Iterable[Entry], splits: Iterable[str]) -> dict[tuple[str, str], str]:
    """Return how each group and nationality is written, by its split and its words in small letters.

    Of several spellings, it is the same one in whichever order the entries come.
    """
    found: dict[tuple[str, str], str] = {}
    for split in {"group", "nationality"}.intersection(splits):
        for entry in entries:
            for figure in entry.statements:
                text: str | None = getattr(figure, split)
                if text is not None:
                    key = split, normalise_words(text)
                    found[key] = min(text, found.get(key, text))
    return found


def _of_speaker(entry: Entry, speaker: str | None, split: Split) -> Entry:
    """Return what one speaker or outlet says of an entry, without a suspicion that concerns all of them together."""
    assert split.values_of is not None
    own = tuple(figure for figure in entry.statements if speaker in (split.values_of(figure) or [None]))
    if len(own) == len(entry.statements):
        return entry
    if not own:  # all that an outlet reported was replaced, so its last report stands
        reported = [figure for figure in entry.replaced if speaker in (split.values_of(figure) or [None])]
        own = (max(reported, key=lambda figure: (last_day_said(figure) or 0, figure.key)),)
    bounds, is_contested = together([figure.bounds for figure in own])
    return replace(entry, statements=own, bounds=bounds, is_contested=is_contested, is_suspected=False)


def _region(label: Label, splits: Sequence[Split], wanted: Region) -> Region:
    """Return what a row is about."""
    region = wanted
    for value, split in zip(label, splits, strict=True):
        if value is None or split.values_of is not None:
            continue
        if split.name == "country":
            region = replace(region, countries=frozenset((value,)))
        elif split.name == "province":
            region = replace(region, places=divisions_of(value))
        elif split.name == "nationality":
            region = replace(region, nationalities=frozenset((normalise_words(value),)))
        elif split.name == "group":
            region = replace(region, groups=frozenset((normalise_words(value),)) - ANYBODY)
        else:
            period = dates.parse_during(value)
            region = replace(region, ranges=((period.start or 0, period.end or 0),))
    return region


def _has_regions_abroad(label: Label, splits: Sequence[Split]) -> bool:
    """Say whether other rows may overlap a row: a region abroad consists of several divisions."""
    return any(
        split.name == "province" and value is not None and ", " in value
        for value, split in zip(label, splits, strict=True)
    )
