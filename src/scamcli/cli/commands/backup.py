"""``scamcli backup``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scamcli.cli.app import command
from scamcli.cli.options import DATABASE, takes
from scamcli.cli.output import print_line, say, say_notes
from scamcli.timeline import Timeline


@command("backup")
@takes(db=DATABASE)
def backup(
    db: Path | None,
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="A new file, or a folder; else beside the database.")
    ] = None,
) -> None:
    """Copy the whole database to a new file, of one moment, while others may write; print where it is.

    It holds everything: the history, and the names of protected actors. Whoever gets it can read them.
    """
    with Timeline(db) as timeline:
        made = timeline.backup(path)
        say_notes(timeline)
    say("it holds the names of protected actors; `scamcli info --verify --db` checks all of it")
    print_line(str(made))
