"""The numbers of a report: totals and tables of each metric, with what they are based on."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from scamcli.figures import Bounds
from scamcli.figures.derivation import HOW, How
from scamcli.language import dates
from scamcli.output.charts import Span
from scamcli.output.report.contents import Metric, Number, Step, Table
from scamcli.output.text import date_text
from scamcli.output.text.nouns import MEASURED, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from scamcli.output.report.contents import Entry, FigureEntry
    from scamcli.stats.explanation import Explanation
    from scamcli.stats.overview import Overview
    from scamcli.stats.rows import Row

    Dated = tuple[Entry, FigureEntry]
    Names = Mapping[tuple[str, str | None], str]

MOST_STEPS = (20, 3)
"""How many figures a report lists behind a total, and behind a row of a table."""

MOST_SPEAKERS = 5
"""How many speakers of one number are named."""

HOW_READ: Mapping[How, str] = {
    "largest": "used: it is the largest of the figures that may be about the same cases",
    "added": "added",
    "unknown": "not added: it gives no lower limit",
    "overlaps": "not added: it may be about the same cases as another figure, which is used",
    "suspected": "not added: it may be the same incident as another figure, which is used",
    "repeats": "not added: it is about the same cases as another figure, and the two count once",
}
"""How a figure entered a number, in words for readers who do not know the terms of the rules."""

NOTES_READ = {
    "; unadjusted adds up all figures regardless": "",
    "low is certain; high is": "“At least” is certain; “at most” is",
    "so their lows add up": "so their “at least” numbers can be added",
    "high leaves out": "“at most” leaves out",
    "`all` includes them": "the total includes them",
}
"""Words of notes that name columns of a table of `stats`, and what a report says in their place."""

MOST_SPANS = 25
"""How many figures a chart over time shows. With more, nobody could tell them apart."""

COUNTS = {
    "incident": "what happened in single events",
    "aggregate": "sums that sources gave",
    "cumulative": "running totals since a start",
    "stock": "how many there are at one moment",
    "mixed": "single events, and sums that sources gave",
    "none": "a number that is never combined with others",
}
"""What the count of a figure or a row means."""

WORKING = {
    "low": "At least", "best": "Best estimate", "high": "At most", "unadjusted": "Plain sum",
    "possible_low": "Possibly at least", "possible_high": "Possibly at most",
}  # fmt: skip
"""Labels for the numbers whose computation a report shows."""

NOT_SHOWN = ("To narrow the range", "Said by", "Speaker not recorded")
"""The beginnings of notes that a report leaves out: advice for its author, and what it shows beside the numbers."""


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
    totals = [row for row in found.totals if row["count"] != "none"]
    names = {(entry.record["id"], figure.record["id"]): _name(entry, figure) for entry, figure in figures}
    return Metric(
        anchor=f"metric:{found.name}",
        name=found.name,
        about=found.about,
        totals=[_number(row, f"metric:{found.name}:{at}", "", names) for at, row in enumerate(totals)],
        tables=[
            Table(
                split,
                [
                    _number(row, f"metric:{found.name}:{split}:{at}", row[split] or f"{split} not stated", names)
                    for at, row in enumerate(rows)
                ],
                [note for note in _notes(found.notes[split]) if note not in notes],
            )
            for split, rows in found.tables.items()
        ],
        spans=spans,
        more_spans=more,
        undated=undated,
        notes=notes,
    )


def words_of(bounds: Bounds, unit: str | None = None) -> str:
    """Return bounds in words, with their unit if they are measured, or ``unknown``."""
    return "unknown" if bounds == Bounds(None, None, None) else in_words(bounds, MEASURED.get(unit or "", "{}"))


def _notes(notes: Sequence[str]) -> list[str]:
    found = []
    for note in notes:
        text = note
        for words, read in NOTES_READ.items():
            text = text.replace(words, read)
        if not note.startswith(NOT_SHOWN):
            found.append(f"{text}.")
    return found


def _name(entry: Entry, figure: FigureEntry) -> str:
    """Return what a reader calls a figure: its wording, with the date of its event."""
    return f"“{figure.record['stated'] or figure.bounds}” of {entry.when}"


def _number(row: Row, anchor: str, label: str, names: Names) -> Number:
    return Number(
        anchor=anchor,
        label=label,
        row=row,
        text=_text(row),
        about=COUNTS[row["count"]],
        speakers=row["speakers"] if row["cite"] else [],
        said=_said(row),
        quoted=_quoted(row, names),
        sides=[_step(one, names) for one in row["sides"]],
        working=[(WORKING[name], _with_names(text, names)) for name, text in row["working"].items()]
        if row["figures"] > 1
        else [],  # the bounds of a single figure follow from its wording
        steps=[_step(one, names) for one in row["explain"]],
        more_steps=row["figures"] - len(row["explain"]) if row["explain"] else 0,
        citation=row["cite"] or "",
    )


def _said(row: Row) -> str:
    """Return who said a number. Nobody said a sum that was made here, only its terms."""
    names = row["speakers"] if row["cite"] else []
    listed = ", ".join(names[:MOST_SPEAKERS]) + (" and others" if len(names) > MOST_SPEAKERS else "")
    if row["added"] > 1:
        return f"Added up here from {row['added']:,} figures" + (f", said by {listed}" if listed else "")
    return f"Said by {listed}" if listed else "Speaker not recorded"


def _quoted(row: Row, names: Names) -> Step | None:
    used = [one for one in row["explain"] if one["entered"] == "largest"]
    return _step(used[0], names) if len(used) == 1 and row["count"] != "stock" else None


def _text(row: Row) -> str:
    if row.get("suppressed"):
        return "suppressed"
    certain = Bounds(row["low"], row["best"], row["high"])
    possible = Bounds(row["possible_low"], None, row["possible_high"])
    if row["possible"] and certain == Bounds(None, None, None):
        return f"possibly {words_of(possible, row['unit'])}"
    return words_of(certain, row["unit"])


def _with_names(text: str, names: Names) -> str:
    """Return a text in which figures are called by their wording instead of by the ids of event and figure."""
    words, found = text.split(" "), list[str]()
    while words:
        pair = re.match(r"(\(?)([^\s()]+) ([^\s(),;]+)", " ".join(words[:2]))
        name = names.get((pair[2], pair[3])) if pair is not None else None
        if pair is not None and name is not None:
            found.append(f"{pair[1]}{name}{words[1][len(pair[3]) :]}")
        else:
            found.append(words[0])
        del words[: 1 if name is None else 2]
    return " ".join(found)


def _how(one: Explanation, names: Names) -> str:
    """Return how a figure entered a number as a sentence. A figure of the same event has its id alone, in brackets."""
    text = re.sub(r"\(([^\s()]+)\)", lambda match: f"({names.get((one['event'], match[1]), match[1])})", one["how"])
    for entered, words in HOW_READ.items():
        text = text.replace(HOW[entered], words)
    return f"{text[:1].upper()}{_with_names(text[1:], names)}."


def _source(one: Explanation) -> str:
    """Return where a figure was read, which does not repeat its speaker."""
    via = f"{one['stated_by']}, via "
    return f"via {one['source'].removeprefix(via)}" if one["source"].startswith(via) else f"in {one['source']}"


def _step(one: Explanation, names: Names) -> Step:
    return Step(
        event=one["event"],
        date=date_text.span(dates.parse_date(one["date"])),
        stated=one["stated"],
        bounds=one["bounds"],
        period=date_text.when(dates.parse_date(one["period"])) if one["period"] else "",
        stated_by=one["stated_by"] or "",
        source=_source(one) if one["source"] else "",
        how=_how(one, names),
    )


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
