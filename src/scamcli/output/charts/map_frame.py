"""The frame of a map: which part of the world it shows, and where a place is on it."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scamcli.language.countries import countries as known_countries
from scamcli.output.charts import outlines, svg
from scamcli.output.charts.axes import Labels
from scamcli.output.charts.outlines import Extent, Point
from scamcli.output.charts.text_width import width_of

WIDTH, TALLEST, FLATTEST = 520.0, 560.0, 180.0
MARGIN = 8.0
LEAST_DEGREES = 1.5
"""The least that a map shows, so that one place is not a map of its street."""
KM_PER_DEGREE = 111.2
SMALLEST = 3.0
"""The length of the sides of the smallest island that is drawn, on the map."""
NAME_SIZE, SPOTS = 9.0, 9
"""The size of the names of countries, and how many places are tried in each direction."""
_POLE = 85.0


class Frame(NamedTuple):
    """A part of the world on a map: an equirectangular projection that is true to scale in its middle."""

    extent: Extent
    width: float
    height: float
    per_degree: float
    squeeze: float

    def project(self, place: Point) -> Point:
        """Return where a longitude and a latitude are on the map."""
        x = (place[0] - self.extent.left) * self.per_degree * self.squeeze
        return x, (self.extent.top - place[1]) * self.per_degree

    @property
    def per_km(self) -> float:
        """How long a kilometre is on the map."""
        return self.per_degree / KM_PER_DEGREE


def fitting(points: Sequence[Point], countries: Sequence[str]) -> Frame | None:
    """Return the frame that shows all points and at least the countries; ``None`` if there are neither."""
    parts = [part for code in countries for part in outlines.main_extents(code)]
    corners = [*points, *((part.left, part.bottom) for part in parts), *((part.right, part.top) for part in parts)]
    if not corners:
        return None
    left, bottom, right, top = outlines.extent(corners)
    squeeze = max(math.cos(math.radians(min(max((bottom + top) / 2, -_POLE), _POLE))), 0.2)
    wide = max((right - left) * squeeze, LEAST_DEGREES) * 1.1
    high = max(top - bottom, LEAST_DEGREES) * 1.1
    per_degree = min(WIDTH / wide, TALLEST / high)
    height = min(max(high * per_degree, FLATTEST), TALLEST)
    half_wide, half_high = WIDTH / per_degree / squeeze / 2, height / per_degree / 2
    x, y = (left + right) / 2, (bottom + top) / 2
    return Frame(Extent(x - half_wide, y - half_high, x + half_wide, y + half_high), WIDTH, height, per_degree, squeeze)


def paths(frame: Frame, least: float, countries: Sequence[str]) -> dict[str, str]:
    """Return the outline of each country in the frame as the data of a path, with points ``least`` apart.

    An island that would be a dot is left out, unless it belongs to one of the ``countries``.
    """
    smallest = (SMALLEST / frame.per_degree) ** 2
    found = {}
    for code in outlines.codes():
        path = "".join(
            _path(outlines.thinned(outlines.clipped(ring, frame.extent), frame.project, least))
            for ring, extent in zip(outlines.rings(code), outlines.extents(code), strict=True)
            if extent.meets(frame.extent) and (extent.area >= smallest or code in countries)
        )
        if path:
            found[code] = path
    return found


def name_countries(labels: Labels, frame: Frame, countries: Sequence[str]) -> None:
    """Write the names of countries inside their largest part on the map, where there is room beside the places."""
    for code in sorted(outlines.codes(), key=lambda code: code not in countries):
        parts = [
            list(map(frame.project, outlines.clipped(ring, frame.extent)))
            for ring, extent in zip(outlines.rings(code), outlines.extents(code), strict=True)
            if extent.meets(frame.extent)
        ]
        largest = max(parts, key=lambda ring: outlines.extent(ring).area if ring else 0, default=[])
        words = known_countries()[code].names[0].upper()
        if len(largest) > 2:
            half = width_of(words, NAME_SIZE) / 2
            any(labels.centre(words, x, y, NAME_SIZE) for x, y in _spots(largest, half))


def _spots(ring: outlines.Ring, half: float) -> Iterator[Point]:
    """Yield places for a name of a width in a ring on the map, the ones nearest to its middle first."""
    left, bottom, right, top = outlines.extent(ring)
    if right - left < 2 * half or top - bottom < 2 * NAME_SIZE:
        return
    middle = outlines.centre(ring)
    steps = [place / SPOTS for place in range(1, SPOTS)]
    spots = [middle, *((left + (right - left) * x, bottom + (top - bottom) * y) for x in steps for y in steps)]
    for x, y in sorted(spots, key=lambda spot: math.dist(spot, middle)):
        if all(outlines.is_inside(ring, (x + across, y)) for across in (-half, 0, half)):
            yield x, y


def _path(ring: Sequence[Point]) -> str:
    """Return a closed line as the data of a path, in tenths of a pixel and relative to the point before."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
    if len(tenths) < 3:
        return ""
    (x, y), *_ = tenths
    steps = [f"{svg.number(x / 10)} {svg.number(y / 10)}"]
    for next_x, next_y in tenths[1:]:
        steps.append(f"{svg.number((next_x - x) / 10)} {svg.number((next_y - y) / 10)}")
        x, y = next_x, next_y
    return f"M{steps[0]}l{' '.join(steps[1:])}z"
