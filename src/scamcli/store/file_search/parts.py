"""What the readers of containers yield."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
from typing import IO, AnyStr, NamedTuple


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


def outside(content: AnyStr, marks: re.Pattern[AnyStr]) -> list[AnyStr]:
    """Return the pieces of a content that are not between an opening and a closing mark.

    Args:
        content: a text or bytes.
        marks: finds the opening marks, as its first group, and the closing ones.
    """
    pieces: list[AnyStr] = []
    piece_start, is_outside = 0, True
    for mark in marks.finditer(content):
        if is_outside:
            pieces.append(content[piece_start : mark.start()])
        is_outside, piece_start = mark[1] is None, mark.end()
    if is_outside:
        pieces.append(content[piece_start:])
    return pieces
