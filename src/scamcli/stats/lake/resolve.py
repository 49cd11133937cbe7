"""Find the independent incidents of a timeline, and what all its other claims add to their sums.

An incident is *independent* if it is plain in every table (step 1 of "Method" in ``docs/honest-numbers.md``). Totals
add independent incidents, so any engine can. Everything else is the *remainder*, which needs the arithmetic of
`scamcli.figures`.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scamcli.figures import Figure, Key, Number
from scamcli.figures.totals import divide
from scamcli.language.wording.bounds import total as added
from scamcli.language.wording.numerals import tidy
from scamcli.query.filters import Query
from scamcli.query.resolve import Lookup
from scamcli.stats import rows
from scamcli.stats.inquiry import Inquiry, Request, inquire
from scamcli.stats.read_figures import RELATING_TYPES
from scamcli.stats.selection import Chosen

Place = tuple[int, int]
"""The key of an event, and the position of a figure in it."""

GROUPS = ("none", "country", "year")
"""The splits that a lake has the terms of the remainder for; ``none`` is called ``all`` there."""


class Claims(NamedTuple):
    """What the claims of a timeline come to.

    Attributes:
        remainder: the figures that are not independent.
        related: the keys of the events that are linked, or have parts or splits.
        units: the unit of each metric, by its name in records.
        terms: rows of `scamcli.stats.lake.columns.claims`.
        links: rows of `scamcli.stats.lake.columns.links`.
        metrics: the metrics as they are printed: unit, split and count by name.
    """

    remainder: set[Place]
    related: set[int]
    units: dict[str, str]
    terms: list[tuple[object, ...]]
    links: list[tuple[object, ...]]
    metrics: dict[str, list[str | None]]


def resolve(connection: sqlite3.Connection, lookup: Lookup) -> Claims:
    """Resolve the claims of all metrics, one metric after another."""
    found = Claims(set(), _related(connection), {}, [], list(_links(connection, lookup)), {})
    metrics = connection.execute("SELECT DISTINCT metric FROM figure WHERE draft = 0 ORDER BY metric").fetchall()
    for (name,) in metrics:
        inquiry = inquire(connection, lookup, Request(name, by="none"), Query())
        keys = {entry.figure.event: entry.key for entry in inquiry.read.entries}
        _, others = divide([entry.figure for entry in inquiry.read.entries], inquiry.read.context)
        place = _Places(connection, name, keys)
        found.remainder.update(place(figure.key) for figure in others)
        found.units[name] = inquiry.metric.unit
        found.metrics[inquiry.name] = [
            inquiry.read.shown(inquiry.metric.unit),
            inquiry.metric.split,
            inquiry.metric.count,
        ]
        found.terms.extend(_terms(inquiry, {figure.key for figure in others}))
        pairs = ((place(one), place(other)) for one, other in inquiry.read.context.suspected)
        found.links.extend(("suspected", *one, *other, None) for one, other in pairs)
    return found


class _Places:
    """Finds the place of a figure of a metric; ``keys`` are the keys of its events by id."""

    def __init__(self, connection: sqlite3.Connection, metric: str, keys: dict[str, int]) -> None:
        self._connection = connection
        self._metric = metric
        self._keys = keys

    def __call__(self, figure: Key) -> Place:
        """Return the key of the event and the position of the figure."""
        event = self._keys[figure[0]]
        sql = "SELECT n FROM figure WHERE metric = ? AND event = ? AND id = ?"
        return event, int(self._connection.execute(sql, [self._metric, event, figure[1]]).fetchone()[0])


def _terms(inquiry: Inquiry, others: set[Key]) -> Iterator[tuple[object, ...]]:
    """Yield the terms of each group of a metric that has more than independent incidents."""
    for by in GROUPS:
        asked = inquiry._replace(splits=() if by == "none" else (by,))
        for key, group in asked.group(asked.choose().chosen).items():
            for part in rows.combinable(group):
                certain = [one for one in part if not one.possible]
                if certain and certain[0].figure.count != "none":
                    plain = [one.figure for one in certain if one.of is None and one.figure.key not in others]
                    if len(plain) < len(certain):
                        yield _row(inquiry, by, key, certain, plain)


def _row(
    inquiry: Inquiry, by: str, key: tuple[str | None, ...], certain: Sequence[Chosen], plain: Sequence[Figure]
) -> tuple[object, ...]:
    """Return what to add to the sums over the independent incidents of a group to get its total.

    A best or high is known if the numbers of unknown ones add up to zero.
    """
    figures = [one.figure for one in certain]
    found = rows.numbers(figures, inquiry.read.context)
    bests, highs = [one.best for one in plain], [one.high for one in plain]
    is_stock = figures[0].count == "stock"
    return (
        inquiry.name, inquiry.read.unit(figures), is_stock, "all" if by == "none" else by, key[0] if key else "all",
        _less(found.low, [one.low for one in plain]), _less(found.best, bests), _less(found.high, highs),
        _less(found.unadjusted, [one.low for one in plain]),
        1 if found.best is None else -bests.count(None), 1 if found.high is None else -highs.count(None),
        found.claims - len(plain), found.contested,
    )  # fmt: skip


def _less(number: Number | None, counted: Sequence[Number | None]) -> Number | None:
    return None if number is None else tidy(number - (added(counted) or 0))


def _related(connection: sqlite3.Connection) -> set[int]:
    """Return the keys of the events that are linked, or have parts or splits."""
    found = connection.execute(
        f"SELECT event FROM link WHERE type IN ({RELATING_TYPES}) UNION"  # noqa: S608 - our words
        f" SELECT event.key FROM link JOIN event ON event.id = link.target WHERE link.type IN ({RELATING_TYPES}) UNION"
        " SELECT event FROM figure WHERE part_of IS NOT NULL OR split_by IS NOT NULL"
    )
    return {key for (key,) in found}


def _links(connection: sqlite3.Connection, lookup: Lookup) -> Iterator[tuple[object, ...]]:
    """Yield the links that affect totals. One to a figure that does not exist has the position -1."""
    found = connection.execute(
        "SELECT l.type, l.event, NULL, t.key, iif(l.figure IS NULL, NULL, coalesce(f.n, -1)), l.target"  # noqa: S608 - our words
        " FROM link l CROSS JOIN event e ON e.key = l.event LEFT JOIN event t ON t.id = l.target AND t.draft = 0"
        " LEFT JOIN figure f ON f.event = t.key AND f.id = l.figure"
        f" WHERE e.draft = 0 AND l.type IN ({RELATING_TYPES}) ORDER BY l.event, l.n"
    )
    for *places, target in found:
        yield (*places, lookup.shown(target))
