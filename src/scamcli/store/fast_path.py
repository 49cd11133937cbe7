"""Which events can be written just as they stand: what is new in them needs no decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.store import terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scamcli.store.derived import Columns
    from scamcli.store.writer import Writer


class Easy:
    """Tells them apart, for one import."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._connection = writer.connection
        self._own: set[tuple[str, str]] = set()
        """Actors and sites, by the names that are their own."""
        gone = "FROM change_record WHERE type = 'event' AND after IS NULL"
        self._removals = self._any(f"SELECT 1 {gone}")
        self._merges = self._any(f"SELECT 1 {gone} AND successor IS NOT NULL")

    def not_easy(self, columns: Columns) -> list[int]:
        """Where among these events those are that need more: an id that is or was somebody's, a name that is new or
        an alias, a link that may lead on, somebody protected in this timeline.
        """
        if self._writer.is_masked:
            return list(range(len(columns.events)))
        ids = [event[0] for event in columns.events]
        taken, strange = self._taken(ids), self._strange(columns.terms)
        if not taken and not strange and not self._merges and len(set(ids)) == len(ids):
            return []
        found = []
        for at, id_ in enumerate(ids):
            names = strange and not strange.isdisjoint(term for term, _, _ in columns.references[at])
            if id_ in taken or names or (self._merges and columns.links[at]):
                found.append(at)
            taken.add(id_)
        return found

    def _taken(self, ids: list[str]) -> set[str]:
        marks = ", ".join("?" * len(ids))
        sql = f"SELECT id FROM event WHERE id IN ({marks})"  # noqa: S608 - question marks only
        found = {id_ for (id_,) in self._connection.execute(sql, ids)}
        if self._removals:
            sql = f"SELECT name FROM change_record WHERE type = 'event' AND after IS NULL AND name IN ({marks})"  # noqa: S608 - the same
            found |= {id_ for (id_,) in self._connection.execute(sql, ids)}
        return found

    def _strange(self, named: Mapping[tuple[str, str], int]) -> set[int]:
        """The places of names that are not an actor's or a site's own."""
        strange = set()
        for (type_, name), at in named.items():
            if type_ in terms.NAMED and (type_, name) not in self._own:
                found = terms.known(self._connection, type_, name)
                if found is None or found[1] != name:
                    strange.add(at)
                else:
                    self._own.add((type_, name))
        return strange

    def _any(self, sql: str) -> bool:
        return self._connection.execute(f"{sql} LIMIT 1").fetchone() is not None
