"""``scamcli undo``."""

from __future__ import annotations

from typing import Annotated

import typer

from scamcli.cli.app import command
from scamcli.cli.event_flags import say_changes
from scamcli.cli.options import TARGET, Target, takes
from scamcli.cli.output import print_number, say
from scamcli.cli.versions import LARGEST
from scamcli.output.text.words import plural
from scamcli.store.naming import NewNames
from scamcli.store.undo import undo as undo_change
from scamcli.timeline.open import writing


@command("undo")
@takes(target=TARGET)
def undo(
    target: Target,
    change: Annotated[
        int | None,
        typer.Argument(metavar="[CHANGE]", max=LARGEST, help="Its number, from `scamcli log`; else your own last one."),
    ] = None,
) -> None:
    """Undo a change: every record as it was before it. It is a change itself, so undoing it does the first again.

    Without a number it is the last change that you made, whatever others have changed since; never the shipped
    timeline. When a later change touched the same records, nothing is undone, and the later one is named.
    """
    with writing(target.path, NewNames.TAKEN, target.cause("undo")) as writer:
        undone = undo_change(writer, change)
        number = writer.history.begin()
    say_changes(writer)
    say(
        f"undid change {undone.number} ({undone.command}, by {undone.by}): {plural(undone.records, 'record')}",
        f"`scamcli undo {number}` does it again",
    )
    print_number(number)
