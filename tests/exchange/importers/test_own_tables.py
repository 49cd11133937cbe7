# ruff: noqa: E501 - tables
"""Tables of ours are known by their columns, joined, and what is wrong in them is said with its place."""

from __future__ import annotations

import csv
import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.errors import DataError
from scamcli.exchange.importers import own
from scamcli.exchange.importers.detect import find_export_format
from scamcli.exchange.tables import BY_NAME
from tests.helpers.command_line import done, run
from tests.helpers.driver import ok
from tests.helpers.own_tables import EVENT, exported, lines, pair, read, timeline, wrong
from tests.helpers.validators import need

if TYPE_CHECKING:
    from collections.abc import Callable

EVENTS = [
    EVENT | {"id": f"e{number}", "date": f"2023-01-0{number}", "figures": [
        {"id": f"f{one}", "metric": "rescues", "stated": f"{one}"} for one in range(1, number + 1)]}
    for number in (1, 2, 3)
]  # fmt: skip
FIGURES = {event["id"]: [figure["id"] for figure in event["figures"]] for event in EVENTS}


@pytest.fixture
def db(folder: Path) -> str:
    return timeline(folder / "small.db", EVENTS)


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def put(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def change(path: Path, row: int, column: str, cell: str) -> None:
    """Change a cell of a file, as an editor counts its rows."""
    rows = table(path)
    rows[row - 1][rows[0].index(column)] = cell
    put(path, rows)


def figures(records: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {one["id"]: [figure["id"] for figure in one["figures"]] for one in records if one["type"] == "event"}


@pytest.mark.parametrize("format_", ["csv", "tsv", "xlsx", "datapackage"])
def test_each_export_is_recognised(format_: str, db: str, folder: Path) -> None:
    for path in pair(db, format_, folder) if format_ in {"csv", "tsv"} else [exported(db, format_, folder)]:
        assert find_export_format(path) == format_


def test_the_file_of_a_package_is_recognised(db: str, folder: Path) -> None:
    assert find_export_format(exported(db, "datapackage", folder) / "datapackage.json") == "datapackage"
    assert figures(read(folder / "datapackage" / "datapackage.json")) == FIGURES


@pytest.mark.parametrize(
    "content",
    [b"", b"id,date\n1,2\n", b"\xff\xfe\x00", b"PK\x03\x04 no zip", b"PAR1 no parquet", b'{"type": "event"}\n', b"a" * 200_000,
     b'"never closed\n', b"SQLite format 3\x00"],
)  # fmt: skip
def test_what_is_not_ours_is_not_recognised(content: bytes, folder: Path) -> None:
    path = folder / "other"
    path.write_bytes(content)
    assert find_export_format(path) is None
    with pytest.raises(DataError, match="has no table that scamcli wrote"):
        own.read([path])


def test_neither_is_a_folder_nor_what_is_not_there(folder: Path) -> None:
    assert find_export_format(folder) is None
    assert find_export_format(folder / "absent.csv") is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_read_to_find_what_it_is(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert find_export_format(folder / "pipe") is None


def test_a_column_more_or_less_is_not_ours(db: str, folder: Path) -> None:
    path = exported(db, "csv", folder)
    rows = table(path)
    put(path, [[*row, "x"] for row in rows])
    assert find_export_format(path) is None
    put(path, [row[:-1] for row in rows])
    assert find_export_format(path) is None
    put(path, [row[:2] + row[4:] for row in rows])
    assert rows[0][2:4] == ["start", "end"]
    assert find_export_format(path) == "csv", "what is only to be read may be missing"


def test_figures_go_back_to_their_events(db: str, folder: Path) -> None:
    events, figures_ = pair(db, "csv", folder)
    assert figures(read(events, figures_)) == FIGURES
    assert figures(read(figures_, events)) == FIGURES, "in whatever order they are named"


def test_a_pair_of_two_formats_is_a_pair(db: str, folder: Path) -> None:
    assert figures(read(pair(db, "csv", folder)[0], pair(db, "tsv", folder)[1])) == FIGURES


@pytest.mark.parametrize("sort", [list.reverse, lambda rows: rows.sort(key=lambda row: row[1:])])
def test_a_table_that_somebody_sorted_is_joined_all_the_same(
    sort: Callable[[Any], None], db: str, folder: Path
) -> None:
    events, figures_ = pair(db, "csv", folder)
    header, *rows = table(events)
    sort(rows)
    put(events, [header, *rows])
    assert figures(read(events, figures_)) == FIGURES


def test_figures_of_one_event_that_stand_apart_keep_their_order(db: str, folder: Path) -> None:
    events, figures_ = pair(db, "csv", folder)
    header, *rows = table(figures_)
    put(figures_, [header, *sorted(rows, key=lambda row: row[header.index("id")])])
    assert [row[0] for row in table(figures_)[1:]] == ["e1", "e2", "e3", "e2", "e3", "e3"]
    assert figures(read(events, figures_)) == FIGURES


def test_the_order_is_what_saves_memory(db: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As written, no figure is held but those of one event."""
    paths = pair(db, "csv", folder)
    held: list[int] = []
    real = own._are_in_step

    def side_by_side(*keys: Any) -> bool:
        held.append(real(*keys))
        return bool(held[-1])

    monkeypatch.setattr(own, "_are_in_step", side_by_side)
    assert figures(read(*paths)) == FIGURES
    assert held == [True]


def test_figures_alone_are_refused(db: str, folder: Path) -> None:
    figures_ = pair(db, "csv", folder)[1]
    with pytest.raises(DataError, match="has figures without the events") as refused:
        own.read([figures_])
    assert "events.csv" in refused.value.hint


def test_events_alone_say_nothing_of_figures(db: str, folder: Path) -> None:
    assert all("figures" not in record for record in read(exported(db, "csv", folder)))


def test_two_tables_of_events_are_refused(db: str, folder: Path) -> None:
    with pytest.raises(DataError, match="both hold events"):
        own.read([exported(db, "csv", folder), exported(db, "tsv", folder)])


def test_a_figure_of_no_event_is_named_and_not_left_out(db: str, folder: Path) -> None:
    events, figures_ = pair(db, "csv", folder)
    change(figures_, 3, "event", "nowhere")
    change(figures_, 6, "event", "")
    assert wrong(events, figures_) == [
        f'csv-figures.csv:3: {events} has no event "nowhere"; expected the id of the event that the figure belongs to.',
        "csv-figures.csv:6: There is no `event`; expected the id of the event that the figure belongs to.",
    ]  # fmt: skip


def test_figures_of_no_event_are_named_in_their_order(db: str, folder: Path) -> None:
    events, figures_ = pair(db, "csv", folder)
    header, *rows = table(figures_)
    put(figures_, [header, *([f"nowhere-{number}", *row[1:]] for number, row in enumerate(rows))])
    assert [int(one.split(":")[1]) for one in wrong(events, figures_)] == [2, 3, 4, 5, 6, 7]


def test_what_is_wrong_is_said_with_its_row(db: str, folder: Path) -> None:
    events, figures_ = pair(db, "csv", folder)
    change(events, 3, "links", "x")
    change(figures_, 5, "low", "many")
    said = wrong(events, figures_)
    assert said[0].startswith('csv-events.csv:3: `links`: "x"; expected')
    assert said[1].startswith(f'csv-events.csv:4: {figures_}:5: `low`: "many" is not a number')
    assert len(said) == 2


def test_rows_are_counted_as_an_editor_counts_lines(db: str, folder: Path) -> None:
    events = exported(db, "csv", folder)
    change(events, 2, "summary", "one\ntwo\nthree")
    change(events, 2, "links", "x")
    change(events, 3, "links", "x")
    assert [one.split(" ")[0] for one in wrong(events)] == ["csv.csv:2:", "csv.csv:5:"]


def test_empty_rows_and_cells_at_the_end_do_not_count(db: str, folder: Path) -> None:
    events, figures_ = pair(db, "csv", folder)
    before = read(events, figures_)
    rows = table(events)
    put(events, [*([*row[:-1]] if not row[-1] else row for row in rows), [], [""] * 21])
    assert read(events, figures_) == before
    put(events, [rows[0], [*rows[1], "more"], *rows[2:]])
    assert wrong(events, figures_) == ["csv-events.csv:2: There are 22 cells, but the header has 21."]


def test_a_data_set_without_a_name_is_refused_and_not_dropped(db: str, folder: Path) -> None:
    events, _ = pair(db, "csv", folder)
    change(events, 2, "dataset_disjoint", "true")
    outcome = run("import", str(events), "--db", db)
    assert outcome.code == 4
    assert "`dataset.name`: expected text" in outcome.err


def test_a_byte_order_mark_and_windows_lines_are_read(db: str, folder: Path) -> None:
    for format_ in ("csv", "tsv"):
        paths = pair(db, format_, folder)
        before = read(*paths)
        for path in paths:
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
            assert find_export_format(path) == format_
        assert read(*paths) == before


@pytest.mark.parametrize("format_", ["csv", "tsv"])
def test_what_is_not_utf8_stops_it(format_: str, db: str, folder: Path) -> None:
    path = exported(db, format_, folder)
    path.write_bytes(path.read_bytes() + "é".encode("latin-1"))
    with pytest.raises(DataError, match="not UTF-8"):
        read(path)


def test_csv_that_was_cut_off_stops_it(db: str, folder: Path) -> None:
    path = exported(db, "csv", folder)
    change(path, 4, "title", 'say "it"')
    path.write_bytes(path.read_bytes().rpartition(b'say ""it')[0] + b"say")
    with pytest.raises(DataError, match=r"csv.csv:4: A quote opens in this row and is never closed"):
        read(path)


def test_a_cell_may_be_long(db: str, folder: Path) -> None:
    path = exported(db, "csv", folder)
    change(path, 2, "summary", "a" * 300_000)
    assert len(read(path)[0]["summary"]) == 300_000


def test_a_row_that_is_added_by_hand_is_completed(db: str, folder: Path) -> None:
    events, figures_ = pair(db, "csv", folder)
    said = {"id": "new", "date": "2023-02", "kind": "rescue", "title": "By hand", "provinces": "Kandal"}
    put(events, [*table(events), [said.get(name, "") for name in BY_NAME["events"].header]])
    said = {"event": "new", "metric": "rescues", "stated": "more than 40"}
    put(figures_, [*table(figures_), [said.get(name, "") for name in BY_NAME["figures"].header]])
    found = read(events, figures_)
    made = timeline(folder / "by-hand.db", found)
    new = next(one for one in map(json.loads, lines(made).splitlines()) if one.get("id") == "new")
    assert (new["countries"], new["status"]) == (["KH"], "reviewed")
    assert [(one["id"], one["low"], one["count"]) for one in new["figures"]] == [("rescues", 41, "aggregate")]


def edited(path: Path, **cells: tuple[int, str, Any]) -> Path:
    """A workbook as a person saves it, with some cells changed."""
    book = need("openpyxl").load_workbook(path)
    for sheet, (row, column, value) in cells.items():
        at = BY_NAME[sheet].header.index(column) + 1
        book[sheet].cell(row, at).value = value
    book.save(path)
    return path


def test_a_workbook_that_was_saved_again_says_the_same(db: str, folder: Path) -> None:
    path = exported(db, "xlsx", folder)
    before = read(path)
    assert read(edited(path)) == before
    assert figures(before) == FIGURES


def test_a_day_that_is_typed_in_a_workbook_is_a_date(db: str, folder: Path) -> None:
    path = edited(exported(db, "xlsx", folder), events=(2, "date", datetime(2023, 5, 6)), figures=(2, "stated", 289))
    found = read(path)[0]
    assert (found["date"], found["figures"][0]["stated"]) == ("2023-05-06", "289")


@pytest.mark.parametrize(
    ("value", "said"),
    [("=1+1", 'a formula, "=1+1"; expected its value'), ("#N/A", 'an error of the spreadsheet, "#N/A"'),
     (datetime(2023, 5, 6, 7), "2023-05-06T07:00:00 has a time"), (timedelta(1), "expected text, a number or a day")],
)  # fmt: skip
def test_what_a_workbook_computes_is_refused(value: Any, said: str, db: str, folder: Path) -> None:
    path = edited(exported(db, "xlsx", folder), events=(3, "note", value))
    assert [one.startswith("xlsx.xlsx:events:3: `note`: ") and said in one for one in wrong(path)] == [True]


def test_other_sheets_are_left_alone_but_not_those_of_our_names(db: str, folder: Path) -> None:
    path = exported(db, "xlsx", folder)
    before = read(path)
    book = need("openpyxl").load_workbook(path)
    book.create_sheet("my pivot").append(["a", "b"])
    book.save(path)
    assert read(path) == before
    book["figures"].cell(1, 1).value = "the event"
    book.save(path)
    with pytest.raises(
        DataError,
        match="xlsx:figures: This table of figures lacks the columns event and has the unknown columns the event",
    ):
        own.read([path])


def test_a_workbook_writes_some_characters_in_its_own_way(db: str, folder: Path) -> None:
    path = edited(exported(db, "xlsx", folder), events=(2, "note", "a_x000D_b _x005F_x0041_"))
    assert read(path)[0]["note"] == "a\rb _x0041_"


def test_parquet_is_refused(db: str, folder: Path) -> None:
    made = exported(db, "parquet", folder)
    for path in (made, made / "events.parquet"):
        told = run("import", str(path), "--db", str(folder / "new.db"))
        assert (told.code, told.out) == (4, "")
        assert f"{path} is Parquet, which can be exported but not imported.\nscamcli: Import what" in told.err


def test_a_package_without_its_figures_is_refused(db: str, folder: Path) -> None:
    """They would be imported as missing, and no message would say so."""
    done("export", "datapackage", "--db", db, "-o", "out")
    Path("out", "figures.csv").unlink()
    outcome = run("import", "out", "--db", "other.db")
    assert outcome.code == 4
    assert "out/figures.csv is missing from an exported folder" in outcome.err
    assert not Path("other.db").exists()


def test_a_workbook_without_its_figures_is_refused(db: str, folder: Path) -> None:
    done("export", "xlsx", "--db", db, "-o", "out.xlsx")
    book = need("openpyxl").load_workbook("out.xlsx")
    book["figures"].cell(row=1, column=book["figures"].max_column + 1).value = "checked"
    book["figures"].title = "Numbers"
    book.save("out.xlsx")
    assert "out.xlsx:Numbers: This table of figures has the unknown columns checked" in run("import", "out.xlsx").err
    del book["Numbers"]
    book.save("out.xlsx")
    assert "out.xlsx has a sheet of events, but no sheet of figures" in run("import", "out.xlsx").err


@pytest.mark.parametrize("rows", ["events", "figures"])
def test_a_column_more_in_csv_is_told_and_no_table_of_others(db: str, folder: Path, rows: str) -> None:
    done("export", "csv", "--rows", rows, "--db", db, "-o", "out.csv")
    table_rows = table(Path("out.csv"))
    put(Path("out.csv"), [[*row, "checked" if at == 0 else "y"] for at, row in enumerate(table_rows)])
    outcome = run("import", "out.csv", "--db", db)
    assert outcome.code == 4
    assert outcome.err.startswith(f"scamcli: out.csv: This table of {rows} has the unknown columns checked.\n")


@pytest.mark.parametrize("is_inside", [False, True])
def test_a_package_is_named_by_its_description(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_inside: bool
) -> None:
    """Other programs name a data package by its `datapackage.json`."""
    ok("init", str(tmp_path / "t.db"), "--empty")
    ok(
        "add",
        "--date",
        "2024-05-01",
        "--kind",
        "raid",
        "--title",
        "R",
        "--figure",
        "rescues: 5",
        "--db",
        str(tmp_path / "t.db"),
    )
    ok("export", "datapackage", "-o", str(tmp_path / "p"), "--db", str(tmp_path / "t.db"))
    monkeypatch.chdir(tmp_path / "p" if is_inside else tmp_path)
    name = "datapackage.json" if is_inside else "p/datapackage.json"
    ok("import", name, "--db", str(tmp_path / "new.db"))
    assert ok("export", "jsonl", "--db", str(tmp_path / "new.db")) == ok(
        "export", "jsonl", "--db", str(tmp_path / "t.db")
    )
