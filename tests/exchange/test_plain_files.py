"""Bags, folders and lists from strangers: nothing is read that is not a plain file inside the folder that came."""

from __future__ import annotations

import json
import os
import shutil
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
from scamcli.records.plain_files import file_within, require_plain_folder
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


@pytest.mark.parametrize("hash_of", [SECRET, "a page", None])
@pytest.mark.parametrize("file", OUTSIDE)
def test_a_list_names_no_file_outside_the_payload(
    timeline: Timeline, tmp_path: Path, secret: Path, file: str, hash_of: str | None
) -> None:
    listed = entry(file.format(absolute=secret), hash_of or "")
    listed["sha256"] = listed["sha256"] if hash_of else ""
    bag = bag_of(tmp_path / "bag", [listed], **{"a.txt": "a page"})
    with pytest.raises(DataError) as error:
        timeline.import_evidence(bag)
    assert "evidence.json" in str(error.value)
    assert kept(timeline) == []


def test_a_file_in_the_list_needs_its_hash(timeline: Timeline, tmp_path: Path) -> None:
    bag = bag_of(tmp_path / "bag", [entry("data/a.txt", sha256="")], **{"a.txt": "a page"})
    with pytest.raises(DataError, match=r"evidence\.json"):
        timeline.import_evidence(bag)
    assert kept(timeline) == []


WRONG: list[object] = [
    {}, "x", 7, None, [7], [None], ["x"], [[]], [{}], [{"file": "data/a.txt"}], [entry("data/a.txt", sources=None)],
    [entry("data/a.txt", "a page", sources=[])],
    [entry("data/a.txt", sources=["x"])], [entry("data/a.txt", sources=[{"note": 7}])], [entry(None, name=3)],
    [entry("data/a.txt", events="x")], [entry("data/a.txt", events=[1])], [entry("data/a.txt", derived_from=3)],
    [entry(None) | {"file": 5}], [entry(None) | {"file": ["data/a.txt"]}],
]  # fmt: skip


@pytest.mark.parametrize("listed", WRONG, ids=range(len(WRONG)))
def test_a_list_of_another_shape_is_refused(timeline: Timeline, tmp_path: Path, listed: object) -> None:
    bag = bag_of(tmp_path / "bag", listed, **{"a.txt": "a page"})
    with pytest.raises(DataError, match=r"evidence\.json"):
        timeline.import_evidence(bag)
    assert kept(timeline) == []
    timeline.verify_evidence()


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '"\\ud800"'])
def test_a_list_that_is_no_json_is_refused(timeline: Timeline, tmp_path: Path, text: str) -> None:
    bag = bag_of(tmp_path / "bag", [], **{"a.txt": "a page"})
    (bag / "data" / "evidence.json").write_text(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import bagit

        bagit.Bag(str(bag)).save(manifests=True)
    with pytest.raises(DataError, match=r"evidence\.json"):
        timeline.import_evidence(bag)


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
@pytest.mark.parametrize("at", ["data/pipe.txt", "pipe", "bag-info.txt", "manifest-md5.txt"])
def test_a_bag_with_a_named_pipe_does_not_wait_for_it(tmp_path: Path, at: str) -> None:
    bag = bag_of(tmp_path / "bag", [], **{"a.txt": "a page"})
    (bag / at).unlink(missing_ok=True)
    os.mkfifo(bag / at)
    command = [sys.executable, "-m", "scamcli", "evidence", "verify", str(bag)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (found.returncode, "pipe" in found.stderr) == (4, True), found.stderr


@pytest.mark.parametrize("encoding", ["zip", "rot13", "unknown"])
def test_a_bag_in_an_encoding_of_another_kind_is_refused(tmp_path: Path, encoding: str) -> None:
    bag = bag_of(tmp_path / "bag", [], **{"a.txt": "a page"})
    (bag / "bagit.txt").write_text(f"BagIt-Version: 0.97\nTag-File-Character-Encoding: {encoding}\n")
    (bag / "tagmanifest-sha256.txt").unlink()
    assert [problem.file for problem in verify_bag(bag).problems] == ["bagit.txt"]
    (bag / "bagit.txt").write_text("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-16\n")
    assert "manifest-sha256.txt" in {problem.file for problem in verify_bag(bag).problems}


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_beyond_the_calendar_is_kept_in_the_note(timeline: Timeline, tmp_path: Path, at: str) -> None:
    listed = entry("data/a.txt", "a page", sources=[{"source": "a stranger", "collected_at": at}])
    timeline.import_evidence(bag_of(tmp_path / "bag", [listed], **{"a.txt": "a page"}))
    (source,) = timeline.evidence_file("notes.txt")["sources"]
    assert source["collected_at"] is None
    assert f"collected at: {at}" in str(source["note"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("kind", ["pipe", "link", "deep"])
def test_the_description_of_a_lake_is_a_plain_file(tmp_path: Path, kind: str, secret: Path) -> None:
    pytest.importorskip("duckdb")
    lake = tmp_path / "lake"
    lake.mkdir()
    if kind == "pipe":
        os.mkfifo(lake / "lake.json")
    elif kind == "link":
        (lake / "lake.json").symlink_to(secret)
    else:
        (lake / "lake.json").write_text("[" * 100_000)
    assert refused_lake(lake)


def test_an_address_that_is_none_in_results_of_auto_archiver_is_kept_as_it_is(
    timeline: Timeline, tmp_path: Path
) -> None:
    path = archived(tmp_path, "a.txt")
    (tmp_path / "a.txt").write_text(SECRET)
    path.write_text(path.read_text().replace('"{}"', "\"{'url': 'http://[::1'}\""))
    timeline.import_evidence(path)
    (row,) = timeline.evidence()
    assert [(one["source"], one["url"]) for one in row["sources"]] == [("auto-archiver", "http://[::1")]


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


def test_a_lake_reads_only_its_own_files(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    lake, other = tmp_path / "lake", tmp_path / "other"
    with Timeline(tmp_path / "cases.db", create=True) as timeline:
        timeline.add(
            {
                "date": "2024-03-01",
                "kind": "raid",
                "title": "A raid",
                "figures": [{"metric": "rescues", "stated": "154"}],
            }
        )
        timeline.export_lake(lake)
    shutil.copytree(lake, other)
    described = json.loads((lake / "lake.json").read_text())
    own = described["files"]["figures"]
    for names in (["../other/" + own[0]], [str(other / own[0])], ["figures/*/*/*.parquet"], [7], "x"):
        described["files"]["figures"] = names
        (lake / "lake.json").write_text(json.dumps(described))
        assert refused_lake(lake)
    wrong: list[object] = [{}, [], {"figures": own}, None]
    for files in wrong:
        (lake / "lake.json").write_text(json.dumps(described | {"files": files}))
        assert refused_lake(lake)
    described["files"]["figures"] = own
    (lake / "lake.json").write_text(json.dumps(described))
    moved = (lake / own[0]).rename(tmp_path / "elsewhere.parquet")
    (lake / own[0]).symlink_to(moved)
    assert refused_lake(lake)


@pytest.mark.parametrize("name", ["a[b]", "a*", "a?b", "{a,b}", "[!a]", "a'b", "lake"])
def test_a_lake_in_a_folder_of_any_name_counts_once(tmp_path: Path, name: str) -> None:
    pytest.importorskip("duckdb")
    with Timeline(tmp_path / "cases.db", create=True) as timeline:
        timeline.add(
            {
                "date": "2024-03-01",
                "kind": "raid",
                "title": "A raid",
                "figures": [{"metric": "rescues", "stated": "154"}],
            }
        )
        for folder in (name, "ab", "a", "b", "axb", "abc"):
            timeline.export_lake(tmp_path / folder)
    found = answered_lake(tmp_path / name)
    assert json.loads(found.stdout)[0]["low"] == 154, found.stderr


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


@pytest.mark.parametrize("name", ["a/b.txt", "c.txt"])
def test_a_plain_name_is_found(tmp_path: Path, name: str) -> None:
    (tmp_path / "a").mkdir()
    for file in ("a/b.txt", "c.txt"):
        (tmp_path / file).write_text(file)
    assert file_within(tmp_path, name, "list.json").read_text() == name


@pytest.mark.parametrize("name", [*OUTSIDE, "missing.txt", 7, None, ["a"]])
def test_any_other_name_is_refused(tmp_path: Path, name: object) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(DataError, match=r"list\.json"):
        file_within(tmp_path, name, "list.json")


def test_a_folder_of_plain_files_is_all_right(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c.txt").write_text("x")
    require_plain_folder(tmp_path)
