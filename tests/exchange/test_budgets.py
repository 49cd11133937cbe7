"""Small files from strangers that would take much memory, time or room are refused, and the limit is named."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.exchange.test_plain_files import bag_of, entry
from tests.helpers.bounded import MEGABYTES, bounded
from tests.helpers.driver import ok
from tests.helpers.validators import need

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MIB = 1 << 20


def zip_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def zipped_bag(folder: Path, members: dict[str, bytes]) -> Path:
    path = folder / "bag.zip"
    path.write_bytes(zip_of({"bag/bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", **members}))
    return path


def of_one_bomb(folder: Path) -> Path:
    return zipped_bag(folder, {"bag/data/zeros": bytes(100 * MIB)})


def of_many_bombs(folder: Path) -> Path:
    return zipped_bag(folder, {f"bag/data/{number}": bytes(2 * MIB) for number in range(50)})


def of_many_files(folder: Path) -> Path:
    return zipped_bag(folder, {f"bag/data/{number}": b"" for number in range(50_001)})


def with_a_long_list(folder: Path) -> Path:
    listed = [entry("data/notes.txt", str(number)) for number in range(60_000)]
    return bag_of(folder / "bag", listed)


def with_a_long_tag(folder: Path) -> Path:
    bag = bag_of(folder / "bag", [])
    with (bag / "bag-info.txt").open("a") as file:
        file.write(f"Note: {'x' * 17 * MIB}\n")
    return bag


def with_a_long_cell(folder: Path) -> Path:
    (folder / "db.csv").write_text(f'status,metadata,media\ndone,{{}},"[{"[]," * 7 * MIB}]"\n')
    return folder / "db.csv"


def with_a_header_of_many_lines(folder: Path) -> Path:
    (folder / "site.warc").write_bytes(
        b"WARC/1.0\r\nWARC-Type: resource\r\nX: a\r\n" + b" a\r\n" * 5 * MIB + b"Content-Length: 0\r\n\r\n\r\n\r\n"
    )
    return folder / "site.warc"


def with_a_header_of_one_line(folder: Path) -> Path:
    header = b"HTTP/1.1 200 OK\r\nX: " + b"a" * 20 * MIB + b"\r\n\r\n"
    content = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\nWARC-Target-URI: http://x/\r\n\r\n" % len(
        header
    )
    (folder / "site.warc").write_bytes(content + header + b"\r\n\r\n")
    return folder / "site.warc"


def of_a_packed_bomb(folder: Path) -> Path:
    (folder / "site.warc.gz").write_bytes(gzip.compress(bytes(200 * MIB)))
    return folder / "site.warc.gz"


def wacz_with_a_bomb(folder: Path) -> Path:
    (folder / "site.wacz").write_bytes(zip_of({"datapackage.json": b" " * 100 * MIB}))
    return folder / "site.wacz"


def wacz_with_a_long_list(folder: Path) -> Path:
    package = {"resources": [{"path": f"{number}", "hash": "sha256:0"} for number in range(500_000)]}
    (folder / "site.wacz").write_bytes(zip_of({"datapackage.json": json.dumps(package).encode()}))
    return folder / "site.wacz"


REFUSED: dict[Callable[[Path], Path], str] = {
    of_one_bomb: "ratio",
    of_many_bombs: "ratio",
    of_many_files: "files",
    with_a_long_list: "list",
    with_a_long_tag: "tags",
    with_a_long_cell: "media",
    with_a_header_of_many_lines: "header",
    with_a_header_of_one_line: "header",
    of_a_packed_bomb: "ratio",
    wacz_with_a_bomb: "ratio",
    wacz_with_a_long_list: "list",
}


@pytest.mark.parametrize("make", REFUSED)
def test_what_takes_too_much_is_refused_by_the_name_of_the_limit(make: Callable[[Path], Path], tmp_path: Path) -> None:
    if "header" in make.__name__:
        need("warcio")
    ok("init", str(tmp_path / "t.db"), "--empty")
    answer, megabytes = bounded("evidence", "import", str(make(tmp_path)), "--db", str(tmp_path / "t.db"))
    assert answer.code == 4, answer
    assert f'the limit "{REFUSED[make]}"' in answer.err
    assert megabytes <= MEGABYTES
    assert not list(tmp_path.glob("t.evidence/*/*"))


def test_a_list_of_mistakes_takes_little(tmp_path: Path) -> None:
    ok("init", str(tmp_path / "t.db"), "--empty")
    bag = bag_of(tmp_path / "bag", [{}] * 2_000_000)
    answer, megabytes = bounded("evidence", "import", str(bag), "--db", str(tmp_path / "t.db"))
    assert (answer.code, "is not a list of evidence" in answer.err) == (4, True), answer
    assert megabytes <= MEGABYTES


def test_small_tables_that_would_grow_with_the_square_take_little(tmp_path: Path) -> None:
    many = [{"name": f"n{number}", f"u{number}": 1} for number in range(20_000)]
    (tmp_path / "keys.json").write_text(json.dumps([{"date": "2024-01-01", "title": "x", "s": many}]))
    outlets = ";".join(f"y{number % 50}" for number in range(50_000))
    (tmp_path / "cells.csv").write_text(
        f"Date,Town,Source\n2024-01-02,Kampot,x\n2024-01-01,{'a ' * 150_000},{outlets}\n"
    )
    for name in ("keys.json", "cells.csv"):
        answer, megabytes = bounded("import", str(tmp_path / name), "--yes", "--db", str(tmp_path / "t.db"))
        assert answer.code in {2, 4}, answer
        assert megabytes <= MEGABYTES
    (tmp_path / "m.json").write_text(
        json.dumps({"columns": {"Date": "date"}, "defaults": {"title": "{Town}" * 100_000}})
    )
    answer, megabytes = bounded(
        "import", str(tmp_path / "cells.csv"), "--mapping", str(tmp_path / "m.json"), "--db", str(tmp_path / "t.db")
    )
    assert (answer.code, "more than 200 pieces" in answer.err) == (2, True), answer
    assert megabytes <= MEGABYTES


def test_names_without_letters_are_not_alike(tmp_path: Path) -> None:
    signs = ["".join(signs) for signs in product("!?#$%&*+,.:;<=>@^_~|/", repeat=3)][:2_000]
    events = [
        {"type": "event", "date": "2024-01-01", "kind": "raid", "title": "t", "actors": [{"name": name}]}
        for name in signs
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, events)))
    answer, _ = bounded("import", str(tmp_path / "a.jsonl"), "--db", str(tmp_path / "t.db"))
    assert answer.code == 0, answer
    assert len(answer.err) < 2_000


def test_what_a_library_says_of_a_web_archive_is_not_printed(tmp_path: Path) -> None:
    need("warcio")
    ok("init", str(tmp_path / "t.db"), "--empty")
    (tmp_path / "site.warc").write_bytes(
        b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://e.org/ \x1b]0;PWN\x07 Sokha Vannara\r\n"
        b"Content-Length: 2\r\n\r\nhi\r\n\r\n"
    )
    answer, _ = bounded(
        "evidence", "import", str(tmp_path / "site.warc"), "--source", "X", "--db", str(tmp_path / "t.db")
    )
    assert "Vannara" not in answer.err
    assert "\x1b" not in answer.err


@pytest.mark.parametrize("target", ["t.db-journal", "t.db-wal", "t.evidence/copy"])
def test_evidence_is_not_exported_to_the_files_of_a_timeline(target: str, tmp_path: Path) -> None:
    ok("init", str(tmp_path / "t.db"), "--empty")
    (tmp_path / "a.txt").write_text("a")
    ok("evidence", "add", str(tmp_path / "a.txt"), "--source", "X", "--db", str(tmp_path / "t.db"))
    for command in (("evidence", "export", "a.txt", "--recipient", "x"), ("export", "bagit", "--without-evidence")):
        answer, _ = bounded(*command, "-o", str(tmp_path / target), "--db", str(tmp_path / "t.db"))
        assert answer.code == 2, answer
    ok("info", "--verify", "--db", str(tmp_path / "t.db"))


def test_an_object_of_many_arrays_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    path.write_text(json.dumps({"a": {f"k{number}": [{"x": []}] for number in range(2_000)}}))
    answer, _ = bounded("import", str(path), "--db", str(tmp_path / "t.db"))
    assert answer.code == 4
    assert 'the limit "arrays"' in answer.err
    path.write_text(json.dumps({"a": {f"k{number}": [{"x": [1] * 50}] * 300 for number in range(100)}}))
    answer, megabytes = bounded("import", str(path), "--db", str(tmp_path / "t.db"))
    assert answer.code == 2, answer
    assert megabytes <= MEGABYTES


@pytest.mark.parametrize("second", ["bag/data/a", "bag/./data/a"])
def test_a_zip_file_with_a_file_twice_is_refused(second: str, tmp_path: Path) -> None:
    path = zipped_bag(tmp_path, {"bag/data/a": b"one"})
    with zipfile.ZipFile(path, "a") as archive, pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *_, **__: None)
        archive.writestr(second, b"other")
    answer, _ = bounded("evidence", "verify", str(path), "--db", str(tmp_path / "t.db"))
    assert answer.code == 4
    assert "twice" in answer.err


@pytest.mark.parametrize("length", [b"-5", b"", b"a"])
def test_a_record_without_a_length_is_refused(length: bytes, tmp_path: Path) -> None:
    need("warcio")
    ok("init", str(tmp_path / "t.db"), "--empty")
    (tmp_path / "site.warc").write_bytes(
        b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://x/\r\nContent-Length: "
        + length
        + b"\r\n\r\n\r\n\r\n"
    )
    answer, _ = bounded("evidence", "import", str(tmp_path / "site.warc"), "--db", str(tmp_path / "t.db"))
    assert answer.code == 4, answer
    assert "does not say how long it is" in answer.err


RECORD = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://x/\r\nContent-Length: 2\r\n\r\nhi\r\n\r\n"


@pytest.mark.parametrize("cut", [20, 40, 60])
def test_a_web_archive_that_ends_within_a_header_is_refused(cut: int, tmp_path: Path) -> None:
    need("warcio")
    ok("init", str(tmp_path / "t.db"), "--empty")
    path, db = tmp_path / "site.warc", str(tmp_path / "t.db")
    path.write_bytes(RECORD + RECORD[:cut])
    answer, _ = bounded("evidence", "import", str(path), "--source", "X", "--db", db)
    assert (answer.code, "ends within the header" in answer.err) == (4, True), answer
    path.write_bytes(RECORD * 2)
    answer, _ = bounded("evidence", "import", str(path), "--source", "X", "--db", db)
    assert (answer.code, "no hash to compare with" in answer.err) == (0, True), answer
