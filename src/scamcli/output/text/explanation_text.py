"""Explain a number as text: in three lines what was counted, then each of its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.output.text import words

if TYPE_CHECKING:
    from scamcli.output.text import Row


def cell(row: Row, label: str) -> str:
    """Return a row with what was counted, what lies inside it and what was not added, and its figures.

    A figure is marked ``+`` if it is counted, and ``-`` if it is not.
    """
    lines = [f"{label}: {row['words']}"]
    for name, text in row["working"].items():
        lines.append(words.wrap(f"{name}: {text}", "    ", "  "))
    for entry in row["explain"]:
        mark = "+" if entry["entered"] == "counted" else "-"
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
