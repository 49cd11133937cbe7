"""``scamcli init`` and ``scamcli info``."""

from __future__ import annotations

import sqlite3
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from scamcli.cli.declarations import Argument, Option, command, takes
from scamcli.cli.options import DATABASE, OUTPUT
from scamcli.cli.output import Output, Scope, print_result, print_text, say, say_notes
from scamcli.errors import DatabaseError, WrongUsageError
from scamcli.output.formats import Format, Result, cell
from scamcli.output.text import words
from scamcli.output.text.words import plural
from scamcli.timeline import ReadOnlyTimeline
from scamcli.timeline.session import create_timeline, default_path, named_path

if TYPE_CHECKING:
    from collections.abc import Mapping


@command("init")
@takes(db=DATABASE)
def init(
    db: Path | None,
    path: Annotated[
        Path | None,
        Argument(metavar="[PATH]", help="File to create (default: --db, $SCAMCLI_DB, then your personal one)."),
    ] = None,
    empty: Annotated[bool, Option("--empty", help="Leave out the shipped timeline.")] = False,
) -> None:
    """Create a database with the shipped timeline, or an empty one. An existing file is never touched."""
    file = named_path(path or db) or default_path()
    Scope.set(file, *filter(None, [db]))
    if not create_timeline(file, empty=empty):
        raise WrongUsageError(f"{file} already exists.", "Name another path. The file was not changed.")
    say(f"Created {file}" + (", empty." if empty else " with the shipped timeline."))


@command("info")
@takes(output=OUTPUT)
def info(
    output: Output,
    verify: Annotated[bool, Option("--verify", help="Check that the file is intact.")] = False,
    against: Annotated[
        str | None,
        Option(
            "--against", metavar="HEAD", help="With --verify: check the history against a head, or a file with one."
        ),
    ] = None,
    digest: Annotated[
        str | None, Option("--digest", metavar="DIGEST", help="Find the records that have this digest.")
    ] = None,
    min_cell: Annotated[
        int | None,
        Option("--min-cell", metavar="N", help="From now on, suppress numbers of fewer than N people; 0 for none."),
    ] = None,
) -> None:
    """Show which database is used and what it holds.

    --verify reads the whole file. It checks references and the full-text index, and compares each record with the data
    derived from it and with its history. Any problems are listed, and the exit code is then 5.

    --against also proves that this is the history whose head `log --head` printed. Only such a line,
    kept elsewhere, shows whether somebody cut off the newest changes or rewrote the whole history.

    --digest looks up a digest that `stats --cite` printed. It compares all events, the events of each metric, and the
    events of each metric with one filter other than dates, now and after each earlier change. It also finds the version
    of a record whose digest `show` printed.

    --min-cell changes a setting of the timeline that applies to all its statistics. The same option of `scamcli stats`
    overrides it.
    """
    if min_cell is not None and (verify or digest is not None or output.fields):
        raise WrongUsageError("--min-cell changes the timeline. Leave out --verify, --digest and --fields.")
    if against is not None and not verify:
        raise WrongUsageError("--against needs --verify.")
    if min_cell is not None:
        _set_min_cell(output, min_cell)
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        say_notes(timeline)
        if digest is not None:
            _print_row(dict(timeline.digest_meaning(digest)), output)
            return
        if verify:
            _verify(timeline, output, against)
        row = _facts(timeline) | ({"problems": 0, **timeline.seals()} if verify else {})
    _print_row(row, output)


def _facts(timeline: ReadOnlyTimeline) -> dict[str, object]:
    from importlib.metadata import version

    return {
        "database": str(timeline.path),
        "bytes": timeline.path.stat().st_size,
        **dict(zip(("from", "to"), timeline.span() or (None, None), strict=True)),
        **timeline.sizes(),
        "scamcli": version("scamcli"),
        "sqlite": sqlite3.sqlite_version,
        **({"min_cell": least} if (least := timeline.min_cell()) else {}),
    }


def _set_min_cell(output: Output, least: int) -> None:
    from scamcli.timeline.edits import Edits  # here, because `info` usually writes nothing

    with Edits(output.db, include_protected=output.include_protected) as timeline:
        say_notes(timeline)
        timeline.set_min_cell(least)


def _print_row(row: Mapping[str, object], output: Output) -> None:
    """Print one row, as lines for people unless a format was asked for."""
    if output.format is None and not output.fields:
        values = ((key, "none" if value is None else cell(value)) for key, value in row.items())
        print_text("\n".join(words.wrap_labelled(*pair) for pair in values))
    else:
        print_result(Result([row], tuple(row), single=output.format is Format.JSON), output)


def _verify(timeline: ReadOnlyTimeline, output: Output, against: str | None) -> None:
    """List problems, and fail if there are any."""
    found = list(islice(timeline.verify(against), 1000))
    say_notes(timeline)
    if found:
        print_result(Result(found, ("part", "record", "reason")), output)
        if all(row["part"] == "head" for row in found):
            hint = "Nothing else is wrong with it. Leave it and its copies as they are until you know the reason."
            raise DatabaseError(f"{timeline.path} does not have the history that this head is of.", hint)
        number = "more than 999 problems" if len(found) == 1000 else plural(len(found), "problem")
        hint = "Restore a backup, or export what can be read; the file was not changed."
        raise DatabaseError(f"{timeline.path} is damaged: {number}.", hint)
