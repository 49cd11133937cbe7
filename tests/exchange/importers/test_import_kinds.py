"""Files are recognised by their content, whatever their names, even on stdin and in a pipe."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import threading
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done, run
from tests.helpers.paths import SCHEMAS
from tests.helpers.terminals import SCRIPT
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


@pytest.mark.parametrize("kind", KINDS)
def test_again_changes_nothing(folder: Path, kind: str) -> None:
    path = str(made(kind, folder))
    done("import", path, "--db", "again.db")
    before = whole("again.db")
    assert "0 records added, 120 already present" in done("import", path, "--db", "again.db").err
    assert whole("again.db") == before


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "datapackage"])
def test_on_stdin(folder: Path, kind: str) -> None:
    done("import", "-", "--db", "again.db", stdin=made(kind, folder).read_bytes())
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


def test_several_kinds_in_one_import(folder: Path) -> None:
    done("export", "csv", "--during", "2022", "-o", "events.csv")
    done("export", "csv", "--rows", "figures", "--during", "2022", "-o", "figures.csv")
    done("export", "jsonl", "--during", "2023", "-o", "later.jsonl")
    done("import", "later.jsonl", "events.csv", "figures.csv", "--db", "all.db")
    ids = {row["id"] for row in done("search", "--json", "--db", "all.db").json}
    assert ids == {row["id"] for row in done("search", "--json").json}


def test_a_wrong_row_is_named_by_its_file_and_number(folder: Path) -> None:
    done("export", "csv", "--kind", "raid", "-o", "raids.csv")
    lines = (folder / "raids.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    lines[2] = lines[2].replace(",raid,", ",riad,")
    (folder / "raids.csv").write_text("".join(lines), encoding="utf-8")
    outcome = run("import", "raids.csv", "--db", "again.db")
    assert outcome.code == 4
    assert 'raids.csv:3: `kind`: "riad" is not known; expected raid' in outcome.err
    assert not (folder / "again.db").exists()
    told = done("import", "raids.csv", "--db", "again.db", "--skip-invalid").err
    assert "1 left out" in told
    on_stdin = run("import", "-", "--db", "other.db", stdin="".join(lines))
    assert "stdin:3:" in on_stdin.err


@pytest.mark.parametrize("packed", sorted(SCHEMAS.glob("*.gz")), ids=lambda path: path.name)
def test_a_database_of_an_older_version_is_read_and_left_as_it_is(folder: Path, packed: Path) -> None:
    before = gzip.decompress(packed.read_bytes())
    (folder / "old.db").write_bytes(before)
    done("import", "old.db", "--db", "new.db")
    assert (folder / "old.db").read_bytes() == before
    assert '"type": "event"' in whole("new.db")
    assert [path.name for path in folder.glob("*before*")] == [], "no copy of it is left, either"


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


def test_an_absent_library_is_named_with_the_extra_that_brings_it(folder: Path) -> None:
    python = str(Path(SCRIPT).with_name("python"))
    done("export", "xlsx", "-o", "xlsx")
    code = "import sys\nsys.modules['openpyxl'] = None\nsys.argv = ['scamcli', 'import', 'xlsx']\n"
    code += "from scamcli.__main__ import run\nrun()\n"
    process = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    assert process.returncode == 2, process.stderr
    assert "pip install '.[xlsx]'" in process.stderr


def test_a_table_on_stdin_is_answered_with_a_proposal(folder: Path) -> None:
    outcome = run("import", "-", "--db", "new.db", stdin="Date,Rescued\n2023-01-02,12\n")
    assert outcome.code == 2
    assert "  Rescued  figure.rescues  sure" in outcome.err
    assert "stdin is a table" in outcome.err


def test_a_table_through_a_pipe_is_known_as_one(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    feeding = threading.Thread(target=(folder / "pipe").write_text, args=["Date,Rescued\n2023-01-02,12\n"])
    feeding.start()
    outcome = run("import", "pipe", "--db", "new.db")
    feeding.join()
    assert outcome.code == 2
    assert "pipe is a table" in outcome.err


def test_an_array_of_records_is_read_as_its_lines_would_be(folder: Path) -> None:
    (folder / "all.json").write_text('[\n{"type": "actor", "name": "A"},\n{"type": "actor", "name": "B"}\n]\n')
    assert "2 records added" in done("import", "all.json", "--db", "new.db").err
    (folder / "hits.json").write_text(done("search", "raid", "--json", "--limit", "3").out)
    assert "3 records added" in done("import", "hits.json", "--db", "hits.db").err


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_file_that_only_has_the_name_of_a_workbook_is_refused(empty_db: Path, folder: Path, suffix: str) -> None:
    path = folder / f"cases.{suffix}"
    path.write_bytes(b"\x8f\x02\xc3" * 40)
    seen = run("import", str(path), "--yes")
    assert (seen.code, "is named like a workbook, but is not one" in seen.err) == (4, True)
    path.write_text("Date\tTitle\n2024-01-02\tA raid ‘in town’\n", encoding="utf-8")
    assert "1 record added" in done("import", str(path), "--yes").err


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


def test_a_record_among_lines_that_are_none_makes_them_lines(folder: Path, own_db: Path) -> None:
    text = "\n".join(["{", "{", "{", '{"type": "actor", "name": "A"}', "{"])
    outcome = run("import", "-", "--skip-invalid", stdin=text)
    assert (outcome.code, "1 record added" in outcome.err, "4 left out" in outcome.err) == (0, True, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["t.txt", "t", "-"])
def test_a_table_with_tabs_is_one_whatever_it_is_called(folder: Path, own_db: Path, encoding: str, name: str) -> None:
    text = "No\tDate\tTown\n1\t2022-05-14\tBavet\n".encode(encoding)
    Path("t.txt").write_bytes(text)
    Path("t").write_bytes(text)
    outcome = run("import", name, stdin=text if name == "-" else None)
    assert outcome.code == 2
    assert "nothing says what its columns mean" in outcome.err
