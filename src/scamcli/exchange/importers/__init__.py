"""Read records from foreign files, row by row. No database is involved, and nothing is written.

A reader yields the rows of a file with their numbers, each as a record or as the error that says why it is not one. No
row is mended on the way, and none is left out silently.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scamcli.errors import DataError
    from scamcli.records.types import JsonObject


class Part(NamedTuple):
    """The records of one table of a file.

    Attributes:
        name: for messages, before the number of a row: ``cases.csv``, ``book.xlsx:figures``.
        rows: increasing numbers, as an editor or a spreadsheet shows them, each with its record or an error.
        left_out: how many values of each kind no record can hold; complete once all rows were read.
    """

    name: str
    rows: Iterator[tuple[int, JsonObject | DataError]]
    left_out: Mapping[str, int] = MappingProxyType({})
