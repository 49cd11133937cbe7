"""Files that are over a limit, or that never end: the error names the limit and how to raise it, and exits with 4."""

from __future__ import annotations

import json
import os
import re
import sys
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import ok, process, refused, run
from tests.helpers.hostile_inputs import FIRST, MAP, PARTS, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLE = "date,title\n2024-01-02,A raid\n2024-01-03,Another\n"
TEXT = "March 5, 2024: Police freed 45 Thai workers.\n\nMarch 6, 2024: The governor denied it.\n"


@pytest.fixture(autouse=True)
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "case.db"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SCAMCLI_DB", str(path))
    assert run("init", "--empty", str(path)).code == 0
    yield path
    assert run("search", "--count").out.strip() == "0", "something was written"


def event(number: int, *, chain: bool = False) -> str:
    figures = [
        {
            "id": f"f{at}",
            "metric": "rescues",
            "stated": "7",
            "part_of": f"f{at + 1}" if chain and at < number - 1 else None,
        }
        for at in range(number)
    ]
    record = {"type": "event", "date": "2024-01-02", "kind": "raid", "title": "A raid", "figures": figures}
    return json.dumps(record) + "\n"


OVER = [
    # limit, its value, name of the file, content, command
    ("rows", "2", "a.csv", TABLE, ("import", "{}", *MAP)),
    ("columns", "1", "a.csv", TABLE, ("import", "{}", *MAP)),
    ("cells", "5", "a.csv", TABLE, ("import", "{}", *MAP)),
    ("line", "12", "a.csv", TABLE, ("import", "{}", *MAP)),
    ("file", "9", "a.csv", TABLE, ("import", "{}", *MAP)),
    ("line", "100", "a.jsonl", event(1), ("import", "{}")),
    ("line", "100", "a.jsonl", event(1), ("merge", "{}")),
    ("figures", "2", "a.jsonl", event(3), ("import", "{}")),
    ("figures", "2000", "a.jsonl", event(2_001), ("import", "{}")),
    ("depth", "2", "a.jsonl", event(4, chain=True), ("import", "{}")),
    ("depth", "100", "a.jsonl", event(102, chain=True), ("import", "{}")),
    ("drafts", "1", "a.txt", TEXT, ("ingest", "{}")),
    ("text", "50", "a.txt", TEXT, ("ingest", "{}")),
    ("page", "50", "a.html", f"<html><body><p>{TEXT}</p></body></html>", ("ingest", "{}")),
]


@pytest.mark.parametrize("case", OVER, ids=lambda case: f"{case[0]}={case[1]} {case[2]}")
def test_the_error_names_the_limit(
    case: tuple[str, str, str, str, tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, most, file, content, args = case
    path = tmp_path / file
    path.write_text(content, encoding="utf-8")
    command = [part.replace("{}", str(path)) for part in args]
    monkeypatch.setenv("SCAMCLI_LIMITS", f"{name}={most}")
    answer = run(*command)
    refused(answer, 4)
    assert f'This is the limit "{name}"' in answer.err
    setting = re.search(r"set SCAMCLI_LIMITS=([\w=-]+)", answer.err)
    assert setting is not None
    monkeypatch.setenv("SCAMCLI_LIMITS", f"{name}={int(most) * 10}")
    assert run(*command, "--dry-run").code == 0


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


def test_the_list_of_parts_of_a_workbook_is_not_read_if_it_is_huge(tmp_path: Path) -> None:
    """The file says itself how long the list is, and a sparse file may be as large as it says."""
    path = tmp_path / "a.xlsx"
    data = bytearray(zipped(PARTS))
    end = data.rindex(b"PK\5\6")
    data[end + 12 : end + 16] = (1 << 30).to_bytes(4, "little")
    with path.open("wb") as out:
        out.write(data[:100])
        out.seek((1 << 30) + 100)
        out.write(data[end:])
    refused(run("import", str(path), *MAP), 4, "cannot be read as a workbook: it lists too many parts.", most=3)
    os.truncate(path, 0)


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


def test_a_number_of_thousands_of_digits_counts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"March 5, 2024: Police freed {'9' * 5_000} people.\n" + TEXT, encoding="utf-8")
    assert run("ingest", str(path), "--dry-run").code == 0


def test_an_import_of_the_same_incident_over_and_over_does_not_compare_all_pairs(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(event(1).replace("A raid", f"Raid {at}") for at in range(500)), encoding="utf-8")
    answer = run("import", str(path), "--dry-run")
    assert answer.code == 0
    assert "500 records added" in answer.err + answer.out


def test_the_header_is_not_looked_for_beyond_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")
    begun = time.process_time()
    refused(run("import", str(path), "--header-row", "99999999", *MAP), 4)
    assert time.process_time() - begun < 5


def test_twenty_thousand_columns_are_looked_at_in_no_time(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    names = ",".join(["date", "title", *(f"column no {at}" for at in range(16_000))])
    path.write_text(f"{names}\n2024-01-02,A raid\n", encoding="utf-8")
    begun = time.process_time()
    assert re.search(r"  title +title +sure ", run("import", str(path)).err)
    assert time.process_time() - begun < 10


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


@pytest.mark.skipif(sys.platform != "linux", reason="Linux limits a process so")
@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("memory=25M", "The command needs more than 25 MiB of memory."),
        ("seconds=1", "The command takes more than 1 second."),
    ],
)
def test_the_process_itself_is_limited(setting: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("date,title\n" + "2024-01-02,A raid\n" * 60_000, encoding="utf-8")
    answer = process("import", str(path), *MAP, "--dry-run", SCAMCLI_LIMITS=setting)
    refused(answer, 4, words)
    assert f'This is the limit "{setting.partition("=")[0]}"' in answer.err


def test_a_setting_that_cannot_be_read_is_refused() -> None:
    refused(process("search", SCAMCLI_LIMITS="cells=many"), 2, 'SCAMCLI_LIMITS: cells cannot be "many".')
