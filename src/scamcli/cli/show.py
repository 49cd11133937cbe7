"""``scamcli show``."""

from __future__ import annotations

from typing import Annotated

import typer

from scamcli.cli import complete
from scamcli.cli.options import OUTPUT, takes
from scamcli.cli.output import Output, print_result, print_text, say_notes
from scamcli.formats import Format, Result
from scamcli.render import event_text
from scamcli.timeline import Timeline

APPS = {"show": typer.Typer(rich_markup_mode=None, add_completion=False)}


@APPS["show"].command("show")
@takes(output=OUTPUT)
def show(
    output: Output,
    id_: Annotated[
        str,
        typer.Argument(metavar="ID", help="Its id, or how its id begins.", autocompletion=complete.events),
    ],
) -> None:
    """Show one event, whole: who said what, where, when, how many, and by which sources.

    The digest at its end changes when the record does; edit --expect takes it.
    """
    with Timeline(output.db, include_protected=output.include_protected) as timeline:
        row = timeline.show(id_)
        say_notes(timeline)
    if output.format is None and not output.fields:
        print_text(event_text.whole(row))
        return
    result = Result([row], ("date", "kind", "title", "summary", "actors", "provinces", "figures", "sources", "id"))
    print_result(result._replace(single=output.format is Format.JSON), output)
