"""A timeline for TimelineJS 3 of the Knight Lab, as JSON or as the table of its Google sheet: one slide per event.

TimelineJS reads texts as HTML, so everything is escaped here, and only web addresses become links. It decodes
``display_date`` twice, so no text of a record goes into it. The kind is the ``group``: a row of its own on the axis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import date_parts, sentences, story_html
from scamcli.exchange.exporters.dump import write_array
from scamcli.exchange.exporters.story_html import html
from scamcli.output.escaping import csv_row_writer, guard_formula
from scamcli.records import canonical

if TYPE_CHECKING:
    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.records.types import EventDict, JsonObject

SHEET = (
    "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline", "Text",
    "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Type", "Group", "Background", "Link",
)  # fmt: skip
"""The columns of the template that the Knight Lab publishes."""


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write one slide per line."""
    units = sentences.units(dump)
    out.write("{")
    if dump.sentence:
        title = {"text": {"headline": "Timeline", "text": f"<p>{html(dump.sentence)}</p>"}, "autolink": False}
        out.write(f'"title": {canonical.line(title)}, ')
    out.write('"events": ')
    write_array(out, (_slide(event, units) for event in dump.events()))
    out.write("}\n")


def write_sheet(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write the table of a Google sheet: one row per slide, and one for the title."""
    write_row, units = csv_row_writer(out), sentences.units(dump)
    write_row(SHEET)
    if dump.sentence:
        title = {"Headline": "Timeline", "Text": f"<p>{html(dump.sentence)}</p>", "Type": "title"}
        write_row(title.get(column, "") for column in SHEET)
    for event in dump.events():
        row = _row(event, units)
        write_row(guard_formula(row.get(column, "")) for column in SHEET)


def _row(event: EventDict, units: dict[str, str]) -> dict[str, str]:
    ends = date_parts.parse(event["date"]).ends
    names = ("Year", "Month", "Day")
    row = dict(zip(names, map(str, ends[0].parts), strict=False))
    if len(ends) > 1:
        row |= {f"End {name}": str(part) for name, part in zip(names, ends[1].parts, strict=False)}
    return row | {
        "Display Date": sentences.when(event["date"]), "Headline": _headline(event),
        "Text": "".join(story_html.body(event, units)), "Group": event["kind"],
    }  # fmt: skip


def _slide(event: EventDict, units: dict[str, str]) -> JsonObject:
    return {
        "unique_id": event["id"],
        **_dates(event["date"]),
        "text": {"headline": _headline(event), "text": "".join(story_html.body(event, units))},
        "group": event["kind"],
        "autolink": False,
    }


def _headline(event: EventDict) -> str:
    return html(event["title"]) + (" (draft)" if event["status"] == "draft" else "")


def _dates(text: str) -> JsonObject:
    """Return the start and the end in numbers, and the date in words."""
    fields: JsonObject = {
        key: dict(zip(("year", "month", "day"), end.parts, strict=False))
        for key, end in zip(("start_date", "end_date"), date_parts.parse(text).ends, strict=False)
    }
    return fields | {"display_date": sentences.when(text)}
