"""CSL-JSON, the sources as a bibliography: for Zotero, Pandoc and every tool that cites.

A source that several events name is one item: all of them must be read before the first one is written. Its id is
made of what it is, so that it stays the same from export to export.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, TextIO

from scamcli.exchange.exporters import date_parts
from scamcli.output.escaping import is_address, one_line
from scamcli.records import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.exchange.exporters import How
    from scamcli.exchange.exporters.dump import Dump, Losses, Record

HOLDS = frozenset({"event.id", "event.sources"})

IDENTITY = ("outlet", "title", "url", "published", "via")
"""The keys that tell sources apart."""

MOST_EVENTS = 100
"""So many events are named in the note of an item: a data set may be the source of a million."""


class _Item:
    """A source, and the events that name it."""

    def __init__(self, source: Record) -> None:
        self.source = dict(source)
        self.events: list[str] = []

    def add(self, event: str, source: Record, losses: Losses) -> None:
        """Note that one more event names it, and where in it."""
        for key in ("archived", "accessed"):
            if self.source[key] is None:
                self.source[key] = source[key]
            elif source[key] not in {None, self.source[key]}:
                losses.add(f"another `{key}` of the same source")
        if len(self.events) < MOST_EVENTS:
            self.events.append(f"{event} ({source['passage']})" if source["passage"] else event)
        else:
            losses.add(f"events of a source that {MOST_EVENTS} others name")


def write(dump: Dump, out: TextIO, losses: Losses, how: How) -> None:
    """Write an item a line, in the order in which the sources are met."""
    del how
    press = {actor["name"] for actor in dump.actors() if actor["kind"] == "media"}
    items: dict[tuple[str | None, ...], _Item] = {}
    for event in dump.events():
        if not event["sources"]:
            losses.add("events without a source")
        for source in event["sources"]:
            key = tuple(source[key] for key in IDENTITY)
            if key not in items:
                items[key] = _Item(source)
            items[key].add(event["id"], source, losses)
    out.write("[")
    separator = "\n"
    for item in items.values():
        out.write(separator + canonical.line(_csl(item, press)))
        separator = ",\n"
    out.write("\n]\n")


def _csl(item: _Item, press: set[str]) -> Record:
    source = item.source
    found: dict[str, Any] = {
        "id": _id(source),
        "type": _type(source, press),
        "title": source["title"],
        "container-title": source["outlet"],
        "issued": source["published"] and _date(source["published"]),
        "accessed": source["accessed"] and _date(source["accessed"]),
        "URL": source["url"] if is_address(source["url"]) else None,
        "archive_location": source["archived"],
        "note": one_line(". ".join(_notes(item))),
    }
    return {key: one_line(value) if isinstance(value, str) else value for key, value in found.items() if value}


def _type(source: Record, press: set[str]) -> str:
    if is_address(source["url"]):
        return "webpage"
    return "article-newspaper" if source["outlet"] in press else "document"


def _notes(item: _Item) -> Iterator[str]:
    """What CSL has no field for: among it dates whose numbers do not say all."""
    source = item.source
    if source["via"]:
        yield f"Seen through {source['via']}"
    for label, key in (("Published", "published"), ("Read", "accessed")):
        if source[key] and not date_parts.read(source[key]).is_plain:
            yield f"{label}: {source[key]}"
    if source["url"] and not is_address(source["url"]):
        yield f"Address: {source['url']}"
    yield f"Events: {'; '.join(item.events)}"


def _date(text: str) -> Record:
    date = date_parts.read(text)
    if date.first is None or date.last is None:
        return {"literal": date.in_words}
    found: dict[str, Any] = {"date-parts": [list(end.parts) for end in date.ends]}
    return found if date.is_plain else found | {"circa": True}


def _id(source: Record) -> str:
    """Words to know it by, then a digest: letters of ASCII alone, which every processor takes for a key."""
    words = " ".join(filter(None, (source["outlet"], (source["published"] or "")[:4], source["title"])))
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain)[:5])[:40].strip("-")
    return f"{slug or 'source'}-{canonical.digest(canonical.line({key: source[key] for key in IDENTITY}))}"
