"""``scamcli names``."""

from __future__ import annotations

from typing import Annotated

import typer

from scamcli.cli import complete
from scamcli.cli.app import command, command_group
from scamcli.cli.options import TARGET, Target, takes
from scamcli.cli.output import say_notes
from scamcli.timeline import Timeline

GROUP = command_group("names", "Add an alias to an actor or a site, or merge two records of one.")

Site = Annotated[bool, typer.Option("--site", help="The name is a site's, not an actor's.")]


@GROUP.callback()
def _names() -> None:
    """Make ``names`` a group of commands."""


@command("alias", GROUP)
@takes(target=TARGET)
def alias(
    target: Target,
    name: Annotated[str, typer.Argument(help="Its name or one of its aliases.", autocompletion=complete.actors)],
    aliases: Annotated[list[str], typer.Argument(metavar="ALIAS...", help="Other names of it.")],
    site: Site = False,
) -> None:
    """Add aliases to an actor or a site, so that you can search and enter it by them."""
    with Timeline(target.path) as timeline:
        added = timeline.add_alias("site" if site else "actor", name, aliases, **target.cause)
        say_notes(timeline, added.notes)


@command("merge", GROUP)
@takes(target=TARGET)
def merge(
    target: Target,
    name: Annotated[str, typer.Argument(help="The record that goes.", autocompletion=complete.actors)],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The record that stays.", autocompletion=complete.actors)],
    site: Site = False,
) -> None:
    """Merge two records of one actor, or of one site: NAME becomes an alias of INTO in every record.

    Both records are combined. If they differ, the value of INTO stays and the other one is printed. Texts do not
    change.
    """
    with Timeline(target.path) as timeline:
        merged = timeline.merge_names("site" if site else "actor", name, into, **target.cause)
        say_notes(timeline, merged.notes)
