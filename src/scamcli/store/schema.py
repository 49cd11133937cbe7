"""Tables, and append-only migrations.

The ``record`` column of an event is the truth: its canonical JSON. Every other table is an index over it, written in
the same transaction. A released migration is never changed; a new one is added at the end of ``STEPS``. Nothing here
imports sqlite-utils at the top, so that a reader can tell the version of a file without it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.records.canonical import digest
from scamcli.store import history

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from sqlite_utils import Database

APPLICATION_ID = 0x5CA3C11
"""Marks a file as a timeline (SQLite's ``application_id``)."""

MIGRATION_SET = "scamcli"


def _statements(step: str) -> list[str]:
    """Return the SQL of a step. Never reformat its file: SQLite keeps the text, and `info --verify` compares it."""
    path = Path(__file__).with_name("migrations").joinpath(f"{step}.sql")
    text = path.read_text(encoding="utf-8") if path.is_file() else ""  # a step may change records only
    return text.removesuffix(";\n").split(";\n\n") if text else []


def _create(db: Database, step: str) -> None:
    for statement in _statements(step):
        db.execute(statement)


def m0001_timeline(db: Database) -> None:
    """Create the tables of events, of the terms that they refer to, of names, figures and links, and full text."""
    _create(db, "m0001_timeline")


def m0002_history(db: Database) -> None:
    """Create the history of changes, which begins with the existing records, and the list of backups."""
    _create(db, "m0002_history")
    if not db.execute("SELECT EXISTS (SELECT 1 FROM event) OR EXISTS (SELECT 1 FROM term)").fetchone()[0]:
        return
    db.execute("INSERT INTO change (id, at, author, command) VALUES (1, ?, 'scamcli', 'upgrade')", [history.now()])
    db.conn.create_function("digest", 1, digest, deterministic=True)
    db.execute(
        "INSERT INTO change_record (change, type, name, after)"
        " SELECT 1, 'event', id, digest(record) FROM event UNION ALL"
        " SELECT 1, type, name, digest(record) FROM term WHERE record IS NOT NULL"
    )
    history.seal(db.conn, 1)


def m0003_indexes(db: Database) -> None:
    """Index events by kind, drafts, events longer than a month, and links by type."""
    _create(db, "m0003_indexes")


def m0004_snapshots(db: Database) -> None:
    """Create the tables of texts that were read, and of the passage that each draft comes from."""
    _create(db, "m0004_snapshots")


def m0005_counts(db: Database) -> None:
    """Bring records and their history into the form with today's counts, linked sites and data sets."""
    from scamcli.store import history_upgrade  # an upgrade is rare

    if not history_upgrade.upgrade(db.conn):
        return
    last = db.execute("SELECT command FROM change ORDER BY id DESC LIMIT 1").fetchone()
    if last != ("upgrade",):  # otherwise an earlier step has just begun the history
        (number,) = db.execute(
            "INSERT INTO change (at, author, command) SELECT max(?, (SELECT max(at) FROM change)), 'scamcli', 'upgrade'"
            " RETURNING id",
            [history.now()],
        ).fetchone()
        history.seal(db.conn, number)


STEPS: tuple[Callable[[Database], None], ...] = (
    m0001_timeline, m0002_history, m0003_indexes, m0004_snapshots, m0005_counts,
)  # fmt: skip


def statements() -> list[str]:
    """Return the statements that create the tables as they are after every step."""
    return [statement for step in STEPS for statement in _statements(step.__name__)]


def pending(applied: set[str]) -> list[str]:
    """Return the names of the migrations that a file lacks, in order."""
    return [step.__name__ for step in STEPS if step.__name__ not in applied]


def upgrade(connection: sqlite3.Connection) -> None:
    """Apply the pending migrations, inside the caller's transaction."""
    from sqlite_utils import Database, Migrations

    db = Database(connection)
    migrations = Migrations(MIGRATION_SET)
    for step in STEPS:
        migrations()(step)
    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
