"""Define the tables by append-only migrations.

The ``record`` column of an event, its canonical JSON, is authoritative. Every other table is an index over it, written
in the same transaction. A released migration is never changed; a new one is added at the end of ``STEPS``. sqlite-utils
is not imported at the top, so that a reader can find out the version of a file without it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.store import history

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Container, Iterable, Iterator

    from sqlite_utils import Database

APPLICATION_ID = 0x5CA3C11
"""Marks a file as a timeline (SQLite's ``application_id``)."""

MIGRATION_SET = "scamcli"

_FULL_TEXT = (
    "CREATE TABLE 'event_text_data'(id INTEGER PRIMARY KEY, block BLOB)",
    "CREATE TABLE 'event_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
    "CREATE TABLE 'event_text_content'(id INTEGER PRIMARY KEY, c0, c1, c2)",
    "CREATE TABLE 'event_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB)",
    "CREATE TABLE 'event_text_config'(k PRIMARY KEY, v) WITHOUT ROWID",
)
"""The tables that FTS5 creates for `event_text`, with the same text since its first release in SQLite 3.9."""

_STEMS = (
    "CREATE TABLE 'event_stem_data'(id INTEGER PRIMARY KEY, block BLOB)",
    "CREATE TABLE 'event_stem_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
    "CREATE TABLE 'event_stem_config'(k PRIMARY KEY, v) WITHOUT ROWID",
)
"""The tables that FTS5 creates for `event_stem`, which shares its texts with `event_text`."""

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


_FOLDER = Path(__file__).with_name("migrations")


@cache
def _statements(step: str) -> tuple[str, ...]:
    """Return the SQL of a step. Never reformat its file: SQLite keeps the text, and databases are compared with it."""
    try:
        text = _FOLDER.joinpath(f"{step}.sql").read_text(encoding="utf-8")
    except FileNotFoundError:  # a step may change only records
        return ()
    return tuple(text.removesuffix(";\n").split(";\n\n"))


def _create(db: Database, step: str) -> None:
    for statement in _statements(step):
        db.execute(statement)


def m0001_timeline(db: Database) -> None:
    """Create the tables of events, terms, names, figures and links, and the full-text index."""
    _create(db, "m0001_timeline")


def m0002_history(db: Database) -> None:
    """Create the history of changes, which starts with the existing records, and the list of backups."""
    _create(db, "m0002_history")
    if not db.execute("SELECT EXISTS (SELECT 1 FROM event) OR EXISTS (SELECT 1 FROM term)").fetchone()[0]:
        return
    db.execute("INSERT INTO change (id, at, author, command) VALUES (1, ?, 'scamcli', 'upgrade')", [history.now()])
    from scamcli.store import short_seals

    db.conn.create_function("digest", 1, short_seals.digest, deterministic=True)
    db.execute(
        "INSERT INTO change_record (change, type, name, after)"
        " SELECT 1, 'event', id, digest(record) FROM event UNION ALL"
        " SELECT 1, type, name, digest(record) FROM term WHERE record IS NOT NULL"
    )
    short_seals.seal(db.conn, 1)


def m0003_indexes(db: Database) -> None:
    """Index events by kind, drafts, events longer than a month, and links by type."""
    _create(db, "m0003_indexes")


def m0004_snapshots(db: Database) -> None:
    """Create the tables of the texts that were read and of the passages that drafts come from."""
    _create(db, "m0004_snapshots")


def m0005_counts(db: Database) -> None:
    """Convert records and their history to the form with the current counts, linked sites and data sets."""
    from scamcli.store import history_upgrade  # not at the top, because upgrades are rare

    if history_upgrade.upgrade(db.conn):
        _note_upgrade(db)


def _note_upgrade(db: Database) -> None:
    """Add a change to the history for an upgrade of records, unless an earlier step has just begun the history."""
    from scamcli.store import short_seals

    last = db.execute("SELECT command FROM change ORDER BY id DESC LIMIT 1").fetchone()
    if last != ("upgrade",):
        (number,) = db.execute(
            "INSERT INTO change (at, author, command) VALUES (?, 'scamcli', 'upgrade') RETURNING id",
            [history.now()],
        ).fetchone()
        short_seals.seal(db.conn, number)


def m0006_protection(db: Database) -> None:
    """Index protected actors according to their records, and changed records by name."""
    _create(db, "m0006_protection")


def m0007_name_forms(db: Database) -> None:
    """Write the forms by which names are found again, because other titles and romanisations are left out of them."""
    from scamcli.store import terms  # not at the top, because upgrades are rare

    terms.write_forms_again(db.conn)


def m0008_likeness(db: Database) -> None:
    """Store marks of the titles, towns and sites of incidents, by which suspected pairs are found."""
    _create(db, "m0008_likeness")
    rows = db.execute("SELECT key, record FROM event")
    db.conn.executemany("INSERT INTO likeness VALUES (?, ?)", _likenesses(rows))


def _likenesses(rows: Iterable[tuple[int, str]]) -> Iterator[tuple[object, ...]]:
    from scamcli.store import derived  # not at the top, because upgrades are rare

    for key, text in rows:
        with suppress(ValueError, KeyError, TypeError, AttributeError):  # `info --verify` reports a damaged record
            record = json.loads(text)
            if any(figure["count"] == "incident" for figure in record["figures"]):
                yield key, derived.marks(record)


def m0009_countries(db: Database) -> None:
    """Give figures a column for their country, and bring records and their history into the form with it."""
    from scamcli.store import history_upgrade

    if history_upgrade.upgrade(db.conn):
        _note_upgrade(db)
    db.execute("ALTER TABLE figure RENAME TO earlier_figure")
    db.execute("DROP INDEX figure_metric")
    _create(db, "m0009_countries")
    # Only a record that someone has altered by hand is no JSON; its figures stay as they are.
    country = "CASE WHEN json_valid(e.record) THEN json_extract(e.record, '$.figures[' || f.n || '].country') END"
    db.execute(
        f"INSERT INTO figure SELECT f.event, f.n, f.id, metric, unit, stated, low, best, high, {country}, province,"  # noqa: S608 - our words
        ' nationality, "group", period, count, stated_by, part_of, split_by, split_complete, of'
        " FROM earlier_figure f LEFT JOIN event e ON e.key = f.event"
    )
    db.execute("DROP TABLE earlier_figure")


def m0010_stems(db: Database) -> None:
    """Index the full text a second time by the stems of English words."""
    _create(db, "m0010_stems")
    db.execute("INSERT INTO event_stem (event_stem) VALUES ('rebuild')")


def m0011_event_brief(db: Database) -> None:
    """Index the columns of events that totals read by key, so that they need not read the records."""
    _create(db, "m0011_event_brief")


def m0012_figures_by_metric(db: Database) -> None:
    """Store the figures of each metric together, with what totals read of their events."""
    db.execute("ALTER TABLE figure RENAME TO earlier_figure")
    create_table, create_index, *drops = _statements("m0012_figures_by_metric")
    db.execute(create_table)
    db.execute(
        "INSERT INTO figure SELECT f.event, n, e.id, last, sure, kind, draft,"
        " CASE count WHEN 'incident' THEN marks END,"
        ' f.id, metric, unit, stated, low, best, high, country, province, nationality, "group", period, count,'
        " stated_by, part_of, split_by, split_complete, of FROM earlier_figure f JOIN event e ON e.key = f.event"
        " LEFT JOIN likeness ON likeness.event = f.event ORDER BY metric, f.event, n"
    )
    for statement in (*drops, create_index, "DROP TABLE earlier_figure"):
        db.execute(statement)


def m0013_data_sets_of_figures(db: Database) -> None:
    """Store with each figure the data set that its event is a row of, and whether it can be added up in SQL."""
    db.execute("ALTER TABLE figure RENAME TO earlier_figure")
    db.execute("DROP INDEX figure_event")
    _create(db, "m0013_data_sets_of_figures")
    is_addable = (
        "d.roles AND count = 'incident' AND part_of IS NULL AND period IS NULL AND split_by IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM earlier_figure o WHERE o.metric = f.metric AND o.event = f.event AND o.n <> f.n)"
    )
    db.execute(
        "INSERT INTO figure SELECT f.event, n, event_id, last, sure, kind, draft, marks, d.name, coalesce(d.roles, 0),"  # noqa: S608 - our words
        f" coalesce({is_addable}, 0), id, metric, unit, stated, low, best, high, country, province, nationality,"
        ' "group", period, count, stated_by, part_of, split_by, split_complete, of FROM earlier_figure f LEFT JOIN'
        " (SELECT event, name, roles FROM term JOIN event_term ON event_term.term = term.id WHERE type = 'dataset') d"
        " ON d.event = f.event ORDER BY metric, f.event, n"
    )
    db.execute("DROP TABLE earlier_figure")


def m0014_evidence(db: Database) -> None:
    """Create the tables of evidence files, whose content is in a folder beside the database."""
    _create(db, "m0014_evidence")


def m0015_seals(db: Database) -> None:
    """Make digests and seals whole and salted, and create the history of what is not a record."""
    from scamcli.store import seals_upgrade

    seals_upgrade.upgrade(db.conn, _statements("m0015_seals"))


def m0016_timestamps(db: Database) -> None:
    """Create the tables of timestamps of heads, and of the requests for them."""
    _create(db, "m0016_timestamps")


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


STEPS: tuple[Callable[[Database], None], ...] = (
    m0001_timeline, m0002_history, m0003_indexes, m0004_snapshots, m0005_counts, m0006_protection,
    m0007_name_forms, m0008_likeness, m0009_countries, m0010_stems, m0011_event_brief,
    m0012_figures_by_metric, m0013_data_sets_of_figures, m0014_evidence, m0015_seals,
    m0016_timestamps, m0017_places_of_incidents,
)  # fmt: skip


SEALS = m0015_seals.__name__
"""The step before which the history did not have what is not a record."""


def statements(applied: Container[str] | None = None) -> list[str]:
    """Return the statements that create the tables as they are after these steps, or after every step.

    A later step may recreate a table or an index, or drop it.
    """
    names = (step.__name__ for step in STEPS)
    found: dict[str, str] = {}
    for name in names:
        for statement in _statements(name) if applied is None or name in applied else ():
            verb, what = statement.partition("(")[0].split(" ", 1)
            key = what.partition(" ON ")[0].strip()
            if verb == "DROP":
                found.pop(key, None)  # a list of versions that somebody altered may lack the step that made it
            else:
                found[key] = statement
    return list(found.values())


def shadow_tables(applied: Container[str] | None = None) -> tuple[str, ...]:
    """Return the statements of the tables that FTS5 creates by itself in these steps, or by default in all steps."""
    return (*_FULL_TEXT, *(_STEMS if applied is None or m0010_stems.__name__ in applied else ()))


def applied(connection: sqlite3.Connection) -> set[str]:
    """Return the names of the migrations that were applied to a file."""
    sql = "SELECT name FROM main._sqlite_migrations WHERE migration_set = ?"
    return {name for (name,) in connection.execute(sql, [MIGRATION_SET])}


def is_unaltered(connection: sqlite3.Connection) -> bool:
    """Return whether the schema of a file is exactly what its applied migrations define."""
    # In a forged file, `sqlite_schema` can be a view, but `sqlite_master` cannot. Indexes of constraints have no text.
    texts = {sql for (sql,) in connection.execute("SELECT sql FROM main.sqlite_master WHERE sql NOT NULL")}
    if _MIGRATIONS not in texts:
        return False
    done = applied(connection)
    is_known = done <= {step.__name__ for step in STEPS}
    return is_known and texts - BY_LIBRARIES == {*shadow_tables(done), *statements(done)}


def others(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the tables that another program has added to a file."""
    ours = {*BY_LIBRARIES, *shadow_tables(), *statements()}
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
