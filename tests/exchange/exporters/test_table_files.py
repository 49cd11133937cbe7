"""What is written is valid and harmless in its format: openpyxl, frictionless, pyarrow and DuckDB read it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from scamcli.exchange.exporters import as_parquet
from scamcli.exchange.tables import BY_NAME, TABLES
from tests.exchange.conftest import NASTY
from tests.helpers.command_line import run
from tests.helpers.own_tables import EVENT, exported, lines, read, timeline
from tests.helpers.paths import SEED
from tests.helpers.validators import need

if TYPE_CHECKING:
    from collections.abc import Iterator


def records(db: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines(db).removesuffix("\n").split("\n")]


def events(db: str) -> list[dict[str, Any]]:
    return [record for record in records(db) if record["type"] == "event"]


@pytest.fixture(params=[SEED, NASTY], ids=["seed", "nasty"])
def db(request: pytest.FixtureRequest, folder: Path) -> str:
    return timeline(folder / "given.db", request.param)


@pytest.fixture
def seed(folder: Path) -> str:
    return timeline(folder / "seed.db", SEED)


# A workbook


@pytest.fixture
def book(db: str, folder: Path) -> Iterator[Any]:
    book = need("openpyxl").load_workbook(exported(db, "xlsx", folder))
    yield book
    book.close()


def test_a_workbook_is_typed(book: Any, db: str) -> None:
    header = BY_NAME["events"].header
    for row, event in zip(book["events"].iter_rows(min_row=2), events(db), strict=True):
        cells = dict(zip(header, row, strict=True))
        assert isinstance(cells["start"].value, datetime)
        assert cells["start"].is_date
        assert cells["start"].value.date().isoformat()[: len(event["date"][:10].rstrip("~"))] == event["date"][
            :10
        ].rstrip("~")
        assert cells["date"].value == event["date"]
        assert cells["date"].number_format == "@", "what is typed there stays as it is typed"
    figures = [figure for event in events(db) for figure in event["figures"]]
    header = BY_NAME["figures"].header
    for row, figure in zip(book["figures"].iter_rows(min_row=2, values_only=True), figures, strict=True):
        cells = dict(zip(header, row, strict=True))
        if any(figure[bound] is not None for bound in ("low", "best", "high")):
            assert [cells[bound] for bound in ("low", "best", "high")] == [figure[b] for b in ("low", "best", "high")]
    assert {type(row[6]) for row in book["actors"].iter_rows(min_row=2, values_only=True)} == {bool}


def test_nothing_in_a_workbook_can_act(book: Any, folder: Path) -> None:
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "b", "d"}
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    with ZipFile(folder / "xlsx.xlsx") as inside:
        sheets = [name for name in inside.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == len(TABLES) + 1
        assert not any(word in inside.read(name) for name in sheets for word in (b"<f>", b"<f ", b"<hyperlink"))


def test_every_source_is_a_row_of_its_own_sheet(book: Any, db: str) -> None:
    header, *rows = book["sources"].iter_rows(values_only=True)
    wanted = [
        [event["id"], event["date"], event["title"], *source.values()]
        for event in events(db)
        for source in event["sources"]
    ]
    assert list(header)[:4] == ["event", "event_date", "event_title", "outlet"]
    plain = [row for row in wanted if all(text is None or text.isprintable() for text in row)]
    assert [row for row in map(list, rows) if row in plain] == plain
    assert len(rows) == len(wanted)
    assert book["sources"].protection.sheet
    assert not book["events"].protection.sheet


def test_texts_that_look_like_formulas_are_texts(folder: Path) -> None:
    nasty = ["=1+1", "+1", "-1", "@x", "#N/A", '=HYPERLINK("http://evil.example")', "1e5", "TRUE", " padded ", "\tx"]
    db = timeline(folder / "formulas.db", [EVENT | {"id": f"e{n}", "title": one} for n, one in enumerate(nasty)])
    path = exported(db, "xlsx", folder)
    sheet = need("openpyxl").load_workbook(path)["events"]
    found = [row[BY_NAME["events"].header.index("title")] for row in sheet.iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in found] == [(one, "s") for one in nasty]
    assert [record["title"] for record in read(path)] == nasty


@pytest.mark.parametrize(
    ("said", "start"),
    [("1900-03-01", datetime(1900, 3, 1)), ("9999-12-31", datetime(9999, 12, 31)), ("1900-02-28", "1900-02-28"),
     ("0001-01-01", "0001-01-01")],
)  # fmt: skip
def test_days_before_those_of_a_workbook_are_texts(said: str, start: datetime | str, folder: Path) -> None:
    path = exported(timeline(folder / "old.db", [EVENT | {"date": said}]), "xlsx", folder)
    sheet = need("openpyxl").load_workbook(path)["events"]
    assert [cell.value for cell in sheet[2]][1:4] == [said, start, start]
    assert read(path)[0]["date"] == said


def test_a_number_keeps_all_its_digits(folder: Path) -> None:
    numbers = [0.1 + 0.2, 2**53, -(2**53) + 1, 1e-07, 2500000.5]
    figures = [{"id": f"f{n}", "metric": "losses", "best": one} for n, one in enumerate(numbers)]
    path = exported(timeline(folder / "many.db", [EVENT | {"figures": figures}]), "xlsx", folder)
    assert [figure["best"] for record in read(path)[-1:] for figure in record["figures"]] == numbers


@pytest.mark.parametrize(("text", "is_held"), [("a" * 32_767, True), ("a" * 32_768, False), ("🇰" * 16_384, False)])
def test_a_text_that_no_cell_holds_is_refused_and_not_cut(text: str, is_held: bool, folder: Path) -> None:
    db = timeline(folder / "long.db", [EVENT | {"summary": text}])
    outcome = run("export", "xlsx", "--db", db, "-o", "long.xlsx")
    if is_held:
        assert read(Path("long.xlsx"))[0]["summary"] == text
        return
    assert outcome.code == 4
    assert "`summary` of e in events is longer than the 32,767 characters that a cell holds" in outcome.err
    assert not Path("long.xlsx").exists()


KILLED_AT_ITS_END = """
import os, signal, sys
from openpyxl import Workbook
from scamcli.__main__ import run
Workbook.save = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
sys.argv = ["scamcli", *sys.argv[1:]]
run()
"""


def test_a_workbook_that_is_killed_leaves_no_names_behind(folder: Path) -> None:
    db = timeline(folder / "t.db", [EVENT])
    (folder / "temporary").mkdir()
    (folder / "out").mkdir()
    export = ["export", "xlsx", "--db", db, "-o", "out/t.xlsx"]
    command = [sys.executable, "-c", KILLED_AT_ITS_END, *export]
    ended = subprocess.run(command, env=os.environ | {"TMPDIR": "temporary"}, capture_output=True, check=False)
    assert ended.returncode == -9, ended.stderr
    assert list((folder / "temporary").iterdir()) == []
    (left,) = (folder / "out").iterdir()
    assert left.stat().st_mode & 0o77 == 0
    assert run(*export).code == 0
    assert [path.name for path in (folder / "out").iterdir()] == ["t.xlsx"]


# A data package


def validated(path: Path) -> Any:
    return need("frictionless").validate(str(path / "datapackage.json"))


def test_frictionless_takes_a_package(db: str, folder: Path) -> None:
    path = exported(db, "datapackage", folder)
    report = validated(path)
    assert report.valid, report.flatten(["type", "message"])
    assert [task.name for task in report.tasks] == [table.name for table in TABLES]


# Parquet


def test_parquet_has_real_types(db: str, folder: Path) -> None:
    parquet = need("pyarrow.parquet")
    path = exported(db, "parquet", folder)
    for table in TABLES:
        file = parquet.ParquetFile(path / f"{table.name}.parquet")
        assert file.schema_arrow.equals(as_parquet.schema(table))
        assert all(field.metadata[b"about"] for field in file.schema_arrow)
    types = {field.name: str(field.type) for field in parquet.read_schema(path / "events.parquet")}
    assert types["start"] == "date32[day]"
    assert types["provinces"] == "list<element: string>"
    assert types["actors"] == "list<element: struct<name: string, role: string>>"
    assert str(parquet.read_schema(path / "figures.parquet").field("low").type) == "double"
    rows = parquet.read_table(path / "events.parquet").to_pylist()
    for row, event in zip(rows, events(db), strict=True):
        assert {key: row[key] for key in event.keys() & row.keys()} == {
            key: event[key] for key in event.keys() & row.keys()
        }
        assert isinstance(row["start"], date)


def test_duckdb_counts_as_the_records_do(seed: str, folder: Path) -> None:
    """Complaints and rescues by kind of event, with their publishers, from a join of the two files."""
    path = exported(seed, "parquet", folder)
    asked = f"""
        SELECT e.kind, f.metric, count(*), sum(f.low), min(e.start),
               list_sort(list_distinct(flatten(list([source.outlet for source in e.sources]))))
        FROM '{path}/figures.parquet' f JOIN '{path}/events.parquet' e ON e.id = f.event
        WHERE list_contains(e.countries, 'KH') GROUP BY ALL
    """
    found = {row[:2]: row[2:] for row in need("duckdb").sql(asked).fetchall()}
    wanted: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for event in events(seed):
        for figure in event["figures"] if "KH" in event["countries"] else []:
            wanted.setdefault((event["kind"], figure["metric"]), []).append({"event": event, **figure})
    assert found.keys() == wanted.keys()
    assert len(found) > 10
    for key, figures in wanted.items():
        number, low, first, outlets = found[key]
        lows = [figure["low"] for figure in figures if figure["low"] is not None]
        assert (number, low) == (len(figures), sum(lows) if lows else None)
        assert first.isoformat() == min(figure["event"]["date"] for figure in figures)[:10]
        assert outlets == sorted({source["outlet"] for figure in figures for source in figure["event"]["sources"]})
