"""Temporary folders: for their owner alone, deleted at the end, and by the next process if theirs was killed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scamcli.store.temporary import PREFIX, SUFFIX, temporary_folder
from tests.helpers.driver import ok

if TYPE_CHECKING:
    from collections.abc import Iterator

HOLD = """
import sys, time
from pathlib import Path
from scamcli.store.temporary import temporary_folder
with temporary_folder(Path(sys.argv[1])) as folder:
    (folder / "names").write_text("Sar Kheng")
    print(folder, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


@pytest.fixture
def holder(place: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process that uses a temporary folder; and which."""
    argv = [sys.executable, "-c", HOLD, str(place)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        yield child, Path(child.stdout.readline().strip())
        child.kill()


def test_it_is_its_owners_alone_and_gone_at_the_end(place: Path) -> None:
    before = os.umask(0)
    try:
        with suppress(KeyError), temporary_folder(place) as folder:
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            (folder / "x").mkdir()
            raise KeyError
    finally:
        os.umask(before)
    assert not list(place.iterdir())


def test_one_that_is_in_use_stays_and_one_that_is_not_goes(
    holder: tuple[subprocess.Popen[str], Path], place: Path
) -> None:
    child, folder = holder
    with temporary_folder(place), temporary_folder(place):
        assert (folder / "names").exists()
        assert len(list(place.iterdir())) == 3
    child.kill()
    child.wait()
    assert (folder / "names").exists()
    with temporary_folder(place) as mine:
        assert list(place.iterdir()) == [mine]


def test_files_of_others_stay(place: Path) -> None:
    kept = place / "kept"
    kept.mkdir()
    (kept / "thesis").write_text("years of work")
    (place / f"{PREFIX}0{SUFFIX}").symlink_to(kept)
    (place / f"{PREFIX}1{SUFFIX}").write_text("a file")
    (place / f"{PREFIX}2").mkdir()
    with temporary_folder(place):
        pass
    assert (kept / "thesis").exists()
    assert len(list(place.iterdir())) == 4


LEAVING = {
    "export": ("export", "jsonl", "-o", "{folder}/out"),
    "export of a workbook": ("export", "xlsx", "-o", "{folder}/out"),
    "export of a folder": ("export", "datasette", "-o", "{folder}/out"),
    "merge": ("merge", "{folder}/other.jsonl"),
    "import of a pipe": ("import", "-", "--map", "Date=date", "--map", "T=title", "--set", "kind=raid"),
}
STOP = """
import os, sys, tempfile, sqlite3
from scamcli.cli.main import main
from scamcli.store import temporary
def rmtree(*args, **kwargs):
    os._exit(9)
temporary.shutil.rmtree = rmtree
main()
"""
"""Runs a command, and dies when it is about to delete its temporary folder."""


@pytest.mark.thorough
@pytest.mark.parametrize("what", LEAVING)
def test_what_a_killed_command_left_is_gone_after_the_next(
    what: str, seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, temp = tmp_path / "folder", tmp_path / "temp"
    for one in (folder, temp):
        one.mkdir()
    monkeypatch.setenv("TMPDIR", str(temp))
    (folder / "other.jsonl").write_text(ok("export", "jsonl", "--db", str(seeded)), encoding="utf-8")
    args = [arg.replace("{folder}", str(folder)) for arg in LEAVING[what]]
    stdin = "Date,T\n2024-01-02,One\n2024-01-03,Two\n"
    command = [*args, "--db", str(seeded)]
    killed = subprocess.run([sys.executable, "-c", STOP, *command], input=stdin, text=True, check=False)
    assert killed.returncode == 9
    left = [*folder.glob(".*"), *temp.iterdir()]
    assert len(left) == 1, left
    assert left[0].name.startswith(PREFIX)
    again = subprocess.run([sys.executable, "-m", "scamcli", *command], input=stdin, text=True, check=False)
    assert again.returncode == 0
    assert [*folder.glob(".*"), *temp.iterdir()] == []


def stored(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that takes what the disk was told to store, in order, and what got its name."""
    told: list[str] = []
    sync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        sync(handle)
        told.append(f"stored {Path(f'/proc/self/fd/{handle}').readlink().name}")

    def replaced(draft: Path, target: Path) -> Path:
        told.append(f"named {Path(target).name}")
        return replace(draft, target)

    monkeypatch.setattr("os.fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    return told
