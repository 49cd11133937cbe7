"""Events or numbers by month, quarter or year, as columns on an axis of time."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
from collections.abc import Sequence
from typing import NamedTuple

from scamcli.language.wording.bounds import Bounds, Number
from scamcli.output.charts import axes, intervals, scales, svg
from scamcli.output.charts.paint import CERTAIN, MUTED, POSSIBLE
from scamcli.output.charts.svg import Box, Chart, Element
from scamcli.output.charts.text_width import cut, width_of
from scamcli.output.text.nouns import in_words

WIDTH, HEIGHT = 520.0, 230.0
TOP, RIGHT, BOTTOM, LEFT = 12.0, 12.0, 26.0, 56.0
KEY_HEIGHT = 22.0
WIDEST = 40.0
MOST_TITLES = 120
"""The most columns that have a tooltip each: narrower ones could hardly be pointed at."""
EVENTS = ("events", "possibly more")
"""What is solid and what is light in a chart of events."""
MOST_GAPS = 2000
"""The most columns for months without events. Beyond it, a date is probably wrong, and there are no gaps."""


class Column(NamedTuple):
    """A column with its label: a number, how many more are possible on top, and what is written above it."""

    label: str
    bounds: Bounds | None
    possible: Number = 0
    words: str = ""


def columns(rows: Sequence[tuple[str, int, int]], *, anchor: str, title: str, description: str) -> str:
    """Return numbers of events as columns, and lighter on top of them, how many more are possible.

    Args:
        rows: A label such as ``2022-08``, ``2022-Q3`` or ``2022``, and the two numbers. Labels are in order, and those
            of months, quarters and years without a row are left as gaps.
        anchor: The beginning of the ids in the chart, unique in the page.
        title: The title of the chart.
        description: What the chart shows, in words.
    """
    return svg.inline(events_chart(rows, title, description), anchor)


def events_chart(rows: Sequence[tuple[str, int, int]], title: str, description: str) -> Chart:
    """Return the chart of `columns` before it is rendered."""
    found = [Column(label, Bounds(certain, certain, certain), max(possible, 0)) for label, certain, possible in rows]
    return columns_chart(found, title, description, EVENTS)


def columns_chart(rows: Sequence[Column], title: str, description: str, names: Sequence[str] = ()) -> Chart:
    """Return columns with a key: what is solid and what is light, or by default the parts of a range."""
    if not any(row.bounds for row in rows):
        return axes.empty("columns", WIDTH, title, description)
    rows = with_gaps([row._replace(words=svg.clean(row.words)) for row in rows])
    known = [row.bounds for row in rows if row.bounds is not None]
    head, height = (_key(names), KEY_HEIGHT) if names else _key_of_bounds(rows)
    plot = Box(LEFT, TOP + height, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM)
    room = plot.width / len(rows)
    is_worded = all(width_of(row.words, axes.SIZE) + 4 <= room for row in rows if row.bounds is not None)
    above = intervals.OPEN * any(bounds.high is None for bounds in known)
    above += 16 * (is_worded and any(row.words for row in rows))
    inner = plot._replace(y=plot.y + above, height=plot.height - above)
    top = scales.ticks(max(map(_height, rows)))[-1]
    width = min(max(room - (2 if room > 4 else 0), 0.4), WIDEST)
    body = [*head, *axes.amounts(inner, top)]
    for index, row in enumerate(rows):
        box = inner._replace(x=plot.x + room * index + (room - width) / 2, width=width)
        body += [_column(row, box, top, has_title=len(rows) <= MOST_TITLES)] if row.bounds is not None else []
        if row.words and (is_worded if row.bounds is not None else width_of(row.words, axes.SIZE) <= room):
            body.append(_words(row, box, top))
    body += _labels([row.label for row in rows], plot, room)
    return Chart("columns", WIDTH, HEIGHT + height, body, title, description)


def _words(row: Column, box: Box, top: Number) -> Element:
    """Write the words of a column above it, or above its place if it has no bounds."""
    opened = intervals.OPEN * (row.bounds is not None and row.bounds.high is None)
    y = box.y + box.height * (1 - intervals.share(_height(row), top)) - opened - 4
    left = box.x + box.width / 2 - width_of(row.words, axes.SIZE) / 2
    return svg.text(left, y, row.words, axes.SIZE)


def _key_of_bounds(rows: Sequence[Column]) -> tuple[list[Element], float]:
    return axes.key([row.bounds for row in rows if row.bounds is not None], LEFT, WIDTH - LEFT - RIGHT)


def _height(row: Column) -> Number:
    return max(intervals.largest_of([row.bounds or Bounds()]) + row.possible, 0)


def _column(row: Column, box: Box, top: Number, *, has_title: bool) -> Element:
    assert row.bounds is not None
    low, best, high = row.bounds
    more = f", possibly {row.possible:,} more" if row.possible else ""
    words = f"{row.label}: {in_words(row.bounds)}{more}" if has_title else ""
    if low is None or not low == best == high:
        tall = Box(box.x, box.y - intervals.OPEN, box.width, box.height + intervals.OPEN)
        return svg.group(*intervals.upwards(row.bounds, top, tall), title=words)
    bottom = box.y + box.height
    solid = box.height * intervals.share(low, top)
    light = box.height * intervals.share(low + row.possible, top) - solid
    parts = [svg.rect(Box(box.x, bottom - solid, box.width, solid), CERTAIN)] if solid else []
    parts += [svg.rect(Box(box.x, bottom - solid - light, box.width, light), POSSIBLE)] if light > 0 else []
    return svg.group(*parts, title=words)


def _key(names: Sequence[str]) -> list[Element]:
    drawn = []
    x = LEFT
    for name, fill in zip(names, (CERTAIN, POSSIBLE), strict=False):
        drawn += [svg.rect(Box(x, 5, 11, 11), fill), svg.text(x + 16, 15, name, axes.SIZE)]
        x += 16 + width_of(name, axes.SIZE) + 18
    return drawn


def _labels(labels: Sequence[str], plot: Box, room: float) -> list[Element]:
    """Label as many columns as there is room for, and years rather than other months."""
    shown = [cut(svg.clean(label), 120, axes.SIZE) for label in labels]
    step = scales.every(shown, room, axes.SIZE)
    per_year = 12 if all(re.fullmatch(r"\d{4}-\d\d", label) for label in labels) else 4
    if step > per_year / 2 and all(re.fullmatch(r"\d{4}-(\d\d|Q\d)", label) for label in labels):
        by_years = scales.every(["2022"], room * per_year, axes.SIZE) * per_year
        if len(labels) > by_years:
            return _ticks([label[:4] for label in labels], plot, room, _first_of_year(labels), by_years)
    return _ticks(shown, plot, room, 0, step)


def _first_of_year(labels: Sequence[str]) -> int:
    return next((index for index, label in enumerate(labels) if label.endswith(("-01", "Q1"))), 0)


def _ticks(shown: Sequence[str], plot: Box, room: float, first: int, step: int) -> list[Element]:
    drawn = []
    bottom = plot.y + plot.height
    reached = 0.0
    for place in range(first, len(shown), step):
        x, width = plot.x + room * (place + 0.5), width_of(shown[place], axes.SIZE)
        left = min(max(x - width / 2, 1.0), WIDTH - width - 1)
        if left < reached:
            continue
        drawn.append(svg.line((x, bottom), (x, bottom + 4), MUTED))
        drawn.append(svg.text(left, bottom + 19, shown[place], axes.SIZE))
        reached = left + width + scales.GAP / 2
    return drawn


def with_gaps(rows: Sequence[Column]) -> Sequence[Column]:
    """Return rows with an empty one for every month, quarter or year between them that has none."""
    for pattern, per_year, written in (
        (r"(\d{4})-(\d\d)", 12, "{}-{:02}"), (r"(\d{4})-Q(\d)", 4, "{}-Q{}"), (r"(\d{4})()", 1, "{}"),
    ):  # fmt: skip
        found = [re.fullmatch(pattern, row.label) for row in rows]
        numbers = [int(one[1]) * per_year + int(one[2] or 1) - 1 for one in found if one]
        if len(numbers) < len(rows) or numbers != sorted(set(numbers)) or numbers[-1] - numbers[0] > MOST_GAPS:
            continue
        named = dict(zip(numbers, rows, strict=True))
        return [
            named.get(number) or Column(written.format(f"{number // per_year:04}", number % per_year + 1), None)
            for number in range(numbers[0], numbers[-1] + 1)
        ]
    return rows
