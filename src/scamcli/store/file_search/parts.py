"""What the readers of containers yield."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from typing import IO, NamedTuple


class NotSearchedError(Exception):
    """A part that cannot be read. Readers raise it, or yield it and go on."""


class Part(NamedTuple):
    """A file inside another one.

    Attributes:
        name: its name; may be empty.
        stream: its content, to be read once.
        encoding: the encoding that the container states, if it is a text.
    """

    name: str
    stream: IO[bytes]
    encoding: str | None = None
