"""``scamcli remove``."""

from __future__ import annotations

from typing import Annotated

import typer

from scamcli.cli import complete
from scamcli.cli.app import command
from scamcli.cli.event_flags import id_of, say_changes
from scamcli.cli.options import PROTECTED, TARGET, Group, Target, takes
from scamcli.cli.output import print_line, say
from scamcli.errors import WrongUsageError
from scamcli.store.naming import NewNames
from scamcli.timeline.open import writing


@command("remove")
@takes(target=TARGET, include_protected=Group((PROTECTED,), lambda include_protected: include_protected))
def remove(
    target: Target,
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
    same_as: Annotated[
        str | None,
        typer.Option(
            "--same-as",
            metavar="ID",
            help="The event that tells the same: it keeps the sources, and the id leads to it.",
            autocompletion=complete.events,
        ),
    ] = None,
) -> None:
    """Remove an event, or an actor or a site that no event has.

    The record that was removed is printed, and `scamcli undo` brings it back. Of two events that tell the same, remove
    one with --same-as the other.
    """
    if sum(one is not None for one in (id_, actor, site)) != 1 or (same_as is not None and id_ is None):
        raise WrongUsageError("expected an event's ID, with or without --same-as, or --actor or --site")
    with writing(target.path, NewNames.CAREFUL, target.cause("remove")) as writer:
        if id_ is None:
            type_, name = ("actor", actor or "") if actor is not None else ("site", site or "")
            removed = writer.remove_term(type_, name, include_protected=include_protected)
        else:
            event_id = id_of(writer, id_)
            into = id_of(writer, same_as) if same_as is not None else None
            removed = writer.remove_event(event_id, into=into, include_protected=include_protected)
            say(*(f"{link} links to it" for link in writer.links_to(event_id)))
    say_changes(writer)
    print_line(removed)
