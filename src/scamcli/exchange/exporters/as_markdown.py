"""The story in Markdown (CommonMark), to read: for a report, a notebook or a newsroom's wiki."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import date_parts
from scamcli.output import phrases
from scamcli.output.escaping import is_address, no_markdown, one_line, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scamcli.exchange.exporters import How
    from scamcli.exchange.exporters.dump import Dump, Losses, Record

HOLDS = phrases.TOLD

BEGINS_A_BLOCK = r"^(\d{1,9}(?=[.)])|(?=[-+=]))"
"""What makes a list or a rule where it begins a line: a backslash goes after it."""


def write(dump: Dump, out: TextIO, losses: Losses, how: How) -> None:
    """Write the story, a heading a year and one an event."""
    del losses, how
    out.write("# Timeline\n")
    if dump.sentence:
        out.write(f"\n{_text(f'Events that match: {dump.sentence}')}\n")
    year = number = 0
    for event in dump.events():
        number += 1
        began = date_parts.read(event["date"]).ends[0].parts[0]
        if began != year:
            out.write(f"\n## {began:04}\n")
            year = began
        out.writelines(f"\n{block}\n" for block in _entry(event))
    out.write(f"\n{number:,} event{'' if number == 1 else 's'}\n")


def _entry(event: Record) -> Iterator[str]:
    """An event, a block after the other."""
    draft = " (draft)" if event["status"] == "draft" else ""
    yield f"### {_text(event['date'])}: {_text(event['title'])}{draft}"
    yield f"*{_text(', '.join(filter(None, (event['kind'], phrases.where(event)))))}*"
    yield from map(_text, paragraphs(event["summary"] or ""))
    yield from _list(map(_text, phrases.figures(event)))
    if event["note"]:
        yield _text(f"Note: {event['note']}")
    yield from _list(_text(f"This event {phrases.link(link)}") for link in event["links"])
    yield "Sources:" if event["sources"] else "Sources: none recorded"
    yield from _list(map(_source, event["sources"]))
    yield f"Id: {_text(event['id'])}"


def _list(items: Iterable[str]) -> Iterator[str]:
    listed = "\n".join(f"- {item}" for item in items)
    if listed:
        yield listed


def _source(source: Record) -> str:
    return ", ".join(map(_linked, phrases.source_parts(source)))


def _linked(part: phrases.Told) -> str:
    if is_address(part.address):
        return f"[{_text(part.text)}](<{no_markdown(part.address or '')}>)"
    return _text(part.whole)


def _text(text: str) -> str:
    """A text that is nothing but text, wherever in a block it stands."""
    return re.sub(BEGINS_A_BLOCK, r"\1\\", no_markdown(one_line(text).strip()))
