"""Who published a row: the data set that it is from, and the sources that it names.

Several sources may stand in one row, separated by ``;``, the title, date and address of each at the same place of its
own cell. Where the cells do not agree on how many there are, nothing is put together by guess: it goes into the note.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scamcli.exchange.importers.mapped import cells
from scamcli.exchange.importers.mapped.fields import Field
from scamcli.exchange.importers.mapped.row import Cell, several

if TYPE_CHECKING:
    from scamcli.exchange.importers.mapped.bind_columns import Plan
    from scamcli.exchange.importers.mapped.mapping import DataSet
    from scamcli.exchange.importers.mapped.row import Row

_OUTLET, _URL, _ARCHIVED, _VIA, _CITATION, _UPDATED = (
    *(Field("source", part) for part in ("outlet", "url", "archived", "via", "citation")),
    Field("updated"),
)
_SIDE = [*(Field("source", part) for part in ("title", "published", "passage", "accessed")), _ARCHIVED]

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
    outlets = row.read(_OUTLET, _outlets) or []
    urls = row.read(_URL, _addresses) or []
    if not outlets and not urls:
        _put_aside(row)
        return []
    found: list[dict[str, Any]] = [_named(name) for name in outlets] or [{} for _ in urls]
    _beside(row, found, _URL, urls)
    for field in _SIDE:
        _beside(row, found, field, _pieces(row, field, len(found)))
    for source in found:
        if "outlet" not in source:
            source["outlet"] = _host(source["url"]) or "unnamed source"
            row.told.count("no outlet is given: the host of the address stands for it", row.number, source["url"])
    return found


def _pieces(row: Row, field: Field, sources: int) -> list[str]:
    """What a cell says of each source; all of it where there is one."""
    if field == _ARCHIVED:
        return row.read(field, _addresses) or []
    cell = row.one(field)
    if cell is None:
        return []
    return [cell.text] if sources == 1 else several(cell.text)


def _outlets(cell: Cell) -> list[str]:
    """The names of a cell, or the addresses that stand in their place."""
    return [
        piece
        for one in several(cell.text)
        for piece in (_addresses(cell._replace(text=one)) if _is_address(one) else [one])
    ]


def _addresses(cell: Cell) -> list[str]:
    """The addresses of a cell.

    Raises:
        UnreadableError: it has something else beside them.
    """
    found = re.split(r"[\s,;|]+(?=https?://)", cell.text.strip().rstrip(",;|"))
    are_addresses = all(map(_is_address, found)) or (len(found) == 1 and not re.search("[,;|]", found[0]))
    if not are_addresses or any(re.search(r"\s", one) for one in found):
        raise cells.UnreadableError("an address, or several of which each begins with https://")
    return found


def _is_address(text: str) -> bool:
    return re.match(r"https?://", text) is not None


def _named(name: str) -> dict[str, Any]:
    return {"url" if _is_address(name) else "outlet": name}


def _beside(row: Row, found: list[dict[str, Any]], field: Field, pieces: list[str]) -> None:
    """Give each source its piece of a cell."""
    cell = row.one(field)
    if cell is None or not pieces:
        return
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
