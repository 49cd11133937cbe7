# ruff: noqa: E501 - tables
"""Databases whose schema another program has altered, in ways that are drawn at random."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import random
    from pathlib import Path

EXPRESSIONS = [
    "hex(zeroblob(1000))", "upper({c})", "length({c}) + 1", "printf('%1000d', 1)", "replace(hex(zeroblob(99)), '0', 'xx')",
    "random()", "abs(-1)", "json_extract({c}, '$.id')", "load_extension('x')", "1",
]  # fmt: skip
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
SOURCES = [
    ENDLESS, "SELECT * FROM {t}", "SELECT 1 AS id", "SELECT hex(zeroblob(100000)) FROM {t}, {t}", "SELECT * FROM {v}", "SELECT * FROM nothing",
]  # fmt: skip
BODIES = [
    "DELETE FROM {t}", "UPDATE {t} SET {c} = NULL", "UPDATE {t} SET {c} = {c}", "SELECT RAISE(IGNORE)", "SELECT RAISE(ABORT, 'no')",
    "INSERT INTO backup VALUES ('2024', '/x')", "SELECT hex(zeroblob(1000000000))", "DELETE FROM change", f"SELECT count(*) FROM ({ENDLESS})",
]  # fmt: skip
REPLACED = [
    ("TEXT", "BLOB"), ("INTEGER", "ANY"), (" NOT NULL", ""), (") STRICT", ")"), ("STRICT, WITHOUT ROWID", "STRICT"), ("REFERENCES", "CHECK (1) REFERENCES"),
    ("ON DELETE CASCADE", ""), ("ON DELETE CASCADE", "ON DELETE RESTRICT"), ("PRIMARY KEY", "UNIQUE"), ("UNIQUE", ""), ("CREATE INDEX", "CREATE UNIQUE INDEX"),
    ("remove_diacritics 2", "remove_diacritics 0"), ("title, body, names", "title, names, body"), ("\n", " "), ("TEXT NOT NULL", "TEXT NOT NULL DEFAULT 'x'"),
    ("TEXT NOT NULL", "TEXT NOT NULL COLLATE NOCASE"), ("TEXT NOT NULL", "TEXT NOT NULL CHECK (length(hex(zeroblob(1000))))"), ("block BLOB", "block BLOB, x"), ("--", "/* */--"),
]  # fmt: skip
NAMES = [
    "mine", "Events", "events", "figures", "sqlite_stat1", "sqlite_schema", "sqlite_sequence", "pragma_module_list", "json_each", "event_text_x",
    "temp", "main", "idx__sqlite_migrations", 'a"b', "a'b", "x" * 2_000, "é", "claim", "term2", "snapshot", "origin", "link", "", " ",
]  # fmt: skip


class Altered(NamedTuple):
    """What was altered, and whether it only holds data, so that it may stay; ``None`` where both answers are right."""

    what: str
    is_allowed: bool | None


def alter(db: Path, chance: random.Random) -> Altered | None:
    """Alter the schema of a database in one way; ``None`` if SQLite did not take it."""
    is_allowed: bool | None
    with closing(sqlite3.connect(db)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        table = chance.choice([name for (name,) in names])
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        column = f'"{chance.choice(columns)}"'
        before = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY rowid").fetchall()
        what, is_allowed = chance.choice(WAYS)(chance, f'"{table}"', column)
        # Other words for the list of versions, or a forged table of data, do no harm.
        either = "_sqlite_migrations" in what or "CREATE TABLE" in what.partition("sqlite_master VALUES")[2]
        is_allowed = is_allowed or (None if either and "TRIGGER" not in what and "VIEW" not in what else False)
        try:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.executescript(what)
        except sqlite3.Error:
            return None
    with closing(sqlite3.connect(db)) as connection:
        try:
            after = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY rowid").fetchall()
        except sqlite3.Error:
            return Altered(what, is_allowed=False)
    return Altered(what, is_allowed) if after != before else None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _filled(chance: random.Random, text: str, table: str, column: str, view: str = "mine") -> str:
    return text.format(t=table, c=column, v=view)


def a_trigger(chance: random.Random, table: str, column: str) -> tuple[str, bool]:
    when = chance.choice(["BEFORE", "AFTER"])
    what = chance.choice(["INSERT", "UPDATE", "DELETE", f"UPDATE OF {column}"])
    body = _filled(chance, chance.choice(BODIES), table, column)
    return f"CREATE TRIGGER {_quoted(chance.choice(NAMES))} {when} {what} ON {table} BEGIN {body}; END", False


def a_view(chance: random.Random, table: str, column: str) -> tuple[str, bool]:
    name = _quoted(chance.choice(NAMES))
    return f"CREATE VIEW {name} AS {_filled(chance, chance.choice(SOURCES), table, column, name)}", False


def a_view_in_place_of_a_table(chance: random.Random, table: str, column: str) -> tuple[str, bool]:
    source = _filled(chance, chance.choice(SOURCES), chance.choice(["event", "term"]), column, table)
    return f"DROP TABLE {table}; CREATE VIEW {table} AS {source}", False


def a_column(chance: random.Random, table: str, column: str) -> tuple[str, bool]:
    expression = _filled(chance, chance.choice(EXPRESSIONS), table, column)
    more = chance.choice(
        [
            "",
            f"AS ({expression})",
            f"GENERATED ALWAYS AS ({expression}) VIRTUAL",
            "DEFAULT 'x'",
            f"CHECK ({expression})",
        ]
    )
    return f"ALTER TABLE {table} ADD COLUMN x TEXT {more}", False


def a_rename(chance: random.Random, table: str, column: str) -> tuple[str, bool]:
    return (
        f"ALTER TABLE {table} RENAME {chance.choice([f'COLUMN {column}', ''])} TO {chance.choice(['other', 'x'])}",
        False,
    )


def a_drop(chance: random.Random, table: str, column: str) -> tuple[str, bool]:
    index = chance.choice(
        ["event_start_id", "link_target", "figure_metric", "change_undoes", "event_kind", "name_term"]
    )
    return chance.choice(
        [f"DROP TABLE {table}", f"DROP INDEX {index}", f"ALTER TABLE {table} DROP COLUMN {column}"]
    ), False


def a_definition(chance: random.Random, table: str, _: str) -> tuple[str, bool]:
    old, new = (one.replace("'", "''") for one in chance.choice(REPLACED))
    where = f"tbl_name = '{table.strip(chr(34))}'" if chance.random() < 0.7 else "1"
    sql = f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '{new}') WHERE {where}"
    return f"PRAGMA writable_schema = ON; {sql}; PRAGMA writable_schema = RESET", False


def a_forgery(chance: random.Random, table: str, column: str) -> tuple[str, bool]:
    name = chance.choice(NAMES).replace("'", "''")
    kind = chance.choice(["view", "table", "trigger", "index", "thing"])
    create = chance.choice([
        f"CREATE VIEW {_quoted(name)} AS {chance.choice(SOURCES)}", f"CREATE TABLE {_quoted(name)}(tbl,idx,stat)", f"CREATE TABLE {_quoted(name)}(a AS (1), b)",
        f"CREATE TRIGGER {_quoted(name)} AFTER INSERT ON {table} BEGIN {BODIES[0]}; END", "", "DROP TABLE event", "CREATE TABLE event(x)", "create table x as select 1",
    ])  # fmt: skip
    create = _filled(chance, create, table, column).replace("'", "''")
    page = chance.choice(["0", "2", "(SELECT rootpage FROM sqlite_master WHERE name = 'event')", "999999"])
    row = f"'{kind}', '{name}', '{name}', {page}, '{create}'"
    return (
        f"PRAGMA writable_schema = ON; INSERT INTO sqlite_master VALUES ({row}); PRAGMA writable_schema = RESET",
        False,
    )


def an_index_that_computes(chance: random.Random, table: str, column: str) -> tuple[str, bool]:
    expression = _filled(chance, chance.choice(EXPRESSIONS[:-1]), table, column)
    return chance.choice([
        f"CREATE INDEX mine ON {table} (({expression}))", f"CREATE INDEX mine ON {table} ({column}) WHERE {column} > 'a'",
        f"CREATE INDEX mine ON {table} ({column} || 'x')", "CREATE TABLE a (b); CREATE INDEX mine ON a (upper(b))",
    ]), False  # fmt: skip


def a_table_that_acts(chance: random.Random, table: str, column: str) -> tuple[str, bool]:
    expression = _filled(chance, chance.choice(EXPRESSIONS), table, "a")
    return chance.choice([
        f"CREATE TABLE mine (a TEXT, b TEXT AS ({expression}))", f"CREATE TABLE mine (a TEXT CHECK ({expression}))", f"CREATE TABLE mine (a REFERENCES {table} ({column}))",
        f"CREATE TABLE mine (a, FOREIGN KEY (a) REFERENCES {table} ({column}) ON DELETE CASCADE ON UPDATE SET NULL)",
        "CREATE VIRTUAL TABLE mine USING fts5(a)", "CREATE VIRTUAL TABLE mine USING rtree(a, b, c)", "CREATE VIRTUAL TABLE mine USING fts5vocab('event_text', 'row')",
        "CREATE TABLE json_each (a)", "CREATE TABLE pragma_table_info (a)", "CREATE TABLE event_text_mine (a)", "CREATE TABLE a (b); CREATE TRIGGER c AFTER INSERT ON a BEGIN DELETE FROM event; END",
    ]), False  # fmt: skip


def what_holds_data(chance: random.Random, table: str, column: str) -> tuple[str, bool]:
    if table in {'"event_text"', '"_sqlite_migrations"'} or table.startswith('"event_text_'):
        table, column = '"event"', '"kind"'
    name = _quoted(chance.choice(["mine", "my notes", 'a"b', "é", "checked as", "_counts"]))
    return chance.choice([
        f"CREATE TABLE {name} (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL UNIQUE, b REAL DEFAULT (1 + 1))", "ANALYZE", f"CREATE INDEX {name} ON {table} ({column})",
        f"CREATE TABLE {name} (a PRIMARY KEY) WITHOUT ROWID; INSERT INTO {name} VALUES (1)", f"CREATE INDEX {name} ON {table} ({column} COLLATE NOCASE DESC)",
        f"CREATE TABLE b (c); CREATE UNIQUE INDEX {name} ON b (c); ANALYZE", f"CREATE TABLE b (c PRIMARY KEY); CREATE TABLE {name} (d REFERENCES b (c))",
    ]), True  # fmt: skip


WAYS = (
    a_trigger, a_trigger, a_view, a_view_in_place_of_a_table, a_column, a_rename, a_drop, a_definition, a_definition, a_forgery,
    an_index_that_computes, a_table_that_acts, what_holds_data,
)  # fmt: skip
