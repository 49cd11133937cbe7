"""The lines of JSON lines, numbered, from files and from stdin."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkstemp
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import DataError
from scamcli.records import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import ExitStack

LONGEST_LINE = 16 * 1024 * 1024
"""Bytes of one record: far more than any event needs, and little enough to refuse in time."""

EXPECTED = "expected a file of JSON lines, or -"


class Input(NamedTuple):
    """Something to read bytes from, more than once.

    Attributes:
        name: for messages.
        stream: a file.
        twin: the same file, for another process to read at the same time.
        refused: lines that stand for what could not be read as a record, and why; they are blank.
    """

    name: str
    stream: IO[bytes]
    twin: IO[bytes] | None = None
    refused: tuple[tuple[int, DataError], ...] = ()


def open_inputs(paths: Iterable[str], stdin: IO[bytes], stack: ExitStack) -> list[Input]:
    """Open files to read more than once; ``-`` is stdin, kept aside on disk.

    Raises:
        DataError: a file is not there, or cannot be read.
    """
    inputs = []
    for path in paths:
        if path == "-":
            inputs.append(_kept("stdin", stdin, stack))
            continue
        try:
            stream = stack.enter_context(Path(path).open("rb"))  # noqa: SIM115 - the stack closes it
            if stream.seekable():
                twin = stack.enter_context(Path(path).open("rb"))  # noqa: SIM115 - the same
                is_same = os.path.sameopenfile(stream.fileno(), twin.fileno())
                inputs.append(Input(path, stream, twin if is_same else None))
            else:
                inputs.append(_kept(path, stream, stack))
        except OSError as error:
            raise DataError(f"{path} cannot be read: {error.strerror}", EXPECTED) from None
    return inputs


def spooled(name: str, rows: Iterable[tuple[int, Mapping[str, Any] | DataError]], stack: ExitStack) -> Input:
    """An input of records that stood in another kind of file, each on the line of the number that its row had there.

    Args:
        name: for messages.
        rows: increasing numbers, each with its record, or with why it is none.
        stack: closes what is opened.
    """
    spool, twin = _spool(stack)
    refused, at = list[tuple[int, DataError]](), 1
    for number, row in rows:
        spool.write(b"\n" * (number - at))
        at = number
        if isinstance(row, DataError):
            refused.append((number, row))
        else:
            spool.write(canonical.line(row).encode("utf-8", "surrogatepass"))
    spool.flush()
    return Input(name, spool, twin, tuple(refused))


def size(given: Input) -> int:
    """Bytes of an input."""
    return os.fstat(given.stream.fileno()).st_size


def read_lines(given: Input, but: bytes | None = None) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, numbered from 1.

    Args:
        given: where from.
        but: how lines begin that are not wanted, and not even decoded.

    Raises:
        DataError: it is empty, no UTF-8, or has a line that is too long.
    """
    number, is_empty = 0, True
    while raw := _read_line(given):
        number += 1
        if len(raw) > LONGEST_LINE:
            raise DataError(f"{given.name}:{number}: a line of more than 16 MiB; expected one record a line")
        if but is not None and raw.startswith(but):
            is_empty = False
            continue
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError as error:
            what = f"{given.name}:{number}: not UTF-8 text (byte {error.start + 1})"
            raise DataError(what, "expected JSON lines in UTF-8") from None
        if text:
            is_empty = False
            yield number, text
    if is_empty and not given.refused:
        raise DataError(f"{given.name} is empty; expected JSON lines, one record a line")


def rewound(given: Input) -> Input:
    """The same input from its start; what was read ahead of it is forgotten."""
    os.lseek(given.stream.fileno(), 0, os.SEEK_SET)
    return given._replace(stream=open(given.stream.fileno(), "rb", closefd=False))


def _read_line(given: Input) -> bytes:
    try:
        return given.stream.readline(LONGEST_LINE + 1)
    except OSError as error:
        raise DataError(f"{given.name} cannot be read: {error.strerror}", EXPECTED) from None


def _kept(name: str, stream: IO[bytes], stack: ExitStack) -> Input:
    """A file without a name, with all that a stream holds."""
    spool, twin = _spool(stack)
    while block := stream.read(1 << 20):
        spool.write(block)
    spool.flush()
    return Input(name, spool, twin)


def _spool(stack: ExitStack) -> tuple[IO[bytes], IO[bytes]]:
    """A file without a name to write, and the same to read."""
    number, path = mkstemp()
    spool = stack.enter_context(open(number, "w+b"))  # noqa: PTH123, SIM115 - a number; the stack closes it
    twin = stack.enter_context(Path(path).open("rb"))  # noqa: SIM115 - the same
    Path(path).unlink()
    return spool, twin
