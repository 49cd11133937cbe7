"""The command ``export``: what is exported, where to, and the messages about what a format cannot hold."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import pytest

from scamcli.exchange.exporters import atomic_output
from scamcli.exchange.exporters.dump import Shape
from scamcli.exchange.exporters.registry import EXPORT_FORMATS
from scamcli.timeline import Timeline
from tests.helpers.command_line import done, run
from tests.helpers.terminals import SCRIPT
from tests.helpers.validators import need


def exported(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done("export", "jsonl", *arguments).out.splitlines()]


def test_what_is_exported_with_a_filter_is_whole_by_itself(tmp_path: Path) -> None:
    """Whoever and whatever the events name comes along, and nobody else: it can be imported without a new name."""
    out = done("export", "jsonl", "--actor", "Sar Kheng").out
    again = str(tmp_path / "again.db")
    told = done("import", "-", "--strict-names", "--db", again, stdin=out).err
    assert "New actor" not in told
    assert done("export", "jsonl", "--db", again).out == out
    actors = [record["name"] for record in map(json.loads, out.splitlines()) if record["type"] == "actor"]
    assert "Ministry of Interior" in actors, "a member's body"
    assert "BBC" not in actors


@pytest.fixture
def with_drafts(own_db: Path) -> Path:
    draft = {"type": "event", "id": "draft", "date": "2023-01-01", "kind": "raid", "title": "D", "status": "draft"}
    done("import", "-", stdin=json.dumps(draft))
    return own_db


def test_the_whole_as_json_lines_has_its_drafts(with_drafts: Path) -> None:
    assert [record["id"] for record in exported() if record.get("status") == "draft"] == ["draft"]
    assert [record for record in exported("--kind", "raid") if record.get("status") == "draft"] == []


def test_what_is_lost_is_said_with_how_often(empty_db: Path) -> None:
    done("add", "--id", "a", "--date", "2023", "--kind", "raid", "--title", "T", "--province", "Kandal", "--note", "N",
         "--figure", "rescues: 12; note: M")  # fmt: skip
    told = done("export", "graphml").err
    assert "scamcli: Not in graphml:" in told
    assert "figures (1)" in told
    assert "summary" not in told, "there was none"
    assert done("export", "jsonl").err == ""


@pytest.mark.parametrize("name", ["parquet", "datasette"])
def test_a_folder_is_replaced_only_if_it_was_exported(folder: Path, name: str) -> None:
    mine = folder / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    outcome = run("export", name, "-o", "mine")
    assert outcome.code == 5
    assert (mine / "thesis.txt").read_text() == "years of work"
    done("export", name, "-o", "out")
    first = {path.name for path in (folder / "out").iterdir()}
    done("export", "datapackage" if name != "datapackage" else "parquet", "-o", "out")
    done("export", name, "-o", "out")
    assert {path.name for path in (folder / "out").iterdir()} == first, "what another format left is gone"
    (folder / "out" / "notes.txt").write_text("mine")
    outcome = run("export", name, "-o", "out")
    assert (outcome.code, (folder / "out" / "notes.txt").read_text()) == (5, "mine")
    assert "notes.txt" in outcome.err
    assert {path.name for path in folder.iterdir()} == {"mine", "out"}


def test_a_folder_stays_where_the_new_one_cannot_take_its_place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done("export", "datapackage", "-o", "out")
    before = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    assert run("export", "datapackage", "--kind", "raid", "-o", "out").code == 5
    assert {path.name: path.read_bytes() for path in (folder / "out").iterdir()} == before
    assert {path.name for path in folder.iterdir()} == {"out"}


@pytest.mark.parametrize("shape", [Shape.TEXT, Shape.FILE])
def test_an_export_is_for_its_owner_alone_from_the_first_byte_on(folder: Path, shape: Shape) -> None:
    modes: list[int] = []

    def write(target: object) -> None:
        modes.extend(stat.S_IMODE(made.stat().st_mode) for made in sorted(folder.rglob("*")))

    atomic_output.write_path(shape, folder / "out", write)
    assert modes == [0o700, 0o600]


def test_who_was_protected_since_the_file_was_opened_is_withheld(own_db: Path) -> None:
    with Timeline(own_db) as timeline:
        assert any("Sar Kheng" in line for line in timeline.lines())
        protected = json.dumps({"type": "actor", "name": "Sar Kheng", "protected": True})
        done("import", "-", "--on-conflict", "update", stdin=protected)
        assert not any("Sar Kheng" in line for line in timeline.lines())


@pytest.mark.parametrize("name", ["jsonl", "xlsx", "datasette"])
def test_an_export_is_for_its_owner_alone(own_db: Path, folder: Path, name: str) -> None:
    if EXPORT_FORMATS[name].library:
        need(EXPORT_FORMATS[name].library)
    (folder / "out").write_text("an earlier file") if EXPORT_FORMATS[name].shape is not Shape.FOLDER else None
    before = os.umask(0)
    try:
        done("export", name, "-o", "out")
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in folder.rglob("*") if file.is_file()}
    folders = {stat.S_IMODE(file.stat().st_mode) for file in folder.rglob("*") if file.is_dir()}
    assert (modes, folders) == ({0o600}, {0o700} if EXPORT_FORMATS[name].shape is Shape.FOLDER else set())


@pytest.mark.parametrize("name", ["jsonl", "xlsx", "--save-mapping", "backup", "init"])
@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_nothing_is_written_where_a_database_keeps_its_journal(
    own_db: Path, folder: Path, name: str, suffix: str
) -> None:
    """Whether a journal is there at the moment or not."""
    if name in EXPORT_FORMATS and (library := EXPORT_FORMATS[name].library):
        need(library)
    target, before = f"{own_db}{suffix}", done("export", "jsonl").out
    args: tuple[str, ...] = ("export", name, "-o", target)
    if name == "--save-mapping":
        Path("t.csv").write_text("Date,Town\n2024-01-02,Poipet\n", encoding="utf-8")
        args = ("import", "t.csv", "--map", "Date=date", "--map", "Town=title", "--set", "kind=raid", name, target)
    elif name in {"backup", "init"}:
        args = (name, target)
    for opened in (False, True):
        with closing(sqlite3.connect(own_db)) if opened else nullcontext() as connection:
            if connection is not None:
                connection.execute("SELECT count(*) FROM event").fetchone()
            outcome = run(*args)
        assert outcome.code == 2, outcome
        said = f"{target} is for the journal of the database {own_db}.", f"{target} exists, and is not a mapping."
        assert outcome.err.startswith(tuple(f"scamcli: {one}" for one in said))
    assert not Path(target).exists()
    assert done("export", "jsonl").out == before


@pytest.mark.parametrize("name", ["jsonl", "xlsx", "datasette"])
def test_no_export_replaces_the_database_or_a_copy(own_db: Path, folder: Path, name: str) -> None:
    if library := EXPORT_FORMATS[name].library:
        need(library)
    done("backup", str(folder / "copy.db"))
    (folder / "damaged.db").write_bytes(b"")  # without the first bytes of a database
    done("backup", str(folder / "damaged.db-2"))
    (folder / "damaged.db-2").write_bytes(b"damaged")
    (folder / "link").symlink_to(folder / "copy.db")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    targets = {own_db: "the database itself", "copy.db": "a copy of", "link": "a copy of", "damaged.db-2": "a copy of"}
    for target, what in targets.items():
        outcome = run("export", name, "-o", str(target))
        assert (outcome.code, what in outcome.err) == (2, True), outcome
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_no_format_gives_a_protected_name_away(own_db: Path, folder: Path, name: str) -> None:
    """Neither by what it holds, nor by the words of what was asked for."""
    if EXPORT_FORMATS[name].library:
        need(EXPORT_FORMATS[name].library)
    victim = {"type": "actor", "name": "Rachana Velvet", "kind": "person", "aliases": ["Velvety"], "protected": True}
    event = {"type": "event", "id": "freed", "date": "2023-02-03", "kind": "rescue", "title": "Rachana was freed",
             "provinces": ["Kandal"], "actors": [{"name": "Rachana Velvet", "role": "victim"}],
             "summary": "Velvety said so.",
             "figures": [{"metric": "rescues", "stated": "1", "stated_by": "Rachana Velvet", "note": "VELVET"}],
             "sources": [
                 {"outlet": "VOD", "title": "Rachana speaks", "url": "https://e.org/rachana-velvet"}]}  # fmt: skip
    done("import", "-", stdin=f"{json.dumps(victim)}\n{json.dumps(event)}\n")
    done("export", name, "rachana", "-o", "out")
    out = folder / "out"
    files = list(out.rglob("*")) if out.is_dir() else [out]
    held = b"".join(_bytes(path) for path in files if path.is_file())
    assert b"protected-" in held, "the event is there"
    for word in (b"rachana", b"velvet"):
        assert word not in held.lower()


def _bytes(path: Path) -> bytes:
    """What a file holds, also where it is packed."""
    import zipfile

    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return b"".join(packed.read(name) for name in packed.namelist())
    if path.suffix == ".parquet":
        from pyarrow import parquet

        return repr(parquet.read_table(path).to_pylist()).encode()
    return path.read_bytes()


def test_an_absent_library_is_named_with_the_extra_that_brings_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process in which that library is not to be found."""
    code = (
        "import sys\n"
        "sys.modules.update(dict.fromkeys(sys.argv[2:]))\n"  # None there: it is not to be found
        "sys.argv = ['scamcli', 'export', sys.argv[1], '-o', 'out']\n"
        "from scamcli.__main__ import run\n"
        "run()\n"
    )
    python = str(Path(SCRIPT).with_name("python"))
    command = [python, "-c", code, "parquet", str(EXPORT_FORMATS["parquet"].library)]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    assert process.returncode == 2, process.stderr
    assert "pip install '.[parquet]'" in process.stderr
    assert len(process.stderr.splitlines()) == 2


@pytest.mark.parametrize("name", ["xlsx", "jsonl"])
def test_another_database_is_not_written_over(own_db: Path, folder: Path, name: str) -> None:
    (folder / "other.db").write_bytes(own_db.read_bytes())
    outcome = run("export", name, "-o", "other.db")
    assert outcome.code == 5
    assert "is a database" in outcome.err
    assert (folder / "other.db").read_bytes() == own_db.read_bytes()


def test_a_file_of_an_exported_folder_that_somebody_changed_stays(folder: Path) -> None:
    done("export", "datasette", "-o", "site")
    metadata = folder / "site" / "metadata.json"
    metadata.write_text('{"license": "CC BY 4.0"}')
    outcome = run("export", "datasette", "-o", "site")
    assert outcome.code == 5
    assert "metadata.json" in outcome.err
    assert metadata.read_text() == '{"license": "CC BY 4.0"}'
