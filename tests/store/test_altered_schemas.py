# ruff: noqa: E501 - tables
"""A database in which another program has defined something: refused if that could act on its own, and left as it was."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.driver import event, lines, ok, refused, run

ANY = [
    ["search"], ["info", "--verify"], ["backup"],
    ["add", "--date", "2023", "--kind", "raid", "--title", "T"],
]  # fmt: skip

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i"

ALTERED = [
    ("a trigger that deletes", '"gone" on "event"', "CREATE TRIGGER gone AFTER INSERT ON event BEGIN DELETE FROM event WHERE key <> new.key; END"),
    ("a trigger on a table of versions", '"_sqlite_migrations"', "CREATE TRIGGER t AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM event; END"),
    ("a view", 'the view "mine"', "CREATE VIEW mine AS SELECT * FROM event"),
    ("an endless view in place of a table", '"term" is', f"DROP TABLE term; CREATE VIEW term AS {ENDLESS} AS id, 'actor' AS type, 'a' AS name, NULL AS record, 1 AS placeholder FROM n"),
    ("no versions at all", "list of versions", "DROP TABLE _sqlite_migrations"),
    ("a computed column", '"link" is different', "ALTER TABLE link ADD COLUMN x TEXT AS (hex(zeroblob(1000)))"),
]  # fmt: skip

ADDED = {
    'the index "mine" on "event"': [
        ("an index that computes", "CREATE INDEX mine ON event (length(hex(record)))"),
        ("an index with a condition", "CREATE INDEX mine ON event (id) WHERE kind LIKE 'r%'"),
        ("an index that refuses", "CREATE UNIQUE INDEX mine ON event (record)"),
    ],
    'the table "mine" refers': [
        ("a table that holds on to events", "CREATE TABLE mine (event INTEGER REFERENCES EVENT (key) ON DELETE RESTRICT)"),
    ],
    'the table "mine" has': [
        ("a table that computes", "CREATE TABLE mine (a TEXT, b TEXT GENERATED ALWAYS AS (upper(a)) STORED)"),
        ("a table that checks", "CREATE TABLE mine (a TEXT CHECK/**/(length(hex(zeroblob(9))) > 1))"),
        ("a check between comments", "CREATE TABLE mine (a TEXT /* \" */ CHECK (random()) /* \" */, b -- '\n AS (1) -- '\n)"),
    ],
    'the table "mine" is not': [("a virtual table", "CREATE VIRTUAL TABLE mine USING fts5 (body)")],
}  # fmt: skip
"""Return what was added, according to the output."""
ALTERED += [(why, words, sql) for words, cases in ADDED.items() for why, sql in cases]

ALLOWED = [
    ("a table", "CREATE TABLE mine (id INTEGER PRIMARY KEY AUTOINCREMENT, checked TEXT UNIQUE, basis TEXT DEFAULT 'x')"),
    ("statistics", "ANALYZE"),
]  # fmt: skip


def alter(db: Path, sql: str) -> Path:
    """Define something behind the tool's back."""
    with closing(sqlite3.connect(db)) as connection:
        connection.executescript(f"PRAGMA journal_mode = DELETE; {sql}")
    return db


@pytest.fixture
def altered(seeded: Path, request: pytest.FixtureRequest) -> Path:
    return alter(seeded, request.param)


@pytest.mark.parametrize(
    ("altered", "words"), [pytest.param(sql, words, id=why) for why, words, sql in ALTERED], indirect=["altered"]
)
def test_no_command_takes_what_could_act(altered: Path, words: str, tmp_path: Path) -> None:
    before = altered.read_bytes()
    for args in ANY:
        refused(run(*args, "--db", str(altered), stdin=lines([event("x-1")])), 5, words)
        assert altered.read_bytes() == before, args
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(altered.name)] == [altered.name]


@pytest.mark.parametrize("altered", [pytest.param(sql, id=why) for why, sql in ALLOWED], indirect=True)
def test_what_only_holds_data_may_stay(altered: Path, tmp_path: Path) -> None:
    ours = Path(shutil.copy(altered, tmp_path / "ours.db"))
    ok("add", "--date", "2023", "--kind", "raid", "--title", "T", "--id", "x-1", "--db", str(altered))
    ok("remove", "x-1", "--db", str(altered))
    ok("undo", "--db", str(altered))
    ok("redact", "Sar Kheng", "--yes", "--db", str(altered))
    ok("info", "--verify", "--db", str(altered))
    ok("sql", "SELECT * FROM events", "--db", str(altered))
    ok("diff", str(ours), str(altered))


def test_a_redaction_names_the_tables_that_it_does_not_search(seeded: Path) -> None:
    alter(seeded, "CREATE TABLE mine (note TEXT); INSERT INTO mine VALUES ('Sar Kheng'); ANALYZE")
    ok("info", "--min-cell", "5", "--db", str(seeded))  # makes a table of our own
    answer = run("redact", "Sar Kheng", "--yes", "--db", str(seeded))
    assert (answer.code, 'This table of another program may still contain it: "mine".' in answer.err) == (0, True)
    assert answer.err.count("This table") == 1
