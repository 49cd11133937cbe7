"""A timeline for TimelineJS 3 of the Knight Lab, as JSON or as the table of its Google sheet: one slide per event.

TimelineJS reads texts as HTML, so everything is escaped here, and only web addresses become links. It decodes
``display_date`` twice, so no text of a record goes into it. Kinds that belong together are one ``group``, with a row of
its own on the axis: a row per kind would leave a fifth of the page for the story.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TextIO

from scamcli.errors import WrongUsageError
from scamcli.exchange.exporters import date_parts, sentences, story_html
from scamcli.exchange.exporters.dump import write_array
from scamcli.exchange.exporters.story_html import html
from scamcli.output.escaping import csv_row_writer, guard_formula
from scamcli.output.text.words import plural
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
        "Crimes and deaths": ("crime", "death", "listing"),
        "Policies": ("policy", "licence"),
    }.items()
    for kind in kinds
}  # fmt: skip
"""The group of each kind of event."""


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write the title and then one slide per line."""
    headline, text = _title(dump, options)
    title = {"text": {"headline": headline, "text": text}, "autolink": False}
    units = sentences.units(dump)
    out.write(f'{{"title": {canonical.line(title)}, "events": ')
    write_array(out, (_slide(event, units) for event in dump.events()))
    out.write("}\n")


def write_sheet(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write the table of a Google sheet: one row for the title, and one per slide."""
    headline, text = _title(dump, options)
    title = {"Headline": headline, "Text": text, "Type": "title"}
    write_row, units = csv_row_writer(out), sentences.units(dump)
    write_row(SHEET)
    write_row(title.get(column, "") for column in SHEET)
    for event in dump.events():
        row = _row(event, units)
        write_row(guard_formula(row.get(column, "")) for column in SHEET)


def _title(dump: Dump, options: ExportOptions) -> tuple[str, str]:
    """Return the headline and the text of the title slide: how many events there are, the filter, and the years.

    The headline is not just "Timeline", because TimelineJS makes an id of it, and that of the page's own element is
    often "timeline".

    Raises:
        WrongUsageError: there are more events than slides are allowed.
    """
    dates = [event["date"] for event in islice(dump.events(), options.slides + 1)]
    if len(dates) > options.slides:
        raise WrongUsageError(
            f"More than {plural(options.slides, 'event')} match, and TimelineJS draws all its slides at once.",
            "Choose fewer with filters, such as --kind and --from, or allow more with --slides NUMBER.",
        )
    ends = sorted({date[:4] for date in dates})
    years = " to ".join(dict.fromkeys((ends[0], ends[-1]))) if ends else ""
    about = "".join(f"<p>{html(text)}</p>" for text in (dump.sentence, years) if text)
    return f"A timeline of {plural(len(dates), 'event')}", about


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
