"""What to know in order to read a table right, and what it left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from scamcli.stats import rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.query.resolve import Lookup
    from scamcli.stats.inquiry import Inquiry
    from scamcli.stats.read_figures import Entry
    from scamcli.stats.selection import Choice, Chosen

NAMED = 5
"""How many of the figures that were left out are named."""


def caption(name: str, splits: Sequence[str], sentence: str) -> str:
    """What was asked, in words."""
    words = f"{name} by {' and '.join(splits)}" if splits else name
    return f"{words}: {sentence}" if sentence else words


def notes(inquiry: Inquiry, choice: Choice, made: Sequence[dict[str, Any]]) -> list[str]:
    """A sentence each."""
    return [
        *_reading(inquiry.metric.unit, made, choice.chosen),
        *_unplaced(inquiry, made),
        *_said_by(inquiry, choice.chosen),
        *_left_out(inquiry, choice),
    ]


def _unplaced(inquiry: Inquiry, made: Sequence[dict[str, Any]]) -> list[str]:
    """That a row's high is of what was stated of it: what names no place or people can belong to it as well."""
    split = inquiry.splits[0] if len(inquiry.splits) == 1 else ""
    open_ = split in {"province", "nationality", "group"} and any(row[split] is None for row in made)
    if not open_ or not any(row["high"] is not None for row in made if row[split] is not None):
        return []
    return [f"high is of what was stated with the {split}: what is not given can belong to any row"]


def _said_by(inquiry: Inquiry, chosen: Sequence[Chosen]) -> list[str]:
    """Who said the numbers, those with the most of them first."""
    if "actor" in inquiry.splits:
        return []
    counts = Counter(one.figure.stated_by for one in chosen)
    unnamed = counts.pop(None, 0)
    told = [
        inquiry.lookup.shown(name or "") + (f" ({number})" * (number > 1)) for name, number in counts.most_common(NAMED)
    ]
    more = [f"{len(counts) - NAMED} more"] if len(counts) > NAMED else []
    said = [f"said by {', '.join([*told, *more])}"] if told else []
    return [*said, *([f"speaker not recorded: {counted(unnamed)}"] if unnamed else [])]


def _reading(unit: str, made: Sequence[dict[str, Any]], chosen: Sequence[Chosen]) -> list[str]:
    told = []
    if made and unit == "people":
        told.append("counts occurrences: one person twice is two")
    if len(made) > 1:
        told.append("rows can count the same occurrences: they do not add up")
    if any(row["low"] is not None and row["sum_low"] is not None and row["sum_low"] > row["low"] for row in made):
        told.append("numbers that may overlap are not added: sum low is what low would be if none did")
    undated = sum(one.by_report_date for one in chosen)
    if undated:
        told.append(f"{counted(undated)} without a period: by report date, as possible")
    spread = sum(one.possible and not one.by_report_date for one in chosen)
    if spread:
        told.append(f"{counted(spread)} with an uncertain period: as possible")
    return told


def _left_out(inquiry: Inquiry, choice: Choice) -> list[str]:
    told = left_out(inquiry.lookup, choice.left_out)
    if inquiry.drafts:
        told.append(f"left out: {counted(inquiry.drafts)} in drafts")
    return [*told, *_disputed(inquiry, choice)]


def left_out(lookup: Lookup, found: Mapping[str, Sequence[Entry]]) -> list[str]:
    """A sentence a reason, with the first of the figures that were left out for it."""
    told = []
    for reason, entries in found.items():
        names = [f"{entry.figure.event} {entry.figure.id}" for entry in entries[:NAMED]]
        named = lookup.shown(", ".join(names)) + (" …" if len(entries) > NAMED else "")
        told.append(f"left out: {counted(len(entries))} {reason} ({named})")
    return told


def _disputed(inquiry: Inquiry, choice: Choice) -> list[str]:
    kept = [one for one in choice.chosen if not one.entry.disputed]
    disputed = len(choice.chosen) - len(kept)
    if not disputed:
        return []
    parts = [part for part in rows.families(kept) if part[0].figure.count != "none"]
    lows = [rows.make(part, {}, inquiry.metric.name, inquiry.about)["low"] for part in parts]
    without = ", ".join("unknown" if one is None else f"{one:,}" for one in lows) or "nothing"
    return [f"{counted(disputed)} disputed by another event; without, the low of all is {without}"]


def counted(number: int) -> str:
    """So many figures."""
    return f"{number:,} figure{'' if number == 1 else 's'}"
