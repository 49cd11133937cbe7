"""Numbers as bars from left to right, each with its label and the number in words."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Sequence
from typing import NamedTuple

from scamcli.language.wording.bounds import Bounds
from scamcli.output.charts import axes, intervals, svg
from scamcli.output.charts.axes import SIZE
from scamcli.output.charts.paint import GRID, MUTED
from scamcli.output.charts.svg import Box, Chart
from scamcli.output.charts.text_width import cut, width_of, wrapped
from scamcli.output.text.words import plural

WIDTH = 520.0
MOST = 40
"""The most bars in a chart; further rows are counted below it."""
WIDEST_LABEL, WIDEST_WORDS = 170.0, 190.0
GAP, HEIGHT, LINE = 7.0, 13.0, 15.0


class Bar(NamedTuple):
    """A row: its label, its number, and what is written beside it. Without a number, there is no bar."""

    label: str
    bounds: Bounds | None
    words: str


def bars_chart(rows: Sequence[Bar], title: str, description: str) -> Chart:
    """Return bars on one scale from 0, at most `MOST`."""
    if not rows:
        return axes.empty("bars", WIDTH, title, description)
    shown = rows[:MOST]
    labels = [cut(svg.clean(row.label), WIDEST_LABEL, SIZE) for row in shown]
    words = [wrapped(svg.clean(row.words), WIDEST_WORDS, SIZE, 3) for row in shown]
    left = max(width_of(label, SIZE) for label in labels) + GAP
    right = WIDTH - max((width_of(line, SIZE) for lines in words for line in lines), default=0.0) - GAP
    largest = intervals.largest_of([row.bounds for row in shown if row.bounds])
    body, height = axes.key([row.bounds for row in shown if row.bounds], left, WIDTH - left)
    y = height + 4
    for row, label, lines in zip(shown, labels, words, strict=True):
        body.append(svg.text(left - GAP, y + 11, label, SIZE, text_anchor="end"))
        if row.bounds:
            body += intervals.across(row.bounds, largest, Box(left, y, right - left, HEIGHT))
        else:
            body.append(svg.line((left, y), (left, y + HEIGHT), GRID))
        body += [svg.text(right + GAP, y + 11 + index * LINE, line, SIZE) for index, line in enumerate(lines)]
        y += max(len(lines), 1) * LINE + GAP
    if len(rows) > MOST:
        body.append(svg.text(0, y + 11, f"and {plural(len(rows) - MOST, 'more row')}", SIZE, fill=MUTED))
        y += LINE + GAP
    return Chart("bars", WIDTH, y, body, title, description)
