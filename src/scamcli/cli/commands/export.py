"""``scamcli export``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from scamcli.cli import atomic_output
from scamcli.cli.app import command
from scamcli.cli.options import DATABASE, FILTERS, PROTECTED, Group, takes
from scamcli.cli.output import data_stream, say, say_notes
from scamcli.cli.progress import Progress
from scamcli.errors import WrongUsageError
from scamcli.exchange.exporters import EXPORTS, Dump, Export, How, Losses, Shape, Watched, holds, writer
from scamcli.language.names import suggest
from scamcli.output.text.words import plural
from scamcli.query.filters import Query
from scamcli.timeline import Timeline

ROWS = ("events", "figures")


@command("export")
@takes(
    query=FILTERS,
    include_protected=Group((PROTECTED,), lambda include_protected: include_protected),
    db=DATABASE,
)
def export(
    query: Query,
    include_protected: bool,
    db: Path | None,
    format_: Annotated[
        str, typer.Argument(metavar="FORMAT", help=f"{', '.join(EXPORTS)}.", autocompletion=lambda: list(EXPORTS))
    ],
    text: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="Words that all occur.")] = None,
    place: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="A file or a folder; else stdout.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing where the format cannot hold all; else it is only said.")
    ] = False,
    rows: Annotated[
        str, typer.Option("--rows", metavar="events|figures", help="Of csv and tsv: what a row is.")
    ] = "events",
) -> None:
    """Write the timeline, or the events that match, in another format.

    What the format cannot hold is listed on stderr. Drafts are only taken along with --drafts; `jsonl` without a
    filter is all there is, and `scamcli import` takes it back byte for byte.
    """
    chosen, how = _chosen(format_), How(_rows(rows, format_), include_protected)
    if chosen.shape is not Shape.TEXT and place is None:
        what = "a file" if chosen.shape is Shape.FILE else "a folder"
        raise WrongUsageError(f"{format_} is {what}; expected where to", f"scamcli export {format_} -o PATH")
    query = query._replace(text=" ".join(text or ()))
    whole = format_ == "jsonl" and query == Query()
    one = _One(chosen, how, strict=strict)
    with Timeline(db, include_protected=include_protected) as timeline:
        atomic_output.see_that_it_is_another(place, timeline.path)
        with timeline.dump(None if whole else query) as dump:
            say_notes(timeline)
            one.put(dump, place)
        if not (whole or query.drafts) and (
            drafts := timeline.count(query._replace(drafts=True)) - timeline.count(query)
        ):
            say(f"{plural(drafts, 'draft')} left out, which nobody has reviewed; --drafts takes them along")
    if one.losses:
        say(f"not in {format_}: {one.lost}")


class _One:
    """One export, and what the format could not hold of it.

    Args:
        export: the format.
        how: how to write it.
        strict: whether nothing is written where something is lost.
    """

    def __init__(self, export: Export, how: How, *, strict: bool) -> None:
        self.losses = Losses()
        self._export = export
        self._how = how
        self._strict = strict
        self._write = writer(export)

    @property
    def lost(self) -> str:
        """What was lost, and how often."""
        return ", ".join(self.losses.told())

    def put(self, dump: Dump, place: Path | None) -> None:
        """Write the records to a file or a folder, or to stdout.

        Raises:
            WrongUsageError: something would be lost, and nothing may.
        """
        if place is not None:
            with Progress("exporting") as progress:
                run = partial(self._run, dump, progress.counted)
                atomic_output.put(self._export.shape, place, run, private=self._how.include_protected)
        elif self._strict:
            atomic_output.first_aside(data_stream(tabs=True), partial(self._run, dump, iter))
        else:
            self._run(dump, iter, data_stream(tabs=True))

    def _run(self, dump: Dump, counted: Callable[[Iterable[Any]], Iterator[Any]], target: object) -> None:
        watched = Watched(dump, holds(self._export), self.losses, counted)
        self._write(watched, target, self.losses, self._how)
        watched.finish()
        if self.losses and self._strict:
            hint = "nothing was written; leave out --strict, or use jsonl"
            raise WrongUsageError(f"{self._export.name} cannot hold {self.lost}", hint)


def _chosen(name: str) -> Export:
    if name not in EXPORTS:
        near = suggest(name, list(EXPORTS))
        hint = f"did you mean {' or '.join(near)}?" if near else f"expected {', '.join(EXPORTS)}"
        raise WrongUsageError(f"no export {name[:80]!r}", hint)
    return EXPORTS[name]


def _rows(rows: str, format_: str) -> str:
    if rows not in ROWS:
        raise WrongUsageError(f"--rows takes {' or '.join(ROWS)}, not {rows[:80]!r}")
    if rows != ROWS[0] and format_ not in {"csv", "tsv"}:
        raise WrongUsageError(f"--rows is of csv and tsv; {format_} has no rows to choose")
    return rows
