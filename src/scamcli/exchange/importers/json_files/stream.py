"""Read a JSON document piece by piece, so that a large array is never in memory as a whole.

The decoder is that of the standard library. Numbers keep their notation, and `RepeatedKeys` marks repeated keys.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError, quote
from scamcli.exchange.importers import DecimalText
from scamcli.exchange.importers.delimited import UTF_16
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path
    from typing import TextIO

DEEPEST = 4
"""How many levels of nested objects are searched for arrays."""

_CHUNK = 256 * 1024
_LONGEST_TOKEN = 32
"""An error more than this many characters before the end of the buffer is an error whatever follows."""


class RepeatedKeys(dict[str, object]):
    """An object that gives a key more than once.

    Attributes:
        repeated: the first such key.
    """

    repeated = ""


class Value(NamedTuple):
    """A value of a document.

    Attributes:
        path: the keys of the objects around it: ``("data", "items")``.
        number: its number in the array, from 1; 0 outside of arrays.
        value: the value, with numbers as `DecimalText`.
    """

    path: tuple[str, ...]
    number: int
    value: object


def open_text(path: Path) -> TextIO:
    """Open a file in UTF-8, with or without a byte order mark, or in UTF-16 with one."""
    stream = path.open("rb")
    encoding = "utf-16" if stream.read(2) in UTF_16 else "utf-8-sig"
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding, newline="")


def decode(text: str) -> object:
    """Return the value of a JSON text.

    Raises:
        ValueError: the text is not JSON, or nested too deeply.
    """
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"{_reason(error.msg)} at column {error.pos + 1:,}") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def values(path: Path) -> Generator[Value]:
    """Yield the items of the arrays in a document, and the values outside of arrays.

    Raises:
        DataError: the file is not JSON in UTF-8 or UTF-16, is cut off, or has a value over a limit. This is raised
            while the values are read.
    """
    with open_text(path) as text:
        reader = _Reader(path, text)
        yield from _walk(reader, ())
        if reader.peek():
            hint = "For several values, write one per line, or put them into one array."
            raise DataError(f"{path}:{reader.line}: There is more text after the end of the JSON value.", hint)


def _walk(reader: _Reader, path: tuple[str, ...]) -> Iterator[Value]:
    character = reader.peek()
    if character == "{" and len(path) < DEEPEST:
        for key in reader.members():
            yield from _walk(reader, (*path, key))
    elif character == "[":
        for number in reader.items():
            yield Value(path, number, reader.value(f"item {number}"))
    else:
        yield Value(path, 0, reader.value("the first value" if not path else f"the value of {quote(path[-1][:80])}"))


class _Reader:
    """Reads the text of a file. Only the part around the current value is in memory."""

    def __init__(self, path: Path, text: TextIO) -> None:
        self._path, self._text = path, text
        self._buffer, self._at, self._lines_before, self._is_whole = "", 0, 0, False
        self._longest = limits.value("line")

    @property
    def line(self) -> int:
        """Return the number of the current line."""
        return self._line_at(self._at)

    def _line_at(self, at: int) -> int:
        return self._lines_before + self._buffer.count("\n", 0, at) + 1

    def peek(self) -> str:
        """Return the next character that is not a space, or an empty string at the end of the file."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._fill():
                return ""

    def members(self) -> Iterator[str]:
        """Yield the keys of an object. The caller reads the value of each before it takes the next key."""
        seen = set[str]()
        for _ in self._separated("}", "the object"):
            key = self.value("a key")
            if not isinstance(key, str) or isinstance(key, DecimalText):
                raise self._error(self._at, "expected a key in double quotes")
            if key in seen:
                raise DataError(f"{self._path}:{self.line}: The key {quote(key[:80])} is given twice in one object.")
            seen.add(key)
            self._expect(":", "the object")
            yield key

    def items(self) -> Iterator[int]:
        """Yield the numbers of the items of an array. The caller reads each before it takes the next number."""
        yield from self._separated("]", "the array")

    def _separated(self, end: str, what: str) -> Iterator[int]:
        self._at += 1
        number = 0
        while self.peek() != end or number:
            number += 1
            yield number
            if self.peek() == end:
                break
            self._expect(",", f"item {number}" if end == "]" else what)
        self._at += 1

    def _expect(self, sign: str, where: str) -> None:
        if self.peek() != sign:
            raise self._error(self._at, f'expected "{sign}"', where)
        self._at += 1

    def value(self, what: str) -> object:
        """Read the value at the current place."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                is_sure = error.pos < len(self._buffer) - _LONGEST_TOKEN and not error.msg.startswith("Unterminated")
                if is_sure or not self._fill():
                    raise self._error(error.pos, _reason(error.msg), what) from None
            except RecursionError:
                raise DataError(f"{self._path}:{self.line}: {what.capitalize()} is nested too deeply.") from None
            else:
                # If the buffer ends with a number, more digits may follow.
                if end < len(self._buffer) or not self._fill():
                    self._at = end
                    return value

    def _fill(self) -> bool:
        """Read more of the file, and return whether there was more."""
        rest = len(self._buffer) - self._at
        if rest > self._longest:
            raise limits.exceeded("line", f"{self._path}:{self.line}: A value of this JSON file has")
        try:
            more = "" if self._is_whole else self._text.read(max(_CHUNK, rest))
        except UnicodeError:
            message = f"{self._path} is not UTF-8, from about line {self._line_at(len(self._buffer)):,} on."
            raise DataError(message, "JSON is always in UTF-8: save it again, or convert it.") from None
        self._is_whole = not more
        if more:
            self._lines_before += self._buffer.count("\n", 0, self._at)
            self._buffer, self._at = self._buffer[self._at :] + more, 0
        return bool(more)

    def _error(self, at: int, reason: str, where: str = "") -> DataError:
        line = self._line_at(at)
        if self._is_whole and not self._buffer[at:].strip():
            hint = "It was probably cut off. Nothing was imported."
            return DataError(f"{self._path}:{line}: The file ends in the middle of {where or 'a value'}.", hint)
        column = at - (self._buffer.rfind("\n", 0, at) + 1) + 1
        place = f" in {where}" if where else ""
        return DataError(f"{self._path}:{line}: This is not JSON: {reason} at column {column:,}{place}.")


def _reason(message: str) -> str:
    message = message.replace("Expecting property name enclosed", "expected a key")
    message = message.replace("Expecting ", "expected " if "delimiter" in message else "expected a ")
    return message[:1].lower() + message[1:]


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    keys = [key for key, _ in pairs]
    twice = RepeatedKeys(found)
    twice.repeated = next(key for key in keys if keys.count(key) > 1)
    return twice


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=DecimalText, parse_float=DecimalText, parse_constant=str
)
