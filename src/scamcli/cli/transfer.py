"""``scamcli import`` and ``scamcli export``."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scamcli.cli.options import DB, PROTECTED, Group, takes
from scamcli.cli.output import say, say_notes
from scamcli.cli.record import say_changes
from scamcli.errors import DatabaseError, WrongUsageError
from scamcli.store.loading import load, open_inputs
from scamcli.store.writer import NewNames
from scamcli.timeline import Timeline, named_path, writing

if TYPE_CHECKING:
    from collections.abc import Iterable

EXPORTS = ("jsonl",)

APPS = {
    "import": typer.Typer(rich_markup_mode=None, add_completion=False),
    "export": typer.Typer(rich_markup_mode=None, add_completion=False),
}


@APPS["import"].command("import")
@takes(db=Group((DB,), named_path))
def import_(
    db: Path | None,
    paths: Annotated[list[str], typer.Argument(metavar="FILE...", help="JSON lines; - is stdin.")],
    strict_names: Annotated[bool, typer.Option("--strict-names", help="Refuse names that nobody has.")] = False,
) -> None:
    """Take in JSON lines, the records of a timeline: all of them, or none.

    What is there already, and is the same, is left as it is; what differs stops the import. Names that nobody has
    become new actors and sites, and are listed.
    """
    with ExitStack() as stack:
        inputs = open_inputs(paths, sys.stdin.buffer, stack)
        policy = NewNames.REFUSED if strict_names else NewNames.TAKEN
        with writing(db, policy, create=True) as writer:
            load(writer, inputs)
    say_changes(writer)
    say(f"{len(writer.changes.added):,} records added, {writer.changes.unchanged:,} were here already")


@APPS["export"].command("export")
@takes(
    include_protected=Group((PROTECTED,), lambda include_protected: include_protected),
    db=Group((DB,), named_path),
)
def export(
    include_protected: bool,
    db: Path | None,
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help="jsonl.", autocompletion=lambda: list(EXPORTS))],
    to: Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="A file; else stdout.")] = None,
) -> None:
    """Write the whole timeline: what `scamcli import` takes back, byte for byte."""
    if format_ not in EXPORTS:
        raise WrongUsageError(f"no export {format_!r}", f"expected {', '.join(EXPORTS)}")
    with Timeline(db, include_protected=include_protected) as timeline:
        say_notes(timeline)
        if to is None:
            sys.stdout.writelines(f"{line}\n" for line in timeline.lines())
        else:
            _whole_file(to, timeline.lines(), private=include_protected)


def _whole_file(path: Path, lines: Iterable[str], *, private: bool) -> None:
    """The file as it was, or as it is to be: never half of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.touch(0o600 if private else 0o666, exist_ok=False)
        with beside.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(f"{line}\n" for line in lines)
        beside.replace(path)
    except OSError as error:
        raise DatabaseError(f"{path} cannot be written: {error.strerror}", "name another file with -o") from None
    finally:
        beside.unlink(missing_ok=True)
