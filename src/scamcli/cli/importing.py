"""``scamcli import``."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import Annotated

import typer

from scamcli.cli.options import TARGET, Target, takes
from scamcli.cli.output import say
from scamcli.cli.progress import Progress
from scamcli.cli.record import say_changes
from scamcli.opening import writing
from scamcli.render.words import plural
from scamcli.store.lines import open_inputs
from scamcli.store.loading import How, load
from scamcli.store.naming import NewNames

APPS = {"import": typer.Typer(rich_markup_mode=None, add_completion=False)}


@APPS["import"].command("import")
@takes(target=TARGET)
def import_(
    target: Target,
    paths: Annotated[list[str], typer.Argument(metavar="FILE...", help="JSON lines; - is stdin.")],
    strict_names: Annotated[bool, typer.Option("--strict-names", help="Refuse names that nobody has.")] = False,
    skip_invalid: Annotated[
        bool, typer.Option("--skip-invalid", help="Leave out what cannot be taken, and say what it was.")
    ] = False,
) -> None:
    """Take in JSON lines, the records of a timeline: all of them, or none.

    What is there already, and is the same, is left as it is; what differs stops the import. Names that nobody has
    become new actors and sites, and are listed.
    """
    with ExitStack() as stack:
        inputs = open_inputs(paths, sys.stdin.buffer, stack)
        policy = NewNames.REFUSED if strict_names else NewNames.TAKEN
        cause = target.cause("import")
        with writing(target.path, policy, cause, create=True, much=True) as writer, Progress("importing") as progress:
            load(writer, inputs, How(skip_invalid=skip_invalid, progress=progress.share))
        say_changes(writer)
        say(*(writer.shown(told) for told in writer.changes.told_out))
    changes = writer.changes
    left_out = f", {changes.left_out:,} left out" if skip_invalid else ""
    say(f"{plural(changes.added, 'record')} added, {changes.unchanged:,} were here already{left_out}")
