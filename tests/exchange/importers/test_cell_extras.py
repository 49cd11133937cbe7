"""What workbooks keep outside the values of cells: comments, addresses behind texts, cells that are struck through."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.command_line import done
from tests.helpers.validators import need

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADER = ["No", "Date", "Province", "Rescued", "Headline", "Link", "Victim"]
ROWS: list[list[Any]] = [
    [1, "2024-01-02", "Kandal", 12, "A raid in Koh Thom", "link", None],
    [2, "2024-01-03", "Kampot", "<5", "A raid in Bokor", "link", None],
    [3, "2024-01-04", "Kampot", 7, "Another raid", "https://news.example/3", None],
    ["Subtotal January", None, None, 19],
]


@pytest.fixture
def made(empty_db: Path, folder: Path) -> Callable[[Callable[[Any], object]], str]:
    """Make a workbook, and change its sheet."""

    def make(change: Callable[[Any], object]) -> str:
        book = need("openpyxl").Workbook()
        sheet = book.active
        sheet.title = "2024"
        for row in [HEADER, *ROWS]:
            sheet.append(row)
        change(sheet)
        book.save("raids.xlsx")
        return "raids.xlsx"

    return make


def comment(text: str) -> Any:
    return need("openpyxl.comments").Comment(text, "An editor")


def events() -> list[dict[str, Any]]:
    records = map(json.loads, done("export", "jsonl").out.splitlines())
    return [record for record in records if record["type"] == "event"]


def test_comments_go_into_the_note(made: Callable[..., str]) -> None:
    threaded = "[Threaded comment]\n\nYour version of Excel allows you to read this.\n\nComment:\n    Shelter says 14"

    def change(sheet: Any) -> None:
        sheet["D2"].comment, sheet["C3"].comment = comment(threaded), comment("near\nthe dam")
        sheet["D1"].comment, sheet["G3"].comment = comment("without children"), comment("Invented Person")
        sheet["D5"].comment = comment("checked")

    outcome = done("import", made(change), "--yes")
    assert [event["note"] for event in events()] == [
        "comment on Rescued: Shelter says 14", "comment on Province: near the dam", None,
    ]  # fmt: skip
    assert "A comment on a cell is kept in the note (2 rows, the first row 2" in outcome.err
    assert 'A comment on the name of the column "Rescued" is left out: "without children".' in outcome.err
    assert "A comment on a cell is left out, because its column is left out (1 row, the first row 3)." in outcome.err
    assert 'A comment on a row that is not an event is left out (1 row, the first row 5: "checked").' in outcome.err
    assert "Invented Person" not in outcome.err


def link(sheet: Any, column: str) -> None:
    for row in (2, 3, 4):
        sheet[f"{column}{row}"].hyperlink = f"https://news.example/{row - 1}?a=1&b=2"


def test_cells_that_are_struck_through_are_named(made: Callable[..., str]) -> None:
    def change(sheet: Any) -> None:
        sheet["D3"].font = sheet["E3"].font = sheet["G3"].font = need("openpyxl.styles").Font(strike=True)

    outcome = done("import", made(change), "--yes")
    assert "2 cells are struck through, and read like others: D3, E3." in outcome.err


def test_a_merged_count_belongs_to_its_first_row_and_a_merged_date_to_all(empty_db: Path, folder: Path) -> None:
    book = need("openpyxl").Workbook()
    for row in (
        ["No", "Year", "Date", "Province", "Rescued", "Arrested"],
        [1, 2024, date(2024, 1, 2), "Kandal", "more than 20", 3],
        [2, None, None, "Kampot", None, None],
        [3, None, date(2024, 1, 4), None, 7, None],
    ):
        book.active.append(row)
    for cells in ("B2:B4", "C2:C3", "D3:D4", "E2:E3", "F2:F4"):
        book.active.merge_cells(cells)
    book.save("raids.xlsx")
    outcome = done("import", "raids.xlsx", "--yes")
    assert [(one["date"], one["provinces"], [figure["stated"] for figure in one["figures"]]) for one in events()] == [
        ("2024-01-02", ["Kandal"], ["more than 20", "3"]),
        ("2024-01-02", ["Kampot"], []),
        ("2024-01-04", ["Kampot"], ["7"]),
    ]
    assert (
        "A number that is merged over several rows is counted in the first of them (1 row, the first row 2"
        in outcome.err
    )
