"""Bags, folders and lists from strangers: nothing is read that is not a plain file inside the folder that came."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from scamcli.errors import DataError
from scamcli.exchange.importers.notes import open_table
from scamcli.records.plain_files import file_within
from scamcli.timeline.bag_checks import verify_bag
from scamcli.timeline.ingest_files import files_in
from tests.helpers.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "the key of this machine"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of this machine, beside what came from a stranger."""
    path = tmp_path / "private" / "id_ed25519"
    path.parent.mkdir()
    path.write_text(SECRET)
    return path


@pytest.fixture
def timeline(tmp_path: Path) -> Iterator[Timeline]:
    """A timeline in a folder of its own."""
    (tmp_path / "mine").mkdir()
    with Timeline(tmp_path / "mine" / "cases.db", create=True) as made:
        made.add({"date": "2024-03-01", "kind": "raid", "title": "A raid"})
        yield made


def entry(file: str | None, content: str = SECRET, **keys: object) -> dict[str, object]:
    """What a list of evidence says of a file."""
    digest = sha256(content.encode()).hexdigest()
    given = {"sha256": digest, "size": len(content), "media_type": "text/plain", "name": "notes.txt", "file": file}
    return {
        **given, "derived_from": None, "sources": [{"source": "a stranger"}], "events": [], "removed": None,
        "withheld": False, "custody": [], **keys,
    }  # fmt: skip


def bag_of(folder: Path, listed: object, **files: str) -> Path:
    """A bag as any library makes it, with a list of evidence of one's own."""
    import bagit

    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_text(content)
    (folder / "evidence.json").write_text(json.dumps(listed))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bagit.make_bag(str(folder), checksums=["sha256"])
    return folder


def kept(timeline: Timeline) -> list[bytes]:
    """The contents of all evidence files."""
    return [Path(row["file"]).read_bytes() for row in timeline.evidence() if row["file"]]


def test_a_bag_of_another_tool_with_a_list_of_its_own_files_comes_in(timeline: Timeline, tmp_path: Path) -> None:
    bag = bag_of(tmp_path / "bag", [entry("data/a.txt", "a page")], **{"a.txt": "a page"})
    timeline.import_evidence(bag)
    assert b"a page" in kept(timeline)


OUTSIDE = [
    "../private/id_ed25519",
    "data/../../private/id_ed25519",
    "{absolute}",
    "data/./a.txt",
    "data\\a.txt",
    "a.txt",
    "data/",
    "data",
    "",
    ".",
    "bag-info.txt",
    "data/a.txt\x00",
    "C:/a.txt",
    "data//a.txt",
]


@pytest.mark.parametrize("file", OUTSIDE)
def test_a_list_names_no_file_outside_the_payload(timeline: Timeline, tmp_path: Path, secret: Path, file: str) -> None:
    bag = bag_of(tmp_path / "bag", [entry(file.format(absolute=secret))], **{"a.txt": "a page"})
    with pytest.raises(DataError) as error:
        timeline.import_evidence(bag)
    assert "evidence.json" in str(error.value)
    assert kept(timeline) == []


WRONG: list[object] = [
    {}, [None], [{"file": "data/a.txt"}], [entry("data/a.txt", sha256="")], [entry("data/a.txt", sources=["x"])],
    [entry("data/a.txt", events=[1])], [entry(None) | {"file": ["data/a.txt"]}],
]  # fmt: skip


@pytest.mark.parametrize("listed", WRONG, ids=range(len(WRONG)))
def test_a_list_of_another_shape_is_refused(timeline: Timeline, tmp_path: Path, listed: object) -> None:
    bag = bag_of(tmp_path / "bag", listed, **{"a.txt": "a page"})
    with pytest.raises(DataError, match=r"evidence\.json"):
        timeline.import_evidence(bag)
    assert kept(timeline) == []
    timeline.verify_evidence()


LINKS = ["data/link.txt", "data/folder", "bag-info.txt", "extra"]


@pytest.mark.parametrize("at", LINKS)
def test_a_bag_holds_no_links(timeline: Timeline, tmp_path: Path, secret: Path, at: str) -> None:
    bag = bag_of(tmp_path / "bag", [entry("data/a.txt", "a page")], **{"a.txt": "a page"})
    (bag / at).unlink(missing_ok=True)
    (bag / at).symlink_to(secret.parent if at == "data/folder" else secret)
    for do in (timeline.import_evidence, verify_bag):
        with pytest.raises(DataError, match="link"):
            do(bag)
    assert kept(timeline) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("at", ["data/pipe.txt", "bag-info.txt"])
def test_a_bag_with_a_named_pipe_does_not_wait_for_it(tmp_path: Path, at: str) -> None:
    bag = bag_of(tmp_path / "bag", [], **{"a.txt": "a page"})
    (bag / at).unlink(missing_ok=True)
    os.mkfifo(bag / at)
    command = [sys.executable, "-m", "scamcli", "evidence", "verify", str(bag)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (found.returncode, "pipe" in found.stderr) == (4, True), found.stderr


@pytest.mark.parametrize("encoding", ["zip"])
def test_a_bag_in_an_encoding_of_another_kind_is_refused(tmp_path: Path, encoding: str) -> None:
    bag = bag_of(tmp_path / "bag", [], **{"a.txt": "a page"})
    (bag / "bagit.txt").write_text(f"BagIt-Version: 0.97\nTag-File-Character-Encoding: {encoding}\n")
    (bag / "tagmanifest-sha256.txt").unlink()
    assert [problem.file for problem in verify_bag(bag).problems] == ["bagit.txt"]
    (bag / "bagit.txt").write_text("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-16\n")
    assert "manifest-sha256.txt" in {problem.file for problem in verify_bag(bag).problems}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_the_description_of_a_lake_is_a_plain_file(tmp_path: Path, kind: str, secret: Path) -> None:
    pytest.importorskip("duckdb")
    lake = tmp_path / "lake"
    lake.mkdir()
    if kind == "pipe":
        os.mkfifo(lake / "lake.json")
    else:
        (lake / "lake.json").symlink_to(secret)
    assert refused_lake(lake)


def archived(folder: Path, *keys: str) -> Path:
    """Results of auto-archiver with media under these keys, and the hash of the secret."""
    properties = {"hash": f"SHA-256:{sha256(SECRET.encode()).hexdigest()}"}
    media = [{"filename": "x", "_key": key, "urls": [key], "properties": properties} for key in keys]
    path = folder / "db.csv"
    with path.open("w") as file:
        quoted = repr(media).replace('"', '""')
        file.write(f'status,metadata,media\nwayback: success,"{{}}","{quoted}"\n')
    return path


def test_results_of_auto_archiver_lead_through_no_link(timeline: Timeline, tmp_path: Path, secret: Path) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    (folder / "local").symlink_to(secret.parent)
    (folder / "single.txt").symlink_to(secret)
    for key in (f"local/{secret.name}", "single.txt", f"../private/{secret.name}", str(secret)):
        with pytest.raises(DataError):
            timeline.import_evidence(archived(folder, key))
    assert kept(timeline) == []


def answered_lake(lake: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scamcli", "stats", "rescues", "--by", "none", "--json", "--lake", str(lake)]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)


def refused_lake(lake: Path) -> bool:
    found = answered_lake(lake)
    return found.returncode in {4, 5} and found.stdout == "" and "Traceback" not in found.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_folder_to_ingest_is_read_without_its_links_and_pipes(
    timeline: Timeline, tmp_path: Path, secret: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("On 3 March 2024, police in Kandal rescued 12 people.")
    (folder / "b.txt").symlink_to(secret)
    os.mkfifo(folder / "c.txt")
    found = files_in([folder])
    assert [path.name for path in found.files if isinstance(path, Path)] == ["a.txt"]
    assert [path.name for path in found.left_out] == ["b.txt", "c.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_folder_of_notes_is_read_without_its_links_and_pipes(tmp_path: Path, secret: Path) -> None:
    pytest.importorskip("yaml")
    note = "---\ndate: 2024-03-03\nrescued: 12\n---\nA raid.\n"
    secret.write_text(note)
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text(note)
    (folder / "b.md").symlink_to(secret)
    (folder / "more").symlink_to(secret.parent)
    os.mkfifo(folder / "c.md")
    assert len(open_table(folder).sample) == 1


@pytest.mark.parametrize("name", [*OUTSIDE, "missing.txt", 7, None, ["a"]])
def test_any_other_name_is_refused(tmp_path: Path, name: object) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(DataError, match=r"list\.json"):
        file_within(tmp_path, name, "list.json")
