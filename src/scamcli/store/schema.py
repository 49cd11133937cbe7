"""Define the tables by append-only migrations.

The ``record`` column of an event, its canonical JSON, is authoritative. Every other table is an index over it, written
in the same transaction. A released migration is never changed; a new one is added at the end of ``STEPS``. sqlite-utils
is not imported at the top, so that a reader can find out the version of a file without it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from sqlite_utils import Database

APPLICATION_ID = 0x5CA3C11
"""Marks a file as a timeline (SQLite's ``application_id``)."""

MIGRATION_SET = "scamcli"

SHADOW_TABLES = (
    "CREATE TABLE 'event_text_data'(id INTEGER PRIMARY KEY, block BLOB)",
    "CREATE TABLE 'event_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
    "CREATE TABLE 'event_text_content'(id INTEGER PRIMARY KEY, c0, c1, c2)",
    "CREATE TABLE 'event_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB)",
    "CREATE TABLE 'event_text_config'(k PRIMARY KEY, v) WITHOUT ROWID",
    "CREATE TABLE 'event_stem_data'(id INTEGER PRIMARY KEY, block BLOB)",
    "CREATE TABLE 'event_stem_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
    "CREATE TABLE 'event_stem_config'(k PRIMARY KEY, v) WITHOUT ROWID",
)
"""The tables that FTS5 creates by itself, with the same text since its first release in SQLite 3.9.

`event_stem` has fewer, because it shares its texts with `event_text`.
"""

_MIGRATIONS = """CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
)"""
"""The table where sqlite-utils lists applied migrations. Another version may define it with a different text."""

BY_LIBRARIES = frozenset(
    {
        _MIGRATIONS,
        """CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name")""",
        "CREATE TABLE sqlite_sequence(name,seq)",
        "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
        "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
    }
)
"""Further definitions by sqlite-utils for its list, and by SQLite itself for AUTOINCREMENT and ANALYZE."""


@cache
def statements() -> tuple[str, ...]:
    """Return the SQL that creates all tables. Never reformat its file: SQLite keeps the text, which is compared."""
    text = Path(__file__).with_name("tables.sql").read_text(encoding="utf-8")
    return tuple(text.removesuffix(";\n").split(";\n\n"))


def m0016_timestamps(db: Database) -> None:
    """Create all tables.

    The files of early development versions got them in sixteen steps, of which this was the last.
    """
    for statement in statements():
        db.execute(statement)


def m0017_places_of_incidents(db: Database) -> None:
    """Store with an incident the only country and province of its event, and whether it is the only one of its metric.

    `scamcli.store.derived` writes the same.
    """
    incident = "count = 'incident' AND part_of IS NULL AND event IN (SELECT key FROM event WHERE json_valid(record))"
    only = (
        "(SELECT CASE json_array_length(record, '$.{0}') WHEN 1 THEN json_extract(record, '$.{0}[0]') END"
        " FROM event WHERE key = figure.event)"
    )
    db.execute(f"UPDATE figure SET country = {only.format('countries')} WHERE country IS NULL AND {incident}")  # noqa: S608 - our words
    province = only.format("provinces")
    country = f"CASE WHEN {province} LIKE '%, __' THEN substr({province}, -2) ELSE 'KH' END"
    db.execute(
        f"UPDATE figure SET province = {province} WHERE province IS NULL AND country = {country} AND {incident}"  # noqa: S608 - our words
    )
    db.execute(
        "UPDATE figure SET addable = count = 'incident' AND part_of IS NULL AND split_by IS NULL"
        " AND (period IS NULL OR period = (SELECT json_extract(record, '$.date') FROM event"
        " WHERE key = figure.event AND json_valid(record)))"
        " AND NOT EXISTS (SELECT 1 FROM figure o WHERE o.metric = figure.metric AND o.event = figure.event"
        " AND o.n <> figure.n)"
    )


STEPS: tuple[Callable[[Database], None], ...] = (m0016_timestamps, m0017_places_of_incidents)

FIRST = STEPS[0].__name__
"""The step that every file must have. The names of steps are in the order in which these are applied."""

LAST_TO_UPGRADE_OLDER_FILES = "8bd4bb7b"
"""The last commit that brings files of earlier development versions to the first step."""


def applied(connection: sqlite3.Connection) -> set[str]:
    """Return the names of the migrations that were applied to a file, from the first of these on."""
    sql = "SELECT name FROM main._sqlite_migrations WHERE migration_set = ? AND name >= ?"
    return {name for (name,) in connection.execute(sql, [MIGRATION_SET, FIRST])}


def is_unaltered(connection: sqlite3.Connection) -> bool:
    """Return whether the schema of a file is exactly what the migrations define."""
    # In a forged file, `sqlite_schema` can be a view, but `sqlite_master` cannot. Indexes of constraints have no text.
    texts = {sql for (sql,) in connection.execute("SELECT sql FROM main.sqlite_master WHERE sql NOT NULL")}
    if _MIGRATIONS not in texts:
        return False
    done = applied(connection)
    is_known = {FIRST} <= done <= {step.__name__ for step in STEPS}
    return is_known and texts - BY_LIBRARIES == {*SHADOW_TABLES, *statements()}


def others(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the tables that another program has added to a file."""
    ours = {*BY_LIBRARIES, *SHADOW_TABLES, *statements()}
    rows = connection.execute("SELECT name, sql FROM main.sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for name, sql in rows if sql not in ours and name not in {"_sqlite_migrations", "setting"}]


def pending(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the migrations that are missing from a file, in order."""
    found = applied(connection)
    return [step.__name__ for step in STEPS if step.__name__ not in found]


def upgrade(connection: sqlite3.Connection) -> None:
    """Apply the pending migrations, inside the caller's transaction."""
    from sqlite_utils import Database, Migrations

    db = Database(connection)
    migrations = Migrations(MIGRATION_SET)
    for step in STEPS:
        migrations()(step)
    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
