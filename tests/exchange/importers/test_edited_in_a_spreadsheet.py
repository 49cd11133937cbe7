"""A workbook of ours that somebody has edited, sorted, or added to, and brings back."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.command_line import Outcome, done, run
from tests.helpers.validators import need

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RESCUE = "2022-09-22-vietnamese-rescued"


@pytest.fixture
def edited(own_db: Path, folder: Path) -> Callable[..., Outcome]:
    """Export, edit a sheet, and import it with an option."""

    def edit(change: Callable[[Any], None], *options: str, sheet: str = "figures") -> Outcome:
        done("export", "xlsx", "-o", "book.xlsx")
        book = need("openpyxl").load_workbook("book.xlsx")
        change(book[sheet])
        book.save("book.xlsx")
        return run("import", "book.xlsx", *options)

    return edit


def cell(sheet: Any, column: str, **where: str) -> Any:
    """The cell of a column in the row in which other columns have these values."""
    heads = {one.value: at for at, one in enumerate(sheet[1])}
    (row,) = [row for row in sheet.iter_rows(min_row=2) if all(row[heads[k]].value == v for k, v in where.items())]
    return row[heads[column]]


def stated(id_: str = RESCUE) -> dict[str, Any]:
    figure = json.loads(done("show", id_, "--json").out)["figures"][0]
    return {key: figure[key] for key in ("stated", "low", "best", "high")}


def test_bounds_follow_a_wording_that_was_changed_alone(edited: Callable[..., Outcome]) -> None:
    def change(sheet: Any) -> None:
        cell(sheet, "stated", event=RESCUE).value = "over 2,000"

    outcome = edited(change, "--on-conflict", "update")
    assert outcome.code == 0
    assert f'{RESCUE}: The bounds of "rescues" follow its new wording' in outcome.err
    assert stated() == {"stated": "over 2,000", "low": 2001, "best": None, "high": None}


def test_bounds_that_were_changed_too_are_taken(edited: Callable[..., Outcome]) -> None:
    def change(sheet: Any) -> None:
        cell(sheet, "stated", event=RESCUE).value = "over 2,000"
        cell(sheet, "low", event=RESCUE).value = 1500

    assert edited(change, "--on-conflict", "update").code == 0
    assert stated() == {"stated": "over 2,000", "low": 1500, "best": None, "high": None}


def test_bounds_that_were_not_those_of_the_wording_stay(own_db: Path, folder: Path) -> None:
    """Somebody had set them on purpose."""
    event = {"type": "event", "id": "own", "date": "2023", "kind": "raid", "title": "T",
             "figures": [{"metric": "rescues", "stated": "many", "low": 7, "best": None, "high": None}]}  # fmt: skip
    done("import", "-", stdin=json.dumps(event))
    event["figures"] = [
        {"id": "rescues", "metric": "rescues", "stated": "very many", "low": 7, "best": None, "high": None}
    ]
    done("import", "-", "--on-conflict", "update", stdin=json.dumps(event))
    assert stated("own") == {"stated": "very many", "low": 7, "best": None, "high": None}


def test_days_that_a_spreadsheet_has_rewritten_are_one_mistake(own_db: Path, folder: Path) -> None:
    """Excel rewrites the days of CSV in the order of its country, which nobody can know afterwards."""
    done("export", "csv", "-o", "events.csv")
    path = folder / "events.csv"
    path.write_text(
        re.sub(r",(\d{4})-(\d\d)-(\d\d),(\d{4}-\d\d-\d\d)", r",\3/\2/\1,\4", path.read_text("utf-8")), "utf-8"
    )
    outcome = run("import", "events.csv", "--on-conflict", "update")
    assert outcome.code == 4
    assert '`date`: "13/07/2022" has the year last; expected' in outcome.err
    assert "The same is wrong in" in outcome.err
    assert len(outcome.err.splitlines()) == 2
