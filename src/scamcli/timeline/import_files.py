"""Open the files of one import as inputs for the store, whatever kind of file each is."""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from scamcli.errors import DatabaseError, DataError, ScamcliError, WrongUsageError
from scamcli.exchange.exporters import atomic_output
from scamcli.exchange.exporters.dump import Shape
from scamcli.exchange.importers import ftm, mapped, own
from scamcli.exchange.importers.detect import PACKAGE_FILE, FileKind, detect
from scamcli.exchange.importers.json_files import records as json_records
from scamcli.exchange.importers.mapped import mapping_file
from scamcli.output.text.words import plural
from scamcli.records import limits
from scamcli.records.normalise import read_json
from scamcli.records.row_names import RowNames
from scamcli.store.bulk_import import Input
from scamcli.store.connection import translate_sqlite_errors
from scamcli.store.jsonl_input import open_lines
from scamcli.store.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import ExitStack
    from typing import TextIO

    from scamcli.exchange.importers import Part, TableOptions
    from scamcli.exchange.importers.mapped.mapping import Mapping
    from scamcli.records.types import JsonObject
    from scamcli.store.bulk_import import Row

    Progress = Callable[[int, int | None], None]


REPORT_EVERY = 1000
"""How many rows are read between two reports of progress."""


class _File(NamedTuple):
    """A file to import, and the name that the user gave. The path may lead to a temporary copy of a stream."""

    path: Path
    name: str
    is_copy: bool = False


class Table(NamedTuple):
    """A mapped table: the file that it is in, as the user gave it, and whether its rows may have ids of their own."""

    file: str
    has_ids: bool


class InputReader:
    """Opens the files of one import as inputs for the store."""

    def __init__(self, tables: TableOptions, save_mapping: str | Path | None, progress: Progress | None) -> None:
        self.mapping: Mapping | None = None  # of the last table that was opened
        if tables.header_row is not None and tables.header_row < 1:
            raise WrongUsageError(f"--header-row counts rows from 1, not {tables.header_row}.")
        # With these options, a file is a table, whatever its name.
        is_told = bool(tables.header_row) or not tables.header_rows
        self.has_table_options = bool(tables.mapping or tables.pairs or tables.constants or is_told)
        self._tables = tables
        self._save_mapping = None if save_mapping is None else Path(save_mapping)
        self.report: Progress = progress or (lambda _done, _total: None)
        self._rows_read = 0
        self._notices: list[Callable[[], list[str]]] = []
        self.tables: dict[str, Table] = {}
        """The mapped tables, by name."""

    def notes(self) -> list[str]:
        """Return the notices about the files. They are complete once all rows have been read."""
        return [note for notices in self._notices for note in notices()]

    def open(self, files: Sequence[str | Path | IO[bytes]], stack: ExitStack) -> list[Input]:
        """Open files. Raises the same errors as `Timeline.import_`."""
        given = [_readable(file, stack) for file in files]
        kinds = [self._kind(file) for file in given]
        # Tables that scamcli wrote are read together, because figures belong to events in another file.
        owned = [file for file, kind in zip(given, kinds, strict=True) if kind is FileKind.OWN_TABLES]
        inputs = self._from_parts(own.read([file.path for file in owned]), owned) if owned else []
        for file, kind in zip(given, kinds, strict=True):
            if kind is not FileKind.OWN_TABLES:
                with _errors_under_user_name(file):
                    inputs += self._open(file, kind, stack)
        if self._tables.disjoint and self.mapping is None:
            hint = "In files of records, `dataset` says whether the rows of a table are disjoint."
            raise WrongUsageError("--disjoint needs a table with mapped columns.", hint)
        return inputs

    def _kind(self, file: _File) -> FileKind:
        with _errors_under_user_name(file):
            return detect(file.path, has_table_options=self.has_table_options, is_named=not file.is_copy)

    def _open(self, file: _File, kind: FileKind, stack: ExitStack) -> list[Input]:
        if kind is FileKind.TIMELINE:
            return [self._from_timeline(file, stack)]
        if kind is FileKind.FTM:
            return self._from_parts([ftm.read(file.path)], [file])
        if kind is FileKind.JSON_RECORDS:
            return self._from_parts([json_records.read(file.path)], [file])
        if kind is FileKind.TABLE:
            return self._from_table(file, stack)
        return [open_lines(str(file.path), sys.stdin.buffer, stack, name=file.name).records()]

    def _from_table(self, file: _File, stack: ExitStack) -> list[Input]:
        parts, self.mapping = mapped.read(file.path, self._tables, stack)
        self.tables |= {part.table: Table(file.name, part.has_ids) for part in parts}
        inputs = self._from_parts(parts, [file])
        if self._save_mapping is not None:
            save_mapping(self.mapping, self._save_mapping)
        return inputs

    def _from_parts(self, parts: Sequence[Part], files: Sequence[_File]) -> list[Input]:
        files_of_parts = [_file_of(part, files) for part in parts]
        inputs = list(filter(None, map(self._input, parts, files_of_parts)))
        if not inputs:
            raise DataError(f"There is nothing to import in {', '.join(file.name for file in files)}.")
        return inputs

    def _input(self, part: Part, file: _File) -> Input | None:
        """Return the rows of a part, which the store reads in the order of the parts; ``None`` if it has no rows."""
        self._notices.append(lambda: [note.replace(str(file.path), file.name, 1) for note in part.notices()])
        first = next(part.rows, None)
        if first is None:
            return None
        name = file.name + part.name.removeprefix(str(file.path))
        if isinstance(part.name, RowNames):
            name = part.name.renamed(str(file.path), file.name)
        rows = self._counted(chain([first], part.rows), file)
        return Input(name, events=rows, has_ids=part.has_ids) if part.has_only_events else Input(name, entities=rows)

    def _from_timeline(self, file: _File, stack: ExitStack) -> Input:
        """Read the records of another timeline, including its protected names, which stay protected in this one."""
        from scamcli.merge.timelines.other_timeline import open_database
        from scamcli.query.dump import StoredDump

        connection = stack.enter_context(closing(open_database(file.path, stack)))
        with translate_sqlite_errors(file.path):
            connection.execute("BEGIN")  # the records of one moment, even if another process writes
            changes, texts = (
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - two known names
                for table in ("change", "snapshot")
            )
        history = f"its history ({plural(changes, 'change')})" + (f" and {plural(texts, 'text')}" if texts else "")
        hint = "`scamcli merge` joins two timelines that were edited separately."
        self._notices.append(lambda: [f"{file.name}: Imported without {history}. {hint}"])

        def rows() -> Iterator[Row]:
            with translate_sqlite_errors(file.path):
                for number, text in enumerate(StoredDump(connection, None, None).lines(), 1):
                    yield number, _stored(text, file)
                # It may be the very timeline that is written to, and its transaction cannot end while it is read.
                connection.rollback()

        return Input(file.name, entities=self._counted(rows(), file))

    def _counted(self, rows: Iterator[Row], file: _File) -> Iterator[Row]:
        with _errors_under_user_name(file):
            for row in rows:
                self._rows_read += 1
                if self._rows_read % REPORT_EVERY == 0:
                    self.report(self._rows_read, None)
                yield row


def _stored(text: str, file: _File) -> JsonObject:
    try:
        return read_json(text)
    except DataError as error:
        hint = "`scamcli info --verify --db` says where. Nothing was imported."
        raise DatabaseError(f"{file.name} is damaged.", hint) from error


def save_mapping(mapping: Mapping, path: Path) -> None:
    """Write a mapping to a file, which must not be anything else than a mapping."""

    def write(out: TextIO) -> None:
        out.write(mapping_file.dump(mapping))

    mapping_file.require_mapping(path)
    atomic_output.write_path(Shape.TEXT, path, write)


def _file_of(part: Part, files: Sequence[_File]) -> _File:
    """Return the file that a part is from. The tables beside a `datapackage.json` have other names."""
    found = (file for file in files if part.name.startswith(str(file.path)))
    packages = (file for file in files if file.path.name == PACKAGE_FILE and file.path.parent == Path(part.name).parent)
    return next(found, None) or next(packages)


def _readable(file: str | Path | IO[bytes], stack: ExitStack) -> _File:
    """Return a file that can be read more than once. A stream or a pipe is copied to disk first."""
    name = str(file) if isinstance(file, str | Path) else "stdin"
    if isinstance(file, str | Path):
        path = Path(file)
        limits.require_no_device(path)
        if path.is_file():
            limits.require("file", path.stat().st_size, name)
        if path.is_file() or path.is_dir() or not path.exists():
            return _File(path, name)
    copy = stack.enter_context(temporary_folder()) / "stdin"
    try:
        with copy.open("wb") as out:
            for block in _blocks(file, name, stack):
                out.write(block)
                limits.require("temporary", out.tell(), f"The copy of {name}")
    except OSError as error:
        hint = "Free some space, or set TMPDIR to another folder."
        raise DatabaseError(f"{name} cannot be copied to be read: {error.strerror}.", hint) from None
    return _File(copy, name, is_copy=True)


def _blocks(file: str | Path | IO[bytes], name: str, stack: ExitStack) -> Iterator[bytes]:
    try:
        stream = stack.enter_context(Path(file).open("rb")) if isinstance(file, str | Path) else file  # noqa: SIM115
        while block := stream.read(1 << 20):
            yield block
    except OSError as error:
        raise DataError(f"{name} cannot be read: {error.strerror}.") from None


@contextmanager
def _errors_under_user_name(file: _File) -> Iterator[None]:
    """Let errors name the file as the user did, not the temporary copy."""
    try:
        yield
    except ScamcliError as error:
        path, argument = str(file.path), "-" if file.name == "stdin" else file.name

        def rename(text: str) -> str:
            if file.is_copy:
                text = text.replace(f" {path} > {path}-utf8", "")  # a pipe has no name to write to
            return text.replace(f"import {path} ", f"import {argument} ").replace(path, file.name)

        error.message, error.hint = rename(error.message), rename(error.hint)
        error.more = tuple(map(rename, error.more))
        raise
