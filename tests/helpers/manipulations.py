# ruff: noqa: E501 - tables
"""Ways in which somebody could alter a file, with and without hiding it in the history. All names are invented."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from scamcli.records.canonical import digest, line
from scamcli.store import heads, sealed_content
from scamcli.store.history import salted, seal
from scamcli.timeline.verify import problems
from tests.helpers.driver import actor, event, ok, take_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEFT_OUT = {
    "_sqlite_migrations": "not content: says which steps made the tables, which every command compares with the tables",
    "timestamp_request": "not content: a request is no change, and what answers it is checked when it is kept",
}
"""The tables that are not altered, and why. Every other table of a file is, so that a new one cannot be forgotten."""

INDEXES = ("event_text_", "event_stem_")
"""The beginnings of the names of tables in which FTS5 keeps its index, apart from the texts themselves.

FTS5's own check does not find an alteration of which nothing is to be seen.
"""


class Manipulation(NamedTuple):
    """A way of altering a file: its description, its SQL, and whether the digests and seals are computed again."""

    words: str
    sql: str
    recomputed: bool = False


EVENT = "id = '2023-01-02-first'"
RECORD = "UPDATE event SET record = replace(record, '\"289\"', '\"298\"') WHERE " + EVENT
CUT = (
    "DELETE FROM change_record WHERE change = (SELECT max(id) FROM change);;"
    "DELETE FROM change_content WHERE change = (SELECT max(id) FROM change);;"
    "DELETE FROM change WHERE id = (SELECT max(id) FROM change)"
)
NAMED = (
    Manipulation("a record is replaced by another one", RECORD),
    Manipulation(
        "a record is replaced, and its digest computed again",
        f"{RECORD};;UPDATE change_record SET after = digest((SELECT record FROM event WHERE {EVENT})) WHERE name = '2023-01-02-first' AND change = (SELECT max(change) FROM change_record WHERE name = '2023-01-02-first')",
    ),
    Manipulation("a record is replaced, and the whole chain computed again", RECORD, recomputed=True),
    Manipulation(
        "an earlier version of a record is altered",
        "UPDATE change_record SET before = replace(before, '\"Second raid\"', '\"Second raze\"') WHERE before LIKE '%Second raid%'",
    ),
    Manipulation(
        "an earlier version is altered, and the whole chain computed again",
        "UPDATE change_record SET before = replace(before, '\"Second raid\"', '\"Second raze\"') WHERE before LIKE '%Second raid%'",
        recomputed=True,
    ),
    Manipulation("the text of a source is altered", "UPDATE snapshot SET text = zip(replace(unzip(text), '45', '54'))"),
    Manipulation(
        "the text of a source is altered, with its hash",
        "UPDATE origin SET snapshot = sha(replace((SELECT unzip(text) FROM snapshot), '45', '54'));;UPDATE evidence_text SET snapshot = (SELECT snapshot FROM origin);;UPDATE snapshot SET sha256 = (SELECT snapshot FROM origin), text = zip(replace(unzip(text), '45', '54'))",
    ),
    Manipulation("the address of a source is altered", "UPDATE snapshot SET url = 'https://example.net/other'"),
    Manipulation("the time of a source is altered", "UPDATE snapshot SET at = '2020-01-01T00:00:00Z'"),
    Manipulation("the publication date of a source is altered", "UPDATE snapshot SET published = '2020-01-01'"),
    Manipulation("the row that says where a draft comes from is deleted", "DELETE FROM origin"),
    Manipulation("the passage that a draft comes from is moved", "UPDATE origin SET start = start + 1"),
    Manipulation("the author of a change is altered", "UPDATE change SET author = 'somebody' WHERE id = 2"),
    Manipulation("the time of a change is altered", "UPDATE change SET at = '2020-01-01T00:00:00Z' WHERE id = 2"),
    Manipulation(
        "a change in the middle is deleted",
        "DELETE FROM change_record WHERE change = 2;;DELETE FROM change WHERE id = 2",
    ),
    Manipulation("the newest change is cut off, with what it changed", "DELETE FROM setting;;" + CUT),
    Manipulation("all seals are computed again", "SELECT 1", recomputed=True),
    Manipulation(
        "protection is switched off",
        "UPDATE term SET record = replace(record, '\"protected\": true', '\"protected\": false'), placeholder = NULL WHERE name = 'Dara Veasna'",
    ),
    Manipulation(
        "the number that masks a protected person is altered",
        "UPDATE term SET placeholder = placeholder + 1 WHERE placeholder NOT NULL",
    ),
    Manipulation("the list of copies is altered", "UPDATE backup SET path = '/elsewhere/copy.db'"),
    Manipulation("a copy is taken off the list", "DELETE FROM backup"),
    Manipulation("a setting that protects people is lowered", "UPDATE setting SET value = 0"),
    Manipulation(
        "a row that was redacted is altered",
        "UPDATE change_record SET before = replace(before, '\"Third', '\"Bird') WHERE salt IS NULL AND before LIKE '%\"Third%'",
    ),
    Manipulation(
        "a row loses its salt, as if it were redacted",
        "UPDATE change_record SET salt = NULL WHERE (change, type, name) IN (SELECT change, type, name FROM change_record WHERE salt NOT NULL LIMIT 1)",
    ),
    Manipulation("an evidence file gets another source", "UPDATE evidence_source SET source = 'Another Paper'"),
    Manipulation("an entry in the chain of custody is deleted", "DELETE FROM custody"),
    Manipulation("a timestamp is deleted", "DELETE FROM timestamp"),
    Manipulation("a timestamp gets another time", "UPDATE timestamp SET at = '2020-01-01T00:00:00Z'"),
)
"""The manipulations of the trials, and others like them. An older copy of the whole file is tested beside them."""


def made(path: Path) -> Path:
    """A timeline with rows in every table that holds content, also from a redaction."""
    take_in(
        path,
        {"type": "metric", "name": "sightings", "unit": "people", "split": "province", "count": "aggregate"},
        actor("Dara Veasna", kind="person", protected=True, aliases=["D. V."]), actor("Sar Lim", kind="person"), actor("Open Body", kind="ngo"),
        {"type": "site", "name": "Blue Gate", "province": "Kandal", "owners": [{"name": "Open Body"}]},
        event("2023-01-02-first", "2023-01-02", "statement", title="First words", summary="Of many", sites=["Blue Gate"], tags=["one"],
              actors=[{"name": "Dara Veasna", "role": "victim"}], provinces=["Kandal"], nationalities=["Thai"], dataset=None,
              figures=[{"metric": "complaints", "stated": "289", "stated_by": "Open Body"}, {"metric": "sightings", "stated": "4"}],
              sources=[{"outlet": "VOD", "via": "CamboJA"}]),
        event("2023-02-03-second", "2023-02-03", "raid", title="Second raid", links=[{"type": "follows", "event": "2023-01-02-first", "note": "n"}]),
        event("2023-03-03-third", "2023-03-03", title="Third day of Sar Lim", actors=[{"name": "Sar Lim", "role": "subject"}]),
    )  # fmt: skip
    text = "March 5, 2024: Police in Kandal freed 45 Thai workers from Blue Gate, Open Body said.\n"
    db = ["--db", str(path)]
    ok("edit", "2023-02-03-second", "--title", "Second raid again", "--reason", "a typing error", *db)
    ok("edit", "2023-03-03-third", "--note", "Seen by Sar Lim.", *db)
    ok("remove", "2023-03-03-third", "--same-as", "2023-02-03-second", *db)
    ok(
        "ingest",
        "-",
        "--outlet",
        "Example Daily",
        "--url",
        "https://example.org/a",
        "--date",
        "2024-03-06",
        *db,
        stdin=text,
    )
    photo = path.with_name("photo.jpg")
    photo.write_bytes(b"a picture")
    ok("evidence", "add", str(photo), "--source", "CamboJA", "--event", "2023-01-02-first", *db)
    ok("backup", str(path.with_name("copy.db")), *db)
    ok("redact", "--yes", "Sar Lim", *db)
    ok("redact", "--yes", "Open Body", *db)
    add_timestamp(path)
    ok("info", "--min-cell", "5", *db)
    return path


def add_timestamp(path: Path) -> None:
    """Keep a timestamp of the head by an authority of our own."""
    from tests.helpers.timestamp_authority import Authority

    request, reply, db = path.with_name("request.tsq"), path.with_name("reply.tsr"), ["--db", str(path)]
    ok("log", "--timestamp-request", str(request), *db)
    reply.write_bytes(Authority(path.with_name("authority")).reply(request.read_bytes()))
    ok("log", "--timestamp", str(reply), *db)


def alter(connection: sqlite3.Connection, what: Manipulation) -> None:
    """Do what a manipulation describes."""
    import zlib
    from hashlib import sha256

    connection.execute("PRAGMA foreign_keys = OFF")
    connection.create_function("digest", 1, lambda text: None if text is None else digest(text))
    connection.create_function("sha", 1, lambda text: sha256(text.encode()).hexdigest())
    connection.create_function("zip", 1, lambda text: zlib.compress(text.encode()))
    connection.create_function("unzip", 1, lambda packed: zlib.decompress(packed).decode())
    for statement in what.sql.split(";;"):
        connection.execute(statement)
    if what.recomputed:
        recompute(connection)
    connection.commit()


def recompute(connection: sqlite3.Connection) -> None:
    """Make all digests and seals fit what is there, with new salts, as somebody would who knows this program.

    Timestamps are deleted, because no authority gave one for the new history.
    """
    connection.execute("DELETE FROM timestamp")
    connection.execute("DELETE FROM change_content WHERE type = 'timestamp'")
    connection.execute(
        "UPDATE change_record AS c SET after = digest(coalesce((SELECT before FROM change_record n"
        " WHERE n.type = c.type AND n.name = c.name AND n.change > c.change ORDER BY n.change LIMIT 1),"
        " (SELECT record FROM event WHERE c.type = 'event' AND id = c.name),"
        " (SELECT record FROM term t WHERE t.type = c.type AND t.name = c.name))) WHERE after NOT NULL"
    )
    connection.execute("UPDATE change SET salt = randomblob(16) WHERE salt NOT NULL")
    for type_ in sealed_content.TYPES:
        for name, content in list(sealed_content.stored(connection, type_)):
            where = "type = ?1 AND name = ?2 AND change = (SELECT max(change) FROM change_content WHERE type = ?1 AND name = ?2)"
            for (salt,) in connection.execute(
                f"SELECT salt FROM change_content WHERE {where}", [type_, name]
            ).fetchall():
                after = salted(salt or b"", line(content))
                connection.execute(f"UPDATE change_content SET after = ?3 WHERE {where}", [type_, name, after])
    for (number,) in connection.execute("SELECT id FROM change ORDER BY id").fetchall():
        seal(connection, number)


def tables(connection: sqlite3.Connection) -> list[str]:
    """Return the tables to alter: all that a file has, apart from those that are left out and from virtual ones."""
    rows = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')"
    )
    return sorted({name for (name,) in rows if not name.startswith("sqlite_")} - set(LEFT_OUT))


def generated(connection: sqlite3.Connection, table: str) -> Iterator[Manipulation]:
    """Yield an edit of each column, and a deletion and a duplication of a row, of a table."""
    columns = [(name, type_) for _, name, type_, *_ in connection.execute(f'PRAGMA table_info("{table}")')]
    for name, type_ in columns:
        yield from _edits(connection, table, name, type_)
    row = _row(connection, table)
    for hidden in (False, True):
        yield Manipulation(f"a row of {table} is deleted", f'DELETE FROM "{table}" WHERE {row}', hidden)
    listed = ", ".join(f'"{name}"' for name, _ in columns)
    yield Manipulation(
        f"a row of {table} is there twice",
        f'INSERT INTO "{table}" ({listed}) SELECT {_copied(connection, table)} FROM "{table}" WHERE {row}',
    )


def _row(connection: sqlite3.Connection, table: str) -> str:
    """Return the condition for one row of a table, by all of its columns."""
    cursor = connection.execute(f'SELECT * FROM "{table}" LIMIT 1 OFFSET (SELECT count(*) / 2 FROM "{table}")')
    row = cursor.fetchone()
    assert row is not None, f"{table} has no row"
    return " AND ".join(
        f'"{column[0]}" IS {_quoted(value)}' for column, value in zip(cursor.description, row, strict=True)
    )


def _copied(connection: sqlite3.Connection, table: str) -> str:
    """Return the columns of a copy of a row, whose key differs if the table has one."""
    info = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    keys = [name for _, name, _, _, _, key in info if key]
    return ", ".join(_other(name, type_) if keys and name == keys[-1] else f'"{name}"' for _, name, type_, *_ in info)


def _quoted(value: object) -> str:
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    return (
        "NULL"
        if value is None
        else str(value)
        if isinstance(value, int | float)
        else "'" + str(value).replace("'", "''") + "'"
    )


def _other(name: str, type_: str) -> str:
    """Return SQL for another value of a column."""
    if type_ == "INTEGER":
        return f'coalesce("{name}", 0) + 1'
    if type_ == "BLOB":
        return f"CAST(coalesce(\"{name}\", x'') || x'00' AS BLOB)"
    return f"coalesce(\"{name}\", '') || 'x'"


def _edits(connection: sqlite3.Connection, table: str, name: str, type_: str) -> Iterator[Manipulation]:
    row = _row(connection, table)
    for hidden in (False, True):
        words = f"{table}.{name} of a row is altered"
        yield Manipulation(words, f'UPDATE "{table}" SET "{name}" = {_other(name, type_)} WHERE {row}', hidden)


def finders(db: Path, head: heads.Head) -> set[str]:
    """Return what finds that a file was altered: ``--verify`` by itself, ``--against`` only with the head."""
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        if next(problems(connection, None), None) is not None:
            return {"--verify", "--against"}
        return set() if next(problems(connection, None, against=head), None) is None else {"--against"}
