"""Read which incidents of a timeline may be one event, recorded twice, by the rule in `scamcli.numbers.suspicion`."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from sys import intern
from typing import Any

from scamcli.language import dates
from scamcli.language.vocabulary import Metric
from scamcli.numbers import suspicion
from scamcli.numbers.links import JOINING, RELATING
from scamcli.numbers.records import Key, Link
from scamcli.numbers.scope import country_of_division
from scamcli.numbers.suspicion import TOLL_DAYS, Report, Suspicion
from scamcli.store import terms
from scamcli.store.keys import OPEN_END, SEQUENCE_BITS, Rel

MOST_LONG = 31
"""How many days before the first relevant day an event may have begun, where only near events are read."""

_FIGURES = (
    "SELECT f.event, f.event_id, f.id, f.unit, f.low, f.best, f.high, f.last, f.country, f.province, f.nationality,"  # noqa: S608 - our words
    " f.stated_by, f.period, f.dataset, json_extract(e.record, '$.title')"
    " FROM figure f CROSS JOIN event e ON e.key = f.event"
    " WHERE f.metric = ? AND f.count = 'incident' AND f.part_of IS NULL AND f.draft = 0 AND f.disjoint = 0"
    f" AND f.last < {OPEN_END} AND coalesce(f.best, f.low, f.high) IS NOT NULL"
)
"""The incidents of a metric with a number and a last day, but for rows that are declared to be different events.

An incident without a place of its own is stored with that of its event.
"""

_NAMES = (
    "SELECT et.event, t.type, t.name FROM json_each(?) one"  # noqa: S608 - our words
    " CROSS JOIN event_term et ON et.event = one.value CROSS JOIN term t ON t.id = et.term"
    f" WHERE (et.rel = {Rel.CONCERNS} AND t.type = 'place')"
    f" OR (et.rel = {Rel.CONCERNS} AND t.type = 'province')"
    f" OR (et.rel = {Rel.CONCERNS} AND t.type = 'site' AND et.roles = 0)"
    f" OR (et.rel = {Rel.ORIGINAL} AND t.type = 'actor')"
)
"""What events name: provinces, towns, sites where they happened, and outlets that report them first-hand."""

_LINKS = (
    "SELECT l.type, l.target FROM event e CROSS JOIN link l ON l.event = e.key WHERE e.id = ?1 AND e.draft = 0"
    " UNION SELECT l.type, e.id FROM link l CROSS JOIN event e ON e.key = l.event WHERE l.target = ?1 AND e.draft = 0"
)
"""The types of all links of an event, from it and to it, with the events at their other ends."""

Row = tuple[Any, ...]
"""The columns of an incident, as `_FIGURES` selects them."""

Names = Mapping[int, Mapping[str, Sequence[str]]]
"""What events name: by key, then by type."""


def pairs(connection: sqlite3.Connection, metric: Metric, links: Sequence[Link]) -> list[tuple[Key, Key]]:
    """Return the keys of incidents of a metric that may be of one event and that none of these links settles."""
    return [pair.keys for pair in of_metric(connection, metric, links)]


def of_metric(connection: sqlite3.Connection, metric: Metric, links: Iterable[Link]) -> list[Suspicion]:
    """Return the pairs of incidents of a metric that may be of one event and that none of these links settles."""
    links_of: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for link in links:
        links_of[link.event].append((link.type, link.target))
        links_of[link.target].append((link.type, link.event))
    rows = connection.execute(_FIGURES, [metric.name]).fetchall()
    return suspicion.find(_reports(connection, metric, rows), Settled(lambda event: links_of.get(event, [])))


def of_events(connection: sqlite3.Connection, keys: Sequence[int]) -> list[Suspicion]:
    """Return the pairs of incidents that may be of one event, at least one of which is of the events with these keys.

    Only what is near in time is read, so that adding an event to a large timeline stays fast. An event that began more
    than `MOST_LONG` days earlier is missed here, and found by `of_metric`.
    """
    own = set(keys)
    settled = Settled(lambda event: connection.execute(_LINKS, [event]).fetchall())
    found: list[Suspicion] = []
    for name, stretches in _stretches(connection, keys).items():
        metric = terms.metric(connection, name) or Metric(name, name, None, "incident", "")
        rows = [row for stretch in stretches for row in _rows_within(connection, name, stretch)]
        events = {event_id for key, event_id, *_ in rows if key in own}
        found += suspicion.find(_reports(connection, metric, rows), settled, events)
    return found


class Settled:
    """Says whether a link says how two events are related, itself or through events that other links make the same.

    Args:
        links_of: Returns the types of all links of an event, from it and to it, with the events at their other ends.
    """

    def __init__(self, links_of: Callable[[str], Sequence[tuple[str, str]]]) -> None:
        self._links_of = cache(links_of)

    def __call__(self, one: str, other: str) -> bool:
        """Say whether links relate two events."""
        same, others = self._same_as(one), self._same_as(other)
        if other in same:
            return True
        return any(target in others for event in same for type_, target in self._links_of(event) if type_ in RELATING)

    def _same_as(self, event: str) -> set[str]:
        """Return the events that links say are the same as an event, and the event itself."""
        found, waiting = {event}, [event]
        while waiting:
            for type_, target in self._links_of(waiting.pop()):
                if type_ in JOINING and target not in found:
                    found.add(target)
                    waiting.append(target)
        return found


def _stretches(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[str, list[tuple[int, int]]]:
    """Return the days near the incidents of these events, by metric, as stretches of days with gaps between them."""
    sql = (
        "SELECT f.metric, f.event, f.last FROM json_each(?) one CROSS JOIN figure f ON f.event = one.value"
        " WHERE f.count = 'incident' AND f.part_of IS NULL AND f.draft = 0 AND f.disjoint = 0"
    )
    days: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for metric, key, last in connection.execute(sql, [json.dumps(list(keys))]):
        days[metric].append(((key >> SEQUENCE_BITS) - TOLL_DAYS, last + TOLL_DAYS))
    return {metric: _merged(stretches) for metric, stretches in days.items()}


def _merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches of days if rows would be read for both: reading starts `MOST_LONG` days before a stretch."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if merged and first - MOST_LONG <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


def _rows_within(connection: sqlite3.Connection, metric: str, stretch: tuple[int, int]) -> list[Row]:
    first, last = stretch
    first_key = first - MOST_LONG << SEQUENCE_BITS
    last_key = (last + 1 << SEQUENCE_BITS) - 1
    sql = f"{_FIGURES} AND f.event BETWEEN ? AND ? AND f.last >= ?"
    return connection.execute(sql, [metric, first_key, last_key, first]).fetchall()


def _reports(connection: sqlite3.Connection, metric: Metric, rows: Sequence[Row]) -> Iterator[Report]:
    if len(rows) < 2:
        return
    names = _names_of(connection, {key for key, *_ in rows})
    for row in rows:
        yield _report(row, metric, names)


def _report(row: Row, metric: Metric, names: Names) -> Report:
    key, event, figure, unit, low, best, high, last, country, province, nationality, speaker, period, table, title = row
    first = key >> SEQUENCE_BITS
    if period is not None:
        own_days = dates.parse_date(period)
        first = own_days.start if own_days.start is not None else first
        last = own_days.end if own_days.end is not None else last
    named = names.get(key, {})
    provinces = [province] if province is not None else named.get("province", ())
    return Report(
        key=(event, figure),
        metric=metric.name,
        unit=unit or metric.unit,
        low=low,
        best=best,
        high=high,
        first_day=first,
        last_day=last,
        country=country,
        provinces=frozenset(one for one in provinces if country in {None, country_of_division(one)}),
        nationality=nationality,
        speaker=speaker,
        title=title,
        towns=frozenset(named.get("place", ())),
        sites=frozenset(named.get("site", ())),
        outlets=frozenset(named.get("actor", ())),
        table=table,
        is_declared=False,
    )


def _names_of(connection: sqlite3.Connection, keys: Collection[int]) -> Names:
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, type_, name in connection.execute(_NAMES, [json.dumps(sorted(keys))]):
        found[key][type_].append(intern(name))
    return found
