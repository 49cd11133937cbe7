"""``scamcli remove``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scamcli import lookup
from scamcli.cli import complete
from scamcli.cli.options import DATABASE, PROTECTED, Group, takes
from scamcli.cli.output import print_line, say
from scamcli.errors import WrongUsageError
from scamcli.opening import writing
from scamcli.store.naming import NewNames

APPS = {"remove": typer.Typer(rich_markup_mode=None, add_completion=False)}


@APPS["remove"].command("remove")
@takes(db=DATABASE, include_protected=Group((PROTECTED,), lambda include_protected: include_protected))
def remove(
    db: Path | None,
    include_protected: bool,
    id_: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="The event's id, or how it begins.", autocompletion=complete.events),
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option("--actor", metavar="NAME", help="An actor that no event has.", autocompletion=complete.actors),
    ] = None,
    site: Annotated[
        str | None,
        typer.Option("--site", metavar="NAME", help="A site that no event has.", autocompletion=complete.sites),
    ] = None,
) -> None:
    """Remove an event, or an actor or a site that no event has.

    The record that was removed is printed: `scamcli add -` takes it in again.
    """
    if sum(one is not None for one in (id_, actor, site)) != 1:
        raise WrongUsageError("expected an event's ID, --actor or --site")
    with writing(db, NewNames.CAREFUL) as writer:
        if id_ is None:
            type_, name = ("actor", actor or "") if actor is not None else ("site", site or "")
            removed = writer.remove_term(type_, name, include_protected=include_protected)
        else:
            event_id = writer.event_id(id_) or lookup.event_id(writer.connection, id_)
            links = writer.links_to(event_id)
            removed = writer.remove_event(event_id, include_protected=include_protected)
            say(*(f"{link} links to it" for link in links))
    print_line(removed)
