"""``scamcli sql`` only reads its views: each attack is refused, and the file stays the same to the byte."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scamcli.query.sql import VIEWS
from scamcli.query.sql.guard import FUNCTIONS
from tests.helpers.driver import ok, refused, run

if TYPE_CHECKING:
    from pathlib import Path

TABLES = (
    "SELECT * FROM event", "SELECT * FROM main.event", "SELECT * FROM \"event\"", "SELECT * FROM [event]",
    "SELECT * FROM `EVENT`", "SELECT record FROM event", "SELECT 1 FROM event", "SELECT count(*) FROM event",
    "SELECT count(*) FROM main.event", "SELECT EXISTS (SELECT 1 FROM term)", "SELECT count(*) FROM term, (SELECT 1)",
    "SELECT name FROM term", "SELECT form FROM name", "SELECT * FROM figure", "SELECT * FROM link",
    "SELECT * FROM event_term", "SELECT * FROM _sqlite_migrations",
    "WITH events AS (SELECT * FROM event) SELECT * FROM events",
    "WITH events AS (SELECT count(*) FROM event) SELECT * FROM events",
    "WITH events(record) AS (SELECT record FROM event) SELECT record FROM events",
    "WITH RECURSIVE events(id) AS (SELECT id FROM event UNION SELECT id FROM events) SELECT * FROM events",
    "WITH figures AS MATERIALIZED (SELECT * FROM event) SELECT * FROM figures",
    "SELECT * FROM (SELECT * FROM event) AS events", "SELECT (SELECT record FROM event LIMIT 1) FROM events",
    "SELECT * FROM events NATURAL JOIN event", "SELECT * FROM events JOIN event USING (id)",
    "SELECT * FROM events e, event WHERE e.id = event.id", "SELECT id FROM events WHERE id IN event",
    "SELECT id FROM events WHERE id IN main.event", "SELECT id FROM events WHERE id IN (SELECT id FROM event)",
    "SELECT id FROM events ORDER BY (SELECT record FROM event)",
    "SELECT id FROM events GROUP BY (SELECT id FROM event)",
    "SELECT id FROM events LIMIT (SELECT count(record) FROM event)", "VALUES ((SELECT record FROM event))",
    "SELECT * FROM json_each((SELECT record FROM event LIMIT 1))",
    "SELECT id FROM events UNION SELECT record FROM event", "SELECT id FROM events EXCEPT SELECT id FROM event",
    "SELECT sum((SELECT start FROM event)) OVER () FROM events",
    "SELECT group_concat((SELECT id FROM event)) FROM events",
    "SELECT CASE WHEN EXISTS (SELECT id FROM event) THEN 1 END", "SELECT 1 FROM events e WHERE e.id = event.record",
    "SELECT rowid FROM events", "SELECT _rowid_ FROM figures", "SELECT oid FROM event_texts", "SELECT key FROM events",
)  # fmt: skip

INSIDES = (
    "SELECT * FROM sqlite_schema", "SELECT * FROM sqlite_master", "SELECT sql FROM main.sqlite_schema",
    "SELECT sql FROM temp.sqlite_schema", "SELECT sql FROM sqlite_temp_schema", "SELECT sql FROM sqlite_temp_master",
    "SELECT count(*) FROM sqlite_schema", "SELECT count(*) FROM sqlite_temp_schema",
    "SELECT count(*) FROM temp.sqlite_master", "SELECT * FROM sqlite_sequence", "SELECT * FROM sqlite_stat1",
    "SELECT * FROM pragma_table_list", "SELECT count(*) FROM pragma_table_list",
    "SELECT * FROM pragma_table_info('event')", "SELECT * FROM pragma_database_list",
    "SELECT count(*) FROM pragma_database_list", "SELECT * FROM pragma_function_list", "SELECT * FROM dbstat",
    "SELECT count(*) FROM dbstat", "SELECT * FROM sqlite_dbpage", "SELECT * FROM sqlite_stmt",
    "SELECT count(*) FROM sqlite_stmt", "SELECT * FROM bytecode('SELECT 1')", "SELECT * FROM tables_used('SELECT 1')",
    "SELECT * FROM event_text", "SELECT title FROM event_text", "SELECT rowid FROM event_text",
    "SELECT * FROM event_text('casino')", "SELECT * FROM event_text WHERE event_text MATCH 'casino'",
    "SELECT * FROM event_text_content", "SELECT count(*) FROM event_text_content", "SELECT * FROM event_text_data",
    "SELECT * FROM event_text_idx", "SELECT * FROM event_text_docsize", "SELECT * FROM event_text_config",
    "SELECT highlight(text, 0, '<', '>') FROM event_texts WHERE text MATCH 'a'",
    "SELECT snippet(text, 0, '<', '>', '…', 9) FROM event_texts WHERE text MATCH 'a'",
    "SELECT bm25(text) FROM event_texts WHERE text MATCH 'a'", "SELECT title FROM event_texts",
    "SELECT sqlite_source_id()", "SELECT sqlite_compileoption_get(1)", "SELECT sqlite_log(1, 'x')",
    "SELECT last_insert_rowid()", "SELECT changes()", "SELECT total_changes()", "SELECT fts5(1)",
    "SELECT fts3_tokenizer('simple')", "SELECT load_extension('x')", "SELECT readfile('/etc/passwd')",
    "SELECT writefile('/tmp/x', 'x')", "SELECT edit('x')", "SELECT digest('x')", "SELECT eval('SELECT 1')",
)  # fmt: skip

ACTIONS = (
    "INSERT INTO events VALUES (1)", "INSERT INTO event DEFAULT VALUES", "REPLACE INTO event (id) VALUES ('x')",
    "DELETE FROM event", "DELETE FROM event RETURNING record", "DELETE FROM events", "UPDATE event SET id = 'x'",
    "UPDATE event SET id = 'x' RETURNING *", "WITH x AS (SELECT 1) DELETE FROM event",
    "WITH x AS (SELECT id FROM events) UPDATE event SET kind = 'raid'", "DROP TABLE event", "DROP VIEW events",
    "DROP VIEW temp.events", "CREATE TABLE x (y)", "CREATE TEMP TABLE x AS SELECT * FROM events",
    "CREATE TEMP VIEW x AS SELECT * FROM event", "CREATE VIEW x AS SELECT 1", "CREATE INDEX x ON event (kind)",
    "CREATE TEMP TRIGGER x INSTEAD OF INSERT ON events BEGIN SELECT 1; END", "ALTER TABLE event RENAME TO x",
    "CREATE VIRTUAL TABLE temp.v USING fts5vocab('main', 'event_text', 'row')",
    "CREATE VIRTUAL TABLE temp.v USING fts5(x)", "CREATE VIRTUAL TABLE temp.v USING dbstat",
    "INSERT INTO event_text (event_text) VALUES ('rebuild')", "ATTACH ':memory:' AS x", "ATTACH '{folder}/new.db' AS x",
    "DETACH main", "VACUUM", "VACUUM INTO '{folder}/new.db'", "VACUUM main INTO '{folder}/new.db'",
    "REINDEX", "ANALYZE",
    "PRAGMA query_only = OFF", "PRAGMA query_only", "PRAGMA table_list", "PRAGMA writable_schema = ON",
    "PRAGMA temp_store_directory = '{folder}'", "PRAGMA data_version", "PRAGMA main.user_version = 9",
    "PRAGMA journal_mode = DELETE", "PRAGMA wal_checkpoint", "PRAGMA optimize", "BEGIN", "BEGIN IMMEDIATE", "COMMIT",
    "ROLLBACK", "SAVEPOINT x", "RELEASE x", "EXPLAIN SELECT * FROM event", "EXPLAIN QUERY PLAN SELECT 1",
    "EXPLAIN DELETE FROM event", "QUERY PLAN SELECT 1", "SELECT 1; DROP TABLE event", "SELECT 1;; SELECT 2",
    "/* x */ DELETE FROM event -- y", "SELECT 1 RETURNING *", "; DELETE FROM event", ";",
)  # fmt: skip

BOMBS = (
    "SELECT zeroblob(1000000000)", "SELECT hex(zeroblob(20000000))",
    "SELECT group_concat(hex(zeroblob(2000000)), '') FROM events", "SELECT replace(hex(zeroblob(9000000)), '0', 'ab')",
    "SELECT 'a' LIKE printf('%.*c', 2000, '%')", "SELECT 'a' GLOB printf('%.*c', 2000, '*')",
    f"SELECT {'+'.join('1' * 900)}", f"SELECT {'NOT ' * 900}1",
    f"SELECT {' UNION SELECT '.join('1' * 300)}", f"SELECT {', '.join('1' * 900)}",
    f"SELECT max({', '.join('1' * 150)})", f"SELECT 1 FROM {', '.join(f'events e{n}' for n in range(70))}",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT group_concat(hex(zeroblob(100000))) FROM n",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "SELECT count(*) FROM events a, events b, events c, events d, events e, events f",
)  # fmt: skip


@pytest.mark.parametrize("query", [*TABLES, *INSIDES, *ACTIONS, *BOMBS], ids=lambda query: query[:70])
def test_it_only_reads_its_views(seeded: Path, tmp_path: Path, query: str) -> None:
    before = seeded.read_bytes()
    files = sorted(path.name for path in tmp_path.iterdir())
    query = query.replace("{folder}", str(tmp_path))
    for stdin in (None, query):
        refused(run("sql", "-" if stdin else query, "--timeout", "0.5", "--db", str(seeded), stdin=stdin), 2)
    assert seeded.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == files


@pytest.mark.parametrize("query", [*TABLES, *INSIDES, *ACTIONS], ids=lambda query: query[:70])
def test_nor_more_where_names_are_printed_or_drafts_are_shown(seeded: Path, tmp_path: Path, query: str) -> None:
    query = query.replace("{folder}", str(tmp_path))
    refused(run("sql", query, "--include-protected", "--drafts", "--db", str(seeded)), 2)


def test_every_function_that_is_allowed_is_one_that_computes() -> None:
    acting = {"load_extension", "fts3_tokenizer", "sqlite_log", "changes", "total_changes", "last_insert_rowid",
              "writefile", "readfile", "edit", "sqlite_source_id", "highlight", "snippet", "bm25"}  # fmt: skip
    assert FUNCTIONS.isdisjoint(acting)


def test_a_large_record_is_read(tmp_path: Path) -> None:
    db = tmp_path / "large.db"
    ok("init", str(db), "--empty")
    figures = [{"metric": "rescues", "stated": "1", "note": "x" * 99_000} for _ in range(150)]
    event = {"type": "event", "id": "e", "date": "2023", "kind": "raid", "title": "T", "figures": figures}
    ok("import", "-", "--db", str(db), stdin=json.dumps(event) + "\n")
    record = json.loads(ok("sql", "SELECT record FROM events", "--json", "--db", str(db)))[0]["record"]
    assert len(record) > 14_000_000


FRAGMENTS = st.sampled_from((
    "SELECT", "*", "FROM", "event", "main.", "temp.", *(view.name for view in VIEWS), "id", "record", "text", "MATCH",
    "terms('x')", "'casino*'", "WHERE", "(", ")", ",", ";", "--", "/*", "*/", "'", '"', "WITH", "AS", "n", "RECURSIVE",
    "UNION ALL", "1", "-1", "9e999", "NULL", "x'ff'", ":a", "?", "?1", "@b", "$c", "ORDER BY", "LIMIT", "GROUP BY",
    "count(*)", "json_each(record)", "OVER ()", "JOIN", "ON", "=", "LIKE", "IN", "EXISTS", "DELETE FROM", "PRAGMA",
    "RETURNING", "VALUES", "EXPLAIN", "COLLATE", "CAST", "\n", "\t", "\x1b", "\0", "ខ", "\ufeff", "\U0010ffff",
))  # fmt: skip


@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(parts=st.lists(FRAGMENTS | st.text(st.characters(exclude_categories=["Cs"]), max_size=4), max_size=14))
def test_no_text_is_a_defect_or_a_change(pristine: Path, parts: list[str]) -> None:
    before = pristine.stat().st_mtime_ns
    answer = run("sql", "-", "--timeout", "2", "--json", "--db", str(pristine), stdin=" ".join(parts))
    if answer.code == 0:
        json.loads(answer.out)
    else:
        refused(answer._replace(out=""), 2)
    assert pristine.stat().st_mtime_ns == before
