"""``scamcli names``."""

from __future__ import annotations

from typing import Annotated

import typer

from scamcli.cli import complete
from scamcli.cli.app import command, command_group
from scamcli.cli.event_flags import say_changes
from scamcli.cli.options import TARGET, Target, takes
from scamcli.cli.output import say
from scamcli.output.text.words import plural
from scamcli.store.merge_records import merge_names
from scamcli.store.naming import NewNames
from scamcli.timeline.open import writing

GROUP = command_group("names", "Add an alias to an actor or a site, or merge two records of one.")


@GROUP.callback()
def _names() -> None:
    """Names of actors and sites."""


@command("alias", GROUP)
@takes(target=TARGET)
def alias(
    target: Target,
    name: Annotated[str, typer.Argument(help="The name, or an alias.", autocompletion=complete.actors)],
    aliases: Annotated[list[str], typer.Argument(metavar="ALIAS...", help="Other names of the same.")],
    site: Annotated[bool, typer.Option("--site", help="Of a site, not of an actor.")] = False,
) -> None:
    """Add aliases to an actor or a site; all who search by them find it."""
    with writing(target.path, NewNames.CAREFUL, target.cause("names alias")) as writer:
        told = [(one, writer.alias("site" if site else "actor", name, one)) for one in aliases]
        lines = [writer.shown(f"{one!r} {'is now' if new else 'was already'} a name of {name!r}") for one, new in told]
    say(*lines)


@command("merge", GROUP)
@takes(target=TARGET)
def merge(
    target: Target,
    name: Annotated[str, typer.Argument(help="The one that goes.", autocompletion=complete.actors)],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The one that stays.", autocompletion=complete.actors)],
    site: Annotated[bool, typer.Option("--site", help="Of sites, not of actors.")] = False,
) -> None:
    """Merge two records of one actor, or of one site: NAME becomes an alias of INTO, in every record.

    What either says is kept; where they differ INTO's value stays, and the other is said. Texts stay as they are.
    """
    with writing(target.path, NewNames.CAREFUL, target.cause("names merge")) as writer:
        events = merge_names(writer, "site" if site else "actor", name, into)
        line = writer.shown(f"{name!r} is now a name of {into!r}; renamed in {plural(events, 'event')}")
    say_changes(writer)
    say(line)
