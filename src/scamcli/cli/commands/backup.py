"""``scamcli backup``."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from scamcli.cli.declarations import Argument, Option, command, takes
from scamcli.cli.options import DATABASE
from scamcli.cli.output import Progress, print_line, say, say_notes
from scamcli.errors import IncompleteCopyError
from scamcli.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable


@command("backup")
@takes(db=DATABASE)
def backup(
    db: Path | None,
    path: Annotated[
        Path | None,
        Argument(
            metavar="[PATH]", help="New file or folder, or a folder to create it in (default: beside the database)."
        ),
    ] = None,
    with_evidence: Annotated[
        bool,
        Option("--with-evidence", help="Also copy the evidence files. The copy is then a folder, or a tar archive."),
    ] = False,
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

    With --with-evidence, it is a new folder with the database and its folder of evidence, which fit together. To
    restore them, move both to where you want them, under names that fit: NAME.db and NAME.evidence.

    `age -d -i KEY-FILE COPY.db.age > COPY.db` decrypts a copy, and `age -d -i KEY-FILE COPY.tar.age | tar -x` one with
    evidence. Nobody can without a secret key, so keep that somewhere else.
    """
    with Timeline(db) as timeline, Progress("copying evidence") as progress:
        made, incomplete = _copied(lambda: timeline.backup(
            path, encrypt=encrypt or (), encrypt_to=encrypt_to or (), with_evidence=with_evidence,
            progress=progress.share,
        ))  # fmt: skip
        progress.write("")
        say_notes(timeline)
        _say_what_to_do(timeline, made, is_encrypted=bool(encrypt or encrypt_to), with_evidence=with_evidence)
    print_line(str(made))
    if incomplete is not None:
        raise incomplete


def _copied(copy: Callable[[], Path]) -> tuple[Path, IncompleteCopyError | None]:
    """Return the path of a copy, and an error to raise when everything is said about the copy."""
    try:
        return copy(), None
    except IncompleteCopyError as error:
        return error.copy, error


def _say_what_to_do(timeline: Timeline, made: Path, *, is_encrypted: bool, with_evidence: bool) -> None:
    if is_encrypted:
        how = "COPY.tar.age | tar -x" if with_evidence else "COPY.age > COPY.db"
        say(f"The copy is encrypted. Decrypt it once to test your key: age -d -i KEY-FILE {how}")
        return
    command, copy = ("evidence verify", made / timeline.path.name) if with_evidence else ("info --verify", made)
    check = f"{command} --db {shlex.quote(str(copy))}"
    if timeline.has_protected():
        say(f"The copy contains the names of protected actors; `scamcli {check}` checks it.")
    else:
        say(f"`scamcli {check}` checks the copy.")
