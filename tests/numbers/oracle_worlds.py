"""What totals and rows can be, found by an integer program over all worlds: a slow second opinion on the engine.

A world is a finite set of occurrences. Each has one day, one place, one nationality and the set of entries that count
it. Statements first become entries (rules 4, 5 and 6). Then one variable for each possible set of entries says how many
occurrences are counted by exactly that set, and the program looks for the fewest and the most of them.

The specification is section 3.1 of the design. This module deliberately shares no code with the engine.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy
from scipy.optimize import Bounds as VariableBounds
from scipy.optimize import LinearConstraint, milp

from scamcli.language.dates import bucket_range, iso, parse_date
from scamcli.language.wording.bounds import Number
from scamcli.numbers.records import Figure, Key, Link

SplitBy = Literal["country", "province", "nationality", "month"]
Pair = tuple[Key, Key]
Days = tuple[int, int]

ALWAYS_BEFORE = -(10**8)
"""A day before every day, for an open start."""
ALWAYS_AFTER = 10**8
"""A day after every day, for an open end."""
OTHER = "(another one)"
"""The place or nationality that no figure names."""

JOINING = frozenset({"repeats", "disputes", "corrects", "updates"})
REPLACING = frozenset({"corrects", "updates"})
COUNTED = frozenset({"incident", "aggregate", "cumulative"})


class Extent(NamedTuple):
    """The fewest and the most that a number can be. ``maximum`` is None without a limit."""

    minimum: int
    maximum: int | None
    is_possible: bool = True


IMPOSSIBLE = Extent(0, None, False)
"""The extent if no world exists: the statements contradict each other."""


def total_of(figures: Sequence[Figure], links: Sequence[Link], suspected: Sequence[Pair]) -> Extent:
    """Return how few and how many occurrences all entries can count together."""
    return _widest([worlds.total() for worlds in _all_worlds(figures, links, suspected)])


def rows_of(
    figures: Sequence[Figure], links: Sequence[Link], suspected: Sequence[Pair], split: SplitBy
) -> dict[str | None, Extent]:
    """Return how few and how many occurrences each row can have. The row "not stated" is not defined in worlds."""
    all_worlds = _all_worlds(figures, links, suspected)
    labels = sorted({label for worlds in all_worlds for label in worlds.labels(split)})
    return {label: _widest([worlds.row(split, label) for worlds in all_worlds]) for label in labels}


def _widest(extents: Iterable[Extent]) -> Extent:
    """Return the extent that covers all possible ones."""
    possible = [extent for extent in extents if extent.is_possible]
    if not possible:
        return IMPOSSIBLE
    maxima = [extent.maximum for extent in possible if extent.maximum is not None]
    is_limited = len(maxima) == len(possible)
    return Extent(min(extent.minimum for extent in possible), max(maxima) if is_limited else None)


def _all_worlds(figures: Sequence[Figure], links: Sequence[Link], suspected: Sequence[Pair]) -> list["Worlds"]:
    """Return the worlds for each choice of which suspected pairs are one number and which are two."""
    statements = _prepared(figures)
    relations = _relations(statements, links)
    open_pairs = [pair for pair in suspected if frozenset(pair) not in relations.distinct]
    choices = itertools.product((True, False), repeat=len(open_pairs))
    return [_worlds_of(statements, relations, open_pairs, choice) for choice in choices]


def _worlds_of(
    statements: Sequence[Figure], relations: "Relations", suspected: Sequence[Pair], is_one: Sequence[bool]
) -> "Worlds":
    joined = [pair for pair, one in zip(suspected, is_one, strict=True) if one]
    apart = [pair for pair, one in zip(suspected, is_one, strict=True) if not one]
    return Worlds(_entries(statements, relations, joined), statements, relations, apart)


# Statements, with what they leave out but their event or their whole says.


def _prepared(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that are counted, with the places of their events and the scopes of their wholes."""
    counted = [figure for figure in figures if figure.count in COUNTED]
    countries = {figure.province: figure.country for figure in counted if figure.province and figure.country}
    counted = [figure._replace(country=figure.country or countries.get(figure.province or "")) for figure in counted]
    counted = [_with_place_of_event(figure, counted) for figure in counted]
    by_key = {figure.key: figure for figure in counted}
    return [_with_scope_of_whole(figure, by_key) for figure in counted]


def _with_place_of_event(figure: Figure, figures: Sequence[Figure]) -> Figure:
    """Give an incident without a place the only province and the only country of its event."""
    if figure.count != "incident":
        return figure
    event = [other for other in figures if other.event == figure.event and other.whole != figure.key]
    countries = {other.country for other in event if other.country}
    provinces = {other.province for other in event if other.province}
    if figure.country is None and len(countries) == 1:
        figure = figure._replace(country=countries.pop())
    is_divided = any(other.whole == figure.key and other.province for other in figures)
    if figure.province is None and len(provinces) == 1 and not is_divided:
        figure = figure._replace(province=provinces.pop())
    return figure


def _with_scope_of_whole(figure: Figure, by_key: dict[Key, Figure]) -> Figure:
    """Let a part state what its whole states, where the part says nothing else."""
    seen = {figure.key}
    key = figure.whole
    while key is not None and key in by_key and key not in seen:
        seen.add(key)
        whole = by_key[key]
        figure = figure._replace(
            country=figure.country or whole.country,
            province=figure.province or whole.province,
            nationality=figure.nationality or whole.nationality,
            group=figure.group or whole.group,
            period=figure.period or whole.period,
        )
        key = whole.whole
    return figure


def _stated_days(figure: Figure) -> Days | None:
    """Return the days that a figure states, or None."""
    if figure.period is None:
        return None
    start, end, _ = figure.period
    return ALWAYS_BEFORE if start is None else start, ALWAYS_AFTER if end is None else end


def _event_days(figure: Figure) -> Days | None:
    return _stated_days(figure._replace(period=figure.day))


def _said_on(figure: Figure) -> int:
    """Return the last day on which a figure may have been said."""
    days = _event_days(figure)
    return ALWAYS_AFTER if days is None else days[1]


# Links.


@dataclass(frozen=True)
class Relations:
    """What the links say about pairs of figures. ``joined`` has the later word first."""

    joined: frozenset[Pair]
    replacing: frozenset[Pair]
    linked: frozenset[frozenset[Key]]
    distinct: frozenset[frozenset[Key]]
    including: frozenset[Pair]


def _relations(statements: Sequence[Figure], links: Sequence[Link]) -> Relations:
    joined: set[Pair] = set()
    replacing: set[Pair] = set()
    linked: set[frozenset[Key]] = set()
    distinct: set[frozenset[Key]] = set()
    including: set[Pair] = set()
    for link in links:
        sources = [figure for figure in statements if figure.event == link.event]
        targets = [f for f in statements if f.event == link.target and link.figure in (None, f.id)]
        pairs = {frozenset({source.key, target.key}) for source in sources for target in targets}
        if link.type == "distinct":
            distinct |= pairs
        elif link.type == "includes":
            linked |= pairs
            including |= _included(sources, targets)
        elif link.type in JOINING:
            linked |= pairs
            matches = set(_matches(sources, targets, is_correction=link.type == "corrects" or link.figure is not None))
            joined |= matches
            if link.type in REPLACING:
                replacing |= matches
    return Relations(*map(frozenset, (joined, replacing, linked, distinct, including)))  # type: ignore[arg-type]


def _included(sources: Sequence[Figure], targets: Sequence[Figure]) -> set[Pair]:
    """Pair each number of the event that includes another, if it is no part, with all numbers of the other."""
    wholes = [source for source in sources if source.part_of is None]
    return {(source.key, target.key) for source in wholes for target in targets}


def _matches(sources: Sequence[Figure], targets: Sequence[Figure], *, is_correction: bool) -> Iterator[Pair]:
    """Pair the numbers of equal scope, then the only one left on each side unless their nationalities differ.

    Parts are left out then if there is a number that is none. A correction may be one of the nationality, and so may a
    link that names the figure.
    """
    sources_left, targets_left = list(sources), list(targets)
    for source in sources:
        target = next((target for target in targets_left if _scope_key(source) == _scope_key(target)), None)
        if target is not None:
            sources_left.remove(source)
            targets_left.remove(target)
            yield source.key, target.key
    sources_left = [source for source in sources_left if source.part_of is None] or sources_left
    targets_left = [target for target in targets_left if target.part_of is None] or targets_left
    if len(sources_left) == len(targets_left) == 1:
        source, target = sources_left[0], targets_left[0]
        nationalities = {source.nationality, target.nationality} - {None}
        if is_correction or len(nationalities) < 2:
            yield source.key, target.key


def _scope_key(figure: Figure) -> tuple[object, ...]:
    days = _stated_days(figure)
    if days is None and figure.count == "incident":
        days = _event_days(figure)
    return days, figure.country, figure.province, figure.nationality, figure.group


# Entries: rules 4, 5 and 6.


@dataclass(frozen=True)
class Scope:
    """The days, places and people that an entry states. None is "not stated"."""

    days: Days | None
    countries: frozenset[str] | None
    provinces: frozenset[str] | None
    nationalities: frozenset[str] | None
    groups: frozenset[str] | None


@dataclass(frozen=True)
class Entry:
    """Statements that answer one question, and the bounds of their answer.

    ``ranges`` are the days on which the entry can count: a total only counts up to the day on which it was said.
    """

    keys: frozenset[Key]
    low: Number
    high: Number | None
    is_total: bool
    scope: Scope
    ranges: tuple[Days, ...]

    @property
    def events(self) -> set[str]:
        """The events of the statements."""
        return {event for event, _ in self.keys}


class _Groups:
    """Keys of statements that belong together."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self.group_of = {key: frozenset({key}) for key in keys}

    def join(self, first: Key, second: Key) -> None:
        together = self.group_of[first] | self.group_of[second]
        for key in together:
            self.group_of[key] = together

    def all(self) -> list[frozenset[Key]]:
        return list(dict.fromkeys(self.group_of.values()))


def _entries(statements: Sequence[Figure], relations: Relations, joined: Sequence[Pair]) -> list[Entry]:
    outdated = _outdated_running_totals(statements)
    current = {figure.key: figure for figure in statements if figure.key not in outdated}
    groups = _Groups(current)
    for first, second in [*sorted(relations.joined), *joined]:
        if first in current and second in current:
            groups.join(first, second)
    linked = [_entry(keys, current, relations) for keys in groups.all()]
    for one, other in itertools.combinations(linked, 2):
        if _are_answers_to_one_question(one, other, current, relations):
            groups.join(min(one.keys), min(other.keys))
    return [_entry(keys, current, relations) for keys in groups.all()]


def _outdated_running_totals(statements: Sequence[Figure]) -> set[Key]:
    """Find running totals that a later and smaller one of the same start and speaker replaces."""
    running = [figure for figure in statements if figure.count == "cumulative" and figure.period and figure.stated_by]
    return {
        earlier.key for earlier, later in itertools.permutations(running, 2) if _replaces_running_total(later, earlier)
    }


def _replaces_running_total(later: Figure, earlier: Figure) -> bool:
    is_same_series = later.stated_by == earlier.stated_by and _scope_key(later)[1:] == _scope_key(earlier)[1:]
    later_start, later_end = _counted_days(later)
    earlier_start, earlier_end = _counted_days(earlier)
    is_later = later_start == earlier_start and later_end > earlier_end
    is_smaller = later.high is not None and later.high < (earlier.low or 0)
    return is_same_series and is_later and is_smaller


def _counted_days(total: Figure) -> Days:
    start, end = _stated_days(total) or (ALWAYS_BEFORE, ALWAYS_AFTER)
    return start, min(end, _said_on(total))


def _are_answers_to_one_question(one: Entry, other: Entry, by_key: dict[Key, Figure], relations: Relations) -> bool:
    """Rule 6: totals of the same stated scope, and numbers of one event and scope by different speakers."""
    if one.scope != other.scope or _are_distinct(one, other, relations):
        return False
    speakers: dict[str, list[str | None]] = defaultdict(list)
    for key in one.keys | other.keys:
        speakers[key[0]].append(by_key[key].stated_by)
    shared = one.events & other.events
    says_one_speaker_both = any(len(set(speakers[event])) < len(speakers[event]) for event in shared)
    if says_one_speaker_both:
        return False
    are_dated_totals = one.is_total and other.is_total and one.scope.days is not None
    return are_dated_totals or bool(shared)


def _are_distinct(one: Entry, other: Entry, relations: Relations) -> bool:
    return _is_any_pair(one, other, relations.distinct)


def _is_any_pair(one: Entry, other: Entry, pairs: frozenset[frozenset[Key]]) -> bool:
    return any(frozenset(pair) in pairs for pair in itertools.product(one.keys, other.keys))


def _entry(keys: frozenset[Key], by_key: dict[Key, Figure], relations: Relations) -> Entry:
    """Rule 4: put linked statements together, without the numbers of those that a later word replaces."""
    replaced = {earlier for later, earlier in relations.replacing if {later, earlier} <= keys}
    members = [by_key[key] for key in sorted(keys)]
    standing = [figure for figure in members if figure.key not in replaced] or members
    low, high = _answer(standing, relations)
    scope = _common_scope(standing, [figure for figure in members if figure not in standing])
    is_total = _is_total(standing, members)
    first, last = scope.days or (ALWAYS_BEFORE, ALWAYS_AFTER)
    if is_total:
        last = min(last, max((_said_on(figure) for figure in standing if figure.count != "incident"), default=last))
    return Entry(keys, low, high, is_total, scope, ((first, last),))


def _is_total(standing: Sequence[Figure], members: Sequence[Figure]) -> bool:
    """Say whether statements are a total: none is of an incident, or one states longer days than the incident."""
    incidents = [figure for figure in members if figure.count == "incident"]
    if not incidents:
        return True
    lengths = [_length(_stated_days(incident) or _event_days(incident)) for incident in incidents]
    is_running = any(figure.count == "cumulative" for figure in standing)
    return is_running or any(_length(_stated_days(figure)) > min(lengths) for figure in standing)


def _length(days: Days | None) -> int:
    return 0 if days is None else days[1] - days[0] + 1


def _common_scope(standing: Sequence[Figure], replaced: Sequence[Figure]) -> Scope:
    """Return all that the statements state; what they leave out is taken from what they replace."""
    return Scope(
        _common_days(standing, replaced),
        _named("country", standing) or _named("country", replaced),
        _named("province", standing) or _named("province", replaced),
        _named("nationality", standing) or _named("nationality", replaced),
        _named("group", standing) or _named("group", replaced),
    )


def _named(field: str, statements: Sequence[Figure]) -> frozenset[str] | None:
    return frozenset(getattr(figure, field) for figure in statements) - {None} or None


def _common_days(standing: Sequence[Figure], replaced: Sequence[Figure]) -> Days | None:
    """Return the days from the first to the last that is stated. An incident without days has those of its event."""
    ways = (
        [_stated_days(figure) for figure in standing],
        [_event_days(figure) for figure in standing if figure.count == "incident"],
        [_stated_days(figure) for figure in replaced],
        [_event_days(figure) for figure in replaced if figure.count == "incident"],
    )
    for way in ways:
        stated = [days for days in way if days is not None]
        if stated:
            return min(first for first, _ in stated), max(last for _, last in stated)
    return None


def _answer(statements: Sequence[Figure], relations: Relations) -> tuple[Number, Number | None]:
    """Return the bounds that statements have together, or from their lowest to their highest if they disagree."""
    together = _together(statements)
    if together is None:
        statements = [
            figure for figure in statements if not _was_corrected_by_its_speaker(figure, statements, relations)
        ]
        together = _together(statements)
    if together is not None:
        return together
    statements = _rivals(statements) or statements
    lows = [figure.low for figure in statements if figure.low is not None]
    highs = [figure.high for figure in statements if figure.high is not None]
    low = min(lows) if len(lows) == len(statements) else 0
    return low, max(highs) if len(highs) == len(statements) else None


def _rivals(statements: Sequence[Figure]) -> list[Figure]:
    """Return the statements that contradict another one: "at least 100" is no rival of 137 and 287."""
    return [one for one in statements if any(_together([one, other]) is None for other in statements)]


def _together(statements: Sequence[Figure]) -> tuple[Number, Number | None] | None:
    """Return the bounds if all statements are true, or None if they cannot be. A best number must lie within them."""
    low = max([figure.low for figure in statements if figure.low is not None], default=0)
    high = min([figure.high for figure in statements if figure.high is not None], default=None)
    bests = [figure.best for figure in statements if figure.best is not None]
    if low == high:  # an exact number, of which an estimate may be a round one
        are_bests_within = all(best == low or _is_round_for(best, low) for best in bests)
    else:
        are_bests_within = all(low <= best and (high is None or best <= high) for best in bests)
    is_range = high is None or low <= high
    return (low, high) if is_range and are_bests_within else None


def _is_round_for(best: Number, exact: Number) -> bool:
    """Say whether a number is what an exact one rounds to, and at most a tenth away from it: 800 for 792."""
    place = 1
    while best and best % (place * 10) == 0:
        place *= 10
    return 2 * abs(best - exact) <= place and 10 * abs(best - exact) <= best


def _was_corrected_by_its_speaker(figure: Figure, statements: Sequence[Figure], relations: Relations) -> bool:
    """Rule 5: say whether the same speaker said something else later. Two running totals of one day both stand.

    The day of an incident is not the day on which it was stated, so two linked numbers of one incident both stand, too.
    """
    if figure.stated_by is None or figure.count == "cumulative":
        return False
    if all(one.count == "incident" for one in statements) and _are_linked(statements, relations):
        return False
    later = [other for other in statements if _said_on(other) > _said_on(figure)]
    return any(other.stated_by == figure.stated_by for other in later)


def _are_linked(statements: Sequence[Figure], relations: Relations) -> bool:
    """Say whether links make statements one, and not a suspicion."""
    groups = _Groups(figure.key for figure in statements)
    for first, second in relations.joined:
        if first in groups.group_of and second in groups.group_of:
            groups.join(first, second)
    return len(groups.all()) == 1


# Worlds.


class Cell(NamedTuple):
    """Days without a boundary between them, at one place, for one nationality."""

    days: Days
    country: str
    province: str
    nationality: str


class Worlds:
    """All worlds of some entries. Sets of entries are the bits of an integer."""

    def __init__(
        self, entries: list[Entry], statements: Sequence[Figure], relations: Relations, apart: Sequence[Pair]
    ) -> None:
        self.relations = relations
        self.apart = frozenset(frozenset(pair) for pair in apart)
        self.statements = {figure.key: figure for figure in statements}
        self.entries = self._with_days_of_either(entries)
        self.entry_of = {key: number for number, entry in enumerate(self.entries) for key in entry.keys}
        size = len(self.entries)
        self.bounds = tuple((entry.low, entry.high) for entry in self.entries)
        self.distinct = self._related(_are_distinct_in(self))
        self.required = [self._bits(other for other in range(size) if self._includes(other, n)) for n in range(size)]
        self.excluded = self._excluded()
        self.needs_a_part = self._complete_splits()
        self.complete_totals = self._complete_totals()
        self._sets: dict[tuple[int, bool], list[int]] = {}

    def total(self) -> Extent:
        """Return how many occurrences all entries count together."""
        variables = {(chosen, True) for cell in self._cells(()) for chosen in self._sets_in(cell, False)}
        return _extent(self.bounds, frozenset(variables))

    def row(self, split: SplitBy, label: str) -> Extent:
        """Return how many occurrences a row has: those in it that an entry counts that states the split."""
        row_days = _days_of_month(label) if split == "month" else None
        stating = self._bits(n for n, entry in enumerate(self.entries) if _states(entry, split))
        variables = set()
        for cell in self._cells(() if row_days is None else (row_days,)):
            is_in_row = _within(cell.days, row_days) if row_days else getattr(cell, split) == label
            for chosen in self._sets_in(cell, True):
                variables.add((chosen, is_in_row and bool(chosen & stating)))
        return _extent(self.bounds, frozenset(variables))

    def labels(self, split: SplitBy) -> set[str]:
        """Return the rows that some entry states. Months are those of all its days, if both ends are known."""
        if split == "month":
            return {month for entry in self.entries for days in entry.ranges for month in _months(days)}
        return {label for entry in self.entries for label in _stated_values(entry, split)}

    def _with_days_of_either(self, entries: Sequence[Entry]) -> list[Entry]:
        """Let both of a suspected pair count on the days of either."""
        widened = []
        for entry in entries:
            partners = [other for other in entries if _is_any_pair(entry, other, self.apart)]
            ranges = {days for other in (entry, *partners) for days in other.ranges}
            widened.append(Entry(entry.keys, entry.low, entry.high, entry.is_total, entry.scope, tuple(sorted(ranges))))
        return widened

    @staticmethod
    def _bits(numbers: Iterable[int]) -> int:
        return sum(1 << number for number in set(numbers))

    def _related(self, pairs: Iterable[tuple[int, int]]) -> list[int]:
        """Return, for each entry, the entries that it is in a pair with."""
        related = [0] * len(self.entries)
        for one, other in pairs:
            related[one] |= 1 << other
            related[other] |= 1 << one
        return related

    def _includes(self, outer: int, inner: int) -> bool:
        """Rule 7: say whether all that one entry counts is counted by another."""
        if outer == inner or self.distinct[outer] >> inner & 1:
            return False
        wide, narrow = self.entries[outer], self.entries[inner]
        is_whole = any(self.statements[key].whole in wide.keys for key in narrow.keys)
        is_declared = any(pair in self.relations.including for pair in itertools.product(wide.keys, narrow.keys))
        if is_whole or is_declared:
            return True
        if not _lies_in(narrow, wide):
            return False
        if wide.events & narrow.events:
            return not _lies_in(wide, narrow)
        return wide.is_total

    def _excluded(self) -> list[int]:
        """Return, for each entry, those that never count the same occurrence."""
        pairs = [
            (one, other)
            for one, other in itertools.combinations(range(len(self.entries)), 2)
            if self.distinct[one] >> other & 1 or self._are_different_incidents(one, other)
        ]
        pairs += self._different_parts()
        return self._related(pairs)

    def _are_different_incidents(self, one: int, other: int) -> bool:
        """Rule 8: say whether two entries are incidents of different events, neither linked nor suspected."""
        first, second = self.entries[one], self.entries[other]
        if first.is_total or second.is_total or first.events & second.events:
            return False
        return not _is_any_pair(first, second, self.relations.linked | self.apart)

    def _different_parts(self) -> Iterator[tuple[int, int]]:
        """Find parts of one declared split that differ in what it is split by."""
        for one, other in itertools.combinations(self._current_parts(), 2):
            whole = self.statements[one.whole] if one.whole and one.whole == other.whole else None
            if whole is None or whole.split is None or whole.split.by not in ("province", "nationality", "group"):
                continue
            numbers = self.entry_of[one.key], self.entry_of[other.key]
            if getattr(one, whole.split.by) != getattr(other, whole.split.by) and numbers[0] != numbers[1]:
                yield numbers

    def _current_parts(self) -> list[Figure]:
        return [
            figure for key, figure in self.statements.items() if key in self.entry_of and figure.whole in self.entry_of
        ]

    def _complete_splits(self) -> list[tuple[int, int]]:
        """Return each whole whose parts are all recorded, with the set of its parts."""
        parts: dict[int, int] = defaultdict(int)
        for figure in self._current_parts():
            whole = self.statements[figure.whole] if figure.whole else figure
            if whole.split is not None and whole.split.complete:
                parts[self.entry_of[whole.key]] |= 1 << self.entry_of[figure.key]
        return list(parts.items())

    def _complete_totals(self) -> list[int]:
        """Return the totals that, in tables, count every occurrence in their scope: all without a twin."""
        return [number for number, entry in enumerate(self.entries) if entry.is_total and not self._has_twin(entry)]

    def _has_twin(self, entry: Entry) -> bool:
        """Say whether its event has another number of the same scope, as for two buildings."""
        return any(
            other is not entry and other.scope == entry.scope and other.events & entry.events for other in self.entries
        )

    def _cells(self, more_days: Sequence[Days]) -> Iterator[Cell]:
        """Return the cells that occurrences can be in, with one place and nationality that nobody names."""
        places = {(OTHER, OTHER)}
        nationalities = {OTHER}
        for figure in self.statements.values():
            country = figure.country or OTHER
            places |= {(country, OTHER), (country, figure.province or OTHER)}
            nationalities.add(figure.nationality or OTHER)
        for days in _elementary([days for entry in self.entries for days in entry.ranges] + list(more_days)):
            for (country, province), nationality in itertools.product(sorted(places), sorted(nationalities)):
                yield Cell(days, country, province, nationality)

    def _sets_in(self, cell: Cell, must_totals_be_complete: bool) -> list[int]:
        """Return the sets of entries that may count an occurrence in a cell."""
        able = self._bits(number for number, entry in enumerate(self.entries) if _can_count(entry, cell))
        key = able, must_totals_be_complete
        if key not in self._sets:
            self._sets[key] = [
                chosen
                for chosen in _subsets(able)
                if self._is_allowed(chosen) and not (must_totals_be_complete and self._is_missed(chosen, able))
            ]
        return self._sets[key]

    def _is_allowed(self, chosen: int) -> bool:
        """Say whether an occurrence can be counted by exactly these entries."""
        for number in _numbers(chosen):
            if self.required[number] & ~chosen or self.excluded[number] & chosen:
                return False
        return all(parts & chosen for whole, parts in self.needs_a_part if chosen >> whole & 1)

    def _is_missed(self, chosen: int, able: int) -> bool:
        """Say whether a total in whose scope an occurrence lies does not count it, although nothing sets it apart."""
        groups: set[str] = set()
        for number in _numbers(chosen):
            groups |= self.entries[number].scope.groups or set()
        for total in self.complete_totals:
            stated_groups = self.entries[total].scope.groups
            is_in_scope = bool(able >> total & 1) and (stated_groups is None or bool(stated_groups & groups))
            if is_in_scope and not chosen >> total & 1 and not self.distinct[total] & chosen:
                return True
        return False


def _are_distinct_in(worlds: Worlds) -> Iterator[tuple[int, int]]:
    for (one, first), (other, second) in itertools.combinations(enumerate(worlds.entries), 2):
        if _are_distinct(first, second, worlds.relations):
            yield one, other


def _lies_in(narrow: Entry, wide: Entry) -> bool:
    """Say whether an entry states everything that another states, and lies within it."""
    if wide.scope.days is not None and narrow.scope.days is None:
        return False
    if not all(any(_within(days, outer) for outer in wide.ranges) for days in narrow.ranges):
        return False
    stated = (
        (narrow.scope.countries, wide.scope.countries),
        (narrow.scope.provinces, wide.scope.provinces),
        (narrow.scope.nationalities, wide.scope.nationalities),
        (narrow.scope.groups, wide.scope.groups),
    )
    return all(outer is None or (inner is not None and inner <= outer) for inner, outer in stated)


def _within(days: Days, outer: Days) -> bool:
    return outer[0] <= days[0] and days[1] <= outer[1]


def _can_count(entry: Entry, cell: Cell) -> bool:
    scope = entry.scope
    return (
        any(_within(cell.days, days) for days in entry.ranges)
        and (scope.countries is None or cell.country in scope.countries)
        and (scope.provinces is None or cell.province in scope.provinces)
        and (scope.nationalities is None or cell.nationality in scope.nationalities)
    )


def _states(entry: Entry, split: SplitBy) -> bool:
    return entry.scope.days is not None if split == "month" else bool(_stated_values(entry, split))


def _stated_values(entry: Entry, split: SplitBy) -> frozenset[str]:
    scope = entry.scope
    values = {"country": scope.countries, "province": scope.provinces, "nationality": scope.nationalities}
    return values[split] or frozenset()


def _elementary(ranges: Sequence[Days]) -> Iterator[Days]:
    """Divide all days at every first day, and after every last day, of some ranges."""
    starts = {first for first, _ in ranges} | {last + 1 for _, last in ranges} | {ALWAYS_BEFORE}
    ordered = sorted(start for start in starts if start <= ALWAYS_AFTER)
    for start, following in zip(ordered, [*ordered[1:], ALWAYS_AFTER + 1], strict=True):
        yield start, following - 1


def _months(days: Days) -> Iterator[str]:
    first, last = days
    if first == ALWAYS_BEFORE or last == ALWAYS_AFTER:
        return
    while first <= last:
        yield iso(first)[:7]
        first = bucket_range(first, "month")[1] + 1


def _days_of_month(label: str) -> Days:
    start, end, _ = parse_date(label)
    return start or 0, end or 0


def _subsets(bits: int) -> Iterator[int]:
    """Return all sets within a set, without the empty one."""
    subset = bits
    while subset:
        yield subset
        subset = (subset - 1) & bits


def _numbers(bits: int) -> Iterator[int]:
    return (number for number in range(bits.bit_length()) if bits >> number & 1)


# The integer program.


@lru_cache(maxsize=4096)
def _extent(bounds: tuple[tuple[Number, Number | None], ...], variables: frozenset[tuple[int, bool]]) -> Extent:
    """Return the fewest and the most occurrences that are in the row, if every entry counts within its bounds.

    A variable is a set of entries, and whether its occurrences are in the row.
    """
    if not bounds:
        return Extent(0, 0)
    minimum = _solved(bounds, {chosen: (chosen, False) not in variables for chosen, _ in variables}, 1)
    if minimum is None:
        return IMPOSSIBLE
    in_row = {chosen: (chosen, True) in variables for chosen, _ in variables}
    unlimited = sum(1 << number for number, (_, high) in enumerate(bounds) if high is None)
    is_unlimited = any(counts and not chosen & ~unlimited for chosen, counts in in_row.items())
    return Extent(minimum, None if is_unlimited else _solved(bounds, in_row, -1))


def _solved(bounds: Sequence[tuple[Number, Number | None]], in_row: dict[int, bool], sign: int) -> int | None:
    """Return the smallest number in the row, or with a sign of -1 the largest, or None if there is no world."""
    lows = [low for low, _ in bounds]
    highs = [numpy.inf if high is None else high for _, high in bounds]
    sets = sorted(in_row)
    if not sets:
        return None if any(lows) else 0
    counts = numpy.array([[chosen >> number & 1 for chosen in sets] for number in range(len(bounds))])
    costs = numpy.array([sign * in_row[chosen] for chosen in sets])
    result = milp(
        costs,
        integrality=numpy.ones(len(sets)),
        bounds=VariableBounds(0, numpy.inf),
        constraints=LinearConstraint(counts, lows, highs),
        options={"mip_rel_gap": 0},
    )
    if result.status == 2:
        return None
    if not result.success:
        raise RuntimeError(result.message)
    return sign * round(float(result.fun))
