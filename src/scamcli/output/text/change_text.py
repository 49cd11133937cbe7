"""Write changes as text: of the history, of one record value by value, and between two timelines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scamcli.output.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scamcli.output.text import Row

MAX_VALUE = 160
"""How many characters of a value are shown; the record has the rest."""

_WITHOUT_RECORDS = {
    "backup": "a copy was made",
    "evidence add": "evidence files were added",
    "evidence derive": "a working copy of an evidence file was added",
    "evidence export": "evidence files were handed over",
    "evidence remove": "evidence files were removed",
    "log --timestamp": "a timestamp was kept",
    "info --min-cell": "a setting was changed",
    "redact": "what was redacted is not kept",
    "upgrade": "every record and its history have the form of this version",
}
"""Descriptions of changes by these commands, if the history has no records for them."""

_SIDES = (("base", "was"), ("ours", "here"), ("theirs", "there"))


def summary(change: Row) -> str:
    """Return a summary of a change: how many records it added, changed and removed, and the first of them."""
    counts = [f"{change[action]:,} {action}" for action in ("added", "changed", "removed") if change[action]]
    stamps = "".join(f"; timestamp of {one['at']} by {one['authority']}" for one in change["timestamps"])
    if not counts:
        return _WITHOUT_RECORDS.get(change["command"], "no record changed") + stamps
    named = change["records"][:3]
    more = " …" if change["added"] + change["changed"] + change["removed"] > len(named) else ""
    undo = f"undoes {change['undoes']}; " if change["undoes"] else ""
    return f"{undo}{', '.join(counts)}: {', '.join(named)}{more}{_undone(change)}{stamps}"


def one_line(change: Row) -> str:
    """Return a summary of a change to one record, on one line."""
    return "; ".join(_lines(change))


def version(change: Row) -> str:
    """Return a change of one record: when, by whom, why, and a line for each value that differs."""
    head = f"change {change['change']}  {change['at']}  {change['command']}, by {change['by']}: {change['action']}"
    lines = [words.wrap(head + _undone(change), "  ", "")]
    if change["reason"]:
        lines.append(words.wrap(f"reason: {change['reason']}", "    ", "  "))
    return "\n".join([*lines, *(words.wrap(line, "    ", "  ") for line in _lines(change))])


def differences(rows: Iterable[Row]) -> str:
    """Return a line for each value that differs between two versions of a record."""
    return "\n".join(words.wrap(line, "    ", "  ") for line in _differences(rows))


def conflict(row: Row) -> str:
    """Return a conflict: the record and the key, with the value before, the value here and the value there."""
    name = f"{row['type']} {row['record']}"
    if row["key"] is None:
        where = "here" if row["ours"] is None else "there"
        return words.wrap(f"{name}: removed {where}, and changed on the other side", "  ", "")
    lines = [words.wrap(f"{name}: {row['key']}", "  ", "")]
    for key, label in _SIDES:
        if key != "base" or row["base"] not in (None, []):
            lines.append(words.wrap(f"  {label:<6} {_in_words(row[key])}", " " * 9, ""))
    return "\n".join(lines)


def _in_words(found: object) -> str:
    """Return one side of a conflict, which may be several values of a part of a record."""
    if isinstance(found, list) and found and all(isinstance(one, dict) for one in found):
        return " | ".join(map(_in_words, found))
    if not isinstance(found, dict):
        return value(found)
    given = (f"{key.replace('_', ' ')}: {value(one)}" for key, one in found.items() if one not in (None, []))
    return "; ".join(given) or "nothing"


def difference(row: Row) -> str:
    """Return a record that was added, changed or removed, with a line for each value that differs."""
    head = words.wrap(f"{row['action']} {row['type']} {row['record']}", "  ", "")
    if row["action"] == "changed" and not row["differences"]:
        return f"{head}\n  in names that are masked"
    return "\n".join(filter(None, (head, differences(row["differences"]))))


def value(found: object) -> str:
    """Return a value on one line, cut if it is long."""
    if found is None:
        return "nothing"
    if isinstance(found, dict):
        found = {key: part for key, part in found.items() if part not in (None, [])}
    text = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
    return text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}…"


def _undone(change: Row) -> str:
    return f" (undone by {change['undone_by']})" if change["undone_by"] else ""


def _lines(change: Row) -> Iterable[str]:
    if change.get("merged_into"):
        yield f"merged into {change['merged_into']}"
    yield from _differences(change["differences"])


def _differences(rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        if "before" in row:
            yield f"{row['key']}: {value(row['before'])} → {value(row['after'])}"
            continue
        yield from (f"{row['key']}: − {value(removed)}" for removed in row["removed"])
        yield from (f"{row['key']}: + {value(added)}" for added in row["added"])
