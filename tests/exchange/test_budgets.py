"""Small files from strangers that would take much memory or room are refused, and the limit is named."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.exchange.test_plain_files import bag_of
from tests.helpers.driver import ok, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MIB = 1 << 20


def zipped_bag(folder: Path, members: dict[str, bytes]) -> Path:
    out = io.BytesIO()
    declared = {"bag/bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**declared, **members}.items():
            archive.writestr(name, content)
    path = folder / "bag.zip"
    path.write_bytes(out.getvalue())
    return path


def of_one_bomb(folder: Path) -> Path:
    return zipped_bag(folder, {"bag/data/zeros": bytes(100 * MIB)})


def of_many_bombs(folder: Path) -> Path:
    return zipped_bag(folder, {f"bag/data/{number}": bytes(2 * MIB) for number in range(50)})


def with_a_long_tag(folder: Path) -> Path:
    bag = bag_of(folder / "bag", [])
    with (bag / "bag-info.txt").open("a") as file:
        file.write(f"Note: {'x' * 17 * MIB}\n")
    return bag


REFUSED: dict[Callable[[Path], Path], str] = {of_one_bomb: "ratio", of_many_bombs: "ratio", with_a_long_tag: "tags"}


@pytest.mark.parametrize("make", REFUSED)
def test_what_takes_too_much_is_refused_by_the_name_of_the_limit(make: Callable[[Path], Path], tmp_path: Path) -> None:
    ok("init", str(tmp_path / "t.db"), "--empty")
    answer = run("evidence", "import", str(make(tmp_path)), "--db", str(tmp_path / "t.db"))
    assert answer.code == 4, answer
    assert f'the limit "{REFUSED[make]}"' in answer.err
    assert not list(tmp_path.glob("t.evidence/*/*"))


@pytest.mark.parametrize("target", ["t.db-journal", "t.evidence/copy"])
def test_evidence_is_not_exported_to_the_files_of_a_timeline(target: str, tmp_path: Path) -> None:
    ok("init", str(tmp_path / "t.db"), "--empty")
    (tmp_path / "a.txt").write_text("a")
    ok("evidence", "add", str(tmp_path / "a.txt"), "--source", "X", "--db", str(tmp_path / "t.db"))
    for command in (("evidence", "export", "a.txt", "--recipient", "x"), ("export", "bagit", "--without-evidence")):
        answer = run(*command, "-o", str(tmp_path / target), "--db", str(tmp_path / "t.db"))
        assert answer.code == 2, answer
    ok("info", "--verify", "--db", str(tmp_path / "t.db"))


def test_an_object_of_too_many_arrays_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    path.write_text(json.dumps({"a": {f"k{number}": [{"x": []}] for number in range(2_000)}}))
    answer = run("import", str(path), "--db", str(tmp_path / "t.db"))
    assert answer.code == 4
    assert 'the limit "arrays"' in answer.err


@pytest.mark.parametrize("second", ["bag/data/a", "bag/./data/a"])
def test_a_zip_file_with_a_file_twice_is_refused(second: str, tmp_path: Path) -> None:
    path = zipped_bag(tmp_path, {"bag/data/a": b"one"})
    with zipfile.ZipFile(path, "a") as archive, pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *_, **__: None)
        archive.writestr(second, b"other")
    answer = run("evidence", "verify", str(path), "--db", str(tmp_path / "t.db"))
    assert answer.code == 4
    assert "twice" in answer.err
