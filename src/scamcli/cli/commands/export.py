"""``scamcli export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from scamcli.cli.declarations import Argument, Option, command, takes
from scamcli.cli.filter_options import SEARCH
from scamcli.cli.options import DATABASE, INCLUDE_PROTECTED
from scamcli.cli.output import Progress, data_stream, say_notes
from scamcli.errors import WrongUsageError
from scamcli.timeline import Query
from scamcli.timeline.exports import LAKE, Exports, format_names

FORMATS = format_names()

Pseudonyms = Annotated[
    bool,
    Option("--pseudonyms", help="Give protected actors random names, so that exports cannot be linked by name."),
]

Flat = Annotated[
    bool,
    Option("--flat", help="Make csv or tsv flat for maps and charts: a point, and a number per metric and bound."),
]

Since = Annotated[
    int | None,
    Option("--since", metavar="CHANGE", help="Append the changes after this one to an earlier lake."),
]


@command("export")
@takes(query=SEARCH, include_protected=INCLUDE_PROTECTED, db=DATABASE)
def export(
    query: Query,
    include_protected: bool,
    db: Path | None,
    format_: Annotated[
        str,
        Argument(metavar="FORMAT", help=f"{', '.join(FORMATS)}.", autocompletion=lambda: FORMATS),
    ],
    path: Annotated[
        Path | None, Option("--output", "-o", metavar="PATH", help="File or folder to write (default: stdout).")
    ] = None,
    strict: Annotated[
        bool, Option("--strict", help="Write nothing and fail if the format cannot hold everything.")
    ] = False,
    pseudonyms: Pseudonyms = False,
    rows: Annotated[
        str, Option("--rows", metavar="events|figures", help="What each row of csv and tsv contains.")
    ] = "events",
    flat: Flat = False,
    since: Since = None,
) -> None:
    """Export all or matching events.

    Anything that the format cannot hold is listed on stderr. Drafts are left out unless you give --drafts. `jsonl`
    without a filter exports everything, including drafts, and `scamcli import` restores it byte for byte.

    A protected actor is called `[protected-N]`, with the same number in every export, so that a later export can update
    an earlier one. With --pseudonyms, each protected actor gets a random name that no other export uses.

    `lake` writes partitioned Parquet for other engines. --since appends to it; `scamcli log` has the numbers of
    changes.
    """
    with Exports(db, include_protected=include_protected) as timeline, Progress("exporting") as progress:
        counted = progress.counted if path else None  # on stdout, the progress line would mix with the data
        target = path or data_stream(tabs=True)
        try:
            if format_ == LAKE:
                _refuse({"--rows": rows != "events", "--flat": flat, "--strict": strict, "--pseudonyms": pseudonyms})
                timeline.export_lake(_needed(path), query, since=since, progress=progress.counted)
            elif since is not None:
                raise WrongUsageError("--since appends to a lake, so it is only for that format.")
            else:
                timeline.export(
                    format_, target, query, rows=rows, flat=flat, strict=strict, pseudonyms=pseudonyms, progress=counted
                )
        finally:
            say_notes(timeline)


def _needed(path: Path | None) -> Path:
    if path is None:
        raise WrongUsageError("A lake is a folder, which cannot go to stdout.", f"`scamcli export {LAKE} -o DIR`")
    return path


def _refuse(given: dict[str, bool]) -> None:
    for flag in (flag for flag, is_given in given.items() if is_given):
        raise WrongUsageError(f"{flag} does not apply to a lake.")
