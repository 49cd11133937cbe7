"""The colours of charts: CSS variables that a page can set, each with the colour that charts have without it.

What is certain and what is possible have a contrast of at least 3:1 with the page and with each other (WCAG 2.2,
1.4.11), so that they are told apart in grey print and by people who do not see colours. The style sheet of the report
sets the variables for dark pages. Charts in files of their own have a white background and need none.
"""

from __future__ import annotations

INK = "currentColor"
CERTAIN = "var(--chart-certain, #0b3f6e)"
POSSIBLE = "var(--chart-possible, #5596d1)"
MUTED = "var(--chart-muted, #595959)"
GRID = "var(--chart-grid, #dddddd)"
PAPER = "var(--chart-paper, #ffffff)"
LAND = "var(--chart-land, #eceae3)"
BORDER = "var(--chart-border, #a39f92)"
