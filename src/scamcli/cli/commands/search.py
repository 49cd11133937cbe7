"""``scamcli search``."""

from __future__ import annotations

from scamcli.cli.declarations import command, takes
from scamcli.cli.filter_options import PAGE, SEARCH, CountOption
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, chosen, print_line, print_page, say, say_notes
from scamcli.output.formats import Format, Result
from scamcli.timeline import EVENT_KEYS, Page, Query
from scamcli.timeline.reads import Reads

WIDE = 120
"""The width of a terminal that has room for the column of provinces."""

FEW = 5
"""Below this number of events, a hint says whether a wider search finds more."""

COLUMNS = ("date", "kind", "title", "provinces", "match", "id")


@command("search")
@takes(query=SEARCH, page=PAGE, output=OUTPUT)
def search(
    query: Query,
    page: Page,
    output: Output,
    count: CountOption = False,
) -> None:
    """List matching events, newest first.

    All search terms must match. English words also match their other forms: raid finds raided. With --exact, or in
    double quotes, they match only as written. Put a phrase in double quotes; `casin*` matches words that begin with
    "casin". If you filter by date, events whose own date is too vague to decide are listed as possible matches.

    Terminals narrower than 120 columns have no room for the provinces; --json prints every column.
    """
    with Reads(output.db, include_protected=output.include_protected) as timeline:
        if count:
            _print_count(timeline, query)
            return
        sentence = timeline.compiled(query).sentence
        say_notes(timeline)
        wanted = (
            page if page.limit is None else page._replace(limit=page.limit + 1)
        )  # one more, to see whether there are more
        result = Result(
            timeline.find(query, wanted), _columns(query, output), keys=EVENT_KEYS,
            prefix_lengths={"id": timeline.prefix_length},
        )  # fmt: skip
        printed = print_page(result, output, page.limit)
        timeline.notes.clear()
        if page.limit == 0:
            return
        if printed.last is None and page.after:
            say(f"No more events after {page.after}.")
        elif printed.last is None:
            say(f"No matching events{': ' if sentence else ''}{sentence}.", *timeline.other_meanings(query.text))
        elif printed.more:
            shown = f"{printed.rows:,} of {timeline.count(query):,}" if page.after is None else f"{printed.rows:,} more"
            timeline.notes.clear()
            say(f"Showing {shown}. Next page: --after {printed.last['id']}")
        if printed.rows < FEW and not page.after and not printed.more:
            _hint(timeline, query, printed.rows)


def _print_count(timeline: Reads, query: Query) -> None:
    number = timeline.count(query)
    say_notes(timeline)
    if query.has_dates and not query.certain:
        say(f"{timeline.count(query._replace(certain=True)):,} of them certain.")
    print_line(number)
    if number < FEW:
        _hint(timeline, query, number)


def _hint(timeline: Reads, query: Query, found: int) -> None:
    say(*timeline.wider(query, found))
    timeline.notes.clear()


def _columns(query: Query, output: Output) -> tuple[str, ...]:
    """Return all columns for a pipe, or for a terminal those that fit and that differ between rows."""
    if chosen(output) is not Format.TABLE:
        return COLUMNS
    from shutil import get_terminal_size  # here, because it loads every way of compression

    left_out = set() if query.has_dates else {"match"}
    if get_terminal_size().columns < WIDE:
        left_out.add("provinces")
    return tuple(column for column in COLUMNS if column not in left_out)
