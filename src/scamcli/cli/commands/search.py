"""``scamcli search``."""

from __future__ import annotations

import shutil
from typing import Annotated

import typer

from scamcli.cli.app import command
from scamcli.cli.options import FILTERS, OUTPUT, PAGE, takes
from scamcli.cli.output import Output, chosen, print_number, print_page, say, say_notes
from scamcli.output.formats import Format, Result
from scamcli.query.filters import Query
from scamcli.query.search import KEYS, Page
from scamcli.timeline import Timeline

WIDE = 120
"""Columns from which a terminal has room for provinces."""

COLUMNS = ("date", "kind", "title", "provinces", "match", "id")


@command("search")
@takes(query=FILTERS, page=PAGE, output=OUTPUT)
def search(
    query: Query,
    page: Page,
    output: Output,
    text: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="Words that all occur.")] = None,
    count: Annotated[bool, typer.Option("--count", help="Only how many.")] = False,
) -> None:
    """List the events that match, newest first.

    Words are joined; "two words" in double quotes are a phrase, and casin* a beginning. A match is certain, or
    possible where a date is only known to the month.
    """
    query = query._replace(text=" ".join(text or ()))
    with Timeline(output.db, include_protected=output.include_protected) as timeline:
        if count:
            number = timeline.count(query)
            say_notes(timeline)
            if query.has_dates and not query.certain:
                say(f"{timeline.count(query._replace(certain=True)):,} of them certain")
            print_number(number)
            return
        sentence = timeline.compiled(query).sentence
        say_notes(timeline)
        wanted = page if page.limit is None else page._replace(limit=page.limit + 1)
        result = Result(
            timeline.find(query, wanted),
            _columns(query, output),
            keys=KEYS,
            prefix_lengths={"id": timeline.prefix_length},
        )
        printed = print_page(result, output, page.limit)
        timeline.notes.clear()
        if page.limit == 0:
            return
        if printed.last is None and page.after:
            say(f"no more after {page.after}")
        elif printed.last is None:
            say(f"nothing matches{': ' if sentence else ''}{sentence}", *timeline.named_so(query.text))
        elif printed.more:
            of = f"{printed.rows:,} of {timeline.count(query):,}" if page.after is None else f"{printed.rows:,} more"
            timeline.notes.clear()
            say(f"{of}; the next: --after {printed.last['id']}")


def _columns(query: Query, output: Output) -> tuple[str, ...]:
    """All in a pipe; on a terminal those that its width and the question leave."""
    if chosen(output) is not Format.TABLE:
        return COLUMNS
    dull = set() if query.has_dates else {"match"}
    if shutil.get_terminal_size().columns < WIDE:
        dull.add("provinces")
    return tuple(column for column in COLUMNS if column not in dull)
