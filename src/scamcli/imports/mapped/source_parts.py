"""Who published a row: the data set that it is from, and the sources that it names.

Several sources may stand in one row, separated by ``;``, the title, date and address of each at the same place of its
own cell. Where the cells do not agree on how many there are, nothing is put together by guess: it goes into the note.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scamcli.imports.mapped import cells
from scamcli.imports.mapped.fields import Field
from scamcli.imports.mapped.row import Cell, several

if TYPE_CHECKING:
    from scamcli.imports.mapped.fitting import Plan
    from scamcli.imports.mapped.mapping import DataSet
    from scamcli.imports.mapped.row import Row

_OUTLET, _URL, _VIA, _CITATION, _UPDATED = (
    *(Field("source", part) for part in ("outlet", "url", "via", "citation")),
    Field("updated"),
)
_SIDE = [Field("source", part) for part in ("title", "published", "passage", "accessed", "archived")]

LONGEST_NAME = 300


class Sources:
    """The sources of a table.

    Args:
        plan: what its columns mean.
        version: of the data set, if it has one.
    """

    def __init__(self, plan: Plan, version: str | None) -> None:
        self._set = plan.mapping.dataset
        self._version = version

    def add(self, row: Row, record: dict[str, Any], row_id: str | None) -> None:
        """Add the sources of a row to its record."""
        found = [self._data_set(self._set, row, row_id)] if self._set else []
        via = self._set.outlet if self._set else row.text(_VIA)
        originals = _originals(row)
        found += [one | ({"via": via} if via and via != one["outlet"] else {}) for one in originals]
        if not originals:
            row.notes += [f"{cell.column or 'source'}: {cell.text}" for cell in row.all(_CITATION)]
        if found:
            record["sources"] = [one for at, one in enumerate(found) if one not in found[:at]]

    def _data_set(self, known: DataSet, row: Row, row_id: str | None) -> dict[str, Any]:
        title = f"{known.title}, version {self._version}" if self._version else known.title
        source: dict[str, Any] = {"outlet": known.outlet, "title": title}
        if known.url:
            source["url"] = known.url
        updated = row.read(_UPDATED, lambda cell: cells.moment(cell.text))
        if updated:
            source["published"] = updated
        if row_id is not None:
            source["passage"] = f"id {cells.whole(row_id)}"
        return source


def _originals(row: Row) -> list[dict[str, Any]]:
    """The sources that a row names. Without an outlet, the host of the address is who published it."""
    outlets = _pieces(row.one(_OUTLET))
    urls = _pieces(row.one(_URL))
    if not outlets and not urls:
        _put_aside(row)
        return []
    found: list[dict[str, Any]] = [_named(name) for name in outlets] or [{} for _ in urls]
    _beside(row, found, _URL)
    for field in _SIDE:
        _beside(row, found, field)
    for source in found:
        if "outlet" not in source:
            source["outlet"] = _host(source["url"]) or "unnamed source"
            row.told.count("no outlet is given: the host of the address stands for it", row.number, source["url"])
    return found


def _pieces(cell: Cell | None) -> list[str]:
    return several(cell.text) if cell else []


def _named(name: str) -> dict[str, Any]:
    if re.match(r"https?://", name):
        return {"url": name}
    return {"outlet": name}


def _beside(row: Row, found: list[dict[str, Any]], field: Field) -> None:
    """Give each source its piece of a cell; all of the cell where there is one source."""
    cell = row.one(field)
    if cell is None:
        return
    pieces = [cell.text] if len(found) == 1 else several(cell.text)
    if len(pieces) != len(found):
        row.notes.append(f"{cell.column or field}: {cell.text}")
        row.told.count(
            f"`{cell.column or field}` has not as many parts as the row has sources: it stands in the note", row.number
        )
        return
    for source, piece in zip(found, pieces, strict=True):
        value = row.tried(cell._replace(text=piece), _date, field) if field.is_date else piece
        if value is not None:
            source[field.part] = value


def _date(cell: Cell) -> str:
    return cells.date(cell.text, cell.formats)[0]


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")[:LONGEST_NAME]
    except ValueError:
        return ""


def _put_aside(row: Row) -> None:
    """What is said of a source of which nobody says who published it goes into the note."""
    for field in _SIDE:
        cell = row.one(field) if row.says(field) else None
        if cell is not None:
            row.notes.append(f"{cell.column}: {cell.text}")
            row.told.count(f"`{cell.column}` is of a source that has no outlet: it stands in the note", row.number)
