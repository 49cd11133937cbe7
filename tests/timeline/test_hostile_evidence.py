"""What is no file, is written to meanwhile, or lies where it should not: a clear error, and nothing is lost."""

from __future__ import annotations

import os
import socket
import sqlite3
import threading
from contextlib import closing
from errno import EIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from scamcli.errors import DatabaseError, DataError, IncompleteCopyError
from scamcli.store.evidence_folder import file_of, folder_of, open_kept
from tests.helpers.driver import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES = ["new\nline.txt", "right\u202eleft.txt", "colour\x1b[31m.txt", "a" * 250, " ", "-rf", "តារា.txt"]


@pytest.fixture
def timeline(tmp_path: Path) -> Iterator[Timeline]:
    (tmp_path / "a.txt").write_text("hello")
    (tmp_path / "b.txt").write_text("good-bye")
    with Timeline(tmp_path / "t.db", create=True) as made:
        made.add({"id": "raid-1", "date": "2024-05-01", "kind": "raid", "title": "Raid"})
        made.add_evidence([tmp_path / "a.txt", tmp_path / "b.txt"], source="Daily")
        yield made


def place_of(timeline: Timeline, name: str) -> Path:
    """Return where the content of a file is kept."""
    return file_of(folder_of(timeline.path), timeline.evidence_file(name)["sha256"])


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_kept_and_printed_safely(name: str, timeline: Timeline, tmp_path: Path) -> None:
    (tmp_path / "n").mkdir()
    (tmp_path / "n" / name).write_text("x")
    timeline.add_evidence([tmp_path / "n" / name], source=f"S{name}"[:300])
    assert timeline.evidence_file(name)["name"] == name
    db = ("--db", str(timeline.path))
    for args in (("evidence", "list"), ("evidence", "show", f"./{name}"[2:] if name != "-rf" else "2d711642b726")):
        printed = run(*args, *db).out
        assert not set(printed.replace("\n", "")) & {"\x1b", "\u202e"}
    timeline.export_evidence([name], tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 3


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def in_a_circle(path: Path) -> None:
    path.symlink_to(path)


def folder(path: Path) -> None:
    path.mkdir()


STRANGE = [pipe, listening, to_a_device, in_a_circle, folder]


@pytest.mark.parametrize("make", STRANGE)
def test_what_is_no_file_is_not_added(
    make: Callable[[Path], None], timeline: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket needs a short path
    make(Path("strange.wacz"))
    with pytest.raises(DataError):
        timeline.add_evidence([tmp_path / "b.txt", tmp_path / "strange.wacz"], source="Daily")
    for args in (("evidence", "import", "strange.wacz"), ("evidence", "verify", "strange.wacz")):
        answer = run(*args, "--db", str(timeline.path))
        assert answer.code in {3, 4}, answer
    assert len(list(timeline.evidence())) == 2
    assert not list(timeline.verify_evidence())


@pytest.mark.parametrize("make", [*STRANGE, None])
def test_what_replaces_a_file_is_not_read(
    make: Callable[[Path], None] | None, timeline: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = place_of(timeline, "a.txt")
    monkeypatch.chdir(place.parent)
    place.unlink()
    if make is not None:
        make(Path(place.name))
    with pytest.raises(FileNotFoundError):
        open_kept(place)
    (problem,) = timeline.verify_evidence()
    assert ("not a file" if make else "is missing") in str(problem["reason"])
    with pytest.raises(DatabaseError, match=r"a\.txt is missing"):
        timeline.export_evidence(["a.txt"], tmp_path / "out")
    with pytest.raises(DatabaseError, match="is missing"):
        timeline.export_bag(tmp_path / "bag")
    with pytest.raises(IncompleteCopyError, match=r"a\.txt"):
        timeline.backup(tmp_path / "copy", with_evidence=True)
    erased = timeline.redact("raid-1", confirmed=True)
    assert erased.files == ()


def test_a_file_that_is_written_to_meanwhile_is_not_added(timeline: Timeline, tmp_path: Path) -> None:
    growing, done = tmp_path / "growing.log", threading.Event()
    growing.write_bytes(b"x" * 15_000_000)

    def grow() -> None:
        with growing.open("ab", buffering=0) as stream:
            while not done.wait(0.001):
                stream.write(b"y")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        with pytest.raises(DataError, match="was changed while it was copied"):
            timeline.add_evidence([tmp_path / "b.txt", growing], source="Weekly")
    finally:
        done.set()
        writer.join()
    assert [row["source"] for row in timeline.evidence()] == ["Daily", "Daily"]
    timeline.add_evidence([growing], source="Weekly")
    assert not list(timeline.verify_evidence())


def test_a_database_does_not_delete_the_files_of_another(timeline: Timeline, tmp_path: Path) -> None:
    with Timeline(tmp_path / "t", create=True) as other:
        other.add({"id": "raid-1", "date": "2024-05-01", "kind": "raid", "title": "Raid"})
        for writer in (other, timeline):
            with pytest.raises(DatabaseError, match="the same folder of evidence"):
                writer.add_evidence([tmp_path / "a.txt"], source="Daily")
    assert not list(timeline.verify_evidence())
    (tmp_path / "t").rename(tmp_path / "other")
    timeline.add_evidence([tmp_path / "a.txt"], source="Weekly")
    (tmp_path / "t").write_text("not a database")
    timeline.remove_evidence(["a.txt"], reason="consent")


COMMANDS = [
    ("evidence", "verify"), ("evidence", "export", "a.txt", "-o", "out"),
    ("evidence", "remove", "a.txt", "--reason", "a test"),
    ("redact", "hello", "--yes", "--remove-evidence"), ("redact", "raid-1", "--yes", "--remove-evidence"),
    ("backup", "out", "--with-evidence"), ("export", "bagit", "-o", "out"),
]  # fmt: skip


@pytest.mark.parametrize("args", COMMANDS)
def test_a_database_that_names_a_file_elsewhere_as_evidence(
    args: tuple[str, ...], timeline: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database from elsewhere may say anything. Neither is that file read nor deleted."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.txt").write_text("hello, this is mine")
    timeline.add_evidence([tmp_path / "a.txt"], source="Daily", events=["raid-1"])
    timeline.close()
    with closing(sqlite3.connect(timeline.path)) as connection:
        (old,) = connection.execute("SELECT evidence FROM evidence_source WHERE name = 'a.txt'").fetchone()
        new = [str(tmp_path / "mine.txt"), old]
        connection.execute("UPDATE evidence SET sha256 = ? WHERE sha256 = ?", new)
        for table in ("evidence_source", "evidence_event", "custody"):
            connection.execute(f"UPDATE {table} SET evidence = ? WHERE evidence = ?", new)
        connection.commit()
    answer = run(*args, "--db", str(timeline.path))
    assert answer.code == 5
    assert ("missing" if args[0] == "backup" else "is not the SHA-256 of an evidence file") in answer.err
    holding = [one for one in tmp_path.rglob("*") if one.is_file() and b"this is mine" in one.read_bytes()]
    assert holding == [tmp_path / "mine.txt"]


def test_a_file_that_cannot_be_deleted_is_named(timeline: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows change, but nobody is told that the file is gone."""
    who = {"name": "Hello Goodfellow", "role": "victim"}
    timeline.add({"date": "2024-05-02", "kind": "raid", "title": "Hello Goodfellow", "actors": [who]})
    file = timeline.path.parent / "c.txt"
    file.write_text("Hello Goodfellow came")
    timeline.add_evidence([file], source="Daily")
    first, other = place_of(timeline, "a.txt"), place_of(timeline, "c.txt")

    def fail(path: Path, *_: object, **__: object) -> None:
        raise OSError(EIO, os.strerror(EIO), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", fail)
        with pytest.raises(DatabaseError, match=f"An evidence file could not be deleted: {first}"):
            timeline.remove_evidence(["a.txt"], reason="a test")
        with pytest.raises(DatabaseError, match=f"An evidence file could not be deleted: {other}"):
            timeline.redact("Hello Goodfellow", confirmed=True, remove_evidence=True)
    assert (first.exists(), other.exists()) == (True, True)
    assert list(timeline.search("Goodfellow")) == []
    timeline.add_evidence([timeline.path.parent / "b.txt"], source="Weekly")
    assert (first.exists(), other.exists()) == (False, False)
