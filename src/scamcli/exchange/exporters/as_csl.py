"""CSL-JSON: the sources as a bibliography, for Zotero, Pandoc and other citation tools.

A source that several events name is one item, so all events are read before the first item is written. The id of an
item is derived from its content, so that citation keys stay the same in a new export.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple, TextIO

from scamcli.exchange.exporters import date_parts
from scamcli.exchange.exporters.dump import write_array
from scamcli.output.escaping import is_web_address, one_line
from scamcli.records import canonical

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.records.types import JsonObject, SourceDict

MAX_EVENTS = 100
"""How many events the note of an item lists, because a data set of a million events can have a single source."""


class _Item(NamedTuple):
    """A source, and the events that name it."""

    source: SourceDict
    events: list[str]

    def add(self, event: str, source: SourceDict, losses: Losses) -> None:
        """Add an event that names the source, with the passage that it cites."""
        for key in ("author", "archived", "accessed"):
            self.source[key] = self.source[key] or source[key]
            if source[key] not in {None, self.source[key]}:
                losses.add(f"another `{key}` of the same source")
        if len(self.events) < MAX_EVENTS:
            self.events.append(f"{event} ({source['passage']})" if source["passage"] else event)
        else:
            losses.add(f"events of a source after the first {MAX_EVENTS}")


def identity(source: SourceDict) -> tuple[str | None, ...]:
    """Return the values that must be equal in two sources for them to be one item."""
    return source["outlet"], source["title"], source["url"], source["published"], source["via"]


def write(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write one item per line, in order of first mention."""
    media = {actor["name"] for actor in dump.actors() if actor["kind"] == "media"}
    items: dict[tuple[str | None, ...], _Item] = {}
    for event in dump.events():
        if not event["sources"]:
            losses.add("events without a source")
        for source in event["sources"]:
            items.setdefault(identity(source), _Item(source.copy(), [])).add(event["id"], source, losses)
    write_array(out, (_csl(item, media) for item in items.values()))
    out.write("\n")


def _csl(item: _Item, media: set[str]) -> JsonObject:
    return csl_item(item.source, media) | {"note": one_line(". ".join(_notes(item)))}


def csl_item(source: SourceDict, media: Container[str]) -> JsonObject:
    """Return a source as an item of CSL-JSON, without the note on what CSL cannot hold.

    Args:
        source: The source.
        media: The names of actors that are media.
    """
    address = source["url"] if is_web_address(source["url"]) else None
    type_ = "article-newspaper" if source["outlet"] in media else "document"
    fields: JsonObject = {
        "id": _id(source), "type": "webpage" if address else type_, "title": source["title"],
        "author": source["author"] and [{"literal": one_line(source["author"])}],
        "container-title": source["outlet"], "issued": source["published"] and _date(source["published"]),
        "accessed": source["accessed"] and _date(source["accessed"]), "URL": address,
        "archive_location": source["archived"],
    }  # fmt: skip
    return {key: one_line(value) if isinstance(value, str) else value for key, value in fields.items() if value}


def _notes(item: _Item) -> Iterator[str]:
    """Yield information for which CSL has no field, including dates that numbers cannot express."""
    source = item.source
    if source["via"]:
        yield f"Seen through {source['via']}"
    for label, date in (("Published", source["published"]), ("Read", source["accessed"])):
        if date and not date_parts.parse(date).is_plain:
            yield f"{label}: {date}"
    if source["url"] and not is_web_address(source["url"]):
        yield f"Address: {source['url']}"
    yield f"Events: {'; '.join(item.events)}"


def _date(text: str) -> JsonObject:
    date = date_parts.parse(text)
    if date.first is None or date.last is None:
        return {"literal": date.in_words}
    parts: JsonObject = {"date-parts": [list(end.parts) for end in date.ends]}
    return parts if date.is_plain else parts | {"circa": True}


def _id(source: SourceDict) -> str:
    """Return a key in ASCII, which every processor accepts: some words to recognise the source, and a digest."""
    words = " ".join(filter(None, (source["outlet"], (source["published"] or "")[:4], source["title"])))
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain)[:5])[:40].strip("-")
    keys = ("outlet", "title", "url", "published", "via")  # the digest covers these names: do not reorder
    return f"{slug or 'source'}-{canonical.digest(canonical.line(dict(zip(keys, identity(source), strict=True))))}"
