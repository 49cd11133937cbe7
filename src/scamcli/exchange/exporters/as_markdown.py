"""The story in Markdown (CommonMark), for a report, a notebook or a newsroom's wiki."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import date_parts, sentences
from scamcli.exchange.exporters.markdown_text import bullets, escape, link
from scamcli.output import phrases
from scamcli.output.escaping import paragraphs
from scamcli.output.text import figure_text
from scamcli.output.text.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.records.types import EventDict


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write the story with a heading per year and per event."""
    out.write("# Timeline\n")
    if dump.sentence:
        out.write(f"\n{escape(f'Events that match: {dump.sentence}')}\n")
    units = sentences.units(dump)
    year = count = 0
    for event in dump.events():
        count += 1
        first_year = date_parts.parse(event["date"]).ends[0].parts[0]
        if first_year != year:
            out.write(f"\n## {first_year:04}\n")
            year = first_year
        out.writelines(f"\n{block}\n" for block in _blocks(event, units))
    out.write(f"\n{plural(count, 'event')}\n")
    out.writelines(f"\n{escape(f'Terms of use of {terms}.')}\n" for terms in dump.terms())


def _blocks(event: EventDict, units: dict[str, str]) -> Iterator[str]:
    """Yield an event block by block."""
    draft = " (draft)" if event["status"] == "draft" else ""
    yield f"### {escape(event['date'])}: {escape(event['title'])}{draft}"
    yield f"*{escape(', '.join(filter(None, (event['kind'], phrases.location(event)))))}*"
    yield from map(escape, paragraphs(event["summary"] or ""))
    yield from bullets(map(escape, figure_text.with_notes(event["figures"], units)))
    if event["note"]:
        yield escape(f"Note: {event['note']}")
    yield from bullets(escape(f"This event {phrases.link(one)}") for one in event["links"])
    yield "Sources:" if event["sources"] else "Sources: none recorded"
    yield from bullets(phrases.source_line(source, escape, link) for source in event["sources"])
    yield f"Id: {escape(event['id'])}"
