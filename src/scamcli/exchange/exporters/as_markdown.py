"""The story in Markdown (CommonMark), for a report, a notebook or a newsroom's wiki."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import date_parts
from scamcli.output import phrases
from scamcli.output.escaping import escape_markdown, one_line, paragraphs
from scamcli.output.text.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.records.types import EventDict

_STARTS_BLOCK = r"^(\d{1,9}(?=[.)])|(?=[-+=]))"
"""A pattern for the start of a list or a rule at the beginning of a line, which a backslash prevents."""


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write the story with a heading per year and per event."""
    out.write("# Timeline\n")
    if dump.sentence:
        out.write(f"\n{_escape(f'Events that match: {dump.sentence}')}\n")
    year = count = 0
    for event in dump.events():
        count += 1
        first_year = date_parts.parse(event["date"]).ends[0].parts[0]
        if first_year != year:
            out.write(f"\n## {first_year:04}\n")
            year = first_year
        out.writelines(f"\n{block}\n" for block in _blocks(event))
    out.write(f"\n{plural(count, 'event')}\n")


def _blocks(event: EventDict) -> Iterator[str]:
    """Yield an event block by block."""
    draft = " (draft)" if event["status"] == "draft" else ""
    yield f"### {_escape(event['date'])}: {_escape(event['title'])}{draft}"
    yield f"*{_escape(', '.join(filter(None, (event['kind'], phrases.location(event)))))}*"
    yield from map(_escape, paragraphs(event["summary"] or ""))
    yield from _list(map(_escape, phrases.figure_lines(event)))
    if event["note"]:
        yield _escape(f"Note: {event['note']}")
    yield from _list(_escape(f"This event {phrases.link(link)}") for link in event["links"])
    yield "Sources:" if event["sources"] else "Sources: none recorded"
    yield from _list(phrases.source_line(source, _escape, _link) for source in event["sources"])
    yield f"Id: {_escape(event['id'])}"


def _list(items: Iterable[str]) -> Iterator[str]:
    lines = "\n".join(f"- {item}" for item in items)
    if lines:
        yield lines


def _link(text: str, address: str) -> str:
    return f"[{_escape(text)}](<{escape_markdown(address)}>)"


def _escape(text: str) -> str:
    """Return the text on one line, escaped so that nothing in it acts as Markdown anywhere in a block."""
    return re.sub(_STARTS_BLOCK, r"\1\\", escape_markdown(one_line(text).strip()))
