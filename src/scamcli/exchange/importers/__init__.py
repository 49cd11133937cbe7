"""Foreign files in: what they hold as records of ours, row by row. It has no database, and takes nothing in itself.

A reader gives the rows of a file with their numbers, each as a record to take in, or as the error that says why it is
none. Nothing is mended on the way, and no row is left out silently.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scamcli.errors import DataError


class Part(NamedTuple):
    """Rows of one table of a file.

    Attributes:
        name: for messages, before the number of the row: ``cases.csv``, ``book.xlsx:figures``.
        rows: increasing numbers, as an editor or a spreadsheet counts them, each with its record or what is wrong.
        left_out: what no record holds, by what it is: complete once the rows were gone through.
    """

    name: str
    rows: Iterator[tuple[int, dict[str, Any] | DataError]]
    left_out: Mapping[str, int] = MappingProxyType({})
