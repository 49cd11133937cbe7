"""Events on an axis of time: a row for each, with a dot for a day and a line for a period."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from scamcli.language.dates import Period
from scamcli.output.charts import axes, svg
from scamcli.output.charts.axes import SIZE
from scamcli.output.charts.paint import CERTAIN, GRID, MUTED
from scamcli.output.charts.svg import Box, Chart, Element
from scamcli.output.charts.text_width import cut, width_of

WIDTH, LINE, BOTTOM = 720.0, 22.0, 30.0
DOT = 4.5
SHORTEST = 2 * DOT
EPOCH = date(1970, 1, 1).toordinal()
LEFT, ROOM = 8.0, WIDTH - 16.0
READABLE = 320.0
"""The width of a title, or of a part of it, that tells events apart."""
_FADE = 14.0


class EventRow(NamedTuple):
    """An event: its period, and its title."""

    when: Period
    title: str


def events_chart(rows: Sequence[EventRow], title: str, description: str) -> Chart:
    """Return the events in the order given, from top to bottom."""
    ends = [day + EPOCH for row in rows for day in row.when[:2] if day is not None]
    if not ends:
        return axes.empty("events", WIDTH, title, description, "No events to show")
    margin = max((max(ends) - min(ends)) // 40, 2)
    first = max(min(ends) - margin, date.min.toordinal())
    last = min(max(ends) + margin, date.max.toordinal())
    places = [_place(row, first, last) for row in rows]
    plot = Box(LEFT, 4, ROOM, sum(place.lines for place in places) * LINE)
    bottom = plot.y + plot.height
    body = [*axes.time(plot, first, last), svg.line((LEFT, bottom), (LEFT + ROOM, bottom), GRID)]
    y = plot.y
    for row, place in zip(rows, places, strict=True):
        body += _row(row, place, y)
        y += place.lines * LINE
    return Chart("events", WIDTH, bottom + BOTTOM, body, title, description)


class _Place(NamedTuple):
    """Where the mark of an event begins and ends, the space beside it with what fades out, and the lines it takes."""

    left: float
    right: float
    before: float
    after: float
    lines: int


def _place(row: EventRow, first: int, last: int) -> _Place:
    start, end, _ = row.when
    known = [day + EPOCH for day in (start, end) if day is not None]
    if not known:
        return _Place(LEFT, LEFT, 0, ROOM, 1)
    left, right = (LEFT + ROOM * (day - first) / max(last - first, 1) for day in (min(known), max(known)))
    before = left - LEFT - DOT - 4 - (_FADE if start is None else 0)
    after = LEFT + ROOM - right - DOT - 4 - (_FADE if end is None else 0)
    needed = min(width_of(svg.clean(row.title), SIZE), READABLE)
    return _Place(left, right, before, after, 1 if max(before, after) >= needed else 2)


def _row(row: EventRow, place: _Place, top: float) -> list[Element]:
    """Draw a mark with its title on the side that has room for it, or above the mark if neither has."""
    start, end, sure = row.when
    y, words = top + (place.lines - 0.5) * LINE, svg.clean(row.title)
    if start is None and end is None:
        return [svg.text(LEFT, y + 4, cut(words, ROOM, SIZE), SIZE, fill=MUTED)]
    shape = _mark(place.left, place.right, y, sure=sure, is_day=start == end)
    if start is None:
        shape.append(_fading(place.left, max(place.left - _FADE, LEFT), y))
    if end is None:
        shape.append(_fading(place.right, min(place.right + _FADE, LEFT + ROOM), y))
    if place.lines > 1:
        words = cut(words, ROOM, SIZE)
        x = min(max(place.left, LEFT), LEFT + ROOM - width_of(words, SIZE))
        return [*shape, svg.text(x, y - LINE / 2 - 4, words, SIZE)]
    if width_of(words, SIZE) <= place.after or place.after >= place.before:
        return [*shape, svg.text(LEFT + ROOM - place.after, y + 4, cut(words, place.after, SIZE), SIZE)]
    words = cut(words, place.before, SIZE)
    return [*shape, svg.text(LEFT + place.before - width_of(words, SIZE), y + 4, words, SIZE)]


def _mark(left: float, right: float, y: float, *, sure: bool, is_day: bool) -> list[Element]:
    """Draw a dot for a day, and otherwise a line from the first to the last day; both are open if uncertain."""
    if is_day or right - left < SHORTEST:
        middle = (left + right) / 2
        fill = CERTAIN if sure and is_day else "none"
        dash = None if sure else "2 2"
        return [
            svg.element(
                "circle", cx=middle, cy=y, r=DOT, fill=fill, stroke=CERTAIN, stroke_width=1.5, stroke_dasharray=dash
            )
        ]
    dash = None if sure else "6 3"
    line = svg.line((left, y), (right, y), CERTAIN, stroke_width=3, stroke_dasharray=dash)
    stops = [svg.line((x, y - 4), (x, y + 4), CERTAIN, stroke_width=1.5) for x in (left, right) if sure]
    return [line, *stops]


def _fading(start: float, end: float, y: float) -> Element:
    return svg.line((start, y), (end, y), MUTED, stroke_width=2, stroke_dasharray="2 3")
