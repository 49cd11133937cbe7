"""``scamcli redact``."""

from __future__ import annotations

import sys
from typing import Annotated

from scamcli.cli import complete
from scamcli.cli.declarations import Argument, Option, command, takes
from scamcli.cli.output import Progress, print_line, read_answer, say, say_notes
from scamcli.cli.write_options import TARGET, Target
from scamcli.errors import WrongUsageError
from scamcli.output.text.words import plural
from scamcli.timeline.edits import Edits


@command("redact")
@takes(target=TARGET)
def redact(
    target: Target,
    name: Annotated[
        str,
        Argument(metavar="NAME|ID", help="Any name, or the full id of an event.", autocompletion=complete.actors),
    ],
    remove_evidence: Annotated[
        bool,
        Option(
            "--remove-evidence",
            help="Delete evidence files that hold it, or belong to it and cannot be searched whole.",
        ),
    ] = False,
    yes: Annotated[bool, Option("--yes", "-y", help="Do not ask for confirmation.")] = False,
) -> None:
    """Erase a name or an event from all records, ids and texts, and from the whole history. This cannot be undone.

    All names of an actor or site are erased together and replaced by a placeholder, and its own record is emptied. An
    event whose id has the name gets a new id, which replaces the old one everywhere; the old id is forgotten. A
    name is matched as a whole, ignoring case and accents. In records that refer to the actor, each single word of the
    name is matched too, except in the names of others, such as outlets and places. Copies of the file are not changed;
    known copies are listed.

    Evidence files are searched, also inside e-mails and archives, and listed, but not changed. With --remove-evidence,
    those that hold the name are deleted, and so are pictures and other files that cannot be searched whole and belong
    to a record with it. Their hashes and the reason stay.
    """
    if not yes and not sys.stdin.isatty():
        raise WrongUsageError("A redaction cannot be undone, so it needs confirmation.", "Confirm it with --yes.")
    if not yes and not _is_confirmed():
        raise SystemExit(130)
    with Edits(target.path) as timeline, Progress("searching evidence") as progress:
        erased = timeline.redact(
            name, confirmed=True, remove_evidence=remove_evidence, progress=progress.share, **target.cause
        )
        progress.write("")
        say_notes(timeline, erased.notes)
    texts = f"{plural(erased.texts, 'text')}, " if erased.texts else ""
    versions = plural(erased.versions, "version")
    say(f"Rewrote {plural(erased.records, 'record')}, {texts}{versions} in the history; the file was rebuilt.")
    print_line(erased.placeholder)


def _is_confirmed() -> bool:
    sys.stderr.write("Erase it from every record and the whole history? This cannot be undone [y/N]: ")
    sys.stderr.flush()
    return read_answer().strip().lower() in {"y", "yes"}
