"""RIS: the sources as a bibliography for Zotero, EndNote, Mendeley and Citavi."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import bibliography, date_parts
from scamcli.output.escaping import is_web_address, one_line

if TYPE_CHECKING:
    from collections.abc import Container

    from scamcli.exchange.exporters.bibliography import Item
    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write one reference per source, in order of first mention."""
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]  # it has no types
        def set_header(self, count: int) -> str:
            return ""  # instead of a number before each reference, which the format does not have

    media = bibliography.media(dump)
    rispy.dump([_reference(item, media) for item in bibliography.read(dump, losses)], out, implementation=Writer)


def _reference(item: Item, media: Container[str]) -> dict[str, str | list[str]]:
    """Return a reference. Each text is on one line, because a line break could begin another tag."""
    source = item.source
    address = source["url"] if is_web_address(source["url"]) else None
    archived = source["archived"]
    is_article = source["outlet"] in media
    fields: dict[str, str | list[str] | None] = {
        "type_of_reference": "ELEC" if address else "NEWS" if is_article else "GEN",
        "id": bibliography.key(source),
        "title": bibliography.title(source),
        "secondary_title": source["outlet"],
        "authors": [one_line(source["author"])] if source["author"] else None,
        "year": _date(source["published"]).partition("/")[0],
        "date": _date(source["published"]),
        "access_date": _date(source["accessed"]),
        "urls": [address] if address else None,
        "notes": [
            one_line(note) for note in (*bibliography.notes(item), *([f"Archived: {archived}"] if archived else []))
        ],
    }
    return {key: one_line(value) if isinstance(value, str) else value for key, value in fields.items() if value}


def _date(text: str | None) -> str:
    """Return the first day, month or year of a date as ``2022/09/19/``; the notes say what that leaves out."""
    ends = date_parts.parse(text).ends if text else []
    if not ends:
        return ""
    year, *rest = ends[0].parts
    return "/".join([f"{year:04}", *(f"{part:02}" for part in rest), *[""] * (3 - len(rest))])
