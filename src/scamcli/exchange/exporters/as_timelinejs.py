"""A timeline for TimelineJS 3 of the Knight Lab, as JSON or as the table of its Google sheet: one slide per event.

TimelineJS reads texts as HTML, so everything is escaped here, and only web addresses become links. It decodes
``display_date`` twice, so no text of a record goes into it. Kinds that belong together are one ``group``, with a row of
its own on the axis: a row per kind would leave a fifth of the page for the story.
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


GROUPS = {
    kind: group
    for group, kinds in {
        "Reports": ("report", "statement", "denial", "warning", "ranking", "meeting"),
        "Raids and rescues": ("raid", "rescue", "escape", "closure"),
        "Arrests and courts": (
            "arrest", "court", "indictment", "conviction", "sanction", "seizure", "extradition",
        ),
        "Returns": ("repatriation", "deportation"),
        "Crimes": ("crime", "death", "listing"),
        "Policies": ("policy", "licence"),
    }.items()
    for kind in kinds
}  # fmt: skip
"""The group of each kind of event."""


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
        "Text": "".join(story_html.body(event, units)), "Group": GROUPS[event["kind"]],
    }  # fmt: skip


def _slide(event: EventDict, units: dict[str, str]) -> JsonObject:
    return {
        "unique_id": event["id"],
        **_dates(event["date"]),
        "text": {"headline": _headline(event), "text": "".join(story_html.body(event, units))},
        "group": GROUPS[event["kind"]],
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
