"""``scamcli redact``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from scamcli.cli import complete
from scamcli.cli.app import command
from scamcli.cli.options import TARGET, Target, takes
from scamcli.cli.output import print_line, say
from scamcli.errors import WrongUsageError
from scamcli.output.text.words import plural
from scamcli.store.naming import NewNames
from scamcli.store.redaction import finish, redact_event, redact_name
from scamcli.timeline import history
from scamcli.timeline.open import writing

if TYPE_CHECKING:
    from scamcli.store.redaction import Redacted
    from scamcli.store.writer import Writer


@command("redact")
@takes(target=TARGET)
def redact(
    target: Target,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|ID", help="A name, whoever's it is, or an event's whole id.", autocompletion=complete.actors
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take a name out of every record, id, file page and the whole history, or an event; this cannot be undone.

    All names of an actor or a site go together, and its own record is emptied; a placeholder stands for it. A name is
    matched whole, whatever its case and accents; in records of the actor each of its words as well. Copies are not
    touched: those that are known are listed.
    """
    if not yes and not sys.stdin.isatty():
        raise WrongUsageError("redact cannot be undone, and there is nobody to ask", "--yes does it without asking")
    if not yes and not _confirmed():
        raise typer.Abort
    with writing(target.path, NewNames.REFUSED, target.cause("redact")) as writer:
        found = _redacted(writer, name)
        path = writer.path
    say(*(f"this copy is still there, and may still hold it: {copy}" for copy in found.backups))
    finish(path)
    _tell(found)


def _confirmed() -> bool:
    sys.stderr.write("take it out of every record and the whole history? This cannot be undone [y/N]: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _redacted(writer: Writer, name: str) -> Redacted:
    event_id = name if history.is_event(writer.connection, name) else writer.event_id(name)
    return redact_name(writer, name) if event_id is None else redact_event(writer, event_id)


def _tell(found: Redacted) -> None:
    texts = f", {plural(found.texts, 'text')} that {'was' if found.texts == 1 else 'were'} read" if found.texts else ""
    versions = plural(found.versions, "version")
    say(f"rewrote {plural(found.records, 'record')}{texts}, and {versions} in the history; the file was rebuilt")
    print_line(found.placeholder)
