"""Find the ids and kinds of events in the slides of TimelineJS that scamcli wrote, so that none is imported twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scamcli.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.exchange.importers import Row
    from scamcli.exchange.importers.sheets import Sheet

_ID = re.compile(r"<p>Sources of (\w[\w.\-]*):</p>")
_KIND = re.compile(r"<p>Kind: (\w+)</p>")

ADDED = ("Unique ID", "Kind")
"""The columns that are added."""

_REPEATING = "Display Date"
"""A column that repeats the date in words, and is left out."""


def with_ids(sheet: Sheet) -> Sheet:
    """Return a table of slides with the ids and kinds in their texts. Tables of other programs are unchanged."""
    if "Text" not in sheet.header:
        return sheet
    at = sheet.header.index("Text")
    slides = [row for row in sheet.sample if "title" not in row]
    if not slides or not all(_ID.search(row[at]) for row in slides):
        return sheet
    kept = [at for at, name in enumerate(sheet.header) if name not in {*ADDED, _REPEATING}]

    def extend(row: Row) -> Row:
        id_, kind = _ID.search(row[at]), _KIND.search(row[at])
        cells = (_KIND.sub("", row[one]) if one == at else row[one] for one in kept)
        return (*cells, id_[1] if id_ else "", kind[1] if kind else "")

    def rows() -> Iterator[tuple[int, Row | DataError]]:
        for number, row in sheet.rows:
            yield number, row if isinstance(row, DataError) else extend(row)

    header = (*(sheet.header[one] for one in kept), *ADDED)
    return sheet._replace(header=header, rows=rows(), sample=tuple(map(extend, sheet.sample)), own_ids=True)
