"""Tables of ours are known by their columns, joined, and what is wrong in them is said with its place."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.errors import DataError
from scamcli.exchange.importers import own
from scamcli.exchange.importers.detect import find_export_format
from scamcli.exchange.tables import BY_NAME
from tests.helpers.command_line import done, run
from tests.helpers.own_tables import EVENT, exported, lines, pair, read, timeline, wrong
from tests.helpers.validators import need

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


@pytest.mark.parametrize("sort", [list.reverse, lambda rows: rows.sort(key=lambda row: row[1:])])
def test_a_table_that_somebody_sorted_is_joined_all_the_same(
    sort: Callable[[Any], None], db: str, folder: Path
) -> None:
    events, figures_ = pair(db, "csv", folder)
    header, *rows = table(events)
    sort(rows)
    put(events, [header, *rows])
    assert figures(read(events, figures_)) == FIGURES


def test_figures_alone_are_refused(db: str, folder: Path) -> None:
    figures_ = pair(db, "csv", folder)[1]
    with pytest.raises(DataError, match="has figures without the events") as refused:
        own.read([figures_])
    assert "events.csv" in refused.value.hint


def test_a_figure_of_no_event_is_named_and_not_left_out(db: str, folder: Path) -> None:
    events, figures_ = pair(db, "csv", folder)
    change(figures_, 3, "event", "nowhere")
    change(figures_, 6, "event", "")
    assert wrong(events, figures_) == [
        f'csv-figures.csv:3: {events} has no event "nowhere"; expected the id of the event that the figure belongs to.',
        "csv-figures.csv:6: There is no `event`; expected the id of the event that the figure belongs to.",
    ]  # fmt: skip


def test_what_is_wrong_is_said_with_its_row(db: str, folder: Path) -> None:
    events, figures_ = pair(db, "csv", folder)
    change(events, 3, "links", "x")
    change(figures_, 5, "low", "many")
    said = wrong(events, figures_)
    assert said[0].startswith('csv-events.csv:3: `links`: "x"; expected')
    assert said[1].startswith(f'csv-events.csv:4: {figures_}:5: `low`: "many" is not a number')
    assert len(said) == 2


def test_a_byte_order_mark_and_windows_lines_are_read(db: str, folder: Path) -> None:
    for format_ in ("csv", "tsv"):
        paths = pair(db, format_, folder)
        before = read(*paths)
        for path in paths:
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
            assert find_export_format(path) == format_
        assert read(*paths) == before


def test_csv_that_was_cut_off_stops_it(db: str, folder: Path) -> None:
    path = exported(db, "csv", folder)
    change(path, 4, "title", 'say "it"')
    path.write_bytes(path.read_bytes().rpartition(b'say ""it')[0] + b"say")
    with pytest.raises(DataError, match=r"csv.csv:4: A quote opens in this row and is never closed"):
        read(path)


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
