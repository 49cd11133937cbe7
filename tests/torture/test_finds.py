"""What the torture has found: each with the least that shows it, those not mended yet as expected failures."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from scamcli.language import gazetteer
from tests.helpers.torture_driver import COMMAND, Answer, ok, plain, process, refused, run
from tests.torture.test_faults import fill, small_disk


def piped(streams: str, *args: str) -> Answer:
    """A command whose streams the shell opens or closes."""
    command = ["sh", "-c", f'exec "$@" {streams}', "sh", *COMMAND, *args]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    return Answer(done.returncode, done.stdout, done.stderr)


# Streams.


@pytest.mark.parametrize("args", [("search", "--json"), ("export", "jsonl")])
def test_a_full_disk_behind_stdout(args: tuple[str, ...], seeded: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    named = () if args == ("--help",) else ("--db", str(seeded))
    refused(piped(">/dev/full", *args, *named), 5)


@pytest.mark.parametrize(("streams", "args", "codes"), [(">&-", ("search",), {0, 5}), ("<&-", ("import", "-"), {4})])
def test_a_closed_stream(streams: str, args: tuple[str, ...], codes: set[int], seeded: Path) -> None:
    plain(piped(streams, *args, "--db", str(seeded)), codes)


# Paths and disks.


@pytest.mark.parametrize("args", [("add", "--date", "2023", "--kind", "raid", "--title", "T")])
def test_a_path_that_is_too_long(args: tuple[str, ...]) -> None:
    refused(process(*args, "--db", "a" * 5000), 5)


@pytest.mark.parametrize("kind", ["jsonl", "xlsx"])
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


# Numbers.


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


@pytest.mark.parametrize("args", [("search",)])
def test_a_damaged_schema(args: tuple[str, ...], seeded: Path) -> None:
    refused(process(*args, "--db", str(with_bytes(seeded, b"CREATE TABLE term", b"CREATE T\xe5\xe5LE"))), 5)


@pytest.mark.parametrize("record", ["!", "5", "{}"])
def test_a_damaged_record_of_a_protected_actor(record: str, protecting: Path) -> None:
    with closing(sqlite3.connect(protecting)) as raw:
        raw.execute("UPDATE term SET record = ? WHERE placeholder IS NOT NULL", [record])
        raw.commit()
    for args in (("search",), ("stats", "complaints"), ("log",)):
        refused(process(*args, "--db", str(protecting)), 5)


# Killed, and out of room.


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


# What is mended, or never was broken, and is easily broken: files that name a database, and yet are none.
