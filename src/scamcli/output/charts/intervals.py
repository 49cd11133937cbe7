"""Draw the bounds of a number as a bar: solid up to the low, light up to the high, a tick at the best.

A bar never ends where nobody stated an end: an unknown high fades out with an arrow, an unknown low fades in, and a
number about which nothing is known is an empty dashed box.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language.wording.bounds import Bounds
from scamcli.output.charts import svg
from scamcli.output.charts.paint import CERTAIN, INK, MUTED, POSSIBLE
from scamcli.output.charts.svg import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.language.wording.bounds import Number
    from scamcli.output.charts.svg import Element

OPEN = 16.0
"""The length that an open end takes beyond the last known bound."""
_STEPS = (0.75, 0.5, 0.3, 0.15)


class Segment(NamedTuple):
    """A piece of a bar from one distance to another, counted from its beginning."""

    start: float
    end: float
    fill: str
    opacity: float = 1.0


class Shape(NamedTuple):
    """The pieces of a bar, where its tick is, and where it goes on to an unknown high."""

    segments: tuple[Segment, ...]
    tick: float | None
    opens_at: float | None


def share(amount: Number | None, largest: Number | None) -> float:
    """Return a number as a share of the largest, from 0 to 1."""
    try:
        found = 0.0 if amount is None or not largest or largest < 0 else float(amount / largest)
    except OverflowError:
        return 1.0
    return min(max(found, 0.0), 1.0) if math.isfinite(found) else 0.0


def finite(amount: Number | None) -> Number | None:
    """Return a number, or ``None`` if it is no number or infinite."""
    return None if amount is None or (isinstance(amount, float) and not math.isfinite(amount)) else amount


def known(bounds: Bounds) -> Bounds:
    """Return bounds without infinite ones."""
    return Bounds(*map(finite, bounds))


def largest_of(rows: Sequence[Bounds]) -> Number:
    """Return the largest number in several bounds, or 0."""
    return max((end for row in rows for end in known(row) if end is not None), default=0)


def shape(bounds: Bounds, largest: Number, length: float) -> Shape | None:
    """Return the pieces of a bar of a length, whose open end takes `OPEN`; ``None`` if nothing is known."""
    low, best, high = known(bounds)
    if low is None and best is None and high is None:
        return None
    scale = max(length - OPEN, 1.0)
    solid = scale * share(low, largest)
    firm = max(solid, *(scale * share(end, largest) for end in (best, high)))
    segments = [Segment(0.0, solid, CERTAIN)] if solid else []
    if low is None:
        segments += _faded(0.0, firm, rising=True)
    elif firm > solid:
        segments.append(Segment(solid, firm, POSSIBLE))
    if high is None:
        segments += _faded(firm, firm + OPEN * 0.7, rising=False)
    tick = None if best is None or low == best == high else scale * share(best, largest)
    return Shape(tuple(segments), tick, firm if high is None else None)


def _faded(start: float, end: float, *, rising: bool) -> list[Segment]:
    width = (end - start) / len(_STEPS)
    steps = reversed(_STEPS) if rising else _STEPS
    return [
        Segment(start + index * width, start + (index + 1) * width, POSSIBLE, opacity)
        for index, opacity in enumerate(steps)
        if width > 0
    ]


def across(bounds: Bounds, largest: Number, box: Box) -> list[Element]:
    """Return a bar from left to right that fills the height of a box, beside a line where it begins."""
    found = shape(bounds, largest, box.width)
    if found is None:
        return [_unknown(box)]
    x, y, middle = box.x, box.y, box.y + box.height / 2
    drawn = [_piece(Box(x + piece.start, y, piece.end - piece.start, box.height), piece) for piece in found.segments]
    drawn.append(svg.line((x, y), (x, y + box.height), MUTED))
    if found.tick is not None:
        drawn.append(svg.line((x + found.tick, y), (x + found.tick, y + box.height), INK, stroke_width=2))
    if found.opens_at is not None:
        tip, reach = x + found.opens_at + OPEN - 1, min(4.0, box.height / 2)
        drawn.append(_arrow([(tip - 4, middle - reach), (tip, middle), (tip - 4, middle + reach)]))
    return drawn


def upwards(bounds: Bounds, largest: Number, box: Box) -> list[Element]:
    """Return a bar like that of `across` from the bottom of a box upwards that fills its width."""
    found = shape(bounds, largest, box.height)
    if found is None:
        return [_unknown(Box(box.x, box.y + box.height - OPEN, box.width, OPEN))]
    x, bottom, middle = box.x, box.y + box.height, box.x + box.width / 2
    drawn = [_piece(Box(x, bottom - piece.end, box.width, piece.end - piece.start), piece) for piece in found.segments]
    if found.tick is not None:
        drawn.append(svg.line((x, bottom - found.tick), (x + box.width, bottom - found.tick), INK, stroke_width=2))
    if found.opens_at is not None:
        tip, reach = bottom - found.opens_at - OPEN + 1, min(4.0, box.width / 2)
        drawn.append(_arrow([(middle - reach, tip + 4), (middle, tip), (middle + reach, tip + 4)]))
    return drawn


def _piece(box: Box, piece: Segment) -> Element:
    return svg.rect(box, piece.fill, fill_opacity=None if piece.opacity == 1 else piece.opacity)


def _unknown(box: Box) -> Element:
    inner = Box(box.x + 0.5, box.y + 0.5, max(box.width - 1, 0.0), max(box.height - 1, 0.0))
    return svg.rect(inner, "none", stroke=MUTED, stroke_dasharray="3 2")


def _arrow(points: Sequence[tuple[float, float]]) -> Element:
    written = " ".join(f"{svg.number(x)},{svg.number(y)}" for x, y in points)
    return svg.element("polyline", points=written, fill="none", stroke=MUTED, stroke_width=1.5)
