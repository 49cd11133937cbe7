"""The colours of charts: CSS variables that a page can set, each with the colour that charts have without it.

The blues keep a contrast of at least 3:1 against white and against each other's use (WCAG 2.2, 1.4.11), and differ in
lightness, so that they are told apart in grey print and by people who do not see colours.
"""

from __future__ import annotations

INK = "currentColor"
CERTAIN = "var(--chart-certain, #1b6ca8)"
POSSIBLE = "var(--chart-possible, #93c1e3)"
MUTED = "var(--chart-muted, #6b6b6b)"
GRID = "var(--chart-grid, #dddddd)"
PAPER = "var(--chart-paper, #ffffff)"
LAND = "var(--chart-land, #eceae3)"
BORDER = "var(--chart-border, #a39f92)"
SHADES = (
    "var(--chart-shade-1, #e3eef7)", "var(--chart-shade-2, #b4d3ea)", "var(--chart-shade-3, #6fa8d3)",
    "var(--chart-shade-4, #1b6ca8)", "var(--chart-shade-5, #0b3c61)",
)  # fmt: skip
ON_SHADES = (
    "var(--chart-on-shade-1, #1a1a1a)", "var(--chart-on-shade-2, #1a1a1a)", "var(--chart-on-shade-3, #1a1a1a)",
    "var(--chart-on-shade-4, #ffffff)", "var(--chart-on-shade-5, #ffffff)",
)  # fmt: skip
"""The colours of text on each shade."""

STYLESHEET = """\
.chart { max-width: 100%; height: auto; font-family: inherit; }
@media screen and (prefers-color-scheme: dark) {
  :root {
    --chart-certain: #6db3e8; --chart-possible: #2f5f85; --chart-muted: #a8a8a8; --chart-grid: #3d3d3d;
    --chart-paper: #16181a; --chart-land: #2a2c2e; --chart-border: #70757a;
    --chart-shade-1: #1d2a35; --chart-shade-2: #234764; --chart-shade-3: #2d6a9b; --chart-shade-4: #6db3e8;
    --chart-shade-5: #cfe7f8;
    --chart-on-shade-1: #f2f2f2; --chart-on-shade-2: #f2f2f2; --chart-on-shade-3: #ffffff; --chart-on-shade-4: #101214;
    --chart-on-shade-5: #101214;
  }
}
"""
"""Rules for the style sheet of a page with charts: they fit its width, and have colours for a dark page."""
