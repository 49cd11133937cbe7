"""``scamcli import``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from scamcli.cli.app import command
from scamcli.cli.options import OUTPUT, WRITING, Group, option, takes
from scamcli.cli.output import Output, ask, print_page, print_text, say, say_notes
from scamcli.cli.progress import Progress
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Result
from scamcli.timeline import Timeline
from scamcli.timeline.imports import Conflict, Imported, TableOptions

COLUMNS = ("action", "type", "id", "date", "title", "name")
"""What the flat formats show of a record in a dry run."""

WORDS = ("ask", "skip", "update", "fail")
"""Values of ``--on-conflict``."""

QUESTION = "\n[s]kip, [u]pdate, all the rest: [S]kip, [U]pdate; [q]uit, and nothing is written: "

_ANSWERS = {"s": "skip", "u": "update"}


def _table_options(pairs: list[str], constants: list[str], **values: object) -> TableOptions:
    return TableOptions(pairs=tuple(pairs), constants=tuple(constants), **values)  # type: ignore[arg-type] # as declared


TABLES = Group(
    (
        option(
            "pairs", list[str], [], "--map", heading="Tables", metavar="COLUMN=FIELD",
            help="What a column of a table means.",
        ),
        option(
            "constants", list[str], [], "--set", heading="Tables", metavar="FIELD=VALUE",
            help="The value of a field in every row.",
        ),
        option(
            "mapping", str, "", "--mapping", heading="Tables", metavar="FILE|ged|acled",
            help="A saved mapping, or one that comes with scamcli.",
        ),
        option(
            "sheet", str, "", "--sheet", heading="Tables", metavar="NAME",
            help="Read this sheet of a workbook (default: all that fit the mapping).",
        ),
        option(
            "header_row", int | None, None, "--header-row", heading="Tables", metavar="N",
            help="Row that names the columns; skip the rows above it (default: the first that is not empty).",
        ),
        option(
            "version", str, "", "--dataset-version", heading="Tables", metavar="VERSION",
            help="Version of the data set that a table is.",
        ),
    ),
    _table_options,
)  # fmt: skip
"""What is known about the tables of an import."""

OnConflict = Annotated[
    str,
    typer.Option(
        "--on-conflict", metavar="|".join(WORDS), show_default=False,
        help="What to do with a record that differs from the one in the timeline (default: import nothing).",
    ),
]  # fmt: skip
SaveMapping = Annotated[
    Path | None,
    typer.Option("--save-mapping", metavar="FILE", help="Save the mapping to use it again.", rich_help_panel="Tables"),
]

AUTHOR = Group(WRITING, lambda by, reason: (by, reason))


@command("import")
@takes(tables=TABLES, author=AUTHOR, output=OUTPUT)
def import_(
    tables: TableOptions,
    author: tuple[str | None, str | None],
    output: Output,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files to import; - is standard input.")],
    on_conflict: OnConflict = "fail",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would become of each record, and write nothing.")
    ] = False,
    strict_names: Annotated[
        bool, typer.Option("--strict-names", help="Refuse names of actors and sites that the timeline does not know.")
    ] = False,
    skip_invalid: Annotated[bool, typer.Option("--skip-invalid", help="Skip and report invalid records.")] = False,
    save_mapping: SaveMapping = None,
) -> None:
    """Import records from files of many kinds: all of them, or none.

    Records that are in the timeline already stay as they are. If one differs, nothing is imported, unless --on-conflict
    says otherwise. Names that the timeline does not know become new actors and sites, and are listed.
    """
    by, reason = author
    _require_policy(on_conflict, files)
    with Timeline(output.db, create=True) as timeline:
        try:
            with Progress("importing") as progress:
                done = timeline.import_(
                    *(sys.stdin.buffer if file == "-" else file for file in files),
                    tables=tables,
                    on_conflict=_Questions().ask if on_conflict == "ask" else on_conflict,
                    dry_run=dry_run,
                    strict_names=strict_names,
                    skip_invalid=skip_invalid,
                    save_mapping=save_mapping,
                    progress=progress.share,
                    author=by,
                    reason=reason,
                )
        finally:
            say_notes(timeline)  # if it failed, what was found out before
    if dry_run:
        print_page(Result(iter(done.preview), COLUMNS), output)
    say(*done.notes, _summary(done, dry_run=dry_run, skip_invalid=skip_invalid))


def _require_policy(word: str, files: list[str]) -> None:
    """Check that ``--on-conflict`` has a known value, and that somebody can be asked if it says so.

    Raises:
        WrongUsageError: it does not.
    """
    if word not in WORDS:
        raise WrongUsageError(f"--on-conflict takes {', '.join(WORDS)}, not {word[:80]!r}")
    if word == "ask" and ("-" in files or not (sys.stdin.isatty() and sys.stdout.isatty())):
        raise WrongUsageError("--on-conflict ask needs a terminal to ask on", "use skip, update or fail")


class _Questions:
    """Asks what to do with each record that differs, until an answer is for all the rest."""

    def __init__(self) -> None:
        self._for_the_rest = ""

    def ask(self, conflict: Conflict) -> str:
        """Return the user's answer.

        Raises:
            KeyboardInterrupt: the user quits.
        """
        from scamcli.output.text import change_text

        if self._for_the_rest:
            return self._for_the_rest
        print_text(f"\n{conflict.type} {conflict.name}\n{change_text.differences(conflict.differences)}")
        while True:
            answer = ask(QUESTION)
            if answer is None or answer.lower()[:1] == "q":
                raise KeyboardInterrupt
            choice = _ANSWERS.get(answer.lower()[:1])
            if choice is not None:
                self._for_the_rest = choice if answer[:1].isupper() else ""
                return choice


def _summary(done: Imported, *, dry_run: bool, skip_invalid: bool) -> str:
    counts = [f"{done.added:,} record{'s' * (done.added != 1)} added"]
    counts += [f"{done.updated:,} updated"] if done.updated else []
    counts += [f"{done.kept:,} kept as in this timeline"] if done.kept else []
    counts.append(f"{done.unchanged:,} already present")
    counts += [f"{done.repeated:,} repeated"] if done.repeated else []
    counts += [f"{done.left_out:,} left out"] if skip_invalid else []
    return ", ".join(counts) + ("; nothing was written" if dry_run else "")
