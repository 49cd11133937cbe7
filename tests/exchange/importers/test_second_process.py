"""A second process that makes the records of a large table: the same rows and notices, and no process that stays."""

from __future__ import annotations

import csv
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

import pytest

from scamcli.errors import DataError
from scamcli.exchange.importers import TableOptions, mapped
from scamcli.exchange.importers.mapped import second_process
from scamcli.exchange.importers.mapped.records import RecordBuilder
from tests.helpers import acled_rows, ged_rows
from tests.helpers.csv_files import written
from tests.helpers.terminals import Conversation

CASES = ("ged.csv", "acled.csv", "kept.csv", "kept.xlsx", "limited.csv")
BY_HAND = (
    ("Date", "Kind", "Title", "Rescued", "Latitude", "Longitude"),
    (
        ("2022-05-01", "raid", "Raid in a town", "12", "", ""),
        ("03/04/2022", "raid", "A date that can be two days", "5", "", ""),
        ("2022-05-03 10:30", "raid", "A time", "a great many", "10.5", "104.5"),
        ("Total", "", "", "17", "", ""),
        ("2022-05-04", "raid", "Zeros", "2.000", "0", "0"),
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a file for each case."""
    written(tmp_path / "ged.csv", ged_rows.made(400).rows)
    written(tmp_path / "acled.csv", acled_rows.made(300))
    header, rows = BY_HAND
    for name in ("kept.csv", "limited.csv"):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, *rows * 60])
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (header, *rows * 60):
        book.active.append([float(cell) if cell.isdecimal() else cell for cell in row])
    book.save(tmp_path / "kept.xlsx")
    return tmp_path


def _outcome(path: Path) -> list[object]:
    """Return each row with the notices after it, and what ended the reading."""
    found = list[object]()
    with ExitStack() as stack:
        (part,), _ = mapped.read(path, TableOptions(accept=True), stack)
        try:
            for number, record in part.rows:
                what = (record.message, record.hint) if isinstance(record, DataError) else record
                found.append((number, what, part.notices()))
        except DataError as error:
            found.append((type(error), error.message, error.hint))
        return [*found, part.notices()]


@pytest.mark.parametrize("case", CASES)
def test_same_rows_and_notices(case: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if case == "limited.csv":
        monkeypatch.setenv("SCAMCLI_LIMITS", "rows=250")
    here = _outcome(folder / case)
    _always_use_a_second_process(monkeypatch)
    monkeypatch.setattr(second_process, "AT_ONCE", 7)
    assert _outcome(folder / case) == here


def test_no_second_process_can_be_started(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = _outcome(folder / "ged.csv")
    _always_use_a_second_process(monkeypatch)

    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    assert _outcome(folder / "ged.csv") == here


def test_errors_of_any_kind_are_raised_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _always_use_a_second_process(monkeypatch)

    def fail(*_: object) -> NoReturn:
        raise KeyError("missing")

    monkeypatch.setattr(RecordBuilder, "record", fail)
    with pytest.raises(KeyError, match="missing"):
        _outcome(folder / "ged.csv")


@pytest.mark.skipif(sys.platform != "linux", reason="finds the process in /proc")
def test_second_process_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ged.csv"
    written(path, ged_rows.made(3000).rows)
    _always_use_a_second_process(monkeypatch)
    with ExitStack() as stack:
        (part,), _ = mapped.read(path, TableOptions(), stack)
        next(part.rows)
        (child,) = _children()
        os.kill(child, signal.SIGKILL)
        with pytest.raises(DataError, match=r"The process that read .*ged\.csv was ended"):
            list(part.rows)


@pytest.mark.skipif(sys.platform != "linux", reason="finds the process in /proc")
def test_second_process_ends_with_the_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ged.csv"
    written(path, ged_rows.made(3000).rows)
    _always_use_a_second_process(monkeypatch)
    with ExitStack() as stack:
        (part,), _ = mapped.read(path, TableOptions(), stack)
        next(part.rows)
        assert _children()
    assert not _children()


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="finds the process in /proc")
def test_interrupt(tmp_path: Path) -> None:
    """Progress is shown, and Control-C ends both processes without a trace of either."""
    path = tmp_path / "ged.csv"
    written(path, ged_rows.made(12_000).rows)
    terminal = Conversation("import", str(path), "--db", str(tmp_path / "new.db"))
    terminal.until("importing 1")
    children = _children(terminal.process.pid)
    seen = terminal.interrupt()
    assert (seen.code, "Traceback" in seen.out) == (130, False)
    assert len(children) == 1
    assert not Path(f"/proc/{children[0]}").exists()


def _always_use_a_second_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped, "_is_large", lambda path: path.exists())


def _children(pid: int | str = "self") -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]
