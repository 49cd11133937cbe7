"""Tables and append-only migrations.

An event's ``record`` column is the truth: its canonical JSON. Every other table is an index over it, written in the
same transaction. A released migration is never changed; a new one goes at the end of ``STEPS``. Nothing here needs
sqlite-utils to be imported, so that a reader can tell a file's version without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

APPLICATION_ID = 0x5CA3C11
"""Marks the file as one of ours (SQLite's ``application_id``)."""

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
    """Events, the terms that they refer to, the terms' names, their figures, links and full text."""
    for statement in _TIMELINE:
        db.execute(statement)


STEPS: tuple[Callable[[Database], None], ...] = (m0001_timeline,)


def names() -> frozenset[str]:
    """The migrations that this version knows."""
    return frozenset(step.__name__ for step in STEPS)


def upgrade(db: Database) -> None:
    """Apply what is pending, inside the caller's transaction."""
    from sqlite_utils import Migrations

    migrations = Migrations(MIGRATION_SET)
    for step in STEPS:
        migrations()(step)
    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
