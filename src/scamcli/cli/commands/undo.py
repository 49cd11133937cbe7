"""``scamcli undo``."""

from __future__ import annotations

from typing import Annotated

from scamcli.cli.declarations import Argument, Option, command, takes
from scamcli.cli.options import LARGEST_CHANGE
from scamcli.cli.output import print_line, say, say_notes
from scamcli.cli.write_options import TARGET, Target
from scamcli.errors import WrongUsageError
from scamcli.output.text.words import plural
from scamcli.timeline.edits import Edits


@command("undo")
@takes(target=TARGET)
def undo(
    target: Target,
    change: Annotated[
        int | None,
        Argument(
            metavar="[CHANGE]", max=LARGEST_CHANGE, help="Number of the change in `scamcli log` (default: your last)."
        ),
    ] = None,
    redo: Annotated[bool, Option("--redo", help="Redo the change that you undid last.")] = False,
) -> None:
    """Undo a change by restoring every record to its state before the change.

    Without a number, your last change that is still in force is undone, even if others have made changes since. Run it
    again to step further back, and with --redo to step forward. The change that added the shipped timeline is undone
    only if you give its number. If the change protected somebody, give its number or --reason, because the name is
    printed again.

    An undo is itself a change: its number is printed, and undoing that number redoes the original change. If a later
    change touched the same records, nothing is undone, and the later change is named.
    """
    if redo and change is not None:
        raise WrongUsageError("--redo takes no number.", "To redo an earlier change, undo its undo by number.")
    with Edits(target.path) as timeline:
        undone = timeline.redo(**target.cause) if redo else timeline.undo(change, **target.cause)
        say_notes(timeline, undone.notes)
    did, hint = ("Redid", "undoes it again") if redo else ("Undid", "redoes it")
    say(
        f"{did} change {undone.of} ({undone.command}, by {undone.author}): {plural(undone.records, 'record')}.",
        f"`scamcli undo {undone.change}` {hint}.",
    )
    print_line(undone.change)
