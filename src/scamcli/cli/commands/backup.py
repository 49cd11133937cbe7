"""``scamcli backup``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from scamcli.cli.declarations import Argument, command, takes
from scamcli.cli.options import DATABASE
from scamcli.cli.output import print_line, say, say_notes
from scamcli.timeline import Timeline


@command("backup")
@takes(db=DATABASE)
def backup(
    db: Path | None,
    path: Annotated[
        Path | None,
        Argument(metavar="[PATH]", help="New file, or a folder to create it in (default: beside the database)."),
    ] = None,
) -> None:
    """Copy the whole database to a new file, and print the path of the copy.

    The copy is consistent even if others write to the database meanwhile. It contains everything, including the history
    and the names of protected actors, which anyone who gets the file can read.
    """
    with Timeline(db) as timeline:
        made = timeline.backup(path)
        say_notes(timeline)
    say("The copy contains the names of protected actors; `scamcli info --verify --db` checks it.")
    print_line(str(made))
