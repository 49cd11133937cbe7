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
    plot = Box(8, 4, WIDTH - 16, len(rows) * LINE)
    body = [*axes.time(plot, first, last), svg.line((8, plot.height + 4), (WIDTH - 8, plot.height + 4), GRID)]
    for place, row in enumerate(rows):
        body += _row(row, plot, (first, last), plot.y + (place + 0.5) * LINE)
    return Chart("events", WIDTH, plot.height + 4 + BOTTOM, body, title, description)


def _row(row: EventRow, plot: Box, ends: tuple[int, int], y: float) -> list[Element]:
    start, end, sure = row.when
    known = [day + EPOCH for day in (start, end) if day is not None]
    if not known:
        return [svg.text(plot.x, y + 4, cut(svg.clean(row.title), plot.width, SIZE), SIZE, fill=MUTED)]
    left, right = (_x(plot, ends, day) for day in (min(known), max(known)))
    shape = _mark(left, right, y, sure=sure, is_day=start == end)
    if start is None:
        shape.append(_fading(left, max(left - _FADE, plot.x), y))
    if end is None:
        shape.append(_fading(right, min(right + _FADE, plot.x + plot.width), y))
    before = left - DOT - (_FADE if start is None else 0) - 4 - plot.x
    after_x = right + DOT + (_FADE if end is None else 0) + 4
    after = plot.x + plot.width - after_x
    words = svg.clean(row.title)
    if width_of(words, SIZE) <= after or after >= before:
        return [*shape, svg.text(after_x, y + 4, cut(words, after, SIZE), SIZE)]
    words = cut(words, before, SIZE)
    return [*shape, svg.text(plot.x + before - width_of(words, SIZE), y + 4, words, SIZE)]


def _x(plot: Box, ends: tuple[int, int], day: int) -> float:
    return plot.x + plot.width * (day - ends[0]) / max(ends[1] - ends[0], 1)


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
