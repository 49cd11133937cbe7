"""What the torture has found: each with the least that shows it, those not mended yet as expected failures."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scamcli.language import gazetteer
from tests.helpers.torture_driver import COMMAND, Answer, contents, ok, plain, process, refused, run
from tests.torture.test_faults import bound, fill, small_disk

if TYPE_CHECKING:
    from collections.abc import Callable


def piped(streams: str, *args: str) -> Answer:
    """A command whose streams the shell opens or closes."""
    command = ["sh", "-c", f'exec "$@" {streams}', "sh", *COMMAND, *args]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    return Answer(done.returncode, done.stdout, done.stderr)


# Streams.


@pytest.mark.parametrize("args", [("search",), ("search", "--json"), ("export", "jsonl"), ("timeline",), ("--help",)])
def test_a_full_disk_behind_stdout(args: tuple[str, ...], seeded: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    named = () if args == ("--help",) else ("--db", str(seeded))
    refused(piped(">/dev/full", *args, *named), 5)


@pytest.mark.parametrize(
    ("streams", "args", "codes"),
    [
        (">&-", ("search",), {0, 5}),
        ("2>&-", ("search", "--nope"), {2}),
        ("<&-", ("import", "-"), {4}),
        ("<&-", ("add", "-"), {4}),
        ("<&-", ("redact", "--yes", "Kuong Li"), {0, 2}),
    ],
)
def test_a_closed_stream(streams: str, args: tuple[str, ...], codes: set[int], seeded: Path) -> None:
    plain(piped(streams, *args, "--db", str(seeded)), codes)


# Paths and disks.


@pytest.mark.parametrize(
    "args", [("search",), ("export", "jsonl"), ("add", "--date", "2023", "--kind", "raid", "--title", "T")]
)
def test_a_path_that_is_too_long(args: tuple[str, ...]) -> None:
    refused(process(*args, "--db", "a" * 5000), 5)


def test_a_copy_to_a_path_that_is_too_long(seeded: Path) -> None:
    plain(run("backup", "a" * 5000, "--db", str(seeded)), {2, 5})


def test_a_copy_to_a_read_only_medium(seeded: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1024 * 1024) as disk:
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        refused(run("backup", str(disk / "copy.db"), "--db", str(seeded)), 5)


@pytest.mark.parametrize("kind", ["jsonl", "csv", "xlsx", "kml"])
@pytest.mark.parametrize("left", [0, 8192, 20_000])
def test_an_export_to_a_full_disk(seeded: Path, tmp_path: Path, kind: str, left: int) -> None:
    with small_disk(tmp_path / "disk", 64 * 1024) as disk:
        fill(disk, left)
        refused(process("export", kind, "-o", str(disk / f"out.{kind}"), "--db", str(seeded)), 5)
        assert [one.name for one in disk.iterdir()] == ["filler"]


def test_an_import_from_stdin_with_no_room_to_keep_it(seeded: Path, tmp_path: Path) -> None:
    line = b'{"type": "event", "id": "x-%d", "date": "2023", "kind": "raid", "title": "T", "summary": "%s"}\n'
    with small_disk(tmp_path / "disk", 64 * 1024) as disk:
        text = b"".join(line % (n, b"s" * 5000) for n in range(1800))
        answer = process("import", "-", "--db", str(seeded), stdin=text, env=os.environ | {"TMPDIR": str(disk)})
    refused(answer, 5)


def test_an_import_of_what_opens_and_cannot_be_read(seeded: Path) -> None:
    if not Path("/proc/self/mem").exists():
        pytest.skip("no /proc")
    refused(process("import", "/proc/self/mem", "--db", str(seeded)), 4)


def test_a_database_that_may_not_be_read(seeded: Path) -> None:
    seeded.chmod(0)
    refused(bound("search", "--db", str(seeded)), 5)


# Numbers.


@pytest.mark.parametrize(
    "args",
    [
        ("search", "--limit"),
        ("timeline", "--limit"),
        ("log", "--after"),
        ("log", "--change"),
        ("search", "--after"),
        ("undo",),
    ],
    ids=str,
)
def test_a_number_beyond_64_bits(args: tuple[str, ...], seeded: Path) -> None:
    for number in (2**63, 2**63 - 1):
        plain(run(*args, str(number), "--db", str(seeded)), {0, 2, 3})


def test_an_error_prints_nothing_on_stdout(seeded: Path) -> None:
    refused(run("log", "--change", "77", "--db", str(seeded)), 3)


# Damaged files.


def with_bytes(db: Path, old: bytes, new: bytes, which: int = 0) -> Path:
    """A database in which some bytes are others."""
    raw = db.read_bytes()
    at = [one.start() for one in re.finditer(re.escape(old), raw)][which]
    bad = raw[:at] + new + raw[at + len(new) :]
    db.unlink()
    db.write_bytes(bad)
    return db


@pytest.fixture
def protecting(tmp_path: Path) -> Path:
    """A database with somebody protected in it, a word of whose name stands alone as well."""
    db = tmp_path / "protecting.db"
    text = (
        '{"type": "actor", "name": "Sok Dara", "protected": true}\n'
        '{"type": "event", "id": "e-1", "date": "2023", "kind": "raid", "title": "What Dara said", '
        '"summary": "XXX Sok Dara left", "actors": [{"name": "Sok Dara", "role": "victim"}]}\n'
    )
    ok("import", "-", "--db", str(db), stdin=text)
    return db


NAMING = [
    ("info", "--verify"), ("sql", "SELECT * FROM events"), ("search", "--json"), ("show", "e-1"), ("log", "e-1"),
    ("timeline",),
    ("export", "jsonl"), ("check",), ("edit", "e-1", "--note", "n"),
]  # fmt: skip


@pytest.mark.parametrize("args", NAMING, ids=" ".join)
def test_a_damaged_record_does_not_say_who_is_protected(args: tuple[str, ...], protecting: Path) -> None:
    with_bytes(protecting, b"XXX", b"\xff")
    answer = run(*args, "--db", str(protecting))
    assert "Dara" not in answer.out + answer.err
    plain(answer, {5})


@pytest.mark.parametrize("record", ["CAST(x'ff' || record AS TEXT)", "'!'"], ids=["text", "JSON"])
def test_sql_on_a_damaged_record(record: str, seeded: Path) -> None:
    with closing(sqlite3.connect(seeded)) as raw:
        raw.execute(f"UPDATE event SET record = {record}")
        raw.commit()
    plain(run("sql", "SELECT * FROM events", "--db", str(seeded)), {5})


@pytest.mark.parametrize("args", [("search",), ("info",), ("backup", "copy.db"), ("show", "x")])
def test_a_damaged_schema(args: tuple[str, ...], seeded: Path) -> None:
    refused(process(*args, "--db", str(with_bytes(seeded, b"CREATE TABLE term", b"CREATE T\xe5\xe5LE"))), 5)


@pytest.mark.parametrize("record", ["!", "5", "{}"])
def test_a_damaged_record_of_a_protected_actor(record: str, protecting: Path) -> None:
    with closing(sqlite3.connect(protecting)) as raw:
        raw.execute("UPDATE term SET record = ? WHERE placeholder IS NOT NULL", [record])
        raw.commit()
    for args in (("search",), ("stats", "complaints"), ("log",)):
        refused(process(*args, "--db", str(protecting)), 5)


@pytest.mark.parametrize("column", ["author", "at", "command", "reason"])
def test_a_history_that_was_rewritten_is_found(column: str, seeded: Path) -> None:
    ok("edit", "2022-09-19", "--note", "n", "--reason", "Because.", "--db", str(seeded))
    with closing(sqlite3.connect(seeded)) as raw:
        raw.execute(f"UPDATE change SET {column} = 'somebody else' WHERE id = 2")
        raw.commit()
    assert run("info", "--verify", "--db", str(seeded)).code == 5


# Killed, and out of room.


def test_what_is_said_after_the_transaction(seeded: Path) -> None:
    """The record of a site alone: nothing before the commit had to know who is protected."""
    site = '{"type": "site", "name": "A new site", "owners": [{"name": "Kuong Li", "outlet": "A new outlet"}]}'
    plain(run("import", "-", "--db", str(seeded), stdin=site), {0})


def test_a_list_of_bad_values_is_refused_in_time(seeded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def noted(text: str) -> list[str]:
        looked.append(text)
        return ["Kandal"]

    monkeypatch.setattr(gazetteer, "suggest_provinces", noted)
    bad = {
        "type": "event",
        "date": "2023",
        "kind": "raid",
        "title": "T",
        "provinces": [f"nowhere {n}" for n in range(300)],
    }
    plain(run("import", "-", "--db", str(seeded), stdin=json.dumps(bad)), {4})
    assert len(looked) < 100


def killed_in(what: str, *args: str) -> None:
    """Run a command that is killed where it calls a function."""
    module, name = what.rsplit(".", 1)
    code = (
        "import os, signal\n"
        "from unittest.mock import patch\n"
        f"import {module} as module\n"
        f"patch.object(module, {name!r}, lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)).start()\n"
        "from scamcli.cli.main import main; main()"
    )
    done = subprocess.run([COMMAND[0], "-c", code, *args], check=False, capture_output=True)
    assert done.returncode == -9, done


def test_a_killed_backup_leaves_no_copy(seeded: Path) -> None:
    killed_in("scamcli.store.backup.publish", "backup", "--db", str(seeded))
    ok("backup", "--db", str(seeded))
    assert not [one.name for one in seeded.parent.iterdir() if one.name.endswith(".part")]


def test_every_copy_before_an_upgrade_is_known(old: Path) -> None:
    """Killed between the copy and the commit; the next command upgrades, and keeps another copy."""
    killed_in("scamcli.store.backup.remember", "search", "--db", str(old))
    ok("search", "--db", str(old))
    with closing(sqlite3.connect(old)) as raw:
        remembered = {Path(path).name for (path,) in raw.execute("SELECT path FROM backup")}
    assert {one.name for one in old.parent.glob("old.before-*")} == remembered


def test_a_failed_upgrade_leaves_no_copy(old: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 2 * 1024 * 1024) as disk:
        for pages in range(0, 200, 4):
            db = Path(shutil.copy(old, disk / "t.db"))
            fill(disk, pages * 4096)
            if run("search", "--db", str(db)).code == 5:
                assert [one.name for one in disk.glob("t.before-*")] == [], pages
            for one in disk.iterdir():
                one.unlink()


# What is mended, or never was broken, and is easily broken: files that name a database, and yet are none.


@pytest.mark.parametrize(
    ("what", "make"),
    [
        ("a header alone", lambda raw: raw[:100]),
        ("half a page", lambda raw: raw[:2048]),
        ("one page", lambda raw: raw[:4096]),
        ("all but the last byte", lambda raw: raw[:-1]),
        ("a header of another page size", lambda raw: raw[:16] + b"\x02\x00" + raw[18:]),
        ("a header of UTF-16", lambda raw: raw[:59] + b"\x03" + raw[60:]),
        ("a header of a future format", lambda raw: raw[:18] + b"\x09\x09" + raw[20:]),
        ("a header without its name", lambda raw: b"X" + raw[1:]),
        ("pages in reverse", lambda raw: b"".join(raw[at : at + 4096] for at in range(len(raw) - 4096, -1, -4096))),
        ("twice itself", lambda raw: raw + raw),
    ],
)
def test_a_file_that_is_no_database_any_more(
    what: str, make: Callable[[bytes], bytes], seeded: Path, tmp_path: Path
) -> None:
    db = tmp_path / "bad.db"
    db.write_bytes(make(seeded.read_bytes()))
    before = contents(db)
    for args in (("search",), ("export", "jsonl"), ("info", "--verify"), ("stats",), ("log",)):
        plain(run(*args, "--db", str(db)), {0, 5}, what)
    plain(
        run("add", "--date", "2023", "--kind", "raid", "--title", "T", "--db", str(shutil.copy(db, tmp_path / "w.db"))),
        {0, 5},
    )
    assert contents(db) == before, what


def test_an_id_that_is_no_text(protecting: Path) -> None:
    with closing(sqlite3.connect(protecting)) as connection:
        connection.executescript(
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'id TEXT', 'id BLOB')"
            " WHERE name = 'event'; PRAGMA writable_schema = RESET; UPDATE event SET id = x'0500ff';"
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'id BLOB', 'id TEXT')"
            " WHERE name = 'event'; PRAGMA writable_schema = RESET"  # an altered definition is refused already
        )
    refused(process("show", "e-1", "--db", str(protecting)), 3)
    assert "Dara" not in process("search", "--db", str(protecting)).out  # which prints the id of the record
    assert process("info", "--verify", "--db", str(protecting)).code == 5
