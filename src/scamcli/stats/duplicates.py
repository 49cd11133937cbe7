"""Find events that may report the same incident as events that were just written.

The rule is in `scamcli.figures.suspicion`. To keep adding an event to a large timeline fast, only events with the same
metric and nearby days are read, by their keys, which are in order of the first day. An event that began more than
`MOST_LONG` days earlier is missed here; ``scamcli conflicts`` finds it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures.context import RELATING
from scamcli.figures.suspicion import MOST_DAYS, Incident, candidates, confirmed, describe
from scamcli.records.derivations import originals
from scamcli.stats import read_figures, suspected
from scamcli.stats.read_figures import day_of, figure_of
from scamcli.store import terms
from scamcli.store.keys import SEQUENCE_BITS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from typing import Any

    from scamcli.figures.suspicion import Candidate

    Row = tuple[Any, ...]

MOST_LONG = 31
"""How many days before the first relevant day an event may have begun."""

MOST_LOOKED_AT = 20_000
"""The largest number of new events whose duplicates are looked for at once.

For that many events, the search takes 3 % of the time to import a mapped table, and 10 % for JSON lines. ``conflicts``
finds the other duplicates.
"""

MOST_ROW_PAIRS = 20_000
"""How many pairs of rows of new tables are compared with each other."""

_IS_INCIDENT = "f.count = 'incident' AND f.part_of IS NULL AND f.draft = 0"


class Pair(NamedTuple):
    """An event that was written, another that may report the same incident, and what they have in common."""

    event: str
    other: str
    why: str


def find(connection: sqlite3.Connection, keys: Sequence[int], *, most: int | None = None) -> list[Pair]:
    """Return the events that may report the same incident as those with these keys, as one pair for each two events.

    Pairs that a link settles are left out.

    Raises:
        TooManyPairsError: more than `most` pairs of a metric would have to be compared.
    """
    written = frozenset(keys)
    pairs: dict[frozenset[str], Pair] = {}
    for metric, stretches in _stretches(connection, keys).items():
        key_of: dict[str, int] = {}
        incidents = list(_incidents(connection, metric, stretches, key_of))  # which fills key_of
        if not incidents:
            continue
        own = {event for event, key in key_of.items() if key in written}
        alike = [pair for pair in candidates(incidents, own, most=most) if not _is_settled(connection, pair)]
        events = {event for pair in alike for event in suspected.events(pair)}
        same = set(confirmed(alike, suspected.details(connection, events)))
        for pair in alike:
            if (pair.one.figure.key, pair.other.figure.key) in same:
                # The written event comes first; if both are, the later one, so that it can link to the earlier.
                other, event = sorted(
                    suspected.events(pair), key=lambda event: (key_of[event] in written, key_of[event])
                )
                found = Pair(event, other, describe(pair.one.figure, pair.other.figure))
                pairs.setdefault(frozenset(suspected.events(pair)), found)
    return list(pairs.values())


def of_several_outlets(connection: sqlite3.Connection, keys: Sequence[int]) -> list[Pair]:
    """Return pairs of rows of one table that different outlets report, and that may be one incident.

    They would be suspected duplicates if they were from two tables. Rows of one table count as different incidents. But
    a table of what the media report may list a raid once for each outlet, and would add up its numbers unnoticed.

    Raises:
        TooManyPairsError: more than `MOST_ROW_PAIRS` pairs of a metric would have to be compared.
    """
    written = frozenset(keys)
    found: list[Pair] = []
    for metric, stretches in _stretches(connection, keys).items():
        key_of: dict[str, int] = {}
        rows = [one for one in _incidents(connection, metric, stretches, key_of) if _is_own_row(one, key_of, written)]
        if not rows:
            continue
        tables = {one.figure.event: one.table for one in rows}
        alike = [
            pair
            for pair in candidates([one._replace(table=None) for one in rows], most=MOST_ROW_PAIRS)
            if tables[pair.one.figure.event] == tables[pair.other.figure.event] and not _is_settled(connection, pair)
        ]
        details = suspected.details(connection, {event for pair in alike for event in suspected.events(pair)})
        same = set(confirmed(alike, details))
        for pair in alike:
            one, other = sorted(suspected.events(pair), key=key_of.__getitem__)
            if (
                (pair.one.figure.key, pair.other.figure.key) in same
                and not details[one].places.isdisjoint(details[other].places)
                and _are_of_different_outlets(connection, one, other)
            ):
                found.append(Pair(other, one, describe(pair.one.figure, pair.other.figure)))
    return found


def _is_own_row(one: Incident, key_of: dict[str, int], written: frozenset[int]) -> bool:
    return one.table is not None and one.figure.dataset is None and key_of[one.figure.event] in written


def _are_of_different_outlets(connection: sqlite3.Connection, *events: str) -> bool:
    """Say whether two events have original outlets, and none in common."""
    sql = "SELECT json_extract(record, '$.sources') FROM event WHERE id = ?"
    one, other = (
        {
            source["outlet"].casefold()
            for source in originals(json.loads(connection.execute(sql, [event]).fetchone()[0]))
        }
        for event in events
    )
    return bool(one) and bool(other) and one.isdisjoint(other)


def _stretches(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[str, list[tuple[int, int]]]:
    """Return the days near the incidents of these events, by metric, as stretches of days with gaps between them."""
    days: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for part in (keys[at : at + read_figures.BATCH] for at in range(0, len(keys), read_figures.BATCH)):
        sql = (
            "SELECT f.metric, f.event, f.last FROM figure f"  # noqa: S608 - our words
            f" WHERE {_IS_INCIDENT} AND f.event IN ({', '.join('?' * len(part))})"
        )
        for metric, key, last in connection.execute(sql, part):
            days[metric].append(((key >> SEQUENCE_BITS) - MOST_DAYS, last + MOST_DAYS))
    return {metric: _merged(stretches) for metric, stretches in days.items()}


def _merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        # What was read for one stretch begins MOST_LONG days before it, and must not be read twice.
        if merged and first - MOST_LONG <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _incidents(
    connection: sqlite3.Connection, metric: str, stretches: Sequence[tuple[int, int]], key_of: dict[str, int]
) -> Iterator[Incident]:
    """Yield the incidents of a metric that have others on nearby days, and enter their events in `key_of`."""
    known = terms.metric(connection, metric)
    sql = (
        f"SELECT {read_figures.COLUMNS} FROM figure f"  # noqa: S608 - our words
        f" WHERE f.metric = ? AND f.event BETWEEN ? AND ? AND f.last >= ? AND {_IS_INCIDENT}"
    )
    for first, last in stretches:
        parameters = [metric, first - MOST_LONG << SEQUENCE_BITS, (last + 1 << SEQUENCE_BITS) - 1, first]
        rows = connection.execute(sql, parameters).fetchall()
        for key, last, sure, _, _, table, is_disjoint, *values in _with_neighbours(rows):
            dataset = table if is_disjoint else None
            figure = figure_of(values, known.unit if known else "", day_of(key, last, sure), dataset)
            key_of[figure.event] = key
            yield Incident(figure, table)


def _with_neighbours(rows: list[Row]) -> Iterator[Row]:
    """Yield the rows whose days are near another row's. In a timeline kept by hand, these are few."""
    group: list[Row] = []
    last = 0
    for row in sorted(rows, key=_first_day):
        start, end = _first_day(row), row[1]
        if group and start > last + MOST_DAYS:
            yield from group if len(group) > 1 else ()
            group = []
        last = max(last, end) if group else end
        group.append(row)
    yield from group if len(group) > 1 else ()


def _first_day(row: Row) -> int:
    return int(row[0]) >> SEQUENCE_BITS


def _is_settled(connection: sqlite3.Connection, pair: Candidate) -> bool:
    """Say whether a link between two events says how their numbers relate."""
    marks = ", ".join("?" * len(RELATING))
    sql = f"SELECT 1 FROM link JOIN event ON event.key = link.event WHERE target = ? AND id = ? AND type IN ({marks})"  # noqa: S608 - question marks
    one, other = suspected.events(pair)
    return any(connection.execute(sql, [*both, *RELATING]).fetchone() for both in ((one, other), (other, one)))
