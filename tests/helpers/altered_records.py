# ruff: noqa: E501 - tables
"""Databases whose rows another program has altered: malformed records, circles, and references to missing rows."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from scamcli.records.canonical import digest
from scamcli.store.history import seal
from tests.helpers.driver import actor, event, ok, take_in

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

VALUES: list[Any] = [
    None, True, 0, -1, 1, 2**31, 2**53 + 1, -(2**63), 10**400, 0.5, 1e308, float("inf"), float("nan"), "", " ", "x",
    "x" * 100_000, "é\u202e\x1b[31m", "\ud800", "a\x00b", "2023-99", "9999-12-31", "0000", "-5000", "2023/2021", "..",
    "e-1", "e-2", "Open Person", "Guarded Person", "[protected-1]", "rescues", "nothing", [], {}, [None], [[]], [{}],
    [1, "a", None, {}], {"name": None}, {"name": "a", "role": "speaker"}, ["a"] * 5_000, [{"id": "w"}] * 500,
]  # fmt: skip
TEXTS = [
    "", "null", "[]", "{}", "5", '"x"', "{", "nan", "[" * 50_000, '{"a":' * 50_000, "[" * 50_000 + "]" * 50_000,
    '{"a":' * 50_000 + "1" + "}" * 50_000, "9" * 100_000, '{"type": "event"}', "\x00", "[" + "[]," * 200_000 + "[]]",
    '"' + "x" * 3_000_000 + '"',
]  # fmt: skip
DEEP = "[" * 50_000 + "]" * 50_000

RECORDS = (("event", "record", "id"), ("term", "record", "name"), ("change_record", "before", "name"))


def made(path: Path) -> Path:
    """A small timeline with everything that a record can hold, drafts with their texts, and a history."""
    take_in(
        path,
        {"type": "metric", "name": "sightings", "unit": "people", "split": "province", "count": "aggregate"},
        actor("Guarded Person", kind="person", protected=True, aliases=["Uppy Wrench"], member_of=["Open Body"]),
        actor("Open Person", aliases=["O. P."], note="note", member_of=["Open Body"]), actor("Open Body", kind="ngo"),
        {"type": "site", "name": "Blue Gate", "province": "Kandal", "owners": [{"name": "Open Person", "note": "n"}],
         "operators": [{"name": "Open Body"}], "statuses": [{"status": "raided", "date": "2023-01", "event": "e-1"}]},
        event("e-1", "2023-01-02", "rescue", title="First words", summary="Of many", tags=["one"], provinces=["Kandal"],
              actors=[{"name": "Guarded Person", "role": "victim"}], sites=["Blue Gate"], nationalities=["Thai"],
              figures=[{"id": "w", "metric": "rescues", "stated": "12", "split": {"by": "nationality"}},
                       {"id": "p", "metric": "rescues", "stated": "2", "nationality": "Thai", "part_of": "w"},
                       {"metric": "sightings", "stated": "4"}],
              places=[{"name": "Mae Sot", "country": "TH"}], sources=[{"outlet": "VOD", "via": "CamboJA"}]),
        event("e-2", "2023-02", title="Second", links=[{"type": "repeats", "event": "e-1", "note": "n"}],
              figures=[{"id": "w", "metric": "rescues", "stated": "more than 12", "stated_by": "Open Person"}]),
        event("e-3", "2023-03-04", title="Third", links=[{"type": "follows", "event": "e-2"}]),
        event("e-4", "2023-03-04", title="Fourth"), event("e-5", "2023-03-05", title="Fifth"),
    )  # fmt: skip
    for args in (
        ["edit", "e-2", "--note", "1"], ["edit", "e-2", "--note", "2"], ["remove", "e-4"], ["undo"],
        ["undo", "--redo"], ["remove", "e-5", "--same-as", "e-3"], ["edit", "e-1", "--tag", "two"], ["undo"],
        ["names", "alias", "Open Person", "Another Name"],
    ):  # fmt: skip
        ok(*args, "--db", str(path))
    text = "March 5, 2024: Police in Kandal freed 45 Thai workers from Blue Gate, Open Person said.\n"
    ok("ingest", "-", "--outlet", "Example Daily", "--db", str(path), stdin=text)
    return path


def alter(db: Path, chance: random.Random) -> str:
    """Alter one value, and in half of the cases hide the change. Return a description of the change."""
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        how = chance.choice(WAYS)
        what = how(connection, chance)
        if chance.random() < 0.5:
            _hide(connection)
            what += ", hidden"
        connection.commit()
    return f"{how.__name__}: {what}"


def _hide(connection: sqlite3.Connection) -> None:
    """Make the digests and seals of the history match the present records, as far as these can be read."""
    connection.create_function("digest", 1, digest)
    with suppress(sqlite3.Error, UnicodeError, ValueError):
        connection.execute(
            "UPDATE change_record AS c SET after = digest(coalesce((SELECT before FROM change_record n"
            " WHERE n.type = c.type AND n.name = c.name AND n.change > c.change ORDER BY n.change LIMIT 1),"
            " (SELECT record FROM event WHERE c.type = 'event' AND id = c.name),"
            " (SELECT record FROM term t WHERE t.type = c.type AND t.name = c.name))) WHERE after NOT NULL"
        )
        for (number,) in connection.execute("SELECT id FROM change ORDER BY id LIMIT 100").fetchall():
            seal(connection, number)


def _one(connection: sqlite3.Connection, chance: random.Random, table: str, columns: str) -> tuple[Any, ...]:
    rows = connection.execute(f"SELECT {columns} FROM {table}").fetchall()
    return tuple(chance.choice(rows))


def a_value(connection: sqlite3.Connection, chance: random.Random) -> str:
    """Another value somewhere within a record."""
    table, column, _ = chance.choice(RECORDS)
    rows = connection.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} NOT NULL").fetchall()
    (text,) = chance.choice(rows)
    record = json.loads(text)
    path = _replace(record, chance)
    changed = json.dumps(record, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    changed = changed.replace(b'"DEEP"', DEEP.encode())
    connection.execute(f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE {column} = ?", [changed, text])
    return f"{table} {path}"


def _replace(record: Any, chance: random.Random) -> str:
    path = ""
    while True:
        keys = list(record) if isinstance(record, dict) else range(len(record))
        key = chance.choice(keys)
        path += f".{key}"
        inner = record[key]
        if inner and isinstance(inner, dict | list) and chance.random() < 0.7:
            record = inner
            continue
        action = chance.randrange(8)
        if action == 0:
            del record[key]
        elif action == 1 and isinstance(record, dict):
            record[chance.choice(["x", "id", "name", "type", ""])] = chance.choice(VALUES)
        elif action == 2:
            record[key] = [inner, inner]
        elif action == 3:
            record[key] = "DEEP"
        else:
            record[key] = chance.choice(VALUES)
        return f"{path} ({action}: {str(record.get(key) if isinstance(record, dict) else '')[:60]!r})"


def a_text(connection: sqlite3.Connection, chance: random.Random) -> str:
    """Another text in place of a record."""
    table, column, key = chance.choice(RECORDS)
    name, text = _one(connection, chance, table, f"{key}, {column}")
    new = chance.choice([*TEXTS, (text or "")[: len(text or "") // 2], (text or "") * 2])
    value = b"\xff\xfe{}" if chance.random() < 0.1 else new.encode()
    connection.execute(f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE {key} = ?", [value, name])
    return f"{table} {name} {new[:20]!r}"


COLUMNS = {
    "event": ("key", "id", "start", "last", "sure", "kind", "draft"), "term": ("id", "type", "name", "placeholder"),
    "name": ("type", "level", "form", "term"), "event_term": ("term", "rel", "event", "roles"),
    "figure": ("n", "id", "metric", "unit", "stated", "low", "best", "high", "period", "count", "part_of", "of",
               "stated_by", "split_by", "province"),
    "link": ("type", "target", "figure", "n"), "change": ("at", "author", "command", "reason", "undoes", "id", "seal"),
    "change_record": ("change", "type", "name", "after", "successor", "placeholder"),
    "snapshot": ("sha256", "at", "title", "outlet", "url", "published", "text"), "backup": ("at", "path"),
    "origin": ("event", "snapshot", "start", "end", "reasons", "unread", "twin"),
    "event_text": ("title", "body", "names"),
}  # fmt: skip


def a_column(connection: sqlite3.Connection, chance: random.Random) -> str:
    """Another value in a column that is not a record."""
    table = chance.choice(list(COLUMNS))
    column = chance.choice(COLUMNS[table])
    values = [
        one
        for one in VALUES
        if one is None or isinstance(one, str | float) or (isinstance(one, int) and abs(one) < 2**63)
    ]
    value = chance.choice([*values, *TEXTS[:12], b"\xff", b"x\x9c" * 50, 2**62, -(2**40), 2, 3, 5])
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    done: int | str
    try:
        done = connection.execute(
            f'UPDATE OR REPLACE {table} SET "{column}" = ? WHERE rowid IN (SELECT rowid FROM {table} ORDER BY random() LIMIT 1)'
            if table not in {"name", "event_term", "figure", "link", "change_record"}
            else f'UPDATE OR REPLACE {table} SET "{column}" = ? WHERE abs(random()) % 4 = 0',
            [value],
        ).rowcount
    except (sqlite3.Error, OverflowError) as error:
        done = str(error)
    return f"{table}.{column} = {str(value)[:40]!r} ({done})"


def a_circle(connection: sqlite3.Connection, chance: random.Random) -> str:
    """Rows that lead back to themselves."""
    statement = chance.choice([
        "UPDATE change SET undoes = id", "UPDATE change SET undoes = (SELECT max(id) FROM change) - id",
        "UPDATE change SET undoes = id + 1", "UPDATE change SET undoes = id WHERE undoes NOT NULL",
        "UPDATE change_record SET successor = name, after = NULL WHERE type = 'event'",
        "UPDATE change_record SET successor = CASE name WHEN 'e-5' THEN 'e-4' ELSE 'e-5' END, after = NULL WHERE name IN ('e-4', 'e-5')",
        "UPDATE link SET target = (SELECT id FROM event WHERE event.key = link.event)",
        "UPDATE figure SET part_of = id", "UPDATE figure SET part_of = CASE id WHEN 'w' THEN 'p' ELSE 'w' END",
        "UPDATE event SET record = json_set(record, '$.links[0].event', id)",
        "UPDATE event SET record = json_set(record, '$.figures[0].part_of', 'p') WHERE id = 'e-1'",
        "UPDATE event SET record = json_set(record, '$.figures[0].of', json('[\"w\", \"p\"]'))",
        "UPDATE event SET record = json_set(record, '$.links', json('[{\"type\": \"includes\", \"event\": \"e-1\"}, {\"type\": \"includes\", \"event\": \"e-2\"}]'))",
        "UPDATE term SET record = json_set(record, '$.member_of', json_array(name)) WHERE type = 'actor'",
        "UPDATE term SET record = json_set(record, '$.aliases', json_array(name, 'Open Person')) WHERE type = 'actor'",
        "UPDATE term SET record = json_set(record, '$.owners[0].name', name) WHERE type = 'site'",
        "UPDATE term SET record = json_set(record, '$.operators[0].name', name) WHERE type = 'site'",
        "UPDATE term SET record = json_set(record, '$.statuses[0].date', name) WHERE type = 'site'",
        "UPDATE origin SET twin = event",
    ])  # fmt: skip
    connection.execute(statement)
    return statement


def a_number(connection: sqlite3.Connection, chance: random.Random) -> str:
    """Keys below zero, at the end of their range, or of nothing."""
    statement = chance.choice([
        "UPDATE event SET key = -key", "UPDATE event SET key = key + (1 << 60)", "UPDATE event SET key = -9223372036854775808 WHERE id = 'e-1'",
        "UPDATE event SET key = 9223372036854775807 WHERE id = 'e-2'", "UPDATE term SET id = -id", "UPDATE term SET id = 9223372036854775807 WHERE name = 'VOD'",
        "UPDATE change SET id = -id", "UPDATE change SET id = 9223372036854775807 WHERE id = (SELECT max(id) FROM change)",
        "UPDATE term SET placeholder = -1 WHERE placeholder NOT NULL", "DELETE FROM term", "DELETE FROM name", "DELETE FROM event_term", "DELETE FROM figure", "DELETE FROM link",
        "DELETE FROM change", "DELETE FROM change_record", "DELETE FROM snapshot", "DELETE FROM event_text", "DELETE FROM event",
        "DELETE FROM _sqlite_migrations", "DELETE FROM _sqlite_migrations WHERE id > 2", "INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('scamcli', x'ff')",
        "UPDATE event_text_data SET block = zeroblob(100)", "UPDATE event_text_data SET block = randomblob(4000)", "UPDATE event_text_idx SET pgno = 0", "DELETE FROM event_text_docsize",
        "UPDATE event_text_config SET v = 999", "PRAGMA user_version = 1", "PRAGMA user_version = 77",
        "UPDATE event SET start = 1 << 62, last = -(1 << 62)", "UPDATE event_term SET roles = -1", "UPDATE name SET level = 99",
        "INSERT INTO change SELECT id + 1000, at, author, command, reason, undoes, seal FROM change",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO change (id, at, author, command, undoes) SELECT i + 1000, '2024', 'a', 'undo', i + 999 FROM n",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO change_record (change, type, name, before, successor) SELECT 1, 'event', 'c-' || i, '{}', 'c-' || (i + 1) FROM n",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO link SELECT (SELECT min(key) FROM event), i + 9, 'repeats', 'e-2', NULL FROM n",
    ])  # fmt: skip
    try:
        connection.execute(statement)
    except sqlite3.Error as error:
        return f"{statement}: {error}"
    return statement


WAYS: list[Callable[[sqlite3.Connection, random.Random], str]] = [
    a_value,
    a_value,
    a_value,
    a_text,
    a_column,
    a_column,
    a_circle,
    a_number,
]
