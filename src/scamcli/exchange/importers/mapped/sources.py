"""Read who published a row: the data set that it is from, and the sources that it names.

A row can have several sources, separated by ``;``, with the title, date and address of each at the same position of its
own cell. If the cells disagree on how many there are, nothing is matched by guessing: their texts go into the note.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from scamcli.exchange.importers.mapped import cells
from scamcli.exchange.importers.mapped.bound_rows import split_list

if TYPE_CHECKING:
    from scamcli.exchange.importers.mapped.bound_rows import BoundRow
    from scamcli.exchange.importers.mapped.mapping import DataSet
    from scamcli.records.types import JsonObject

_DETAILS = ("source.title", "source.published", "source.passage", "source.accessed", "source.archived")

LONGEST_NAME = 300
"""Characters of an outlet's name."""


def add(row: BoundRow, record: JsonObject, dataset: DataSet | None, version: str | None, row_id: str | None) -> None:
    """Add the sources of a row to its record."""
    found = [_dataset_source(dataset, version, row, row_id)] if dataset else []
    via = dataset.outlet if dataset else row.text("source.via")
    named = _named_sources(row)
    found += [source | ({"via": via} if via and via != source["outlet"] else {}) for source in named]
    if not named:
        row.notes += [f"{cell.column or 'source'}: {cell.text}" for cell in row.all("source.citation")]
    if found:
        record["sources"] = [one for at, one in enumerate(found) if one not in found[:at]]


def _dataset_source(dataset: DataSet, version: str | None, row: BoundRow, row_id: str | None) -> JsonObject:
    title = f"{dataset.title}, version {version}" if version else dataset.title
    source = {
        "outlet": dataset.outlet,
        "title": title,
        "url": dataset.url,
        "published": row.read("updated", cells.day_of_time),
        "passage": None if row_id is None else f"id {cells.strip_fraction(row_id)}",
    }
    return {key: value for key, value in source.items() if value}


def _named_sources(row: BoundRow) -> list[JsonObject]:
    """Return the sources that a row names. Without an outlet, the host of the address is who published it."""
    outlets = row.read("source.outlet", _outlets) or []
    urls = row.read("source.url", _addresses) or []
    if not outlets and not urls:
        _put_aside(row)
        return []
    found: list[JsonObject] = [{"url" if _is_address(name) else "outlet": name} for name in outlets]
    found = found or [{} for _ in urls]
    _distribute(row, found, "source.url", urls)
    for field in _DETAILS:
        _distribute(row, found, field, _pieces(row, field, len(found)))
    for source in found:
        if "outlet" not in source:
            url = cast("str", source["url"])
            source["outlet"] = _host(url) or "unnamed source"
            row.notices.count("no outlet is given; the host of the address takes its place", row.number, url)
    return found


def _pieces(row: BoundRow, field: str, sources: int) -> list[str]:
    """Return what a cell says of each source, or all of it if there is only one."""
    if field == "source.archived":
        return row.read(field, _addresses) or []
    cell = row.first(field)
    if cell is None:
        return []
    return [cell.text] if sources == 1 else split_list(cell.text)


def _outlets(text: str) -> list[str]:
    """Return the names in a cell, or the addresses that are there instead."""
    return [piece for one in split_list(text) for piece in (_addresses(one) if _is_address(one) else [one])]


def _addresses(text: str) -> list[str]:
    found = re.split(r"[\s,;|]+(?=https?://)", text.strip().rstrip(",;|"))
    are_addresses = all(map(_is_address, found)) or (len(found) == 1 and not re.search("[,;|]", found[0]))
    if not are_addresses or any(re.search(r"\s", one) for one in found):
        raise cells.UnreadableError("an address, or several that each begin with https://")
    return found


def _is_address(text: str) -> bool:
    return re.match(r"https?://", text) is not None


def _distribute(row: BoundRow, sources: list[JsonObject], field: str, pieces: list[str]) -> None:
    """Give each source its piece of a cell."""
    cell = row.first(field)
    if cell is None or not pieces:
        return
    column, key = cell.column or field, field.removeprefix("source.")
    if len(pieces) != len(sources):
        row.notes.append(f"{column}: {cell.text}")
        notice = f"`{column}` does not have as many parts as the row has sources; it is kept in the note"
        row.notices.count(notice, row.number)
        return
    for source, piece in zip(sources, pieces, strict=True):
        value: str | None = piece
        if key in {"published", "accessed"}:
            value, _ = row.date(field, cell._replace(text=piece)) or (None, False)
        if value is not None:
            source[key] = value


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")[:LONGEST_NAME]
    except ValueError:
        return ""


def _put_aside(row: BoundRow) -> None:
    """Keep in the note what a row says about a source without saying who published it."""
    for field in _DETAILS:
        if cell := row.own(field):
            row.notes.append(f"{cell.column}: {cell.text}")
            notice = f"`{cell.column}` is about a source without an outlet; it is kept in the note"
            row.notices.count(notice, row.number)
