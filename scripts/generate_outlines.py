"""Generate the outlines of countries that maps draw, ``src/scamcli/output/charts/outlines.json``.

Run this with ``make places``, which installs what it reads, and review the maps:

- Natural Earth (public domain) at 1:50,000,000, in the npm package world-atlas (ISC), which keeps a border that two
  countries share as one line.
- pycountry: the two-letter codes of the numeric codes of ISO 3166-1.

The lines are simplified (Douglas and Peucker, 1973): finely in the part of the world that this project is about, and
coarsely elsewhere. A shared border is simplified once, so neighbours still fit together.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pycountry

TARGET = Path(__file__).parents[1] / "src" / "scamcli" / "output" / "charts" / "outlines.json"
DETAILED = frozenset(
    "BD BN BT CN HK ID IN JP KH KP KR LA LK MM MN MO MV MY NP PH PK SG TH TL TW VN".split()  # noqa: SIM905
)
"""The countries of East, South and South-East Asia."""
UNNUMBERED = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}
"""Codes for the areas that have no numeric code there. Others without one are left out."""
FINE, COARSE = 0.01, 0.16
"""How far in degrees a line may move, in detailed and in other countries."""
SMALLEST = {True: 0.012, False: 0.4}
"""Islands with a smaller box (in square degrees) are left out of detailed and of other countries, unless all are."""
PER_DEGREE = 100

Point = tuple[float, float]
Ring = list[int]


def main() -> None:
    """Write the file from the TopoJSON file whose path is the first argument."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    countries: dict[str, list[Ring]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = _code(geometry)
        if code is not None:
            countries.setdefault(code, []).extend(_rings(geometry))
    kept = {code: _without_islets(code, rings, arcs) for code, rings in sorted(countries.items())}
    fine = {_index(arc) for code in DETAILED for ring in kept[code] for arc in ring}
    used = sorted({_index(arc) for rings in kept.values() for ring in rings for arc in ring})
    places = {old: new for new, old in enumerate(used)}
    about = (
        "Natural Earth 1:50m (public domain), from the npm package world-atlas 2.0.2, simplified by "
        "scripts/generate_outlines.py: do not edit. A line is x, y and steps, in hundredths of a degree. "
        "A ring is a list of lines; -1 - N is line N backwards."
    )
    narrowest = _narrowest(kept, arcs)
    lines = [_encoded(_simplified(arcs[old], min(FINE if old in fine else COARSE, narrowest[old] / 4))) for old in used]
    rings = {
        code: [[places[arc] if arc >= 0 else ~places[~arc] for arc in ring] for ring in rings]
        for code, rings in kept.items()
    }
    rings = {code: [ring for ring in found if _points(ring, lines) > 3] for code, found in rings.items()}
    parts = {"about": about, "countries": rings, "lines": lines}
    TARGET.write_text(json.dumps(parts, separators=(",", ":")) + "\n", encoding="utf-8")


def _code(geometry: dict[str, object]) -> str | None:
    number, properties = geometry.get("id"), geometry["properties"]
    assert isinstance(properties, dict)
    found = pycountry.countries.get(numeric=str(number)) if number else None
    return str(found.alpha_2) if found else UNNUMBERED.get(properties["name"])


def _rings(geometry: dict[str, object]) -> list[Ring]:
    arcs = geometry["arcs"]
    assert isinstance(arcs, list)
    return [ring for polygon in (arcs if geometry["type"] == "MultiPolygon" else [arcs]) for ring in polygon]


def _index(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((left + x * scale_x, bottom + y * scale_y))
    return points


def _without_islets(code: str, rings: list[Ring], arcs: list[list[Point]]) -> list[Ring]:
    """Return the rings that are large enough, but at least the largest one."""
    sizes = [_box([point for arc in ring for point in arcs[_index(arc)]]) for ring in rings]
    least = min(SMALLEST[code in DETAILED], max(sizes))
    return [ring for ring, size in zip(rings, sizes, strict=True) if size >= least]


def _narrowest(countries: dict[str, list[Ring]], arcs: list[list[Point]]) -> dict[int, float]:
    """Return for each line how wide or high the smallest ring is that it belongs to, so that no ring collapses."""
    found: dict[int, float] = {}
    for ring in (ring for rings in countries.values() for ring in rings):
        xs, ys = zip(*(point for arc in ring for point in arcs[_index(arc)]), strict=True)
        size = min(max(xs) - min(xs), max(ys) - min(ys))
        for arc in map(_index, ring):
            found[arc] = min(found.get(arc, size), size)
    return found


def _points(ring: Ring, lines: list[list[int]]) -> int:
    """Return how many points a ring has, the last of which is the first."""
    return 1 + sum(len(lines[_index(arc)]) // 2 - 1 for arc in ring)


def _box(points: list[Point]) -> float:
    xs, ys = zip(*points, strict=True)
    return float((max(xs) - min(xs)) * (max(ys) - min(ys)))


def _simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Return a line with fewer points, none of which moves. A closed line is halved first, so that it stays an area."""
    if points[0] == points[-1] and len(points) > 3:
        middle = max(range(len(points)), key=lambda place: _distance(points[place], points[0], points[0]))
        tolerance = min(tolerance, _distance(points[middle], points[0], points[0]) / 6)
        return _between(points[: middle + 1], tolerance)[:-1] + _between(points[middle:], tolerance)
    return _between(points, tolerance)


def _between(points: list[Point], tolerance: float) -> list[Point]:
    kept = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        far = max(range(first + 1, last), key=lambda place: _distance(points[place], points[first], points[last]))
        if _distance(points[far], points[first], points[last]) > tolerance:
            kept.add(far)
            stack += [(first, far), (far, last)]
    return [points[place] for place in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return the distance of a point from the line between two points, in degrees."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else min(max(((x - x1) * dx + (y - y1) * dy) / length, 0.0), 1.0)
    return float(((x - x1 - share * dx) ** 2 + (y - y1 - share * dy) ** 2) ** 0.5)


def _encoded(points: list[Point]) -> list[int]:
    """Return the first point, and the step to each further point."""
    found: list[int] = []
    x = y = 0
    for degrees_x, degrees_y in points:
        new_x, new_y = round(degrees_x * PER_DEGREE), round(degrees_y * PER_DEGREE)
        if not found or (new_x, new_y) != (x, y):
            found += [new_x - x, new_y - y]
        x, y = new_x, new_y
    return found


if __name__ == "__main__":
    main()
