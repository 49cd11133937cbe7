"""Sites and towns on a small map of the countries concerned."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from scamcli.output.charts import axes, map_frame, outlines, svg
from scamcli.output.charts.axes import SIZE, Labels
from scamcli.output.charts.map_frame import MARGIN, Frame
from scamcli.output.charts.paint import BORDER, CERTAIN, GRID, LAND, MUTED, PAPER, POSSIBLE
from scamcli.output.charts.svg import Box, Chart, Element
from scamcli.output.charts.text_width import cut, width_of
from scamcli.output.text.words import plural

MOST_LISTED = 40
"""The most places that the list below the map names."""
MOST_OUTLINE = 18_000
"""About how many characters the outlines may take."""
SAME_PLACE = 8.0
"""Points that are nearer than this on the map share a mark."""
RADII_IN_KM = {"country": 150.0, "province": 35.0, "district": 12.0}
SMALLEST_SOFT, DOT = 10.0, 4.0
FORMS = {"site": "site", "town": "town or zone", "area": "only its area is known"}
"""What the marks stand for. The area is a district, a province or a country."""
LONGEST_LABEL = 200.0
_LINE = 16.0


class Point(NamedTuple):
    """A place: degrees, its name, how precise they are (a word such as ``town``), and what it is, such as ``site``."""

    lat: float
    lon: float
    label: str
    precision: str | None
    kind: str
    href: str | None = None


class _Mark(NamedTuple):
    """Points that share a mark on the map."""

    x: float
    y: float
    points: list[Point]

    @property
    def box(self) -> Box:
        return Box(self.x - DOT, self.y - DOT, 2 * DOT, 2 * DOT)


def point_map(points: Sequence[Point], countries: Sequence[str], *, anchor: str, title: str, description: str) -> str:
    """Return a map of points with the outlines of countries.

    Args:
        points: The places. Those outside the range of degrees are left out, and counted in the description.
        countries: The codes (ISO 3166-1 alpha-2) of the countries that the map has to show.
        anchor: The beginning of the ids in the chart, unique in the page.
        title: The title of the map.
        description: What the map shows, in words.
    """
    return svg.inline(map_chart(points, countries, title, description), anchor)


def map_chart(points: Sequence[Point], countries: Sequence[str], title: str, description: str) -> Chart:
    """Return the chart of `point_map` before it is rendered."""
    placed = [point for point in points if abs(point.lat) <= 90 and abs(point.lon) <= 180]
    missing = len(points) - len(placed)
    notes = [f"{plural(missing, 'place')} without usable coordinates: not shown."] if missing else []
    frame = map_frame.fitting([(point.lon, point.lat) for point in placed], countries)
    if frame is None:
        return axes.empty("map", 520, title, " ".join([description, *notes]).strip(), "No places to show")
    marks = _marks(frame, placed)
    box = Box(0.5, 0.5, frame.width - 1, frame.height - 1)
    body = [svg.rect(box, PAPER), *_land(frame, countries), svg.rect(box, "none", stroke=GRID)]
    vague = {(point.lat, point.lon, point.precision): point for point in placed if point.precision in RADII_IN_KM}
    body += [_soft(frame, point) for point in vague.values()]
    labels = Labels(box, [mark.box for mark in marks])
    listed = _labelled(labels, marks)
    map_frame.name_countries(labels, frame, countries)
    body += [_drawn(mark) for mark in marks] + labels.placed
    below = _key(marks, frame.height + _LINE)
    below += _list(listed, frame, frame.height + _LINE * (2 if below else 1))
    lowest = max((float(item.attributes["y"]) for item in below if item.name == "text"), default=frame.height)
    caption, end = _caption(frame.width, lowest)
    notes.append(outlines.ATTRIBUTION)
    return Chart("map", frame.width, end, [*body, *below, *caption], title, " ".join([description, *notes]).strip())


def _land(frame: Frame, countries: Sequence[str]) -> list[Element]:
    """Draw the countries in the frame, as finely as `MOST_OUTLINE` allows, and the ones asked for on top."""
    for least in (1.0, 1.6, 2.5, 4.0, 7.0, 12.0):
        paths = map_frame.paths(frame, least, countries)
        if sum(len(path) + len("<path/>") for path in paths.values()) <= MOST_OUTLINE:
            break
    asked = {code: paths.pop(code) for code in countries if code in paths}
    return [
        svg.element(
            "g", *(svg.element("path", d=path) for path in found.values()),
            fill=LAND, fill_opacity=opacity, stroke=BORDER, stroke_width=0.7,
        )
        for found, opacity in ((paths, 0.4), (asked, None))
        if found
    ]  # fmt: skip


def _marks(frame: Frame, points: Sequence[Point]) -> list[_Mark]:
    marks: list[_Mark] = []
    cells: defaultdict[tuple[int, int], list[_Mark]] = defaultdict(list)
    for point in points:
        x, y = frame.project((point.lon, point.lat))
        across, down = int(x // SAME_PLACE), int(y // SAME_PLACE)
        around = product(range(across - 1, across + 2), range(down - 1, down + 2))
        candidates = (mark for cell in around for mark in cells.get(cell, ()))
        near = next((mark for mark in candidates if math.hypot(mark.x - x, mark.y - y) < SAME_PLACE), None)
        if near:
            near.points.append(point)
        else:
            marks.append(_Mark(x, y, [point]))
            cells[across, down].append(marks[-1])
    return marks


def _soft(frame: Frame, point: Point) -> Element:
    """Draw the area that an imprecise point lies in, as far as it fits into the frame."""
    x, y = frame.project((point.lon, point.lat))
    radius = max(RADII_IN_KM[point.precision or ""] * frame.per_km, SMALLEST_SOFT)
    radius = min(radius, x, y, frame.width - x, frame.height - y)
    return svg.element("circle", cx=x, cy=y, r=max(radius, 1.0), fill=POSSIBLE, fill_opacity=0.35)


def _drawn(mark: _Mark) -> Element:
    names = "; ".join(_named(point) for point in mark.points)
    href = mark.points[0].href if len(mark.points) == 1 else None
    return svg.group(_shape(_form(mark), mark.x, mark.y), title=names, href=href)


def _form(mark: _Mark) -> str:
    """Return what a mark stands for, which is one of `FORMS`."""
    if all(point.precision in RADII_IN_KM for point in mark.points):
        return "area"
    return "town" if all(point.kind == "town" for point in mark.points) else "site"


def _shape(form: str, x: float, y: float) -> Element:
    if form == "area":
        return svg.element("circle", cx=x, cy=y, r=DOT - 1, fill="none", stroke=CERTAIN, stroke_dasharray="2 1.5")
    if form == "town":
        return svg.rect(Box(x - DOT + 0.5, y - DOT + 0.5, 2 * DOT - 1, 2 * DOT - 1), CERTAIN, stroke=PAPER)
    return svg.element("circle", cx=x, cy=y, r=DOT, fill=CERTAIN, stroke=PAPER)


def _key(marks: Sequence[_Mark], y: float) -> list[Element]:
    """Return a line that explains the forms of the marks, if there are several."""
    used = set(map(_form, marks))
    drawn: list[Element] = []
    x = MARGIN
    for form, words in FORMS.items():
        if form in used and len(used) > 1:
            drawn += [_shape(form, x + DOT, y - DOT), svg.text(x + 2 * DOT + 5, y, words, SIZE)]
            x += 2 * DOT + 5 + width_of(words, SIZE) + 16
    return drawn


def _named(point: Point) -> str:
    return f"{point.label} (only the {point.precision} is known)" if point.precision in RADII_IN_KM else point.label


def _labelled(labels: Labels, marks: Sequence[_Mark]) -> list[tuple[str, _Mark]]:
    """Label marks with their names, or else with numbers; return what the list below has to explain."""
    listed: list[tuple[str, _Mark]] = []
    for mark in marks:
        name = cut(svg.clean(mark.points[0].label), LONGEST_LABEL, SIZE)
        if len(mark.points) == 1 and labels.place(name, mark.box, SIZE):
            continue
        number = str(sum(bool(key) for key, _ in listed) + 1)
        has_room = len(listed) < MOST_LISTED and labels.place(number, mark.box, SIZE)
        listed.append((number if has_room else "", mark))
    return listed


def _list(listed: Sequence[tuple[str, _Mark]], frame: Frame, y: float) -> list[Element]:
    """Return the names of numbered marks, a line each, from a baseline on."""
    drawn = []
    for number, mark in listed[:MOST_LISTED]:
        names = "; ".join(_named(point) for point in mark.points[:20])
        more = f" and {len(mark.points) - 20} more" if len(mark.points) > 20 else ""
        head = f"{number or '–'}  "
        drawn.append(svg.text(MARGIN, y, cut(svg.clean(f"{head}{names}{more}"), frame.width - 2 * MARGIN, SIZE), SIZE))
        y += _LINE
    if len(listed) > MOST_LISTED:
        rest = sum(len(mark.points) for _, mark in listed[MOST_LISTED:])
        drawn.append(svg.text(MARGIN, y, f"and {plural(rest, 'more place')}", SIZE, fill=MUTED))
    return drawn


def _caption(width: float, top: float) -> tuple[list[Element], float]:
    """Return the words about the outlines, and where they end."""
    from scamcli.output.charts.text_width import wrapped

    size = SIZE - 1
    lines = wrapped(outlines.ATTRIBUTION, width - 2, size, 4)
    drawn = [
        svg.text(0, top + (index + 1) * 14 + 4, line, size, fill=MUTED)
        for index, line in enumerate(lines)
        if width_of(line, size) <= width
    ]
    return drawn, top + len(lines) * 14 + 10
