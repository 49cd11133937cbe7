"""``scamcli show``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from scamcli.cli.declarations import Option, command, takes
from scamcli.cli.options import OUTPUT, event_argument
from scamcli.cli.output import Output, print_drawn, print_result, print_text, say, say_notes
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Format, Result
from scamcli.timeline.reads import Reads

if TYPE_CHECKING:
    from scamcli.records.types import WholeEventDict

COLUMNS = ("date", "kind", "title", "summary", "actors", "provinces", "figures", "sources", "id")
PASSAGE_COLUMNS = ("passage", "outlet", "title", "published", "url", "unread")


@command("show")
@takes(output=OUTPUT)
def show(
    output: Output,
    id_: Annotated[str, event_argument()],
    at: Annotated[
        str | None,
        Option("--at", metavar="DATE", help="Show the event as it was at the end of that day (UTC), or at that time."),
    ] = None,
    history: Annotated[bool, Option("--history", help="Show who changed what in the event, when and why.")] = False,
    passage: Annotated[
        bool,
        Option("--passage", help="Show the passage that the event was read from, with the relevant words marked."),
    ] = False,
) -> None:
    """Show one event in full: who said what, where, when, how many, and according to which sources.

    The digest at the end identifies this version of the record, for edit --expect.
    """
    if (at is not None) + history + passage > 1:
        raise WrongUsageError("--at, --history and --passage show different things.", "Expected only one of them.")
    if history:
        from scamcli.cli.record_history import print_history  # here and below, because most calls need only one of them

        print_history(output, "event", id_)
        return
    if passage:
        _show_passages(output, id_)
        return
    row = _current(output, id_) if at is None else _earlier(output, id_, at)
    if output.format is None and not output.fields:
        from scamcli.output.text import event_text

        print_text(event_text.whole(row))
    else:
        print_result(Result([row], COLUMNS, single=output.format is Format.JSON), output)


def _current(output: Output, id_: str) -> WholeEventDict:
    with Reads(output.db, include_protected=output.include_protected) as timeline:
        row = timeline.show(id_)
        say_notes(timeline)
    return row


def _earlier(output: Output, id_: str, at: str) -> WholeEventDict:
    from scamcli.timeline.history_reads import (
        HistoryReads,  # here and below, because most calls show the event as it is
    )

    with HistoryReads(output.db, include_protected=output.include_protected) as timeline:
        row = timeline.show_at(id_, at)
        say_notes(timeline)
    return row


def _show_passages(output: Output, id_: str) -> None:
    """Print the passages that an event, and any drafts merged into it, were read from."""
    from scamcli.output.text import draft_text
    from scamcli.timeline import ReadOnlyTimeline
    from scamcli.timeline.draft_rows import passage_row

    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        row = timeline.show(id_)
        rows = [passage_row(origin) for origin in timeline.origins(row["id"])]
        say_notes(timeline)
    if output.format is not None or output.fields:
        print_result(Result(rows, PASSAGE_COLUMNS, keys=PASSAGE_COLUMNS), output)
    elif rows:
        plain = not sys.stdout.isatty()
        print_drawn("\n\n".join(draft_text.passage(one, plain=plain) for one in rows))
    else:
        say(f"{row['id']} was not read from a text.")
