"""``scamcli import``."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Annotated

from scamcli.cli import editor
from scamcli.cli.declarations import Argument, Group, Option, command, option, takes
from scamcli.cli.on_conflict import ask_about_each
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, Progress, ask, print_page, print_text, say, say_notes
from scamcli.cli.write_options import WRITING
from scamcli.errors import WrongUsageError, quote
from scamcli.output.formats import Result
from scamcli.timeline.imports import Conflict, Imported, Imports, TableOptions
from scamcli.timeline.missing_rows import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scamcli.timeline.imports import Proposal

COLUMNS = ("action", "type", "id", "date", "title", "name")
"""The columns that the flat formats show of a record in a dry run."""

WORDS = ("ask", "skip", "update", "fail")
"""Values of ``--on-conflict``."""

QUESTION = "\n[s]kip, [u]pdate, for all the rest: [S]kip, [U]pdate; [q]uit without writing: "

_ANSWERS = {"s": "skip", "u": "update"}


MISSING_QUESTION = "\nReplace them? [y]es, [k]eep the earlier rows beside the new ones, [q]uit without writing: "

_MISSING_ANSWERS = {"y": "replace", "k": "keep"}

MAPPING_QUESTION = "\nImport it like this? [y]es, [n]o, [s]ave the mapping as {}, to edit it: "


def _table_options(
    pairs: list[str], constants: list[str], id_from: list[str], header_row: str, no_header: bool, **values: object
) -> TableOptions:
    if no_header and header_row:
        raise WrongUsageError("Expected either --header-row or --no-header, not both.")
    first, rows = (None, 0) if no_header else _header_rows(header_row)
    given = {
        "pairs": tuple(pairs),
        "constants": tuple(constants),
        "id_from": tuple(id_from),
        "header_row": first,
        "header_rows": rows,
    }
    return TableOptions(**given, **values)  # type: ignore[arg-type] # as declared


def _header_rows(text: str) -> tuple[int | None, int]:
    """Return the first row with the names of the columns, and how many there are: ``3`` or ``3-4``."""
    found = re.fullmatch(r"(-?\d{1,9})(?:-(\d{1,9}))?", text.strip())
    if not text:
        return None, 1
    if found is None or (found[2] and int(found[2]) != int(found[1]) + 1):
        raise WrongUsageError(f"--header-row takes a row, or two rows as in 3-4, not {quote(text[:80])}.")
    return int(found[1]), 2 if found[2] else 1


_TABLE_OPTIONS: list[tuple[str, type | UnionType, object, str, str | None, str]] = [
    ("pairs", list[str], [], "--map", "COLUMN=FIELD", "Map a column of a table to a field."),
    ("constants", list[str], [], "--set", "FIELD=VALUE", "Give a field the same value in every row."),
    ("mapping", str, "", "--mapping", "FILE|NAME", "A saved mapping, or the name of one that comes with scamcli."),
    (
        "sheet", str, "", "--sheet", "NAME",
        "Read this sheet of a workbook, or array of a JSON file (default: all that fit the mapping).",
    ),
    (
        "header_row", str, "", "--header-row", "N|N-M",
        "Row, or two rows, with the names of the columns (default: the first that is not empty); those above are"
        " skipped.",
    ),
    ("no_header", bool, False, "--no-header", None, "No row has the names of the columns; call them column A, B, C …"),
    (
        "version", str, "", "--dataset-version", "VERSION",
        "Version of the data set (default: from the name of the file).",
    ),
    (
        "id_from", list[str], [], "--id-from", "COLUMN|row",
        "Give rows without an id one made from this column (repeat it for several), or from the row number.",
    ),
    (
        "accept", bool, False, "--yes", None,
        "Accept the proposed mapping of an unknown table, and replace earlier rows that a new version lacks.",
    ),
    ("disjoint", bool, False, "--disjoint", None, "Declare that each row is a different incident, so numbers add up."),
]  # fmt: skip

TABLES = Group(
    tuple(
        option(name, type_, default, flag, heading="Tables", metavar=metavar, help=help_)
        for name, type_, default, flag, metavar, help_ in _TABLE_OPTIONS
    ),
    _table_options,
)
"""How to read the tables of an import."""

OnConflict = Annotated[
    str,
    Option(
        "--on-conflict", metavar="|".join(WORDS), show_default=False,
        help="What to do with a record that differs from the one in the timeline (default: import nothing).",
    ),
]  # fmt: skip
DryRun = Annotated[bool, Option("--dry-run", help="Show what would happen to each record, and write nothing.")]
StrictNames = Annotated[
    bool, Option("--strict-names", help="Refuse names of actors and sites that the timeline does not know.")
]
OnMissing = Annotated[
    str,
    Option(
        "--on-missing", metavar="|".join(MISSING), show_default=False, heading="Tables",
        help="What to do with earlier rows that a new version of a table lacks (default: ask, or import nothing).",
    ),
]  # fmt: skip
SaveMapping = Annotated[
    Path | None,
    Option(
        "--save-mapping",
        metavar="FILE",
        help="Save the mapping, to use it again with --mapping.",
        heading="Tables",
    ),
]

AUTHOR = Group(WRITING, lambda by, reason: (by, reason))


@command("import")
@takes(tables=TABLES, author=AUTHOR, output=OUTPUT)
def import_(
    tables: TableOptions,
    author: tuple[str | None, str | None],
    output: Output,
    files: Annotated[list[str], Argument(metavar="FILE...", help="Files, or folders of notes; - is stdin.")],
    on_conflict: OnConflict = "fail",
    dry_run: DryRun = False,
    strict_names: StrictNames = False,
    skip_invalid: Annotated[bool, Option("--skip-invalid", help="Skip and report invalid records.")] = False,
    save_mapping: SaveMapping = None,
    on_missing: OnMissing = "",
) -> None:
    """Import records from files of many kinds. Either all records are imported or none.

    Records that are already in the timeline stay as they are. If one of them differs in the files, nothing is imported
    unless you give --on-conflict. Names that the timeline does not know are added as new actors and sites, and listed.

    A table that has at least half of the rows of an earlier import is a new version of it: earlier rows that it lacks
    are listed, and replaced or removed if you agree. Any other file adds to its table, and nothing is removed.
    """
    by, reason = author
    _require_policies(on_conflict, on_missing, files)
    is_known = tables.accept or tables.mapping or tables.pairs or tables.constants
    asks = not is_known and "-" not in files and editor.is_at_terminal()
    with Imports(output.db, create=True) as timeline:
        try:
            with Progress("importing") as progress:
                done = timeline.import_(
                    *(sys.stdin.buffer if file == "-" else file for file in files),
                    tables=tables._replace(accept=_question(timeline)) if asks else tables,
                    on_conflict=_questions() if on_conflict == "ask" else on_conflict,
                    on_missing=on_missing or _on_missing(files, is_agreed=bool(tables.accept)),
                    dry_run=dry_run,
                    strict_names=strict_names,
                    skip_invalid=skip_invalid,
                    save_mapping=save_mapping,
                    progress=progress.share,
                    author=by,
                    reason=reason,
                )
        finally:
            say_notes(timeline)  # also after a failure, to print what was found before it
    if dry_run:
        print_page(Result(iter(done.preview), COLUMNS), output)
    say(*done.notes, _summary(done, dry_run=dry_run, skip_invalid=skip_invalid))


def _on_missing(files: list[str], *, is_agreed: bool) -> str | Callable[[Sequence[str]], str]:
    """Return what to do with rows that a new version of a table no longer has, or a function that asks about them."""
    if is_agreed:
        return "replace"
    return _ask_about_missing if "-" not in files and editor.is_at_terminal() else "fail"


def _ask_about_missing(lines: Sequence[str]) -> str:
    """Show the rows that a new version of a table no longer has, and ask what to do with them."""
    print_text("\n".join(lines))
    while True:
        answer = ask(MISSING_QUESTION)
        letter = "q" if answer is None else answer.lower()[:1]
        if letter == "q":
            raise KeyboardInterrupt
        if letter in _MISSING_ANSWERS:
            return _MISSING_ANSWERS[letter]


def _require_policies(word: str, on_missing: str, files: list[str]) -> None:
    """Require known values for ``--on-conflict`` and ``--on-missing``, and a terminal if the first is ``ask``."""
    if word not in WORDS:
        raise WrongUsageError(f"--on-conflict takes {', '.join(WORDS)}, not {quote(word[:80])}.")
    if on_missing not in {"", *MISSING}:
        raise WrongUsageError(f"--on-missing takes {', '.join(MISSING)}, not {quote(on_missing[:80])}.")
    if word == "ask" and ("-" in files or not editor.is_at_terminal()):
        raise WrongUsageError("--on-conflict ask needs a terminal to ask on.", "Use skip, update or fail.")


def _question(timeline: Imports) -> Callable[[Proposal], bool]:
    """Return a function that shows a proposed mapping beside rows of its table, and asks whether to import it."""

    def accept(proposal: Proposal) -> bool:
        stem = re.sub(r"[^\w.-]+", "-", Path(proposal.name.partition(".xlsx:")[0]).stem)
        saved = f"{stem}.mapping.json"
        print_text(f"{proposal.name} is a table. Its columns probably mean:\n")
        print_text("\n".join(proposal.table(shutil.get_terminal_size().columns)))
        while True:
            letter = (ask(MAPPING_QUESTION.format(saved)) or "n").lower()[:1]
            if letter == "s":
                timeline.save_mapping(proposal.mapping, saved)
                say(f"Edit {saved}, and import with --mapping {saved}")
                raise SystemExit(0)
            if letter in {"y", "n"}:
                return letter == "y"

    return accept


def _questions() -> Callable[[Conflict], str]:
    """Return a function that asks about each record that differs."""
    from scamcli.output.text import change_text

    def text(conflict: Conflict) -> str:
        return f"{conflict.type} {conflict.name}\n{change_text.differences(conflict.differences)}"

    choose = ask_about_each(text, lambda _: (QUESTION, _ANSWERS))
    return lambda conflict: _ANSWERS[choose(conflict)]


def _summary(done: Imported, *, dry_run: bool, skip_invalid: bool) -> str:
    counts = [f"{done.added:,} record{'s' * (done.added != 1)} added"]
    counts += [f"{done.updated:,} updated"] if done.updated else []
    counts += [f"{done.removed:,} removed"] if done.removed else []
    counts += [f"{done.kept:,} kept as in this timeline"] if done.kept else []
    counts.append(f"{done.unchanged:,} already present")
    counts += [f"{done.repeated:,} repeated"] if done.repeated else []
    counts += [f"{done.left_out:,} left out"] if skip_invalid else []
    return ", ".join(counts) + ("; nothing was written." if dry_run else ".")
