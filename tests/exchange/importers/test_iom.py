"""Rows of IOM Missing Migrants: all are accounted for, and totals are what DuckDB counts in the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import iom_rows
from tests.helpers.command_line import done
from tests.helpers.csv_files import written
from tests.helpers.recounts import recount, totals

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

IOM = iom_rows.made()

NUMBER = "try_cast({} as double)"
"""A cell as a number, or nothing: the codes for unknown are below zero."""


def events() -> dict[str, dict[str, Any]]:
    """What is in the timeline, by the ids."""
    records = map(json.loads, done("export", "jsonl").out.splitlines())
    return {record["id"]: record for record in records if record["type"] == "event"}


def counted(column: str, path: str, by: str = "null", where: str = "true") -> dict[str | None, float]:
    """The sum of a column of a file, without numbers below zero, by an expression."""
    number = NUMBER.format(f'"{column}"')
    return recount(f"select {by}, sum({number}) from '{path}' where {number} >= 0 and {where} group by all", path)


@pytest.mark.parametrize(
    ("shape", "dead"),
    [
        (list, "Number of Dead"),
        (iom_rows.until_2021, "Number Dead"),
        (iom_rows.of_a_year, "Number Dead"),
    ],
)
def test_every_generation_of_iom_adds_up_to_its_columns(
    empty_db: Path, folder: Path, shape: Callable[..., list[dict[str, str]]], dead: str
) -> None:
    rows = shape(IOM)
    path = written(folder / "iom.csv", rows)
    told = done("import", path).err
    assert told.splitlines()[-1] == f"scamcli: {len(rows)} records added, 0 already present."
    assert "columns left out" not in told
    assert "CC BY 4.0" in told
    for metric, column in (
        ("deaths", dead),
        ("missing", "Minimum Estimated Number of Missing"),
        ("survivors", "Number of Survivors"),
    ):
        [low] = counted(column, path).values()
        [found] = totals(metric, "none").values()
        assert found.low == low
        # IOM's number of missing is a minimum, which a total keeps.
        assert (found.best, found.high) == ((None, None) if metric == "missing" else (low, low))


def test_what_a_row_of_iom_becomes(empty_db: Path, folder: Path) -> None:
    told = done("import", written(folder / "iom.csv", IOM)).err
    found = events()
    for row in IOM:
        event = found[f"iom-{row['Incident ID']}"]
        counts = {"aggregate" if row["Incident Type"] == "Cumulative Incident" else "incident"}
        assert {figure["count"] for figure in event["figures"]} <= counts
        assert event["kind"] == ("report" if row["Number of Dead"] in {"", "0"} else "death")
        assert event["dataset"] == {"name": "iom", "disjoint": True}
        origin = {"Afghanistan": "Afghan"}.get(row["Country of Origin"])
        assert all(
            figure["nationality"] == (origin if figure["metric"] != "survivors" else None)
            for figure in event["figures"]
        )
    by_number = [found[f"iom-{row['Incident ID']}"] for row in IOM]
    assert "Minimum Estimated Number of Missing: -2" in by_number[3]["note"]
    assert (by_number[4]["date"], by_number[5]["date"], by_number[6]["date"]) == ("2020-09", "2014/..", "2020-09")
    assert by_number[7]["places"][0]["name"] == IOM[7]["Country of Incident"]
    assert "A long way from anywhere" in by_number[7]["note"]
    [missing] = (figure for figure in by_number[8]["figures"] if figure["metric"] == "missing")
    assert (missing["low"], missing["best"], missing["high"]) == (12, None, None)
    assert (by_number[9]["places"][0]["lat"], by_number[9]["places"][0]["lon"]) == (16.71, 98.57)
    assert "Source Quality: 4,5" in by_number[10]["note"]
    several = next(row for row in IOM if row["Country of Origin"] == "Honduras,Unknown")
    assert found[f"iom-{several['Incident ID']}"]["nationalities"] == ["Honduran", "unknown"]
    for said in (
        "`Number of Survivors` has a number below zero, which counts nothing; it is kept in the note (1 row,",
        "No date is given; the default of the mapping, 2014/.., takes its place (1 row, the first row 7)",
        "`Location of Incident` is longer than 300 characters; it is kept in the note (1 row, the first row 9",
        "`URL` does not have as many parts as the row has sources; it is kept in the note (",
    ):
        assert said in told
