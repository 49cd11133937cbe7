"""Read the figures of a lake that are not independent, with the links, wholes and suspected pairs that they need."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from scamcli.figures import Context, Figure, Link, Period
from scamcli.language.vocabulary import Metric
from scamcli.stats.lake.engine import Engine, day, number
from scamcli.stats.lake.resolve import Place
from scamcli.stats.read_figures import Entry, figure_of

_COLUMNS = (
    "key, n, first, last, sure, kind, dataset, event, id, metric, unit, stated, low, best, high, province, nationality,"
    ' "group", period, count, stated_by, part_of, split_by, CASE WHEN len("of") > 0 THEN to_json("of")::VARCHAR END,'
    " split_complete, country"
)
"""What is read of a figure: its place and what describes its event, then what `figure_of` takes."""


class Remainder(NamedTuple):
    """The figures of a metric that are not independent, with their places in order, and their context."""

    entries: list[tuple[Place, Entry]]
    context: Context


def read(engine: Engine, metric: Metric, kinds: str) -> Remainder:
    """Read the remainder of a metric.

    Args:
        engine: The lake.
        metric: The metric.
        kinds: A condition in SQL on the kind of the event.
    """
    sql = f"SELECT {_COLUMNS} FROM figures WHERE metric = ? AND NOT independent AND {kinds} ORDER BY key, n"  # noqa: S608 - ours
    rows = [_read(row, metric.unit) for row in engine.ask(sql, [metric.name])]
    keys = {place[0] for place, *_ in rows}
    links = _Links(engine.ask("SELECT * FROM links"))
    linked = links.connected(keys)
    divided = {place[0] for place, figure, _ in rows if figure.part_of or figure.split}
    wholes = _wholes(engine, linked | divided, metric.unit)
    figures = {place: figure for place, figure, _ in rows}
    events = {place[0]: figure.event for place, figure in (*wholes.items(), *figures.items())}
    found = links.read(linked, events, wholes | figures)
    disputed = {(link.target, link.figure) for link in found if link.type == "disputes"}
    entries = [
        (
            place,
            Entry(figure, place[0], figure.day or Period(None, None, False), kind,
                  bool(disputed) and ((figure.event, None) in disputed or figure.key in disputed)),
        )
        for place, figure, kind in rows
    ]  # fmt: skip
    known = {figure.key: figure for figure in (figures.get(place, whole) for place, whole in wholes.items())}
    pairs = [(figures[one].key, figures[other].key) for one, other in links.suspected if {one, other} <= figures.keys()]
    return Remainder(entries, Context(known, found, sorted(pairs)))


def _read(row: tuple[Any, ...], unit: str) -> tuple[Place, Figure, str]:
    key, n, first, last, sure, kind, dataset, *values = row
    values[5:8] = map(number, values[5:8])
    return (key, n), figure_of(values, unit, Period(day(first), day(last), sure), dataset), kind


def _wholes(engine: Engine, keys: Iterable[int], unit: str) -> dict[Place, Figure]:
    """Return all figures of some events that are linked, or have parts or splits."""
    wanted = sorted(keys)
    if not wanted:
        return {}
    sql = f"SELECT {_COLUMNS} FROM figures WHERE related AND key IN (SELECT unnest(?)) ORDER BY key, n"  # noqa: S608 - ours
    read = (_read(row, unit) for row in engine.ask(sql, [wanted]))
    return {place: figure for place, figure, _ in read}


class _Links:
    """The links and suspected pairs of a lake. An event that the lake does not have is known by its id alone."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._links: list[tuple[str, int, int | str, int | None]] = []
        self.suspected: list[tuple[Place, Place]] = []
        for type_, key, n, target_key, target_n, target in rows:
            if type_ == "suspected":
                self.suspected.append(((key, n), (target_key, target_n)))
            else:
                self._links.append((type_, key, target if target_key is None else target_key, target_n))

    def connected(self, keys: set[int]) -> set[int]:
        """Return the events that links connect with these, at any distance, and these themselves if they are linked."""
        neighbours: dict[int | str, set[int | str]] = defaultdict(set)
        for _, key, target, _ in self._links:
            neighbours[key].add(target)
            neighbours[target].add(key)
        reached = set[int | str]()
        waiting: set[int | str] = {key for key in keys if key in neighbours}
        while waiting:
            reached |= waiting
            waiting = set[int | str]().union(*(neighbours[event] for event in waiting)) - reached
        return {event for event in reached if isinstance(event, int)}

    def read(self, linked: set[int], events: dict[int, str], figures: dict[Place, Figure]) -> list[Link]:
        """Return the links of these events, with the ids of events and figures."""
        found = []
        for type_, key, target, n in self._links:
            if key in linked:
                event = target if isinstance(target, str) else _id_of(target, events)
                figure = None
                if n is not None:  # a figure that does not exist has no id
                    figure = figures[target, n].id if isinstance(target, int) and (target, n) in figures else ""
                found.append(Link(type_, _id_of(key, events), event, figure))
        return found


def _id_of(key: int, events: dict[int, str]) -> str:
    """Return the id of an event; one without figures gets another, because nothing needs its own."""
    return events.get(key, f"event {key}")
