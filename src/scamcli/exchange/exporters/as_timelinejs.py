"""A timeline for TimelineJS 3 of the Knight Lab: the story as slides, one an event.

TimelineJS takes texts for HTML, so that everything is escaped here, and only what leads to the web is a link. What it
reads as ``display_date`` it takes for HTML twice: that has nothing of a text. Kinds are no ``group``: it gives each of
them a row, and then the rows leave no room for the story.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, TextIO

from scamcli.exchange.exporters import date_parts
from scamcli.output import phrases
from scamcli.output.escaping import is_address, one_line, paragraphs
from scamcli.records import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scamcli.exchange.exporters import How
    from scamcli.exchange.exporters.dump import Dump, Losses, Record

HOLDS = phrases.TOLD


def write(dump: Dump, out: TextIO, losses: Losses, how: How) -> None:
    """Write a slide a line."""
    del losses, how
    out.write("{")
    if dump.sentence:
        title = {"text": {"headline": "Timeline", "text": f"<p>{_html(dump.sentence)}</p>"}, "autolink": False}
        out.write(f'"title": {canonical.line(title)}, ')
    out.write('"events": [')
    separator = "\n"
    for event in dump.events():
        out.write(separator + canonical.line(_slide(event)))
        separator = ",\n"
    out.write("\n]}\n")


def _slide(event: Record) -> Record:
    draft = " (draft)" if event["status"] == "draft" else ""
    return {
        "unique_id": event["id"],
        **_dates(event["date"]),
        "text": {"headline": _html(event["title"]) + draft, "text": "".join(_text(event))},
        "autolink": False,
    }


def _dates(text: str) -> Record:
    """A start and an end, and words for what these cannot say: about, uncertain, open."""
    date = date_parts.read(text)
    found: dict[str, Any] = {"start_date": _date(date.ends[0])}
    if len(date.ends) > 1:
        found["end_date"] = _date(date.ends[1])
    if not date.is_plain:
        found["display_date"] = date.in_words
    return found


def _date(end: date_parts.End) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), end.parts, strict=False))


def _text(event: Record) -> Iterator[str]:
    for text in paragraphs(event["summary"] or ""):
        yield f"<p>{escape(text)}</p>"
    yield _list(map(_html, phrases.figures(event)))
    for label, told in (("Kind", event["kind"]), ("Where", phrases.where(event)), ("Note", event["note"])):
        if told:
            yield f"<p>{label}: {_html(told)}</p>"
    yield _list(f"This event {_html(phrases.link(link))}" for link in event["links"])
    yield f"<p>Sources of {_html(event['id'])}:</p>"
    yield _list(map(_source, event["sources"])) or "<p>no source recorded</p>"


def _list(items: Iterable[str]) -> str:
    listed = "".join(f"<li>{item}</li>" for item in items)
    return listed and f"<ul>{listed}</ul>"


def _source(source: Record) -> str:
    return ", ".join(map(_linked, phrases.source_parts(source)))


def _linked(part: phrases.Told) -> str:
    if is_address(part.address):
        return f'<a href="{escape(part.address or "")}">{_html(part.text)}</a>'
    return _html(part.whole)


def _html(text: str) -> str:
    return escape(one_line(text))
