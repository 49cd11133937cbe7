"""``scamcli check``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated

from scamcli.cli.declarations import Option, command, takes
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, chosen, print_result, say, say_notes
from scamcli.cli.write_options import CHANGE_INFO, ChangeInfo
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Format, Result
from scamcli.output.text.words import plural
from scamcli.timeline import ReadOnlyTimeline

Row = Mapping[str, object]

MOST_OF_EACH = 10
"""How many findings of a code a table shows."""

COLUMNS = ("code", "record", "place", "reason", "remedy")


@command("check")
@takes(output=OUTPUT, cause=CHANGE_INFO)
def check(
    output: Output,
    cause: ChangeInfo,
    select: Annotated[
        list[str] | None,
        Option("--select", metavar="CODE", help="Report only this code; F stands for all codes that begin with F."),
    ] = None,
    fix: Annotated[bool, Option("--fix", help="Derive bounds from wordings again; fix nothing else.")] = False,
    before_publishing: Annotated[
        bool, Option("--before-publishing", help="List details that could identify protected people.")
    ] = False,
    k: Annotated[
        int | None,
        Option("--k", metavar="K", help="Treat a combination that fewer than K events share as rare (default: 11)."),
    ] = None,
) -> int:
    """Find mistakes in the timeline, and explain what is wrong and how to fix it.

    With --before-publishing, list instead the details that could identify a protected person whose name is masked.

    The exit code is 1 if anything is found.
    """
    if k is not None and not before_publishing:
        raise WrongUsageError("--k is for --before-publishing.")
    if fix:
        _fix(output, cause)
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        if before_publishing:
            rows = list(timeline.check_before_publishing(select or (), k=k))
        else:
            rows = list(timeline.check(select or ()))
        say_notes(timeline)
        rows.sort(key=_code)
        times = Counter(map(_code, rows))
        is_cut = not select and chosen(output) is Format.TABLE
        shown = _first_of_each(rows) if is_cut else rows
        print_result(Result(shown, COLUMNS, prefix_lengths={"record": timeline.prefix_length}), output)
    for code, number in times.items():
        if is_cut and number > MOST_OF_EACH:
            say(f"{number - MOST_OF_EACH:,} more of {code}: `scamcli check --select {code}` lists all.")
    of_each = ", ".join(f"{number:,} {code}" for code, number in times.items())
    say(f"{plural(len(rows), 'finding')}: {of_each}." if len(times) > 1 else f"{plural(len(rows), 'finding')}.")
    return 1 if rows else 0


def _code(row: Row) -> str:
    return str(row["code"])


def _first_of_each(rows: Sequence[Row]) -> list[Row]:
    """Return the first rows of each code."""
    shown: list[Row] = []
    times = Counter[str]()
    for row in rows:
        if times[_code(row)] < MOST_OF_EACH:
            shown.append(row)
        times[_code(row)] += 1
    return shown


def _fix(output: Output, cause: ChangeInfo) -> None:
    from scamcli.timeline.edits import Edits  # here, because checks need nothing that writes

    with Edits(output.db, include_protected=output.include_protected) as timeline:
        fixed = timeline.fix_bounds(**cause)
        say_notes(timeline, fixed.notes)
        say(*(f"Bounds derived again: {event}." for event in fixed.events))
