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
    assert "nan" not in re.sub(r">[^<]*<", "><", chart).lower().replace("nant", "")
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    view = Box(-ROUNDING, -ROUNDING, width + 2 * ROUNDING, height + 2 * ROUNDING)
    for item in root.iter():
        name = item.tag.rpartition("}")[2]
        assert name in ELEMENTS, name
        assert not {key for key in item.attrib if key == "style" or key.startswith("on")}
        for box in boxes(item):
            assert box.width >= 0, ElementTree.tostring(item)
            assert box.height >= 0, ElementTree.tostring(item)
            assert view.contains(box), ElementTree.tostring(item)
    found = list(text_boxes(root))
    for place, (words, box) in enumerate(found):
        for other, other_box in found[:place]:
            assert not box.overlaps(other_box), (words, other)
    return root


def texts(root: Element) -> list[str]:
    """Return the texts that are drawn."""
    return ["".join(item.itertext()) for item in root.iter() if item.tag.rpartition("}")[2] == "text"]


def text_boxes(root: Element) -> Iterator[tuple[str, Box]]:
    """Yield the texts that are drawn, with the estimated box of each."""
    for item in root.iter():
        if item.tag.rpartition("}")[2] == "text":
            yield item.text or "", _text_box(item)


def boxes(item: Element) -> Iterator[Box]:
    """Yield the boxes that an element is drawn in."""
    name = item.tag.rpartition("}")[2]
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
