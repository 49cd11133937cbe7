"""One or more charts as a file of their own: with a title, notes and a source line, on a white background."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Sequence
from typing import NamedTuple

from scamcli.output.charts import svg
from scamcli.output.charts.svg import Box, Chart, Element
from scamcli.output.charts.text_width import wrapped

MARGIN = 20.0
WHITE, BLACK, GREY = "#ffffff", "#1a1a1a", "#595959"
FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', 'Noto Sans', sans-serif"
LONGEST_DESCRIPTION = 8000


class Words(NamedTuple):
    """The texts around a chart. The ``description`` says its numbers in words, for those who do not see it."""

    title: str
    subtitle: str
    notes: Sequence[str]
    source: str
    description: str


class Drawing(NamedTuple):
    """A chart as an SVG file, and its numbers in words."""

    svg: str
    description: str


class _Style(NamedTuple):
    size: float
    line: float
    most: int
    fill: str
    weight: str | None = None


_TITLE = _Style(17.0, 22.0, 3, BLACK, "bold")
_SUBTITLE = _Style(12.5, 17.0, 5, BLACK)
_HEADING = _Style(12.5, 18.0, 2, BLACK, "bold")
_NOTE = _Style(10.5, 14.5, 6, GREY)


def standalone(panels: Sequence[tuple[str, Chart]], words: Words) -> Drawing:
    """Return a file with charts. Each panel is a heading, which may be empty, and a chart."""
    room = max(chart.width for _, chart in panels)
    page = _Page(room)
    page.write(words.title, _TITLE)
    page.write(words.subtitle, _SUBTITLE)
    for heading, chart in panels:
        page.skip(10)
        page.write(heading, _HEADING)
        page.put(chart)
    page.skip(6)
    for note in (*words.notes, words.source):
        page.write(note, _NOTE)
    return Drawing(page.rendered(words), words.description)


class _Page:
    """A page that is filled from top to bottom."""

    def __init__(self, room: float) -> None:
        self.room = room
        self.y = MARGIN
        self.body: list[Element] = []

    def skip(self, height: float) -> None:
        self.y += height

    def write(self, words: str, style: _Style) -> None:
        wide = 1.1 if style.weight else 1.0  # bold letters are wider
        for line in wrapped(svg.clean(words), self.room / wide, style.size, style.most):
            self.y += style.line
            self.body.append(svg.text(MARGIN, self.y - 4, line, style.size, fill=style.fill, font_weight=style.weight))

    def put(self, chart: Chart) -> None:
        box = {"x": MARGIN, "y": self.y, "width": chart.width, "height": chart.height}
        view = f"0 0 {svg.number(chart.width)} {svg.number(chart.height)}"
        self.body.append(svg.element("svg", *chart.body, **box, viewBox=view))
        self.y += chart.height

    def rendered(self, words: Words) -> str:
        width, height = self.room + 2 * MARGIN, self.y + MARGIN
        root = svg.element(
            "svg",
            svg.element("title", svg.shortened(words.title), id="title"),
            svg.element("desc", words.description[:LONGEST_DESCRIPTION], id="desc"),
            svg.rect(Box(0, 0, width, height), WHITE),
            *self.body,
            xmlns="http://www.w3.org/2000/svg", width=width, height=height,
            viewBox=f"0 0 {svg.number(width)} {svg.number(height)}", role="img", aria_labelledby="title desc",
            font_family=FONTS, color=BLACK,
        )  # fmt: skip
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg.render(root, is_page=False)}\n'
