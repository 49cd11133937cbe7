"""How a number came about, to read: a cell, then each of its figures, and how it entered or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.figures import Bounds, render_bounds
from scamcli.output.text import words

if TYPE_CHECKING:
    from collections.abc import Sequence

ENTERED = frozenset({"largest", "added", "split"})
"""How figures enter that make the low."""


def cell(row: dict[str, Any], named: str) -> str:
    """A cell of a table with its figures: + for those that make its low, - for the others."""
    implied = row["implied"]
    told = f"{named}: {render_bounds(Bounds(row['low'], row['best'], row['high']))}"
    if implied:
        told += f", implied {render_bounds(Bounds(implied['low'], None, implied['high']))}"
    return "\n".join([told, *_lines(row["explain"])])


def _lines(entries: Sequence[dict[str, Any]]) -> list[str]:
    lines = []
    for entry in entries:
        mark = "+" if entry["entered"] in ENTERED else "-"
        first, *more = words.wrap(_figure(entry), "    ").splitlines()
        lines += [f"  {mark} {first[4:]}", *more, words.wrap(f"{entry['how']} [{entry['event']}]", "    ")]
    return lines


def _figure(entry: dict[str, Any]) -> str:
    bounds = "" if entry["bounds"] == entry["stated"] else f" ({entry['bounds']})"
    parts = [f"{entry['figure']}: “{entry['stated']}”{bounds}"]
    if entry["implied"]:
        parts.append(f"implied {entry['implied']}")
    parts.append(f"in {entry['period']}" if entry["period"] else "no period")
    parts.append(f"said by {entry['stated_by']}" if entry["stated_by"] else "speaker not recorded")
    return ", ".join([*parts, entry["source"] or "no source recorded"])
