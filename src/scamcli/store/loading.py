"""Taking in JSON lines: all of them or none, with the line of what is wrong.

A file is read more than once, first for its metrics, actors and sites, then for its events, so that their order in
it does not matter: an event may name an alias that a later line explains.
"""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, NamedTuple

from scamcli import intake
from scamcli.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import ExitStack

    from scamcli.store.writer import Writer

LONGEST_LINE = 16 * 1024 * 1024
"""Bytes of one record: far more than any event needs, and little enough to refuse in time."""

SPOOL_IN_MEMORY = 8 * 1024 * 1024


_EVENT = r'\{\s*"type"\s*:\s*"event"\s*[,}]'
"""How the line of an event begins, as this program writes it: it need not be read to know that it is no actor."""


class Kind(Enum):
    """Records in the order in which they are taken in: ids that are made must be free of those that are given."""

    ENTITY = "entity"
    EVENT = "event"
    EVENT_WITHOUT_ID = "event without an id"


class Input(NamedTuple):
    """A name for messages, and something to read bytes from."""

    name: str
    stream: IO[bytes]


def open_inputs(paths: Iterable[str], stdin: IO[bytes], stack: ExitStack) -> list[Input]:
    """Open files to read more than once; ``-`` is stdin, kept aside on disk when it is large.

    Raises:
        DataError: a file is not there, or cannot be read.
    """
    inputs = []
    for path in paths:
        if path == "-":
            inputs.append(Input("stdin", _kept(stdin, stack)))
            continue
        try:
            stream = stack.enter_context(Path(path).open("rb"))  # noqa: SIM115 - the stack closes it
            inputs.append(Input(path, stream if stream.seekable() else _kept(stream, stack)))
        except OSError as error:
            raise DataError(f"{path} cannot be read: {error.strerror}", "expected a file of JSON lines, or -") from None
    return inputs


def load(writer: Writer, inputs: list[Input]) -> None:
    """Take in every record of every input, inside the caller's transaction.

    Raises:
        DataError: a line cannot be taken; the message names the input and the line.
    """
    seen: dict[tuple[str, str], str] = {}
    for kind in Kind:
        found = [_pass(writer, given, seen, kind) for given in inputs]
        writer.settle()
        if kind is Kind.EVENT and not any(found):
            return


def read_lines(given: Input) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, numbered from 1.

    Raises:
        DataError: no UTF-8, or a line that is too long.
    """
    number = 0
    while raw := _read_line(given):
        number += 1
        if len(raw) > LONGEST_LINE:
            raise DataError(f"{given.name}:{number}: a line of more than 16 MiB; expected one record a line")
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError as error:
            what = f"{given.name}:{number}: not UTF-8 text (byte {error.start + 1})"
            raise DataError(what, "expected JSON lines in UTF-8") from None
        if text:
            yield number, text


def _read_line(given: Input) -> bytes:
    try:
        return given.stream.readline(LONGEST_LINE + 1)
    except OSError as error:
        raise DataError(
            f"{given.name} cannot be read: {error.strerror}", "expected a file of JSON lines, or -"
        ) from None


def _pass(writer: Writer, given: Input, seen: dict[tuple[str, str], str], kind: Kind) -> bool:
    """Take in the records of one kind; whether the input has events without an id."""
    given.stream.seek(0)
    number, without_id = 0, False
    for number, text in read_lines(given):
        if kind is Kind.ENTITY and re.match(_EVENT, text):
            continue
        writer.place = f"{given.name}:{number}"
        try:
            value = intake.read_json(text)
            found = _kind_of(value)
            without_id = without_id or found is Kind.EVENT_WITHOUT_ID
            if found is kind:
                _once(value, writer.place, seen)
                writer.take(value)
        except DataError as error:
            raise DataError(f"{writer.place}: {error.message}", error.hint) from None
    if not number:
        raise DataError(f"{given.name} is empty; expected JSON lines, one record a line")
    return without_id


def _kind_of(value: dict[str, object]) -> Kind:
    if value.get("type") != "event":
        return Kind.ENTITY
    return Kind.EVENT if value.get("id") is not None else Kind.EVENT_WITHOUT_ID


def _once(value: dict[str, object], place: str, seen: dict[tuple[str, str], str]) -> None:
    what = "id" if value.get("type") == "event" else "name"
    name = value.get(what)
    if isinstance(name, str):
        first = seen.setdefault((str(value.get("type")), name), place)
        if first != place:
            raise DataError(f"the {what} {name[:120]!r} stands twice, first at {first}", "nothing was written")


def _kept(stream: IO[bytes], stack: ExitStack) -> IO[bytes]:
    spool = stack.enter_context(SpooledTemporaryFile(max_size=SPOOL_IN_MEMORY))  # noqa: SIM115 - the stack closes it
    while block := stream.read(1 << 20):
        spool.write(block)
    return spool
