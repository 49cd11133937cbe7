"""A private masked copy of a timeline, which queries read if anybody is protected.

Whole records are masked, because the single words of a name are masked only in records that name the actor. The copy
does not contain the protected names, so no query can reveal them through a column, a full-text search or the order of
rows. It is a temporary database of SQLite, and only the tables that a query reads are filled.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.language import dates
from scamcli.records import canonical
from scamcli.store import derived
from scamcli.store.keys import Rel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.records.masking import Masker
    from scamcli.records.types import EventDict


def create_empty() -> sqlite3.Connection:
    """Return a temporary database with the tables that the views read, all empty."""
    connection = sqlite3.connect("", isolation_level=None)
    connection.executescript(Path(__file__).with_name("masked_copy.sql").read_text(encoding="utf-8"))
    return connection


class MaskedCopy:
    """Fills the tables of an empty copy that a query will read with masked records."""

    def __init__(self, copy: sqlite3.Connection, masker: Masker, tables: set[str]) -> None:
        self._copy = copy
        self._masker = masker
        self._tables = tables
        self._terms: dict[tuple[str, str], int] = {}

    def fill(self, source: sqlite3.Connection, is_over: Callable[[], bool]) -> None:
        """Copy a snapshot of the timeline; the copy stays incomplete if `is_over` stops it."""
        source.execute("BEGIN")
        self._copy.execute("BEGIN")
        try:
            for key, text in self._records(source):
                record = self._masker.record(json.loads(text))
                if key is None:
                    self._term(record["type"], record["name"], canonical.line(record))
                else:
                    self._add_event(key, record)
                if is_over():
                    break
        finally:
            source.execute("ROLLBACK")
            self._copy.execute("COMMIT")

    def _records(self, source: sqlite3.Connection) -> Iterator[tuple[int | None, str]]:
        """Yield the records of actors, sites and metrics with ``None`` as key, then the events with their keys."""
        if "term" in self._tables:
            yield from source.execute("SELECT NULL, record FROM term WHERE record IS NOT NULL ORDER BY id")
        if self._tables - {"term"}:
            yield from source.execute("SELECT key, record FROM event ORDER BY key")

    def _add_event(self, key: int, record: EventDict) -> None:
        start, last, _ = days = dates.stored_days(record["date"])
        draft = record["status"] == "draft"
        row = (record["id"], start, last, record["kind"], draft, canonical.line(record))
        self._insert("event", key, [row])
        if "event_term" in self._tables:
            rows = [
                (self._term(type_, name), rel, key, roles)
                for (type_, name, rel), roles in derived.references(record).items()
                if rel == Rel.CONCERNS
            ]
            self._copy.executemany("INSERT INTO event_term VALUES (?, ?, ?, ?)", rows)
        if "figure" in self._tables:
            self._insert("figure", key, derived.figures(record, days))
        if "link" in self._tables:
            self._insert("link", key, derived.links(record))
        if "event_text" in self._tables:
            self._insert("event_text (rowid, title, body, names)", key, [derived.texts(record)])

    def _insert(self, table: str, key: int, rows: list[tuple[object, ...]]) -> None:
        for row in rows:
            marks = ", ".join("?" * (len(row) + 1))
            self._copy.execute(f"INSERT INTO {table} VALUES ({marks})", (key, *row))  # noqa: S608 - our own words

    def _term(self, type_: str, name: str, record: str | None = None) -> int:
        """Return the term of a name. Two records with the same masked name are two terms; events refer to the first."""
        found = self._terms.get((type_, name))
        if found is None or record is not None:
            (term,) = self._copy.execute(
                "INSERT INTO term (type, name, record) VALUES (?, ?, ?) RETURNING id", [type_, name, record]
            ).fetchone()
            found = self._terms.setdefault((type_, name), term)
        return found
