"""The colours of charts can be told apart, on light and on dark pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scamcli.output.charts import paint
from scamcli.output.report import built_in_style

LIGHT = dict(re.findall(r"var\((--[\w-]+), (#\w{6})\)", Path(paint.__file__).read_text(encoding="utf-8")))
DARK = {
    name: f"#{''.join(digit * 2 for digit in colour[1:])}" if len(colour) == 4 else colour
    for name, colour in re.findall(r"(--chart-[\w-]+): (#\w+);", built_in_style())
}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""
    lighter, darker = sorted(map(luminance, (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_report_sets_every_colour_for_dark_pages() -> None:
    assert DARK.keys() == LIGHT.keys()


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_have_enough_contrast(colours: dict[str, str]) -> None:
    certain, possible = colours["--chart-certain"], colours["--chart-possible"]
    page, muted = colours["--chart-paper"], colours["--chart-muted"]
    assert min(contrast(certain, page), contrast(possible, page), contrast(certain, possible)) >= 3
    assert min(contrast(muted, page), contrast(muted, colours["--chart-land"])) >= 4.5
