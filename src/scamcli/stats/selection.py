"""Choose the figures that match the filters certainly or possibly: rule 8 of ``docs/honest-numbers.md``.

Filters by country, province and nationality compare the figure's own, never its event's. Dates apply to the figure's
period: a figure enters only if its period lies inside the range. A figure whose period has ``~``, ``?`` or ``%`` enters
only as possible, and so does a figure without a period, which takes the date of its event.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from scamcli.figures import Context, Figure, Key, Link, Period, resolved, scope, series
from scamcli.figures.ancestry import ancestors
from scamcli.figures.claims import RESTATING
from scamcli.language import dates
from scamcli.stats.read_figures import Entry

NONE: frozenset[str] = frozenset()

BUCKETS: tuple[dates.By, ...] = ("month", "quarter", "year")

DISJOINT = frozenset({"country", "province", "nationality"})
"""Splits whose rows count different occurrences: rule 4 of ``docs/honest-numbers.md``."""


class Chosen(NamedTuple):
    """A figure that the filters choose, and the days of its period, or with ``by_report_date`` of its event.

    ``possible`` says that it may lie outside the requested days. If the figure is derived from the rise of a running
    total, ``of`` is the statement in the record.
    """

    figure: Figure
    entry: Entry
    when: Period
    possible: bool
    by_report_date: bool
    of: Figure | None = None


class Asked(NamedTuple):
    """The conditions that the filters set for a figure.

    Attributes:
        countries: Codes of countries. The figure must have one of these; empty for any.
        provinces: The same, by name.
        nationalities: The same, in lower case.
        ranges: First and last days of ranges. The days of the figure must lie in one range, or in all with
            ``every_range``.
        certain: Whether to leave out possible matches.
        undisputed: Whether to leave out figures that another event disputes.
    """

    countries: frozenset[str]
    provinces: frozenset[str]
    nationalities: frozenset[str]
    ranges: tuple[tuple[int, int], ...]
    every_range: bool
    certain: bool
    undisputed: bool


class Choice(NamedTuple):
    """The figures that enter a table, and those that are left out, by reason."""

    chosen: list[Chosen]
    left_out: dict[str, list[Entry]]


def choose(entries: Sequence[Entry], wholes: Mapping[Key, Figure], asked: Asked, *, dated: bool) -> Choice:
    """Choose figures, where a part takes missing values from its whole in ``wholes``.

    ``dated`` says whether dates matter: there is a range, or the split is a month, quarter or year.
    """
    chosen: list[Chosen] = []
    left_out: dict[str, list[Entry]] = {}
    refuses = bool(asked.countries or asked.provinces or asked.nationalities or asked.undisputed)
    ranges, certain = asked.ranges, asked.certain
    new = tuple.__new__  # there may be a million figures, and named tuples take twice as long to make themselves
    for entry in entries:
        figure = entry.figure
        read = figure if figure.part_of is None and figure.period is not None else resolved(figure, wholes)
        reason = _refusal(read, entry, asked) if refuses else None
        period = read.period
        by_report_date = period is None
        when = entry.day if period is None else period
        if reason is None and ranges and not _inside(when, asked):
            reason = _outside(when, ranges, by_report_date=by_report_date)
        possible = dated and (by_report_date or not when.sure)
        if reason is None and certain and possible:
            reason = "only possibly inside the dates"
        if reason is None:
            chosen.append(new(Chosen, (figure, entry, when, possible, by_report_date and dated, None)))
        elif reason:
            left_out.setdefault(reason, []).append(entry)
    return Choice(chosen, left_out)


def rises(entries: Sequence[Entry], context: Context, asked: Asked, by: dates.By | None) -> list[Chosen]:
    """Return the rises of running totals within each requested range, or within each month, quarter or year.

    If a running total starts within the range itself, its latest statement counts and nothing is derived. Corrected
    statements do not count.
    """
    by_key = {entry.figure.key: entry for entry in entries if entry.figure.count == "cumulative"}
    read = [resolved(entry.figure, context.wholes) for entry in by_key.values()]
    corrected = context.corrected if by_key else frozenset()
    read = [figure for figure in read if figure.key not in corrected]
    wanted = [figure for figure in read if _refusal(figure, by_key[figure.key], asked) is None]
    found: list[Chosen] = []
    for statements in series.find(wanted):
        ends = [end for end in map(series.as_of, statements) if end is not None]
        for first, last in _stretches(ends, asked, by):
            start = statements[0].period.start if statements[0].period is not None else None
            rise = None if start is not None and start >= first else series.difference(statements, first, last)
            if rise is not None and rise.period is not None:
                latest = next(one for one in reversed(statements) if series.as_of(one) == rise.period.end)
                entry = by_key[latest.key]._replace(figure=rise)
                found.append(Chosen(rise, entry, rise.period, possible=False, by_report_date=False, of=latest))
    return found


def _stretches(ends: Sequence[int], asked: Asked, by: dates.By | None) -> list[tuple[int, int]]:
    """Return the ranges that need rises: the ranges of the request, divided by month, quarter or year."""
    ranges = asked.ranges
    if asked.every_range and ranges:  # the days that all ranges share, if any
        ranges = ((max(first for first, _ in ranges), min(last for _, last in ranges)),)
    if by is None:
        return list(ranges)
    buckets = {dates.bucket_range(end, by) for end in ends}
    if not ranges:
        return sorted(buckets)
    return sorted(one for one in buckets if any(first <= one[0] and one[1] <= last for first, last in ranges))


def groups_of(chosen: Sequence[Chosen], by: str, wholes: Mapping[Key, Figure]) -> list[str | None]:
    """Return the values that a split groups figures by: each figure's own, or its event's."""
    if by == "month" or by == "quarter" or by == "year":
        labels: dict[Period, str | None] = {one.when: None for one in chosen}  # far fewer than figures
        labels = {when: dates.bucket(when, by) for when in labels}
        return [labels[one.when] for one in chosen]
    if by == "kind":
        return [one.entry.kind for one in chosen]
    figures = [one.figure for one in chosen]
    return [one.stated_by for one in figures] if by == "actor" else [_own(one, by, wholes) for one in figures]


def crossing(chosen: Sequence[Chosen], by: str, context: Context) -> frozenset[Key]:
    """Return the figures that may count the same as a figure with a different value for a split.

    These are parts of a figure with a different value, figures of events that restating links connect, directly or
    through other events, to an event with a different value, and figures of overlapping provinces.
    """
    leaders = _restated(context.links)
    overlapping = _overlapping({_own(one.figure, by, context.wholes) for one in chosen}) if by == "province" else NONE
    values: dict[str, set[str]] = defaultdict(set)
    found: set[Key] = set()
    for one in chosen:
        leader = leaders.get(one.figure.event)
        if overlapping and _own(one.figure, by, context.wholes) in overlapping:
            found.add(one.figure.key)
        if one.figure.part_of is None and leader is None:
            continue
        around = (one.figure, *ancestors(one.figure, context.wholes))
        named = {value.casefold() for figure in around if (value := _own(figure, by, context.wholes)) is not None}
        if len(named) > 1:
            found.add(one.figure.key)
        if leader is not None:
            values[leader] |= named
    differ = {leader for leader, named in values.items() if len(named) > 1}
    return frozenset(found.union(one.figure.key for one in chosen if leaders.get(one.figure.event) in differ))


def _overlapping(names: Iterable[str | None]) -> frozenset[str]:
    """Return the provinces that overlap others of them, such as Tarlac, PH and its region, Central Luzon, PH."""
    parts = {name: scope.divisions_of(name) for name in names if name is not None}
    regions = [name for name, inside in parts.items() if len(inside) > 1]
    pairs = ((one, other) for one in regions for other in parts if other != one and parts[one] & parts[other])
    return frozenset(name for pair in pairs for name in pair)


def _restated(links: Iterable[Link]) -> dict[str, str]:
    """Map all events that restating links connect, at any distance, to the same one of them."""
    leaders: dict[str, str] = {}

    def lead(event: str) -> str:
        while (above := leaders.setdefault(event, event)) != event:
            event = above
        return event

    for link in links:
        if link.type in RESTATING:
            leaders[lead(link.target)] = lead(link.event)
    return {event: lead(event) for event in leaders}


def _own(figure: Figure, by: str, wholes: Mapping[Key, Figure]) -> str | None:
    """Return the value of a figure, or of its whole, for a split by place or nationality."""
    read = resolved(figure, wholes) if figure.part_of is not None else figure
    value: str | None = scope.country_of(read) if by == "country" else getattr(read, by)
    return value


def _refusal(figure: Figure, entry: Entry, asked: Asked) -> str | None:
    """Return why a figure is left out, or an empty text if it simply has a value that was not asked for."""
    if asked.countries and (country := scope.country_of(figure)) not in asked.countries:
        return "" if country else "without a country"
    if asked.provinces and figure.province not in asked.provinces:
        return "" if figure.province else "without a province"
    if asked.nationalities and (figure.nationality or "").casefold() not in asked.nationalities:
        return "" if figure.nationality else "without a nationality"
    if asked.undisputed and entry.disputed:
        return "disputed"
    return None


def _outside(when: Period, ranges: Sequence[tuple[int, int]], *, by_report_date: bool) -> str:
    if by_report_date:
        return "without a period and reported outside the dates"
    overlaps = any(
        (when.start is None or when.start <= last) and (when.end is None or first <= when.end) for first, last in ranges
    )
    return "with days only partly inside the dates" if overlaps else "with days outside the dates"


def _inside(when: Period, asked: Asked) -> bool:
    if when.start is None or when.end is None:
        return False
    inside = (first <= when.start and when.end <= last for first, last in asked.ranges)
    return all(inside) if asked.every_range else any(inside)
