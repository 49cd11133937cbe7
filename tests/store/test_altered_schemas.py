# ruff: noqa: E501 - tables
"""A database in which another program has defined something: refused if that could act on its own, and left as it was."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.driver import event, export, lines, ok, refused, run

ANY = [
    ["search"], ["stats"], ["info", "--verify"], ["sql", "SELECT * FROM events"], ["backup"],
    ["add", "--date", "2023", "--kind", "raid", "--title", "T"], ["undo"], ["import", "-"],
]  # fmt: skip

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i"
FORGE = "PRAGMA writable_schema = ON; INSERT INTO sqlite_master VALUES ({}); PRAGMA writable_schema = RESET"
CHANGE = "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = {}; PRAGMA writable_schema = RESET"

ALTERED = [
    ("a trigger that deletes", '"gone" on "event"', "CREATE TRIGGER gone AFTER INSERT ON event BEGIN DELETE FROM event WHERE key <> new.key; END"),
    ("a trigger on a table of versions", '"_sqlite_migrations"', "CREATE TRIGGER t AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM event; END"),
    ("a view", 'the view "mine"', "CREATE VIEW mine AS SELECT * FROM event"),
    ("an endless view in place of a table", '"term" is', f"DROP TABLE term; CREATE VIEW term AS {ENDLESS} AS id, 'actor' AS type, 'a' AS name, NULL AS record, 1 AS placeholder FROM n"),
    ("an endless view in place of the versions", "list of versions", f"DROP TABLE _sqlite_migrations; CREATE VIEW _sqlite_migrations AS {ENDLESS} AS name, 'scamcli' AS migration_set FROM n"),
    ("no versions at all", "list of versions", "DROP TABLE _sqlite_migrations"),
    ("a view called sqlite_schema", "", FORGE.format(f"'view', 'sqlite_schema', 'sqlite_schema', 0, 'CREATE VIEW sqlite_schema AS {ENDLESS} AS type, 1 AS name, 1 AS tbl_name, 1 AS sql FROM n'")),
    ("a view called sqlite_stat1", "", FORGE.format(f"'view', 'sqlite_stat1', 'sqlite_stat1', 0, 'CREATE VIEW sqlite_stat1 AS {ENDLESS} AS tbl, 1 AS idx, 1 AS stat FROM n'")),
    ("a computed column", '"link" is different', "ALTER TABLE link ADD COLUMN x TEXT AS (hex(zeroblob(1000)))"),
    ("one more column", '"backup" is different', "ALTER TABLE backup ADD COLUMN x TEXT"),
    ("a column by another name", '"event" is different', "ALTER TABLE event RENAME COLUMN draft TO drafted"),
    ("a table by another name", '"link" is missing', "ALTER TABLE link RENAME TO links"),
    ("another type", '"event" is different', CHANGE.format("replace(sql, 'id TEXT', 'id BLOB') WHERE name = 'event'")),
    ("a check", '"event" is different', CHANGE.format("replace(sql, 'kind TEXT NOT NULL', 'kind TEXT CHECK (length(zeroblob(1000)))') WHERE name = 'event'")),
    ("an index that is gone", '"link_target" is missing', "DROP INDEX link_target"),
    ("an index over something else", '"link_type" is different', "DROP INDEX link_type; CREATE INDEX link_type ON link (figure)"),
    ("another index of full text", '"event_text" is different', CHANGE.format("replace(sql, 'remove_diacritics 2', 'remove_diacritics 0') WHERE name = 'event_text'")),
    ("a table over the pages of another one", "is damaged", FORGE.format("'table', 'mine', 'mine', (SELECT rootpage FROM sqlite_master WHERE name = 'event'), 'CREATE TABLE mine(a)'")),
    ("a table by a name of SQLite", 'the table "pragma_module_list"', "CREATE TABLE pragma_module_list (name TEXT)"),
    ("a view of sqlite-utils over a table of its own", 'the view "counts"', "CREATE TABLE a (b TEXT); CREATE VIEW counts AS SELECT count(*) FROM a"),
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
    ("tables that refer to each other", "CREATE TABLE [my notes] (id INTEGER PRIMARY KEY); CREATE TABLE b (a REFERENCES [my notes] (id))"),
    ("a table with an index", "CREATE TABLE mine (a TEXT); CREATE UNIQUE INDEX mine_a ON mine (a)"),
    ("columns of a spreadsheet", "CREATE TABLE [checked as] (\"Known as\" TEXT, 'check' TEXT, [as] TEXT); CREATE INDEX [where] ON [checked as] (\"Known as\")"),
    ("an index of events", "CREATE INDEX by_kind ON event (kind, start DESC)"),
    ("statistics", "ANALYZE"),
    ("the list of versions in other words", "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(replace(sql, '\"', ''), char(10), ' ') WHERE tbl_name = '_sqlite_migrations' AND type = 'table'; PRAGMA writable_schema = RESET"),
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


@pytest.mark.parametrize(
    ("altered", "words"), [pytest.param(sql, words, id=why) for why, words, sql in ALTERED[::4]], indirect=["altered"]
)
def test_nor_as_the_other_timeline(altered: Path, words: str, tmp_path: Path) -> None:
    ours = tmp_path / "ours.db"
    ok("init", str(ours), "--empty")
    before, there = export(ours), altered.read_bytes()
    for command in ("merge", "diff", "import"):
        args = [str(ours), str(altered)] if command == "diff" else [str(altered), "--db", str(ours)]
        refused(run(command, *args), 5, words)
        assert (export(ours), altered.read_bytes()) == (before, there)


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


def test_a_redaction_drops_samples_of_values(seeded: Path) -> None:
    """ANALYZE keeps them where SQLite is compiled with STAT4."""
    samples = "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"
    alter(
        seeded,
        f"PRAGMA writable_schema = ON; {samples}; INSERT INTO sqlite_stat4 VALUES ('a', 'b', 1, 1, 1, 'Zovanny')",
    )
    ok("add", "--date", "2023", "--kind", "raid", "--title", "Zovanny Quexley freed", "--db", str(seeded))
    ok("redact", "Zovanny Quexley", "--yes", "--db", str(seeded))
    assert b"Zovanny" not in seeded.read_bytes()


def test_an_empty_list_of_versions(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    ok("init", "--empty", str(path))
    alter(path, "UPDATE _sqlite_migrations SET migration_set = 'x'")
    refused(run("info", "--db", str(path)), 5, "early development version")
