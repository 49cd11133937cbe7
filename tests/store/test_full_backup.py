"""``backup --with-evidence``: a database and its evidence, of one moment, that fit together again after restoring."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from scamcli.errors import IncompleteCopyError
from scamcli.store.evidence_folder import file_of, files_in, folder_of
from tests.helpers.driver import ok, refused, run

if TYPE_CHECKING:
    from pathlib import Path

CONTENTS = {
    "a.txt": b"The first file.", "empty.txt": b"", "block.bin": b"x" * 512, "large.bin": bytes(range(256)) * 9000,
    "gone.txt": b"It was removed.",
}  # fmt: skip
KEPT = len(CONTENTS) - 1


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The path of a timeline with evidence, also a file that was removed."""
    for name, content in CONTENTS.items():
        (tmp_path / name).write_bytes(content)
    with Timeline(tmp_path / "t.db", create=True) as timeline:
        timeline.add({"id": "raid-1", "date": "2024-05-01", "kind": "raid", "title": "Raid"})
        timeline.add_evidence([tmp_path / name for name in CONTENTS], source="Daily", events=["raid-1"])
        timeline.remove_evidence(["gone.txt"], reason="consent")
    return tmp_path / "t.db"


def is_whole(db: Path, number: int = KEPT) -> bool:
    """Return whether a timeline is sound and has so many evidence files, for its owner alone."""
    with Timeline(db) as timeline:
        problems = [*timeline.verify(), *timeline.verify_evidence()]
    files = list(files_in(folder_of(db)))
    modes = {one.stat().st_mode & 0o777 for one in files}, folder_of(db).stat().st_mode & 0o777
    return not problems and len(files) == number and modes == ({0o400}, 0o700)


def test_the_copy_is_a_folder_that_can_be_used_and_moved(base: Path, tmp_path: Path) -> None:
    assert ok("backup", str(tmp_path / "out"), "--with-evidence", "--db", str(base)) == f"{tmp_path / 'out'}\n"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["t.db", "t.evidence"]
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
    assert is_whole(tmp_path / "out" / "t.db")
    shutil.rmtree(folder_of(base))
    base.unlink()
    for name in ("t.db", "t.evidence"):
        (tmp_path / "out" / name).rename(tmp_path / name)
    assert is_whole(base)


def test_an_encrypted_copy_holds_the_same_folder(base: Path, tmp_path: Path) -> None:
    pyrage = pytest.importorskip("pyrage")
    owner = pyrage.x25519.Identity.generate()
    made = ok(
        "backup", str(tmp_path), "--with-evidence", "--encrypt", str(owner.to_public()), "--db", str(base)
    ).strip()
    assert made.endswith("Z.tar.age")
    encrypted = (tmp_path / made).read_bytes()
    assert CONTENTS["large.bin"][:1000] not in encrypted
    (tmp_path / "copy.tar").write_bytes(pyrage.decrypt(encrypted, [owner]))
    with tarfile.open(tmp_path / "copy.tar") as archive:
        archive.extractall(tmp_path / "python", filter="tar")
    (tmp_path / "system").mkdir()
    subprocess.run(["tar", "-xf", tmp_path / "copy.tar", "-C", tmp_path / "system"], check=True)
    for folder in ("python", "system"):
        (copy,) = (tmp_path / folder).iterdir()
        assert made == f"{tmp_path / copy.name}.tar.age"
        assert is_whole(copy / "t.db")


@pytest.mark.parametrize("name", ["linked.db", "linked", "two.dots.db"])
def test_a_link_to_a_database_or_another_name(
    name: str, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pyrage = pytest.importorskip("pyrage")
    owner = pyrage.x25519.Identity.generate()
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).symlink_to("t.db")
    with Timeline(tmp_path / name) as timeline:
        timeline.backup(tmp_path / "out", with_evidence=True)
        timeline.backup(tmp_path / "copy.tar.age", with_evidence=True, encrypt=[str(owner.to_public())])
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt((tmp_path / "copy.tar.age").read_bytes(), [owner]))) as archive:
        archive.extractall(tmp_path, filter="tar")
    for folder in ("out", "copy"):
        assert is_whole(tmp_path / folder / name)


def test_a_file_that_is_removed_meanwhile_is_not_in_the_copy(base: Path, tmp_path: Path) -> None:
    """And one that is added meanwhile is there if the copied database lists it."""
    removed = list[str]()

    def remove(_done: int, _total: int) -> None:
        if not removed:
            with Timeline(base) as other:
                named = {"block.bin", "a.txt", "large.bin"}
                removed.extend(row["sha256"] for row in other.evidence() if row["name"] in named)
                other.remove_evidence(removed, reason="consent")
                other.add_evidence([tmp_path / "gone.txt"], source="Weekly")

    with Timeline(base) as timeline:
        timeline.backup(tmp_path / "out", with_evidence=True, progress=remove)
    assert is_whole(tmp_path / "out" / "t.db", KEPT - 3 + 1)
    assert not any(file_of(folder_of(tmp_path / "out" / "t.db"), sha256).exists() for sha256 in removed)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_altered_and_missing_files_are_named(base: Path, tmp_path: Path) -> None:
    with Timeline(base) as timeline:
        by_name = {row["name"]: file_of(folder_of(base), row["sha256"]) for row in timeline.evidence()}
    by_name["a.txt"].chmod(0o600)
    by_name["a.txt"].write_bytes(b"Another text.")
    by_name["block.bin"].unlink()
    with Timeline(base) as timeline, pytest.raises(IncompleteCopyError) as raised:
        timeline.backup(tmp_path / "out", with_evidence=True)
    assert raised.value.copy == tmp_path / "out"
    told = run("backup", "--with-evidence", str(tmp_path / "second"), "--db", str(base))
    assert (told.code, told.out) == (5, f"{tmp_path / 'second'}\n")  # a script that makes copies every night notices
    for message in (raised.value.message, told.err):
        assert "2 evidence files missing, altered or unreadable, here as in the copy" in message
        assert "a.txt (" in message
        assert "block.bin (" in message
    with Timeline(tmp_path / "out" / "t.db") as copy:
        assert len(list(copy.verify_evidence())) == 2


def test_a_copy_without_evidence_says_so(base: Path, tmp_path: Path) -> None:
    told = run("backup", str(tmp_path / "copy.db"), "--db", str(base))
    size = sum(len(content) for name, content in CONTENTS.items() if name != "gone.txt")
    assert f"{KEPT} evidence files ({size:,} bytes) are not in the copy." in told.err
    assert "--with-evidence" in told.err


def test_protected_names_are_mentioned_only_if_somebody_is_protected(base: Path, tmp_path: Path) -> None:
    before = run("backup", str(tmp_path / "before.db"), "--db", str(base))
    assert "protected actors" not in before.err  # the folder has the name of this test
    assert f"info --verify --db {tmp_path / 'before.db'}` checks the copy" in before.err
    run("actors", "add", "Dara Veasna", "--db", str(base))
    run("protect", "Dara Veasna", "--db", str(base))
    assert "names of protected actors" in run("backup", str(tmp_path / "after.db"), "--db", str(base)).err


def test_nothing_is_written_over(base: Path, tmp_path: Path) -> None:
    (tmp_path / "out.db").write_text("x")
    for target, words in (("out.db", "a folder, not a file"), ("a.txt", "already exists"), ("new.db", "a folder")):
        refused(run("backup", str(tmp_path / target), "--with-evidence", "--db", str(base)), 2, words)
    refused(run("backup", str(tmp_path / "no" / "out"), "--with-evidence", "--db", str(base)), 5, "cannot be created")
    assert not (tmp_path / "no").exists()
    assert json.loads(ok("log", "--json", "--db", str(base)))[0]["command"] == "evidence remove"


def test_a_timeline_without_evidence_is_copied_too(tmp_path: Path) -> None:
    with Timeline(tmp_path / "t.db", create=True) as timeline:
        timeline.add({"id": "raid-1", "date": "2024-05-01", "kind": "raid", "title": "Raid"})
        made = timeline.backup(with_evidence=True)
    assert made.parent == tmp_path
    assert [path.name for path in made.iterdir()] == ["t.db"]
    with Timeline(made / "t.db") as copy:
        assert not list(copy.verify())
