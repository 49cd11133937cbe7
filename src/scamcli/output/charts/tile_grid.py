"""The 25 provinces of Cambodia as equal tiles, so that Kep and Pailin are as visible as Mondulkiri."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from scamcli.language.wording.bounds import Bounds, render_number
from scamcli.output.charts import intervals, scales, svg
from scamcli.output.charts.paint import INK, MUTED, ON_SHADES, SHADES
from scamcli.output.charts.svg import Box, Chart
from scamcli.output.charts.text_width import cut, width_of
from scamcli.output.text.nouns import in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from scamcli.language.wording.bounds import Number
    from scamcli.output.charts.svg import Element

TILES = (
    ("", "Banteay Meanchey", "Oddar Meanchey", "Preah Vihear", "Stung Treng", "Ratanakiri"),
    ("Pailin", "Battambang", "Siem Reap", "Kampong Thom", "Kratie", "Mondulkiri"),
    ("", "Pursat", "Kampong Chhnang", "Kampong Cham", "Tbong Khmum", ""),
    ("Koh Kong", "Kampong Speu", "Phnom Penh", "Kandal", "Prey Veng", "Svay Rieng"),
    ("", "Preah Sihanouk", "Kampot", "Takeo", "", ""),
    ("", "", "Kep", "", "", ""),
)
"""The official names of the provinces, roughly where they lie; north is up."""
SHORT = {
    "Banteay Meanchey": "B. Meanchey", "Oddar Meanchey": "O. Meanchey", "Kampong Thom": "K. Thom",
    "Kampong Chhnang": "K. Chhnang", "Kampong Cham": "K. Cham", "Tbong Khmum": "T. Khmum", "Kampong Speu": "K. Speu",
    "Preah Sihanouk": "P. Sihanouk", "Preah Vihear": "P. Vihear",
}  # fmt: skip
WIDTH, HEIGHT, GAP = 88.0, 48.0, 4.0
SIZE = 11.0
LINE = 17.0
SUPPRESSED = "suppressed"
_MOST = 10**300
"""Larger numbers are shaded like this one: some of them are too large for the arithmetic of fractions."""


def tile_grid(
    values: Mapping[str, Bounds],
    *,
    anchor: str,
    title: str,
    description: str,
    suppressed: Collection[str] = (),
) -> str:
    """Return a tile for each province of Cambodia, shaded by the low of its number in at most five classes.

    Args:
        values: The bounds of a number by the official name of the province. Other names are counted in the description.
        anchor: The beginning of the ids in the chart, unique in the page.
        title: The title of the chart.
        description: What the chart shows, in words.
        suppressed: The provinces whose numbers are withheld. They are drawn like those without a figure, and named.
    """
    return svg.inline(tiles_chart(values, title, description, suppressed), anchor)


def tiles_chart(values: Mapping[str, Bounds], title: str, description: str, suppressed: Collection[str] = ()) -> Chart:
    """Return the chart of `tile_grid` before it is rendered."""
    named = {name for row in TILES for name in row if name}
    shown = {name: intervals.known(bounds) for name, bounds in values.items() if name in named - {*suppressed}}
    limits = classes([bounds.low for bounds in shown.values()])
    body: list[Element] = []
    for down, row in enumerate(TILES):
        for across, name in enumerate(row):
            box = Box(across * (WIDTH + GAP) + 1, down * (HEIGHT + GAP) + 1, WIDTH, HEIGHT)
            words = SUPPRESSED if name in suppressed else None
            body += [_tile(name, shown.get(name), limits, box, words)] if name else []
    width, height = len(TILES[0]) * (WIDTH + GAP), len(TILES) * (HEIGHT + GAP)
    corner = 4 * (WIDTH + GAP) + 6
    body += _legend(limits, corner, height - (len(SHADES) + 1) * LINE, width - corner)
    without = len(named) - len(shown)
    others = len(set(values) - named)
    notes = [f"{without} of {len(named)} provinces have no number that is shown."] if without else []
    notes += [f"{others} other place{'s are' if others > 1 else ' is'} not shown."] if others else []
    return Chart("tiles", width, height, body, title, " ".join([description, *notes]).strip())


def classes(lows: Sequence[Number | None]) -> list[Number]:
    """Return the round numbers where the shades begin: at most five, each with about as many provinces."""
    amounts = sorted(min(low, _MOST) for low in lows if low is not None and low >= 0)
    firsts = [amounts[len(amounts) * place // len(SHADES)] for place in range(len(SHADES))] if amounts else []
    return sorted({_rounded(amount) for amount in firsts})


def _rounded(amount: Number) -> Number:
    """Return the round number at or below an amount: 0, or 1, 2 or 5 times a power of ten."""
    if amount < 1:
        return 0
    power: int = 10 ** (len(str(int(amount))) - 1)
    return max(power * factor for factor in (1, 2, 5) if power * factor <= amount)


def _tile(name: str, bounds: Bounds | None, limits: Sequence[Number], box: Box, words: str | None) -> Element:
    label = cut(SHORT.get(name, name), box.width - 7, SIZE)
    low = bounds.low if bounds else None
    place = sum(limit <= low for limit in limits) - 1 if low is not None else -1
    written = words or (in_words(bounds) if bounds else "no number")
    shape: list[Element] = [svg.rect(box, SHADES[place] if place >= 0 else "none", stroke=MUTED, stroke_width=0.5)]
    ink = ON_SHADES[place] if place >= 0 else INK
    if place < 0:
        shape += _hatching(box)
    number, size = _fitting(bounds, written, box.width - 7)
    shape.append(svg.text(box.x + 5, box.y + 17, label, SIZE, fill=ink))
    shape.append(svg.text(box.x + 5, box.y + 37, number, size, fill=ink, font_weight="bold" if bounds else None))
    return svg.group(*shape, title=f"{name}: {written}")


def _fitting(bounds: Bounds | None, written: str, room: float) -> tuple[str, float]:
    """Return the fullest wording that fits a tile, with its font size: all bounds, low and high, or only the low."""
    low, _, high = bounds or Bounds()
    wordings = [written] if bounds is None else [written, in_words(Bounds(low, None, high))]
    wordings += [] if low is None else [f"≥ {render_number(low)}", f"≥ {scales.short_number(low)}"]
    for words, size in itertools.product(wordings, (13.0, SIZE, 9.5)):
        if width_of(words, size) <= room:
            return words, size
    return cut(wordings[-1], room, 9.5), 9.5


def _hatching(box: Box) -> list[Element]:
    """Return thin strokes in the corner of a tile without a number."""
    right, bottom = box.x + box.width, box.y + box.height
    return [
        svg.line((right - reach, bottom - 1), (right - 1, bottom - reach), MUTED, stroke_width=0.7)
        for reach in (6, 11, 16, 21)
    ]


def _class(first: Number, following: Number | None = None) -> str:
    """Return the whole numbers from one limit to the next in words."""
    if following is None:
        return f"≥ {scales.short_number(first)}"
    last = following - 1
    return scales.short_number(first) if first == last else f"{scales.short_number(first)} to {render_number(last)}"


def _legend(limits: Sequence[Number], x: float, y: float, room: float) -> list[Element]:
    """Return a line for each shade, with the lows that it stands for, and one for tiles without a shade."""
    drawn = []
    for index, limit in enumerate(limits):
        words = _class(limit, *limits[index + 1 : index + 2])
        drawn.append(svg.rect(Box(x, y, 22, 13), SHADES[index], stroke=MUTED, stroke_width=0.5))
        drawn.append(svg.text(x + 28, y + 11, cut(words, room - 28, SIZE), SIZE))
        y += LINE
    box = Box(x, y, 22, 13)
    drawn += [svg.rect(box, "none", stroke=MUTED, stroke_width=0.5), *_hatching(box)[:2]]
    return [*drawn, svg.text(x + 28, y + 11, "no lower limit", SIZE)]
