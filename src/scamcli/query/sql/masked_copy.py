"""A private copy of a timeline as it may be shown: where somebody is protected, queries read it and nothing else.

A record is masked as a whole, since the words of a name are masked in the records of its actor alone. Of what the
copy does not hold no query can tell, however it asks: neither by a column, nor by a search of the full text, nor by
the order of rows. It is a temporary database of SQLite's own, and only what a query reads is copied.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

from scamcli.records import canonical
from scamcli.store import derived
from scamcli.store.keys import Rel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.records.masking import Masker

_TABLES = (
    """CREATE TABLE event (
        key INTEGER PRIMARY KEY, id TEXT, start INTEGER, last INTEGER, kind TEXT, draft INTEGER, record TEXT
    )""",
    "CREATE INDEX event_id ON event (id)",
    "CREATE TABLE term (id INTEGER PRIMARY KEY, type TEXT, name TEXT, record TEXT)",
    "CREATE INDEX term_name ON term (type, name)",
    "CREATE TABLE event_term (term INTEGER, rel INTEGER, event INTEGER, roles INTEGER)",
    "CREATE INDEX event_term_term ON event_term (term, rel, event)",
    "CREATE INDEX event_term_event ON event_term (event, rel, term)",
    """CREATE TABLE figure (
        event INTEGER, n INTEGER, id TEXT, metric TEXT, unit TEXT, stated TEXT, low, best, high, province TEXT,
        nationality TEXT, "group" TEXT, period TEXT, count TEXT, stated_by TEXT, part_of TEXT, split_by TEXT,
        split_complete INTEGER, of TEXT, PRIMARY KEY (event, n)
    ) WITHOUT ROWID""",
    "CREATE INDEX figure_metric ON figure (metric, event)",
    """CREATE TABLE link (
        event INTEGER, n INTEGER, type TEXT, target TEXT, figure TEXT, PRIMARY KEY (event, n)
    ) WITHOUT ROWID""",
    "CREATE INDEX link_target ON link (target)",
    """CREATE VIRTUAL TABLE event_text USING fts5 (
        title, body, names, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
    )""",
)


def empty() -> sqlite3.Connection:
    """A temporary database with the tables that the views read, and nothing in them."""
    connection = sqlite3.connect("", isolation_level=None)
    for statement in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", *_TABLES):
        connection.execute(statement)
    return connection


def fill(
    copy: sqlite3.Connection,
    source: sqlite3.Connection,
    masker: Masker,
    wanted: set[str],
    over: Callable[[], bool],
) -> None:
    """Copy what is wanted, masked, as it is at one moment.

    Args:
        copy: an empty copy.
        source: the timeline.
        masker: masks its records.
        wanted: the tables that will be read.
        over: whether it has taken too long; then it is left unfinished.
    """
    filler = _Filler(copy, masker, wanted)
    source.execute("BEGIN")
    copy.execute("BEGIN")
    try:
        for row in filler.rows(source):
            filler.put(*row)
            if over():
                break
    finally:
        source.execute("ROLLBACK")
        copy.execute("COMMIT")


class _Filler:
    """Puts masked records into a copy, and what the wanted tables hold of them."""

    def __init__(self, copy: sqlite3.Connection, masker: Masker, wanted: set[str]) -> None:
        self._copy = copy
        self._masker = masker
        self._wanted = wanted
        self._terms: dict[tuple[str, str], int] = {}

    def rows(self, source: sqlite3.Connection) -> Iterator[tuple[int | None, str]]:
        """The key of an event, or none for an actor, a site or a metric; and the record. These come first."""
        if "term" in self._wanted:
            yield from source.execute("SELECT NULL, record FROM term WHERE record IS NOT NULL ORDER BY id")
        if self._wanted - {"term"}:
            yield from source.execute("SELECT key, record FROM event ORDER BY key")

    def put(self, key: int | None, text: str) -> None:
        """Put one record."""
        record = self._masker.record(json.loads(text))
        if key is None:
            self._term(record["type"], record["name"], canonical.line(record))
        else:
            self._event(key, record)

    def _event(self, key: int, record: dict[str, Any]) -> None:
        days = derived.days(record)
        draft = record["status"] == "draft"
        row = (key, record["id"], days.start, days.last, record["kind"], draft, canonical.line(record))
        self._copy.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        if "event_term" in self._wanted:
            rows = [
                (self._term(type_, name), rel, key, roles)
                for (type_, name, rel), roles in derived.references(record).items()
                if rel == Rel.CONCERNS
            ]
            self._copy.executemany("INSERT INTO event_term VALUES (?, ?, ?, ?)", rows)
        if "figure" in self._wanted:
            self._put_parts("figure", key, derived.figures(record))
        if "link" in self._wanted:
            self._put_parts("link", key, derived.links(record))
        if "event_text" in self._wanted:
            texts = (key, *derived.texts(record))
            self._copy.execute("INSERT INTO event_text (rowid, title, body, names) VALUES (?, ?, ?, ?)", texts)

    def _put_parts(self, table: str, key: int, parts: list[tuple[object, ...]]) -> None:
        for part in parts:
            marks = ", ".join("?" * (len(part) + 1))
            self._copy.execute(f"INSERT INTO {table} VALUES ({marks})", (key, *part))  # noqa: S608 - our own words

    def _term(self, type_: str, name: str, record: str | None = None) -> int:
        """The term of this name; two records whose names are masked alike are two terms, and events refer to one."""
        found = self._terms.get((type_, name))
        if found is None or record is not None:
            (made,) = self._copy.execute(
                "INSERT INTO term (type, name, record) VALUES (?, ?, ?) RETURNING id", [type_, name, record]
            ).fetchone()
            found = self._terms.setdefault((type_, name), made)
        return found
