# ruff: noqa: E501 - tables
"""``info --verify`` finds every kind of damage, and nothing where there is none. All names are invented."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.driver import Answer, actor, event, export, lines, ok, process, refused, run, take_in


def verify(db: Path, *flags: str) -> Answer:
    return run("info", "--verify", *flags, "--db", str(db))


def sound(db: Path) -> None:
    answer = verify(db, "--json")
    assert answer.code == 0, answer
    assert json.loads(answer.out)["problems"] == 0


def parts(db: Path) -> set[str]:
    """The damaged parts that are listed, with exit code 5 and the file unchanged."""
    before = db.read_bytes()
    answer = verify(db, "--json")
    assert answer.code == 5, answer
    assert "damaged" in answer.err
    assert "Traceback" not in answer.err
    rows = json.loads(answer.out)
    assert rows
    assert all(set(row) == {"part", "record", "reason"} for row in rows)
    assert db.read_bytes() == before
    return {row["part"] for row in rows}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small timeline with rows in every table, and a history of several changes."""
    db = tmp_path_factory.mktemp("made") / "made.db"
    take_in(
        db,
        {"type": "metric", "name": "sightings", "unit": "people", "split": "province", "count": "aggregate", "about": "own"},
        actor("Quintessa Brodnik", kind="person", protected=True, aliases=["Uppy Wrench"]),
        actor("Open Person", aliases=["O. P."], note="note"),
        {"type": "site", "name": "Blue Gate", "province": "Kandal", "owners": [{"name": "Open Person", "note": "n"}]},
        event("e-1", "2023-01-02", "rescue", title="First words", summary="Of many", tags=["one"], provinces=["Kandal"],
              actors=[{"name": "Quintessa Brodnik", "role": "victim"}], sites=["Blue Gate"], nationalities=["Thai"],
              figures=[{"id": "w", "metric": "rescues", "stated": "12", "split": {"by": "nationality"}},
                       {"metric": "rescues", "stated": "2", "nationality": "Thai", "part_of": "w"}, {"metric": "sightings", "stated": "4"}],
              places=[{"name": "Mae Sot", "country": "TH"}], sources=[{"outlet": "VOD", "via": "CamboJA"}]),
        event("e-2", "2023-02", title="Second", links=[{"type": "follows", "event": "e-1", "note": "n"}]),
        event("e-3", title="Third"),
    )  # fmt: skip
    for note in ("1", "2", "3"):
        ok("edit", "e-2", "--note", note, "--db", str(db))
    ok("edit", "Open Person", "-", "--db", str(db), stdin=lines([{"type": "actor", "note": "another"}]))
    ok("remove", "e-3", "--db", str(db))
    ok("undo", "--db", str(db))
    take_in(db, event("e-4", title="Fourth"))
    sound(db)
    return db


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "copy.db"))


def change(db: Path, sql: str) -> None:
    """Change a database directly, without checks of its references."""
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        before = connection.total_changes
        for one in sql.split(";;"):
            connection.execute(one)
        assert connection.total_changes > before, "it changes something"
        connection.commit()


DAMAGE: list[tuple[str, str]] = [
    # A text that is another, a column that is not its record's.
    ("history", "UPDATE event SET record = replace(record, '\"best\": 12', '\"best\": 13')"),
    ("record", "UPDATE event SET record = replace(record, '{', '[') WHERE id = 'e-3'"),
    ("record", "UPDATE event SET record = replace(record, '\"2023-02\"', '\"2023-99\"')"),
    ("record", "UPDATE event SET start = start + 1 WHERE id = 'e-1'"),
    ("record", "UPDATE event SET kind = 'raid' WHERE id = 'e-1'"),
    ("record", "UPDATE event SET draft = 1 WHERE id = 'e-1'"),
    ("record", "UPDATE event SET id = 'e-9' WHERE id = 'e-3'"),
    ("record", "UPDATE term SET name = 'Other Person' WHERE name = 'Open Person'"),
    ("record", "UPDATE term SET placeholder = NULL WHERE placeholder IS NOT NULL"),
    # Records that are gone, or that came in by another door.
    ("history", "DELETE FROM event WHERE id = 'e-3'"),
    ("history", "INSERT INTO event SELECT key + 1000, 'e-8', start, last, sure, kind, draft, replace(record, 'e-3', 'e-8') FROM event WHERE id = 'e-3'"),
    # What is derived.
    ("record", "DELETE FROM figure WHERE n = 1"),
    *[("record", f"UPDATE figure SET {column} = {value} WHERE n = 1") for column, value in
      (("low", 7), ("stated", "'x'"), ("nationality", "'Lao'"), ("period", "'2020'"), ("metric", "'cases'"))],
    ("record", "DELETE FROM link"),
    ("record", "UPDATE link SET target = 'e-3'"),
    ("record", "DELETE FROM event_term WHERE rel = 0"),
    ("name", "DELETE FROM name WHERE level = 3"),
    ("name", "INSERT INTO name SELECT type, 1, 'Another Alias', term FROM name WHERE level = 0 AND type = 'site'"),
    # Full text.
    ("record", "UPDATE event_text SET title = 'Other words' WHERE title = 'First words'"),
    ("text", "DELETE FROM event_text_content WHERE c0 = 'Third'"),
    ("text", "UPDATE event_text_data SET block = zeroblob(length(block)) WHERE id > 10"),
    ("text", "DELETE FROM event_stem WHERE rowid = (SELECT max(key) FROM event)"),
    # The history.
    ("history", "UPDATE change_record SET after = NULL WHERE name = 'e-4'"),
    ("history", "UPDATE change_record SET before = replace(before, '\"note\": \"1\"', '\"note\": \"one\"') WHERE name = 'e-2' AND change = 3"),
    ("history", "DELETE FROM change_record WHERE name = 'e-2' AND change = 3"),
    ("history", "DELETE FROM change_record"),
    ("history", "UPDATE change_record SET name = 'e-7' WHERE name = 'e-4'"),
    # References.
    ("reference", "DELETE FROM change WHERE id = 3"),
    ("reference", "UPDATE change SET undoes = 99 WHERE undoes IS NOT NULL"),
    ("reference", "DELETE FROM term WHERE type = 'tag'"),
    ("reference", "UPDATE figure SET event = 77"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "sql"), DAMAGE, ids=[sql[:90] for _, sql in DAMAGE])
def test_damage_is_found(db: Path, part: str, sql: str) -> None:
    change(db, sql)
    assert part in parts(db)


@pytest.mark.parametrize("table", ["event", "change_record", "event_text_data"])
@pytest.mark.parametrize("how", ["zeroed", "noise"])
def test_a_malformed_page_is_found(db: Path, table: str, how: str) -> None:
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", [table]).fetchone()
    page = {"zeroed": bytes(size), "noise": random.Random(1).randbytes(size)}[how]
    with db.open("r+b") as stream:
        stream.seek((root - 1) * size)
        stream.write(page)
    before = db.read_bytes()
    answer = verify(db)
    assert answer.code == 5, answer
    assert "damaged" in answer.err
    assert not any(words in answer.err for words in ("Traceback", "Internal error"))
    assert db.read_bytes() == before


def test_a_file_cut_short_is_found(db: Path) -> None:
    data = db.read_bytes()
    for size in (len(data) // 2, len(data) - 4096, 5000):
        db.write_bytes(data[:size])
        answer = verify(db)
        assert answer.code == 5, (size, answer)
        assert "damaged" in answer.err


@pytest.mark.parametrize("number", range(6))
def test_a_byte_of_a_text_that_flips_is_found(db: Path, number: int) -> None:
    """Flip one bit of one character anywhere in a record or in its history."""
    draw = random.Random(number)
    with closing(sqlite3.connect(db)) as connection:
        tables = [
            ("event", "record", "key", ""),
            ("term", "record", "id", "WHERE record IS NOT NULL AND placeholder IS NULL"),
            ("change_record", "before", "", ""),
        ]
        table, column, key, where = tables[number % 3]
        if table == "change_record":
            (change_, type_, name, text) = draw.choice(
                connection.execute(
                    "SELECT change, type, name, before FROM change_record WHERE before IS NOT NULL"
                ).fetchall()
            )
        else:
            key_, text = draw.choice(connection.execute(f"SELECT {key}, {column} FROM {table} {where}").fetchall())
        data = bytearray(text.encode())
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(7)
        flipped = data.decode()
        if table == "change_record":
            connection.execute(
                "UPDATE change_record SET before = ? WHERE change = ? AND type = ? AND name = ?",
                [flipped, change_, type_, name],
            )
        else:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", [flipped, key_])
        connection.commit()
    answer = verify(db)
    assert answer.code == 5, (flipped, answer)
    assert "Internal error" not in answer.err


def test_protected_names_are_withheld(db: Path) -> None:
    change(db, "UPDATE term SET record = replace(record, 'Uppy', 'Vppy') WHERE placeholder IS NOT NULL")
    answer = verify(db)
    assert answer.code == 5
    assert "[protected-" in answer.out
    assert "Brodnik" not in answer.out + answer.err


# Nothing where there is none.


def test_an_empty_one_is_sound(tmp_path: Path) -> None:
    ok("init", str(tmp_path / "new.db"), "--empty")
    sound(tmp_path / "new.db")


@pytest.mark.thorough
def test_it_is_sound_after_many_commands(seeded: Path) -> None:
    draw = random.Random(4)
    ids = [json.loads(line)["id"] for line in export(seeded).splitlines() if '"event"' in line[:20]]
    for turn in range(200):
        one, other = draw.sample(ids, 2)
        run(*draw.choice([
            ["add", "--date", f"2023-0{draw.randint(1, 9)}", "--kind", "raid", "--title", f"Turn {turn}", "--actor", f"Person {turn % 20}: victim", "--tag", f"t{turn % 7}"],
            ["edit", one, "--date", f"202{draw.randint(0, 4)}", "--figure", f"rescues: {turn}"], ["edit", one, "--note", f"N {turn} ដារា"],
            ["edit", one, "--link", f"follows: {other}"], ["remove", one], ["remove", one, "--same-as", other], ["undo"], ["undo", str(draw.randint(1, turn + 1))],
            ["names", "alias", f"Person {turn % 20}", f"Alias {turn}"], ["names", "merge", f"Person {turn % 20}", f"Person {(turn + 3) % 20}"],
            ["remove", "--actor", f"Person {turn % 20}"], ["redact", "--yes", f"Person {turn % 20}"] if turn % 9 == 0 else ["log"],
        ]), "--db", str(seeded))  # fmt: skip
    assert len(json.loads(ok("log", "--json", "--db", str(seeded)))) > 60
    sound(seeded)


# Defects, each as small as it gets.


UNSEEN = [
    ("the first change of a record that was changed again", "DELETE FROM change_record WHERE name = 'e-2' AND change = 1"),
    ("a change and its undo, taken out together", "DELETE FROM change_record WHERE change IN (6, 7);; DELETE FROM change WHERE id IN (6, 7)"),
    ("who made a change", "UPDATE change SET author = 'somebody else' WHERE id = 3"),
    ("when a change was made", "UPDATE change SET at = '1999-01-01T00:00:00Z' WHERE id = 3"),
    ("a later change that seems earlier", "UPDATE change SET at = '2999-01-01T00:00:00Z' WHERE id = 3"),
    ("why a change was made", "UPDATE change SET reason = 'another' WHERE id = 3"),
    ("what a change undoes", "UPDATE change SET undoes = 2 WHERE undoes IS NOT NULL"),
    ("what a record was merged into", "UPDATE change_record SET successor = 'e-1' WHERE name = 'e-3' AND change = 6"),
]  # fmt: skip


@pytest.mark.parametrize("sql", [pytest.param(sql, id=why) for why, sql in UNSEEN])
def test_a_history_of_another_hand_is_found(db: Path, sql: str) -> None:
    change(db, sql)
    assert parts(db)


@pytest.mark.parametrize(
    "args",
    [["info", "--verify"], ["search"], ["add", "--date", "2023", "--kind", "raid", "--title", "T"]],
    ids=" ".join,
)
def test_a_damaged_record_of_a_protected_actor(db: Path, args: list[str]) -> None:
    change(db, "UPDATE term SET record = replace(record, '{', '[') WHERE placeholder IS NOT NULL")
    answer = process(*args, "--db", str(db))
    assert (answer.code, "Traceback" in answer.err, "damaged" in answer.err) == (5, False, True), answer
    assert "Brodnik" not in answer.out + answer.err


def test_a_busy_database_is_no_damaged_one(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scamcli.store.connection.BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(db, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        answer = verify(db)
        writer.execute("ROLLBACK")
    refused(answer, 5, "busy")
    assert "damaged" not in answer.err
