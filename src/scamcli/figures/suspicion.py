"""Incidents of different events that may be one incident, recorded twice.

Two incidents are suspected if all of this holds:

- They have the same metric and unit, and their dates are at most `MOST_DAYS` days apart.
- Their countries, provinces, nationalities, groups, and towns or sites do not exclude each other.
- Their numbers are equal. Numbers from `SMALL` on may also differ by `SIMILAR` of the larger one, if both name the same
  province, town or site. Equal numbers below `SMALL` are common, so both must name the same town or site, or have the
  same date and title.

Rows of one table are different incidents: they are suspected only if they are equal in every field. Rows of a data set
that is declared as disjoint are never suspected of each other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures.claims import normalise_words
from scamcli.figures.scope import country_of
from scamcli.language.dates import iso
from scamcli.language.wording import render_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from scamcli.figures.records import Figure, Key
    from scamcli.language.wording.bounds import Number

MOST_DAYS = 3
"""How many days apart the dates of one incident may be reported."""

SMALL = 10
"""Numbers below this are often equal by chance."""

SIMILAR = 0.1
"""The share of the larger number by which two reports of one incident may differ."""

_STEP = math.log(1 / (1 - SIMILAR))


class Incident(NamedTuple):
    """A figure that counts an incident, and the table that its event is a row of, if it is one."""

    figure: Figure
    table: str | None


class Detail(NamedTuple):
    """What is looked up only for incidents that are alike in everything else.

    Attributes:
        places: The towns and sites of the event, in lower case.
        provinces: Its provinces.
        title: Its title.
        row: What is equal in two rows of a table only if every field is.
    """

    places: frozenset[str]
    provinces: frozenset[str]
    title: str
    row: str


class Candidate(NamedTuple):
    """Two incidents that are suspected if their details say so; in order of their keys."""

    one: Incident
    other: Incident


def candidates(incidents: Iterable[Incident], of: Collection[str] | None = None) -> list[Candidate]:
    """Return the pairs of incidents that are alike in metric, date, number and names.

    Args:
        incidents: All incidents.
        of: Events, one of which must be in each pair; by default any.
    """
    found: list[Candidate] = []
    for one, other in _near(incidents if of is None else _with_similar_numbers(list(incidents), of)):
        events = {one.figure.event, other.figure.event}
        if len(events) == 2 and (of is None or not events.isdisjoint(of)) and not _excluded(one.figure, other.figure):
            first, second = sorted((one, other), key=lambda incident: incident.figure.key)
            found.append(Candidate(first, second))
    return sorted(found, key=lambda pair: (pair.one.figure.key, pair.other.figure.key))


def needs_place(pair: Candidate) -> bool:
    """Say whether only a town or site that both events name can make a pair suspected."""
    first, second = pair.one.figure, pair.other.figure
    is_row = pair.one.table is not None and pair.one.table == pair.other.table
    return not is_row and min(central(first) or 0, central(second) or 0) < SMALL and first.day != second.day


def confirmed(pairs: Iterable[Candidate], details: Mapping[str, Detail]) -> list[tuple[Key, Key]]:
    """Return the keys of the candidates that are suspected.

    Args:
        pairs: The candidates.
        details: What is known of each of their events, by id.
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
    """Return the best of a figure, else its low, else its high."""
    if figure.best is not None:
        return figure.best
    return figure.high if figure.low is None else figure.low


def describe(one: Figure, other: Figure) -> str:
    """Return what is alike in two figures that are suspected: their numbers, dates and place."""
    numbers = list(dict.fromkeys(render_number(central(figure) or 0) for figure in (one, other)))
    days = list(dict.fromkeys(iso((figure.day and figure.day.start) or 0) for figure in (one, other)))
    place = next((f" in {name}" for name in (one.province, other.province) if name), "")
    return f"they count {' and '.join(numbers)} {one.metric} on {' and '.join(days)}{place}"


class _Dated(NamedTuple):
    """An incident with a number and known days, in order of time. ``place`` is its place among all of them."""

    start: int
    end: int
    number: Number
    place: int


def _near(incidents: Iterable[Incident]) -> Iterator[tuple[Incident, Incident]]:
    """Yield pairs with equal or similar numbers whose dates are near each other: one pass in order of time.

    Incidents wait in buckets of similar numbers, by table. Those of one table are only compared with rows of other
    tables, and with rows that have the same day and number.
    """
    comparable = [incident for incident in incidents if _is_comparable(incident.figure)]
    waiting: dict[tuple[object, ...], dict[str | None, list[_Dated]]] = {}
    rows: dict[tuple[object, ...], list[Incident]] = defaultdict(list)
    for dated in sorted(_dated(comparable)):
        incident = comparable[dated.place]
        figure, table = incident
        if table is not None:
            same = rows[table, figure[1:]]  # everything but the event: only equal rows are suspected
            if figure.dataset is None:
                yield from ((earlier, incident) for earlier in same)
            same.append(incident)
        bucket = _bucket(dated.number)
        for near in (bucket - 1, bucket, bucket + 1) if dated.number >= SMALL else (bucket,):
            for other_table, others in waiting.get((figure.metric, figure.unit, near), {}).items():
                if others[0].end + MOST_DAYS < dated.start:
                    others[:] = [other for other in others if other.end + MOST_DAYS >= dated.start] or others[-1:]
                if table is None or table != other_table:
                    yield from (
                        (comparable[other.place], incident)
                        for other in others
                        if other.end + MOST_DAYS >= dated.start and _are_similar(dated.number, other.number)
                    )
        waiting.setdefault((figure.metric, figure.unit, bucket), {}).setdefault(table, []).append(dated)


def _dated(comparable: Sequence[Incident]) -> Iterator[_Dated]:
    for place, (figure, _) in enumerate(comparable):
        day = figure.day
        if day is not None and day.start is not None and day.end is not None:
            yield _Dated(day.start, day.end, central(figure) or 0, place)


def _with_similar_numbers(incidents: Sequence[Incident], of: Collection[str]) -> list[Incident]:
    """Return the incidents whose numbers may be similar to one of these events', so that the others cost little."""
    buckets = {_bucket(central(one.figure) or 0) for one in incidents if one.figure.event in of}
    near = {bucket + step for bucket in buckets for step in (-1, 0, 1)}
    return [one for one in incidents if _bucket(central(one.figure) or 0) in near]


def _is_comparable(figure: Figure) -> bool:
    day = figure.day
    is_dated = day is not None and day.start is not None and day.end is not None
    return is_dated and figure.part_of is None and bool(central(figure))


@lru_cache(maxsize=4096)
def _bucket(number: Number) -> int:
    """Return a bucket: similar numbers are in the same one or in neighbours, and each small number has its own."""
    return -int(number * 1000) - 1 if number < SMALL else int(math.log(number) / _STEP)


def _are_similar(one: Number, other: Number) -> bool:
    if one == other:
        return True
    return min(one, other) >= SMALL and abs(one - other) <= SIMILAR * max(one, other)


def _excluded(one: Figure, other: Figure) -> bool:
    """Say whether the names of two figures show that they count different occurrences."""
    pairs = (
        (country_of(one), country_of(other)), (one.province, other.province), (one.nationality, other.nationality),
        (one.group, other.group),
    )  # fmt: skip
    return any(first is not None and second is not None and not _same(first, second) for first, second in pairs)


def _same(one: str | None, other: str | None) -> bool:
    return normalise_words(one) == normalise_words(other)
