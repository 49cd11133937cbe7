"""Read a chart back as XML, and hold what every chart promises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from scamcli.output.charts.axes import text_box
from scamcli.output.charts.svg import Box

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

ELEMENTS = {"svg", "title", "desc", "g", "a", "rect", "line", "circle", "path", "polyline", "text"}
ROUNDING = 0.06


def checked(chart: str) -> Element:
    """Parse a chart, and check that it is safe, within its view box, and that its texts do not overlap."""
    root = ElementTree.fromstring(chart)
    assert "nan" not in {value.lower() for item in root.iter() for value in item.attrib.values()}
    for item in root.iter():
        name = _name(item)
        assert name in ELEMENTS, name
        assert not {key for key in item.attrib if key == "style" or key.startswith("on")}
        if name == "svg":
            _check_view(item)
    return root


def _check_view(view: Element) -> None:
    """Check what is drawn in a view box, without what has a view box of its own."""
    _, _, width, height = map(float, view.attrib["viewBox"].split())
    frame = Box(-ROUNDING, -ROUNDING, width + 2 * ROUNDING, height + 2 * ROUNDING)
    found: list[tuple[str, Box]] = []
    for item in _inside(view):
        for box in boxes(item):
            assert box.width >= 0, ElementTree.tostring(item)
            assert box.height >= 0, ElementTree.tostring(item)
            assert frame.contains(box), ElementTree.tostring(item)
            if _name(item) == "text":
                found.append((item.text or "", box))
    for place, (words, box) in enumerate(found):
        for other, other_box in found[:place]:
            assert not box.overlaps(other_box), (words, other)


def _inside(view: Element) -> Iterator[Element]:
    for child in view:
        if _name(child) == "svg":
            at = {key: float(child.attrib[key]) for key in ("x", "y", "width", "height")}
            assert at["x"] + at["width"] <= float(view.attrib["width"])
            assert at["y"] + at["height"] <= float(view.attrib["height"])
        else:
            yield child
            yield from _inside(child)


def _name(item: Element) -> str:
    return item.tag.rpartition("}")[2]


def texts(root: Element) -> list[str]:
    """Return the texts that are drawn."""
    return ["".join(item.itertext()) for item in root.iter() if _name(item) == "text"]


def boxes(item: Element) -> Iterator[Box]:
    """Yield the boxes that an element is drawn in."""
    name = _name(item)
    at = {key: float(value) for key, value in item.attrib.items() if re.fullmatch(r"-?\d+(\.\d+)?", value)}
    if name == "rect":
        yield Box(at["x"], at["y"], at["width"], at["height"])
    elif name == "line":
        yield _around([(at["x1"], at["y1"]), (at["x2"], at["y2"])])
    elif name == "circle":
        yield Box(at["cx"] - at["r"], at["cy"] - at["r"], 2 * at["r"], 2 * at["r"])
    elif name == "text":
        yield _text_box(item)
    elif name == "polyline":
        yield _around([(float(x), float(y)) for x, y in (pair.split(",") for pair in item.attrib["points"].split())])
    elif name == "path":
        for ring in item.attrib["d"].split("z")[:-1]:
            yield _around(list(_points(ring)))


def _points(ring: str) -> Iterator[tuple[float, float]]:
    start, steps = ring.removeprefix("M").split("l")
    x, y = map(float, start.split())
    yield x, y
    numbers = list(map(float, steps.split()))
    for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + step_x, y + step_y
        yield round(x, 3), round(y, 3)


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _text_box(item: Element) -> Box:
    words, size = item.text or "", float(item.attrib["font-size"])
    box = text_box(float(item.attrib["x"]), float(item.attrib["y"]), words, size)
    return box._replace(x=box.x - box.width) if item.attrib.get("text-anchor") == "end" else box
