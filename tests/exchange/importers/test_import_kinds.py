"""Files are recognised by their content, whatever their names, even on stdin and in a pipe."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done, run
from tests.helpers.validators import need

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = ("jsonl", "xlsx", "datapackage", "db")
"""Those that hold everything."""


def whole(db: Path | str) -> str:
    return done("export", "jsonl", "--db", str(db)).out


def made(kind: str, folder: Path) -> Path:
    """A file or a folder of the shipped timeline, under a name that does not say what it is."""
    path = folder / "something"
    if kind == "db":
        shutil.copy(os.environ["SCAMCLI_DB"], path)
    else:
        done("export", kind, "-o", str(path))
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_what_holds_everything_comes_back_as_the_same_bytes(folder: Path, kind: str) -> None:
    done("import", str(made(kind, folder)), "--db", "again.db")
    assert whole("again.db") == done("export", "jsonl").out


@pytest.mark.parametrize("kind", ["jsonl", "xlsx", "db"])
def test_through_a_named_pipe(folder: Path, kind: str) -> None:
    content, pipe = made(kind, folder).read_bytes(), folder / "pipe"
    os.mkfifo(pipe)
    feeding = threading.Thread(target=pipe.write_bytes, args=[content])
    feeding.start()
    done("import", str(pipe), "--db", "again.db")
    feeding.join()
    assert whole("again.db") == done("export", "jsonl").out


def test_the_pair_of_csv_comes_back_with_its_events(folder: Path) -> None:
    done("export", "csv", "-o", "a")
    done("export", "csv", "--rows", "figures", "-o", "b")
    for pair in (["a", "b"], ["b", "a"]):
        done("import", *pair, "--db", f"{pair[0]}.db")
        events = [line for line in whole(f"{pair[0]}.db").splitlines() if line.startswith('{"type": "event"')]
        assert events == [
            line for line in done("export", "jsonl").out.splitlines() if line.startswith('{"type": "event"')
        ]


def test_of_another_database_drafts_and_protected_names_come_along_and_its_history_stays(folder: Path) -> None:
    victim = {"type": "actor", "name": "Rachana Velvet", "kind": "person", "protected": True}
    draft = {"type": "event", "id": "d", "date": "2023", "kind": "raid", "title": "D", "status": "draft",
             "actors": [{"name": "Rachana Velvet", "role": "victim"}]}  # fmt: skip
    done("import", "-", "--db", "one.db", stdin=f"{json.dumps(victim)}\n{json.dumps(draft)}")
    outcome = done("import", "one.db", "--db", "two.db")
    assert "one.db: Imported without its history (1 change)" in outcome.err
    assert "Rachana" not in outcome.out + outcome.err + whole("two.db")
    assert whole("two.db").count("[protected-") == 2
    assert done("export", "jsonl", "--include-protected", "--db", "two.db").out == done(
        "export", "jsonl", "--include-protected", "--db", "one.db"
    ).out  # fmt: skip


def other_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")


WRONG: dict[str, tuple[Callable[[Path], object], int]] = {
    "a folder": (lambda path: path.mkdir(), 4),
    "an empty file": (lambda path: path.touch(), 4),
    "another program's database": (other_program, 5),
    "a database that is cut short": (lambda path: path.write_bytes(b"SQLite format 3\0" + b"x" * 50), 5),
    "a workbook that is none": (lambda path: path.write_bytes(b"PK\x03\x04" + b"x" * 50), 4),
    "Parquet that is none": (lambda path: path.write_bytes(b"PAR1" + b"x" * 50), 4),
    "an image": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50), 4),
    "nothing": (lambda path: None, 4),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_none_of_them_is_refused_in_plain_words(folder: Path, what: str) -> None:
    make, code = WRONG[what]
    make(folder / "given")
    outcome = run("import", "given", "--db", "new.db")
    assert outcome.code == code, outcome.err
    assert "given" in outcome.err
    assert len(outcome.err.splitlines()) <= 2
    assert not (folder / "new.db").exists()


def test_a_database_is_not_imported_into_itself(own_db: Path) -> None:
    assert "120 already present" in done("import", str(own_db)).err


def test_a_workbook_whose_entities_burst_is_refused(folder: Path) -> None:
    done("export", "xlsx", "-o", "book.xlsx")
    bomb = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    with zipfile.ZipFile("book.xlsx") as book, zipfile.ZipFile("bomb.xlsx", "w") as made:
        for name in book.namelist():
            content = book.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = f'<!DOCTYPE x [<!ENTITY e0 "x">{bomb}]><worksheet>&e12;</worksheet>'.encode()
            made.writestr(name, content)
    outcome = run("import", "bomb.xlsx", "--db", "new.db")
    assert outcome.code == 4, outcome.err
    assert 'bomb.xlsx cannot be read as a workbook: "xl/worksheets/sheet1.xml" declares a document type' in outcome.err


@pytest.mark.parametrize("format_", ["markdown", "graphml"])
@pytest.mark.parametrize("through_stdin", [False, True])
def test_a_kind_that_is_not_read_is_told_once(folder: Path, own_db: Path, format_: str, through_stdin: bool) -> None:
    if format_ == "graphml":
        need("networkx")
    done("export", format_, "-o", "out")
    text = Path("out").read_text(encoding="utf-8")
    outcome = run("import", "-", stdin=text) if through_stdin else run("import", "out")
    assert outcome.code == 4
    assert outcome.err.startswith(f"scamcli: {'stdin' if through_stdin else 'out'} cannot be imported")
    assert len(outcome.err.splitlines()) == 2
