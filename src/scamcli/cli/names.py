"""``scamcli names``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scamcli.cli import complete
from scamcli.cli.options import DATABASE, takes
from scamcli.cli.output import say
from scamcli.opening import writing
from scamcli.store.naming import NewNames

APPS = {"names": typer.Typer(rich_markup_mode=None, add_completion=False, help="Give an actor or a site another name.")}


@APPS["names"].callback()
def _names() -> None:
    """Names of actors and sites."""


@APPS["names"].command("alias")
@takes(db=DATABASE)
def alias(
    db: Path | None,
    name: Annotated[str, typer.Argument(help="The name, or an alias.", autocompletion=complete.actors)],
    aliases: Annotated[list[str], typer.Argument(metavar="ALIAS...", help="Other names of the same.")],
    site: Annotated[bool, typer.Option("--site", help="Of a site, not of an actor.")] = False,
) -> None:
    """Add aliases to an actor or a site; all who search by them find it."""
    with writing(db, NewNames.CAREFUL) as writer:
        told = [(one, writer.alias("site" if site else "actor", name, one)) for one in aliases]
        lines = [writer.shown(f"{one!r} {'is now' if new else 'was already'} a name of {name!r}") for one, new in told]
    say(*lines)
