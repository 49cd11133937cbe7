"""``scamcli timeline``."""

from __future__ import annotations

from scamcli.cli.charts import Chart, refuse_beside_chart, write_chart
from scamcli.cli.declarations import command, takes
from scamcli.cli.filter_options import PAGE, SEARCH, CountOption
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Limited, Output, print_line, print_page, print_text, say, say_notes
from scamcli.output.formats import Result
from scamcli.output.text import event_text
from scamcli.timeline import EVENT_KEYS, Page, Query
from scamcli.timeline.reads import Reads

COLUMNS = ("date", "kind", "title", "summary", "figures", "sources", "id")


@command("timeline")
@takes(query=SEARCH, page=PAGE, output=OUTPUT)
def timeline(
    query: Query,
    page: Page,
    output: Output,
    count: CountOption = False,
    chart: Chart = None,
) -> None:
    """Show matching events with their figures and sources, oldest first.

    --chart draws them on an axis of time instead, at most 40 unless you give --limit, and prints the events in words.
    """
    page = page._replace(oldest_first=not page.oldest_first)
    if chart is not None:
        refuse_beside_chart(output, {"--count": count})
        write_chart(output, lambda opened: opened.draw_events(chart, query, page))
        return
    with Reads(output.db, include_protected=output.include_protected) as opened:
        if count:
            print_line(opened.count(query))
            say_notes(opened)
        else:
            _print_events(opened, query, page, output)


def _print_events(opened: Reads, query: Query, page: Page, output: Output) -> None:
    opened.compiled(query)
    say_notes(opened)
    wanted = page if page.limit is None else page._replace(limit=page.limit + 1)
    rows = opened.find(query, wanted)
    opened.notes.clear()
    if output.format is not None or output.fields:
        result = Result(rows, COLUMNS, keys=EVENT_KEYS, prefix_lengths={"id": opened.prefix_length})
        printed = print_page(result, output, page.limit)
    else:
        limited = Limited(rows, page.limit)
        for row in limited:
            print_text(("\n" if limited.printed.rows > 1 else "") + event_text.entry(row))
        printed = limited.printed
    if page.limit == 0:
        return
    if printed.last is None:
        say(f"No more events after {page.after}." if page.after else "No matching events.")
    elif printed.more:
        shown = f"{printed.rows:,} more" if page.after is not None else f"{printed.rows:,}"
        say(f"Showing {shown}. Next page: --after {printed.last['id']}")
