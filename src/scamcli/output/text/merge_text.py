"""Two timelines to read: what differs between them, and what both have changed in different ways."""

from __future__ import annotations

from typing import Any

from scamcli.output.text import change_text, words

_SIDES = (("base", "was"), ("ours", "here"), ("theirs", "there"))


def conflict(row: dict[str, Any]) -> str:
    """A conflict: the record and the key, what it was, what it is here, and what it is there."""
    if row["key"] is None:
        where = "here" if row["ours"] is None else "there"
        return words.wrap(f"{row['type']} {row['record']}: taken out {where}, and changed on the other side", "  ", "")
    lines = [words.wrap(f"{row['type']} {row['record']}: {row['key']}", "  ", "")]
    for key, label in _SIDES:
        if key != "base" or row["base"] not in (None, []):
            lines.append(words.wrap(f"  {label:<6} {change_text.said(row[key])}", " " * 9, ""))
    return "\n".join(lines)


def differing(row: dict[str, Any]) -> str:
    """A record that was added, changed or removed, with a line for each value that differs."""
    head = words.wrap(f"{row['action']} {row['type']} {row['record']}", "  ", "")
    if row["action"] == "changed" and not row["differences"]:
        return f"{head}\n  in names that are withheld"
    return "\n".join(part for part in (head, change_text.differing(row["differences"])) if part)
