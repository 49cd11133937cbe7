"""A small bar for cards and the cells of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.language.wording.bounds import Bounds
from scamcli.output.charts import intervals, svg
from scamcli.output.charts.svg import Box, Chart
from scamcli.output.text.nouns import in_words

if TYPE_CHECKING:
    from scamcli.language.wording.bounds import Number

WIDTH, HEIGHT = 140.0, 14.0


def interval_bar(  # noqa: PLR0913  # the three ends and their scale belong together
    low: Number | None,
    best: Number | None,
    high: Number | None,
    largest: Number | None,
    *,
    anchor: str,
    label: str,
) -> str:
    """Return a number as a bar. Without a label, it is hidden from screen readers.

    Args:
        low: At least so many, if anybody stated that.
        best: The best estimate, if anybody stated one.
        high: At most so many, if anybody stated that.
        largest: The number at the end of the scale, which the bars of a table share.
        anchor: The beginning of the ids in the chart, unique in the page.
        label: What the number counts.
    """
    bounds = intervals.known(Bounds(low, best, high))
    scale = intervals.largest_of([bounds, Bounds(largest)])
    body = intervals.across(bounds, scale, Box(1, 1, WIDTH - 2, HEIGHT - 2))
    title = f"{label}: {in_words(bounds)}" if label else ""
    return svg.inline(Chart("interval", WIDTH, HEIGHT, body, title, ""), anchor)
