"""The sources of a timeline as the items of a bibliography, each with the events that name it.

A source that several events name is one item, so all events are read before the first item is written. The key of an
item is derived from its content, so that citation keys stay the same in a new export.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from scamcli.exchange.exporters import date_parts
from scamcli.output.escaping import is_web_address
from scamcli.records import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.exchange.exporters.dump import Dump, Losses
    from scamcli.records.types import SourceDict

MAX_EVENTS = 100
"""How many events the note of an item lists, because a data set of a million events can have a single source."""


class Item(NamedTuple):
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


def read(dump: Dump, losses: Losses) -> list[Item]:
    """Return the items in order of first mention."""
    items: dict[tuple[str | None, ...], Item] = {}
    for event in dump.events():
        if not event["sources"]:
            losses.add("events without a source")
        for source in event["sources"]:
            items.setdefault(identity(source), Item(source.copy(), [])).add(event["id"], source, losses)
    return list(items.values())


def media(dump: Dump) -> set[str]:
    """Return the names of actors that are media."""
    return {actor["name"] for actor in dump.actors() if actor["kind"] == "media"}


def title(source: SourceDict) -> str:
    """Return the title of a source, or a description in brackets if it has none, as style guides recommend."""
    how = f"quoted by {source['via']}" if source["via"] and source["via"] != source["outlet"] else "untitled"
    return source["title"] or f"[{source['outlet']}, {how}]"


def notes(item: Item) -> Iterator[str]:
    """Yield information that bibliographies have no field for, including dates that numbers cannot express."""
    source = item.source
    if source["via"]:
        yield f"Seen through {source['via']}"
    for label, date in (("Published", source["published"]), ("Read", source["accessed"])):
        if date and not date_parts.parse(date).is_plain:
            yield f"{label}: {date}"
    if source["url"] and not is_web_address(source["url"]):
        yield f"Address: {source['url']}"
    yield f"Events: {'; '.join(item.events)}"


def key(source: SourceDict) -> str:
    """Return a key in ASCII, which every processor accepts: some words to recognise the source, and a digest."""
    words = " ".join(filter(None, (source["outlet"], (source["published"] or "")[:4], source["title"])))
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain)[:5])[:40].strip("-")
    keys = ("outlet", "title", "url", "published", "via")  # the digest covers these names: do not reorder
    digest = canonical.digest(canonical.line(dict(zip(keys, identity(source), strict=True))))
    return f"{slug or 'source'}-{canonical.shortened(digest)}"
