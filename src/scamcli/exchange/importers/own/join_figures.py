"""Give figures back to their events when the two are in separate tables.

If both tables are in the order in which they were written, they are read side by side, however long they are. If
somebody sorted one of them, the figures go to a temporary file, and memory holds only where in it each event's are.
"""

from __future__ import annotations

import json
import weakref
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError
from scamcli.exchange.importers import Part
from scamcli.exchange.tables import figure, record
from scamcli.records import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.exchange.importers.own.sheets import AnySheet
    from scamcli.records.types import JsonObject

MEMORY_LIMIT = 1 << 24
"""Bytes of figures that are kept in memory instead of in a file."""


class _FigureRow(NamedTuple):
    """A row of the table of figures: its number, and its figure or what is wrong with it."""

    number: int
    figure: JsonObject | None
    error: str = ""


def join(events: AnySheet, figures: AnySheet) -> list[Part]:
    """Return the events with their figures, and a part of errors for figures that have no event.

    Raises:
        DataError: one of the tables cannot be read to its end.
    """
    if _are_in_step(events.keys(), figures.keys()):
        return [Part(events.name, _events(events, _InOrder(figures).take), has_only_events=True)]
    spool = _FigureSpool(figures)
    strays = spool.strays(events)
    parts = [Part(events.name, _events(events, spool.take), has_only_events=True)]
    return [*parts, Part(figures.name, iter(strays))] if strays else parts


def _are_in_step(events: Iterator[str], figures: Iterator[str]) -> bool:
    """Return whether the figures are in the order of their events, and each has one."""
    waiting = next(figures, None)
    for event in events:
        while waiting == event:
            waiting = next(figures, None)
    return waiting is None


class _InOrder:
    """The figures of one event after the other, from a table that has the order of the events."""

    def __init__(self, figures: AnySheet) -> None:
        self._figures = figures
        self._rows = figures.rows()
        self._waiting = next(self._rows, None)

    def take(self, event: str) -> Iterator[_FigureRow]:
        """Yield the figures of an event."""
        while self._waiting is not None and self._figures.key(self._waiting[1]) == event:
            yield _read_figure(self._figures, *self._waiting)
            self._waiting = next(self._rows, None)


class _FigureSpool:
    """The figures of any event, from a table in any order."""

    def __init__(self, figures: AnySheet) -> None:
        self._file = SpooledTemporaryFile(MEMORY_LIMIT)  # noqa: SIM115 - it is closed with this object
        weakref.finalize(self, self._file.close)
        self._offsets: dict[str, list[int]] = {}
        offset = 0
        for number, row in figures.rows():
            content = _read_figure(figures, number, row)._asdict()
            line = f"{canonical.line(content)}\n".encode("utf-8", "surrogatepass")
            self._offsets.setdefault(figures.key(row), []).append(offset)
            offset += self._file.write(line)

    def take(self, event: str) -> Iterator[_FigureRow]:
        """Yield the figures of an event in the order of the table, once."""
        return map(self._load, self._offsets.pop(event, ()))

    def strays(self, events: AnySheet) -> list[tuple[int, DataError]]:
        """Return an error for each figure that has no event, by the number of its row."""
        found: list[tuple[int, DataError]] = []
        orphaned = set(self._offsets)
        for event in events.keys():  # noqa: SIM118 - a method of a sheet, which is no dictionary
            orphaned.discard(event)
        for key in orphaned:
            what = f"no event {key[:80]!r} in {events.name}" if key else "no `event`"
            error = DataError(f"{what}; expected the id of the event that the figure belongs to")
            found += [(row.number, error) for row in self.take(key)]
        return sorted(found, key=lambda numbered: numbered[0])

    def _load(self, offset: int) -> _FigureRow:
        self._file.seek(offset)
        return _FigureRow(**json.loads(self._file.readline().decode("utf-8", "surrogatepass")))


def _read_figure(figures: AnySheet, number: int, row: object) -> _FigureRow:
    try:
        return _FigureRow(number, figure(figures.values(row)))
    except ValueError as error:
        return _FigureRow(number, None, f"{figures.name}:{number}: {error}")


def _events(
    events: AnySheet, take: Callable[[str], Iterator[_FigureRow]]
) -> Iterator[tuple[int, JsonObject | DataError]]:
    for number, row in events.rows():
        figures = list(take(events.key(row)))
        error = next((one.error for one in figures if one.error), "")
        try:
            event = record(events.table, events.values(row))
        except ValueError as wrong:
            error = str(wrong)
        yield number, DataError(error) if error else event | {"figures": [one.figure for one in figures]}
