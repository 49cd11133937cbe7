"""``scamcli show``."""

from __future__ import annotations

import sys
from typing import Annotated, cast

import typer

from scamcli.cli import complete, origins
from scamcli.cli.app import command
from scamcli.cli.options import OUTPUT, takes
from scamcli.cli.output import Output, print_drawn, print_result, print_text, say, say_notes
from scamcli.cli.versions import show_versions
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Format, Result
from scamcli.output.text import draft_text, event_text
from scamcli.timeline import Timeline


@command("show")
@takes(output=OUTPUT)
def show(
    output: Output,
    id_: Annotated[
        str,
        typer.Argument(metavar="ID", help="Its id, or how its id begins.", autocompletion=complete.events),
    ],
    at: Annotated[
        str | None, typer.Option("--at", metavar="DATE", help="As it was at the end of that day (UTC), or at a time.")
    ] = None,
    history: Annotated[bool, typer.Option("--history", help="What was changed, when, by whom and why.")] = False,
    passage: Annotated[
        bool, typer.Option("--passage", help="The words of the text that it was read out of, marked.")
    ] = False,
) -> None:
    """Show one event, whole: who said what, where, when, how many, and by which sources.

    The digest at its end changes when the record does; edit --expect takes it.
    """
    if (at is not None) + history + passage > 1:
        raise WrongUsageError("--at, --history and --passage ask for different things", "expected one of them")
    if history:
        show_versions(output, "event", id_)
        return
    if passage:
        _show_passages(output, id_)
        return
    with Timeline(output.db, include_protected=output.include_protected) as timeline:
        row = timeline.show(id_) if at is None else timeline.show_at(id_, at)
        say_notes(timeline)
    if output.format is None and not output.fields:
        print_text(event_text.whole(cast("event_text.WholeEvent", row)))
        return
    result = Result([row], ("date", "kind", "title", "summary", "actors", "provinces", "figures", "sources", "id"))
    print_result(result._replace(single=output.format is Format.JSON), output)


def _show_passages(output: Output, id_: str) -> None:
    """The words that an event came from, and those of the drafts that were merged into it."""
    with Timeline(output.db, include_protected=output.include_protected) as timeline:
        row = timeline.show(id_)
        rows = [origins.of(origin) for origin in timeline.origins(row["id"])]
        say_notes(timeline)
    if output.format is not None or output.fields:
        print_result(Result(rows, origins.COLUMNS, keys=origins.COLUMNS), output)
        return
    if not rows:
        say(f"{row['id']} was not read out of a text")
        return
    plain = not sys.stdout.isatty()
    print_drawn("\n\n".join(draft_text.traced(one, plain=plain) for one in rows))
