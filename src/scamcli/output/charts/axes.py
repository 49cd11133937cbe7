"""What charts share: axes with their grid, labels that keep off each other, and the chart of nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language.wording.bounds import Bounds
from scamcli.output.charts import intervals, scales, svg
from scamcli.output.charts.paint import GRID, INK, MUTED
from scamcli.output.charts.svg import Box, Chart
from scamcli.output.charts.text_width import cut, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.language.wording.bounds import Number
    from scamcli.output.charts.svg import Element

SIZE = 12.0
GAP = 4.0
"""The distance between a mark and its label."""
CELL = 32.0
ASCENT, DESCENT = 0.95, 0.3
"""How far a line of text reaches above and below its baseline, in font sizes."""


def text_box(x: float, y: float, words: str, size: float) -> Box:
    """Return the estimated box of a text whose baseline begins at a point."""
    return Box(x, y - ASCENT * size, width_of(words, size), (ASCENT + DESCENT) * size)


def amounts(plot: Box, top: Number) -> list[Element]:
    """Return an axis of numbers on the left of a plot, from 0 to a number that `scales.ticks` ended with."""
    drawn = []
    for tick in scales.ticks(top):
        y = plot.y + plot.height * (1 - intervals.share(tick, top))
        drawn.append(svg.line((plot.x, y), (plot.x + plot.width, y), GRID if tick else MUTED))
        words = cut(scales.short_number(tick), plot.x - 8, SIZE)
        drawn.append(svg.text(plot.x - 6, y + 4, words, SIZE, text_anchor="end"))
    return drawn


def time(plot: Box, first: int, last: int) -> list[Element]:
    """Return an axis of time below a plot; ``first`` and ``last`` are ordinals of days."""
    drawn = []
    bottom = plot.y + plot.height
    reached = 0.0
    for day, label in scales.days(first, last, plot.width, SIZE):
        x = plot.x + plot.width * (day - first) / max(last - first, 1)
        drawn.append(svg.line((x, bottom), (x, bottom + 4), MUTED))
        width = width_of(label, SIZE)
        left = min(max(x - width / 2, 1.0), plot.x + plot.width - width)
        if left >= reached:
            drawn.append(svg.text(left, bottom + 19, label, SIZE))
            reached = left + width + scales.GAP / 2
    return drawn


def empty(kind: str, width: float, title: str, description: str, words: str = "No numbers to show") -> Chart:
    """Return a chart that says that there is nothing to show."""
    box = svg.rect(Box(0.5, 0.5, width - 1, 47), "none", stroke=MUTED, stroke_dasharray="3 3")
    return Chart(kind, width, 48, [box, svg.text(12, 28, words)], title, description)


class Sample(NamedTuple):
    """A part of bars that a key explains: its name, a number whose bar shows it, and whether it is needed."""

    name: str
    bounds: Bounds
    is_needed: bool


def key(rows: Sequence[Bounds], x: float, width: float) -> tuple[list[Element], float]:
    """Return an explanation of the parts that the bars of some numbers have, and its height."""
    seen = list(map(intervals.known, rows))
    samples = [
        Sample("at least", Bounds(10, None, 10), any(row.low is not None for row in seen)),
        Sample("up to", Bounds(0, None, 10), any(_reaches_above(row) for row in seen)),
        Sample("best estimate", Bounds(0, 10, 10), any(row.best is not None and row.low != row.high for row in seen)),
        Sample("no upper limit", Bounds(3), any(row.high is None and row != Bounds() for row in seen)),
        Sample("unknown", Bounds(), Bounds() in seen),
    ]
    drawn: list[Element] = []
    at, y = x, 2.0
    for sample in samples:
        beside = 31 if sample.bounds.high is None else 17
        needed = beside + width_of(sample.name, SIZE) + 14
        if sample.is_needed and at > x and at + needed > x + width:
            at, y = x, y + 17
        if sample.is_needed:
            drawn += intervals.across(sample.bounds, 10, Box(at, y, 26, 11))
            drawn.append(svg.text(at + beside, y + 10, sample.name, SIZE))
            at += needed
    return drawn, y + 22 if drawn else 0.0


def _reaches_above(row: Bounds) -> bool:
    """Say whether a bar has a light part above its low, or no solid part."""
    return any(end is not None and (row.low is None or end > row.low) for end in (row.best, row.high))


class Labels:
    """Texts beside marks, which keep off the marks and off each other."""

    def __init__(self, frame: Box, taken: Sequence[Box]) -> None:
        """Take the frame that no label leaves, and the boxes of the marks."""
        self.frame = frame
        self.placed: list[Element] = []
        self._taken: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in taken:
            self._take(box)

    def place(self, words: str, mark: Box, size: float) -> bool:
        """Put a text to the right of a mark, to its left, above or below it; say whether there was room."""
        width = width_of(words, size)
        middle = mark.y + mark.height / 2 + 0.35 * size
        centre = mark.x + mark.width / 2 - width / 2
        spots = (
            (mark.x + mark.width + GAP, middle),
            (mark.x - width - GAP, middle),
            (centre, mark.y - DESCENT * size - GAP),
            (centre, mark.y + mark.height + ASCENT * size + GAP),
        )
        return any(words and self._put(words, x, y, size) for x, y in spots)

    def centre(self, words: str, x: float, y: float, size: float) -> bool:
        """Put a text around a point, in the colour of the background; say whether there was room."""
        return self._put(words, x - width_of(words, size) / 2, y + 0.35 * size, size, MUTED)

    def _put(self, words: str, x: float, y: float, size: float, fill: str = INK) -> bool:
        box = text_box(x, y, words, size)
        if not self.frame.contains(box) or any(box.overlaps(o) for cell in _cells(box) for o in self._taken[cell]):
            return False
        self._take(box)
        self.placed.append(svg.text(x, y, words, size, fill=fill))
        return True

    def _take(self, box: Box) -> None:
        for cell in _cells(box):
            self._taken[cell].append(box)


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    """Yield the cells of a grid that a box touches, so that a label is compared only with what is near."""
    for across in range(int(box.x // CELL), int((box.x + box.width) // CELL) + 1):
        for down in range(int(box.y // CELL), int((box.y + box.height) // CELL) + 1):
            yield across, down
