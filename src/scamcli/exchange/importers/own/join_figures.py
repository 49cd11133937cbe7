"""Figures given back to their events, from two tables.

In the order in which they were written, the tables are read side by side, however long they are. Where somebody has
sorted one of them, the figures are kept in a file, and in memory only where in it those of each event stand.
"""

from __future__ import annotations

import json
import weakref
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.exchange.importers import Part
from scamcli.exchange.tables import figure, record
from scamcli.records import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.exchange.importers.own.sheets import Sheet

SMALL = 1 << 24
"""Bytes of figures for which no file is made."""


def joined(events: Sheet, figures: Sheet) -> list[Part]:
    """The events with their figures, and what figures belong to no event.

    Raises:
        DataError: one of the tables cannot be read to its end.
    """
    if _side_by_side(events.keys(), figures.keys()):
        return [Part(events.name, _events(events, _InOrder(figures).of))]
    kept = _Kept(figures)
    strays = kept.strays(events)
    parts = [Part(events.name, _events(events, kept.of))]
    return [*parts, Part(figures.name, iter(strays))] if strays else parts


def _side_by_side(events: Iterator[str], figures: Iterator[str]) -> bool:
    """Whether the figures stand in the order of their events, and each has one."""
    waiting = next(figures, None)
    for event in events:
        while waiting == event:
            waiting = next(figures, None)
    return waiting is None


class _InOrder:
    """The figures of one event after the other.

    Args:
        figures: in the order of the events.
    """

    def __init__(self, figures: Sheet) -> None:
        self._figures = figures
        self._rows = figures.rows()
        self._waiting = next(self._rows, None)

    def of(self, event: str) -> Iterator[dict[str, Any]]:
        """Those of the next event that has any."""
        while self._waiting is not None and self._figures.key(self._waiting[1]) == event:
            yield _said(self._figures, *self._waiting)
            self._waiting = next(self._rows, None)


class _Kept:
    """The figures of any event, kept aside.

    Args:
        figures: in any order.
    """

    def __init__(self, figures: Sheet) -> None:
        self._file = SpooledTemporaryFile(SMALL)  # noqa: SIM115 - it is closed with this
        weakref.finalize(self, self._file.close)
        self._at: dict[str, list[int]] = {}
        at = 0
        for number, row in figures.rows():
            line = f"{canonical.line(_said(figures, number, row))}\n".encode("utf-8", "surrogatepass")
            self._at.setdefault(figures.key(row), []).append(at)
            at += self._file.write(line)

    def of(self, event: str) -> Iterator[dict[str, Any]]:
        """Those of an event, in the order in which they stand; once."""
        return map(self._read, self._at.pop(event, ()))

    def strays(self, events: Sheet) -> list[tuple[int, DataError]]:
        """What is wrong with each figure that has no event, by the number of its row."""
        found: list[tuple[int, DataError]] = []
        left = set(self._at)
        for event in events.keys():  # noqa: SIM118 - of a sheet
            left.discard(event)
        for key in left:
            said = f"no event {key[:80]!r} in {events.name}" if key else "no `event`"
            error = DataError(f"{said}; expected the id of the event that the figure belongs to")
            found += [(one["number"], error) for one in self.of(key)]
        return sorted(found, key=lambda numbered: numbered[0])

    def _read(self, at: int) -> dict[str, Any]:
        self._file.seek(at)
        found: dict[str, Any] = json.loads(self._file.readline().decode("utf-8", "surrogatepass"))
        return found


def _said(figures: Sheet, number: int, row: Any) -> dict[str, Any]:
    """A figure or what is wrong with it, and the number of its row."""
    try:
        return {"number": number, "figure": figure(figures.values(row))}
    except ValueError as error:
        return {"number": number, "wrong": f"{figures.name}:{number}: {error}"}


def _events(
    events: Sheet, of: Callable[[str], Iterator[dict[str, Any]]]
) -> Iterator[tuple[int, dict[str, Any] | DataError]]:
    for number, row in events.rows():
        figures = list(of(events.key(row)))
        wrong = next((one["wrong"] for one in figures if "wrong" in one), "")
        try:
            made = record(events.table, events.values(row))
        except ValueError as error:
            wrong = str(error)
        yield number, DataError(wrong) if wrong else made | {"figures": [one["figure"] for one in figures]}
