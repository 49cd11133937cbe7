"""Tables, and append-only migrations.

The ``record`` column of an event is the truth: its canonical JSON. Every other table is an index over it, written in
the same transaction. A released migration is never changed; a new one is added at the end of ``STEPS``. Nothing here
imports sqlite-utils at the top, so that a reader can tell the version of a file without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.records.canonical import digest
from scamcli.store import history

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

APPLICATION_ID = 0x5CA3C11
"""Marks a file as a timeline (SQLite's ``application_id``)."""

MIGRATION_SET = "scamcli"


_TIMELINE = (
    """CREATE TABLE event (
        key INTEGER PRIMARY KEY,          -- first day << 20 | sequence within the day
        id TEXT NOT NULL UNIQUE,
        start INTEGER NOT NULL,           -- days since 1970-01-01
        last INTEGER NOT NULL,            -- 2932896: open
        sure INTEGER NOT NULL,            -- 0 with ~ ? %
        kind TEXT NOT NULL,
        draft INTEGER NOT NULL,
        record TEXT NOT NULL              -- canonical JSON
    ) STRICT""",
    "CREATE INDEX event_start_id ON event (start, id)",
    """CREATE TABLE term (
        id INTEGER PRIMARY KEY,
        type TEXT NOT NULL,               -- actor, site, metric, province, nationality, tag, place, country
        name TEXT NOT NULL,
        record TEXT,                      -- canonical JSON of an actor, a site or a metric
        placeholder INTEGER UNIQUE,       -- N of [protected-N]
        UNIQUE (type, name)
    ) STRICT""",
    """CREATE TABLE name (
        type TEXT NOT NULL,
        level INTEGER NOT NULL,           -- 0 name, 1 alias, 2 normalised, 3 folded
        form TEXT NOT NULL,
        term INTEGER NOT NULL REFERENCES term (id) ON DELETE CASCADE,
        PRIMARY KEY (type, level, form, term)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX name_term ON name (term)",
    """CREATE TABLE event_term (
        term INTEGER NOT NULL REFERENCES term (id),
        rel INTEGER NOT NULL,             -- 0 concerns, 1 original source, 2 via
        event INTEGER NOT NULL REFERENCES event (key) ON UPDATE CASCADE ON DELETE CASCADE,
        roles INTEGER NOT NULL,           -- of an actor: one bit a role
        PRIMARY KEY (term, rel, event)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX event_term_event ON event_term (event, rel, term)",
    """CREATE TABLE figure (
        event INTEGER NOT NULL REFERENCES event (key) ON UPDATE CASCADE ON DELETE CASCADE,
        n INTEGER NOT NULL,
        id TEXT NOT NULL,
        metric TEXT NOT NULL,
        unit TEXT,
        stated TEXT,
        low ANY, best ANY, high ANY,
        province TEXT, nationality TEXT, "group" TEXT,
        period TEXT,
        count TEXT NOT NULL,
        stated_by TEXT,
        part_of TEXT,
        split_by TEXT,
        split_complete INTEGER,
        of TEXT,                          -- JSON array of figure ids
        PRIMARY KEY (event, n)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX figure_metric ON figure (metric, event)",
    """CREATE TABLE link (
        event INTEGER NOT NULL REFERENCES event (key) ON UPDATE CASCADE ON DELETE CASCADE,
        n INTEGER NOT NULL,
        type TEXT NOT NULL,
        target TEXT NOT NULL,             -- an event's id; it may be absent
        figure TEXT,
        PRIMARY KEY (event, n)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX link_target ON link (target)",
    """CREATE VIRTUAL TABLE event_text USING fts5 (
        title, body, names, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
    )""",
)


def m0001_timeline(db: Database) -> None:
    """Create the tables of events, of the terms that they refer to, of names, figures and links, and full text."""
    for statement in _TIMELINE:
        db.execute(statement)


_HISTORY = (
    """CREATE TABLE change (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,                 -- UTC, never before that of the change before it
        author TEXT NOT NULL,
        command TEXT NOT NULL,
        reason TEXT,
        undoes INTEGER REFERENCES change (id),
        seal TEXT                         -- digest of this row, its records and the seal of the change before it
    ) STRICT""",
    "CREATE INDEX change_undoes ON change (undoes) WHERE undoes IS NOT NULL",
    """CREATE TABLE change_record (
        change INTEGER NOT NULL REFERENCES change (id),
        type TEXT NOT NULL,
        name TEXT NOT NULL,               -- an event's id, else the name
        before TEXT,                      -- canonical JSON; NULL: it was not there
        after TEXT,                       -- digest of what it became; NULL: removed
        successor TEXT,                   -- the id or name of the record that it was merged into
        placeholder INTEGER,              -- N of [protected-N], if it was protected before
        PRIMARY KEY (change, type, name)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX change_record_name ON change_record (type, name)",
    "CREATE INDEX change_record_gone ON change_record (type, name) WHERE after IS NULL",
    "CREATE INDEX change_record_placeholder ON change_record (placeholder) WHERE placeholder IS NOT NULL",
    """CREATE TABLE backup (
        at TEXT NOT NULL,
        path TEXT NOT NULL
    ) STRICT""",
)


def m0002_history(db: Database) -> None:
    """Create the history of changes, which begins with the existing records, and the list of backups."""
    for statement in _HISTORY:
        db.execute(statement)
    if not db.execute("SELECT EXISTS (SELECT 1 FROM event) OR EXISTS (SELECT 1 FROM term)").fetchone()[0]:
        return
    from datetime import UTC, datetime

    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    db.execute("INSERT INTO change (id, at, author, command) VALUES (1, ?, 'scamcli', 'upgrade')", [at])
    db.conn.create_function("digest", 1, digest, deterministic=True)
    db.execute(
        "INSERT INTO change_record (change, type, name, after)"
        " SELECT 1, 'event', id, digest(record) FROM event UNION ALL"
        " SELECT 1, type, name, digest(record) FROM term WHERE record IS NOT NULL"
    )
    history.seal(db.conn, 1)


_INDEXES = (
    "CREATE INDEX event_kind ON event (kind)",  # and by key, as every index of a table with a key is
    "CREATE INDEX event_draft ON event (draft) WHERE draft = 1",
    "CREATE INDEX event_long ON event (key, last) WHERE last - start > 31",
    "CREATE INDEX link_type ON link (type)",
)


def m0003_indexes(db: Database) -> None:
    """Index events by kind, drafts, events longer than a month, and links by type."""
    for statement in _INDEXES:
        db.execute(statement)


_SNAPSHOTS = (
    """CREATE TABLE snapshot (
        sha256 TEXT PRIMARY KEY,          -- of the text that is kept, in UTF-8
        at TEXT NOT NULL,
        title TEXT, outlet TEXT, url TEXT,
        published TEXT,                   -- EDTF
        text BLOB NOT NULL                -- zlib
    ) STRICT""",
    """CREATE TABLE origin (
        event TEXT PRIMARY KEY,           -- an event's id; the event may be gone, and come back
        snapshot TEXT NOT NULL REFERENCES snapshot (sha256) ON UPDATE CASCADE,
        start INTEGER NOT NULL,           -- where in the text, in characters
        "end" INTEGER NOT NULL,
        reasons TEXT NOT NULL,            -- JSON: [{"field", "start", "end", "rule", "grade"}]
        unread TEXT NOT NULL,             -- JSON: [[start, end]]
        twin TEXT                         -- the id of an event that seems to tell it
    ) STRICT""",
    "CREATE INDEX origin_snapshot ON origin (snapshot, start)",
    "CREATE INDEX change_record_successor ON change_record (successor) WHERE successor IS NOT NULL",
)


def m0004_snapshots(db: Database) -> None:
    """Create the tables of texts that were read, and of the passage that each draft comes from."""
    for statement in _SNAPSHOTS:
        db.execute(statement)


STEPS: tuple[Callable[[Database], None], ...] = (m0001_timeline, m0002_history, m0003_indexes, m0004_snapshots)


MADE_NOW = (*_TIMELINE, *_HISTORY, *_INDEXES, *_SNAPSHOTS)
"""The statements that make the tables as they are after every step."""


def pending(applied: set[str]) -> list[str]:
    """Return the names of the migrations that a file lacks, in order."""
    return [step.__name__ for step in STEPS if step.__name__ not in applied]


def upgrade(db: Database) -> None:
    """Apply the pending migrations, inside the caller's transaction."""
    from sqlite_utils import Migrations

    migrations = Migrations(MIGRATION_SET)
    for step in STEPS:
        migrations()(step)
    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
