"""What another timeline calls people, sites and events, in the names that are known here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.store import terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scamcli.merge.timelines.other_timeline import Other
    from scamcli.store.writer import Writer

Record = dict[str, Any]


class Names:
    """Tells, of every name in a record of either timeline, who it is here: a name that was changed is no difference.

    Args:
        writer: of the timeline that is here.
        other: the other one.
    """

    def __init__(self, writer: Writer, other: Other) -> None:
        self._writer = writer
        self._there = other.connection
        self.mine: dict[tuple[str, str], str] = {}
        """Whom another's actor or site is here, where the name is another."""
        self._met: dict[tuple[str, str], str] = {}

    def forget(self) -> None:
        """Look again who is who: names have changed."""
        self._met.clear()

    def own(self, type_: str, name: str) -> str:
        """The name that somebody has here; the name itself where nobody is known by it."""
        found = self._met.get((type_, name))
        if found is None:
            found = self._met[type_, name] = self._own(type_, name)
        return found

    def _own(self, type_: str, name: str) -> str:
        here = terms.known(self._writer.connection, type_, name)
        if here is not None:
            return here[1]
        there = terms.known(self._there, type_, name)
        own = there[1] if there else name
        return self.mine.get((type_, own), own)

    def record(self, type_: str, record: Record, own: str | None = None) -> Record:
        """A record as it would be written here.

        Args:
            type_: event, actor, site or metric.
            record: of either timeline.
            own: what an actor or a site is called here.
        """
        return self._event(record) if type_ == "event" else self._entity(record, own or record["name"])

    def _event(self, record: Record) -> Record:
        into = self._writer.ids.into
        links = [(link["event"], link | {"event": into(link["event"])}) for link in record["links"]]
        return record | {
            "actors": _once(self._part(one, "name") for one in record["actors"]),
            "sites": list(dict.fromkeys(self.own("site", name) for name in record["sites"])),
            "figures": [self._part(one, "stated_by") for one in record["figures"]],
            "sources": _once(self._part(one, "outlet", "via") for one in record["sources"]),
            "links": _once(link for event, link in links if event == record["id"] or link["event"] != record["id"]),
        }

    def _entity(self, record: Record, own: str) -> Record:
        found = record | {"name": own}
        if "aliases" in found:
            names = dict.fromkeys([*record["aliases"], record["name"]])
            found["aliases"] = [name for name in names if name != own]
        if "member_of" in found:
            bodies = dict.fromkeys(self.own("actor", name) for name in record["member_of"])
            found["member_of"] = [body for body in bodies if body != own]
        if "owners" in found:
            found["owners"] = _once(self._owner(one) for one in record["owners"])
        return found

    def _owner(self, owner: Record) -> Record:
        event = owner["event"] and self._writer.ids.into(owner["event"])
        return self._part(owner, "name", "stated_by", "outlet") | {"event": event}

    def _part(self, part: Record, *keys: str) -> Record:
        return part | {key: self.own("actor", part[key]) for key in keys if part[key]}


def _once(parts: Iterable[Record]) -> list[Record]:
    found: list[Record] = []
    for part in parts:
        if part not in found:
            found.append(part)
    return found
