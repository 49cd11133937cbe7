"""``scamcli import``."""

from __future__ import annotations

import json
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scamcli.cli import detect_input
from scamcli.cli.app import command
from scamcli.cli.on_conflict import WORDS, decided, see_that_it_can_ask
from scamcli.cli.options import OUTPUT, cause_of, takes
from scamcli.cli.output import Output, listed, print_page, say
from scamcli.cli.progress import Progress
from scamcli.cli.table_options import TABLES, Tables
from scamcli.output.formats import Result
from scamcli.output.text.words import plural
from scamcli.store.bulk_import import ImportOptions, find_duplicates, load
from scamcli.store.history import Cause
from scamcli.store.naming import NewNames
from scamcli.timeline.open import named_path, writing
from scamcli.timeline.session import notes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.store.writer import Writer

COLUMNS = ("action", "type", "id", "date", "title", "name")
"""What the flat formats show of a record that would be taken in."""


class _TriedError(Exception):
    """All was done, to see what comes of it: it is taken back."""


@command("import")
@takes(tables=TABLES, cause=cause_of("import"), output=OUTPUT)
def import_(
    tables: Tables,
    cause: Cause,
    output: Output,
    paths: Annotated[list[str], typer.Argument(metavar="FILE...", help="- is stdin.")],
    on_conflict: Annotated[
        str,
        typer.Option(
            "--on-conflict",
            metavar="|".join(WORDS),
            help="Where a record is here already and says something else: by default nothing is taken in.",
        ),
    ] = "fail",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do it all, print what becomes of each record, and take it back.")
    ] = False,
    strict_names: Annotated[bool, typer.Option("--strict-names", help="Refuse names that nobody has.")] = False,
    skip_invalid: Annotated[
        bool, typer.Option("--skip-invalid", help="Leave out what cannot be taken, and say what it was.")
    ] = False,
) -> None:
    """Take in records, from files of many kinds: all of them, or none.

    What is there already, and is the same, is left as it is; what differs stops the import, unless --on-conflict says
    otherwise. Names that nobody has become new actors and sites, and are listed.
    """
    policy = NewNames.REFUSED if strict_names else NewNames.TAKEN
    see_that_it_can_ask(on_conflict, paths)
    with ExitStack() as stack, suppress(_TriedError):
        inputs = detect_input.inputs(paths, tables, stack)
        much = on_conflict in {"fail", "skip"}  # what replaces nothing
        with (
            writing(named_path(output.db), policy, cause, create=True, much=much) as writer,
            Progress("importing") as progress,
        ):
            writer.decide = decided(on_conflict, writer)
            load(writer, inputs, ImportOptions(skip_invalid=skip_invalid, progress=progress.share))
            _see_doubles(writer, tables)
            if dry_run:
                print_page(Result(_results(writer), COLUMNS), output)
                writer.masker()  # while it can be read: what is said afterwards is masked too
                raise _TriedError
    _say(writer, skip_invalid=skip_invalid, dry_run=dry_run)


def _see_doubles(writer: Writer, tables: Tables) -> None:
    """Warn where a table seems to be here already under another name, from which its ids would be made."""
    number = writer.history.number
    found = find_duplicates(writer.connection, number) if tables.is_mapped and number is not None else None
    if found is not None:
        writer.changes.warnings.append(
            f"what they say is here twice: {plural(found.number, 'event')}, such as {found.one}, as {found.other};"
            " if that is one table under two names, the `prefix` of a mapping file keeps its ids"
        )


def _results(writer: Writer) -> Iterator[dict[str, Any]]:
    """What became of each record that was touched, and the record as it is now."""
    rows = writer.connection.execute(
        "SELECT r.type, coalesce(e.record, t.record), r.before IS NULL FROM change_record r"
        " LEFT JOIN event e ON r.type = 'event' AND e.id = r.name"
        " LEFT JOIN term t ON r.type <> 'event' AND t.type = r.type AND t.name = r.name"
        " WHERE r.change = ? ORDER BY r.type, r.name",
        [writer.history.number],
    )
    for _, text, is_new in rows:
        yield {"action": "added" if is_new else "updated"} | writer.masked(json.loads(text))


def _say(writer: Writer, *, skip_invalid: bool, dry_run: bool) -> None:
    changes = writer.changes
    say(*notes_of(writer, is_kept=not dry_run))
    say(*(writer.shown(told) for told in changes.told_out))
    say(*listed("kept as here, not as in the file", map(writer.shown, changes.skipped)))
    say(*listed("no longer in these, since the file has it not", map(writer.shown, changes.gone), "; "))
    say(*listed("without an id, and the same as one before, so taken for it", changes.repeated))
    say(*["with an id each they would stay apart"] if changes.repeated else [])
    told = [f"{plural(changes.added, 'record')} added"]
    told += [f"{changes.updated:,} updated"] if changes.updated else []
    told += [f"{len(changes.skipped):,} kept as here"] if changes.skipped else []
    told.append(f"{changes.unchanged:,} were here already")
    told += [f"{len(changes.repeated):,} said twice"] if changes.repeated else []
    told += [f"{changes.left_out:,} left out"] if skip_invalid else []
    say(", ".join(told) + ("; nothing was written" if dry_run else ""))
