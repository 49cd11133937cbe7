# ruff: noqa: E501 - tables
"""``info --verify`` finds every kind of damage, and nothing where there is none. All names are invented."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import stat
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
    ("history", "UPDATE event SET record = replace(record, '\"Of many\"', '\"Of nany\"')"),
    ("history", "UPDATE event SET record = replace(record, '\"best\": 12', '\"best\": 13')"),
    ("history", "UPDATE term SET record = replace(record, 'another', 'Another') WHERE name = 'Open Person'"),
    ("history", "UPDATE term SET record = replace(record, '\"own\"', '\"own \"') WHERE type = 'metric'"),
    ("history", "UPDATE term SET record = replace(record, '\"Kandal\"', '\"Takeo\"') WHERE type = 'site'"),
    ("record", "UPDATE event SET record = replace(record, '{', '[') WHERE id = 'e-3'"),
    ("record", "UPDATE event SET record = replace(record, '\"2023-02\"', '\"2023-99\"')"),
    ("record", "UPDATE event SET record = 'null' WHERE id = 'e-3'"),
    ("record", "UPDATE event SET record = '' WHERE id = 'e-3'"),
    ("record", "UPDATE event SET record = record || ' ' WHERE id = 'e-3'"),
    ("record", "UPDATE term SET record = replace(record, '{', '[') WHERE name = 'Open Person'"),
    ("record", "UPDATE event SET start = start + 1 WHERE id = 'e-1'"),
    ("record", "UPDATE event SET last = last + 1 WHERE id = 'e-1'"),
    ("record", "UPDATE event SET sure = 1 - sure WHERE id = 'e-1'"),
    ("record", "UPDATE event SET kind = 'raid' WHERE id = 'e-1'"),
    ("record", "UPDATE event SET draft = 1 WHERE id = 'e-1'"),
    ("record", "UPDATE event SET id = 'e-9' WHERE id = 'e-3'"),
    ("record", "UPDATE term SET name = 'Other Person' WHERE name = 'Open Person'"),
    ("record", "UPDATE term SET placeholder = NULL WHERE placeholder IS NOT NULL"),
    ("record", "UPDATE term SET placeholder = 123456 WHERE name = 'Open Person'"),
    # Records that are gone, or that came in by another door.
    ("history", "DELETE FROM event WHERE id = 'e-3'"),
    ("history", "DELETE FROM term WHERE type = 'metric' AND record IS NOT NULL"),
    ("history", "INSERT INTO event SELECT key + 1000, 'e-8', start, last, sure, kind, draft, replace(record, 'e-3', 'e-8') FROM event WHERE id = 'e-3'"),
    ("history", "INSERT INTO term (type, name, record) SELECT 'actor', 'New One', replace(record, 'Open Person', 'New One') FROM term WHERE name = 'Open Person'"),
    # What is derived.
    ("record", "DELETE FROM figure WHERE n = 1"),
    ("record", "INSERT INTO figure SELECT event, 9, event_id, last, sure, kind, draft, marks, dataset, disjoint, addable, id, metric, unit, stated, low, best, high, country, province, nationality, \"group\", period, count, stated_by, part_of, split_by, split_complete, of FROM figure WHERE n = 1"),
    *[("record", f"UPDATE figure SET {column} = {value} WHERE n = 1") for column, value in
      (("low", 7), ("best", "NULL"), ("high", 9.5), ("stated", "'x'"), ("nationality", "'Lao'"), ("country", "'LA'"), ("period", "'2020'"), ("count", "'stock'"),
       ("part_of", "NULL"), ("id", "'q'"), ("metric", "'cases'"), ("stated_by", "'VOD'"), ("split_complete", 1), ("of", "'[]'"), ("\"group\"", "'men'"))],
    ("record", "UPDATE figure SET event_id = 'e-9'"),
    ("record", "UPDATE figure SET dataset = 'x'"),
    ("record", "UPDATE figure SET disjoint = 1"),
    ("record", "UPDATE figure SET addable = 1"),
    ("record", "UPDATE figure SET last = last + 1"),
    ("record", "UPDATE figure SET sure = 1 - sure"),
    ("record", "UPDATE figure SET kind = 'raid'"),
    ("record", "UPDATE figure SET draft = 1 - draft"),
    ("record", "UPDATE figure SET marks = x'00000000'"),
    ("record", "DELETE FROM link"),
    ("record", "INSERT INTO link SELECT event, 7, type, target, figure FROM link"),
    ("record", "UPDATE link SET target = 'e-3'"),
    ("record", "UPDATE link SET type = 'disputes'"),
    ("record", "DELETE FROM event_term WHERE rel = 0"),
    ("record", "DELETE FROM event_term WHERE rel = 2"),
    ("record", "UPDATE event_term SET roles = roles + 64 WHERE roles > 0"),
    ("record", "INSERT INTO event_term SELECT (SELECT id FROM term WHERE name = 'Open Person'), 0, event, 1 FROM event_term WHERE roles > 0"),
    ("name", "DELETE FROM name WHERE level = 3"),
    ("name", "DELETE FROM name WHERE level = 1"),
    ("name", "DELETE FROM name WHERE type = 'tag'"),
    ("name", "UPDATE name SET form = form || 'x' WHERE level = 2 AND type = 'site'"),
    ("name", "INSERT INTO name SELECT type, 1, 'Another Alias', term FROM name WHERE level = 0 AND type = 'site'"),
    ("name", "INSERT INTO term (type, name) VALUES ('tag', 'nobody uses it')"),
    # Full text.
    ("record", "UPDATE event_text SET title = 'Other words' WHERE title = 'First words'"),
    ("record", "DELETE FROM event_text WHERE title = 'Third'"),
    ("text", "INSERT INTO event_text (rowid, title, body, names) VALUES (1, 'a', 'b', 'c')"),
    ("text", "UPDATE event_text_content SET c0 = 'Fjrst words' WHERE c0 = 'First words'"),
    ("text", "DELETE FROM event_text_content WHERE c0 = 'Third'"),
    ("text", "DELETE FROM event_text_data WHERE id > 10"),
    ("text", "UPDATE event_text_data SET block = zeroblob(length(block)) WHERE id > 10"),
    ("text", "DELETE FROM event_text_docsize WHERE id = (SELECT max(id) FROM event_text_docsize)"),
    ("text", "UPDATE event_text_docsize SET sz = zeroblob(3)"),
    ("text", "DELETE FROM event_text_config"),
    ("text", "INSERT INTO event_stem (rowid, c0, c1, c2) VALUES (1, 'a', 'b', 'c')"),
    ("text", "DELETE FROM event_stem WHERE rowid = (SELECT max(key) FROM event)"),
    ("text", "INSERT INTO event_stem (event_stem) VALUES ('delete-all')"),
    ("text", "DELETE FROM event_stem_data WHERE id > 10"),
    ("text", "UPDATE event_stem_data SET block = zeroblob(length(block)) WHERE id > 10"),
    ("text", "DELETE FROM event_stem_config"),
    # The history.
    ("history", "UPDATE change_record SET after = 'deadbeef0000' WHERE name = 'e-2' AND change = 2"),
    ("history", "UPDATE change_record SET after = NULL WHERE name = 'e-4'"),
    ("history", "UPDATE change_record SET before = replace(before, '\"note\": \"1\"', '\"note\": \"one\"') WHERE name = 'e-2' AND change = 3"),
    ("history", "UPDATE change_record SET before = NULL WHERE name = 'e-2' AND change = 3"),
    ("history", "DELETE FROM change_record WHERE name = 'e-2' AND change = 3"),
    ("history", "DELETE FROM change_record WHERE name = 'e-2' AND change = 4"),
    ("history", "DELETE FROM change_record WHERE name = 'e-1'"),
    ("history", "DELETE FROM change_record"),
    ("history", "UPDATE change_record SET name = 'e-7' WHERE name = 'e-4'"),
    ("history", "INSERT INTO change_record (change, type, name, before, after) VALUES (1, 'event', 'e-6', NULL, 'deadbeef0000')"),
    # References.
    ("reference", "DELETE FROM change WHERE id = 3"),
    ("reference", "UPDATE change SET undoes = 99 WHERE undoes IS NOT NULL"),
    ("reference", "DELETE FROM term WHERE type = 'tag'"),
    ("reference", "UPDATE name SET term = 9999 WHERE type = 'tag'"),
    ("reference", "UPDATE figure SET event = 77"),
    ("reference", "INSERT INTO link VALUES (77, 0, 'follows', 'e-1', NULL)"),
    ("reference", "INSERT INTO event_term VALUES (1, 0, 77, 0)"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "sql"), DAMAGE, ids=[sql[:90] for _, sql in DAMAGE])
def test_damage_is_found(db: Path, part: str, sql: str) -> None:
    change(db, sql)
    assert part in parts(db)


@pytest.mark.parametrize(
    "table",
    [
        "event",
        "change_record",
        "term",
        "name",
        "event_text_data",
        "figure",
        "figure_event",
        "event_term_event",
        "link",
    ],
)
@pytest.mark.parametrize("how", ["zeroed", "noise", "another page"])
def test_a_malformed_page_is_found(db: Path, table: str, how: str) -> None:
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", [table]).fetchone()
    page = {
        "zeroed": bytes(size),
        "noise": random.Random(1).randbytes(size),
        "another page": db.read_bytes()[size : 2 * size],
    }[how]
    with db.open("r+b") as stream:
        stream.seek((root - 1) * size)
        stream.write(page)
    before = db.read_bytes()
    answer = verify(db)
    assert answer.code == 5, answer
    assert "damaged" in answer.err
    assert not any(words in answer.err for words in ("Traceback", "Internal error"))
    assert db.read_bytes() == before


def test_a_word_that_begins_with_another_letter_is_no_damage(db: Path) -> None:
    take_in(db, event("first", title="Ångström and Ölmez"), event("second", title="A\u030angström"))
    sound(db)


def test_a_file_cut_short_is_found(db: Path) -> None:
    data = db.read_bytes()
    for size in (len(data) // 2, len(data) - 4096, 5000):
        db.write_bytes(data[:size])
        answer = verify(db)
        assert answer.code == 5, (size, answer)
        assert "damaged" in answer.err


@pytest.mark.parametrize("number", range(24))
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


def test_every_problem_is_told_in_every_format(db: Path) -> None:
    change(db, "UPDATE event SET record = replace(record, 'Of many', 'Of \x1b[31m<b>=nany')")
    for format_ in ("table", "json", "jsonl", "csv", "tsv", "markdown"):
        answer = verify(db, "-f", format_)
        assert answer.code == 5
        assert "e-1" in answer.out.replace("\\", "")
        assert "\x1b" not in answer.out + answer.err


def test_protected_names_are_withheld(db: Path) -> None:
    change(db, "UPDATE term SET record = replace(record, 'Uppy', 'Vppy') WHERE placeholder IS NOT NULL")
    answer = verify(db)
    assert answer.code == 5
    assert "[protected-" in answer.out
    assert "Brodnik" not in answer.out + answer.err


def test_they_are_told_when_asked_for(db: Path) -> None:
    change(db, "DELETE FROM name WHERE form LIKE 'Uppy%'")
    assert "Brodnik" in verify(db, "--include-protected").out


# Nothing where there is none.


def test_the_seed_is_sound(seeded: Path) -> None:
    sound(seeded)


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


def test_it_is_sound_in_a_copy_that_cannot_be_written(db: Path, tmp_path: Path) -> None:
    """As another user, who may only read the file and its folder."""
    folder = tmp_path / "sealed"
    folder.mkdir()
    copy = Path(shutil.copy(db, folder / "sealed.db"))
    copy.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    folder.chmod(0o555)
    answer = _as_nobody(copy, "info", "--verify")
    assert answer.code == 0, answer
    assert "problems    0" in answer.out
    folder.chmod(0o755)
    copy.chmod(0o644)
    change(copy, "UPDATE event SET kind = 'raid' WHERE id = 'e-1'")
    change(copy, "UPDATE event_text_docsize SET sz = zeroblob(3)")
    copy.chmod(0o444)
    folder.chmod(0o555)
    answer = _as_nobody(copy, "info", "--verify")
    folder.chmod(0o755)
    assert answer.code == 5, answer
    assert "its columns" in answer.out


def _as_nobody(db: Path, *args: str) -> Answer:
    """Run as a user to whom the modes of files apply: root without the right to ignore them."""
    import subprocess

    from tests.helpers.driver import COMMAND

    plain = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    if os.geteuid() != 0:
        plain = []
    elif shutil.which(plain[0]) is None:
        pytest.skip("root, and no setpriv: modes of files bind nobody")
    done = subprocess.run([*plain, *COMMAND, *args, "--db", str(db)], capture_output=True, check=False)
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_it_is_found_by_a_process_of_its_own(db: Path) -> None:
    change(db, "DELETE FROM name WHERE level = 3")
    answer = process("info", "--verify", "--db", str(db))
    assert (answer.code, "name\t" in answer.out) == (5, True)
    assert len(answer.err.splitlines()) == 2


def test_without_verify_nothing_is_said_of_it(db: Path) -> None:
    change(db, "DELETE FROM name WHERE level = 3")
    assert "problems" not in ok("info", "--db", str(db))


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


def test_an_emptied_table_of_terms(seeded: Path) -> None:
    assert ok("search", "Sihanoukville", "--count", "--db", str(seeded)) != "0\n"
    change(seeded, "DELETE FROM event_text_idx")
    assert "text" in parts(seeded)


def test_a_protected_actor_without_a_number(db: Path) -> None:
    change(db, "UPDATE term SET placeholder = NULL WHERE placeholder IS NOT NULL")
    answer = verify(db)
    assert answer.code == 5
    assert "Brodnik" not in answer.out


def test_a_busy_database_is_no_damaged_one(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scamcli.store.connection.BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(db, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        answer = verify(db)
        writer.execute("ROLLBACK")
    refused(answer, 5, "busy")
    assert "damaged" not in answer.err


@pytest.mark.parametrize(
    "title", ["Télé7 reports", "raid2023 in Kandal", "ខេត្តKandalខេត្ត", "e\u0301lan", "x\ue000y zz", "Sok's men"]
)
def test_a_title_whose_letters_are_a_part_of_a_longer_word_is_no_damage(tmp_path: Path, title: str) -> None:
    db = tmp_path / "titles.db"
    take_in(db, event("x-1", title=title))
    sound(db)
