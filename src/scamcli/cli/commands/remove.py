"""``scamcli remove``."""

from __future__ import annotations

from typing import Annotated

from scamcli.cli import complete
from scamcli.cli.declarations import Option, command, takes
from scamcli.cli.options import INCLUDE_PROTECTED, event_argument, name_option
from scamcli.cli.output import print_record, say_notes
from scamcli.cli.write_options import TARGET, Target
from scamcli.errors import WrongUsageError
from scamcli.timeline.edits import Edits


@command("remove")
@takes(target=TARGET, include_protected=INCLUDE_PROTECTED)
def remove(
    target: Target,
    include_protected: bool,
    id_: Annotated[str | None, event_argument("[ID]")] = None,
    actor: Annotated[str | None, name_option("actor", "An actor that nothing refers to.")] = None,
    site: Annotated[str | None, name_option("site", "A site that nothing refers to.")] = None,
    same_as: Annotated[
        str | None,
        Option(
            "--same-as",
            metavar="ID",
            autocompletion=complete.events,
            help="Event that reports the same thing: it gets the sources, and the removed id redirects to it.",
        ),
    ] = None,
) -> None:
    """Remove an event, or an actor or site that nothing refers to, and print its record.

    `scamcli undo` brings it back. If two events report the same thing, remove one of them and name the other with
    --same-as.
    """
    named = {"event": id_, "actor": actor, "site": site}
    given = [(type_, name) for type_, name in named.items() if name is not None]
    if len(given) != 1 or (same_as is not None and id_ is None):
        raise WrongUsageError("Expected the ID of an event, with or without --same-as, or --actor or --site.")
    [(type_, name)] = given
    with Edits(target.path, include_protected=include_protected) as timeline:
        removed = timeline.remove(name, type_=type_, same_as=same_as, **target.cause)
        say_notes(timeline, removed.notes)
    print_record(removed.record)
