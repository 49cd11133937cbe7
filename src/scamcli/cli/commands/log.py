"""``scamcli log``, and the history of one record."""

from __future__ import annotations

from typing import Annotated

import typer

from scamcli.cli import complete
from scamcli.cli.app import command
from scamcli.cli.options import OUTPUT, takes
from scamcli.cli.output import Output, print_page, say, say_notes
from scamcli.cli.versions import LARGEST, show_versions
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Result
from scamcli.output.text import change_text
from scamcli.timeline import Timeline
from scamcli.timeline.history import KEYS

COLUMNS = ("change", "at", "by", "command", "what", "reason")


@command("log")
@takes(output=OUTPUT)
def log(
    output: Output,
    id_: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]", help="Of this event alone, also of a removed one.", autocompletion=complete.events
        ),
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="NAME", help="Of this actor.", autocompletion=complete.actors)
    ] = None,
    site: Annotated[
        str | None, typer.Option("--site", metavar="NAME", help="Of this site.", autocompletion=complete.sites)
    ] = None,
    change: Annotated[
        int | None,
        typer.Option("--change", metavar="N", max=LARGEST, help="Every record that this change touched."),
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=0, help="At most so many.")] = None,
    after: Annotated[
        int | None, typer.Option("--after", metavar="N", max=LARGEST, help="Go on after the change N.")
    ] = None,
) -> None:
    """List the changes, newest first: who changed what, when, by which command, and why."""
    asked = [one for one in (id_, actor, site, change) if one is not None]
    if len(asked) > 1:
        raise WrongUsageError("expected one of an event's ID, --actor, --site and --change")
    if id_ is not None or actor is not None or site is not None:
        type_ = "event" if id_ is not None else "actor" if actor is not None else "site"
        show_versions(output, type_, str(asked[0]), limit, after)
        return
    with Timeline(output.db, include_protected=output.include_protected) as timeline:
        say_notes(timeline)
        if change is not None:
            print_page(Result(timeline.change(change), ("type", "record", "action")), output, limit)
            return
        rows = (row | {"what": change_text.summary(row)} for row in timeline.log(after))
        printed = print_page(Result(rows, COLUMNS, numeric=frozenset({"change"}), keys=(*KEYS, "what")), output, limit)
        if printed.more and printed.last is not None:
            say(f"there are more; the next: --after {printed.last['change']}")
