"""The caption of a table, and its notes: how to read it, and what was left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scamcli.output.text.words import plural
from scamcli.stats import rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.query.resolve import Lookup
    from scamcli.stats.inquiry import Inquiry
    from scamcli.stats.read_figures import Entry
    from scamcli.stats.rows import Row
    from scamcli.stats.selection import Choice, Chosen

OCCURRENCES = "Counts occurrences: the same person twice counts as two"

MOST_NAMED = 5
"""How many speakers, or figures that were left out, a note names."""


def caption(name: str, splits: Sequence[str], sentence: str) -> str:
    """Return what was asked, in words."""
    words = f"{name} by {' and '.join(splits)}" if splits else name
    return f"{words}: {sentence}" if sentence else words


def notes(inquiry: Inquiry, choice: Choice, table: Sequence[Row]) -> list[str]:
    """Return the notes of a table, one sentence each."""
    return [
        *_how_to_read(inquiry.metric.unit, table, choice.chosen),
        *_open_rows(inquiry, table),
        *_speakers(inquiry, choice.chosen),
        *left_out(inquiry.lookup, choice.left_out),
        *([f"Left out: {plural(inquiry.drafts, 'figure')} in drafts"] if inquiry.drafts else []),
        *_disputed(inquiry, choice),
    ]


def _open_rows(inquiry: Inquiry, table: Sequence[Row]) -> list[str]:
    """Say that figures without a value of the split may belong to any row, so that a row's high does not bound them."""
    split = inquiry.splits[0] if len(inquiry.splits) == 1 else ""
    has_open_row = split in {"province", "nationality", "group"} and any(row[split] is None for row in table)
    if not has_open_row or not any(row["high"] is not None for row in table if row[split] is not None):
        return []
    return [f"high covers only figures with a stated {split}; those without one may belong to any row"]


def _speakers(inquiry: Inquiry, chosen: Sequence[Chosen]) -> list[str]:
    """Name who stated the figures, those with the most of them first."""
    if "actor" in inquiry.splits:
        return []
    counts = Counter(one.figure.stated_by for one in chosen)
    unnamed = counts.pop(None, 0)
    most = counts.most_common(MOST_NAMED)
    named = [inquiry.lookup.shown(name or "") + (f" ({number})" * (number > 1)) for name, number in most]
    if len(counts) > MOST_NAMED:
        named.append(f"{len(counts) - MOST_NAMED} more")
    speakers = [f"Said by {', '.join(named)}"] if named else []
    return [*speakers, *([f"Speaker not recorded: {plural(unnamed, 'figure')}"] if unnamed else [])]


def _how_to_read(unit: str, table: Sequence[Row], chosen: Sequence[Chosen]) -> list[str]:
    notes = []
    if table and unit == "people":
        notes.append(OCCURRENCES)
    if len(table) > 1:
        notes.append("Rows may overlap, so they do not add up")
    if any(row["low"] is not None and row["sum_low"] is not None and row["sum_low"] > row["low"] for row in table):
        notes.append("Figures that may overlap are not added up; sum low is what low would be if none did")
    undated = sum(one.by_report_date for one in chosen)
    if undated:
        notes.append(f"Possible only: {plural(undated, 'figure')} without a period, dated by the report")
    spread = sum(one.possible and not one.by_report_date for one in chosen)
    if spread:
        notes.append(f"Possible only: {plural(spread, 'figure')} with an uncertain period")
    return notes


def left_out(lookup: Lookup, by_reason: Mapping[str, Sequence[Entry]]) -> list[str]:
    """Return a note for each reason, with the first figures that were left out for it."""
    notes = []
    for reason, entries in by_reason.items():
        names = [f"{entry.figure.event} {entry.figure.id}" for entry in entries[:MOST_NAMED]]
        listed = lookup.shown(", ".join(names)) + (" …" if len(entries) > MOST_NAMED else "")
        notes.append(f"Left out: {plural(len(entries), 'figure')} {reason} ({listed})")
    return notes


def _disputed(inquiry: Inquiry, choice: Choice) -> list[str]:
    undisputed = [one for one in choice.chosen if not one.entry.disputed]
    disputed = len(choice.chosen) - len(undisputed)
    if not disputed:
        return []
    parts = [part for part in rows.combinable(undisputed) if part[0].figure.count != "none"]
    lows = [rows.make(part, {}, inquiry.metric.name, inquiry.read)["low"] for part in parts]
    without = ", ".join("unknown" if one is None else f"{one:,}" for one in lows) or "nothing"
    return [f"Disputed by another event: {plural(disputed, 'figure')}; without them, the low of all is {without}"]
