"""Elements of SVG, written so that no text can become markup: a chart is a tree until it is rendered.

There are no style attributes and no scripts, so that a page can forbid both. Colours are those of `paint`: an inline
chart takes the variables of its page, and a chart in a file of its own has the colours themselves.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from scamcli.output.charts.paint import INK
from scamcli.output.charts.text_width import ELLIPSIS
from scamcli.output.escaping import is_web_address, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = str | float
SIZE = 12.0
"""The font size of most texts."""
LONGEST_TITLE = 400
"""The most characters of a text that only assistive technology and tooltips show."""

_VARIABLE = r"var\(--[a-z0-9-]+, (#[0-9a-f]{6})\)"
_NOT_XML = "[\ud800-\udfff\ufffe\uffff]"


class Element(NamedTuple):
    """An element with its attributes, and its children or its text."""

    name: str
    attributes: dict[str, Value]
    children: tuple[Element | str, ...] = ()


class Box(NamedTuple):
    """A rectangle: its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box) -> bool:
        """Say whether two rectangles have an area in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def contains(self, other: Box) -> bool:
        """Say whether another rectangle lies inside this one."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


class Chart(NamedTuple):
    """A chart before it is rendered. ``description`` says in words what it shows."""

    kind: str
    width: float
    height: float
    body: Sequence[Element]
    title: str
    description: str


def element(name: str, *children: Element | str, **attributes: Value | None) -> Element:
    """Return an element. Attributes that are ``None`` are left out, and ``_`` in their names is written ``-``."""
    written = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None}
    return Element(name, written, children)


def rect(box: Box, fill: str, **attributes: Value | None) -> Element:
    """Return a rectangle."""
    return element("rect", x=box.x, y=box.y, width=box.width, height=box.height, fill=fill, **attributes)


def line(start: tuple[float, float], end: tuple[float, float], stroke: str, **attributes: Value | None) -> Element:
    """Return a straight line between two points."""
    (x1, y1), (x2, y2) = start, end
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, **attributes)


def text(x: float, y: float, content: str, size: float = SIZE, **attributes: Value | None) -> Element:
    """Return a text on one line, whose baseline begins at a point; ``text_anchor`` moves it to the left of it."""
    return element("text", content, x=x, y=y, font_size=size, **({"fill": INK} | attributes))


def group(*children: Element, title: str = "", href: str | None = None) -> Element:
    """Return elements with a tooltip, as a link if an address is given that is safe."""
    inner = (element("title", shortened(title)), *children) if title else children
    if href is not None and (href.startswith("#") or is_web_address(href)):
        return element("a", *inner, href=href)
    return element("g", *inner)


def shortened(words: str) -> str:
    """Return a text that is not too long to be read out."""
    return words if len(words) <= LONGEST_TITLE else words[:LONGEST_TITLE] + ELLIPSIS


def clean(words: str) -> str:
    """Return a text on one line, with the characters that XML or a reader cannot take written out or replaced."""
    return re.sub(_NOT_XML, "\ufffd", one_line(words))


def render(item: Element | str, *, is_page: bool = True) -> str:
    """Return an element as XML; outside a page, with colours in place of variables."""
    if isinstance(item, str):
        return escape(clean(item))
    attributes = "".join(f' {key}="{_value(value, is_page=is_page)}"' for key, value in item.attributes.items())
    inner = "".join(render(child, is_page=is_page) for child in item.children)
    return f"<{item.name}{attributes}>{inner}</{item.name}>" if inner else f"<{item.name}{attributes}/>"


def _value(value: Value, *, is_page: bool) -> str:
    if isinstance(value, str):
        found = re.fullmatch(_VARIABLE, value)
        return found[1] if found and not is_page else escape(clean(value), {'"': "&quot;", "'": "&#39;"})
    return number(value)


def number(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    if not math.isfinite(value):
        raise ValueError(f"a coordinate is {value}")
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def inline(chart: Chart, anchor: str) -> str:
    """Return a chart for a page. Its ids begin with ``anchor``; without a title, it is hidden from screen readers."""
    head: dict[str, Value] = {
        "class": f"chart chart-{chart.kind}", "viewBox": f"0 0 {number(chart.width)} {number(chart.height)}",
        "width": chart.width, "height": chart.height,
    }  # fmt: skip
    if not chart.title:
        return render(Element("svg", {**head, "aria-hidden": "true", "focusable": "false"}, tuple(chart.body)))
    prefix = re.sub(r"[^A-Za-z0-9_-]", "-", anchor)
    labels = (
        element("title", shortened(chart.title), id=f"{prefix}-title"),
        *([element("desc", chart.description, id=f"{prefix}-desc")] if chart.description else []),
    )
    named = " ".join(str(label.attributes["id"]) for label in labels)
    has_links = any(_has_link(child) for child in chart.body)
    role = "group" if has_links else "img"  # the children of an image are hidden from screen readers
    return render(Element("svg", {**head, "role": role, "aria-labelledby": named}, (*labels, *chart.body)))


def _has_link(item: Element | str) -> bool:
    return not isinstance(item, str) and (item.name == "a" or any(map(_has_link, item.children)))
