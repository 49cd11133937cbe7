"""Files with two tables, or with none: the numbers of one must not be read as those of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from tests.exchange.importers.test_messy_tables import events, table, total
from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "Date,Place,Rescued"
ROWS = ("2023-01-02,Takeo,3", "2023-01-05,Kandal,4")
MAPPED = ("--map", "Date=date", "--map", "Rescued=figure.rescues", "--set", "kind=raid", "--set", "title=Raid")


def workbook(folder: Path, *rows: list[object]) -> str:
    book = Workbook()
    for row in rows:
        assert book.active is not None
        book.active.append(row)
    path = folder / "raids.xlsx"
    book.save(path)
    return str(path)


@pytest.mark.parametrize("header", ["Date,Place,Arrested", "DATE,Police unit,Arrested", "Date,Actor,Arrested,Link"])
@pytest.mark.parametrize("asked", [(), ("--yes",), ("--yes", "--skip-invalid"), MAPPED, (*MAPPED, "--skip-invalid")])
def test_a_second_table_below_the_first_stops_the_import(
    empty_db: Path, folder: Path, header: str, asked: tuple[str, ...]
) -> None:
    name = table(folder, "x.csv", HEADER, *ROWS, "", header, "2023-01-08,Takeo,5")
    refused = run("import", name, *asked)
    assert (refused.code, events()) == (4, [])
    cells = ", ".join(f'"{cell}"' for cell in header.split(","))
    assert f"x.csv:{5}: Another table begins here: {cells}." in refused.err
    assert "Put each table into a file or a sheet of its own." in refused.err


def test_names_of_columns_that_are_repeated_are_no_row(empty_db: Path, folder: Path) -> None:
    name = table(folder, "x.csv", HEADER, *ROWS, "date,place,rescued", "2023-01-08,Takeo,5", HEADER)
    assert "dates such as" in run("import", name).err
    done("import", name, "--yes")
    assert (len(events()), total("rescues")) == (3, (12, 12))


@pytest.mark.parametrize("asked", [(), ("--yes",)])
def test_tables_side_by_side_are_refused(empty_db: Path, folder: Path, asked: tuple[str, ...]) -> None:
    name = workbook(
        folder, ["Date", "Place", "Rescued", None, "Date", "Place", "Arrested"],
        ["2023-01-02", "Takeo", 3, None, "2023-02-02", "Takeo", 8],
    )  # fmt: skip
    refused = run("import", name, *asked)
    assert (refused.code, events()) == (4, [])
    assert 'Two tables stand side by side; both have a column "Date", "Place".' in refused.err


def test_an_id_that_occurs_twice_is_said_before_and_refused_after(empty_db: Path, folder: Path) -> None:
    name = table(
        folder, "x.csv", "id,date,title,rescued", "r1,2023-01-02,A,3", "r2,2023-01-03,B,4", "r1,2023-01-04,C,5"
    )
    assert '"r1" occurs twice; correct it, or keep the column in the note' in run("import", name).err
    refused = run("import", name, "--yes")
    assert (refused.code, events()) == (4, [])
    assert 'x.csv:4: The id "x-r1" occurs twice, first at ' in refused.err
    done("import", name, "--yes", "--map", "id=note")
    assert (total("rescues"), [one["note"] for one in events()]) == ((12, 12), ["r1", "r2", "r1"])
