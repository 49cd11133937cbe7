"""Find incidents of different events that may be one incident, recorded twice.

Two incidents are suspected to be one if all of these conditions hold:

- They have the same metric and unit, and their dates are at most `MOST_DAYS` days apart.
- Their countries, provinces, nationalities, groups, and towns or sites are compatible.
- Their numbers are equal. Numbers of `SMALL` or more may also differ by `SIMILAR` of the larger one, if both events
  name the same province, town or site. Equal numbers below `SMALL` are common, so for these both events must name the
  same town or site, or have the same date and title.

Rows of one table are normally different incidents, so two of them are suspected only if they are equal in every field.
Two rows of a data set that is declared as disjoint are never suspected.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import chain, combinations, islice
from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures.claims import normalise_words
from scamcli.figures.scope import country_of, divisions_of, exclude, peoples_of
from scamcli.language.dates import iso
from scamcli.language.wording.bounds import render_number

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence

    from scamcli.figures.records import Figure, Key
    from scamcli.language.wording.bounds import Number

MOST_DAYS = 3
"""How many days apart two reports may date the same incident."""

SMALL = 10
"""Numbers below this are often equal by chance."""

SIMILAR = 0.1
"""The share of the larger number by which two reports of one incident may differ."""

_STEP = math.log(1 / (1 - SIMILAR))


class Incident(NamedTuple):
    """A figure that counts an incident.

    Attributes:
        figure: The figure.
        table: The table that its event is a row of, if any.
        marks: Marks of `MARK` bytes that stand for texts of its event, first one for the title, then one for each town
            and site. The marks of equal texts are equal, ignoring case. ``None`` if they are not known.
    """

    figure: Figure
    table: str | None
    marks: bytes | None = None


MARK = 4
"""The number of bytes of a mark. Two different texts have the same mark in one of four billion cases."""


class Detail(NamedTuple):
    """Details of an event, looked up only for incidents that are alike in everything else.

    Attributes:
        places: The towns and sites of the event, in lower case.
        provinces: Its provinces.
        title: Its title.
        row: A value that is equal in two rows of a table only if every field is.
    """

    places: frozenset[str]
    provinces: frozenset[str]
    title: str
    row: str


class Candidate(NamedTuple):
    """Two incidents, in order of their keys, that are suspected if their details match."""

    one: Incident
    other: Incident


class TooManyPairsError(Exception):
    """Raised if too many pairs of incidents have similar numbers and dates to compare each pair."""


def candidates(
    incidents: Iterable[Incident], of: Collection[str] | None = None, *, most: int | None = None
) -> list[Candidate]:
    """Return the pairs of incidents that are alike in metric, date, number and names.

    If all marks are known, pairs of small numbers are left out unless their events may name the same town or site, or
    have the same date and title. Nearly all pairs in a large timeline are left out in this way.

    Args:
        incidents: All incidents.
        of: Events, at least one of which must be in each pair; any event by default.
        most: How many pairs may be compared; any number by default.

    Raises:
        TooManyPairsError: There are more pairs to compare.
    """
    found: dict[tuple[Key, Key], Candidate] = {}
    near = _near(list(incidents) if of is None else _among_similar(list(incidents), of))
    for number, (one, other) in enumerate(near):
        if most is not None and number >= most:
            raise TooManyPairsError
        if _excluded(one.figure, other.figure) or one.figure.event == other.figure.event:
            continue
        if of is not None and one.figure.event not in of and other.figure.event not in of:
            continue
        pair = Candidate(one, other) if one.figure.key < other.figure.key else Candidate(other, one)
        found[pair.one.figure.key, pair.other.figure.key] = pair
    return [found[keys] for keys in sorted(found)]


def confirmed(pairs: Iterable[Candidate], details: Mapping[str, Detail]) -> list[tuple[Key, Key]]:
    """Return the keys of the candidates that are suspected.

    Args:
        pairs: The candidates.
        details: The details of each of their events, by id.
    """
    return [
        (pair.one.figure.key, pair.other.figure.key)
        for pair in pairs
        if _is_suspected(pair, details[pair.one.figure.event], details[pair.other.figure.event])
    ]


def _is_suspected(pair: Candidate, one: Detail, other: Detail) -> bool:
    first, second = pair.one.figure, pair.other.figure
    if pair.one.table is not None and pair.one.table == pair.other.table:
        return one.row == other.row
    shares_place = not one.places.isdisjoint(other.places)
    if one.places and other.places and not shares_place:
        return False
    shares_province = not one.provinces.isdisjoint(other.provinces)
    if one.provinces and other.provinces and not shares_province:
        return False
    numbers = central(first) or 0, central(second) or 0
    if numbers[0] != numbers[1]:
        return shares_place or shares_province
    is_same_entry = first.day == second.day and _same(one.title, other.title)
    return min(numbers) >= SMALL or shares_place or is_same_entry


def central(figure: Figure) -> Number | None:
    """Return the best of a figure, or its low, or its high: the first that is known."""
    if figure.best is not None:
        return figure.best
    return figure.high if figure.low is None else figure.low


def describe(one: Figure, other: Figure) -> str:
    """Describe what two suspected figures have in common: their numbers, dates and place, or their speaker."""
    if one.count != "incident":
        return f"{one.stated_by} gives {render_number(central(one) or 0)} {one.metric} in both, without a period"
    numbers = list(dict.fromkeys(render_number(central(figure) or 0) for figure in (one, other)))
    days = list(dict.fromkeys(_days(figure) for figure in (one, other)))
    place = next((f" in {name}" for name in (one.province, other.province) if name), "")
    return f"they count {' and '.join(numbers)} {one.metric} on {' and '.join(days)}{place}"


def _days(figure: Figure) -> str:
    first, last = (figure.day.start or 0, figure.day.end) if figure.day else (0, None)
    return iso(first) if last is None or last == first else f"{iso(first)}/{iso(last)}"


_Dated = tuple[int, int, int, Incident]
"""An incident with known days: its first day, its position among all incidents, its last day, and the incident."""

_Small = tuple[bytes, "Number", _Dated]
"""The marks and the number of an incident with a small number, and the incident."""

_ByBucket = dict[tuple[int, str], list[_Dated]]
"""Incidents of one metric and unit by the bucket of their number and by table."""


def _near(incidents: Sequence[Incident]) -> Iterator[tuple[Incident, Incident]]:
    """Yield pairs with equal or similar numbers and with dates that are near each other.

    A row of a table is compared with incidents from elsewhere, and with equal rows of the same table.
    """
    subjects: dict[tuple[str, str | None], _ByBucket] = defaultdict(lambda: defaultdict(list))
    small: list[_Small] = []
    every = [one.marks for one in incidents]
    least = -math.inf if None in every else SMALL
    often = {mark for mark, times in Counter([one[:MARK] for one in every if one]).items() if times > 1}
    for number, dated in _comparable(incidents, least, often):
        figure, table, marks = dated[-1]
        if number < least:
            small.append((marks or b"", number, dated))
        else:
            subjects[figure.metric, figure.unit][_bucket(number), table or ""].append(dated)
    yield from _equal_rows(one for one in incidents if one.table is not None)
    for by_bucket in subjects.values():
        for one, other in _with_near_days(by_bucket):
            if _are_similar(central(one.figure) or 0, central(other.figure) or 0):
                yield one, other
    for pair in chain(_of_same_title(small, often), _of_same_place(small)):
        if pair[0].table is None or pair[0].table != pair[1].table:
            yield pair


def _comparable(
    incidents: Iterable[Incident], least: float, often: Container[bytes]
) -> Iterator[tuple[Number, _Dated]]:
    """Yield the numbers and incidents that `_near` compares.

    Most incidents of a large timeline are not among them: they have a number below ``least``, no place, and a title of
    their own, whose mark is not in ``often``.
    """
    for place, incident in enumerate(incidents):
        figure, _, marks = incident
        number = figure.best or central(figure)
        if not number or (number < least and marks is not None and len(marks) <= MARK and marks not in often):
            continue
        if figure.part_of is None and figure.day is not None:
            start, end, _ = figure.day
            if start is not None and end is not None:
                yield number, (start, place, end, incident)


def _equal_rows(incidents: Iterable[Incident]) -> Iterator[tuple[Incident, Incident]]:
    """Yield the pairs of rows of one table that are equal in every column of a figure, except in declared data sets."""
    rows: dict[tuple[object, ...], list[Incident]] = defaultdict(list)
    for incident in incidents:
        figure, table, _ = incident
        if table is None or figure.dataset is not None or figure.part_of is not None or not central(figure):
            continue
        if figure.day is not None and None not in figure.day:
            same = rows[table, figure[1:]]  # everything but the event
            yield from ((earlier, incident) for earlier in same)
            same.append(incident)


def _of_same_title(small: Iterable[_Small], often: Container[bytes]) -> Iterator[tuple[Incident, Incident]]:
    """Yield the pairs of equal small numbers with the same days and title; `often` has marks of repeated titles."""
    equal: dict[tuple[object, ...], list[Incident]] = defaultdict(list)
    for marks, number, (*_, incident) in small if often else ():
        if marks[:MARK] in often:
            figure = incident.figure
            equal[marks[:MARK], number, figure.day, figure.unit, figure.metric].append(incident)
    for alike in equal.values():
        yield from combinations(alike, 2)


def _of_same_place(small: Iterable[_Small]) -> Iterator[tuple[Incident, Incident]]:
    """Yield pairs of equal small numbers of near days and one place, once for each place that both name."""
    by_place: dict[tuple[object, ...], list[_Dated]] = defaultdict(list)
    for marks, number, dated in small:
        if len(marks) > MARK:
            figure = dated[-1].figure
            for at in range(MARK, len(marks), MARK):
                by_place[marks[at : at + MARK], number, figure.unit, figure.metric].append(dated)
    for near in by_place.values():
        if len(near) > 1:
            yield from _pairs_within(sorted(near))


def _with_near_days(by_bucket: _ByBucket) -> Iterator[tuple[Incident, Incident]]:
    """Yield pairs from the same or adjacent buckets, but not from one table, where one begins soon after the other."""
    lists = [(*key, sorted(by_bucket[key])) for key in sorted(by_bucket)]
    for place, (bucket, table, dated) in enumerate(lists, start=1):
        if not table:
            yield from _pairs_within(dated)
        for other_bucket, other_table, others in islice(lists, place, None):
            if other_bucket > bucket + 1:
                break
            if not table or table != other_table:
                yield from _pairs_between(dated, others)
                yield from _pairs_between(others, dated)


def _pairs_within(dated: Sequence[_Dated]) -> Iterator[tuple[Incident, Incident]]:
    for following, (_, _, end, incident) in enumerate(dated, start=1):
        last = end + MOST_DAYS
        while following < len(dated) and dated[following][0] <= last:
            yield incident, dated[following][-1]
            following += 1


def _pairs_between(dated: Sequence[_Dated], others: Sequence[_Dated]) -> Iterator[tuple[Incident, Incident]]:
    """Yield pairs of an incident from the first list and a later one from the second that begins soon after it."""
    for one in dated:
        following, last = bisect(others, one), one[2] + MOST_DAYS
        while following < len(others) and others[following][0] <= last:
            yield one[-1], others[following][-1]
            following += 1


def _among_similar(incidents: Sequence[Incident], of: Collection[str]) -> list[Incident]:
    """Return the incidents whose numbers may be similar to those of these events: a cheap first selection."""
    buckets = {_bucket(central(one.figure) or 0) for one in incidents if one.figure.event in of}
    near = {bucket + step for bucket in buckets for step in (-1, 0, 1)}
    return [one for one in incidents if _bucket(central(one.figure) or 0) in near]


@lru_cache(maxsize=4096)
def _bucket(number: Number) -> int:
    """Return the bucket of a number. Similar numbers have the same or adjacent buckets, small ones their own."""
    return -int(number * 1000) - 1 if number < SMALL else int(math.log(number) / _STEP)


def _are_similar(one: Number, other: Number) -> bool:
    if one == other:
        return True
    return min(one, other) >= SMALL and abs(one - other) <= SIMILAR * max(one, other)


def _excluded(one: Figure, other: Figure) -> bool:
    """Say whether the names of two figures show that they count different occurrences."""
    return (
        (
            _differ(one.nationality, other.nationality)
            and exclude(peoples_of(one.nationality), peoples_of(other.nationality))
        )
        or (
            _differ(one.province, other.province)
            and exclude(divisions_of(one.province), divisions_of(other.province))
        )
        or _differ(one.group, other.group) or _differ(country_of(one), country_of(other))
    )  # fmt: skip


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other and not _same(one, other)


def _same(one: str | None, other: str | None) -> bool:
    return normalise_words(one) == normalise_words(other)
