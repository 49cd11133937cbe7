"""What is written is valid and harmless in its format: openpyxl, frictionless, pyarrow and DuckDB read it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from scamcli.exchange.exporters import as_datapackage, as_parquet, as_xlsx
from scamcli.exchange.tables import BY_NAME, TABLES, Kind
from tests.exchange.conftest import NASTY
from tests.helpers.command_line import done, run
from tests.helpers.own_tables import EVENT, exported, lines, read, timeline
from tests.helpers.paths import SEED
from tests.helpers.validators import need

if TYPE_CHECKING:
    from collections.abc import Iterator

from tests.helpers.paths import GOLDEN


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


def held(name: str, text: str) -> None:
    """The text equals the golden file. ``SCAMCLI_UPDATE_GOLDEN=1`` rewrites the file: look at the difference."""
    path = GOLDEN / "exchange" / name
    if os.environ.get("SCAMCLI_UPDATE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


@pytest.mark.parametrize("format_", ["csv", "tsv"])
@pytest.mark.parametrize("rows", ["events", "figures"])
def test_a_nasty_timeline_as_text(format_: str, rows: str, folder: Path) -> None:
    db = timeline(folder / "nasty.db", NASTY)
    held(f"nasty-{rows}.{format_}", done("export", format_, "--rows", rows, "--db", db).out)


def test_a_package_describes_itself() -> None:
    described = as_datapackage.descriptor("in Kandal", ["CamboJA", "VOD"])
    held("datapackage.json", json.dumps(described, ensure_ascii=False, indent=2) + "\n")


# A workbook


@pytest.fixture
def book(db: str, folder: Path) -> Iterator[Any]:
    book = need("openpyxl").load_workbook(exported(db, "xlsx", folder))
    yield book
    book.close()


def test_a_workbook_has_a_sheet_of_each_table(book: Any, db: str) -> None:
    assert book.sheetnames == [*(table.name for table in TABLES), "sources"]
    sizes = Counter(f"{record['type']}s" for record in records(db))
    sizes["figures"] = sum(len(event["figures"]) for event in events(db))
    for table in TABLES:
        sheet = book[table.name]
        assert [cell.value for cell in sheet[1]] == table.header
        assert sheet.max_row == sizes[table.name] + 1
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(table.header)).column_letter}{sheet.max_row}"
        assert all(sheet.column_dimensions[cell.column_letter].width >= 10 for cell in sheet[1])


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


def test_closed_lists_are_offered_and_long_texts_wrap(book: Any) -> None:
    for table in TABLES:
        offered = {str(one.sqref): one.formula1 for one in book[table.name].data_validations.dataValidation}
        for number, column in enumerate(table.columns, 1):
            cells = f"{book[table.name].cell(1, number).column_letter}2:"
            lists = [words for where, words in offered.items() if where.startswith(cells)]
            assert bool(lists) == bool((column.words or column.kind is Kind.FLAG) and not column.derived), column
            if column.words and lists:
                assert lists == [f'"{",".join(column.words)}"']
                assert len(lists[0]) <= 255, "Excel reads no longer list"
    title = book["events"].cell(2, BY_NAME["events"].header.index("title") + 1)
    assert title.alignment.wrap_text


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


def test_a_table_that_no_sheet_holds_is_refused(seed: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_xlsx, "MAX_ROWS", 42)
    monkeypatch.setenv("TMPDIR", str(folder))
    outcome = run("export", "xlsx", "--db", seed, "-o", "many.xlsx")
    assert outcome.code == 4
    assert outcome.err.splitlines() == [
        "scamcli: More than 41 actors, which is all that a sheet holds.",
        "scamcli: Use csv, datapackage or parquet, or export fewer events with a filter.",
    ]
    assert not Path("many.xlsx").exists()


@pytest.mark.parametrize(("seconds", "year"), [(86_400 * 3, 1970), (8_796_000_000, 2248)])
def test_a_clock_that_no_workbook_can_hold_is_named(
    seed: str, folder: Path, monkeypatch: pytest.MonkeyPatch, seconds: int, year: int
) -> None:
    """A computer whose battery is empty starts in 1970."""
    monkeypatch.setattr("time.time", lambda: seconds)
    monkeypatch.setattr(as_xlsx, "localtime", lambda: time.gmtime(seconds))
    outcome = run("export", "xlsx", "--db", seed, "-o", "early.xlsx")
    assert (outcome.code, f"The clock of this computer is in {year}," in outcome.err) == (4, True), outcome
    assert not Path("early.xlsx").exists()


def test_a_workbook_that_fails_leaves_nothing_behind(folder: Path) -> None:
    """The sheets are kept in files while they are written; in a process of its own, whose files are in this folder."""
    db = timeline(folder / "long.db", [EVENT | {"summary": "a" * 40_000}])
    (folder / "temporary").mkdir()
    command = [sys.executable, "-m", "scamcli", "export", "xlsx", "--db", db, "-o", "long.xlsx"]
    ended = subprocess.run(command, env=os.environ | {"TMPDIR": "temporary"}, capture_output=True, check=False)
    assert ended.returncode == 4, ended.stderr
    assert list((folder / "temporary").iterdir()) == []


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


def test_frictionless_reads_what_the_records_say(db: str, folder: Path) -> None:
    package = need("frictionless").Package(str(exported(db, "datapackage", folder) / "datapackage.json"))
    dates = [row["date"] for row in package.get_resource("events").read_rows()]
    assert dates == [event["date"] for event in events(db)]
    figures = [figure for event in events(db) for figure in event["figures"]]
    rows = package.get_resource("figures").read_rows()
    assert len(rows) == len(figures) > 5
    for row, figure in zip(rows, figures, strict=True):
        assert [row[bound] for bound in ("low", "best", "high")] == [figure[bound] for bound in ("low", "best", "high")]


@pytest.mark.thorough
def test_the_program_of_frictionless_takes_it_too(seed: str, folder: Path) -> None:
    need("frictionless")
    path = exported(seed, "datapackage", folder) / "datapackage.json"
    command = [sys.executable, "-m", "frictionless", "validate", str(path), "--json"]
    ended = subprocess.run(command, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stdout
    assert json.loads(ended.stdout)["valid"] is True


BREAKS = {
    "foreign-key": ("figures", "event", "nowhere"),
    "primary-key": ("events", "id", "2022-07-14-white-shark-channel"),
    "constraint-error": ("events", "kind", "party"),
    "type-error": ("figures", "low", "many"),
}


@pytest.mark.parametrize("error", BREAKS)
def test_frictionless_refuses_a_package_that_was_broken(error: str, seed: str, folder: Path) -> None:
    path = exported(seed, "datapackage", folder)
    table, column, cell = BREAKS[error]
    with (path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[1][rows[0].index(column)] = cell
    with (path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    assert error in [found for (found,) in validated(path).flatten(["type"])]


def test_bounds_that_are_all_unknown_are_a_number_that_is_missing(folder: Path) -> None:
    figure = {"metric": "rescues", "stated": "289", "low": None, "best": None, "high": None}
    db = timeline(folder / "unknown.db", [EVENT | {"figures": [figure]}])
    path = exported(db, "datapackage", folder)
    assert ",null," in (path / "figures.csv").read_text()
    assert validated(path).valid
    assert read(path)[0]["figures"][0]["low"] is None


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


def test_parquet_is_compressed_and_in_row_groups(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_parquet, "BATCH", 10)
    monkeypatch.setattr(as_parquet, "GROUP", 20)
    path = exported(timeline(folder / "seed.db", SEED), "parquet", folder) / "events.parquet"
    parquet = need("pyarrow.parquet")
    meta = parquet.read_metadata(path)
    assert [meta.row_group(number).num_rows for number in range(meta.num_row_groups)] == [20, 20, 10]
    assert meta.row_group(0).column(0).compression == "ZSTD"


def test_no_more_than_a_row_group_is_held(seed: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = need("pyarrow.parquet")
    monkeypatch.setattr(as_parquet, "BATCH", 10)
    monkeypatch.setattr(as_parquet, "GROUP", 20)
    sizes: list[int] = []
    real = parquet.ParquetWriter.write_table

    def write_table(writer: Any, table: Any, **options: Any) -> None:
        if "title" in table.column_names:
            sizes.append(table.num_rows)
        real(writer, table, **options)

    monkeypatch.setattr(parquet.ParquetWriter, "write_table", write_table)
    exported(seed, "parquet", folder)
    assert sizes == [20, 20, 10]


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


def test_parquet_of_nothing_is_parquet(folder: Path) -> None:
    db = str(folder / "empty.db")
    done("init", db, "--empty")
    path = exported(db, "parquet", folder)
    assert need("pyarrow.parquet").read_table(path / "figures.parquet").num_rows == 0
    for format_ in ("xlsx", "datapackage"):
        assert read(exported(db, format_, folder)) == []


def test_a_private_export_is_private(folder: Path) -> None:
    db = timeline(folder / "seed.db", SEED)
    for format_ in ("xlsx", "parquet", "datapackage"):
        path = exported(db, format_, folder, "--include-protected")
        assert path.stat().st_mode & 0o077 == 0
        shutil.rmtree(path) if path.is_dir() else path.unlink()
