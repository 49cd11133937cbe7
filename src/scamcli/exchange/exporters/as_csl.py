"""CSL-JSON: the sources as a bibliography, for Zotero, Pandoc and other citation tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import bibliography, date_parts
from scamcli.exchange.exporters.dump import write_array
from scamcli.output.escaping import is_web_address, one_line

if TYPE_CHECKING:
    from collections.abc import Container

    from scamcli.exchange.exporters.bibliography import Item
    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.records.types import JsonObject, SourceDict


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write one item per line, in order of first mention."""
    media = bibliography.media(dump)
    write_array(out, (_csl(item, media) for item in bibliography.read(dump, losses)))
    out.write("\n")


def _csl(item: Item, media: set[str]) -> JsonObject:
    return csl_item(item.source, media) | {"note": one_line(". ".join(bibliography.notes(item)))}


def csl_item(source: SourceDict, media: Container[str]) -> JsonObject:
    """Return a source as an item of CSL-JSON, without the note on what CSL cannot hold.

    Args:
        source: The source.
        media: The names of actors that are media.
    """
    address = source["url"] if is_web_address(source["url"]) else None
    type_ = "article-newspaper" if source["outlet"] in media else "document"
    fields: JsonObject = {
        "id": bibliography.key(source), "type": "webpage" if address else type_, "title": source["title"],
        "author": source["author"] and [{"literal": one_line(source["author"])}],
        "container-title": source["outlet"], "issued": source["published"] and _date(source["published"]),
        "accessed": source["accessed"] and _date(source["accessed"]), "URL": address,
        "archive_location": source["archived"],
    }  # fmt: skip
    return {key: one_line(value) if isinstance(value, str) else value for key, value in fields.items() if value}


def _date(text: str) -> JsonObject:
    date = date_parts.parse(text)
    if date.first is None or date.last is None:
        return {"literal": date.in_words}
    parts: JsonObject = {"date-parts": [list(end.parts) for end in date.ends]}
    return parts if date.is_plain else parts | {"circa": True}
