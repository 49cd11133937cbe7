"""The records of a timeline, all or those that a query chooses, as exports take them."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from scamcli.query import search
from scamcli.query.filters import NO_DRAFTS
from scamcli.records import canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scamcli.query.filters import CompiledQuery
    from scamcli.records.masking import Masker

ENTITIES = ("metric", "actor", "site")

PEOPLE = ("name", "stated_by", "outlet", "via")
"""Keys of the parts of an event or a site that name an actor."""


class StoredDump:
    """The records, while a transaction is open: the same however often they are gone through.

    Args:
        connection: inside a transaction.
        masker: what withholds protected names.
        compiled: which events; of actors, sites and metrics then those that they name. ``None`` for all there is.
    """

    def __init__(self, connection: sqlite3.Connection, masker: Masker | None, compiled: CompiledQuery | None) -> None:
        self._connection = connection
        self._masker = masker
        self._compiled = compiled
        self._named: dict[str, set[str]] | None = None

    @property
    def sentence(self) -> str:
        """What was asked for, in words; empty for all. Every word of a protected name is withheld in it."""
        sentence = self._compiled.sentence if self._compiled else ""
        return self._masker.without(sentence, frozenset(self._masker.names)) if self._masker else sentence

    def metrics(self) -> Iterator[dict[str, Any]]:
        """The metrics that are not built in, by name."""
        return map(self._shown, self._entities("metric"))

    def actors(self) -> Iterator[dict[str, Any]]:
        """The actors, by name."""
        return map(self._shown, self._entities("actor"))

    def sites(self) -> Iterator[dict[str, Any]]:
        """The sites, by name."""
        return map(self._shown, self._entities("site"))

    def events(self) -> Iterator[dict[str, Any]]:
        """The events, by first day and id."""
        return map(self._shown, self._events())

    def lines(self) -> Iterator[str]:
        """All of them as canonical lines."""
        for type_ in ENTITIES:
            yield from map(self._line, self._entities(type_))
        yield from map(self._line, self._events())

    def _shown(self, text: str) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(text)
        return self._masker.record(record) if self._masker else record

    def _line(self, text: str) -> str:
        return canonical.line(self._shown(text)) if self._masker else text

    def _events(self) -> Iterator[str]:
        if self._compiled is None:
            for (text,) in self._connection.execute("SELECT record FROM event ORDER BY start, id"):
                yield text
            return
        for found in search.plans(self._connection, self._compiled, oldest_first=True):
            sql = found.select("e.start, e.id, e.record", f"ORDER BY {found.order}")
            rows = self._connection.execute(sql, found.parameters)
            for _, day in groupby(rows, itemgetter(0)):  # they come by day, and within it as they were entered
                for _, _, text in sorted(day):
                    yield text

    def _entities(self, type_: str) -> Iterator[str]:
        rows = self._connection.execute(
            "SELECT name, record FROM term WHERE type = ? AND record IS NOT NULL ORDER BY name", [type_]
        )
        wanted = self._wanted()
        for name, text in rows:
            if wanted is None or name in wanted[type_]:
                yield text

    def _wanted(self) -> dict[str, set[str]] | None:
        """The names of those to export; ``None`` for all.

        Where something was asked for, they are those that the events name, and those that their actors and sites do.
        Else they are all, but for whom only drafts name that are left out.
        """
        if self._compiled is None:
            return None
        if self._named is None:
            whole = not self._compiled.sentence
            drafted = self._drafted() if whole else {}
            if whole and not drafted:
                return None
            self._named = self._names(self._events())
            for type_, names in drafted.items():
                self._named[type_] |= self._every(type_) - names
        return self._named

    def _drafted(self) -> dict[str, set[str]]:
        """The names that drafts name, where drafts are left out and there are any."""
        if self._compiled is None or NO_DRAFTS not in self._compiled.filters:
            return {}
        texts = [text for (text,) in self._connection.execute("SELECT record FROM event WHERE draft = 1")]
        return self._names(iter(texts)) if texts else {}

    def _every(self, type_: str) -> set[str]:
        rows = self._connection.execute("SELECT name FROM term WHERE type = ? AND record IS NOT NULL", [type_])
        return {name for (name,) in rows}

    def _names(self, events: Iterator[str]) -> dict[str, set[str]]:
        """Those that events name, and those that their actors and sites do."""
        named: dict[str, set[str]] = {type_: set() for type_ in ENTITIES}
        for text in events:
            record = json.loads(text)
            named["site"].update(record["sites"])
            named["metric"].update(figure["metric"] for figure in record["figures"])
            named["actor"].update(_people(record["actors"], record["figures"], record["sources"]))
        for site in self._records("site", named["site"]):
            named["actor"].update(_people(site["owners"]))
        self._with_bodies(named["actor"])
        return named

    def _with_bodies(self, names: set[str]) -> None:
        """Add the bodies whose members are named, and theirs."""
        left = set(names)
        while left:
            bodies = {body for actor in self._records("actor", left) for body in actor["member_of"]}
            left = bodies - names
            names |= left

    def _records(self, type_: str, names: set[str]) -> Iterator[dict[str, Any]]:
        sql = "SELECT record FROM term WHERE type = ? AND name = ? AND record IS NOT NULL"
        for name in names:
            for (text,) in self._connection.execute(sql, [type_, name]).fetchall():
                yield json.loads(text)


def _people(*lists: list[dict[str, Any]]) -> Iterator[str]:
    for parts in lists:
        for part in parts:
            yield from (part[key] for key in PEOPLE if part.get(key))
