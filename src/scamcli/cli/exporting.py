"""``scamcli export``."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scamcli.cli.options import DATABASE, PROTECTED, Group, takes
from scamcli.cli.output import data_stream, say_notes
from scamcli.cli.progress import Progress
from scamcli.errors import DatabaseError, WrongUsageError
from scamcli.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable

EXPORTS = ("jsonl",)

APPS = {"export": typer.Typer(rich_markup_mode=None, add_completion=False)}


@APPS["export"].command("export")
@takes(
    include_protected=Group((PROTECTED,), lambda include_protected: include_protected),
    db=DATABASE,
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
            out = data_stream()
            for line in timeline.lines():
                out.write(f"{line}\n")
        else:
            _write_to(to, timeline, private=include_protected)


def _write_to(path: Path, timeline: Timeline, *, private: bool) -> None:
    """A file, whole or not at all; what is no file (a pipe, a device) as it comes."""
    target = path.resolve()
    if target.exists() and target.samefile(timeline.path):
        raise WrongUsageError(f"{path} is the database itself", "name another file with -o")
    try:
        if target.exists() and not target.is_file():
            with target.open("w", encoding="utf-8", newline="\n") as out, closing(timeline.lines()) as lines:
                out.writelines(f"{line}\n" for line in lines)
        else:
            with closing(timeline.lines()) as lines, Progress("exporting") as progress:
                _whole_file(target, progress.counted(lines), private=private)
    except BrokenPipeError:
        return
    except OSError as error:
        raise DatabaseError(f"{path} cannot be written: {error.strerror}", "name another file with -o") from None


def _whole_file(path: Path, lines: Iterable[str], *, private: bool) -> None:
    """The file as it was, or as it is to be: never half of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.touch(0o600 if private else 0o666, exist_ok=False)
        with beside.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(f"{line}\n" for line in lines)
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
