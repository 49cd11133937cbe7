"""``scamcli backup``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from scamcli.cli.declarations import Argument, Option, command, takes
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
    encrypt: Annotated[
        list[str] | None,
        Option(
            "--encrypt",
            metavar="PUBLIC-KEY",
            help='Encrypt the copy with age to this key ("age1…" or "ssh-…"). Repeatable: any of the keys decrypts it.',
        ),
    ] = None,
    encrypt_to: Annotated[
        list[Path] | None,
        Option("--encrypt-to", metavar="FILE", help="Encrypt it to every public key in this file. Repeatable."),
    ] = None,
) -> None:
    """Copy the whole database to a new file, and print the path of the copy.

    The copy is consistent even if others write to the database meanwhile. It contains everything, including the history
    and the names of protected actors. Anyone who gets the file can read them, unless it is encrypted.

    `age -d -i KEY-FILE COPY.age > COPY.db` decrypts a copy. Nobody can without a secret key, so keep that
    somewhere else.
    """
    with Timeline(db) as timeline:
        made = timeline.backup(path, encrypt=encrypt or (), encrypt_to=encrypt_to or ())
        say_notes(timeline)
    if encrypt or encrypt_to:
        say("The copy is encrypted. Decrypt it once to test your key: age -d -i KEY-FILE COPY.age > COPY.db")
    else:
        say("The copy contains the names of protected actors; `scamcli info --verify --db` checks it.")
    print_line(str(made))
