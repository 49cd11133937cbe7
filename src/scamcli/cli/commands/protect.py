"""``scamcli protect`` and ``scamcli unprotect``."""

from __future__ import annotations

from typing import Annotated

from scamcli.cli import complete
from scamcli.cli.declarations import Argument, command, takes
from scamcli.cli.output import print_line, say_notes
from scamcli.cli.write_options import TARGET, Target
from scamcli.timeline.edits import Edits

Name = Annotated[
    str, Argument(metavar="NAME", help="The name or an alias of the actor.", autocompletion=complete.actors)
]


@command("protect")
@takes(target=TARGET)
def protect(target: Target, name: Name) -> None:
    """Mask the names of a victim, a witness or any other actor in everything that is printed or exported.

    NAME can also be a name that is only in a text, such as the passage of a draft: it becomes an actor. Prints the
    placeholder that replaces them. The database keeps the names; `scamcli redact` erases them.
    """
    with Edits(target.path) as timeline:
        saved = timeline.protect(name, **target.cause)
        say_notes(timeline, saved.notes)
        print_line(saved.name)


@command("unprotect")
@takes(target=TARGET)
def unprotect(target: Target, name: Name) -> None:
    """Stop masking an actor's names. --reason is required, and kept in the history."""
    with Edits(target.path) as timeline:
        saved = timeline.unprotect(name, **target.cause)
        say_notes(timeline, saved.notes)
        print_line(saved.name)
