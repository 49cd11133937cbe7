"""Files of foreign tables: their sheets, encodings and headers, and what an import says of them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from tests.exchange.importers.test_mapping import HEADER, MAPPED, ROWS, events, raids
from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("sheet", [None, "2023"])
def test_sheets_that_fit_are_read_and_others_named(empty_db: Path, folder: Path, sheet: str | None) -> None:
    book = Workbook()
    book.active.title = "Notes"  # type: ignore[union-attr]
    book.active.append(["read me"])  # type: ignore[union-attr]
    for number, title in enumerate(("2022", "2023")):
        made = book.create_sheet(title)
        made.append(["id", "day", "what"])
        made.append([number, f"{title}-01-02", f"Raid {number}"])
    book.save(folder / "raids.xlsx")
    options = ["--sheet", sheet] if sheet else []
    told = done("import", "raids.xlsx", "--map", "id=id", "--map", "day=date", "--map", "what=title", "--set",
                "kind=raid", *options).err  # fmt: skip
    assert [one["date"] for one in events()] == (["2023-01-02"] if sheet else ["2022-01-02", "2023-01-02"])
    assert ('The sheet "Notes" has other columns and is skipped' in told) == (sheet is None)


@pytest.mark.parametrize("mapping", [[], ["--mapping", "kept.json"]])
def test_the_rows_of_two_sheets_are_kept_apart(empty_db: Path, folder: Path, mapping: list[str]) -> None:
    (folder / "kept.json").write_text(json.dumps({"columns": {"No": "id"}, "prefix": "own"}))
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    options = ["--map", "No=id", "--map", "day=date", "--set", "kind=raid", "--set", "title=T", *mapping]

    def added(title: str, *asked: str) -> str:
        made = book.create_sheet(title)
        for row in (["No", "day"], [1, "2022-01-02"], [2, "2022-01-03"]):
            made.append(row)
        book.save(folder / "raids.xlsx")
        return done("import", "raids.xlsx", *options, *asked).err

    assert "2 records added, 0 already present" in added("First half")
    assert "2 records added, 2 already present" in added("Second")
    assert "2 records added, 0 already present" in added("Third", "--sheet", "Third")
    assert "0 records added, 6 already present" in done("import", "raids.xlsx", *options).err
    name = "own" if mapping else "raids"
    assert sorted(one["id"] for one in events()) == [
        f"{name}-{sheet}-{number}" for sheet in ("first-half", "second", "third") for number in (1, 2)
    ]


def test_a_number_whose_formula_was_never_computed_is_not_lost(empty_db: Path, folder: Path) -> None:
    book = Workbook()
    for row in (["No", "day", "n"], [1, "2022-01-02", "=SUM(A2:A3)"], [2, "2022-01-03", 4]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(folder / "raids.xlsx")
    mapped = ["--map", "No=id", "--map", "day=date", "--set", "kind=raid", "--set", "title=T"]
    outcome = run("import", "raids.xlsx", *mapped, "--map", "n=figure.rescues")
    assert outcome.code == 4
    assert 'raids.xlsx:Sheet:2: Column "n": "a formula without its value"; expected its value; open and save' in (
        outcome.err
    )
    done("import", "raids.xlsx", *mapped, "--map", "n=figure.rescues", "--skip-invalid")
    assert [(one["id"], one["figures"][0]["best"]) for one in events()] == [("raids-sheet-2", 4)]
    done("import", "raids.xlsx", *mapped, "--on-conflict", "skip")
    assert len(events()) == 2


def test_a_title_above_the_table_is_left_out_where_it_is_said_to_be_one(empty_db: Path, folder: Path) -> None:
    path = raids(folder, header=f"Raids, compiled by hand\n\n{HEADER}")
    outcome = run("import", path, *MAPPED)
    assert outcome.code == 4
    assert outcome.err.endswith("scamcli: Use --header-row 3 if row 3 has the names of the columns.\n")
    for options in ((), ("--header-row", "3")):
        proposal = run("import", path, *options).err
        assert re.search(r"  No +id +sure", proposal)
        assert "  The names of the columns are in row 3.\n" in proposal
    saved = ["--save-mapping", "kept.json"]
    done("import", raids(folder, ROWS[0], header=f"Raids\n\n{HEADER}"), *MAPPED, "--header-row", "3", *saved)
    assert "0 records added, 1 already present" in done("import", path, "--mapping", "kept.json").err
    assert [one["id"] for one in events()] == ["raids-1"]
