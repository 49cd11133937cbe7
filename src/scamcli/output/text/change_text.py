"""The history to read: a change in a sentence, and what it changed in a record, value by value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scamcli.output.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 160
"""Characters of one value; the record has it whole."""


def summary(row: dict[str, Any]) -> str:
    """What a change did: how many records it added, changed and removed, and the first of them."""
    counts = [f"{row[action]:,} {action}" for action in ("added", "changed", "removed") if row[action]]
    if not counts:
        return "what it was is not kept" if row["command"] == "redact" else "nothing that is kept"
    named = row["records"][:3]
    more = " …" if row["added"] + row["changed"] + row["removed"] > len(named) else ""
    undo = f"undoes {row['undoes']}; " if row["undoes"] else ""
    undone = f" (undone by {row['undone_by']})" if row["undone_by"] else ""
    return f"{undo}{', '.join(counts)}: {', '.join(named)}{more}{undone}"


def what(row: dict[str, Any]) -> str:
    """What a change made of one record, on a line."""
    return "; ".join(_lines(row))


def version(row: dict[str, Any]) -> str:
    """A change of one record: when, by whom, why, and a line for each value that differs."""
    head = f"change {row['change']}  {row['at']}  {row['command']}, by {row['by']}: {row['action']}"
    lines = [words.wrap(head + (f" (undone by {row['undone_by']})" if row["undone_by"] else ""), "  ", "")]
    if row["reason"]:
        lines.append(words.wrap(f"reason: {row['reason']}", "    ", "  "))
    return "\n".join([*lines, *(words.wrap(line, "    ", "  ") for line in _lines(row))])


def differing(differences: list[dict[str, Any]]) -> str:
    """A line for each value that differs between two versions of a record."""
    return "\n".join(words.wrap(line, "    ", "  ") for line in _differing(differences))


def _lines(row: dict[str, Any]) -> Iterable[str]:
    if row.get("merged_into"):
        yield f"merged into {row['merged_into']}"
    yield from _differing(row["differences"])


def _differing(differences: list[dict[str, Any]]) -> Iterable[str]:
    for one in differences:
        if "before" in one:
            yield f"{one['key']}: {said(one['before'])} → {said(one['after'])}"
            continue
        yield from (f"{one['key']}: − {said(value)}" for value in one["removed"])
        yield from (f"{one['key']}: + {said(value)}" for value in one["added"])


def said(value: Any) -> str:
    """A value on a line, cut where it is long."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        value = {key: one for key, one in value.items() if one not in (None, [])}
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
