"""A timeline for TimelineJS 3 of the Knight Lab: the story as slides, one per event.

TimelineJS reads texts as HTML, so everything is escaped here, and only web addresses become links. It decodes
``display_date`` twice, so no text of a record goes into it. Kinds do not become a ``group``, because TimelineJS gives
each group its own row, which would leave no room for the story.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import date_parts
from scamcli.exchange.exporters.dump import write_array
from scamcli.output import phrases
from scamcli.output.escaping import one_line, paragraphs
from scamcli.records import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.records.types import EventDict, JsonObject


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write one slide per line."""
    out.write("{")
    if dump.sentence:
        title = {"text": {"headline": "Timeline", "text": f"<p>{_html(dump.sentence)}</p>"}, "autolink": False}
        out.write(f'"title": {canonical.line(title)}, ')
    out.write('"events": ')
    write_array(out, map(_slide, dump.events()))
    out.write("}\n")


def _slide(event: EventDict) -> JsonObject:
    draft = " (draft)" if event["status"] == "draft" else ""
    return {
        "unique_id": event["id"],
        **_dates(event["date"]),
        "text": {"headline": _html(event["title"]) + draft, "text": "".join(_body(event))},
        "autolink": False,
    }


def _dates(text: str) -> JsonObject:
    """Return the start and the end, and words for anything that they cannot express (about, uncertain, open)."""
    date = date_parts.parse(text)
    fields: JsonObject = {
        key: dict(zip(("year", "month", "day"), end.parts, strict=False))
        for key, end in zip(("start_date", "end_date"), date.ends, strict=False)
    }
    return fields if date.is_plain else fields | {"display_date": date.in_words}


def _body(event: EventDict) -> Iterator[str]:
    for text in paragraphs(event["summary"] or ""):
        yield f"<p>{escape(text)}</p>"
    yield _list(map(_html, phrases.figure_lines(event)))
    for label, value in (("Kind", event["kind"]), ("Where", phrases.location(event)), ("Note", event["note"])):
        if value:
            yield f"<p>{label}: {_html(value)}</p>"
    yield _list(f"This event {_html(phrases.link(link))}" for link in event["links"])
    yield f"<p>Sources of {_html(event['id'])}:</p>"
    sources = (phrases.source_line(source, _html, _link) for source in event["sources"])
    yield _list(sources) or "<p>no source recorded</p>"


def _list(items: Iterable[str]) -> str:
    lines = "".join(f"<li>{item}</li>" for item in items)
    return lines and f"<ul>{lines}</ul>"


def _link(text: str, address: str) -> str:
    return f'<a href="{escape(address)}">{_html(text)}</a>'


def _html(text: str) -> str:
    return escape(one_line(text))
