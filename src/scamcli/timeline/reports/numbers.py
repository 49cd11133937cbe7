"""The numbers of a report: totals and tables of each metric, with what they are based on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.language import dates
from scamcli.language.wording.bounds import Bounds
from scamcli.output.report.contents import Metric, Number, Step, Table
from scamcli.output.text import date_text
from scamcli.output.text.nouns import in_words, with_article
from scamcli.output.text.words import without_commands

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from scamcli.stats.explanation import Explanation
    from scamcli.stats.overview import Overview
    from scamcli.stats.rows import Row

MOST_STEPS = (20, 3)
"""How many figures a report lists behind a total, and behind a row of a table."""

MOST_SPEAKERS = 5
"""How many speakers of one number are named."""

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


def metric(found: Overview) -> Metric:
    """Return the totals and the tables of one metric."""
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


def day(number: int | None) -> date | None:
    """Return a day of `scamcli.language.dates` as a date."""
    from datetime import date

    return None if number is None else date.fromisoformat(dates.iso(number))


def number_of_day(found: date) -> int:
    """Return a date as a day of `scamcli.language.dates`."""
    return dates.day(found.isoformat())
