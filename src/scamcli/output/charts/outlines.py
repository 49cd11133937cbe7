"""The outlines of countries, from the packaged data file, cut to the frame of a map."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypedDict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Point = tuple[float, float]
"""A longitude and a latitude, or a place on a map."""
Ring = list[Point]

ATTRIBUTION = (
    "Outlines: Natural Earth (public domain), generalised and older than today. They are not authoritative on"
    " boundaries."
)
PER_DEGREE = 100


class _Data(TypedDict):
    countries: dict[str, list[list[int]]]
    lines: list[list[int]]


class Extent(NamedTuple):
    """A rectangle in degrees or on a map."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Extent) -> bool:
        """Say whether two rectangles have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.bottom <= other.top
            and other.bottom <= self.top
        )

    def contains(self, other: Extent) -> bool:
        """Say whether another rectangle lies inside this one."""
        is_across = self.left <= other.left and other.right <= self.right
        return is_across and self.bottom <= other.bottom and other.top <= self.top

    @property
    def area(self) -> float:
        """The area of the rectangle."""
        return (self.right - self.left) * (self.top - self.bottom)


@cache
def _data() -> _Data:
    import json  # here and not above: most charts are no maps
    from pathlib import Path

    found: _Data = json.loads(Path(__file__).with_name("outlines.json").read_text(encoding="utf-8"))
    return found


def codes() -> Sequence[str]:
    """Return the codes (ISO 3166-1 alpha-2) of the countries that have an outline."""
    return list(_data()["countries"])


@cache
def rings(code: str) -> list[Ring]:
    """Return the outline of a country in degrees: a ring for its mainland, and for each island; empty if unknown."""
    lines = _data()["lines"]
    return [_joined(ring, lines) for ring in _data()["countries"].get(code, [])]


def _joined(ring: Sequence[int], lines: Sequence[Sequence[int]]) -> Ring:
    points: Ring = []
    for line in ring:
        found = list(_decoded(lines[line if line >= 0 else ~line]))
        points += found[:-1] if line >= 0 else found[:0:-1]  # the next line begins where this one ends
    return points


def _decoded(line: Sequence[int]) -> Iterator[Point]:
    x = y = 0
    for step_x, step_y in zip(line[::2], line[1::2], strict=True):
        x, y = x + step_x, y + step_y
        yield x / PER_DEGREE, y / PER_DEGREE


def extent(points: Sequence[Point]) -> Extent:
    """Return the smallest rectangle around points."""
    xs, ys = zip(*points, strict=True)
    return Extent(min(xs), min(ys), max(xs), max(ys))


@cache
def extents(code: str) -> list[Extent]:
    """Return the smallest rectangle around each ring of a country."""
    return [extent(ring) for ring in rings(code)]


def main_extents(code: str) -> list[Extent]:
    """Return the extents of the parts of a country that a map has to show: its largest one, and other large ones."""
    found = extents(code)
    least = max((one.area for one in found), default=0) / 20
    return [one for one in found if one.area >= least]


def centre(ring: Ring) -> Point:
    """Return the centroid of a ring, or the middle of its extent if it has no area."""
    x = y = doubled = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        x, y, doubled = x + (x1 + x2) * cross, y + (y1 + y2) * cross, doubled + cross
    if abs(doubled) < 1e-6:
        left, bottom, right, top = extent(ring)
        return (left + right) / 2, (bottom + top) / 2
    return x / (3 * doubled), y / (3 * doubled)


def is_inside(ring: Ring, point: Point) -> bool:
    """Say whether a point lies in a ring: a line from it crosses the ring an odd number of times."""
    x, y = point
    crossings = [
        x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
        if (y1 > y) != (y2 > y)
    ]
    return sum(crossings) % 2 == 1


def clipped(ring: Ring, frame: Extent) -> Ring:
    """Return the part of a ring inside a rectangle (Sutherland and Hodgman, 1974)."""
    if frame.contains(extent(ring)):
        return ring
    sides: tuple[tuple[int, float, int], ...] = (
        (0, frame.left, 1), (0, frame.right, -1), (1, frame.bottom, 1), (1, frame.top, -1),
    )  # fmt: skip
    for axis, limit, sign in sides:
        ring = _cut_off(ring, axis, limit, sign)
    return ring


def _cut_off(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    kept: Ring = []
    for index, point in enumerate(ring):
        before = ring[index - 1]
        is_in, was_in = sign * point[axis] >= sign * limit, sign * before[axis] >= sign * limit
        if is_in != was_in:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            crossing = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            kept.append((limit, crossing) if axis == 0 else (crossing, limit))
        if is_in:
            kept.append(point)
    return kept


def thinned(ring: Ring, project: Callable[[Point], Point], least: float) -> Ring:
    """Return a ring on the map, without the points that are nearer to the point before than ``least``."""
    kept: Ring = []
    for point in map(project, ring):
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= least:
            kept.append(point)
    return kept
