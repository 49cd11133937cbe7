"""BibTeX: the sources as a bibliography for LaTeX, in the fields that BibTeX and BibLaTeX share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import bibliography, date_parts
from scamcli.output.escaping import is_web_address, one_line

if TYPE_CHECKING:
    from collections.abc import Container

    from scamcli.exchange.exporters.bibliography import Item
    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses

COMMANDS = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    **{character: rf"\{character}" for character in "$&#_%"},
})  # fmt: skip
"""What stands for the characters that act in LaTeX. Braces are named, because BibTeX counts even escaped ones."""


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write one entry per source, in order of first mention."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    media = bibliography.media(dump)
    for number, item in enumerate(bibliography.read(dump, losses)):
        kind, fields = _entry(item, media)
        entry = Entry(
            kind, bibliography.key(item.source), [Field(key, value) for key, value in fields.items() if value]
        )
        out.write(("\n" if number else "") + write_string(Library([entry])))


def _entry(item: Item, media: Container[str]) -> tuple[str, dict[str, str | None]]:
    source = item.source
    address = source["url"] if is_web_address(source["url"]) else None
    archived = source["archived"]
    notes = [*bibliography.notes(item), *([f"Archived: {archived}"] if archived else [])]
    kind = "online" if address else "article" if source["outlet"] in media else "misc"
    return (
        kind,
        {
            "author": source["author"] and f"{{{_latex(source['author'])}}}",  # one name, whatever words it has
            "title": _latex(bibliography.title(source)),
            "journal" if kind == "article" else "organization": _latex(source["outlet"]),
            "year": _date(source["published"])[:4],
            "date": _date(source["published"]),
            "url": address,  # LaTeX reads it as it is
            "urldate": _date(source["accessed"]),
            "note": _latex(". ".join(notes)),
        },
    )


def _latex(text: str) -> str:
    return one_line(text).translate(COMMANDS)


def _date(text: str | None) -> str:
    """Return a date as BibLaTeX reads it, or an empty text for one with an open end, which the note has."""
    if not text or not (parts := date_parts.parse(text)).ends or None in parts:
        return ""
    return text
