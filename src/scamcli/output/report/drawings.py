"""The charts of a report: what each shows, said in words for those who do not see it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from scamcli.language.wording.bounds import Bounds
from scamcli.output import charts
from scamcli.output.charts.paint import BORDER, CERTAIN, GRID, LAND, MUTED, PAPER, POSSIBLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.output.report.contents import Number, Report

_PAINTED = r'(<\w+[^<>]*?) (fill|stroke)="var\(--chart-([a-z0-9-]+), #[0-9a-f]{6}\)"'
SUPPRESSED = "suppressed"
"""The text of a number that is withheld because it is small."""


def style_sheet() -> str:
    """Return the rules that give the parts of charts their colours. A theme changes the variables in them."""
    paints = (CERTAIN, POSSIBLE, MUTED, GRID, PAPER, LAND, BORDER)
    names = [paint.removeprefix("var(--chart-").partition(",")[0] for paint in paints]
    rules = (
        f".f-{name} {{ fill: {paint}; }} .s-{name} {{ stroke: {paint}; }}\n"
        for name, paint in zip(names, paints, strict=True)
    )
    return "".join(rules)


def scale(numbers: Sequence[Number]) -> float:
    """Return the largest of several numbers, which is the end of the scale of their bars.

    It is 0 if they have no scale in common, because their units differ. Then there are no bars.
    """
    if len({(number.row["unit"], number.row["count"] == "stock") for number in numbers}) > 1:
        return 0
    return max((number.row[key] or 0 for number in numbers for key in ("low", "best", "high")), default=0)


def bar(number: Number, end: float) -> Markup:
    """Return a number as a bar, which says nothing that the words beside it do not say."""
    if number.text == SUPPRESSED:
        return Markup()
    return _drawn(charts.interval_bar(*_bounds(number), end, anchor=number.anchor, label=""))


def columns(months: Sequence[tuple[str, int, int]]) -> Markup:
    """Return the numbers of events by month."""
    return _drawn(charts.columns(
        months, anchor="chart-months", title="Events by month",
        description="Events of each month, and lighter, those that may have happened in it. A table follows.",
    ))  # fmt: skip


def point_map(report: Report) -> Markup:
    """Return sites and towns on a map."""
    return _drawn(charts.point_map(
        report.points, report.map_countries, anchor="chart-map", title="Sites and towns of this report",
        description="The list of sites has what is known of each.",
    ))  # fmt: skip


def _bounds(number: Number) -> Bounds:
    return Bounds(number.row["low"], number.row["best"], number.row["high"])


def _drawn(svg: str) -> Markup:
    """Return a chart, whose texts the chart has escaped, with short classes for the colours that its parts repeat."""
    return Markup(re.sub(_PAINTED, lambda found: f'{found[1]} class="{found[2][0]}-{found[3]}"', svg))
