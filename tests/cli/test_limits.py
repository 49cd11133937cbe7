"""Files that never end, that are damaged, or that unpack to too much: an error in plain words, and nothing written."""

from __future__ import annotations

import json
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import ok, refused, run
from tests.helpers.hostile_inputs import FIRST, MAP, PARTS, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLE = "date,title\n2024-01-02,A raid\n2024-01-03,Another\n"


@pytest.fixture(autouse=True)
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "case.db"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SCAMCLI_DB", str(path))
    assert run("init", "--empty", str(path)).code == 0
    yield path
    assert run("search", "--count").out.strip() == "0", "something was written"


@pytest.mark.skipif(sys.platform == "win32", reason="devices of POSIX")
@pytest.mark.parametrize("device", ["/dev/full", "/dev/zero", "/dev/urandom", "/dev/null"])
@pytest.mark.parametrize(
    "args",
    [
        ("import", "{}"),
        ("ingest", "{}"),
        ("merge", "{}"),
        ("import", "a.csv", "--mapping", "{}"),
        ("backup", "--encrypt-to", "{}"),
        ("log", "--timestamp", "{}"),
    ],
)
def test_devices_are_refused(
    args: tuple[str, ...], device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ok("init", "--empty", "devices.db")
    monkeypatch.setenv("SCAMCLI_DB", "devices.db")
    refused(run(*(part.replace("{}", device) for part in args)), 4, f"{device} is a device; expected a file.")


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_paths_that_lead_nowhere_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ok("init", "--empty", "a.db")
    (tmp_path / "loop").symlink_to("loop")
    for target in ("loop", "loop/x"):
        refused(run("export", "lake", "-o", target, "--db", "a.db"), 5)
    refused(run("info", "--db", "~nobody-of-this-name/x"), 5, "There is no database")


DAMAGED = [
    ('<col min="1"', '<col min="l"'), ('r="A1"', 'r="l"'), ('<row r="2"', '<row r="x"'), ("<v>0</v>", "<v>99</v>"),
    ('<row r="3"', '<row r="99999999999"'), ('s="1"', 's="-7"'), ('ref="A1:B1"', 'ref="?"'),
    ("<v>45000</v>", "<v>x</v>"),
    ('t="d"><v>2024', 't="d"><v>20x4'), ("</sheetData>", ""),
]  # fmt: skip


@pytest.mark.parametrize(("whole", "damaged"), DAMAGED)
def test_a_damaged_workbook_gets_an_error(whole: str, damaged: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert whole in PARTS[FIRST]
    path.write_bytes(zipped(PARTS | {FIRST: PARTS[FIRST].replace(whole, damaged, 1)}))
    answer = run("import", str(path), *MAP, "--dry-run")
    assert answer.code in {0, 4}, answer
    assert "Internal error" not in answer.err


def test_texts_of_a_workbook_are_limited(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in PARTS.items():
            packed.writestr(name, text)
        packed.writestr("xl/worksheets/sheet2.xml", "<c/>" * 5_000_000)
    answer = run("import", str(path), *MAP)
    refused(answer, 4, most=2)
    assert "unpacks to more than a workbook can sensibly hold" in answer.err
    assert "SCAMCLI_LIMITS=ratio=120" in answer.err


@pytest.mark.parametrize(("pattern", "words"), [("(a+)+$", "takes more than 1 second."), ("(a", "is not a regular")])
def test_a_pattern_of_a_mapping_cannot_hang(pattern: str, words: str, tmp_path: Path) -> None:
    table, mapping = tmp_path / ("a" * 90 + "!.csv"), tmp_path / "m.json"
    table.write_text(TABLE, encoding="utf-8")
    about = {"outlet": "x", "title": "x", "versions": [pattern]}
    columns = {"date": "date", "title": "title"}
    mapping.write_text(
        json.dumps({"columns": columns, "defaults": {"kind": "raid"}, "dataset": about}), encoding="utf-8"
    )
    refused(run("import", str(table), "--mapping", str(mapping)), 4, words)
