"""The body of an event in HTML, for slides and for the balloons of maps. Everything in it is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from scamcli.exchange.exporters import sentences
from scamcli.output import phrases
from scamcli.output.escaping import one_line, paragraphs
from scamcli.output.text import figure_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scamcli.records.types import EventDict


def body(event: EventDict, units: dict[str, str]) -> Iterator[str]:
    """Yield what happened, the numbers, kind, place and note, the links to other events, and the sources.

    Args:
        event: The event.
        units: The unit of each metric.
    """
    for text in paragraphs(event["summary"] or ""):
        yield f"<p>{escape(text)}</p>"
    yield _list(map(html, figure_text.with_notes(event["figures"], units)))
    for label, value in (("Kind", event["kind"]), ("Where", phrases.location(event)), ("Note", event["note"])):
        if value:
            yield f"<p>{label}: {html(value)}</p>"
    yield _list(f"This event {html(phrases.link(link))}" for link in event["links"])
    yield f"<p>Sources of {html(event['id'])}:</p>"
    yield _list(sentences.source(source, html, _link) for source in event["sources"]) or "<p>no source recorded</p>"
    if terms := sentences.terms(event):
        yield f"<p>{html(terms)}</p>"


def html(text: str) -> str:
    """Return a text on one line, escaped."""
    return escape(one_line(text))


def _list(items: Iterable[str]) -> str:
    lines = "".join(f"<li>{item}</li>" for item in items)
    return lines and f"<ul>{lines}</ul>"


def _link(text: str, address: str) -> str:
    return f'<a href="{escape(address)}">{html(text)}</a>'
