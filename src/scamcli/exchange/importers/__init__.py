"""Read records from foreign files, row by row. No database is involved, and nothing is written.

A reader yields the rows of a file with their numbers, each as a record or as the error that says why it is not one. No
row is mended on the way, and none is left out silently.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Dict
    from pathlib import Path

    from scamcli.errors import DataError
    from scamcli.exchange.importers.mapped.mapping import Mapping
    from scamcli.records.types import JsonObject


class Part(NamedTuple):
    """The records of one table of a file.

    Attributes:
        name: for messages, before the number of a row: ``cases.csv``, ``book.xlsx:figures``.
        rows: increasing numbers, as an editor or a spreadsheet shows them, each with its record or an error.
        has_only_events: whether every record is an event.
        left_out: how many values of each kind no record can hold; complete once all rows were read.
    """

    name: str
    rows: Iterator[tuple[int, JsonObject | DataError]]
    has_only_events: bool = False
    left_out: Dict[str, int] = MappingProxyType({})

    def lines(self) -> list[str]:
        """Return notices about what was left out."""
        return [f"{self.name}: left out: {what} ({number:,})" for what, number in self.left_out.items()]


class TableOptions(NamedTuple):
    """What is known about the tables of an import.

    Attributes:
        mapping: a mapping, the name of one that comes with scamcli (``ged``, ``acled``), or a file of one.
        pairs: ``COLUMN=FIELD``, or ``COLUMN=FIELD:FORMAT`` for a date.
        constants: ``FIELD=VALUE``, for every row.
        sheet: the sheet of a workbook to read. By default all that fit the mapping.
        header_row: the number of the row that names the columns. By default the first that is not empty.
        version: the version of the data set that a table is.
    """

    mapping: Mapping | str | Path = ""
    pairs: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    sheet: str = ""
    header_row: int | None = None
    version: str = ""
