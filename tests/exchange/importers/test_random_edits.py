"""Random edits of exported tables change what they say, and nothing else."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import libreoffice
from tests.helpers.command_line import done
from tests.helpers.spreadsheet_edits import Sheets, by_name, edited, random_edits
from tests.helpers.validators import need

if TYPE_CHECKING:
    from tests.helpers.spreadsheet_edits import Edits, Record

TABLES = ("events", "figures", "actors", "sites")
SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(2, 25))]


def records() -> list[Record]:
    return [json.loads(line) for line in done("export", "jsonl", "--drafts").out.splitlines()]


def require_only_edits(path: str, edits: Edits, expected: list[Record]) -> None:
    """Import an edited file, and compare every record with what the edits must make of it."""
    outcome = done("import", path, "--on-conflict", "update")
    assert by_name(records()) == by_name(expected)
    for message in edits.messages:
        assert message in outcome.err
    assert outcome.err.count(" stays among ") == len(edits.messages)


@pytest.mark.parametrize("seed", SEEDS)
def test_in_a_workbook_that_is_also_sorted(own_db: Path, folder: Path, seed: int) -> None:
    done("export", "xlsx", "--drafts", "-o", "book.xlsx")
    book = need("openpyxl").load_workbook("book.xlsx")
    tables = {name: [[cell.value for cell in row] for row in book[name].iter_rows()] for name in TABLES}
    edits, expected = random_edits(seed, Sheets(tables), records())
    for name in TABLES:
        body = list(edited(tables[name], name, edits))
        Random(seed).shuffle(body)
        book[name].delete_rows(2, book[name].max_row)
        for row in body:
            book[name].append(row)
        book[name].column_dimensions["B"].hidden = book[name].row_dimensions[3].hidden = True
    book.move_sheet("sites", -3)
    book.save("edited.xlsx")
    require_only_edits("edited.xlsx", edits, expected)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(4))
def test_typed_in_libreoffice(own_db: Path, folder: Path, seed: int) -> None:
    done("export", "xlsx", "--drafts", "-o", "book.xlsx")
    book = need("openpyxl").load_workbook("book.xlsx")
    tables = {name: [[cell.value for cell in row] for row in book[name].iter_rows()] for name in TABLES}
    edits, expected = random_edits(seed, Sheets(tables), records(), most=25)
    sorted_by = ("figures", "stated") if seed % 2 else ("events", "title")
    libreoffice.edit(folder / "book.xlsx", folder / "edited.xlsx", edits, tables, sorted_by)
    require_only_edits("edited.xlsx", edits, expected)


def _plain(row: list[str]) -> list[str]:
    return row


HABITS: dict[str, tuple[dict[str, Any], str, Any]] = {
    "Excel's UTF-8": ({}, "utf-8-sig", _plain),
    "semicolons": ({"delimiter": ";"}, "utf-8-sig", _plain),
    "Unicode text": ({"delimiter": "\t"}, "utf-16", _plain),
    "all quoted": ({"quoting": csv.QUOTE_ALL, "lineterminator": "\n"}, "utf-8", _plain),
    "empty columns at the end": ({}, "utf-8", lambda row: [*row, "", ""]),
    "capitals": ({}, "utf-8", lambda row: [{"true": "TRUE", "false": "FALSE"}.get(cell, cell) for cell in row]),
}
"""How spreadsheets write CSV: options of the writer, the encoding, and what they do to a row."""


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("seed", SEEDS)
def test_in_csv_as_spreadsheets_write_it(own_db: Path, folder: Path, habit: str, seed: int) -> None:
    done("export", "datapackage", "--drafts", "-o", "package")
    paths = {name: Path("package", f"{name}.csv") for name in TABLES}
    tables = {name: list(csv.reader(path.read_text("utf-8").splitlines(keepends=True))) for name, path in paths.items()}
    edits, expected = random_edits(seed, Sheets(tables), records())
    options, encoding, change = HABITS[habit]
    for name, path in paths.items():
        with path.open("w", encoding=encoding, newline="") as stream:
            rows = [tables[name][0], *edited(tables[name], name, edits)]
            csv.writer(stream, **options).writerows(change(["" if one is None else one for one in row]) for row in rows)
    require_only_edits("package", edits, expected)
