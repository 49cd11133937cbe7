"""Explain a number as text: a cell of a table, then each of its figures with how it entered or why it did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.figures import Bounds, render_bounds
from scamcli.output.text import words

if TYPE_CHECKING:
    from scamcli.output.text import Row

COUNTED = frozenset({"largest", "added"})
"""How figures that make up the low are counted."""


def cell(row: Row, label: str) -> str:
    """Return a cell with the sums behind its numbers, and its figures.

    A figure is marked ``+`` if it counts in the low, ``?`` if it counts in the possible low, and ``-`` if in neither.
    """
    head = f"{label}: {render_bounds(Bounds(row['low'], row['best'], row['high']))}"
    if row["implied"]:
        head += f", implied {render_bounds(Bounds(row['implied']['low'], None, row['implied']['high']))}"
    lines = [head]
    for name, text in row["working"].items():
        lines.append(words.wrap(f"{name.replace('_', ' ')}: {text}", "    ", "  "))
    for entry in row["explain"]:
        mark = "-" if entry["entered"] not in COUNTED else "?" if entry["possible"] else "+"
        lines.append(words.wrap(_figure(entry), "    ", f"  {mark} "))
        lines.append(words.wrap(f"{entry['how']} [{entry['event']}]", "    "))
    return "\n".join(lines)


def _figure(entry: Row) -> str:
    bounds = "" if entry["bounds"] == entry["stated"] else f" ({entry['bounds']})"
    parts = [f"{entry['figure']}: “{entry['stated']}”{bounds}"]
    if entry["implied"]:
        parts.append(f"implied {entry['implied']}")
    parts.append(f"in {entry['period']}" if entry["period"] else "no period")
    parts.append(f"said by {entry['stated_by']}" if entry["stated_by"] else "speaker not recorded")
    return ", ".join([*parts, entry["source"] or "no source recorded"])
