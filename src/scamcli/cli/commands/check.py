"""``scamcli check``."""

from __future__ import annotations

from typing import Annotated

import typer

from scamcli.checks import CODES
from scamcli.cli.app import command
from scamcli.cli.options import OUTPUT, cause_of, takes
from scamcli.cli.output import Output, print_result, say, say_notes
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Result
from scamcli.output.text.words import plural
from scamcli.store.history import Cause
from scamcli.timeline import Timeline
from scamcli.timeline.open import named_path, writing

COLUMNS = ("code", "record", "place", "reason", "remedy")


@command("check")
@takes(output=OUTPUT, cause=cause_of("check --fix"))
def check(
    output: Output,
    cause: Cause,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CODE", help="Only these codes: F02, or F for all of F.")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Derive bounds from their wording again; nothing else.")] = False,
) -> None:
    """Check the whole timeline: each finding with its code, record, reason and remedy; exit code 1 with findings."""
    wanted = tuple(code.upper() for code in select or CODES)
    unknown = [code for code in wanted if not code or not any(known.startswith(code) for known in CODES)]
    if unknown:
        raise WrongUsageError(f"no code {unknown[0]!r}", f"expected some of {', '.join(CODES)}")
    if fix:
        _fix(output, cause)
    with Timeline(output.db, include_protected=output.include_protected) as timeline:
        say_notes(timeline)
        rows = [row for row in timeline.check() if row["code"].startswith(wanted)]
    print_result(Result(rows, COLUMNS), output)
    say(plural(len(rows), "finding"))
    if rows:
        raise typer.Exit(1)


def _fix(output: Output, cause: Cause) -> None:
    from scamcli.store.naming import NewNames
    from scamcli.timeline.check import derive_bounds

    with writing(named_path(output.db), NewNames.TAKEN, cause) as writer:
        changed = [writer.shown(event) for event in derive_bounds(writer)]
    say(*(f"bounds derived again: {event}" for event in changed))
