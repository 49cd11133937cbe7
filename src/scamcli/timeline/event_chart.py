"""Draw a list of events on an axis of time, with what a reader needs: filters, what was left out, and the source."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language import dates
from scamcli.output.charts.event_rows import EventRow, events_chart
from scamcli.output.charts.standalone import Drawing, Words, standalone
from scamcli.output.text.words import plural

if TYPE_CHECKING:
    from scamcli.records.types import HitDict

HOW_TO_READ = (
    "A dot is a day, a line or an empty dot a period, and a dotted line an open end. A broken line or outline means"
    " that the date is uncertain."
)
MOST_IN_WORDS = 60


class Found(NamedTuple):
    """The events to draw, how many match in all, the filters in words, and what the events are based on."""

    rows: "Sequence[HitDict]"
    matching: int
    sentence: str
    basis: str


def draw(found: Found, today: date, shown: Callable[[str], str]) -> Drawing:
    """Return the chart of events. ``shown`` masks protected names in the filters."""
    number = len(found.rows)
    title = plural(number, "event") if number == found.matching else f"{number:,} of {plural(found.matching, 'event')}"
    asked = f"{found.sentence[:1].upper()}{found.sentence[1:]}." if found.sentence else ""
    notes = [HOW_TO_READ]
    if number < found.matching:
        notes.append(f"{plural(found.matching - number, 'event')} that also match: not shown.")
    said = [f"{_dated(row)}: {row['title']}" for row in found.rows[:MOST_IN_WORDS]]
    more = [f"and {number - MOST_IN_WORDS:,} more"] if number > MOST_IN_WORDS else []
    words = Words(
        title,
        shown(asked),
        [" ".join(notes)],
        f"Source: a scamcli timeline with {found.basis}; {today.isoformat()}",
        f"{title}. {'; '.join([*said, *more])}.",
    )
    rows = [EventRow(dates.parse_date(row["date"]), f"{_dated(row)}  {row['title']}") for row in found.rows]
    return standalone([("", events_chart(rows, "", ""))], words)


def _dated(row: "HitDict") -> str:
    """Return the date of an event, and whether it is a draft or may lie outside the dates that were asked for."""
    draft = " (draft)" if row["status"] == "draft" else ""
    return f"{row['date']}{draft}" + (" (possible match)" if row["match"] == "possible" else "")
