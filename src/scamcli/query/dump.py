"""Read the records of a timeline for an export: all records, or matching events and the records that they name."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from scamcli.exchange.exporters.dump import ENTITIES, Dump
from scamcli.language.vocabulary import ACTOR_KEYS
from scamcli.query import search
from scamcli.query.filters import NO_DRAFTS
from scamcli.records import canonical
from scamcli.records.claims import claims_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from scamcli.query.filters import CompiledQuery
    from scamcli.records.masking import Masker
    from scamcli.records.pseudonyms import Pseudonyms
    from scamcli.records.types import EventDict, SiteDict


class StoredDump(Dump):
    """The records as seen by one open transaction; they can be read any number of times.

    Args:
        connection: a connection inside a transaction.
        masker: masks protected names; ``None`` leaves them in.
        compiled: which events to export, together with the actors, sites and metrics that they name; ``None`` for
            everything.
        pseudonyms: replaces the placeholders of masked names; ``None`` leaves them.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        masker: Masker | None,
        compiled: CompiledQuery | None,
        pseudonyms: Pseudonyms | None = None,
    ) -> None:
        self._connection = connection
        self._masker = masker
        self._compiled = compiled
        self._wanted: dict[str, set[str]] | None = None
        self.sentence = compiled.sentence if compiled else ""
        self._pseudonyms = pseudonyms
        if masker:  # each word of a protected name is masked, not only whole names
            self.sentence = masker.without(self.sentence, frozenset(masker.names))
        if pseudonyms:
            self.sentence = pseudonyms.text(self.sentence)

    def records(self, type_: str) -> Iterator[Mapping[str, object]]:
        """Yield the records of a type."""
        return map(self._printed, map(json.loads, self._texts(type_)))

    def lines(self) -> Iterator[str]:
        """Yield all records as lines of canonical JSON: metrics, actors, sites, events."""
        is_stored = not (self._masker or self._pseudonyms)
        for type_ in (*ENTITIES, "event"):
            yield from self._texts(type_) if is_stored else map(canonical.line, self.records(type_))

    def _printed(self, record: Mapping[str, object]) -> Mapping[str, object]:
        masked = self._masker.record(record) if self._masker else record
        return self._pseudonyms.record(masked) if self._pseudonyms else masked

    def _place(self, key: str, name: str) -> tuple[str, str]:
        """Return the sort key of a record: its printed form, because the order must not reveal a masked name."""
        return str(self._printed({key: name})[key]), name

    def _texts(self, type_: str) -> Iterator[str]:
        return self._events() if type_ == "event" else self._entities(type_)

    def _events(self) -> Iterator[str]:
        for rows in self._event_rows():
            for _, day in groupby(rows, itemgetter(0)):  # rows are in order of days, but within a day in order of entry
                for _, _, text in sorted(day, key=lambda row: self._place("id", row[1])):
                    yield text

    def _event_rows(self) -> Iterator[Iterable[tuple[int, str, str]]]:
        if self._compiled is None:
            yield self._connection.execute("SELECT start, id, record FROM event ORDER BY start, id")
            return
        for plan in search.plans(self._connection, self._compiled, oldest_first=True):
            sql = plan.select("e.start, e.id, e.record", f"ORDER BY {plan.order}")
            yield self._connection.execute(sql, plan.parameters)

    def _entities(self, type_: str) -> Iterator[str]:
        rows = self._connection.execute(
            "SELECT name, record FROM term WHERE type = ? AND record IS NOT NULL ORDER BY name", [type_]
        )
        wanted = self._names_to_export()
        ordered = sorted(rows, key=lambda row: self._place("name", row[0])) if self._masker else rows
        for name, text in ordered:
            if wanted is None or name in wanted[type_]:
                yield text

    def _names_to_export(self) -> dict[str, set[str]] | None:
        """Return the names to export by type, or ``None`` for all.

        With a query, these are the names in matching events, and in the actors and sites of these events. Without a
        query, they are all names except those that only omitted drafts mention.
        """
        if self._compiled is None or self._wanted is not None:
            return self._wanted
        if self._compiled.sentence:
            self._wanted = self._names_in(self._events())
            return self._wanted
        if NO_DRAFTS not in self._compiled.filters:
            return None
        drafts = self._connection.execute("SELECT record FROM event WHERE draft = 1").fetchall()
        if not drafts:
            return None
        self._wanted = self._names_in(self._events())
        for type_, names in self._names_in(text for (text,) in drafts).items():
            rows = self._connection.execute("SELECT name FROM term WHERE type = ? AND record IS NOT NULL", [type_])
            self._wanted[type_] |= {name for (name,) in rows} - names
        return self._wanted

    def _names_in(self, events: Iterable[str]) -> dict[str, set[str]]:
        """Return the names that events mention, and the names that their actors and sites mention in turn."""
        names: dict[str, set[str]] = {type_: set() for type_ in ENTITIES}
        for text in events:
            event: EventDict = json.loads(text)
            names["site"].update(event["sites"], event["linked_sites"])
            names["metric"].update(figure["metric"] for figure in event["figures"])
            names["actor"].update(_actor_names([*event["actors"], *event["figures"], *event["sources"]]))
        for text in self._records("site", names["site"]):
            site: SiteDict = json.loads(text)
            names["actor"].update(_actor_names(claims_of(site)))
        unread = set(names["actor"])
        while unread:  # organisations can be members of other organisations
            bodies = {body for text in self._records("actor", unread) for body in json.loads(text)["member_of"]}
            unread = bodies - names["actor"]
            names["actor"] |= unread
        return names

    def _records(self, type_: str, names: set[str]) -> Iterator[str]:
        sql = "SELECT record FROM term WHERE type = ? AND name = ? AND record IS NOT NULL"
        for name in names:
            for (text,) in self._connection.execute(sql, [type_, name]).fetchall():
                yield text


def _actor_names(parts: Iterable[Mapping[str, object]]) -> Iterator[str]:
    return (str(part[key]) for part in parts for key in ACTOR_KEYS if part.get(key))
