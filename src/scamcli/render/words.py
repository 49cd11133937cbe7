"""Words and widths that the texts share."""

from __future__ import annotations

import shutil
import textwrap
from typing import Any

WIDEST = 100
"""Columns: longer lines are hard to read (Bringhurst's 45 to 75 characters a line, and the margin)."""


def width() -> int:
    """The columns to fill: the terminal's, up to the widest line that reads well."""
    return max(40, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))


def filled(text: str, indent: str = "") -> str:
    """A paragraph, broken into lines."""
    return textwrap.fill(
        text, width(), initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def labelled(label: str, text: str, indent: int = 12) -> str:
    """A line that begins with a label, broken into lines under it."""
    first = f"{label:<{indent}}"
    return textwrap.fill(
        text,
        width(),
        initial_indent=first,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def bounds(figure: dict[str, Any]) -> str:
    """A figure's bounds in words: what is not known is said to be unknown."""
    low, best, high = figure["low"], figure["best"], figure["high"]
    if low is not None and low == best == high:
        return number(low)
    parts = [
        f"{name} {number(value)}" for name, value in (("low", low), ("best", best), ("high", high)) if value is not None
    ]
    return ", ".join(parts) or "unknown"


def number(value: float) -> str:
    """A number with its thousands apart."""
    return f"{value:,}"


def figure_line(figure: dict[str, Any]) -> str:
    """A figure on a line: its metric, its wording, whom it counts, where, when, and who said it."""
    told = f"“{figure['stated']}” ({bounds(figure)})" if figure["stated"] else bounds(figure)
    parts = [f"{figure['metric']}: {told}"]
    parts += [figure[key] for key in ("group", "nationality", "province") if figure[key]]
    if figure["period"]:
        parts.append(f"in {figure['period']}")
    if figure["part_of"]:
        parts.append(f"part of {figure['part_of']}")
    parts.append(f"said by {figure['stated_by']}" if figure["stated_by"] else "speaker not recorded")
    return ", ".join(parts)
