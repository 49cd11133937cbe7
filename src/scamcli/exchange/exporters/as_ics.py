"""iCalendar (RFC 5545): one all-day entry per event, for calendars such as those of Thunderbird, Google and Apple."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import date_parts, flat, sentences
from scamcli.exchange.exporters.dump import Losses
from scamcli.exchange.exporters.spots import Spots
from scamcli.output import phrases
from scamcli.output.escaping import one_line, paragraphs

if TYPE_CHECKING:
    from icalendar import Event

    from scamcli.exchange.exporters.dump import Dump, ExportOptions
    from scamcli.exchange.exporters.spots import Spot
    from scamcli.records.types import EventDict


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write the calendar. Lines end in CRLF and are folded, as the standard has it."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//scamcli//timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", one_line(dump.sentence) or "Timeline")
    begin, _, end = calendar.to_ical().decode().rpartition("END:VCALENDAR")
    units, spots = sentences.units(dump), Spots(dump, Losses())
    out.write(begin)
    for event in dump.events():
        spot = flat.most_precise(spots.of(event), Losses())
        losses.add("points of events without a place", spot.point is None)
        out.write(_entry(event, spot, units).to_ical().decode())
    out.write(f"END:VCALENDAR{end}")


def _entry(event: EventDict, spot: Spot, units: dict[str, str]) -> Event:
    from icalendar import Event as Entry

    first, last = date_parts.first_and_last_day(event["date"])
    start, end = date.fromisoformat(first or last or ""), date.fromisoformat(last or first or "")
    entry = Entry()
    entry.add("uid", f"{event['id']}@scamcli")
    # The standard wants the time when the entry was made. The time of the event keeps exports reproducible.
    entry.add("dtstamp", datetime(start.year, start.month, start.day, tzinfo=UTC))
    entry.add("dtstart", start)
    if end < date.max:
        entry.add("dtend", end + timedelta(days=1))  # the first day after the event
    entry.add("summary", one_line(event["title"]))
    lines = [sentences.when(event["date"]), *sentences.plain(event, units)]
    entry.add("description", "\n".join(line for text in lines for line in paragraphs(text)))
    entry.add("categories", [one_line(word) for word in (event["kind"], *event["tags"])])
    if where := phrases.location(event):
        entry.add("location", one_line(where))
    if spot.point:
        entry.add("geo", (spot.point[1], spot.point[0]))
    if url := flat.url(event):
        entry.add("url", url)
    entry.add("status", "TENTATIVE" if event["status"] == "draft" else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    return entry
