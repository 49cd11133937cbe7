"""Evidence of others: from a bag, and web archives; and nothing of one whose hashes are wrong."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from scamcli.errors import DataError
from scamcli.exchange.bags import layout
from tests.exchange.bags.test_bags import BLURRED, PAGE, PHOTO, RESCUE, fill, flipped
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


@pytest.mark.parametrize(
    "cell", ["__import__('os').abort()", "[", "[" * 10_000, "[{'filename': 1, 'urls': 2}]", "", "7"]
)
def test_a_cell_of_media_is_never_run(timeline: Timeline, tmp_path: Path, cell: str) -> None:
    with (tmp_path / "db.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["status", "metadata", "media"], ["success", cell, cell]])
    with pytest.raises(DataError):
        timeline.import_evidence(tmp_path / "db.csv")
