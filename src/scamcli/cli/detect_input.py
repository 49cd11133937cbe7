"""The files of an import, told apart by what is in them, as lines of JSON to take in."""

from __future__ import annotations

import json
import re
import sys
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, NamedTuple

from scamcli.cli import table_options
from scamcli.cli.output import say
from scamcli.cli.progress import Progress
from scamcli.errors import DatabaseError, DataError, ScamcliError
from scamcli.exchange.importers import ftm, own, rows
from scamcli.output.text.words import plural
from scamcli.store.bulk_import import Input
from scamcli.store.connection import MAGIC
from scamcli.store.jsonl_input import open_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import ExitStack

    from scamcli.cli.table_options import Tables
    from scamcli.exchange.importers import Part

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How the text begins that Excel calls Unicode Text."""

LONGEST = 1024 * 1024
"""Bytes of a first line that are looked at."""

LOOKED_AT, SEVERAL = 20, 4
"""Lines at the beginning of a file that are looked at, and from how many on they tell what it is."""

APART = (",", "\t", ";", "|")
"""What parts the columns of a table."""


class _Given(NamedTuple):
    """A file to import.

    Attributes:
        path: where it is.
        name: how the user calls it.
        is_kept: whether it came on stdin or through a pipe, so that its name says nothing.
    """

    path: Path
    name: str
    is_kept: bool = False


def inputs(paths: list[str], tables: Tables, stack: ExitStack) -> list[Input]:
    """Open what is to be imported.

    Args:
        paths: files; ``-`` is stdin.
        tables: what was said about those that are tables.
        stack: closes what is opened.

    Raises:
        DataError: a file is not there, cannot be read, or holds nothing.
        WrongUsageError: it is a table, and nothing says what its columns mean.
        DatabaseError: it is a database, and no timeline, damaged, or of a newer version.
    """
    given = [_given(path, stack) for path in paths]
    ours = [one for one in given if own.recognised(one.path)]
    found = _parts(own.read([one.path for one in ours]), ours) if ours else []
    for one in given:
        if one not in ours:
            found += _of(one, tables, stack)
    return found


def _given(path: str, stack: ExitStack) -> _Given:
    """A file that can be read more than once: stdin, and what comes through a pipe, is kept aside on disk."""
    place = Path(path)
    if path != "-" and (place.is_file() or place.is_dir() or not place.exists()):
        return _Given(place, path)
    kept = Path(stack.enter_context(TemporaryDirectory(prefix="scamcli-"))) / "stdin"
    name = "stdin" if path == "-" else path
    with _unkept(name), kept.open("wb") as copy:
        for block in _blocks(sys.stdin.buffer if path == "-" else stack.enter_context(_opened(place)), name):
            copy.write(block)
    return _Given(kept, name, is_kept=True)


@contextmanager
def _unkept(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        hint = "free some space, or name another folder with TMPDIR"
        raise DatabaseError(f"{name} cannot be kept aside to be read: {error.strerror}", hint) from None


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from None


def _blocks(stream: IO[bytes], name: str) -> Iterator[bytes]:
    while True:
        try:
            block = stream.read(1 << 20)
        except OSError as error:
            raise DataError(f"{name} cannot be read: {error.strerror}") from None
        if not block:
            return
        yield block


def _of(given: _Given, tables: Tables, stack: ExitStack) -> list[Input]:
    """The inputs of one file that holds no tables of ours."""
    first = _first_line(given.path)
    if first.startswith(MAGIC):
        return [_timeline(given, stack)]
    if first.lstrip().startswith(b"["):
        hint = "one record a line; `jq -c '.[]'` turns an array into lines"
        raise DataError(f"{given.name}:1: an array; expected a JSON object, one record a line", hint)
    if first.lstrip().startswith(b"{"):
        return _parts([ftm.read(given.path)], [given]) if _is_ftm(first) else _lines(given, stack)
    if tables.is_mapped or rows.is_table(given.path) or _is_header(first, given):
        with _by_its_name(given):
            if not tables.is_mapped and (wrong := own.wrong(given.path)):
                raise wrong
            return [_named(one, [given]) for one in table_options.inputs(given.path, given.name, tables, stack)]
    return _lines(given, stack)


def _first_line(path: Path) -> bytes:
    """The first line of a file; of what is no file none."""
    try:
        with path.open("rb") as stream:
            return stream.readline(LONGEST).removeprefix(b"\xef\xbb\xbf") if path.is_file() else b""
    except OSError:
        return b""  # who opens it says why


def _is_header(line: bytes, given: _Given) -> bool:
    """Whether a first line may name the columns of a table: by tabs, or in what came without a name by any sign."""
    is_wide = line.startswith(UTF_16)
    try:
        text = line.decode("utf-16", "ignore") if is_wide else line.decode()
    except UnicodeDecodeError:
        return False
    apart = APART if given.is_kept else "\t"
    return any(one in text for one in apart) and not re.search(r'\0|"\s*:', text)  # that is JSON, though damaged


@contextmanager
def _by_its_name(given: _Given) -> Iterator[None]:
    """Errors raised inside, with the name that the user gave a file."""
    try:
        yield
    except ScamcliError as error:
        path, argument = str(given.path), "-" if given.name == "stdin" else given.name

        def called(text: str) -> str:
            text = text.replace(f" {path} > {path}-utf8", "") if given.is_kept else text  # a pipe has no place
            return text.replace(f"import {path} ", f"import {argument} ").replace(path, given.name)

        error.message, error.hint, error.more = (
            called(error.message),
            called(error.hint),
            tuple(map(called, error.more)),
        )
        raise


def _is_ftm(line: bytes) -> bool:
    try:
        return ftm.is_ftm(json.loads(line))
    except (ValueError, RecursionError):
        return False


def _lines(given: _Given, stack: ExitStack) -> list[Input]:
    _see_that_they_are_lines_of_json(given)
    return [open_lines(str(given.path), sys.stdin.buffer, stack, name=given.name).records()]


def _see_that_they_are_lines_of_json(given: _Given) -> None:
    """See that a line at the beginning holds an object, before each line of another kind of file is told to hold none.

    Raises:
        DataError: of several lines none does.
    """
    if not given.path.is_file():
        return
    with suppress(OSError), given.path.open("rb") as stream:  # who reads it says what is wrong
        lines = [line for line in islice(iter(partial(stream.readline, LONGEST), b""), LOOKED_AT) if line.strip()]
        if len(lines) >= SEVERAL and not any(len(line) == LONGEST or _is_object(line) for line in lines):
            hint = "expected JSON lines, a table, a timeline or FollowTheMoney; `scamcli ingest` reads texts"
            raise DataError(f"{given.name} is of no kind that is imported: none of its first lines is a record", hint)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.removeprefix(b"\xef\xbb\xbf")), dict)
    except (ValueError, RecursionError):
        return False


def _parts(parts: Sequence[Part], given: Sequence[_Given]) -> list[Input]:
    """The inputs of what readers give; what they leave out is said."""
    found = []
    with Progress("reading") as progress:
        for part in parts:
            rows_of_part = list(progress.counted(part.rows))
            made = _named(Input(part.name, rows_of_part), given)
            if rows_of_part:
                found.append(made)
            say(*(f"{made.name}: left out: {what} ({number:,})" for what, number in part.left_out.items()))
    if not found:
        raise DataError(f"{', '.join(one.name for one in given)}: nothing to import in it")
    return found


def _named(made: Input, given: Sequence[_Given]) -> Input:
    """An input by the name that the user gave its file."""
    for one in given:
        if made.name.startswith(str(one.path)):
            return made._replace(name=one.name + made.name.removeprefix(str(one.path)))
    return made


def _timeline(given: _Given, stack: ExitStack) -> Input:
    """The records of another timeline, with the names that are protected in it: they stay so."""
    from scamcli.merge.timelines.other_timeline import open_database
    from scamcli.query.dump import StoredDump
    from scamcli.store.connection import translate_sqlite_errors

    with translate_sqlite_errors(given.path), closing(open_database(given.path, stack)) as connection:
        connection.execute("BEGIN")  # one moment of it, while others write
        changes, texts = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own words
            for table in ("change", "snapshot")
        )
        kept = f"its history ({plural(changes, 'change')})" + (f" and {plural(texts, 'text')}" if texts else "")
        say(f"{given.name}: without {kept}; `scamcli merge` joins two timelines that were edited apart")
        with Progress("reading") as progress:
            lines = progress.counted(StoredDump(connection, None, None).lines())
            return Input(given.name, list(enumerate(map(json.loads, lines), 1)))
