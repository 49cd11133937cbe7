"""Figures over time: each is a line over its period at the height of its number, never a point."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from scamcli.language.wording.bounds import Bounds, Number
from scamcli.output.charts import axes, intervals, scales, svg
from scamcli.output.charts.axes import Labels
from scamcli.output.charts.paint import CERTAIN, MUTED, POSSIBLE
from scamcli.output.charts.svg import Box, Chart, Element
from scamcli.output.charts.text_width import cut
from scamcli.output.text.nouns import in_words
from scamcli.output.text.words import plural

WIDTH, HEIGHT = 520.0, 300.0
TOP, RIGHT, BOTTOM, LEFT = 20.0, 12.0, 28.0, 64.0
SHORTEST = 5.0
"""The least width of a span, so that a single day stays visible."""
LONGEST_LABEL = 190.0
MOST, MOST_LABELS = 400, 40
"""How many figures are drawn, and how many of them are labelled, those with the largest numbers first."""
_FADE = 14.0


class Span(NamedTuple):
    """A figure with its period. An end that is ``None`` is open, and one that is not sure is drawn as uncertain."""

    start: date | None
    end: date | None
    sure_start: bool
    sure_end: bool
    low: Number | None
    best: Number | None
    high: Number | None
    label: str
    href: str | None = None

    @property
    def bounds(self) -> Bounds:
        """The bounds of the figure."""
        return intervals.known(Bounds(self.low, self.best, self.high))


class _Frame(NamedTuple):
    """The part of the chart that spans are drawn in, and its scales."""

    plot: Box
    first: int
    last: int
    top: Number

    def x(self, day: date) -> float:
        share = (day.toordinal() - self.first) / max(self.last - self.first, 1)
        return self.plot.x + share * self.plot.width

    def y(self, amount: Number | None) -> float:
        return self.plot.y + self.plot.height * (1 - intervals.share(amount, self.top))


def spans(rows: Sequence[Span], *, anchor: str, title: str, description: str) -> str:
    """Return figures as horizontal lines over their periods.

    A figure without a date or without a number is left out, and counted in the description.
    """
    return svg.inline(spans_chart(rows, title, description), anchor)


def spans_chart(rows: Sequence[Span], title: str, description: str) -> Chart:
    """Return the chart of `spans` before it is rendered."""
    dated = [row for row in rows if row.start is not None or row.end is not None]
    numbered = [row for row in dated if row.bounds != Bounds()]
    drawn = sorted(numbered, key=lambda row: -intervals.largest_of([row.bounds]))[:MOST]
    missing = {
        " without a date": len(rows) - len(dated),
        " without a number": len(dated) - len(numbered),
        " with smaller numbers": len(numbered) - len(drawn),
    }
    notes = [f"{plural(count, 'number')}{what}: not shown." for what, count in missing.items() if count]
    words = " ".join([description, *notes]).strip()
    if not drawn:
        return axes.empty("spans", WIDTH, title, words)
    frame = _frame(drawn)
    body = [*axes.amounts(frame.plot, frame.top), *axes.time(frame.plot, frame.first, frame.last)]
    in_order = sorted(drawn, key=lambda row: (_first(row), _last(row), row.label))
    boxes = [_box(frame, row) for row in in_order]
    body += [_drawn(frame, row, box) for row, box in zip(in_order, boxes, strict=True)]
    body += _labels(frame, in_order, boxes)
    return Chart("spans", WIDTH, HEIGHT, body, title, words)


def _first(row: Span) -> int:
    found = row.start or row.end
    assert found is not None
    return min(found, row.end or found).toordinal()


def _last(row: Span) -> int:
    found = row.end or row.start
    assert found is not None
    return max(found, row.start or found).toordinal()


def _frame(rows: Sequence[Span]) -> _Frame:
    first, last = min(map(_first, rows)), max(map(_last, rows))
    margin = max((last - first) // 40, 2)
    plot = Box(LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM)
    top = scales.ticks(intervals.largest_of([row.bounds for row in rows]))[-1]
    return _Frame(plot, max(first - margin, date.min.toordinal()), min(last + margin, date.max.toordinal()), top)


def _box(frame: _Frame, row: Span) -> Box:
    """Return where a span is: from its start to its end, and from its low to its high."""
    left = frame.x(date.fromordinal(_first(row)))
    right = frame.x(date.fromordinal(_last(row)))
    if right - left < SHORTEST:
        left = min(max((left + right - SHORTEST) / 2, frame.plot.x), frame.plot.x + frame.plot.width - SHORTEST)
        right = left + SHORTEST
    known = [frame.y(end) for end in row.bounds if end is not None]
    return Box(left, min(known), right - left, max(known) - min(known))


def _drawn(frame: _Frame, row: Span, box: Box) -> Element:
    low, best, high = row.bounds
    parts = [svg.rect(box, POSSIBLE, fill_opacity=0.45)] if box.height else []
    for start, end, opacity in _open_sides(frame, box, low is None, high is None):
        parts.append(svg.rect(Box(box.x, start, box.width, end - start), POSSIBLE, fill_opacity=opacity))
    y = frame.y(next(end for end in (best, low, high) if end is not None))
    return svg.group(*parts, *_line(frame, row, box, y), title=f"{row.label}: {in_words(row.bounds)}", href=row.href)


def _line(frame: _Frame, row: Span, box: Box, y: float) -> list[Element]:
    """Draw the period: solid if both ends are certain, with a stop at a certain end, and fading at an open one."""
    left, right = box.x, box.x + box.width
    is_sure = None not in (row.start, row.end) and row.sure_start and row.sure_end
    parts = [svg.line((left, y), (right, y), CERTAIN, stroke_width=3, stroke_dasharray=None if is_sure else "6 3")]
    for x, end, is_certain in ((left, row.start, row.sure_start), (right, row.end, row.sure_end)):
        if end is not None and is_certain:
            parts.append(svg.line((x, max(y - 4, 0.0)), (x, y + 4), CERTAIN, stroke_width=1.5))
    if row.start is None:
        parts.append(_fading(left, max(left - _FADE, frame.plot.x), y))
    if row.end is None:
        parts.append(_fading(right, min(right + _FADE, frame.plot.x + frame.plot.width), y))
    return parts


def _open_sides(frame: _Frame, box: Box, low: bool, high: bool) -> list[tuple[float, float, float]]:
    """Return strips that fade out above an unknown high and below an unknown low."""
    bottom = frame.plot.y + frame.plot.height
    strips = []
    for index, opacity in enumerate((0.35, 0.22, 0.1)):
        if high:
            top = max(box.y - 4 * (index + 1), frame.plot.y)
            strips.append((top, max(box.y - 4 * index, frame.plot.y), opacity))
        if low:
            end = min(box.y + box.height + 4 * (index + 1), bottom)
            strips.append((min(box.y + box.height + 4 * index, bottom), end, opacity))
    return [strip for strip in strips if strip[1] > strip[0]]


def _fading(start: float, end: float, y: float) -> Element:
    return svg.line((start, y), (end, y), MUTED, stroke_width=2, stroke_dasharray="2 3")


def _labels(frame: _Frame, rows: Sequence[Span], boxes: Sequence[Box]) -> list[Element]:
    """Label the spans with the largest numbers first, where there is room; a tooltip names the others."""
    room = frame.plot._replace(y=2.0, height=frame.plot.height + TOP - 2.0)
    marks = [_with_fades(row, box) for row, box in zip(rows, boxes, strict=True)]
    labels = Labels(room, [Box(box.x, box.y - 3, box.width, box.height + 6) for box in marks])
    by_size = sorted(range(len(rows)), key=lambda place: boxes[place].y)
    for place in by_size[:MOST_LABELS]:
        words = cut(svg.clean(rows[place].label), LONGEST_LABEL, axes.SIZE)
        labels.place(words, marks[place], axes.SIZE)
    return labels.placed


def _with_fades(row: Span, box: Box) -> Box:
    left = _FADE if row.start is None else 0.0
    right = _FADE if row.end is None else 0.0
    return box._replace(x=box.x - left, width=box.width + left + right)
