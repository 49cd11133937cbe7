"""What strangers say about their files: another form is refused in plain words, and what cannot be read is kept."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zipfile
from pathlib import Path

import pytest

from tests.exchange.bags.test_conformance import bag, verified
from tests.helpers.driver import ok, run

DEEP = "[" * 100_000 + "]" * 100_000
LONE = '"\\ud800"'

PACKAGES = [
    DEEP, f'{{"resources": {DEEP}}}', '{"resources": {"a": 1}}', '{"resources": [{"path": 1, "hash": 2}]}', "[]",
    "null",
    '{"resources": [], "software": {"a": 1}}', f'{{"resources": [], "software": {LONE}}}', "", "{",
]  # fmt: skip
PAGES = [
    "[]", '{"url": 1, "ts": 2}', f'{{"url": {LONE}, "ts": "2020-01-01T00:00:00Z"}}', DEEP,
    '{"url": ["x"], "ts": "2020-01-01T00:00:00Z"}', '{"url": "https://x.example", "ts": "0001-01-01T00:00:00+14:00"}',
    '{"url": "https://x.example", "ts": "yesterday"}',
]  # fmt: skip


def db(folder: Path) -> str:
    ok("init", str(folder / "t.db"), "--empty")
    return str(folder / "t.db")


def wacz(folder: Path, package: str, pages: str | None = None) -> str:
    with zipfile.ZipFile(folder / "a.wacz", "w") as archive:
        archive.writestr("datapackage.json", package)
        if pages is not None:
            archive.writestr("pages/pages.jsonl", pages)
    return str(folder / "a.wacz")


def listing(pages: str, algorithm: str = "sha256") -> str:
    digest = f"{algorithm}:{hashlib.sha256(pages.encode()).hexdigest()}"
    return json.dumps({"resources": [{"path": "pages/pages.jsonl", "hash": digest}]})


def kept(name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(ok("evidence", "list", "--json", "--db", name))
    return found


@pytest.mark.parametrize("package", PACKAGES, ids=range(len(PACKAGES)))
def test_a_package_of_another_form_is_refused(package: str, tmp_path: Path) -> None:
    name = db(tmp_path)
    seen = run("evidence", "import", wacz(tmp_path, package), "--db", name)
    assert (seen.code, "cannot be read as a web archive" in seen.err) == (4, True), seen
    assert kept(name) == []


@pytest.mark.parametrize("pages", PAGES, ids=range(len(PAGES)))
def test_a_list_of_pages_of_another_form_is_refused(pages: str, tmp_path: Path) -> None:
    seen = run("evidence", "import", wacz(tmp_path, listing(pages), pages), "--db", db(tmp_path))
    assert (seen.code, "cannot be read as a web archive" in seen.err) == (4, True), seen


def test_a_hash_without_a_length_is_none(tmp_path: Path) -> None:
    seen = run("evidence", "import", wacz(tmp_path, listing("{}", "shake_128"), "{}"), "--db", db(tmp_path))
    assert (seen.code, "differs from its hash" in seen.err) == (4, True), seen
    made = bag(tmp_path)
    (made / "manifest-shake_128.txt").write_text("00  data/a.txt\n")
    seen = verified(made, tmp_path)
    assert (seen.code, "no algorithm is called shake_128" in seen.out) == (5, True), seen


CELLS = {
    "{'_processed_at': 'yesterday'}": "collected at: yesterday",
    "{'title': 'A \\ud800 title'}": "A \ufffd title",
    "{'url': 'https://['}": "",
    "{'title': 1, 'url': None}": "1",
}


@pytest.mark.parametrize("metadata", CELLS)
def test_what_cannot_be_read_of_a_result_is_kept_in_its_note(metadata: str, tmp_path: Path) -> None:
    name = db(tmp_path)
    (tmp_path / "a.txt").write_text("a")
    properties = f"{{'hash': 'SHA-256:{hashlib.sha256(b'a').hexdigest()}'}}"
    media = f"[{{'filename': 'a.txt', '_key': 'a.txt', 'urls': [], 'properties': {properties}}}]"
    (tmp_path / "db.csv").write_text(f'status,metadata,media\ndone,"{metadata}","{media}"\n')
    ok("evidence", "import", str(tmp_path / "db.csv"), "--db", name)
    (file,) = kept(name)
    assert CELLS[metadata] in json.dumps(file, ensure_ascii=False)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no such names")
def test_a_file_whose_name_is_no_text_is_added(tmp_path: Path) -> None:
    name, path = db(tmp_path), os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_text("a")
    ok("evidence", "add", path, "--source", "Daily", "--db", name)
    (file,) = kept(name)
    assert file["name"] == "caf\ufffd.txt"
