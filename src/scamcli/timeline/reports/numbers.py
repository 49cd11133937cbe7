"""The numbers of a report: totals and tables of each metric, with what they are based on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.figures import Bounds
from scamcli.language import dates
from scamcli.output.charts import Span
from scamcli.output.report.contents import Metric, Number, Step, Table
from scamcli.output.text import date_text
from scamcli.stats.nouns import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from scamcli.output.report.contents import Entry, FigureEntry
    from scamcli.stats.explanation import Explanation
    from scamcli.stats.overview import Overview
    from scamcli.stats.rows import Row

MOST_STEPS = (20, 5)
"""How many figures a report lists behind a total, and behind a row of a table."""

COUNTS = {
    "incident": "what happened in single events",
    "aggregate": "sums that sources gave for a period",
    "cumulative": "running totals since a start",
    "stock": "how many there are at one moment",
    "mixed": "single events, and sums that sources gave for a period",
    "none": "a number that is never combined with others",
}
"""What the count of a figure or a row means."""

WORKING = {
    "low": "At least", "best": "Best estimate", "high": "At most", "unadjusted": "Plain sum",
    "possible_low": "Possibly at least", "possible_high": "Possibly at most",
}  # fmt: skip
"""Labels for the numbers whose computation a report shows."""

NOT_FOR_READERS = "To sharpen the total"
"""The beginning of a note that advises the author of a timeline, which a report leaves out."""


def metric(found: Overview, entries: Iterable[Entry]) -> Metric:
    """Return the totals, the tables and the spans of one metric."""
    spans, undated = _spans(found.name, entries)
    totals = [row for row in found.totals if row["count"] != "none"]
    return Metric(
        anchor=f"metric:{found.name}",
        name=found.name,
        about=found.about or "",
        totals=[_number(row, f"metric:{found.name}:{at}", "") for at, row in enumerate(totals)],
        tables=[
            Table(split, _numbers(rows, f"metric:{found.name}:{split}", split), _notes(found.notes[split]))
            for split, rows in found.tables.items()
        ],
        spans=spans,
        undated=undated,
        notes=_notes(found.notes[""]),
    )


def words_of(bounds: Bounds) -> str:
    """Return bounds in words, or ``unknown``."""
    return "unknown" if bounds == Bounds(None, None, None) else in_words(bounds)


def _notes(notes: Sequence[str]) -> list[str]:
    return [f"{note}." for note in notes if not note.startswith(NOT_FOR_READERS)]


def _numbers(rows: Sequence[Row], anchor: str, split: str) -> list[Number]:
    return [_number(row, f"{anchor}:{at}", row[split] or "not given") for at, row in enumerate(rows)]


def _number(row: Row, anchor: str, label: str) -> Number:
    return Number(
        anchor=anchor,
        label=label,
        row=row,
        text=_text(row),
        about=COUNTS[row["count"]],
        speakers=row["speakers"] if row["cite"] else [],
        sides=list(map(_step, row["sides"])),
        working=[(WORKING[name], text) for name, text in row["working"].items()],
        steps=list(map(_step, row["explain"])),
        more_steps=row["figures"] - len(row["explain"]) if row["explain"] else 0,
        citation=row["cite"] or "",
    )


def _text(row: Row) -> str:
    if row.get("suppressed"):
        return "suppressed"
    certain = Bounds(row["low"], row["best"], row["high"])
    possible = Bounds(row["possible_low"], None, row["possible_high"])
    if not row["possible"]:
        return words_of(certain)
    if certain == Bounds(None, None, None):
        return f"possibly {words_of(possible)}"
    return f"{words_of(certain)}; possibly {words_of(possible)} more"


def _step(one: Explanation) -> Step:
    return Step(
        event=one["event"],
        date=date_text.span(dates.parse_date(one["date"])),
        stated=one["stated"],
        bounds=one["bounds"],
        period=date_text.when(dates.parse_date(one["period"])) if one["period"] else "",
        stated_by=one["stated_by"] or "",
        source=one["source"],
        how=one["how"],
    )


def _spans(name: str, entries: Iterable[Entry]) -> tuple[list[Span], int]:
    """Return the figures of a metric that have a period, and how many have none. Parts are within their wholes."""
    found, undated = [], 0
    for entry in entries:
        for figure in entry.figures:
            if figure.record["metric"] == name and figure.record["part_of"] is None:
                span = _span(entry, figure)
                found += [span] if span is not None else []
                undated += span is None
    return found, undated


def _span(entry: Entry, figure: FigureEntry) -> Span | None:
    record = figure.record
    text = record["period"] or (entry.record["date"] if record["count"] in {"incident", "stock"} else None)
    if text is None:
        return None
    start, end, sure = dates.parse_date(text)
    by = f", {record['stated_by']}" if record["stated_by"] else ""
    label = f"{figure.bounds}{by}"
    return Span(
        day(start), day(end), sure, sure, record["low"], record["best"], record["high"], label, f"#{entry.record['id']}"
    )  # fmt: skip


def day(number: int | None) -> date | None:
    """Return a day of `scamcli.language.dates` as a date."""
    from datetime import date

    return None if number is None else date.fromisoformat(dates.iso(number))


def number_of_day(found: date) -> int:
    """Return a date as a day of `scamcli.language.dates`."""
    return dates.day(found.isoformat())
