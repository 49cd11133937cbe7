"""Evidence of others: from a bag, and web archives; and nothing of one whose hashes are wrong."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.errors import DataError, NotFoundError
from scamcli.exchange.bags import layout
from tests.exchange.bags.test_bags import BLURRED, PAGE, PHOTO, RESCUE, fill, flipped
from tests.exchange.test_plain_files import SECRET, bag_of, entry
from tests.helpers.driver import ok, run
from tests.helpers.validators import need

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The writer of warcio leaves its temporary files to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bag")
    with Timeline(folder / "cases.db", create=True) as timeline:
        fill(timeline, folder)
        timeline.export_bag(folder / "bag", include_evidence_of_protected=True)
    return folder / "bag"


def test_the_evidence_of_a_bag_comes_along(bag: Path, tmp_path: Path) -> None:
    db = ("--db", str(tmp_path / "theirs.db"))
    ok("import", str(bag / layout.RECORDS), *db)
    printed = ok("evidence", "import", str(bag), *db).split()
    with Timeline(tmp_path / "theirs.db") as timeline:
        rows = {row["name"]: row for row in timeline.evidence()}
        assert not list(timeline.verify_evidence())
        assert not list(timeline.verify())
    assert {row["sha256"] for row in rows.values()} == set(printed)
    assert set(rows) == {"page.html", "photo.jpg", "blurred.jpg", "evidence.json"}
    assert rows["page.html"]["events"] == [RESCUE]
    assert rows["blurred.jpg"]["derived_from"] == rows["photo.jpg"]["sha256"]
    assert rows["photo.jpg"]["sources"][0]["collected_by"] == "Ann Writer"
    assert "came in the bag" in str(rows["photo.jpg"]["sources"][0]["note"])
    again = run("evidence", "import", str(bag), *db)
    assert again.code == 0
    assert again.out.split() == printed
    assert again.err.count("is already there") == 4


def test_a_bag_without_a_tag_manifest_comes_in_too(timeline: Timeline, tmp_path: Path) -> None:
    made = bag_of(tmp_path / "bag", [entry("data/a.txt")], **{"a.txt": SECRET})
    (made / "tagmanifest-sha256.txt").unlink()
    timeline.import_evidence(made)
    assert sorted(row["name"] for row in timeline.evidence()) == ["evidence.json", "notes.txt"]


def test_links_to_events_that_are_not_here_are_left_out(bag: Path, tmp_path: Path) -> None:
    with Timeline(tmp_path / "theirs.db", create=True) as timeline:
        timeline.add({"date": "2023", "kind": "raid", "title": "Another"})
        changed = timeline.import_evidence(shutil.make_archive(str(tmp_path / "bag"), "zip", bag))
        assert len(changed.files) == 4
        assert "3 links to events" in changed.notes[0]


@pytest.mark.parametrize("name", [PAGE, PHOTO, BLURRED, layout.EVIDENCE, layout.INFO])
def test_a_bag_with_a_flipped_bit_gives_nothing(bag: Path, tmp_path: Path, name: str) -> None:
    copy = shutil.copytree(bag, tmp_path / "copy")
    (copy / name).write_bytes(flipped((copy / name).read_bytes(), 11))
    with Timeline(tmp_path / "theirs.db", create=True) as timeline:
        timeline.add({"date": "2023", "kind": "raid", "title": "Another"})
        with pytest.raises(DataError, match="has changed since it was made") as error:
            timeline.import_evidence(copy)
        assert any(name in line for line in error.value.more)
        assert list(timeline.evidence()) == []


PAGES = [
    {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"},
    {"url": "https://example.org/b", "ts": "2024-05-02T03:04:05.678Z", "title": "B"},
    {"url": "https://example.org/a", "ts": "2024-05-01T10:00:00+07:00", "title": "A"},
]


def wacz(path: Path, **changed: bytes | None) -> Path:
    """Write a WACZ file as Browsertrix and ArchiveWeb.page do, with some members changed afterwards."""
    members = {
        "archive/data.warc.gz": b"not read", "indexes/index.cdx": b"",
        "pages/pages.jsonl": "\n".join(map(json.dumps, PAGES)).encode(),
    }  # fmt: skip
    resources = [
        {"name": name.rpartition("/")[2], "path": name, "hash": f"sha256:{hashlib.sha256(text).hexdigest()}",
         "bytes": len(text)}
        for name, text in members.items()
    ]  # fmt: skip
    package = {"profile": "data-package", "wacz_version": "1.1.1", "software": "Crawler 1.0", "resources": resources}
    members["datapackage.json"] = json.dumps(package).encode()
    digest = f"sha256:{hashlib.sha256(members['datapackage.json']).hexdigest()}"
    members["datapackage-digest.json"] = json.dumps({"path": "datapackage.json", "hash": digest}).encode()
    names = {"page": "pages/pages.jsonl", "warc": "archive/data.warc.gz", "package": "datapackage.json", "new": "new"}
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (members | {names[key]: text for key, text in changed.items()}).items():
            if text is not None:
                archive.writestr(name, text)
    return path


@pytest.fixture
def timeline(tmp_path: Path) -> Iterator[Timeline]:
    with Timeline(tmp_path / "t.db", create=True) as made:
        made.add({"date": "2023", "kind": "raid", "title": "One"})
        yield made


def test_a_wacz_file_is_kept_with_its_pages(timeline: Timeline, tmp_path: Path) -> None:
    timeline.import_evidence(wacz(tmp_path / "site.wacz"))
    (row,) = timeline.evidence()
    (source,) = row["sources"]
    assert source == {
        "name": "site.wacz", "source": "example.org", "url": "https://example.org/a", "collected_by": None,
        "collected_at": "2024-05-01T03:00:00Z", "method": "web archive", "tool": "Crawler 1.0",
        "note": "https://example.org/b (2024-05-02T03:04:05Z); https://example.org/a (2024-05-01T03:00:00Z)",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"page": b"{}"}, "pages/pages.jsonl differs"),
        ({"warc": None}, "archive/data.warc.gz is missing"),
        ({"package": b'{"resources": []}'}, "datapackage.json differs"),
        ({"new": b"more"}, "new is not listed"),
    ],
)
def test_a_wacz_file_that_was_changed_is_refused(
    timeline: Timeline, tmp_path: Path, changed: dict[str, bytes | None], named: str
) -> None:
    with pytest.raises(DataError) as error:
        timeline.import_evidence(wacz(tmp_path / "site.wacz", **changed))
    assert any(named in line for line in error.value.more)
    assert list(timeline.evidence()) == []


def warc(path: Path) -> Path:
    need("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=path.suffix == ".gz")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "Saver 2"}))
        for name, type_ in (("page", "text/html; charset=utf-8"), ("picture", "image/png")):
            headers = StatusAndHeaders("200 OK", [("Content-Type", type_)], protocol="HTTP/1.1")
            date = {"WARC-Date": "2024-05-01T03:00:00Z"}
            record = writer.create_warc_record(
                f"https://example.org/{name}", "response", payload=io.BytesIO(b"<p>content"), http_headers=headers,
                warc_headers_dict=date,
            )  # fmt: skip
            writer.write_record(record)
    return path


@pytest.mark.parametrize("name", ["site.warc", "site.warc.gz"])
def test_a_warc_file_is_kept_with_its_pages(timeline: Timeline, tmp_path: Path, name: str) -> None:
    timeline.import_evidence(warc(tmp_path / name), source="Ann Writer")
    (row,) = timeline.evidence()
    (source,) = row["sources"]
    assert (source["source"], source["tool"]) == ("Ann Writer", "Saver 2")
    assert source["note"] == "https://example.org/page (2024-05-01T03:00:00Z)"


def test_a_warc_file_that_was_changed_is_refused(timeline: Timeline, tmp_path: Path) -> None:
    path = warc(tmp_path / "site.warc")
    path.write_bytes(path.read_bytes().replace(b"<p>content", b"<p>Content"))
    with pytest.raises(DataError) as error:
        timeline.import_evidence(path)
    assert any("https://example.org/page, differs from its digest" in line for line in error.value.more)


@pytest.mark.parametrize("name", ["empty.warc", "text.warc", "cut.warc.gz", "text.wacz", "text.txt"])
def test_what_is_no_archive_is_refused(timeline: Timeline, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"" if name.startswith("empty") else b"some text\n")
    if name.startswith("cut"):
        path.write_bytes(warc(tmp_path / "whole.warc.gz").read_bytes()[:-40])
    with pytest.raises(DataError):
        timeline.import_evidence(path)
    with pytest.raises(NotFoundError):
        timeline.import_evidence(tmp_path / "nothing.warc")
    assert list(timeline.evidence()) == []


def archived(folder: Path, *, store: str = "./local_archive") -> Path:
    """Write what auto-archiver 1 writes: `csv_db` with the repr of its dataclasses, and `local_storage`."""
    (folder / "local_archive" / "post").mkdir(parents=True)
    media: list[dict[str, Any]] = []
    for name, text, algorithm in (("video.mp4", b"video", "sha256"), ("shot.png", b"shot", "sha3_512")):
        (folder / "local_archive" / "post" / name).write_bytes(text)
        label = {"sha256": "SHA-256", "sha3_512": "SHA3-512"}[algorithm]
        media.append({
            "filename": f"/tmp/x/{name}", "_key": f"post/{name}", "urls": [f"{store}/post/{name}"],
            "properties": {"hash": f"{label}:{hashlib.new(algorithm, text).hexdigest()}"}, "_mimetype": None,
            "_stored": False,
        })  # fmt: skip
    media[0]["properties"]["thumbnails"] = [media.pop()]
    media.append({"filename": "a.txt", "_key": None, "urls": ["https://cdn.example.org/a.txt"], "properties": {}})
    metadata = {
        "_processed_at": datetime(2024, 5, 1, 3, 0, 1, 5, tzinfo=UTC), "url": "https://example.org/post",
        "title": "A, title",
    }  # fmt: skip
    with (folder / "db.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["status", "metadata", "media"])
        writer.writerow(["telegram: success", str(metadata), str(media)])
        writer.writerow(["no archiver", str({"url": "https://example.org/none"}), "[]"])
    return folder / "db.csv"


@pytest.mark.parametrize("store", ["./local_archive", "/home/somebody/work/local_archive"])
def test_results_of_auto_archiver(timeline: Timeline, tmp_path: Path, store: str) -> None:
    changed = timeline.import_evidence(archived(tmp_path, store=store))
    assert changed.notes[0] == "1 file left out, stored elsewhere."
    rows = {row["name"]: row for row in timeline.evidence()}
    assert set(rows) == {"video.mp4", "shot.png"}
    assert rows["shot.png"]["sources"] == [{
        "name": "shot.png", "source": "example.org", "url": "https://example.org/post", "collected_by": None,
        "collected_at": "2024-05-01T03:00:01Z", "method": "telegram: success", "tool": "auto-archiver",
        "note": "A, title",
    }]  # fmt: skip


@pytest.mark.parametrize("name", ["video.mp4", "shot.png"])
def test_results_of_auto_archiver_that_were_changed_are_refused(timeline: Timeline, tmp_path: Path, name: str) -> None:
    path = archived(tmp_path)
    (tmp_path / "local_archive" / "post" / name).write_bytes(b"other")
    with pytest.raises(DataError) as error:
        timeline.import_evidence(path)
    assert [name in line for line in error.value.more] == [True]
    assert list(timeline.evidence()) == []


@pytest.mark.parametrize("stated", ["''", "'SHA-256:'", "'SHA-256'", "5", "[]", None])
def test_files_without_a_hash_are_left_out(timeline: Timeline, tmp_path: Path, stated: str | None) -> None:
    path = archived(tmp_path)
    (tmp_path / "private").write_text("private", encoding="utf-8")
    properties = "{}" if stated is None else f"{{'hash': {stated}}}"
    hidden = f"[{{'filename': 'x.png', '_key': 'private', 'urls': [], 'properties': {properties}}}]"
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["success", "{}", hidden])
    notes = timeline.import_evidence(path).notes
    assert "1 file left out, without a hash." in notes[1]
    assert {row["name"] for row in timeline.evidence()} == {"video.mp4", "shot.png"}
    path.write_text(f'status,metadata,media\nsuccess,{{}},"{hidden}"\n', encoding="utf-8")
    with pytest.raises(DataError, match="has no hash of its files"):
        timeline.import_evidence(path)


@pytest.mark.parametrize("numbers", ["", "2024", "2024,1", "2024,13,1", "'x'", "10**9,1,1", "2024,1,1,25"])
def test_a_time_that_is_none_is_left_out(timeline: Timeline, tmp_path: Path, numbers: str) -> None:
    path = archived(tmp_path)
    text = path.read_text(encoding="utf-8").replace(
        "datetime.datetime(2024, 5, 1, 3, 0, 1, 5, ", f"datetime.datetime({numbers}, "
    )
    path.write_text(text, encoding="utf-8")
    assert len(timeline.import_evidence(path).files) == 2


def test_a_bag_of_deep_folders_is_refused(timeline: Timeline, tmp_path: Path) -> None:
    (tmp_path / "bag" / "data" / "/".join(["d"] * 120)).mkdir(parents=True)
    (tmp_path / "bag" / "bagit.txt").write_text(
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match="more than 100 folders within each other") as error:
        timeline.import_evidence(tmp_path / "bag")
    assert "folders" in error.value.hint


@pytest.mark.parametrize(
    "cell", ["__import__('os').abort()", "[", "[" * 10_000, "[{'filename': 1, 'urls': 2}]", "", "7"]
)
def test_a_cell_of_media_is_never_run(timeline: Timeline, tmp_path: Path, cell: str) -> None:
    with (tmp_path / "db.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["status", "metadata", "media"], ["success", cell, cell]])
    with pytest.raises(DataError):
        timeline.import_evidence(tmp_path / "db.csv")
