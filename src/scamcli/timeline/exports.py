"""Export a timeline: refuse unsuitable requests, report what a format cannot hold, and write the result."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from scamcli.errors import WrongUsageError, quote, require_installed
from scamcli.output.text.words import plural
from scamcli.query.filters import Query
from scamcli.timeline.session import Session

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from scamcli.exchange.exporters.atomic_output import Write
    from scamcli.exchange.exporters.dump import Progress, Shape
    from scamcli.exchange.exporters.registry import ExportFormat
    from scamcli.query.dump import StoredDump

EVERYTHING = Query()

TABULAR = ("csv", "tsv")
"""Formats with one table per file, so that the user has to choose what the rows are."""

ROWS = ("events", "figures")
WITH_SLIDES = ("timelinejs", "timelinejs-csv")

LAKE = "lake"
"""The format that ``export_lake`` writes. It holds totals as well as records, so it is not one of the others."""

BAGIT = "bagit"
"""The format that ``export_bag`` writes. It holds evidence and history, so it is not one of the others either."""

_STRICT_HINT = "Nothing was written. Leave out --strict, or use jsonl."


class Exported(NamedTuple):
    """What an export did.

    Attributes:
        path: the file or folder that was written; ``None`` for a stream.
        losses: what the format could not hold, and how often: ``figures (45), note (2)``. Empty if nothing was lost.
        drafts: how many matching drafts were left out.
        notes: notices for the user about assumed names, omitted drafts and losses. Masked.
    """

    path: Path | None
    losses: str
    drafts: int
    notes: tuple[str, ...]


class Exports(Session):
    """The methods of ``Timeline`` that export it."""

    def export(
        self,
        format_: str,
        target: str | Path | TextIO,
        query: Query = EVERYTHING,
        *,
        rows: str = "events",
        flat: bool = False,
        strict: bool = False,
        pseudonyms: bool = False,
        slides: int | None = None,
        progress: Progress | None = None,
    ) -> Exported:
        """Write the whole timeline, or matching events with all that they refer to, in another format.

        All is written, or nothing. Without a query, only ``jsonl`` includes drafts; otherwise, the query decides.

        Args:
            format_: the name of a format, such as ``geojson``.
            target: a file or folder, or an open text stream for text formats.
            query: chooses the events.
            rows: what the rows of ``csv`` and ``tsv`` are: ``events`` or ``figures``.
            flat: write flat rows in ``csv`` or ``tsv``: a point, and a number per metric and bound, or one figure.
            strict: fail, and write nothing, if the format cannot hold everything.
            pseudonyms: give protected people names that differ from those of every other export.
            slides: the most slides that ``timelinejs`` may have; 100 if not given.
            progress: an iterator over events that also reports progress.

        Raises:
            WrongUsageError: the format is unknown or would lose something in strict mode, the target is unsuitable, or
                the slides would be more than allowed.
            DatabaseError: the target cannot be written.
            NotFoundError: the query names an unknown actor or site.
        """
        from scamcli.exchange.exporters.dump import ExportOptions, Losses, LossRecorder

        chosen, losses, before = _format(format_, rows, flat, target), Losses(), len(self.notes)
        write, options = chosen.load_writer(), ExportOptions(rows, self._include_protected)
        if slides is not None:
            if format_ not in WITH_SLIDES:
                raise WrongUsageError(f"--slides applies to {' and '.join(WITH_SLIDES)} only, not to {format_}.")
            options = options._replace(slides=slides)
        is_whole = format_ == "jsonl" and query == EVERYTHING
        with self.dump(None if is_whole else query, pseudonyms=pseudonyms) as dump:
            recorder = LossRecorder(dump, chosen.keys, losses, progress)

            def write_all(out: TextIO | Path) -> None:
                write(recorder, out, losses, options)
                recorder.finish()
                if losses and strict:
                    raise WrongUsageError(f"The format {format_} cannot hold {losses}.", _STRICT_HINT)

            self._write(chosen.shape, target, write_all, is_strict=strict)
        drafts = 0 if is_whole or query.drafts else self._count_drafts(query)
        self.notes += [f"Not in {format_}: {losses}."] if losses else []
        self.notes += [f"Terms of use of {terms}." for terms in recorder.terms()]
        return Exported(_path(target), str(losses), drafts, tuple(self.notes[before:]))

    def export_lake(
        self,
        target: str | Path,
        query: Query = EVERYTHING,
        *,
        since: int | None = None,
        progress: Progress | None = None,
    ) -> Exported:
        """Write the whole timeline, without drafts, as a lake of partitioned Parquet, or append changes to one.

        Args:
            target: a folder; it is replaced in one step.
            query: must be empty, because totals over a part of a timeline would look like totals of all of it.
            since: the folder is a lake of this timeline, and has all changes up to this one.
            progress: an iterator over events that also reports progress.

        Raises:
            WrongUsageError: there are filters, a library is missing, or the lake lacks changes before ``since``.
            DataError: the folder is a lake of another timeline, or from a later change.
            DatabaseError: the folder is not a lake, or cannot be written.
        """
        from scamcli.exchange import data_set_terms
        from scamcli.exchange.exporters.dump import Shape
        from scamcli.query import search
        from scamcli.stats.lake.write import read_earlier, write
        from scamcli.store import temporary

        if query != EVERYTHING:
            raise WrongUsageError(
                "A lake holds the whole timeline, so it takes no filters.", "Use filters when you read it."
            )
        require_installed("lake", "A lake needs", "pyarrow")
        path, before = Path(target), len(self.notes)
        # An export that was killed may have moved the lake away. A loop of links is reported where it is written.
        temporary.remove_orphans(Path(os.path.realpath(path)).parent)
        with self.dump():
            earlier = None if since is None else read_earlier(self._connection, path, since)

            def write_all(folder: Path) -> None:
                write(self._connection, self._lookup, folder, earlier, progress or iter)

            self._write(Shape.FOLDER, path, write_all, is_strict=False)
            rows = self._connection.execute("SELECT name FROM term WHERE type = 'dataset' ORDER BY name").fetchall()
            drafts = search.count(self._connection, self.compiled(Query(drafts=True)), drafts=True)
        known = data_set_terms.known() if rows else {}
        self.notes += [f"Not in the lake: {plural(drafts, 'unreviewed draft')}."] if drafts else []
        self.notes += [f"Terms of use of {known[name]}." for (name,) in rows if name in known]
        return Exported(path, "", drafts, tuple(self.notes[before:]))

    def _write(self, shape: Shape, target: str | Path | TextIO, write: Write, *, is_strict: bool) -> None:
        from scamcli.exchange.exporters import atomic_output
        from scamcli.store import backup

        if isinstance(target, str | Path):
            path = Path(target)
            copies = [copy for _, copy in backup.known(self._connection)]
            atomic_output.require_other_file(path, self.path, copies)
            atomic_output.write_path(shape, path, write)
        elif is_strict:
            atomic_output.write_stream(target, write)
        else:
            write(target)

    def _count_drafts(self, query: Query) -> int:
        """Count the matching drafts that were left out, and add a notice about them."""
        from scamcli.query import search

        before = len(self.notes)
        with self._asking():
            drafts = search.count(self._connection, self.compiled(query._replace(drafts=True)), drafts=True)
        del self.notes[before:]  # the names were already resolved, and notices given
        if drafts:
            unreviewed = plural(drafts, "unreviewed draft")
            self.notes.append(f"{unreviewed} left out. Use --drafts to include {'it' if drafts == 1 else 'them'}.")
        return drafts

    @contextmanager
    def dump(self, query: Query | None = None, *, pseudonyms: bool = False) -> Iterator[StoredDump]:
        """Yield the records as they are at one moment. Other processes may write meanwhile.

        Args:
            query: chooses events, which come with all records that they refer to; ``None`` for everything, drafts
                included.
            pseudonyms: give protected people names that differ from those of every other dump.

        Raises:
            NotFoundError, WrongUsageError: as ``search``.
        """
        from scamcli.query.dump import StoredDump
        from scamcli.records.pseudonyms import Pseudonyms

        if pseudonyms and self._include_protected:
            raise WrongUsageError("--pseudonyms replaces protected names, and --include-protected shows them.")
        with self._asking():
            self._connection.execute("BEGIN")
            try:
                self._forget_protected()
                compiled = None if query is None else self.compiled(query)
                yield StoredDump(self._connection, self._masker, compiled, Pseudonyms() if pseudonyms else None)
            finally:
                self._connection.execute("ROLLBACK")

    def lines(self) -> Generator[str, None, None]:
        """Yield every record as a line of canonical JSON."""
        with self.dump() as dump:
            yield from dump.lines()


def _path(target: str | Path | TextIO) -> Path | None:
    return Path(target) if isinstance(target, str | Path) else None


def format_names() -> list[str]:
    """Return the names of the formats that a timeline can be exported to."""
    from scamcli.exchange.exporters.registry import EXPORT_FORMATS

    return [*EXPORT_FORMATS, LAKE, BAGIT]


def _format(name: str, rows: str, flat: bool, target: str | Path | TextIO) -> ExportFormat:
    """Return a format by its name. Refuse unknown formats, and rows or targets that do not suit the format."""
    from scamcli.exchange.exporters.dump import Shape
    from scamcli.exchange.exporters.registry import EXPORT_FORMATS, FLAT_FORMATS
    from scamcli.language.names import did_you_mean, suggest

    if name not in EXPORT_FORMATS:
        hint = did_you_mean(suggest(name, list(EXPORT_FORMATS)), f"Use one of: {', '.join(EXPORT_FORMATS)}.")
        raise WrongUsageError(f"No export format {quote(name[:80])}.", hint)
    if rows not in ROWS:
        raise WrongUsageError(f"--rows is {' or '.join(ROWS)}, not {quote(rows[:80])}.")
    if rows != ROWS[0] and name not in TABULAR:
        raise WrongUsageError(f"--rows applies to {' and '.join(TABULAR)} only, not to {name}.")
    if flat and name not in FLAT_FORMATS[rows]:
        raise WrongUsageError(f"--flat applies to {' and '.join(FLAT_FORMATS[rows])} only, not to {name}.")
    chosen = (FLAT_FORMATS[rows] if flat else EXPORT_FORMATS)[name]
    if chosen.shape is not Shape.TEXT and not isinstance(target, str | Path):
        hint = f"Say where to write it: `scamcli export {name} -o PATH`."
        raise WrongUsageError(f"A {name} export is {chosen.shape.value}, which cannot go to stdout.", hint)
    return chosen
