"""Figures given back to their events, from two tables.

In the order in which they were written, the tables are read side by side, however long they are. Where somebody has
sorted one of them, the figures are held in memory: of a million some hundreds of megabytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.imports import Part
from scamcli.tables import figure, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scamcli.imports.own_sheets import Sheet

Numbered = tuple[int, Any]


def joined(events: Sheet, figures: Sheet) -> list[Part]:
    """The events with their figures, and what figures belong to no event.

    Raises:
        DataError: one of the tables cannot be read to its end.
    """
    if _side_by_side(events.keys(), figures.keys()):
        return [Part(events.name, _events(events, figures, _Next(figures).of))]
    of_events: dict[str, list[Numbered]] = {}
    for number, row in figures.rows():
        of_events.setdefault(figures.key(row), []).append((number, row))
    strays = {key: of_events[key] for key in of_events.keys() - set(events.keys())}
    parts = [Part(events.name, _events(events, figures, lambda key: of_events.pop(key, ())))]
    return [*parts, Part(figures.name, _strays(events, strays))] if strays else parts


def _side_by_side(events: Iterator[str], figures: Iterator[str]) -> bool:
    """Whether the figures stand in the order of their events, and each has one."""
    waiting = next(figures, None)
    for event in events:
        while waiting == event:
            waiting = next(figures, None)
    return waiting is None


class _Next:
    """The figures of one event after the other.

    Args:
        figures: in the order of the events.
    """

    def __init__(self, figures: Sheet) -> None:
        self._key = figures.key
        self._rows = figures.rows()
        self._waiting = next(self._rows, None)

    def of(self, event: str) -> Iterator[Numbered]:
        """Those of the next event that has any."""
        while self._waiting is not None and self._key(self._waiting[1]) == event:
            yield self._waiting
            self._waiting = next(self._rows, None)


def _events(
    events: Sheet, figures: Sheet, of: Callable[[str], Iterable[Numbered]]
) -> Iterator[tuple[int, dict[str, Any] | DataError]]:
    for number, row in events.rows():
        its_figures = list(of(events.key(row)))
        try:
            made = record(events.table, events.values(row))
            made["figures"] = [_figure(figures, *numbered) for numbered in its_figures]
            yield number, made
        except ValueError as error:
            yield number, DataError(str(error))


def _figure(figures: Sheet, number: int, row: Any) -> dict[str, Any]:
    try:
        return figure(figures.values(row))
    except ValueError as error:
        raise ValueError(f"{figures.name}:{number}: {error}") from None


def _strays(events: Sheet, strays: dict[str, list[Numbered]]) -> Iterator[tuple[int, DataError]]:
    """What is wrong with each figure that has no event, by the number of its row."""
    numbered = sorted((number, key) for key, rows in strays.items() for number, _ in rows)
    for number, key in numbered:
        said = f"no event {key[:80]!r} in {events.name}" if key else "no `event`"
        yield number, DataError(f"{said}; expected the id of the event that the figure belongs to")
