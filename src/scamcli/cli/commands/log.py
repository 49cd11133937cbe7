"""``scamcli log``."""

from __future__ import annotations

from typing import Annotated

from scamcli.cli.declarations import Option, command, takes
from scamcli.cli.options import LARGEST_CHANGE, OUTPUT, event_argument, name_option
from scamcli.cli.output import Output, print_page, print_text, say, say_notes
from scamcli.cli.record_history import print_history
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Result
from scamcli.output.text import change_text
from scamcli.timeline import ReadOnlyTimeline
from scamcli.timeline.history import KEYS

COLUMNS = ("change", "at", "by", "command", "what", "reason")


@command("log")
@takes(output=OUTPUT)
def log(
    output: Output,
    id_: Annotated[str | None, event_argument("[ID]", "Only changes of this event, even if it was removed.")] = None,
    actor: Annotated[str | None, name_option("actor", "Only changes of this actor.")] = None,
    site: Annotated[str | None, name_option("site", "Only changes of this site.")] = None,
    change: Annotated[
        int | None,
        Option("--change", metavar="N", max=LARGEST_CHANGE, help="List every record that change N touched."),
    ] = None,
    head: Annotated[
        bool, Option("--head", help="Print one line that proves, kept elsewhere, what the history is up to now.")
    ] = False,
    limit: Annotated[int | None, Option("--limit", "-n", min=0, help="Show at most N changes.")] = None,
    after: Annotated[
        int | None,
        Option("--after", metavar="N", max=LARGEST_CHANGE, help="Continue with changes older than change N."),
    ] = None,
) -> None:
    """List the changes, newest first, with who changed what, when, with which command, and why.

    --head prints the number and the seal of the newest change. Keep the line outside the file: send it to somebody, or
    publish it. `info --verify --against` compares a file with it later.
    """
    named = {"event": id_, "actor": actor, "site": site}
    records = [(type_, name) for type_, name in named.items() if name is not None]
    if len(records) + (change is not None) + head > 1:
        raise WrongUsageError("Expected only one of an event's ID, --actor, --site, --change and --head.")
    if records:
        print_history(output, *records[0], limit, after)
        return
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        say_notes(timeline)
        if head:
            print_text(str(timeline.head()))
            return
        if change is not None:
            shortened = {"record": timeline.prefix_length}
            result = Result(timeline.change(change), ("type", "record", "action"), prefix_lengths=shortened)
            print_page(result, output, limit)
            return
        rows = (row | {"what": change_text.summary(row)} for row in timeline.log(after))
        printed = print_page(Result(rows, COLUMNS, numeric=frozenset({"change"}), keys=(*KEYS, "what")), output, limit)
        if printed.more and printed.last is not None:
            say(f"There are more. Next page: --after {printed.last['change']}")
