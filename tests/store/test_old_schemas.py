# ruff: noqa: E501 - tables
"""A database of every released schema is brought up at its first use, and nothing of it is lost.

Whoever adds a migration runs this with ``SCAMCLI_UPDATE_SCHEMAS=1`` before the step is written, while the step before
it is still the newest: ``write_newest`` then keeps a database of it in ``tests/golden/schemas``. Until there is one,
``test_every_step_but_the_newest_has_a_database`` fails.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from scamcli.store import schema
from tests.helpers.driver import COMMAND, actor, event, export, ok, process, refused, run, take_in
from tests.helpers.patience import PATIENCE

SCHEMAS = Path(__file__).parents[1] / "golden" / "schemas"
STEPS = [step.__name__ for step in schema.STEPS]
OLD = sorted(path.name.removesuffix(".db.gz") for path in SCHEMAS.glob("*.db.gz"))
BROUGHT_UP = [name for name in OLD if name != STEPS[-1]]
UPDATING = os.environ.get("SCAMCLI_UPDATE_SCHEMAS") == "1"  # read here: a test's home has none of these


def write_newest() -> None:
    """Keep a database of the newest schema, and what it exports: of use once another step follows."""
    path = SCHEMAS / f"{STEPS[-1]}.db"
    take_in(
        path,
        {"type": "metric", "name": "sightings", "unit": "people", "split": "province", "count": "aggregate", "about": "own"},
        actor("Dara Veasna", protected=True, aliases=["ដារា"]), actor("Open Person"),
        {"type": "site", "name": "Blue Gate", "province": "Kandal", "owners": [{"name": "Open Person"}]},
        event("e-1", title="First", actors=[{"name": "Dara Veasna", "role": "victim"}], sites=["Blue Gate"],
              figures=[{"metric": "sightings", "stated": "more than 4"}], sources=[{"outlet": "VOD", "via": "CamboJA"}]),
        event("e-2", title="西港", links=[{"type": "follows", "event": "e-1"}]), event("e-3"), event("e-4"),
        flags=("--as", "tester"),
    )  # fmt: skip
    for args in (
        ["edit", "e-1", "--note", "N"],
        ["remove", "e-3"],
        ["remove", "e-4", "--same-as", "e-2"],
        ["undo"],
    ):
        ok(*args, "--as", "tester", "--reason", "why", "--db", str(path))
    text = "March 5, 2024: Police in Kandal freed 45 Thai workers from Blue Gate, Open Person said.\n"
    ok("ingest", "-", "--outlet", "Example Daily", "--db", str(path), stdin=text)
    (file,) = json.loads(ok("evidence", "list", "--json", "--db", str(path)))
    ok("evidence", "remove", file["sha256"], "--reason", "not kept here", "--db", str(path))
    ok("info", "--min-cell", "5", "--db", str(path))
    (SCHEMAS / f"{STEPS[-1]}.jsonl").write_text(export(path), encoding="utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (SCHEMAS / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    for leftover in SCHEMAS.glob("*.db"):
        leftover.unlink()
    shutil.rmtree(path.with_suffix(".evidence"))


def old_db(name: str, folder: Path, as_: str = "old.db") -> Path:
    path = folder / as_
    path.write_bytes(gzip.decompress((SCHEMAS / f"{name}.db.gz").read_bytes()))
    return path


def exported(name: str) -> str:
    return (SCHEMAS / f"{name}.jsonl").read_text(encoding="utf-8")


def kept_by(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.before-*"))


def applied(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]


def sound(path: Path) -> None:
    assert json.loads(ok("info", "--verify", "--json", "--db", str(path)))["problems"] == 0


def test_every_step_but_the_newest_has_a_database() -> None:
    """The newest is what ``init`` makes; once another step follows it, files of it are in people's hands."""
    if UPDATING:
        write_newest()
    missing = [name for name in STEPS[:-1] if name not in OLD]
    assert missing == [], "check out the release before, and run this test there with SCAMCLI_UPDATE_SCHEMAS=1"
    assert set(OLD) <= set(STEPS), "a step that was released is never renamed or taken out"
    assert {path.name.removesuffix(".jsonl") for path in SCHEMAS.glob("*.jsonl")} == set(OLD)


@pytest.mark.parametrize("name", OLD)
def test_it_is_of_that_schema(name: str, tmp_path: Path) -> None:
    assert applied(old_db(name, tmp_path))[-1] == name


READING = [
    ["search"],
    ["export", "jsonl", "--include-protected"],
    ["log"],
    ["info"],
    ["info", "--verify"],
    ["sql", "SELECT * FROM events"],
    ["check"],
    ["backup"],
]
WRITING = [
    ["add", "--date", "2023", "--kind", "raid", "--title", "T", "--id", "new-1"],
    ["undo", "99"],
    ["redact", "--yes", "Nobody Atall"],
    ["import", "-"],
]


@pytest.mark.parametrize("name", BROUGHT_UP)
@pytest.mark.parametrize("args", [*READING, *WRITING], ids=" ".join)
def test_any_command_brings_it_up(name: str, args: list[str], tmp_path: Path) -> None:
    path = old_db(name, tmp_path)
    answer = run(*args, "--db", str(path), stdin='{"type": "actor", "name": "New One"}\n')
    assert answer.code in ({3} if args[0] in {"undo", "redact"} else {0, 1} if args[0] == "check" else {0}), answer
    (kept,) = kept_by(tmp_path)
    assert f"Upgraded {path} to this version" in answer.err or args[0] in {"undo", "redact"}, answer
    assert applied(path)[-1] == STEPS[-1]
    sound(path)
    now = [line for line in export(path).splitlines() if "New One" not in line and "new-1" not in line]
    assert now == exported(name).splitlines()
    assert run("search", "--db", str(path)).err == ""
    assert kept_by(tmp_path) == [kept]


@pytest.mark.parametrize("name", BROUGHT_UP)
def test_the_copy_is_as_it_was(name: str, tmp_path: Path) -> None:
    path = old_db(name, tmp_path)
    old = path.read_bytes()
    ok("search", "--db", str(path))
    (kept,) = kept_by(tmp_path)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert applied(kept)[-1] == name
    with closing(sqlite3.connect(kept)) as copy, closing(sqlite3.connect(old_db(name, tmp_path, "again.db"))) as before:
        assert list(copy.iterdump()) == list(before.iterdump())
    (tmp_path / "elsewhere").mkdir()
    restored = Path(shutil.copy(kept, tmp_path / "elsewhere" / "restored.db"))
    assert export(restored) == exported(name)
    sound(restored)
    assert old == (tmp_path / "again.db").read_bytes()


@pytest.mark.parametrize("name", BROUGHT_UP)
def test_the_history_lists_it(name: str, tmp_path: Path) -> None:
    path = old_db(name, tmp_path)
    ok("search", "--db", str(path))
    listed = json.loads(ok("log", "--json", "--db", str(path)))[0]
    assert (listed["command"], listed["added"], listed["changed"]) == ("upgrade", 0, 0)
    refused(run("undo", str(listed["change"]), "--db", str(path)), 4, "cannot be undone")
    refused(run("undo", "--as", "nobody here", "--db", str(path)), 3)
    event_id = next(row["id"] for row in map(json.loads, exported(name).splitlines()) if row["type"] == "event")
    ok("edit", event_id, "--note", "after the upgrade", "--db", str(path))
    ok("undo", "--db", str(path))
    assert export(path) == exported(name)
    sound(path)


@pytest.mark.parametrize("name", BROUGHT_UP)
def test_a_redaction_after_it_tells_of_the_copy(name: str, tmp_path: Path) -> None:
    path = old_db(name, tmp_path)
    ok("search", "--db", str(path))
    someone = next(row["name"] for row in map(json.loads, exported(name).splitlines()) if row["type"] == "actor")
    answer = run("redact", "--yes", someone, "--db", str(path))
    assert answer.code == 0, answer
    assert str(kept_by(tmp_path)[0]) in answer.err


@pytest.mark.parametrize("name", BROUGHT_UP)
def test_two_at_once(name: str, tmp_path: Path) -> None:
    for turn in range(3):
        folder = tmp_path / str(turn)
        folder.mkdir()
        path = old_db(name, folder)
        commands = [
            [*COMMAND, "search", "--count", "--db", str(path)],
            [*COMMAND, "add", "--date", "2023", "--kind", "raid", "--title", "T", "--db", str(path)],
        ]
        both = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for command in commands * 2
        ]
        said = [one.communicate(timeout=PATIENCE) for one in both]
        assert [one.returncode for one in both] == [0, 0, 0, 0], said
        assert sum("Upgraded" in err for _, err in said) == 1, said
        assert len(kept_by(folder)) == 1
        log = json.loads(ok("log", "--json", "--db", str(path)))
        assert [row["command"] for row in log].count("upgrade") == 1
        sound(path)


@pytest.mark.parametrize("name", BROUGHT_UP)
@pytest.mark.parametrize(
    "command", [["search"], ["add", "--date", "2023", "--kind", "raid", "--title", "T"]], ids=" ".join
)
def test_where_no_copy_can_be_made_it_stays_as_it_was(name: str, command: list[str], tmp_path: Path) -> None:
    """The folder can be written; but the copy's name would be longer than a file's name may be."""
    folder = tmp_path / "folder"
    folder.mkdir()
    path = old_db(name, folder, "x" * 240 + ".db")
    before = path.read_bytes()
    refused(process(*command, "--db", str(path)), 5, "too long")
    assert path.read_bytes() == before
    assert [one.name for one in folder.iterdir()] == [path.name]


@pytest.mark.parametrize("name", BROUGHT_UP)
def test_on_a_medium_that_cannot_be_written_it_stays_as_it_was(name: str, tmp_path: Path) -> None:
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root, and no setpriv: modes of files bind nobody")
    folder = tmp_path / "sealed"
    folder.mkdir()
    path = old_db(name, folder)
    before = path.read_bytes()
    folder.chmod(0o555)
    plain = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    done = subprocess.run([*plain, *COMMAND, "search", "--db", str(path)], capture_output=True, text=True, check=False)
    folder.chmod(0o755)
    assert (done.returncode, done.stdout) == (5, ""), done
    assert len(done.stderr.splitlines()) <= 2
    assert path.read_bytes() == before
    assert [one.name for one in folder.iterdir()] == [path.name]


@pytest.mark.parametrize("name", BROUGHT_UP)
def test_the_default_database_as_well(name: str, home: Path) -> None:
    folder = home / "data" / "scamcli"
    folder.mkdir(parents=True)
    path = old_db(name, folder, "timeline.db")
    answer = process("search", "--count")
    assert (answer.code, "Upgraded" in answer.err) == (0, True), answer
    assert export(path) == exported(name)
    assert len(kept_by(folder)) == 1


@pytest.mark.parametrize("name", BROUGHT_UP)
def test_a_file_of_a_newer_version_is_never_brought_down(name: str, tmp_path: Path) -> None:
    path = old_db(name, tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('scamcli', 'm9999_x', '')"
        )
        connection.commit()
    before = path.read_bytes()
    refused(run("search", "--db", str(path)), 5, "newer version")
    assert path.read_bytes() == before
    assert kept_by(tmp_path) == []


def test_a_file_of_an_early_development_version_is_refused(tmp_path: Path) -> None:
    path = old_db(OLD[0], tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE name >= 'm0014'")
        connection.commit()
    before = path.read_bytes()
    for command in (["search"], ["add", "--date", "2023", "--kind", "raid", "--title", "T"]):
        refused(run(*command, "--db", str(path)), 5, "early development version", "Open it once with commit 8bd4bb7b")
    assert path.read_bytes() == before
    assert kept_by(tmp_path) == []


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("UPDATE change SET reason = 'forged' WHERE id = 2", "change 2 was altered after it was written"),
        ("UPDATE change_record SET after = 'abc' WHERE change = 2 AND type = 'event'", "it is not what change 2 made"),
        ("UPDATE event SET record = replace(record, 'First', 'Forged')", "it is not what change 2 made"),
    ],
)
def test_an_upgrade_does_not_hide_what_was_wrong_before(damage: str, reason: str, tmp_path: Path) -> None:
    path = old_db(OLD[0], tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(damage)
        connection.commit()
    assert reason in run("info", "--verify", "--json", "--db", str(path)).out


DAMAGED_BEFORE = [
    "UPDATE event SET record = replace(record, 'First', 'Fierce') WHERE id = 'e-1'",
    'UPDATE change_record SET before = replace(before, \'"note": null\', \'"note": "x"\') WHERE before NOT NULL',
    "UPDATE change SET author = 'somebody' WHERE id = 2",
    "UPDATE change SET seal = '0123456789abcdef' WHERE id = 3",
    "DELETE FROM change_record WHERE change = 2",
]


@pytest.mark.parametrize("sql", DAMAGED_BEFORE)
@pytest.mark.parametrize("name", BROUGHT_UP)
def test_an_upgrade_seals_nothing_that_was_damaged_before(name: str, sql: str, tmp_path: Path) -> None:
    path = old_db(name, tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(sql).rowcount
        connection.commit()
    answer = run("info", "--verify", "--json", "--db", str(path))
    assert answer.code == 5, answer
    assert "history" in {row["part"] for row in json.loads(answer.out)}
    assert applied(path)[-1] == STEPS[-1]
