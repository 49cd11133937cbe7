"""``scamcli search``."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scamcli import filters
from scamcli.cli.options import FILTERS, OUTPUT, PAGE, Output, takes
from scamcli.cli.output import chosen, counted, print_number, print_result, say, say_notes, screenful
from scamcli.filters import Query
from scamcli.formats import Format, Result
from scamcli.search import Page
from scamcli.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable

WIDE = 120
"""Columns from which a terminal has room for provinces."""

COLUMNS = ("date", "kind", "title", "provinces", "match", "id")

APPS = {"search": typer.Typer(rich_markup_mode=None, add_completion=False)}


@APPS["search"].command("search")
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
            if filters.dated(query) and not query.certain:
                say(f"{timeline.count(query._replace(certain=True)):,} of them certain")
            print_number(number)
            return
        timeline.compiled(query)
        say_notes(timeline)
        on_screen = chosen(output) is Format.TABLE and sys.stdout.isatty() and page.limit is None
        page = page._replace(limit=screenful()) if on_screen else page
        rows = counted(timeline.find(query, page), _told(timeline, query, page))
        print_result(Result(rows, _columns(query, output)), output)


def _columns(query: Query, output: Output) -> tuple[str, ...]:
    """All in a pipe; on a terminal those that its width and the question leave."""
    if chosen(output) is not Format.TABLE:
        return COLUMNS
    dull = set() if filters.dated(query) else {"match"}
    if shutil.get_terminal_size().columns < WIDE:
        dull.add("provinces")
    return tuple(column for column in COLUMNS if column not in dull)


def _told(timeline: Timeline, query: Query, page: Page) -> Callable[[int, dict[str, Any] | None], None]:
    """At the end: that there is more, and after what."""

    def tell(number: int, last: dict[str, Any] | None) -> None:
        timeline.notes.clear()
        if last is None:
            say(f"nothing matches{_asked(timeline, query)}")
        elif page.limit is not None and number == page.limit:
            total = timeline.count(query)
            timeline.notes.clear()
            if page.after is None and number < total:
                say(f"{number:,} of {total:,}; the next: --after {last['id']}")
            elif page.after is not None:
                say(f"{number:,} more of {total:,}; the next: --after {last['id']}")

    return tell


def _asked(timeline: Timeline, query: Query) -> str:
    sentence = timeline.compiled(query).sentence
    timeline.notes.clear()
    return f": {sentence}" if sentence else ""
