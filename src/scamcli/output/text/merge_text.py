"""Two timelines as text: records that differ, and conflicts between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.output.text import change_text, words

if TYPE_CHECKING:
    from scamcli.output.text import Row

_SIDES = (("base", "was"), ("ours", "here"), ("theirs", "there"))


def conflict(row: Row) -> str:
    """Return a conflict: the record and the key, with the value before, the value here and the value there."""
    name = f"{row['type']} {row['record']}"
    if row["key"] is None:
        where = "here" if row["ours"] is None else "there"
        return words.wrap(f"{name}: removed {where}, and changed on the other side", "  ", "")
    lines = [words.wrap(f"{name}: {row['key']}", "  ", "")]
    for key, label in _SIDES:
        if key != "base" or row["base"] not in (None, []):
            lines.append(words.wrap(f"  {label:<6} {change_text.value(row[key])}", " " * 9, ""))
    return "\n".join(lines)


def difference(row: Row) -> str:
    """Return a record that was added, changed or removed, with a line for each value that differs."""
    head = words.wrap(f"{row['action']} {row['type']} {row['record']}", "  ", "")
    if row["action"] == "changed" and not row["differences"]:
        return f"{head}\n  in names that are masked"
    return "\n".join(filter(None, (head, change_text.differences(row["differences"]))))
