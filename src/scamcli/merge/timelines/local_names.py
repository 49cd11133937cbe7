"""Translate the names of another timeline into the names used here."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scamcli.records.claims import CLAIMS
from scamcli.store import terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scamcli.merge.timelines.other_timeline import OtherTimeline
    from scamcli.records.types import JsonObject
    from scamcli.store.writer import Writer


class LocalNames:
    """Translates every name in a record of either timeline, so that a changed name does not count as a difference."""

    def __init__(self, writer: Writer, other: OtherTimeline) -> None:
        self._writer = writer
        self._there = other.connection
        self.matches: dict[tuple[str, str], str] = {}
        """The local names of actors and sites that have another name in the other timeline."""
        self._cache: dict[tuple[str, str], str] = {}

    def forget(self) -> None:
        """Clear the cache after names have changed."""
        self._cache.clear()

    def local(self, type_: str, name: str) -> str:
        """Return the local name for a name, or the name itself if it is unknown here."""
        found = self._cache.get((type_, name))
        if found is None:
            here = terms.known(self._writer.connection, type_, name)
            there = terms.known(self._there, type_, name) if here is None else None
            main_name = there[1] if there else name
            found = here[1] if here else self.matches.get((type_, main_name), main_name)
            self._cache[type_, name] = found
        return found

    def record(self, type_: str, record: JsonObject, name: str | None = None) -> JsonObject:
        """Return a record in its local form; `name` is the local name of an actor or a site."""
        return self._event(record) if type_ == "event" else self._entity(record, name or str(record["name"]))

    def _event(self, record: JsonObject) -> JsonObject:
        links = [(link["event"], link | {"event": self._event_id(link["event"])}) for link in _parts(record, "links")]
        return record | {
            "actors": _unique(self._translate(part, "name") for part in _parts(record, "actors")),
            "sites": list(dict.fromkeys(self.local("site", name) for name in _words(record, "sites"))),
            "linked_sites": list(dict.fromkeys(self.local("site", name) for name in _words(record, "linked_sites"))),
            "figures": [self._translate(part, "stated_by") for part in _parts(record, "figures")],
            "sources": _unique(self._translate(part, "outlet", "via") for part in _parts(record, "sources")),
            # A link whose target was merged into its own event has become meaningless.
            "links": _unique(link for old, link in links if old == record["id"] or link["event"] != record["id"]),
        }

    def _entity(self, record: JsonObject, name: str) -> JsonObject:
        found = record | {"name": name}
        if "aliases" in found:
            names = dict.fromkeys([*_words(record, "aliases"), record["name"]])
            found["aliases"] = [alias for alias in names if alias != name]
        if "member_of" in found:
            bodies = dict.fromkeys(self.local("actor", body) for body in _words(record, "member_of"))
            found["member_of"] = [body for body in bodies if body != name]
        for key in (key for key in CLAIMS if key in found):
            found[key] = _unique(
                self._translate(claim, "name", "stated_by", "outlet")
                | {"event": claim["event"] and self._event_id(claim["event"])}
                for claim in _parts(record, key)
            )
        return found

    def _event_id(self, id_: object) -> str:
        """Return the id of the event that an event was merged into here, or otherwise its own id."""
        return self._writer.ids.into(str(id_))

    def _translate(self, part: JsonObject, *keys: str) -> JsonObject:
        return part | {key: self.local("actor", str(part[key])) for key in keys if part.get(key)}


def _parts(record: JsonObject, key: str) -> list[JsonObject]:
    return cast("list[JsonObject]", record[key])


def _words(record: JsonObject, key: str) -> list[str]:
    return cast("list[str]", record[key])


def _unique(parts: Iterable[JsonObject]) -> list[JsonObject]:
    found: list[JsonObject] = []
    for part in parts:
        if part not in found:
            found.append(part)
    return found
