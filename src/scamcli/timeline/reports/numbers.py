"""The numbers of a report: totals and tables of each metric, with what they are based on."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scamcli.language import dates
from scamcli.language.wording.bounds import Bounds
from scamcli.output.charts import Span
from scamcli.output.report.contents import Metric, Number, Step, Table
from scamcli.output.text import date_text
from scamcli.output.text.nouns import in_words, with_article
from scamcli.output.text.words import without_commands

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from scamcli.output.report.contents import Entry, FigureEntry
    from scamcli.stats.explanation import Explanation
    from scamcli.stats.overview import Overview
    from scamcli.stats.rows import Row

    Dated = tuple[Entry, FigureEntry]

MOST_STEPS = (20, 3)
"""How many figures a report lists behind a total, and behind a row of a table."""

MOST_SPEAKERS = 5
"""How many speakers of one number are named."""

MOST_SPANS = 25
"""How many figures a chart over time shows. With more, nobody could tell them apart."""

COUNTS = {
    "incident": "what happened in single events",
    "aggregate": "totals that sources gave for a period",
    "cumulative": "running totals since a start",
    "stock": "how many there were at one moment",
    "mixed": "numbers of several kinds",
    "none": "a number that is never combined with others",
}
"""What the count of a figure or a row means."""

WORKING = {"counted": "Counted", "inside": "Inside a number that is counted", "not added": "Not added"}
"""Headings of the lines on how a number was worked out."""


def by_metric(entries: Iterable[Entry]) -> dict[str, list[Dated]]:
    """Return the figures of each metric with their events."""
    found: dict[str, list[Dated]] = defaultdict(list)
    for entry in entries:
        for figure in entry.figures:
            found[figure.record["metric"]].append((entry, figure))
    return found


def metric(found: Overview, figures: Sequence[Dated]) -> Metric:
    """Return the totals, the tables and the spans of one metric, given all its figures with their events."""
    spans, more, undated = _spans(figures)
    notes = _notes(found.notes[""])
    anchor = f"metric:{found.name}"
    totals = [row for row in found.totals if row["count"] != "none"]
    tables = [
        Table(
            split,
            [_number(row, f"{anchor}:{split}:{at}", row["label"]) for at, row in enumerate(rows)],
            [note for note in _notes(found.notes[split]) if note not in notes],
        )
        for split, rows in found.tables.items()
    ]
    return Metric(
        anchor=anchor,
        name=found.name,
        about=found.about,
        totals=[_number(row, f"{anchor}:{at}", "") for at, row in enumerate(totals)],
        tables=tables,
        spans=spans,
        more_spans=more,
        undated=undated,
        notes=notes,
    )


def _notes(notes: Sequence[str]) -> list[str]:
    return list(filter(None, map(without_commands, notes)))


def _number(row: Row, anchor: str, label: str) -> Number:
    return Number(
        anchor=anchor,
        label=label,
        row=row,
        text=row["words"],
        about=COUNTS[row["count"]],
        said=_said(row),
        sides=list(map(_step, row["sides"])),
        working=_working(row),
        steps=[_step(one) if row["figures"] > 1 else _step(one)._replace(how="") for one in row["explain"]],
        more_steps=row["figures"] - len(row["explain"]) if row["explain"] else 0,
        citation=row["cite"] or "",
    )


def _said(row: Row) -> str:
    """Return who said a number, or why a total is not the sum of its rows."""
    if row.get("why"):
        return str(row["why"])
    names = row["said_by"]
    if not names:
        return "" if row.get("suppressed") else "Speaker not recorded"
    more = len(names) - MOST_SPEAKERS
    listed = ", ".join(map(with_article, names[:MOST_SPEAKERS])) + (f", and {more} more" if more > 0 else "")
    return f"According to {listed}" if row["entries"] == 1 else f"Numbers from {listed}"  # nobody stated a sum


def _working(row: Row) -> list[tuple[str, str]]:
    """Return how a number was worked out; nothing for a single figure, whose number follows from its wording."""
    if row["figures"] < 2:
        return []
    lines = [(WORKING[name], text) for name, text in row["working"].items()]
    if row["implied"]:
        lines.append(
            ("Narrowed by parts and totals to", in_words(Bounds(row["implied"]["low"], None, row["implied"]["high"])))
        )
    return lines


def _step(one: Explanation) -> Step:
    return Step(
        event=one["event"],
        date=date_text.span(dates.parse_date(one["date"])),
        stated=one["stated"],
        period=date_text.when(dates.parse_date(one["period"])) if one["period"] else "",
        stated_by=with_article(one["stated_by"]) if one["stated_by"] else "",
        source=_source(one) if one["source"] else "",
        how=f"{one['how'][:1].upper()}{one['how'][1:]}",
    )


def _source(one: Explanation) -> str:
    """Return where a figure was read, which does not repeat its speaker."""
    via = f"{one['stated_by']}, via "
    return f"via {one['source'].removeprefix(via)}" if one["source"].startswith(via) else f"in {one['source']}"


def _spans(figures: Iterable[Dated]) -> tuple[list[Span], int, int]:
    """Return the largest figures that have a period, how many more have one, and how many have none.

    Parts are within their wholes.
    """
    found = [_span(entry, figure) for entry, figure in figures if figure.record["part_of"] is None]
    dated = [span for span in found if span is not None]
    sizes = [span.low or span.best or span.high or 0 for span in dated]
    largest = sorted(range(len(dated)), key=lambda at: -sizes[at])[:MOST_SPANS]
    return [dated[at] for at in sorted(largest)], max(len(dated) - MOST_SPANS, 0), len(found) - len(dated)


def _span(entry: Entry, figure: FigureEntry) -> Span | None:
    record = figure.record
    text = record["period"] or (entry.record["date"] if record["count"] in {"incident", "stock"} else None)
    if text is None:
        return None
    start, end, sure = dates.parse_date(text)
    by = f", {record['stated_by']}" if record["stated_by"] else ""
    label = f"{figure.number}{by}"
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
