"""Read files of JSON lines as input for `bulk_import`.

A file is read twice, once for its actors, sites and metrics and once for its events, instead of being kept in memory.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.records import limits, normalise
from scamcli.store.bulk_import import Input

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack

    from scamcli.store.bulk_import import Row

EVENT_AS_EXPORTED = b'{"type": "event", '
"""The beginning of the line of an event in our own exports, which the first reading skips without decoding."""

EVENT = r'\{\s*"type"\s*:\s*"event"\s*[,}]'
"""The usual beginning of the line of an event, which need not be parsed to know that it is not another record."""

ENTITY = r'\{\s*"type"\s*:\s*"(actor|site|metric)"'
"""The usual beginning of the line of an actor, a site or a metric."""

EXPECTED = "Expected a file of JSON lines, or -."


class JsonLines:
    """A file of JSON lines with one record per line, which can be rewound and is read more than once."""

    def __init__(self, name: str, stream: IO[bytes]) -> None:
        self.name = name
        self._stream = stream

    def records(self) -> Input:
        """Return the records as input for `bulk_import`."""
        return Input(self.name, self._entities(), self._events(), self._position)

    def lines(self, *, skip: bytes | None = None) -> Iterator[tuple[int, str]]:
        """Return the lines that are not blank from the start of the file, with line numbers from 1.

        Args:
            skip: skip lines that begin with these bytes, without decoding them.

        Raises:
            DataError: the file is empty or cannot be read, is not UTF-8, or has a line of more than 16 MiB.
        """
        is_empty = True
        for number, raw in enumerate(self._read_lines(), start=1):
            if raw.isspace():
                continue
            if skip is not None and raw.startswith(skip):
                is_empty = False
                continue
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            except UnicodeDecodeError as error:
                what = f"{self.name}:{number}: This is not UTF-8 text (byte {error.start + 1})."
                raise DataError(what, "Expected JSON lines in UTF-8.") from None
            if text:
                is_empty = False
                yield number, text
        if is_empty:
            raise DataError(f"{self.name} is empty; expected JSON lines, one record per line.")

    def _entities(self) -> Iterator[Row]:
        """Return the lines that are not events: actors, sites, metrics, and lines that are not records."""
        for number, text in self.lines(skip=EVENT_AS_EXPORTED):
            if re.match(EVENT, text):
                continue
            try:
                record = normalise.read_json(text)
            except DataError as error:
                yield number, error
            else:
                if record.get("type") != "event":
                    yield number, record

    def _events(self) -> Iterator[Row]:
        """Return the events as texts, which `bulk_import` parses and validates in one step."""
        exported = EVENT_AS_EXPORTED.decode()
        for number, text in self.lines():
            if text.startswith(exported) or re.match(EVENT, text):
                yield number, text
            elif not re.match(ENTITY, text):
                with suppress(DataError):  # the first reading has reported it
                    if normalise.read_json(text).get("type") == "event":
                        yield number, text

    def _position(self) -> tuple[int, int]:
        return self._stream.tell(), os.fstat(self._stream.fileno()).st_size

    def _read_lines(self) -> Iterator[bytes]:
        """Yield the lines from the start of the file. There can be millions of them, most of them blank."""
        most = limits.value("line")
        number = 0
        try:
            self._stream.seek(0)
            while raw := self._stream.readline(most + 1):
                number += 1
                if len(raw) > most:
                    limits.require("line", len(raw), f"{self.name}:{number}: This line")
                yield raw
        except OSError as error:
            raise DataError(f"{self.name} cannot be read: {error.strerror}.", EXPECTED) from None


def open_lines(path: str, stdin: IO[bytes], stack: ExitStack, *, name: str = "") -> JsonLines:
    """Open a file of JSON lines. A pipe, which cannot be rewound, is first copied to a temporary file.

    Args:
        path: the path of the file; ``-`` is stdin.
        stdin: the stream to read if the path is ``-``.
        stack: the stack that closes the file.
        name: the name of the file in messages, if it is not the path.

    Raises:
        DataError: the file does not exist or cannot be read.
    """
    try:
        if path != "-":
            limits.require_no_device(Path(path))
        stream = stdin if path == "-" else stack.enter_context(Path(path).open("rb"))  # noqa: SIM115 - the stack closes it
        if path == "-" or not stream.seekable():
            stream = _copied(stream, stack)
    except OSError as error:
        raise DataError(f"{name or path} cannot be read: {error.strerror}.", EXPECTED) from None
    return JsonLines(name or ("stdin" if path == "-" else path), stream)


def _copied(stream: IO[bytes], stack: ExitStack) -> IO[bytes]:
    copy = stack.enter_context(TemporaryFile())  # noqa: SIM115 - the stack closes it
    while block := stream.read(1 << 20):
        copy.write(block)
        limits.require("temporary", copy.tell(), "A copy of what is piped in")
    return copy
